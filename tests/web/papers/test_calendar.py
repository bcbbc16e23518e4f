"""Hearings in a calendar: the right hour in the right zone, moved and struck with the record, and nobody named."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from domain.moment import When
from domain.record import new_id
from web.papers.calendar import calendar_of


@dataclass(frozen=True)
class Set:
    """A hearing as a proceeding would give it."""

    when: When
    proceeding: UUID = field(default_factory=new_id)
    hearing: int = 4
    persons: tuple[UUID, ...] = field(default_factory=lambda: (new_id(),))
    court: str = "Тверской районный суд"
    moved: int = 0
    stands: bool = True
    position: int = 17
    recorded: datetime = datetime(2022, 3, 1, 9, 30, tzinfo=UTC)


def at(hour: int, zone: str = "Europe/Moscow", day: int = 9, until: int | None = None) -> When:
    ends = (datetime(2022, 3, day, one, 15) for one in (hour, until or hour))  # noqa: DTZ001 - a wall clock
    earliest, latest = (When.at_clock(end, zone).earliest for end in ends)
    return When.between(earliest, latest, zone)


def entries(*hearings: Set, language: str = "en") -> list[Any]:
    return list(Calendar.from_ical(calendar_of(hearings, language)).walk("VEVENT"))


@pytest.mark.parametrize(("zone", "utc"), [("Europe/Moscow", 7), ("Asia/Yakutsk", 1), ("Asia/Vladivostok", 0)])
def test_it_is_at_the_hour_of_the_place(zone: str, utc: int) -> None:
    (entry,) = entries(Set(at(10, zone)))
    start = entry["DTSTART"].dt
    assert (start.hour, start.minute) == (10, 15)
    assert start.astimezone(UTC) == datetime(2022, 3, 9, utc, 15, tzinfo=UTC)
    assert entry["DTSTART"].params["TZID"] == zone


def test_the_file_says_itself_how_its_zones_run() -> None:
    told = calendar_of([Set(at(10, "Asia/Yakutsk"))], "ru").decode()
    assert "BEGIN:VTIMEZONE" in told
    assert "TZID:Asia/Yakutsk" in told
    assert "TZOFFSETTO:+0900" in told


def test_a_day_without_an_hour_is_a_whole_day() -> None:
    day = When.between(datetime(2022, 3, 8, 21, tzinfo=UTC), datetime(2022, 3, 9, 20, 59, 59, tzinfo=UTC), "Europe/Moscow")
    (entry,) = entries(Set(day))
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(2022, 3, 9), date(2022, 3, 10))


def test_an_hour_that_is_known_roughly_is_told_as_it_was_reported() -> None:
    (entry,) = entries(Set(at(10, until=12)))
    assert (entry["DTSTART"].dt.hour, entry["DTEND"].dt.hour) == (10, 12)
    assert "between 10:15 and 12:15" in str(entry["DESCRIPTION"])


def test_no_end_is_made_up() -> None:
    (entry,) = entries(Set(at(10)))
    assert "DTEND" not in entry
    assert "DURATION" not in entry


def test_one_that_was_moved_is_the_same_entry_and_a_later_one_of_it() -> None:
    first = Set(at(10))
    then, now = entries(first)[0], entries(replace(first, when=at(14, day=11), moved=1))[0]
    assert then["UID"] == now["UID"]
    assert (int(then["SEQUENCE"]), int(now["SEQUENCE"])) == (0, 1)


def test_one_that_was_struck_is_cancelled_and_not_left_out() -> None:
    assert [str(entry["STATUS"]) for entry in entries(Set(at(10)), Set(at(11), stands=False))] == ["CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize(("language", "summary"), [("en", "Hearing, file {}"), ("ru", "Заседание, карточка {}")])
def test_it_names_the_file_by_its_number_and_cites_the_position(language: str, summary: str) -> None:
    hearing = Set(at(10))
    (entry,) = entries(hearing, language=language)
    assert str(entry["SUMMARY"]) == summary.format(hearing.persons[0].hex[-8:])
    assert "17" in str(entry["DESCRIPTION"])
    assert str(entry["CLASS"]) == "PRIVATE"


def test_a_hearing_of_several_defendants_is_one_entry_with_the_numbers_of_their_files() -> None:
    hearing = Set(at(10), persons=(new_id(), new_id()))
    (entry,) = entries(hearing)
    assert all(person.hex[-8:] in str(entry["SUMMARY"]) for person in hearing.persons)


def test_an_entry_holds_these_fields_and_no_others() -> None:
    """A field that is added has to be thought about here: what it holds goes into somebody's cloud."""
    (entry,) = entries(Set(at(10, until=12)))
    assert set(entry) == {
        "UID", "SEQUENCE", "DTSTAMP", "SUMMARY", "STATUS", "CLASS", "LOCATION", "DTSTART", "DTEND", "DESCRIPTION",
    }  # fmt: skip


def test_a_court_that_looks_like_more_lines_is_one() -> None:
    (entry,) = entries(Set(at(10), court="Суд\r\nATTENDEE:mailto:x@y;z, 2\nEND:VEVENT"))
    assert "ATTENDEE" not in entry


def test_the_same_hearings_in_any_order_are_the_same_bytes() -> None:
    one, other = Set(at(10)), Set(at(11, "Asia/Vladivostok"))
    assert calendar_of([one, other], "en") == calendar_of([other, one], "en")


def test_nothing_set_is_an_empty_calendar() -> None:
    assert entries() == []
