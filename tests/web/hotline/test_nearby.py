"""A town nearby may have a station of the same name: it is offered, and never taken for the city's own."""

from datetime import UTC, datetime

import pytest

from domain.provenance import Entry, Source
from domain.record import new_id
from web.entries.placing import PlaceOpen, place_of
from web.hotline.message import listened, message_of
from web.places.stations import MOST_NEARBY
from web.wiring import Tracker


def test_a_station_of_a_town_nearby_is_offered_and_never_taken_for_one_of_the_city(tracker: Tracker) -> None:
    ufa, magnitogorsk = (tracker.geocoder.city_place(number) for number in (479561, 532288))
    station = {"code": "ufa-479561-ovd-podgornyy", "name": "ОВД Подгорный", "kind": "police_station"}
    entry = Entry(new_id(), Source("monitor"), new_id())
    tracker.casebook.open_station(entry, new_id(), place=ufa, **station)
    tracker.bring_up_to_date()
    with pytest.raises(PlaceOpen) as asked:
        place_of(tracker, "ОВД Подгорный", within=magnitogorsk, language="ru", station=True)
    assert [one.place.station for one in asked.value.candidates] == ["ufa-479561-ovd-podgornyy"]
    heard = listened(tracker, "ОВД Подгорный 15 чел", magnitogorsk, datetime.now(UTC), "ru")
    kept = message_of(tracker, heard, magnitogorsk, None, "ru").place
    assert kept is not None
    assert (kept.city, kept.station, kept.words) == (532288, None, "ОВД Подгорный")


def test_stations_of_towns_nearby_are_offered_the_nearest_first_and_few_of_them(tracker: Tracker) -> None:
    numbers = (479561, 532288, 511196, 1486209, 1508291)  # Ufa, Magnitogorsk, Perm, Yekaterinburg, Chelyabinsk
    for number in numbers:
        for code in ("a", "b"):
            station = {"code": f"{code}-{number}-ovd-dalny", "name": "ОВД Дальний", "kind": "police_station"}
            place = tracker.geocoder.city_place(number)
            tracker.casebook.open_station(Entry(new_id(), Source("monitor"), new_id()), new_id(), place=place, **station)
    tracker.bring_up_to_date()
    zlatoust = tracker.geocoder.settle("Златоуст", None, "ru").city
    assert zlatoust is not None
    offered = tracker.gazetteer.stations.called("ОВД Дальний", zlatoust)
    assert len(offered) == MOST_NEARBY
    assert [station.city for station in offered][::2] == [1508291, 1486209, 532288]


def test_a_station_that_is_called_like_a_town_is_the_citys_own(tracker: Tracker) -> None:
    perm = tracker.geocoder.city_place(511196)
    station = {"code": "perm-511196-ovd-zarechny", "name": "ОВД Заречный", "kind": "police_station"}
    tracker.casebook.open_station(Entry(new_id(), Source("monitor"), new_id()), new_id(), place=perm, **station)
    tracker.bring_up_to_date()
    heard = listened(tracker, "ОВД Заречный 15 чел", perm, datetime.now(UTC), "ru")
    kept = message_of(tracker, heard, perm, None, "ru").place
    assert kept is not None
    assert (kept.city, kept.station) == (511196, "perm-511196-ovd-zarechny")
