"""Who is held and who was let go, as a list shows it: the name opened, the city or station, and the state of custody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from projections import moves
from web.desk import Desk
from web.gazetteer import Gazetteer
from web.naming import names_of
from web.wiring import Views

HELD, FREE, WITHDRAWN = "held", "free", "withdrawn"


@dataclass(frozen=True, slots=True)
class Held:
    """One detention in a list. `name` is "" where nobody knows it; `state` is held, free or withdrawn."""

    person: UUID
    detention: UUID
    number: str
    name: str
    where: str
    state: str


def state_of(custody: Any) -> str:
    """Held until at least one report stands that sets free."""
    if not custody.stands:
        return WITHDRAWN
    return FREE if custody.freed_by else HELD


def held_at(desk: Desk, db: Views, custodies: Iterable[Any], language: str) -> Sequence[Held]:
    """These custodies, with the names of the people."""
    rows = list(custodies)
    names = names_of(desk, db, {row.person for row in rows})
    gazetteer = desk.tracker.gazetteer
    return [
        Held(
            UUID(bytes=row.person),
            UUID(bytes=row.detention),
            row.person.hex()[-8:],
            names.get(row.person, ""),
            place_of(row, gazetteer, language),
            state_of(row),
        )
        for row in rows
    ]


def place_of(row: Any, gazetteer: Gazetteer, language: str) -> str:
    """The station where somebody was last reported, else the city; "" where nobody knows."""
    station, city = moves.whereabouts(row)
    if station is not None:
        return gazetteer.station_name(station, language)
    return gazetteer.city_name(city, language) if city is not None else ""
