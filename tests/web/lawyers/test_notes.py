"""Notes of the defence: read by the lawyers who have the file, at once and only as long as they do, and by nobody else."""

import pytest

from domain.person import Person
from tests.web.lawyers.conftest import Chambers
from tests.web.papers.reading import EVERYTHING, made, words
from tests.web.site import Page, Site
from web.access.roles import Role

NOTE = "Ask for the camera of the lobby before it is wiped"


def written(chambers: Chambers) -> Site:
    """Primerov's file is the lawyer's, who wrote a note into it. Returns the lawyer's browser."""
    chambers.give(chambers.site.seeded.held)
    lawyer = chambers.browser(chambers.lawyer)
    answer = lawyer.fill(f"/people/{chambers.site.seeded.held}/add/note-written", note=NOTE)
    assert answer.status_code == 303, Page(answer.get_data(as_text=True)).text
    return lawyer


def test_the_lawyer_who_has_the_file_reads_it_and_the_log_says_so(chambers: Chambers) -> None:
    lawyer = written(chambers)
    assert NOTE in lawyer.page(f"/people/{chambers.site.seeded.held}").text
    readers = chambers.site.page(f"/people/{chambers.site.seeded.held}/readers").text
    assert "notes of the defence" in readers


def test_a_note_and_what_corrects_it_are_on_no_paper_unless_they_are_asked_for(chambers: Chambers) -> None:
    lawyer, person = written(chambers), chambers.site.seeded.held
    version = chambers.tracker.casebook.standing(Person, person).version
    told = {"note": "Ask for both cameras", "because": "mistake"}
    assert lawyer.fill(f"/people/{person}/entries/{version}/correct", **told).status_code == 303
    plain, asked_for = words(made(lawyer, person)), words(made(lawyer, person, *EVERYTHING))
    assert "camera" not in plain
    assert "Ask for both cameras" in asked_for, "the control: they are there to be left out"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MONITOR])
def test_whoever_else_opens_the_file_sees_that_there_is_one_and_not_what_it_says(chambers: Chambers, role: Role) -> None:
    written(chambers)
    told = chambers.site.signed_in_as(role).page(f"/people/{chambers.site.seeded.held}").text
    assert NOTE not in told
    assert "Note for the defence: [sealed]" in told


def test_a_corrected_note_is_as_closed_as_the_first(chambers: Chambers) -> None:
    lawyer, person = written(chambers), chambers.site.seeded.held
    version = chambers.tracker.casebook.standing(Person, person).version
    answer = lawyer.fill(f"/people/{person}/entries/{version}/correct", note="Ask for both cameras", because="mistake")
    assert answer.status_code == 303
    assert "Ask for both cameras" in lawyer.page(f"/people/{person}").text
    for path in (f"/people/{person}", "/corrections"):
        told = chambers.site.page(path).text
        assert NOTE not in told
        assert "both cameras" not in told


@pytest.mark.parametrize("act", ["correct", "withdraw"])
def test_nobody_changes_a_note_who_may_not_read_it(chambers: Chambers, act: str) -> None:
    written(chambers)
    person = chambers.site.seeded.held
    version = chambers.tracker.casebook.standing(Person, person).version
    assert chambers.site.get(f"/people/{person}/entries/{version}/{act}").status_code == 403


def test_after_a_hand_over_the_next_lawyer_reads_it_and_the_last_one_nothing(chambers: Chambers) -> None:
    lawyer, person = written(chambers), chambers.site.seeded.held
    colleague = chambers.browser(chambers.colleague)
    assert colleague.get(f"/people/{person}").status_code == 404
    done = chambers.tracker.casebook.hand_over(
        chambers.entry(), {person: None}, giver=chambers.lawyer, taker=chambers.colleague, ground="unavailable"
    )
    chambers.tracker.catch_up(done)
    assert NOTE in colleague.page(f"/people/{person}").text
    assert lawyer.get(f"/people/{person}").status_code == 404


def test_a_note_is_offered_to_lawyers_alone(chambers: Chambers) -> None:
    written(chambers)
    person = chambers.site.seeded.held
    assert "note-written" in chambers.browser(chambers.lawyer).page(f"/people/{person}").html
    assert "note-written" not in chambers.site.page(f"/people/{person}").html


@pytest.mark.parametrize("note", ["", "x" * 20_001])
def test_a_note_that_says_nothing_or_too_much_comes_back(chambers: Chambers, note: str) -> None:
    chambers.give(chambers.site.seeded.held)
    before = chambers.site.recorded()
    answer = chambers.browser(chambers.lawyer).fill(f"/people/{chambers.site.seeded.held}/add/note-written", note=note)
    assert answer.status_code == 422
    assert 'id="note.wrong"' in answer.get_data(as_text=True)
    assert chambers.site.recorded() == before
