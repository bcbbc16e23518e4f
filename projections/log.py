"""What the projections need from the event store, which lives further out and implements this."""

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

from domain.record import Record


class Told(NamedTuple):
    """An event with its position: the notification id, the number that is cited."""

    position: int
    event: Record.Event


class Unreadable(Exception):
    """The event at `position` cannot be read. Nothing after it may be folded before it can."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(f"event {position}: {reason}")
        self.position = position


class Log(Protocol):
    """The stored events in the order of their positions."""

    def page(self, after: int, limit: int, topics: Container[str] | None = None) -> Sequence[Told]:
        """From the next `limit` events after a position those of these topics (None: all), decoded; and always the last of
        them, so that its position says how far the page has come. Raises Unreadable when the very next cannot be read.
        """

    def at(self, positions: Iterable[int]) -> dict[int, Told]:
        """The events at these positions; positions that hold none are left out."""

    def of(self, records: Iterable[UUID]) -> Sequence[Told]:
        """Every event of these records, in order of position. The log is indexed by record, so this costs what it returns."""

    def last(self) -> int:
        """The position of the newest event, 0 in an empty log."""

    def witness(self, position: int) -> tuple[UUID, int] | None:
        """The originator id and version at a position, by which a replaced log is noticed; None where there is no event."""

    def before(self, moment: float) -> int:
        """The greatest position before the first event recorded later than `moment` (seconds since 1970, UTC)."""
