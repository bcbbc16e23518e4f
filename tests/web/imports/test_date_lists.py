"""Several dates in one cell, as registers write them."""

from datetime import date

import pytest

from domain.errors import RuleBroken
from web.imports.date_lists import days_in


def told(cell: str, year: int | None = None) -> list[str] | None:
    found = days_in(cell, year)
    if found is None:
        return None
    return [f"{first}" if first == last else f"{first} - {last}" for first, last in found]


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("21.01., 04.02.,\n18.02.2013", ["2013-01-21", "2013-02-04", "2013-02-18"]),
        ("01.07. + 02.07.2013", ["2013-07-01", "2013-07-02"]),
        ("08. und 09.03.2014", ["2014-03-08", "2014-03-09"]),
        ("02., 09., 16.,\n23.06.2014", ["2014-06-02", "2014-06-09", "2014-06-16", "2014-06-23"]),
        ("6.+7.8.2018", ["2018-08-06", "2018-08-07"]),
        ("21.und 22.10.2016", ["2016-10-21", "2016-10-22"]),
        ("05.06. - 07.06.2015", ["2015-06-05 - 2015-06-07"]),
        ("09.09. bis\n04.10.2019", ["2019-09-09 - 2019-10-04"]),
        ("13.10.2018\n15.10.-20.10.2018", ["2018-10-13", "2018-10-15 - 2018-10-20"]),
        ("10.12.2016, 14.01.2017", ["2016-12-10", "2017-01-14"]),
        ("29.11., 06.12.2021,\n03.01., 10.01.2022", ["2021-11-29", "2021-12-06", "2022-01-03", "2022-01-10"]),
        ("06.11.2017, 08.01.2018  22.01.2018", ["2017-11-06", "2018-01-08", "2018-01-22"]),
        ("05.01., 26.01.19", ["2019-01-05", "2019-01-26"]),
        ("03.03.., 10.03.2014", ["2014-03-03", "2014-03-10"]),
        ("04.02./ 11.02.2019", ["2019-02-04", "2019-02-11"]),
        ("2013-02-24; 2013-02-26", ["2013-02-24", "2013-02-26"]),
    ],
)
def test_a_list_is_read_as_its_dates(cell: str, days: list[str]) -> None:
    assert told(cell) == days


def test_a_list_without_a_year_begins_in_the_year_beside_it_and_goes_on_into_the_next() -> None:
    assert told("25.08.,26.08.,02.09.", 2015) == ["2015-08-25", "2015-08-26", "2015-09-02"]
    assert told("19.12.,02.01.,09.01.", 2016) == ["2016-12-19", "2017-01-02", "2017-01-09"]
    with pytest.raises(RuleBroken, match="date_without_year"):
        told("25.08.,26.08.")


def test_a_list_that_turns_the_year_before_its_one_stated_year_is_refused() -> None:
    with pytest.raises(RuleBroken, match="ambiguous_year"):
        told("30.12., 06.01., 13.01.2013", 2013)


@pytest.mark.parametrize(
    "cell",
    [
        "immer freitags",
        "12:04.2014",
        "23.01.01.2018",
        "10.04.20016",
        "02.05.20.20",
        "29.122014",
        "10.0.8",
        "1. 21.07., 04.08.2014",
        "14.04. (Rathausplatz) 21.04.2014",
        "04.04.2020 oder 05.04.2020",
        "06.08.2022\n10.09.202",
        "24",
        "- 24.02.2013",
        "24.02.2013 -",
        "",
    ],
)
def test_what_is_no_list_of_dates_is_left_alone(cell: str) -> None:
    assert told(cell, 2013) is None


def test_a_day_that_does_not_exist_and_a_stretch_that_ends_too_early_are_refused() -> None:
    with pytest.raises(RuleBroken, match="no_such_date"):
        told("30.02., 01.03.2013")
    with pytest.raises(RuleBroken, match="time_ends_before_it_begins"):
        told("07.06. - 05.06.2015")


def test_the_days_are_dates_of_the_calendar() -> None:
    assert days_in("21.01.2013", None) == [(date(2013, 1, 21), date(2013, 1, 21))]
