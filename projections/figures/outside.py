"""A figure as readers outside are told it: without what a coordinator holds back (projections/held_back.py)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row

from projections.figures.definition import Counted, Definition, Facts
from projections.held_back import Held, is_beyond

HELD_BACK = frozenset({"detentions"})
"""The figures of which numbers are held back: those that leave the inside and count anybody."""
OF_NOBODY = frozenset({"protests", "protest_size", "incidents"})
"""The others that leave the inside."""


@dataclass(frozen=True, slots=True)
class _Without:
    """The facts of a position without these detentions and reports: they belong to what is held back, and did not yet then."""

    facts: Facts
    moved: frozenset[bytes]

    def known(self, kind: int) -> Iterator[Row[Any]]:
        """Those that stood."""
        return (row for row in self.facts.known(kind) if row.record not in self.moved)

    def ever_known(self, kind: int) -> Iterator[Row[Any]]:
        """Those that had ever been known."""
        return (row for row in self.facts.ever_known(kind) if row.record not in self.moved)

    def joined(self) -> Sequence[tuple[bytes, bytes]]:
        """As people were joined."""
        return self.facts.joined()


def outside(definition: Definition, held: Held) -> Definition:
    """The same definition, counting nothing that is held back and nothing it could be worked out from."""
    if held.is_nothing or definition.name not in HELD_BACK:
        return definition

    def count_in(facts: Facts) -> Iterator[Counted]:
        if not held.moved:
            return (one for one in definition.count_in(facts) if not held.hides(one))
        return (one for one in _counted(definition, facts, held.moved) if not held.hides(one))

    return replace(definition, count_in=count_in)


def _counted(definition: Definition, facts: Facts, moved: frozenset[bytes]) -> Iterator[Counted]:
    """What counts at police stations ask for is counted beside everybody, as inside: without them it would be more."""
    yield from (one for one in definition.count_in(_Without(facts, moved)) if not is_beyond(one))
    yield from (one for one in definition.count_in(facts) if is_beyond(one))
