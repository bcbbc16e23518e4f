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
    """A cell that is shown: the city (GeoNames id), the cell (H3 index) and its class, 1 for the lowest."""

    city: int
    cell: str
    shade: int


def publication_of(month: int) -> UUID:
    """The record of the publication of a month, as 202203: two who publish it at once meet in one record."""
    return uuid5(_PUBLICATIONS, str(month))


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
        """The cells within cities that may be shown of this month, as counted at `counted_at` of the log by that `definition` of
        detentions: those with at least `people` people and `incidents` incidents, in `classes` that begin at these numbers.
        """

        TOPIC = "publication.cells_published"
        counted_at: int
        definition: int
        resolution: int
        people: int
        incidents: int
        left_over: int
        classes: tuple[int, ...]
        cells: tuple[PublishedCell, ...]

        def apply(self, aggregate: Any) -> None:
            aggregate.cells_published_at = self.timestamp
            super().apply(aggregate)

    @classmethod
    def open(cls, entry: Entry, *, month: int) -> Self:
        """Open the record of what is published about a month. Raises RuleBroken `no_such_month` and `month_not_closed`."""
        if not 1 <= month % 100 <= 12 or not 1900 <= month // 100 <= 9998:
            raise RuleBroken("no_such_month", month=month)
        year, number = divmod(month, 100)
        over = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
        if datetime.now(UTC) < over + CLOSED_FOR:
            raise RuleBroken("month_not_closed", month=f"{year}-{number:02}", from_day=(over + CLOSED_FOR).date().isoformat())
        return cls._begin(cls.Opened, entry, publication_of(month), month=month)

    def publish_cells(
        self,
        entry: Entry,
        *,
        counted_at: int,
        definition: int,
        resolution: int,
        people: int,
        incidents: int,
        left_over: int,
        classes: tuple[int, ...],
        cells: tuple[PublishedCell, ...],
    ) -> None:
        """Let these cells be shown. Raises RuleBroken `published_lately` within a year of the last time."""
        before = self.cells_published_at
        if before is not None and datetime.now(UTC) < before + AGAIN_AFTER:
            raise RuleBroken("published_lately", from_day=(before + AGAIN_AFTER).date().isoformat())
        self._enter(
            self.CellsPublished,
            entry,
            counted_at=counted_at,
            definition=definition,
            resolution=resolution,
            people=people,
            incidents=incidents,
            left_over=left_over,
            classes=classes,
            cells=cells,
        )
