"""How long: the spread of lengths of time that are known from ... to, as percentiles. Lengths do not add up.

A percentile is taken by nearest rank: the shortest length that at least so many of a hundred do not exceed, one of those on
record and none between two. Of intervals it is an interval: that of all low ends, and that of all high ends. Whatever
the true lengths are, theirs lies within it, and a wider interval never makes it narrower.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from projections.reconciling import Total

PERCENTILES = (10, 25, 50, 75, 90)
MEDIAN = 50
SECONDS = 60
End = TypeVar("End", int, int | None)


class Spread(NamedTuple):
    """The percentiles of some lengths in minutes, in the order of `PERCENTILES`."""

    points: tuple[Total, ...]

    @property
    def median(self) -> Total:
        """Half of them are no longer than this."""
        return self.points[PERCENTILES.index(MEDIAN)]


def spread_of(lengths: Iterable[Total]) -> Spread | None:
    """The percentiles of these lengths; None of none at all."""
    known = list(lengths)
    if not known:
        return None
    lows = sorted(length.low for length in known)
    highs = sorted((length.high for length in known), key=lambda high: (high is None, high))
    return Spread(tuple(Total(at_rank(lows, percent), at_rank(highs, percent)) for percent in PERCENTILES))


def at_rank(ends: Sequence[End], percent: int) -> End:
    """Of ends in their order, the first that at least `percent` of a hundred of them do not exceed."""
    return ends[-(-percent * len(ends) // 100) - 1]


def minutes_between(begun: tuple[int, int], ended: tuple[int, int]) -> Total | None:
    """How long it took from somewhere in one stretch to somewhere in another, both in seconds since 1970: whole minutes, rounded
    outwards. None where the end was certainly before the beginning."""
    least, most = ended[0] - begun[1], ended[1] - begun[0]
    if most < 0:
        return None
    return Total(max(0, least) // SECONDS, -(-most // SECONDS))
