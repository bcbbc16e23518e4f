"""What people write about the day."""

import pytest

from domain.moment_words import DateOrder
from tests.domain.telling import local, refused, whole


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2022-02-24", whole("2022-02-24")),
        ("2022.02.24", whole("2022-02-24")),
        ("2022/02/24", whole("2022-02-24")),
        ("20220224", whole("2022-02-24")),
        ("24.02.2022", whole("2022-02-24")),
        ("24.2.2022 г.", whole("2022-02-24")),
        ("24.02.22", whole("2022-02-24")),
        ("24.02", whole("2022-02-24")),
        ("2.03", whole("2021-03-02")),
        ("29.02", whole("2020-02-29")),
        ("24/02/2022", whole("2022-02-24")),
        ("02/24/2022", whole("2022-02-24")),
        ("03/03/2013", whole("2013-03-03")),
        ("24 февраля", whole("2022-02-24")),
        ("1 марта", whole("2022-03-01")),
        ("2 марта", whole("2021-03-02")),
        ("24 февраля 2022 г.", whole("2022-02-24")),
        ("24-го февраля 2022 года", whole("2022-02-24")),
        ("24 февраля прошлого года", whole("2021-02-24")),
        ("Feb 24, 2022", whole("2022-02-24")),
        ("February 24th 2022", whole("2022-02-24")),
        ("24 February", whole("2022-02-24")),
        ("the 24th of February, 2022", whole("2022-02-24")),
        ("24. Februar 2022", whole("2022-02-24")),
        ("Thursday, 24 February 2022", whole("2022-02-24")),
        ("четверг, 24 февраля", whole("2022-02-24")),
        ("2013-01-12 00:00:00", whole("2013-01-12")),
        ("февраль 2022", whole("2022-02-01", "2022-02-28")),
        ("в феврале 2020 года", whole("2020-02-01", "2020-02-29")),
        ("February 2022", whole("2022-02-01", "2022-02-28")),
        ("2022-02", whole("2022-02-01", "2022-02-28")),
        ("02.2022", whole("2022-02-01", "2022-02-28")),
        ("в апреле", whole("2021-04-01", "2021-04-30")),
        ("в начале марта 2022", whole("2022-03-01", "2022-03-10")),
        ("late February 2022", whole("2022-02-20", "2022-02-28")),
        ("2019", whole("2019-01-01", "2019-12-31")),
        ("в 2019 году", whole("2019-01-01", "2019-12-31")),
        ("circa 2019", whole("2018-01-01", "2020-12-31")),
        ("около 24 февраля", whole("2022-02-21", "2022-02-27")),
    ],
)
def test_a_date_is_the_whole_of_what_it_names(words: str, expected: tuple[str, str]) -> None:
    assert local(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("24-26 февраля", whole("2022-02-24", "2022-02-26")),
        ("с 24 по 26 февраля 2021", whole("2021-02-24", "2021-02-26")),
        ("с 24 февраля по 2 марта 2021 года", whole("2021-02-24", "2021-03-02")),
        ("24.02.2022 - 26.02.2022", whole("2022-02-24", "2022-02-26")),
        ("24.–26.02.2022", whole("2022-02-24", "2022-02-26")),
        ("2022-02-24/2022-02-26", whole("2022-02-24", "2022-02-26")),
        ("Feb 24-26, 2022", whole("2022-02-24", "2022-02-26")),
        ("between 24 and 26 February", whole("2022-02-24", "2022-02-26")),
        ("30 декабря - 2 января 2022", whole("2021-12-30", "2022-01-02")),
        ("30.12 - 02.01", whole("2021-12-30", "2022-01-02")),
        ("февраль-март 2021", whole("2021-02-01", "2021-03-31")),
        ("2019-2021", whole("2019-01-01", "2021-12-31")),
        ("24.02.2022 14:00 - 26.02.2022 16:00", ("2022-02-24 14:00:00", "2022-02-26 16:00:00")),
        ("между 24.02.2022 14:00 и 26.02.2022 16:00", ("2022-02-24 14:00:00", "2022-02-26 16:00:00")),
        ("2022-02-24T10:00/2022-02-25T12:00", ("2022-02-24 10:00:00", "2022-02-25 12:00:00")),
    ],
)
def test_a_range_of_dates_holds_both_ends(words: str, expected: tuple[str, str]) -> None:
    assert local(words) == expected


def test_an_order_that_is_not_known_is_asked_for_and_not_guessed() -> None:
    refusal = refused("02/03/2013")
    assert refusal.code == "ambiguous_date"
    assert refusal.values == {"words": "02/03/2013", "first": "2013-03-02", "second": "2013-02-03"}
    assert refused("02-03-2013").code == refused("9/11").code == "ambiguous_date"


@pytest.mark.parametrize(
    ("words", "order", "expected"),
    [
        ("02/03/2013", DateOrder.DAY_FIRST, "2013-03-02"),
        ("02/03/2013", DateOrder.MONTH_FIRST, "2013-02-03"),
        ("02.03.2013", DateOrder.MONTH_FIRST, "2013-02-03"),
        ("13-02-03", DateOrder.YEAR_FIRST, "2013-02-03"),
        ("2013-02-03", DateOrder.DAY_FIRST, "2013-02-03"),
        ("2013-02-03", DateOrder.MONTH_FIRST, "2013-02-03"),
    ],
)
def test_an_order_given_settles_it(words: str, order: DateOrder, expected: str) -> None:
    assert local(words, order=order) == whole(expected)


def test_a_date_against_the_order_given_is_refused_and_not_turned_round() -> None:
    assert refused("02/13/2013", order=DateOrder.DAY_FIRST).code == "no_such_date"
    assert refused("24.02.2022", order=DateOrder.MONTH_FIRST).code == "no_such_date"


def test_two_dates_in_one_cell_are_not_one_date() -> None:
    assert refused("21.01., 04.02.").code == "unreadable_time"
    assert refused("21.01., 04.02., 18.02.").code == "unreadable_time"
    assert refused("20.03. und 27.03.2015").code == "unreadable_time"
    assert refused("20 и 27 марта").code == "unreadable_time"
    assert local("27.05.2013 und 28.05.2013") == whole("2013-05-27", "2013-05-28")


def test_four_digits_are_a_year_of_our_time_or_nothing() -> None:
    assert local("1987") == whole("1987-01-01", "1987-12-31")
    assert refused("0000").code == refused("1202").code == refused("9999").code == "unreadable_time"


def test_a_weekday_must_be_the_weekday_of_its_date() -> None:
    assert refused("пятница, 24 февраля 2022").values == {"words": "пятница", "date": "2022-02-24"}
    assert refused("пятница, февраль 2022").code == "unreadable_time"


def test_a_weekday_alone_is_the_latest_and_on_that_weekday_it_is_asked() -> None:
    assert local("в понедельник") == whole("2022-02-28")
    assert local("on Friday evening") == ("2022-02-25 17:00:00", "2022-02-25 23:59:59")
    assert refused("во вторник").values["second"] == "2022-02-22"
    assert refused("last Friday").code == "ambiguous_date"


@pytest.mark.parametrize("words", ["31.02.2022", "2022-02-30", "00.00.0000", "0000-01-01", "32 января", "9999 лет назад"])
def test_a_day_no_calendar_has_is_refused(words: str) -> None:
    assert refused(words).code == "no_such_date"


def test_the_ends_of_the_calendar_are_refused_where_utc_has_no_such_date() -> None:
    assert refused("0001-01-01").code == "no_such_date"
    assert refused("9999-12-31", zone="America/New_York").code == "no_such_date"
    assert local("9999-12-31") == whole("9999-12-31")
