"""Stations by any usual spelling: Russian or Latin, declined, abbreviated, with or without the city; never one of several."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.place import Precision
from tests.web.test_gazetteer import MOSCOW, NIZHNY, PETERSBURG
from web.gazetteer import Gazetteer, open_gazetteer
from web.geocoding import GazetteerGeocoder, open_geocoder
from web.places.building import table
from web.places.spellings import street_precision
from web.places.stations import Added, Stations
from web.places.stems import skeleton, stem_of, words_of

SPELT: dict[tuple[str, int], str] = {
    ("moscow-tverskoy", MOSCOW): """
        ОВД Тверское | ОВД Тверской | ОВД «Тверское» | ОВД Тверского района | овд тверское | ТВЕРСКОЕ ОВД | Тверское | Тверской
        Тверская | в Тверском | из Тверского | в ОВД Тверское | из ОВД Тверского | Тверскому | Тверскую | к Тверскому ОВД
        ОМВД Тверской | ОМВД по району Тверской | ОМВД России по району Тверской | ОМВД по Тверскому району г. Москвы
        Отдел МВД России по Тверскому району г. Москвы | Тверское ОВД г. Москвы | Тверское ОВД, Москва | УВД Тверское
        отдел полиции Тверской | отделение полиции «Тверское» | Тверское отделение | отдел Тверской | ОП Тверское | Тверское ОМВД
        OVD Tverskoe | OVD Tverskoye | OVD Tverskoy | Tverskoe | Tverskaya | Tverskoy police station | Tverskoi police department
        Tverskoj OVD | Tversky police | at Tverskoye | police station Tverskoye, Moscow | OMVD Tverskoi | ovd tverskoe moscow
        UMVD Tverskoy | Tverskoye otdelenie policii
        """,
    ("moscow-basmanny", MOSCOW): "Басманное | в Басманном | из Басманного ОВД | Basmannoe | Basmanny | ОВД Басманный район",
    ("moscow-sokolniki", MOSCOW): "Сокольники | в Сокольниках | из Сокольников | ОВД Сокольники | Sokolniki | Сокольническое ОВД",
    ("moscow-arbat", MOSCOW): "ОВД Арбат | Арбатское ОВД | в ОВД Арбата | Arbat police | OVD Arbat | Арбатский отдел",
    ("moscow-shchukino", MOSCOW): "Щукино | в Щукине | Щукинское | Shchukino | Schukino | ОВД Щукино г. Москвы",
    ("moscow-yakimanka", MOSCOW): "Якиманка | на Якиманке | Якиманское ОВД | из Якиманки | Yakimanka | Jakimanka",
    ("moscow-zamoskvorechye", MOSCOW): "Замоскворечье | в Замоскворечье | Zamoskvorechie | Zamoskvorechye | Замоскворецкое",
    ("moscow-kitay-gorod", MOSCOW): "Китай-город | в Китай-городе | Китайгород | Kitai Gorod | Kitay-gorod | ОВД Китай-города",
    ("moscow-khamovniki", MOSCOW): "Хамовники | из Хамовников | Hamovniki | Khamovniki | Хамовническое",
    ("moscow-meshchansky", MOSCOW): "Мещанское | в Мещанском | Meschanskoe | Meshchanskoye",
    ("moscow-presnensky", MOSCOW): "Пресненское | Пресня | Presnenskoe | Presnenskoye OVD",
    ("moscow-biryulyovo-zapadnoye", MOSCOW): "Бирюлево Западное | Западное Бирюлёво | Biryulevo Zapadnoe | в Бирюлёве Западном",
    ("spb-28", PETERSBURG): "28 ОП | ОП 28 | ОП №28 | ОП № 28 | 28-й отдел | 28-м отделе | 28 отдел полиции | OP 28",
    ("spb-1", PETERSBURG): "ОП №1 | 1-й отдел | 1 ОП | первый отдел полиции | police station 1",
    ("nizhny-5", NIZHNY): "ОП №5 | ОП-5 | отдел полиции № 5 | ОП 5 Нижний Новгород | Нижегородский отдел полиции",
}  # fmt: skip
TABLE = [(words.strip(), city, code) for (code, city), all_of in SPELT.items() for words in all_of.replace("\n", "|").split("|")]
TABLE = [row for row in TABLE if row[0]]


@pytest.fixture(scope="module")
def gazetteer(places: Path) -> Gazetteer:
    return open_gazetteer(places)


@pytest.fixture(scope="module")
def geocoder(gazetteer: Gazetteer) -> GazetteerGeocoder:
    return open_geocoder(gazetteer)


@pytest.mark.parametrize(("words", "city", "code"), TABLE)
def test_a_station_is_found_by_any_usual_spelling(gazetteer: Gazetteer, words: str, city: int, code: str) -> None:
    assert [station.code for station in gazetteer.stations_called(words, city)] == [code]


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) >= 100


@pytest.mark.parametrize(
    "words", ["автозак", "ОВД", "отдел полиции", "Тверь", "Тверской районный суд", "УВД по ЦАО", "15", "", "!"]
)
def test_what_names_no_station_finds_none(gazetteer: Gazetteer, words: str) -> None:
    """The control: stems that were cut too short would find one."""
    assert gazetteer.stations_called(words, MOSCOW) == []


def test_without_a_city_every_station_of_the_name_is_found(gazetteer: Gazetteer) -> None:
    assert {station.code for station in gazetteer.stations_called("ОП № 1", None)} == {"spb-1", "nizhny-1"}


def test_no_spelling_in_our_table_means_two_stations_of_one_city(gazetteer: Gazetteer) -> None:
    for row in table("stations"):
        for spelling in (row["ru"], row["en"], *filter(None, row["aliases"].split("|"))):
            assert [one.code for one in gazetteer.stations_called(spelling, int(row["city"]))] == [row["code"]], spelling


@given(st.sampled_from([row for row in TABLE if not row[0].isascii()]), st.sampled_from([str.upper, str.lower, str.title]))
def test_case_yo_and_quotation_marks_do_not_matter(gazetteer: Gazetteer, row: tuple[str, int, str], case: object) -> None:
    words, city, code = row
    told = case(words.replace("ё", "е"))  # type: ignore[operator]
    assert [station.code for station in gazetteer.stations_called(f"«{told}»", city)] == [code]


@given(st.text(max_size=60))
def test_any_text_can_be_asked_for(gazetteer: Gazetteer, words: str) -> None:
    """What is found is a station that is known; nothing fails."""
    for station in gazetteer.stations_called(words, MOSCOW):
        assert gazetteer.station(station.code) == station


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщыьэюяё", min_size=1, max_size=12))
def test_a_stem_begins_the_word_as_it_sounds(word: str) -> None:
    assert skeleton(word).startswith(stem_of(word)[:-1]) or stem_of(word).isdigit()
    assert skeleton(word) == skeleton(word.replace("ё", "е"))


@given(st.text(max_size=80))
def test_words_stand_where_they_say(text: str) -> None:
    found = words_of(text)
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("words", "precision"),
    [
        ("Комендантский проспект, 31", Precision.ADDRESS), ("ул. Ленина, д. 5", Precision.ADDRESS),
        ("м. Площадь Восстания", Precision.STREET), ("Пионерская площадь", Precision.STREET),
        ("Volkova street 7", Precision.ADDRESS), ("у фонтана", Precision.CITY), ("корпус 5", Precision.CITY),
    ],
)  # fmt: skip
def test_words_say_how_closely_they_place(words: str, precision: Precision) -> None:
    assert street_precision(words) is precision


class _Additions:
    """Kept in memory, where an installation keeps them in its views."""

    def __init__(self) -> None:
        self.position = 0
        self.known: list[Added] = []
        self.asked = 0

    def changed(self) -> int:
        return self.position

    def all(self) -> list[Added]:
        self.asked += 1
        return self.known


def test_what_is_added_is_known_at_the_next_look_and_read_once(gazetteer: Gazetteer) -> None:
    additions = _Additions()
    stations = Stations(gazetteer.coordinates, additions)
    assert stations.called("Новое место", MOSCOW) == []
    station = gazetteer.station("moscow-arbat")
    assert station is not None
    additions.known, additions.position = [Added(station, ("Новое место",), stands=True)], 7
    assert [one.code for one in stations.called("в Новом месте", MOSCOW)] == ["moscow-arbat"]
    assert [one.code for one in stations.called("Новое место", MOSCOW)] == ["moscow-arbat"]
    assert additions.asked == 2
    additions.known, additions.position = [Added(station, ("Новое место",), stands=False)], 8
    assert stations.called("Новое место", MOSCOW) == []
    assert stations.one("moscow-arbat") == station
    assert [one.code for one in stations.called("ОВД Арбат", MOSCOW)] == ["moscow-arbat"]
