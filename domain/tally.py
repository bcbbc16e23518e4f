"""A tally: the number of a city's day or of one protest, as it is announced, and whether it is held back from readers outside.

The number itself is counted from the record and stands nowhere here. Only the decision is kept: who is told nothing, since when,
and for which of a few reasons. Nobody is named by it, and what a record says is not changed.
"""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Self
from uuid import UUID, uuid5

from domain.errors import RuleBroken
from domain.provenance import Entry
from domain.record import Record
from domain.topics import stored_as
from domain.vocabulary.publications import HOLDING_REASONS

_TALLIES = UUID("5b0a5f0e-3c58-5a0b-8f0e-2f6d1c9a4e77")


def tally_of(*, city: int | None = None, day: date | None = None, protest: UUID | None = None) -> UUID:
    """The record of what is decided about a city's day (GeoNames id), or about a protest: two who decide meet in one record."""
    return uuid5(_TALLIES, str(protest) if protest is not None else f"{city} {day}")


@stored_as("tally")
class Tally(Record):
    """Not about a person: it says of a number that it is not told."""

    PERSONAL = False

    if TYPE_CHECKING:
        is_held_back: bool

    class Opened(Record.Created):
        """The first decision about the number of a city's day, or of a protest."""

        TOPIC = "tally.opened"
        city: int | None
        day: date | None
        protest: UUID | None

        def apply(self, aggregate: Any) -> None:
            aggregate.is_held_back = False
            super().apply(aggregate)

    class HeldBack(Record.Event):
        """The number is not told to readers outside, and nothing that would give it away."""

        TOPIC = "tally.held_back"
        because: Annotated[str, HOLDING_REASONS]

        def apply(self, aggregate: Any) -> None:
            aggregate.is_held_back = True
            super().apply(aggregate)

    class LetGo(Record.Event):
        """The number is told again."""

        TOPIC = "tally.let_go"

        def apply(self, aggregate: Any) -> None:
            aggregate.is_held_back = False
            super().apply(aggregate)

    @classmethod
    def open(cls, entry: Entry, *, city: int | None = None, day: date | None = None, protest: UUID | None = None) -> Self:
        """Open the record of what is decided about one tally. Raises RuleBroken `no_such_tally` unless it is of a city's day or
        of a protest, and of one of the two.
        """
        if (protest is None) == (city is None) or (city is None) != (day is None):
            raise RuleBroken("no_such_tally")
        return cls._begin(cls.Opened, entry, tally_of(city=city, day=day, protest=protest), city=city, day=day, protest=protest)

    def hold_back(self, entry: Entry, *, because: str) -> None:
        """Tell it to nobody outside. Raises RuleBroken `held_back_already`."""
        if self.is_held_back:
            raise RuleBroken("held_back_already")
        self._enter(self.HeldBack, entry, because=because)

    def let_go(self, entry: Entry) -> None:
        """Tell it again. Raises RuleBroken `not_held_back`."""
        if not self.is_held_back:
            raise RuleBroken("not_held_back")
        self._enter(self.LetGo, entry)
