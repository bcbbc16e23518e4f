"""What a form that could not place its words was told about a station: a new one, or a new spelling of one that is known.

It is read with the rest of the form and recorded just before it; a form that comes back for another reason has recorded nothing.
"""

import re
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

from anyascii import anyascii

from domain.casebook import Outcome
from domain.errors import RuleBroken
from domain.place import Place, Precision
from domain.provenance import Entry, Source
from projections import stations
from web.places.building import romanised
from web.places.entries import City, Station
from web.wiring import Tracker

_LONGEST_PART = 22


@dataclass(frozen=True, slots=True)
class Wanted:
    """`record` is the id under which a record is opened, minted with the form. Without a `spelling` the station is new."""

    record: UUID
    code: str
    name: str
    kind: str
    place: Place
    spelling: str | None = None


def new_station(tracker: Tracker, record: UUID, *, name: str, kind: str, city: Place) -> Wanted:
    """A station that nobody has put on record. Raises RuleBroken `station_without_city`, and `station_is_known` where its name
    is that of another station of the city."""
    known = tracker.gazetteer.city(city.city) if city.city is not None else None
    if known is None:
        raise RuleBroken("station_without_city")
    name = " ".join(name.split())
    code = code_of(known, name)
    others = [one for one in tracker.gazetteer.stations_called(name, known.id) if one.city == known.id and one.code != code]
    if others:  # two stations of one name could never again be told apart by it
        raise RuleBroken("station_is_known", name=others[0].ru)
    place = replace(tracker.geocoder.city_place(known.id), words=None)
    return Wanted(record, code, name, kind, place)


def new_spelling(tracker: Tracker, record: UUID, *, code: str, spelling: str) -> Wanted:
    """A spelling of a station that is known. Raises RuleBroken `unknown_station`."""
    station = tracker.gazetteer.station(code)
    if station is None:
        raise RuleBroken("unknown_station", station=code)
    return Wanted(record, code, station.ru, station.kind, _where(tracker, station), " ".join(spelling.split()))


def record_wanted(tracker: Tracker, wanted: Wanted, account: UUID, source: Source) -> Outcome | None:
    """Put it on record, once; None where it is known already. The views, and with them the gazetteer, follow at once."""
    entry = Entry(account, replace(source, reference=None), wanted.record)  # a reference may be to somebody's words
    with tracker.views() as db:
        records = stations.records_of(db, wanted.code)
    if records and wanted.spelling is None:
        return None
    if records:
        outcome = tracker.casebook.add_spelling(entry, UUID(bytes=records[0]), spelling=wanted.spelling or "")
    else:
        facts = {"code": wanted.code, "name": wanted.name, "kind": wanted.kind, "place": wanted.place}
        outcome = tracker.casebook.open_station(entry, wanted.record, **facts, spelling=wanted.spelling)  # type: ignore[arg-type]
    tracker.catch_up(outcome)
    return outcome


def code_of(city: City, name: str) -> str:
    """The code of a station that is added: the same name in the same city is the same station, whoever adds it first. The number
    of the city keeps it apart from the codes of our own table."""
    said = _slug(name)
    if len(said) > _LONGEST_PART:
        said = f"{said[:_LONGEST_PART].rstrip('-')}-{sha256(' '.join(name.casefold().split()).encode()).hexdigest()[:6]}"
    return f"{_slug(city.en)[:_LONGEST_PART].rstrip('-')}-{city.id}-{said or 'station'}"


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", anyascii(romanised_word(name)).lower()).strip("-")


def romanised_word(name: str) -> str:
    """Russian letters romanised, all others left as they are."""
    return "".join(romanised(letter) if "а" <= letter <= "я" or letter == "ё" else letter for letter in name.casefold())


def _where(tracker: Tracker, station: Station) -> Place:
    place = tracker.geocoder.station_place(station.code)
    return replace(place, precision=Precision.ADDRESS if place.cell else Precision.CITY, station=None, words=station.address)
