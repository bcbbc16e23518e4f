"""How many were detained, when names and competing counts say different things: at one protest, and in one city in one night.

Named detentions and counts of unnamed people are never added: the same people stand behind both. The answer is an interval
that every single report could be true within, and at least the number of people known one by one. Heat map, figures, protest
pages and the watch board all ask here (docs/decisions/0004, 0025).
"""

from collections.abc import Iterable
from typing import NamedTuple

from domain.count import Count


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
    stations = sum_of(spans.values())
    low = max(whole.low, stations.low)
    high = None if whole.high is None or stations.high is None else max(low, whole.high, stations.high)
    return at_least(named, Total(low, high))


def is_a_claim(count: Count | None) -> bool:
    """Whether a count of people held says how many were detained: that nobody is held any more says nothing about it."""
    return count is not None and count.high != 0


def at_least(named: int, counted: Total) -> Total:
    """What counts say, once this many people are known one by one: they can only push it up."""
    low = max(named, counted.low)
    return Total(low, None if counted.high is None else max(low, counted.high))


class Needed(NamedTuple):
    """What competing counts ask for beyond the people known one by one: `low` to `high` others (None: no upper end)."""

    low: int
    high: int | None


NOBODY = Needed(0, 0)


def needed(claims: Iterable[Claim], named: int, *, perhaps: int = 0) -> Needed:
    """For the counts at one station, where so many people are known one by one to have been; or for those that name no station,
    to which `named` belong and anybody of `perhaps` may belong.

    That nobody is held any more is no claim about how many had been.
    """
    span: Total | None = None
    for claim in claims:
        if claim.high != 0:
            span = Total(claim.low, claim.high) if span is None else _span(span, claim)
    if span is None:
        return NOBODY
    high = None if span.high is None else max(0, span.high - named)
    return Needed(max(0, span.low - max(named, perhaps)), high)


def beyond(protests: Total, at_protests: int, stations: Iterable[Needed], nowhere: Needed, *, is_certain: bool = True) -> Total:
    """How many more were detained in a city in a night than its protests' totals together (`at_protests` of them known one by
    one) and those known one by one at no protest.

    `stations` is what the counts at each station ask for, `nowhere` what those ask for that name no station. At the low end the
    others at stations are taken for the unnamed of the protests, as far as these go round, and those counted at no station for
    anybody; at the high end nobody is anybody else. Counts of no certain city or night may be of people counted elsewhere: they
    raise the high end alone.
    """
    asked = list(stations)
    unnamed = protests.low - at_protests
    low = max(0, sum(at.low for at in asked) - unnamed, nowhere.low - unnamed) if is_certain else 0
    highs = [nowhere.high, *(at.high for at in asked)]
    return Total(low, None if None in highs else sum(high for high in highs if high is not None))


def _span(known: Total, claim: Claim) -> Total:
    high = None if known.high is None or claim.high is None else max(known.high, claim.high)
    return Total(min(known.low, claim.low), high)


def sum_of(totals: Iterable[Total]) -> Total:
    """All of them together; without an upper end where any of them has none."""
    low, high = 0, 0
    open_ended = False
    for total in totals:
        low += total.low
        open_ended = open_ended or total.high is None
        high += total.high or 0
    return Total(low, None if open_ended else high)
