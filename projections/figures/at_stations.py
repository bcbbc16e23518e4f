"""How many were at each police station in each night: told outside only where the organisation switches it on.

People known one by one to have been there, and counts told of the station, reconciled as everywhere. Somebody who was moved is at
each station where they were: these numbers overlap, and are never added.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from projections import statistics
from projections.figures.definition import Facts
from projections.held_back import Held, Spot
from projections.reconciling import Claim, Total, reconcile


class AtStation(NamedTuple):
    """A station (its code) of a city, in the night that began on a day."""

    city: int
    night: int
    station: str


def at_stations(facts: Facts, held: Held) -> Mapping[AtStation, Total]:
    """Each station and night with anybody; none of a city and the days around what is held back: whoever was brought there may
    be of it. Whoever is known to be of it counts at no station, however much later they were there.
    """
    people: dict[AtStation, set[bytes]] = defaultdict(set)
    claims: dict[AtStation, list[Claim]] = defaultdict(list)
    held_there = {row.record: row for row in facts.known(statistics.DETENTION) if not _is_of(row, held)}
    for row in held_there.values():
        if row.station is not None:
            people[AtStation(row.city or 0, row.night, row.station)].add(row.record)
    for row in facts.known(statistics.STAY):
        if row.record in held_there:
            night = row.night if row.night is not None else held_there[row.record].night
            people[AtStation(row.city or 0, night, row.station)].add(row.record)
    protests = {row.record: row for row in facts.known(statistics.PROTEST)}
    for row in facts.known(statistics.COUNT):
        if row.protest in protests and row.protest not in held.within and row.category is not None:
            at = protests[row.protest]
            claims[AtStation(at.city or 0, at.night, row.category)].append(Claim(row.low, row.high, None))
    for row in facts.known(statistics.REPORT):
        if row.category is not None and row.station is not None and row.protest not in held.within:
            claims[AtStation(row.city or 0, row.night, row.station)].append(Claim(row.low, row.high, None))
    found = {at: reconcile(len(people.get(at, ())), claims.get(at, ())) for at in {*people, *claims}}
    return {at: total for at, total in sorted(found.items()) if total != (0, 0) and not _is_hidden(at, held)}


def _is_hidden(at: AtStation, held: Held) -> bool:
    return held.is_all or Spot(at.city or None, at.night) in held.around


def _is_of(row: Any, held: Held) -> bool:
    return row.protest in held.within or (row.protest is None and Spot(row.city, row.day) in held.city_days)
