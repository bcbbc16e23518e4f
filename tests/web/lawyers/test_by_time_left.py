"""The lawyer's desk: every one of their people and nobody else's, the most urgent first, with the clocks in words."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.moment import When
from domain.person import Person
from domain.record import new_id
from tests.web.lawyers.conftest import Chambers
from tests.web.seeding import ZONE
from tests.web.site import Site

HOUR = timedelta(hours=1)


def in_order(browser: Site, *names: str, path: str = "/desk") -> list[str]:
    """Those of these names that are on the page, as they stand there."""
    told = browser.page(path).text
    return sorted((name for name in names if name in told), key=told.index)


def test_who_is_over_a_limit_comes_first_then_whose_time_is_shortest(chambers: Chambers) -> None:
    chambers.held("Runs Long", HOUR)
    chambers.held("Runs Short", 2 * HOUR)
    chambers.held("Over Short", 4 * HOUR)
    chambers.held("Over Long", 9 * HOUR)
    _, freed = chambers.held("Let Go", 9 * HOUR)
    when = When.at((datetime.now(UTC) - 8 * HOUR).replace(microsecond=0), ZONE)
    chambers.tracker.catch_up(
        chambers.tracker.casebook.record_release(chambers.entry(), freed, kind="without_protocol", when=when)
    )
    browser = chambers.browser(chambers.lawyer)
    names = ("Let Go", "Over Long", "Over Short", "Runs Long", "Runs Short")
    assert in_order(browser, *names) == ["Over Long", "Over Short", "Runs Short", "Runs Long", "Let Go"]
    assert in_order(browser, *names, path="/desk?shows=held") == ["Over Long", "Over Short", "Runs Short", "Runs Long"]
    assert in_order(browser, *names, path="/desk?shows=overrun") == ["Over Long", "Over Short"]


def test_who_has_been_over_a_limit_for_months_without_a_word_buries_nobody(chambers: Chambers) -> None:
    chambers.held("Silent", timedelta(days=200))
    chambers.held("Over", 9 * HOUR)
    chambers.held("Runs", HOUR)
    browser = chambers.browser(chambers.lawyer)
    assert in_order(browser, "Silent", "Over", "Runs") == ["Over", "Silent", "Runs"]
    assert in_order(browser, "Silent", "Over", "Runs", path="/desk?shows=overrun") == ["Over", "Silent"]
    assert "no release is reported" in browser.page("/desk").text


def test_a_row_says_where_since_when_and_how_the_clock_stands(chambers: Chambers) -> None:
    chambers.held("Sluchaev Nil", 4 * HOUR)
    told = chambers.browser(chambers.lawyer).page("/desk").text
    assert "3 hours of administrative detention: over the limit by 1 h" in told
    assert "Moscow" in told
    assert "held for: 4 h" in told
    spoken = chambers.browser(chambers.lawyer, "ru").page("/desk").text
    assert "3 часа административного задержания: срок превышен на 1 ч" in spoken


def test_the_desk_holds_ones_own_people_and_nobody_elses(chambers: Chambers) -> None:
    chambers.held("Sluchaev Nil", HOUR)
    person, _ = chambers.held("Primerova Vera", HOUR, given=False)
    chambers.give(person, chambers.colleague)
    assert in_order(chambers.browser(chambers.lawyer), "Sluchaev Nil", "Primerova Vera") == ["Sluchaev Nil"]
    assert in_order(chambers.browser(chambers.colleague), "Sluchaev Nil", "Primerova Vera") == ["Primerova Vera"]
    assert in_order(chambers.site, "Sluchaev Nil", "Primerova Vera", path=f"/lawyers/{chambers.lawyer}/desk") == ["Sluchaev Nil"]


def test_files_of_one_person_are_one_row_with_the_clocks_of_both(chambers: Chambers) -> None:
    first, _ = chambers.held("Sluchaev Nil", HOUR)
    second, _ = chambers.held("Sluchaev N.", 9 * HOUR, given=False)
    chambers.tracker.catch_up(chambers.tracker.casebook.find_to_be(chambers.entry(), first, other=second))
    page = chambers.browser(chambers.lawyer).page("/desk")
    assert page.html.count('class="over"') == 1
    assert page.html.count("<li class=") == 1
    assert str(first) in page.html


def test_who_was_forgotten_is_on_no_desk(chambers: Chambers) -> None:
    person, _ = chambers.held("Sluchaev Nil", HOUR)
    wish = {"asked_by": "person", "verified_by": "in_person", "because": "wish", "waives_delay": "yes", "waived_by": "person"}
    casebook = chambers.tracker.casebook
    casebook.request_forgetting(chambers.entry(), person, **wish)
    asked = casebook.standing(Person, person).forgetting
    assert asked is not None
    chambers.tracker.vault.forget(person)
    chambers.tracker.catch_up(casebook.admit_forgotten(chambers.entry(), person))
    assert "Nobody's file was given to you yet." in chambers.browser(chambers.lawyer).page("/desk").text


def test_a_reading_of_the_desk_is_noted(chambers: Chambers) -> None:
    person, _ = chambers.held("Sluchaev Nil", HOUR)
    chambers.browser(chambers.lawyer).page("/desk")
    assert "people by time left" in chambers.site.page(f"/people/{person}/readers").text


@pytest.mark.parametrize("asked", ["page=0", "page=99", "page=x", "shows=everything", "page=1&shows=held"])
def test_any_page_that_is_asked_for_is_one_there_is(chambers: Chambers, asked: str) -> None:
    chambers.held("Sluchaev Nil", HOUR)
    assert in_order(chambers.browser(chambers.lawyer), "Sluchaev Nil", path=f"/desk?{asked}") == ["Sluchaev Nil"]


def test_pages_hold_everybody_once(chambers: Chambers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.lawyers.by_time_left.PAGE", 2)
    names = [f"Person {letter}" for letter in "ABCDE"]
    for number, name in enumerate(names):
        chambers.held(name, (number + 1) * HOUR)
    browser = chambers.browser(chambers.lawyer)
    found = [in_order(browser, *names, path=f"/desk?page={page}") for page in (1, 2, 3)]
    assert [len(page) for page in found] == [2, 2, 1]
    assert [name for page in found for name in page] == names[::-1]


def test_somebody_without_a_detention_is_on_the_desk_too(chambers: Chambers) -> None:
    person = chambers.site.seeded.other
    chambers.give(person)
    assert str(person) in chambers.browser(chambers.lawyer).page("/desk").html


def opened_case(chambers: Chambers, person: UUID) -> UUID:
    case = new_id()
    told = {"kind": "administrative", "article": "koap-20.2-5"}
    chambers.tracker.casebook.open_proceeding(chambers.entry(), case, persons=(person,), **told)
    return case


def in_hours(hours: int) -> When:
    return When.at((datetime.now(UTC) + hours * HOUR).replace(microsecond=0), ZONE)


def test_a_hearing_within_a_week_is_told_and_can_be_asked_for(chambers: Chambers) -> None:
    soon, later = chambers.site.seeded.merged, chambers.site.seeded.unnamed
    casebook, facts = chambers.tracker.casebook, {"person": None, "place": None, "kind": "unknown"}
    for person, hours in ((soon, 30), (later, 24 * 9)):
        chambers.give(person)
        case = opened_case(chambers, person)
        chambers.tracker.catch_up(casebook.set_hearing(chambers.entry(), case, due=in_hours(hours), **facts))
    browser = chambers.browser(chambers.lawyer)
    assert "hearing:" in browser.page("/desk").text
    within = browser.page("/desk?shows=hearing").html
    assert str(soon) in within
    assert str(later) not in within


def test_the_next_deadline_of_the_defence_is_told_and_one_long_over_is_not_urgent(chambers: Chambers) -> None:
    casebook = chambers.tracker.casebook
    open_still, over = chambers.held("Runs Still", HOUR)[0], chambers.site.seeded.other
    chambers.give(over)
    for person, hours in ((open_still, -1), (over, -24 * 400)):
        case = opened_case(chambers, person)
        casebook.record_ruling(
            chambers.entry(), case, person=person, outcome="guilty", penalties=("unknown",), when=in_hours(hours)
        )
        chambers.tracker.catch_up(casebook.receive_ruling(chambers.entry(), case, person=person, when=in_hours(hours)))
    page = chambers.browser(chambers.lawyer).page("/desk")
    assert "appeal against the ruling: due" in page.text
    assert page.text.count("appeal against the ruling") == 1
    assert 'class="over"' not in page.html
