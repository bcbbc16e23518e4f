"""The places that a line of text names, for the parser of first reports."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.test_gazetteer import MOSCOW, NIZHNY, PETERSBURG
from web.gazetteer import open_gazetteer
from web.geocoding import GazetteerGeocoder, open_geocoder


@pytest.fixture(scope="module")
def geocoder(places: Path) -> GazetteerGeocoder:
    return open_geocoder(open_gazetteer(places))


def named(geocoder: GazetteerGeocoder, text: str, city: int | None) -> list[tuple[str, list[str]]]:
    """Each mention's words and what they may mean: the code of a station, else the name."""
    within = geocoder.city_place(city) if city is not None else None
    return [
        (text[found.start : found.end], [one.place.station or one.name for one in found.candidates])
        for found in geocoder.places_in(text, within, "ru")
    ]


@pytest.mark.parametrize(
    ("text", "city", "found"),
    [
        ("Тверское 15 чел, автозак с Пушкинской, 2 несовершеннолетних, ~19:20", MOSCOW,
         [("Тверское", ["moscow-tverskoy"]), ("Пушкинской", ["Пушкинская площадь"])]),
        ("SURNAME NAME, OVD Tverskoe, without protocol, needs lawyer", MOSCOW, [("OVD Tverskoe", ["moscow-tverskoy"])]),
        ("ОП №1 5 чел", PETERSBURG, [("ОП №1", ["spb-1"])]),
        ("76 отдел, 12 человек", PETERSBURG, [("76 отдел", ["spb-76"])]),
        ("ОВД 15 чел", MOSCOW, []),
        ("в ОМВД по району Тверской 15 чел", MOSCOW, [("ОМВД по району Тверской", ["moscow-tverskoy"])]),
        ("15 чел в ОВД Тверском", MOSCOW, [("ОВД Тверском", ["moscow-tverskoy"])]),
        ("ОВД Неизвестное 5 чел", MOSCOW, [("ОВД Неизвестное", [])]),
        ("Тверское 12, Басманное 8", MOSCOW, [("Тверское", ["moscow-tverskoy"]), ("Басманное", ["moscow-basmanny"])]),
        ("Арбат 5", MOSCOW, [("Арбат", ["moscow-arbat", "Арбат"])]),
        ("Москва, Тверское ОВД 8 задержанных", None, [("Москва", ["Москва"]), ("Тверское ОВД", ["moscow-tverskoy"])]),
        ("в Питере на Дворцовой 30 чел, везут в 28 отдел", None,
         [("Питере", ["Санкт-Петербург"]), ("Дворцовой", ["Дворцовая площадь"]), ("28 отдел", ["spb-28"])]),
        ("в нижнем новгороде на площади минина", NIZHNY,
         [("нижнем новгороде", ["Нижний Новгород"]), ("площади минина", ["Площадь Минина и Пожарского"])]),
        ("ул. Тверская, д. 13, Иванов Иван", MOSCOW, [("ул. Тверская", ["Тверская улица"])]),
        ("м. Площадь Восстания 6 чел", PETERSBURG, [("м. Площадь Восстания", ["Площадь Восстания"])]),
        ("нужен адвокат, нет воды", MOSCOW, []),
        ("", MOSCOW, []),
    ],
)  # fmt: skip
def test_a_line_names_its_places(
    geocoder: GazetteerGeocoder, text: str, city: int | None, found: list[tuple[str, list[str]]]
) -> None:
    assert named(geocoder, text, city) == found


def test_a_kind_that_is_said_is_noted(geocoder: GazetteerGeocoder) -> None:
    moscow = geocoder.city_place(MOSCOW)
    assert [found.kind_said for found in geocoder.places_in("ОВД Тверское, Басманное", moscow)] == [True, False]


def test_a_surname_does_not_move_a_line_to_another_city(geocoder: GazetteerGeocoder) -> None:
    assert ("Тверское", ["moscow-tverskoy"]) in named(geocoder, "Киров Иван, Тверское", MOSCOW)


@given(st.text(max_size=120))
def test_mentions_never_overlap_and_stand_in_the_text(geocoder: GazetteerGeocoder, text: str) -> None:
    found = geocoder.places_in(text, geocoder.city_place(MOSCOW))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
