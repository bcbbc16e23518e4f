"""A figure as readers outside are told it: without what a coordinator holds back (projections/held_back.py)."""

from collections.abc import Iterator
from dataclasses import replace

from projections.figures.definition import Counted, Definition, Facts
from projections.held_back import Held

HELD_BACK = frozenset({"detentions"})
"""The figures of which numbers are held back. The others that leave the inside count no people."""


def outside(definition: Definition, held: Held) -> Definition:
    """The same definition, counting nothing that is held back and nothing it could be worked out from."""
    if held.is_nothing or definition.name not in HELD_BACK:
        return definition

    def count_in(facts: Facts) -> Iterator[Counted]:
        return (one for one in definition.count_in(facts) if not held.hides(one))

    return replace(definition, count_in=count_in)
