"""`When`: what an interval of world time promises."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.errors import RuleBroken
from domain.moment import When
from domain.wall_clock import zone_named

MOSCOW = "Europe/Moscow"
SAID = datetime(2022, 3, 1, 21, 10, tzinfo=ZoneInfo(MOSCOW))  # a Tuesday

ZONES = st.sampled_from(
    [MOSCOW, "UTC", "Europe/Berlin", "Asia/Kamchatka", "America/Sao_Paulo", "America/New_York", "Pacific/Apia"]
)
DAYS = st.dates(date(1925, 1, 1), date(2060, 12, 31))
INSTANTS = st.integers(-(10**9), 28 * 10**8).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))  # 1938-2058


def test_an_interval_may_not_end_before_it_begins() -> None:
    with pytest.raises(RuleBroken, match="time_ends_before_it_begins"):
        When.between(SAID, SAID - timedelta(seconds=1), MOSCOW)


def test_a_time_without_a_zone_is_no_moment() -> None:
    with pytest.raises(RuleBroken, match="time_without_zone"):
        When.at(datetime(2022, 2, 24, 5, 0), MOSCOW)  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    "zone", ["", "Moscow", "Europe", "../etc/passwd", "localtime", "posix/Europe/Moscow", "Europe/Moscow\x00", "\ud800"]
)
def test_a_zone_is_a_name_of_the_time_zone_database(zone: str) -> None:
    with pytest.raises(RuleBroken, match="unknown_zone"):
        When.at(SAID, zone)


def test_instants_are_kept_in_utc_and_whole_seconds() -> None:
    when = When.at(SAID.replace(microsecond=999_999), MOSCOW, "21:10")
    assert (when.earliest, when.earliest.tzinfo, when.words) == (datetime(2022, 3, 1, 18, 10, tzinfo=UTC), UTC, "21:10")
    assert when.is_exact


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (When(SAID, SAID, MOSCOW), "time_not_in_utc"),
        (When(datetime(2022, 1, 1, 0, 0, 0, 5, UTC), datetime(2022, 1, 2, tzinfo=UTC), MOSCOW), "time_not_in_whole_seconds"),
        (When(datetime(2022, 1, 2, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC), MOSCOW), "time_ends_before_it_begins"),
        (When(datetime(2022, 1, 2, tzinfo=UTC), datetime(2022, 1, 2, tzinfo=UTC), "Atlantis"), "unknown_zone"),
    ],
)
def test_an_interval_of_unknown_origin_can_be_checked(broken: When, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        broken.checked()


@given(DAYS, ZONES)
@example(date(2018, 11, 4), "America/Sao_Paulo")  # begins at 01:00: midnight was skipped
@example(date(2018, 2, 17), "America/Sao_Paulo")  # 23:00-23:59 came twice
def test_a_day_is_every_second_of_that_day_and_no_other(day: date, zone: str) -> None:
    when, place = When.day(day, zone), zone_named(zone)
    if (zone, day) == ("Pacific/Apia", date(2011, 12, 30)):
        return
    assert when.checked().local_day == day
    assert (when.earliest - timedelta(seconds=1)).astimezone(place).date() < day
    assert (when.latest + timedelta(seconds=1)).astimezone(place).date() > day


def test_a_day_the_calendar_of_the_place_passed_over_is_its_neighbours() -> None:
    when = When.day(date(2011, 12, 30), "Pacific/Apia")
    assert When.day(date(2011, 12, 29), "Pacific/Apia").overlaps(when)
    assert When.day(date(2011, 12, 31), "Pacific/Apia").overlaps(when)
    assert when.local_day is None


def test_a_month_and_a_year_are_whole() -> None:
    assert When.month(2024, 2, MOSCOW).latest == datetime(2024, 2, 29, 20, 59, 59, tzinfo=UTC)
    assert When.year(2019, MOSCOW).local_year == 2019
    assert When.month(2024, 2, MOSCOW).local_month == (2024, 2)
    assert When.month(2024, 2, MOSCOW).local_day is None
    assert When.year(2019, MOSCOW).local_month is None
    with pytest.raises(RuleBroken, match="no_such_date"):
        When.month(2024, 13, MOSCOW)
    with pytest.raises(RuleBroken, match="no_such_date"):
        When.year(10_000, MOSCOW)


def test_an_hour_that_came_twice_holds_both_readings() -> None:
    when = When.at_clock(datetime(2022, 10, 30, 2, 30), "Europe/Berlin")  # noqa: DTZ001 - read off a clock on the wall
    assert (when.earliest, when.latest) == (datetime(2022, 10, 30, 0, 30, tzinfo=UTC), datetime(2022, 10, 30, 1, 30, tzinfo=UTC))


def test_an_hour_that_was_skipped_holds_both_readings() -> None:
    when = When.at_clock(datetime(2022, 3, 27, 2, 30), "Europe/Berlin")  # noqa: DTZ001 - read off a clock on the wall
    assert (when.earliest, when.latest) == (datetime(2022, 3, 27, 0, 30, tzinfo=UTC), datetime(2022, 3, 27, 1, 30, tzinfo=UTC))


@given(INSTANTS, INSTANTS, ZONES, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_widened_interval_holds_the_narrower_one(one: datetime, other: datetime, zone: str, by: timedelta) -> None:
    narrow = When.between(min(one, other), max(one, other), zone)
    wide = narrow.widened(by)
    assert wide.contains(narrow.earliest)
    assert wide.contains(narrow.latest)
    assert wide.overlaps(narrow)
    assert narrow.overlaps(wide)
    assert wide.checked() == wide


@given(INSTANTS, INSTANTS, ZONES)
def test_the_local_day_is_the_day_of_both_ends_or_none(one: datetime, other: datetime, zone: str) -> None:
    when = When.between(min(one, other), max(one, other), zone)
    ends = {end.astimezone(ZoneInfo(zone)).date() for end in (one, other)}
    assert when.local_day == (ends.pop() if len(ends) == 1 else None)
