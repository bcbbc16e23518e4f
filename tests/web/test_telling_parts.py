"""Times, numbers, places and quotations as they stand in a sentence: as precise as they are known, and no more."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.count import Count
from domain.detention import Detention
from domain.moment import When
from domain.person import Person
from domain.place import Place, Precision
from domain.privacy import Sealed
from domain.provenance import Source
from tests.web.telling_samples import MOSCOW, Names, clock, open_all, sealed, told_event
from web.gazetteer import Gazetteer
from web.telling import PlaceNames, Teller, Withheld, moments, opened_at_once
from web.telling.numbers import told_number
from web.telling.opening import OpensMany
from web.telling.places import located
from web.telling.words import one_line, quoted
from web.vault import Vault
from web.vault.person_keys import Unopened

BERLIN = "Europe/Berlin"
TELLER = Teller(Names(), open_all)


@pytest.mark.parametrize(
    ("when", "english", "russian"),
    [
        (When.day(date(2022, 2, 24), MOSCOW), "24 February 2022", "24 февраля 2022 г."),
        (When.month(2022, 2, MOSCOW), "February 2022", "февраль 2022 г."),
        (When.year(2022, MOSCOW), "2022", "2022 г."),
        (When.at(clock(19, 20), MOSCOW), "24 February 2022, 19:20", "24 февраля 2022 г., 19:20"),
        (
            When.between(clock(14), clock(16), MOSCOW),
            "24 February 2022, between 14:00 and 16:00",
            "24 февраля 2022 г., между 14:00 и 16:00",
        ),
    ],
)
def test_a_time_for_a_table_stands_without_a_preposition(when: When, english: str, russian: str) -> None:
    assert TELLER.when(when, "en") == english
    assert TELLER.when(when, "ru") == russian


@pytest.mark.parametrize(
    ("when", "english", "russian"),
    [
        (When.day(date(2022, 2, 24), MOSCOW), "on 24 February 2022", "24 февраля 2022 г."),
        (
            When.days(date(2022, 2, 24), date(2022, 2, 27), MOSCOW),
            "between 24 and 27 February 2022",
            "в период с 24 по 27 февраля 2022 г.",
        ),
        (
            When.days(date(2021, 12, 31), date(2022, 1, 2), MOSCOW),
            "between 31 December 2021 and 2 January 2022",
            "в период с 31 декабря 2021 г. по 2 января 2022 г.",
        ),
        (When.month(2022, 5, MOSCOW), "in May 2022", "в мае 2022 г."),
        (When.month(2022, 8, MOSCOW), "in August 2022", "в августе 2022 г."),
        (
            When.days(date(2022, 2, 1), date(2022, 4, 30), MOSCOW),
            "between February and April 2022",
            "в период с февраля по апрель 2022 г.",
        ),
        (When.days(date(2010, 1, 1), date(2012, 12, 31), MOSCOW), "between 2010 and 2012", "в период с 2010 по 2012 г."),
        (When.at(clock(19, 20), MOSCOW), "on 24 February 2022 at 19:20", "24 февраля 2022 г. в 19:20"),
        (
            When.between(clock(18), clock(23, 59) + timedelta(seconds=59), MOSCOW),
            "on 24 February 2022 between 18:00 and midnight",
            "24 февраля 2022 г., между 18:00 и полуночью",
        ),
        (
            When.between(clock(23, 40), clock(0, 20, day=25), MOSCOW),
            "between 23:40 on 24 February and 00:20 on 25 February 2022",
            "между 23:40 24 февраля и 00:20 25 февраля 2022 г.",
        ),
        (
            When.at_clock(datetime(2022, 10, 30, 2, 30), BERLIN),  # noqa: DTZ001 (a clock on the wall)
            "on 30 October 2022 at 02:30 (the clocks were set in between)",
            "30 октября 2022 г. в 02:30 (в этот промежуток переводили часы)",
        ),
    ],
)
def test_a_time_in_a_sentence_is_as_precise_as_it_is_known(when: When, english: str, russian: str) -> None:
    assert moments.on(when, "en") == english
    assert moments.on(when, "ru") == russian


@pytest.mark.parametrize("words", ["24.02.2022 19:20", "2022-02-24T19:20:00+03:00", "24 февраля, 19:20", "24 February at 19:20"])
def test_words_that_only_repeat_the_time_are_not_quoted(words: str) -> None:
    assert TELLER.when(When.at(clock(19, 20), MOSCOW, words), "en") == "24 February 2022, 19:20"


@pytest.mark.parametrize("words", ["~19:20", "как стемнело", "when the lamps went on"])
def test_words_that_say_more_than_the_time_are_quoted(words: str) -> None:
    assert TELLER.when(When.at(clock(19, 20), MOSCOW, words), "ru") == f"24 февраля 2022 г., 19:20 («{words}»)"


def test_the_clock_is_named_where_it_is_not_that_of_the_place_and_where_it_is_asked_for() -> None:
    there = Place(Precision.CITY, "RU", "RU.71", 1486209, zone="Asia/Yekaterinburg")
    told = told_event(Detention.Delivered, when=When.at(clock(19, 20), MOSCOW), place=there)
    assert TELLER.tell(told, "en") == "Brought to a police station on 24 February 2022 at 19:20 (Moscow time): Yekaterinburg."
    home = told_event(Detention.Delivered, when=When.at(clock(19, 20), "Asia/Yekaterinburg"), place=there)
    assert TELLER.tell(home, "ru") == "Доставление в отдел полиции 24 февраля 2022 г. в 21:20: Екатеринбург."
    assert "в 21:20 (часовой пояс: Екатеринбург)" in TELLER.tell(home, "ru", zone=True)
    day = told_event(Detention.Delivered, when=When.day(date(2022, 2, 24), MOSCOW), place=there)
    assert TELLER.tell(day, "en", zone=True) == "Brought to a police station on 24 February 2022: Yekaterinburg."
    assert moments.zone_name("Etc/GMT-3", "en") == "UTC+3 time"


@pytest.mark.parametrize(
    ("count", "english", "russian"),
    [
        (Count(0, 0), "0 people", "0 человек"),
        (Count(1, 1), "1 person", "1 человек"),
        (Count(2, 2), "2 people", "2 человека"),
        (Count(11, 11), "11 people", "11 человек"),
        (Count(21, 21), "21 people", "21 человек"),
        (Count(12, None), "at least 12 people", "не менее 12 человек"),
        (Count(21, None), "at least 21 people", "не менее 21 человека"),
        (Count(40, 60), "40 to 60 people", "от 40 до 60 человек"),
        (Count(0, 60), "at most 60 people", "не более 60 человек"),
        (Count(1200, 1500), "1,200 to 1,500 people", "от 1 200 до 1 500 человек"),
        (Count(0, None), "an unknown number of people", "неизвестное число людей"),
    ],
)
def test_a_number_governs_its_noun(count: Count, english: str, russian: str) -> None:
    assert told_number(count, "en").people == english
    assert told_number(count, "ru").people == russian


def test_the_words_of_a_number_are_quoted_where_they_add_something() -> None:
    assert TELLER.count(Count(40, 60, "около 50"), "en") == "40 to 60 (“около 50”)"
    assert TELLER.count(Count(50, 50, "50"), "en") == "50"
    assert TELLER.count(Count(12, None, "не менее 12"), "en") == "at least 12"


def _in_moscow(precision: Precision, words: str | None = None, station: str | None = None) -> Place:
    return Place(precision, "RU", "RU.48", 524901, station, zone=MOSCOW, words=words)


@pytest.mark.parametrize(
    ("place", "english", "russian"),
    [
        (_in_moscow(Precision.STREET, "Пушкинская площадь"), "at “Пушкинская площадь”, Moscow", "Пушкинская площадь, Москва"),
        (_in_moscow(Precision.STREET, "near the metro"), "near the metro, Moscow", "«near the metro», Москва"),
        (_in_moscow(Precision.STREET, "Тверская, Москва"), "at “Тверская, Москва”", "Тверская, Москва"),
        (
            _in_moscow(Precision.STATION, station="msk-tverskoy"),
            "at Tverskoy police station, Moscow",
            "ОВД «Тверской», Москва",
        ),
        (
            _in_moscow(Precision.STATION, "Тверской", station="msk-tverskoy"),
            "at Tverskoy police station, Moscow",
            "ОВД «Тверской», Москва",
        ),
        (_in_moscow(Precision.CITY, "в Москве"), "in Moscow", "Москва"),
        (_in_moscow(Precision.CITY, "центр Москвы"), "in Moscow (“центр Москвы”)", "Москва («центр Москвы»)"),
        (Place(Precision.REGION, country="RU", region="RU.47"), "in Moscow Region", "Московская область"),
        (Place(Precision.COUNTRY, country="DE"), "in Germany", "Германия"),
        (Place(Precision.UNKNOWN, words="где-то у метро"), "at “где-то у метро”", "где-то у метро"),
        (Place(Precision.UNKNOWN), "", ""),
    ],
)
def test_a_place_is_told_from_the_finest_name_to_the_city(place: Place, english: str, russian: str) -> None:
    words = str(place.words or "")
    assert located(place, words, Names(), "en").there == english
    assert located(place, words, Names(), "ru").there == russian


def test_a_country_is_named_where_it_is_not_the_usual_one() -> None:
    assert located(_in_moscow(Precision.CITY), "", Names(), "en", home="DE").name == "Moscow, Russia"
    assert located(_in_moscow(Precision.CITY), "", Names(), "en", home="RU").name == "Moscow"


def test_a_station_whose_name_holds_the_city_does_not_name_it_twice() -> None:
    class WithCity(Names):
        def station_name(self, code: str, language: str, /) -> str:
            return "Tverskoy police department, Moscow"

    assert located(_in_moscow(Precision.STATION, station="x"), "", WithCity(), "en").name == "Tverskoy police department, Moscow"


def test_the_gazetteer_and_the_vault_are_what_a_teller_asks_for() -> None:
    def fit(gazetteer: Gazetteer, vault: Vault) -> tuple[PlaceNames, OpensMany]:
        return gazetteer, vault  # the type checker is the one who tests this

    assert {reason.value for reason in Unopened} <= {reason.value for reason in Withheld}
    assert callable(fit)


def test_the_words_of_a_page_are_opened_at_once() -> None:
    class Counted:
        asked = 0

        def open_many(self, many: Iterable[Sealed], /) -> list[str | Unopened]:
            self.asked += 1
            return [Unopened.FORGOTTEN if not text.ciphertext else open_all(text) for text in many]

    vault = Counted()
    named = told_event(Person.Named, Source("relative", reference=sealed("звонок")), name=sealed("Анна"), kind="first")
    unnamed = told_event(Person.Named, name=sealed(""), kind="first")
    lost = told_event(Detention.ContactLost, when=When.at(clock(19, 20), MOSCOW, sealed("под вечер")))
    corrected = told_event(Detention.Corrected, version=2, because="mistake", words=sealed("не так"), restated=lost)
    opener = opened_at_once(vault, [named, unnamed, corrected])
    teller = Teller(Names(), opener)
    assert teller.tell(named, "en") == "Name recorded (first name only): Анна."
    assert teller.tell_source(named, "en") == "According to a relative or friend; reference: “звонок”."
    assert teller.tell(unnamed, "en") == "Name recorded (first name only): [forgotten]."
    assert "“под вечер”" in teller.tell(corrected, "en")
    assert "“не так”" in teller.tell(corrected, "en")
    assert vault.asked == 1
    assert opener(sealed("never asked for")) is Withheld.SEALED


def test_quotation_marks_are_the_readers_and_nest() -> None:
    assert quoted("ПЦ «Мемориал»", "ru") == "«ПЦ „Мемориал“»"
    assert quoted("«вечером»", "ru") == "«вечером»"
    assert quoted("Отпустите.", "en") == "“Отпустите”"
    assert quoted("ждём...", "en") == "“ждём...”"


MINUTES = st.integers(0, 60 * 24 * 365 * 30)


@given(begins=MINUTES, lasts=st.integers(0, 60 * 24 * 800), zone=st.sampled_from([MOSCOW, BERLIN, "Asia/Yakutsk", "UTC"]))
def test_any_time_is_told_with_the_year_it_begins_or_ends_in(begins: int, lasts: int, zone: str) -> None:
    start = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=begins)
    when = When.between(start, start + timedelta(minutes=lasts), zone)
    for language in ("en", "ru"):
        for told in (moments.on(when, language), moments.moment(when, language)):
            assert "  " not in told
            assert "{" not in told
            assert any(str(year) in told for year in {start.year, start.year + 1, when.latest.year, when.latest.year + 1})


@given(st.text())
def test_any_words_become_one_line_that_a_terminal_can_show(words: str) -> None:
    line = one_line(words)
    assert len(line.splitlines()) <= 1
    assert "\x1b" not in line
    assert line == one_line(line)


@given(st.integers(0, 10_000_000), st.none() | st.integers(0, 10_000_000))
def test_any_number_is_told_with_its_bounds(low: int, more: int | None) -> None:
    told = TELLER.count(Count(low, low + more if more is not None else None), "en").replace(",", "")
    assert str(low) in told or low == 0
    assert more is None or str(low + more) in told
