"""The calendar of a lawyer: the hearings of their people, moved and struck as they are told, and nobody's name."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from domain.moment import When
from domain.proceeding import Proceeding
from domain.record import new_id
from tests.web.lawyers.conftest import Chambers
from tests.web.seeding import ZONE


def due(day: int) -> When:
    return When.at(datetime(2030, 6, day, 10, 15, tzinfo=UTC), ZONE)


@pytest.fixture
def case(chambers: Chambers) -> UUID:
    """A case of one of the lawyer's people and of somebody who is not, with a hearing in three days."""
    person, _ = chambers.held("Sluchaev Nil", timedelta(hours=1))
    other, _ = chambers.held("Primerova Vera", timedelta(hours=1), given=False)
    number, casebook = new_id(), chambers.tracker.casebook
    told: dict[str, Any] = {"kind": "administrative", "article": "koap-20.2-5"}
    casebook.open_proceeding(chambers.entry(), number, persons=(person, other), **told)
    done = casebook.set_hearing(chambers.entry(), number, due=due(3), person=None, place=None, kind="merits")
    chambers.tracker.catch_up(done)
    return number


def entries(chambers: Chambers, lawyer: UUID) -> list[Any]:
    browser = chambers.browser(lawyer)
    token = re.search(r'action="/desk/hearings.ics".*?name="csrf_token" value="([^"]+)"', browser.page("/desk").html, re.DOTALL)
    assert token is not None
    answer = browser.post("/desk/hearings.ics", {"csrf_token": token[1]})
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    for word in ("Sluchaev", "Primerova", "20.2"):
        assert word.encode() not in answer.data
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


def test_a_hearing_is_in_the_calendar_of_who_has_the_file_and_in_no_other(chambers: Chambers, case: UUID) -> None:
    (entry,) = entries(chambers, chambers.lawyer)
    assert entry["DTSTART"].dt.astimezone(UTC) == due(3).earliest
    assert entry["SUMMARY"].count(",") == 1, "one file: the other defendant is not named by a number either"
    assert entries(chambers, chambers.colleague) == []


def test_a_hearing_moved_and_withdrawn_is_so_in_the_calendar_that_has_it(chambers: Chambers, case: UUID) -> None:
    casebook = chambers.tracker.casebook
    (first,) = entries(chambers, chambers.lawyer)
    moved = casebook.move_hearing(chambers.entry(), case, hearing=2, due=due(5), person=None, place=None, ground="unknown")
    chambers.tracker.catch_up(moved)
    (later,) = entries(chambers, chambers.lawyer)
    assert (later["UID"], later["STATUS"]) == (first["UID"], "CONFIRMED")
    assert later["DTSTART"].dt > first["DTSTART"].dt
    assert later["SEQUENCE"] > first["SEQUENCE"]
    for version in (3, 2):
        chambers.tracker.catch_up(casebook.withdraw(Proceeding, chambers.entry(), case, version, because="mistake"))
    (gone,) = entries(chambers, chambers.lawyer)
    assert (gone["UID"], gone["STATUS"], gone["DTSTART"].dt) == (first["UID"], "CANCELLED", first["DTSTART"].dt)
    assert gone["SEQUENCE"] > later["SEQUENCE"]


def test_a_hearing_moved_to_nobody_knows_when_leaves_no_day_in_the_calendar_that_is_not_true(
    chambers: Chambers, case: UUID
) -> None:
    (first,) = entries(chambers, chambers.lawyer)
    moved = chambers.tracker.casebook.move_hearing(chambers.entry(), case, hearing=2, due=None, person=None, place=None)
    chambers.tracker.catch_up(moved)
    (gone,) = entries(chambers, chambers.lawyer)
    assert (gone["UID"], gone["STATUS"], gone["DTSTART"].dt) == (first["UID"], "CANCELLED", first["DTSTART"].dt)
    assert gone["SEQUENCE"] > first["SEQUENCE"]


def test_the_hearings_of_a_case_that_was_a_mistake_are_struck(chambers: Chambers, case: UUID) -> None:
    chambers.tracker.catch_up(chambers.tracker.casebook.withdraw(Proceeding, chambers.entry(), case, because="mistake"))
    (gone,) = entries(chambers, chambers.lawyer)
    assert gone["STATUS"] == "CANCELLED"


def test_taking_the_calendar_is_written_down(chambers: Chambers, case: UUID) -> None:
    before = chambers.tracker.access.log.last()
    entries(chambers, chambers.lawyer)
    acts = [told.event for told in chambers.tracker.access.log.page(before, 100)]
    assert "hearings" in [getattr(act, "what", "") for act in acts]
