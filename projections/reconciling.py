"""How many were detained at one protest, when names and competing counts say different things.

Named detentions and counts of unnamed people are never added: the same people stand behind both. The answer is an interval
that every single report could be true within, and at least the number of people known one by one.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Claim(NamedTuple):
    """One standing count: from `low` to `high` people (None: no upper end), of those brought to `station`, or of all (None)."""

    low: int
    high: int | None
    station: str | None


class Total(NamedTuple):
    """From `low` to `high` people; `high` is None where somebody's count has no upper end."""

    low: int
    high: int | None


def reconcile(named: int, claims: Iterable[Claim]) -> Total:
    """The interval for one protest from the people known individually and every count that stands.

    Counts of the whole protest compete: their span is taken. Counts of different stations are of different people: the spans
    of the stations are added, and set beside the others.
    """
    spans: dict[str | None, Total] = {}
    for claim in claims:
        known = spans.get(claim.station)
        spans[claim.station] = Total(claim.low, claim.high) if known is None else _span(known, claim)
    whole = spans.pop(None, Total(0, 0))
    stations = _sum(spans.values())
    low = max(whole.low, stations.low)
    high = None if whole.high is None or stations.high is None else max(low, whole.high, stations.high)
    return at_least(named, Total(low, high))


def at_least(named: int, counted: Total) -> Total:
    """What counts say, once this many people are known one by one: they can only push it up."""
    low = max(named, counted.low)
    return Total(low, None if counted.high is None else max(low, counted.high))


def _span(known: Total, claim: Claim) -> Total:
    high = None if known.high is None or claim.high is None else max(known.high, claim.high)
    return Total(min(known.low, claim.low), high)


def _sum(totals: Iterable[Total]) -> Total:
    low, high = 0, 0
    open_ended = False
    for total in totals:
        low += total.low
        open_ended = open_ended or total.high is None
        high += total.high or 0
    return Total(low, None if open_ended else high)
