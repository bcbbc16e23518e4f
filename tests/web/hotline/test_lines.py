"""What a line is understood as: a table of lines, and what holds for any text whatever."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.count import Count
from web.gazetteer import open_gazetteer
from web.geocoding import GazetteerGeocoder, open_geocoder
from web.hotline.listening import Heard, Somebody, heard
from web.hotline.message import likeliest
from web.hotline.pieces import Piece, Said
from web.hotline.wording import MINOR, NEEDS, line_of, people_in

SAID_AT = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
MOSCOW = 524901
TABLE = [
    [cell.strip() for cell in line.split("|")]
    for line in Path(__file__).with_name("lines.txt").read_text(encoding="utf-8").splitlines()[2:]
]


@pytest.fixture(scope="module")
def geocoder(places: Path) -> GazetteerGeocoder:
    return open_geocoder(open_gazetteer(places), None)


def listen(geocoder: GazetteerGeocoder, text: str, *, of_moscow: bool = True) -> Heard:
    city = geocoder.city_place(MOSCOW) if of_moscow else None
    return heard(text, geocoder, within=city, zone="Europe/Moscow", said_at=SAID_AT, language="en")


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_a_line_is_understood_as_the_table_says(geocoder: GazetteerGeocoder, row: list[str]) -> None:
    told = listen(geocoder, row[0])
    when = str(told.when.words) if told.when is not None else ""
    people = "; ".join(_somebody(one) for one in told.people)
    found = [_place(told.place), _place(told.origin), _span(told.count), _span(told.minors), when, " ".join(told.needs), people]
    assert [*found, " // ".join(told.not_understood)] == row[1:]


@pytest.mark.parametrize(
    "text",
    [
        "Тверское 15 чел, автозак с Пушкинской, 2 несовершеннолетних, ~19:20",
        "Tverskoye 15 people, 2 minors, van from Pushkinskaya, ~19:20",
    ],
)
def test_the_line_of_the_hint_names_nobody_where_no_city_was_chosen(geocoder: GazetteerGeocoder, text: str) -> None:
    told = listen(geocoder, text, of_moscow=False)
    assert (told.people, _place(told.place), _place(told.origin)) == ((), "moscow-tverskoy", "Pushkin Square")


def test_where_a_van_came_from_is_nobody_though_nobody_knows_the_square(geocoder: GazetteerGeocoder) -> None:
    assert listen(geocoder, "Тверское 15 чел, автозак с Заоблачинской").people == ()


@pytest.mark.parametrize(
    ("text", "name"), [("Образцова Мария, ОВД Пресня", "Образцова Мария"), ("образцова мария петровна овд пресня", None)]
)
def test_a_first_name_is_no_city_beside_a_surname(geocoder: GazetteerGeocoder, text: str, name: str | None) -> None:
    told = listen(geocoder, text, of_moscow=False)
    assert told.city is not None
    assert (told.city.city, [one.name for one in told.people]) == (MOSCOW, [name or "образцова мария петровна"])
    assert _place(told.place) == "moscow-presnensky"


def test_a_city_called_like_a_first_name_is_one_where_no_surname_stands_beside(geocoder: GazetteerGeocoder) -> None:
    told = listen(geocoder, "Владимир, 5 чел, нужен адвокат", of_moscow=False)
    assert (_place(told.place), told.people) == ("Vladimir", ())


@pytest.mark.parametrize(
    "text",
    [
        "Образцов Лев отпущен из ОВД Тверское",
        "Отпустили: Образцов Лев, Примеров Глеб",
        "Obraztsov Lev released from Tverskoye, Testova Ella still there",
        "Тверское: троих отпустили",
        "Тверское, отпустили 3 чел",
    ],
)
def test_whoever_was_let_go_is_neither_counted_nor_named_as_held(geocoder: GazetteerGeocoder, text: str) -> None:
    told = listen(geocoder, text)
    assert (told.count, told.people) == (None, ())
    assert any("отпу" in part.lower() or "released" in part for part in told.not_understood)


def test_who_is_still_held_is_counted_beside_a_release(geocoder: GazetteerGeocoder) -> None:
    told = listen(geocoder, "Тверское 15 чел, троих отпустили. Образцов Лев, нужен адвокат")
    assert (_span(told.count), [one.name for one in told.people]) == ("15", ["Образцов Лев"])
    assert listen(geocoder, "Образцов Лев, ОВД Тверское, не отпустили").people != ()


def _place(piece: Piece | None) -> str:
    chosen = likeliest(piece, None) if piece is not None else None
    return (chosen.place.station or chosen.name) if chosen is not None else f"? {piece.text}" if piece is not None else ""


def _span(count: Count | None) -> str:
    if count is None:
        return ""
    return str(count.low) if count.is_exact else f"{count.low}-{'' if count.high is None else count.high}"


def _somebody(one: Somebody) -> str:
    return "+".join([one.name + ("*" if one.minor else ""), *one.needs])


WORDS = """
    15 12+ ~19:20 19:20 +7 2010 17 лет чел человек люди и с из в на не без нет нужен адвокат бьют телефон забрали
    Тверское Тверская Пушкинской ОВД отдел автозак Примеров Глеб Testova Ella И.И. NEEDS LAWYER minors , ; . ( ) - — /
    \n ё Ё ст. 20.2 ч.5 ago назад
""".split(" ")


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)))
@example("İI ß ﬃ ŉ" * 3)
@example("\x00\u202e\ud7ff ~ ~19: 20.2. 15..15 --- +++")
def test_any_text_whatever_is_taken_apart_and_nothing_of_it_is_lost(geocoder: GazetteerGeocoder, text: str) -> None:
    told = listen(geocoder, text)
    assert told.line == text
    assert "".join(piece.text for piece in told.pieces) == text
    at = 0
    for piece in told.pieces:
        assert (piece.start, text[piece.start : piece.end]) == (at, piece.text)
        assert piece.end > piece.start
        at = piece.end
    assert all(part in text for part in told.not_understood)


def test_what_comes_behind_the_longest_line_is_kept_and_not_understood(geocoder: GazetteerGeocoder) -> None:
    text = "Тверское 15 чел. " * 1000
    told = listen(geocoder, text)
    assert "".join(piece.text for piece in told.pieces) == text
    assert told.pieces[-1].said is Said.OPEN


def test_a_time_that_depends_on_the_hour_of_saying_is_known_for_it(geocoder: GazetteerGeocoder) -> None:
    assert listen(geocoder, "Тверское, полчаса назад").is_of_a_moment
    assert not listen(geocoder, "Тверское, ~19:20").is_of_a_moment
    assert not listen(geocoder, "Тверское").is_of_a_moment


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("code", NEEDS)
def test_what_the_form_lists_somebody_with_is_read_back_alike(code: str, language: str) -> None:
    for minor in (False, True):
        one = Somebody("Примеров Глеб", minor, (code,))
        assert people_in(line_of(one, language), SAID_AT) == [one]
    assert len(MINOR) == len(NEEDS[code]) == 2


def test_people_are_listed_one_a_line_and_what_is_no_need_is_the_name() -> None:
    told = people_in("Testova Ella, beaten, phone taken\n\n  Primerov (Gleb) , 17 y.o.\n...\nsomebody in a red coat", SAID_AT)
    assert told[0] == Somebody("Testova Ella", False, ("ill_treatment", "phone_taken"))
    assert told[1] == Somebody("Primerov (Gleb)", True, ())
    assert told[2] == Somebody("somebody in a red coat")


def test_the_table_holds_lines_in_both_languages() -> None:
    assert len(TABLE) >= 130
    assert sum(row[0].isascii() for row in TABLE) >= 15
