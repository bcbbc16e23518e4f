"""What numbers were at every position at which they changed, and why: the history that is published with a tally.

As in `changes`, the figure is cut into parts that have nothing to do with each other, and each is counted again where anything
about it changed. New entries that follow each other within one minute are one step; what was corrected, withdrawn or brought back
is a step of its own.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection

from projections import corrections, positions
from projections.figures.changes import LEARNED, NOTHING, UNATTRIBUTED, Size, reasons_between
from projections.figures.definition import Counted, Definition
from projections.figures.history import Part, parts_of
from projections.reconciling import Total

Key = Hashable
KeysOf = Callable[[Counted], Iterable[Key]]
TimesOf = Callable[[Iterable[int]], Mapping[int, int]]
"""When entries were recorded, in seconds since 1970, by their positions."""


class Step(NamedTuple):
    """From this position on the number was this, for this reason (`changes.REASONS`); `at` in seconds since 1970."""

    position: int
    at: int
    total: Total
    reason: str


def histories(
    db: Connection, definition: Definition, until: int, keys_of: KeysOf, times_of: TimesOf
) -> Mapping[Key, Sequence[Step]]:
    """For everything that `keys_of` counts something under, how its number became what it is at `until`, oldest first."""
    parts = parts_of(db, definition, until)
    changed = [part.positions(0, until) for part in parts]
    known = {position for some in changed for position in some}
    times = {position: at for position, at in times_of(known).items() if position in known}
    reasons, known_up_to = reasons_between(db, 0, until), positions.reached(db, corrections.projection)

    def why_and_when(position: int) -> tuple[str, int]:
        reason = reasons.get(position, LEARNED) if position <= known_up_to else UNATTRIBUTED
        return reason, times.get(position, 0) // 60 if reason == LEARNED else position

    stretches = groupby(sorted(times), why_and_when)
    stretch_of = {position: number for number, (_, stretch) in enumerate(stretches) for position in stretch}
    moved: dict[Key, dict[int, Size]] = defaultdict(lambda: defaultdict(lambda: NOTHING))
    for part, positions_of in zip(parts, changed, strict=True):
        stops = [list(stretch)[-1] for _, stretch in groupby(positions_of, stretch_of.__getitem__)]
        for position, key, size in _moves(definition, part, stops, keys_of):
            moved[key][position] = moved[key][position].more(size)
    found: dict[Key, Sequence[Step]] = {}
    for key, by_position in moved.items():
        numbers = _numbers(by_position, stretch_of)
        found[key] = [Step(position, times[position], total, why_and_when(position)[0]) for position, total in numbers]
    return found


def _moves(definition: Definition, part: Part, stops: Iterable[int], keys_of: KeysOf) -> Iterator[tuple[int, Key, Size]]:
    before: dict[Key, Size] = {}
    for position in stops:
        now: dict[Key, Size] = defaultdict(lambda: NOTHING)
        for counted in definition.count_in(part.at(position)):
            low, high = counted.total
            for key in keys_of(counted):
                now[key] = now[key].more(Size(low, low if high is None else high, int(high is None)))
        for key in {**before, **now}:
            size = now.get(key, NOTHING).less(before.get(key, NOTHING))
            if size != NOTHING:
                yield position, key, size
        before = dict(now)


def _numbers(moved: Mapping[int, Size], stretch_of: Mapping[int, int]) -> Iterator[tuple[int, Total]]:
    size, told = NOTHING, Total(0, 0)
    for _, stretch in groupby(sorted(moved), stretch_of.__getitem__):
        for position in stretch:
            size = size.more(moved[position])
        now = Total(size.low, None if size.endless else size.high)
        if now != told:
            yield position, now
        told = now
