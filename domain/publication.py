"""A publication: what was published about one month, as it was published.

What was read outside cannot be unread, so a publication is neither corrected nor withdrawn; it can be made anew a year later. It
keeps the very rows that were shown: everybody sees the same ones, also after the record or the program has changed. The tables
about the people of a quarter stand with its last month.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID, uuid5

from domain.errors import RuleBroken
from domain.provenance import Entry
from domain.record import Record
from domain.released_tables import anything_told
from domain.topics import stored_as

CLOSED_FOR = timedelta(days=30)
"""How long a month must have been over: what is learned late comes in, and nobody's night is on a map the next morning."""
AGAIN_AFTER = timedelta(days=365)
"""How long a publication stands. Two states of one month, compared, would tell what was learned between them."""
_PUBLICATIONS = UUID("8f1c5d0e-5a55-5d5e-9a43-6f3d5f0c7a10")


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """A cell that is shown: its H3 index and its class, 1 for the lowest."""

    cell: str
    grade: int


@dataclass(frozen=True, slots=True)
class PublishedCity:
    """A city (GeoNames id) of which cells are shown, and how many `people` at the least were told of it when they were counted,
    at this position of the log. What hardly changed since an earlier publication is shown as it was counted then.
    """

    city: int
    people: int
    counted_at: int
    cells: tuple[PublishedCell, ...]


@dataclass(frozen=True, slots=True)
class ReleasedRow:
    """A row of a released table: its value, and what stands in each column, character by character.

    `kept` are the columns, from 0, that hardly moved since the quarter was released before, and show what they showed then.
    """

    value: str
    cells: tuple[str, ...]
    kept: tuple[int, ...] = ()


def publication_of(month: int) -> UUID:
    """The record of the publication of a month, as 202203: two who publish it at once meet in one record."""
    return uuid5(_PUBLICATIONS, str(month))


def must_be_closed(month: int) -> None:
    """Raises RuleBroken `no_such_month` and `month_not_closed`."""
    year, number = divmod(month, 100)
    if not 1 <= number <= 12 or not 1900 <= year <= 9998:
        raise RuleBroken("no_such_month", month=f"{year:04}-{number:02}")
    over = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
    if datetime.now(UTC) < over + CLOSED_FOR:
        raise RuleBroken("month_not_closed", month=f"{year}-{number:02}", from_day=(over + CLOSED_FOR).date().isoformat())


def must_end_a_quarter(month: int) -> None:
    """Raises RuleBroken `no_such_quarter`, `no_such_month` and `month_not_closed`."""
    if month % 100 not in (3, 6, 9, 12):
        raise RuleBroken("no_such_quarter", quarter=str(month))
    must_be_closed(month)


@stored_as("publication")
class Publication(Record):
    """Not about a person: it holds what everybody may see."""

    PERSONAL = False

    if TYPE_CHECKING:
        month: int
        cells_published_at: datetime | None
        tables_since: datetime | None
        tables_counted_at: int
        tables: frozenset[str]

    class Opened(Record.Created):
        """The first publication about a month, as 202203."""

        TOPIC = "publication.opened"
        month: int

        def apply(self, aggregate: Any) -> None:
            aggregate.month = self.month
            aggregate.cells_published_at = None
            aggregate.tables_since = None
            aggregate.tables_counted_at = 0
            aggregate.tables = frozenset()
            super().apply(aggregate)

    class CellsPublished(Record.Event):
        """The cells within cities that may be shown of this month, as counted by that `definition` of detentions: those with at
        least `people` people and `incidents` incidents, in `classes` that begin at these numbers.
        """

        TOPIC = "publication.cells_published"
        definition: int
        resolution: int
        people: int
        incidents: int
        left_over: int
        classes: tuple[int, ...]
        cities: tuple[PublishedCity, ...]

        def apply(self, aggregate: Any) -> None:
            aggregate.cells_published_at = self.timestamp
            super().apply(aggregate)

    class TableReleased(Record.Event):
        """A table about the people detained in the quarter that this month ends, counted at a position, as it is shown.

        The last column and the last row are the margins. It is told that `cells` stand in the tables of this quarter released so
        far, `hidden` of them without a number, and that of none of these anybody can work out less than `narrowest` + 1 numbers.
        """

        TOPIC = "publication.table_released"
        table: str
        version: int
        counted_at: int
        people: int
        incidents: int
        rounded_to: int
        small_group: int
        percent: int
        columns: tuple[str, ...]
        rows: tuple[ReleasedRow, ...]
        cells: int
        hidden: int
        narrowest: int

        def apply(self, aggregate: Any) -> None:
            if self.counted_at != aggregate.tables_counted_at:
                aggregate.tables_since = self.timestamp
                aggregate.tables_counted_at = self.counted_at
                aggregate.tables = frozenset()
            aggregate.tables |= {self.table}
            super().apply(aggregate)

    @classmethod
    def open(cls, entry: Entry, *, month: int) -> Self:
        """Open the record of what is published about a month. Raises RuleBroken `no_such_month` and `month_not_closed`."""
        must_be_closed(month)
        return cls._begin(cls.Opened, entry, publication_of(month), month=month)

    def must_not_be_of_late(self) -> None:
        """Raises RuleBroken `published_lately` within a year of the last time."""
        before = self.cells_published_at
        if before is not None and datetime.now(UTC) < before + AGAIN_AFTER:
            raise RuleBroken("published_lately", from_day=(before + AGAIN_AFTER).date().isoformat())

    def publish_cells(
        self,
        entry: Entry,
        *,
        definition: int,
        resolution: int,
        people: int,
        incidents: int,
        left_over: int,
        classes: tuple[int, ...],
        cities: tuple[PublishedCity, ...],
    ) -> None:
        """Let these cells be shown. Raises RuleBroken `published_lately`, and `nothing_to_publish`: an empty month would be shut
        for a year to what is learned of it.
        """
        self.must_not_be_of_late()
        if not cities:
            raise RuleBroken("nothing_to_publish")
        self._enter(
            self.CellsPublished,
            entry,
            definition=definition,
            resolution=resolution,
            people=people,
            incidents=incidents,
            left_over=left_over,
            classes=classes,
            cities=cities,
        )

    def must_take_table(self, table: str, counted_at: int, beside: frozenset[str] | None = None) -> None:
        """Raises RuleBroken `table_released_lately` within a year of the first table counted with it, `counted_elsewhere`, and
        `released_meanwhile` unless `beside` are the tables of that position that were released so far: with these it was audited.

        All tables of a quarter are of one position: two would tell what was recorded between them.
        """
        since = self.tables_since
        released = self.tables if counted_at == self.tables_counted_at else frozenset()
        if beside is not None and beside != released:
            raise RuleBroken("released_meanwhile")
        if since is None or datetime.now(UTC) >= since + AGAIN_AFTER:
            return
        if table in self.tables:
            raise RuleBroken("table_released_lately", from_day=(since + AGAIN_AFTER).date().isoformat())
        if counted_at != self.tables_counted_at:
            raise RuleBroken("counted_elsewhere", position=self.tables_counted_at)

    def release_table(
        self,
        entry: Entry,
        *,
        table: str,
        counted_at: int,
        rows: tuple[ReleasedRow, ...],
        beside: frozenset[str],
        **shown: Any,
    ) -> None:
        """Let everybody see this table. Raises RuleBroken as `must_take_table`, `no_such_quarter`, and `nothing_to_release`: a
        table without a number would be shut for a year to what is learned.
        """
        must_end_a_quarter(self.month)
        self.must_take_table(table, counted_at, beside)
        if not anything_told(cell for row in rows for cell in row.cells):
            raise RuleBroken("nothing_to_release")
        self._enter(self.TableReleased, entry, table=table, counted_at=counted_at, rows=rows, **shown)
