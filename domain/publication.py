"""A publication: what was published about one month, as it was published.

What was read outside cannot be unread, so a publication is neither corrected nor withdrawn; it can be made anew a year later. It
keeps the very rows that were shown: everybody sees the same ones, also after the record or the program has changed.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID, uuid5

from domain.errors import RuleBroken
from domain.provenance import Entry
from domain.record import Record
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


@stored_as("publication")
class Publication(Record):
    """Not about a person: it holds what everybody may see."""

    PERSONAL = False

    if TYPE_CHECKING:
        month: int
        cells_published_at: datetime | None

    class Opened(Record.Created):
        """The first publication about a month, as 202203."""

        TOPIC = "publication.opened"
        month: int

        def apply(self, aggregate: Any) -> None:
            aggregate.month = self.month
            aggregate.cells_published_at = None
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
