"""What somebody may do with stations, and a protest of which only words say where: verbs for `tests.projections.doings`."""

from collections.abc import Mapping
from typing import Any

from domain.place import Place, Precision
from domain.record import Record, new_id
from domain.station import Station
from tests.trackers import MOSCOW, PETERSBURG, city, day, entry


def open_station(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """One of three codes, so that two records may be of one station."""
    station = new_id()
    doings.casebook.open_station(entry(), station, code=f"msk-{b % 3}", name="ОВД", place=city((MOSCOW, PETERSBURG)[c % 2]))
    doings.stations.append(station)


def add_spelling(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """To any of them."""
    doings.casebook.add_spelling(entry(), doings._one(doings.stations, a), spelling=f"отдел {b % 3}")


def record_somewhere(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """A protest that is not placed."""
    protest = new_id()
    doings.casebook.record_protest(entry(), protest, when=day(3, 2 + a % 2), place=Place(Precision.UNKNOWN, words="во дворе"))
    doings.protests.append(protest)


STATION_FACTS: Mapping[type[Record.Event], Mapping[str, Any]] = {
    Station.Opened: {"code": "", "name": "ОВД", "kind": "court", "place": city(MOSCOW)},
    Station.SpellingAdded: {"spelling": "отделение"},
}
"""What the entries about stations are restated as."""
