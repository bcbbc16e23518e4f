"""What the pages of stations show: the stations of a city, and one of them with all that was said about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.station import Station as OnRecord
from domain.vocabulary.stations import PLACE_KINDS
from projections import stations
from web.desk import Desk
from web.lines import Line, history_of
from web.places.added import in_latin
from web.places.entries import Station


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list. `record` is None for a station of our own table to which nothing was added."""

    code: str
    name: str
    kind: str
    address: str
    record: UUID | None


@dataclass(frozen=True, slots=True)
class OneStation:
    """The page of a station that has a record."""

    name: str
    kind: str
    city: str
    address: str
    stands: bool
    lines: Sequence[Line]


def stations_of(desk: Desk, city: int, language: str) -> list[Listed]:
    """The stations of a city by name."""
    with desk.tracker.views() as db:
        records = {one.row.code: UUID(bytes=one.row.station) for one in stations.on_record(db) if one.row.stands}
    found = [_listed(one, records.get(one.code), language) for one in desk.tracker.gazetteer.stations_of(city)]
    return sorted(found, key=lambda one: one.name.casefold())


def cities_of(desk: Desk, language: str) -> list[tuple[int, str]]:
    """The cities that have stations, by name."""
    every = {one.city for one in desk.tracker.gazetteer.stations.all()}
    return sorted(((city, desk.tracker.gazetteer.city_name(city, language)) for city in every), key=lambda one: one[1])


def one_station(desk: Desk, record: UUID, language: str) -> OneStation | None:
    """A station as it is known now; None for one that is not on record."""
    history = history_of(desk, [record.bytes])
    opened = [event for _, event in history.told if isinstance(event, OnRecord.Opened)]
    if not opened:
        return None
    standing = history.standing(OnRecord.Opened)
    said: OnRecord.Opened = standing[0][1] if standing else opened[0]
    station = desk.tracker.gazetteer.station(said.code)
    city = desk.tracker.gazetteer.city_name(said.place.city, language) if said.place.city else ""
    address = str(said.place.words or "")
    return OneStation(
        station.name(language) if station is not None else said.name,
        PLACE_KINDS.label(said.kind, language),
        city,
        address if language == "ru" else in_latin(address),
        bool(standing),
        history.lines(),
    )


def _listed(one: Station, record: UUID | None, language: str) -> Listed:
    kind, address = PLACE_KINDS.label(one.kind, language), one.address or ""
    return Listed(one.code, one.name(language), kind, address if language == "ru" else in_latin(address), record)
