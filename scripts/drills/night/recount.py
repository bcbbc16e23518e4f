"""The night counted from what was sent and accepted, in a way that shares nothing with the projections.

By the rule of docs/decisions/0004 and 0025, for each city: what the protests' counts and names say, the people known at no
protest, and what counts at stations ask for beyond the people known there.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from scripts.drills.night.story import Kind, Message


@dataclass
class _City:
    at_protest: dict[int, int] = field(default_factory=dict)
    claims: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    alone: int = 0
    known_at: dict[int, int] = field(default_factory=dict)
    counted_at: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


def recount(messages: Sequence[Message], accepted: Collection[int]) -> dict[int, tuple[int, int]]:
    """For each city the least and the greatest number of people detained."""
    gone = {one.about for one in messages if one.kind is Kind.TAKEN_BACK and one.number in accepted}
    cities: dict[int, _City] = {}
    for one in messages:
        if one.number not in accepted or one.number in gone:
            continue
        city = cities.setdefault(one.city, _City())
        match one.kind:
            case Kind.NAMED_LINE:
                city.alone += 1
                city.known_at[one.station] = city.known_at.get(one.station, 0) + 1
            case Kind.DETENTION:
                city.at_protest[one.protest] = city.at_protest.get(one.protest, 0) + 1
            case Kind.PROTEST_COUNT:
                city.claims.setdefault(one.protest, []).append((one.low, one.high))
            case Kind.COUNT_LINE | Kind.BOT_COUNT | Kind.PASSED_ON:
                city.counted_at.setdefault(one.station, []).append((one.low, one.high))
    return {number: _interval(city) for number, city in cities.items()}


def _interval(city: _City) -> tuple[int, int]:
    low = high = city.alone
    unnamed = 0
    for protest in city.at_protest.keys() | city.claims.keys():
        named = city.at_protest.get(protest, 0)
        least, most = _span(city.claims.get(protest, ((0, 0),)))
        least = max(named, least)
        low, high, unnamed = low + least, high + max(least, most), unnamed + least - named
    asked = more = 0
    for station, counts in city.counted_at.items():
        least, most = _span(counts)
        known = city.known_at.get(station, 0)
        asked, more = asked + max(0, least - known), more + max(0, most - known)
    return low + max(0, asked - unnamed), high + more


def _span(counts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """That a report could be true within: from the least anybody says to the most."""
    said = list(counts)
    return min(low for low, _ in said), max(high for _, high in said)
