"""Changing what was recorded: corrections, withdrawals, files found to be of one person, a person who was forgotten."""

import pytest

from domain.detention import Detention
from domain.person import Person
from domain.record import new_id
from tests.web.site import Page, Site, record_of
from tests.web.test_forms import subject
from web.vault import FORGOTTEN


def test_a_correction_strikes_the_entry_through_and_keeps_it_readable(desk: Site) -> None:
    path = f"{subject(desk, 'protests')}/entries/2/correct"
    answer = desk.fill(path, count="44", because="new_information")
    html = desk.page(answer.location).html
    assert answer.status_code == 303
    assert "<del>Counted without names: 40 to 60 people detained (“about 50”).</del>" in html
    assert "newer or better information" in html
    assert "It now reads: Counted without names: 44 people detained." in html
    assert desk.page(path).fields["count"] == ["44"]


def test_what_a_correction_leaves_alone_stays_exactly_as_it_was(desk: Site) -> None:
    entry = desk.tracker.log.of([desk.seeded.detention])[0].event
    answer = desk.fill(f"{subject(desk, 'detentions')}/entries/1/correct", circumstances="single_picket", because="mistake")
    assert answer.status_code == 303
    corrected = desk.tracker.log.of([desk.seeded.detention])[-1].event
    assert isinstance(entry, Detention.Recorded)
    assert isinstance(corrected, Detention.Corrected)
    restated = corrected.restated
    assert restated.circumstances == "single_picket"
    for name in ("person", "when", "place", "protest", "agency", "minor", "words"):
        assert getattr(restated, name) == getattr(entry, name), name
    assert corrected.source.reference == entry.source.reference


@pytest.mark.parametrize("act", ["correct", "withdraw"])
def test_a_change_without_a_reason_is_refused(desk: Site, act: str) -> None:
    before = desk.recorded()
    for because, words in (("", ""), ("other", ""), ("no-such-code", "x")):
        answer = desk.fill(f"{subject(desk, 'detentions')}/entries/3/{act}", because=because, reason_words=words)
        assert answer.status_code == 422
        assert 'id="because.wrong"' in answer.get_data(as_text=True)
    assert desk.recorded() == before


@pytest.mark.parametrize("version", [1, 2])
def test_a_withdrawal_sent_twice_is_one_and_says_so(desk: Site, version: int) -> None:
    protest = record_of(desk.fill("/protests/new", when="24.02.2022", place="Moscow").location)
    desk.fill(f"/protests/{protest}/add/detentions-counted", count="7")
    path = f"/protests/{protest}/entries/{version}/withdraw"
    form = {**desk.page(path).fields, "because": "duplicate"}
    assert "saved=new" in desk.post(path, form).location
    before = desk.recorded()
    again = desk.post(path, form)
    assert (again.status_code, desk.recorded()) == (303, before)
    assert "saved=again" in again.location
    assert desk.post(path, {**form, "command": str(new_id())}).status_code == 409, "somebody else: told that it is gone already"
    assert (desk.get(path).status_code, desk.recorded()) == (404, before)


def test_a_withdrawn_entry_cannot_be_corrected_or_withdrawn_again(desk: Site) -> None:
    path = f"{subject(desk, 'protests')}/entries/4"
    assert desk.fill(f"{path}/withdraw", because="source_retracted").status_code == 303
    assert desk.get(f"{path}/withdraw").status_code == desk.get(f"{path}/correct").status_code == 404
    assert "<del>Crowd, as estimated: 300 people.</del>" in desk.page(f"/protests/{desk.seeded.protest}").html


def test_withdrawing_the_first_entry_withdraws_the_whole_record(desk: Site) -> None:
    answer = desk.fill("/protests/new", when="02.03.2022", place="Moscow")
    protest = record_of(answer.location)
    desk.fill(f"/protests/{protest}/add/crowd-estimated", count="20")
    assert desk.fill(f"/protests/{protest}/entries/1/withdraw", because="test").status_code == 303
    page = desk.page(f"/protests/{protest}")
    assert "This record was withdrawn" in page.text
    assert page.html.count("<del>") == 2
    assert desk.fill(f"/protests/{protest}/add/crowd-estimated", count="20").status_code == 422


def test_two_files_found_to_be_of_one_person_are_read_together_until_told_apart(desk: Site) -> None:
    one, other = desk.seeded.held, desk.seeded.unnamed
    answer = desk.fill(f"/people/{one}/add/found-to-be", other__pasted=f"http://127.0.0.1/people/{other}", other="")
    assert answer.status_code == 303, Page(answer.get_data(as_text=True)).text
    for person in (one, other):
        page = desk.page(f"/people/{person}")
        assert "Read together" in page.text
        assert "Primerov Gleb" in page.text
    desk.fill(f"/people/{other}/add/told-apart", other=str(one))
    assert "Primerov Gleb" not in desk.page(f"/people/{other}").text.partition("The record")[0]


@pytest.mark.parametrize("other", ["{person}", "01a20000-0000-7000-8000-000000000000", "short"])
def test_a_file_cannot_be_joined_with_itself_or_with_nobody(desk: Site, other: str) -> None:
    person = desk.seeded.held
    answer = desk.fill(f"/people/{person}/add/found-to-be", other__pasted=other.format(person=person))
    assert answer.status_code == 422
    assert 'id="other.wrong"' in answer.get_data(as_text=True)


def test_nothing_can_be_added_about_somebody_who_was_forgotten(desk: Site) -> None:
    person = record_of(desk.fill("/detentions/new", name="Zabytaya Vera").location)
    desk.tracker.vault.forget(person)
    page = desk.page(f"/people/{person}")
    assert "Zabytaya" not in page.text
    assert "[forgotten]" in page.text
    answer = desk.fill(f"/people/{person}/add/named", name="Zabytaya Vera")
    assert answer.status_code == 422
    named = [told.event for told in desk.tracker.log.of([person]) if isinstance(told.event, Person.Named)]
    assert [desk.tracker.vault.open(event.name) for event in named] == [FORGOTTEN]


def test_a_withdrawal_and_a_correction_of_a_correction_are_both_told(desk: Site) -> None:
    protest = record_of(desk.fill("/protests/new", when="03.03.2022", place="Moscow").location)
    desk.fill(f"/protests/{protest}/add/crowd-estimated", count="20")
    for count in ("30", "40"):
        assert desk.fill(f"/protests/{protest}/entries/2/correct", count=count, because="mistake").status_code == 303
    page = desk.page(f"/protests/{protest}")
    assert page.html.count("<del>") == 2, "the first telling and the first correction"
    assert "40" in page.text.partition("Add to this protest")[0]
