"""What may be entered about a station."""

from dataclasses import replace

import pytest

from domain.place import Place, Precision
from domain.record import new_id
from domain.station import Station
from tests.domain.recording import CITY, entered, entry, refused

SAID = {"code": "moscow-524901-new", "name": "Новый отдел", "place": CITY}


@pytest.fixture
def station() -> Station:
    return Station.open(entry(), new_id(), **SAID)  # type: ignore[arg-type]


def test_a_station_has_a_code_a_name_and_a_city(station: Station) -> None:
    opened = entered(station)
    assert (opened.code, opened.name, opened.place, opened.kind) == ("moscow-524901-new", "Новый отдел", CITY, "police_station")


def test_a_station_without_a_city_or_a_name_is_refused(station: Station) -> None:
    nowhere = Place(Precision.REGION, "RU", "RU.48")
    with refused("station_without_city"):
        Station.open(entry(), new_id(), **{**SAID, "place": nowhere})  # type: ignore[arg-type]
    with refused("missing_fact"):
        Station.open(entry(), new_id(), **{**SAID, "name": "  "})  # type: ignore[arg-type]
    with refused("station_without_city", station):
        station.correct(entry(), 1, {**SAID, "kind": "court", "place": nowhere}, because="mistake")
    with refused("missing_fact", station):
        station.add_spelling(entry(), spelling="\n")


def test_a_correction_leaves_the_code_that_places_name_it_by(station: Station) -> None:
    elsewhere = replace(CITY, words="ул. Новая, 1")
    facts = {"code": "another", "name": "Отдел № 2", "kind": "court", "place": elsewhere}
    station.correct(entry(), 1, facts, because="new_information")
    restated = station.pending_events[-1].restated  # type: ignore[attr-defined]
    assert (restated.code, restated.name, restated.place.words) == ("moscow-524901-new", "Отдел № 2", "ул. Новая, 1")


def test_what_was_taken_back_counts_again(station: Station) -> None:
    station.add_spelling(entry(), spelling="новый  отдел\n№ 2")
    assert entered(station).spelling == "новый отдел № 2"
    station.withdraw(entry(), because="mistake")
    with refused("record_withdrawn", station):
        station.add_spelling(entry(), spelling="ещё")
    station.reinstate(entry(), 1, {**SAID, "kind": "police_station"}, because="mistake")
    station.add_spelling(entry(), spelling="ещё")
