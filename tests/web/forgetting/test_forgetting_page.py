"""The page of a forgetting: each step by form, once, by the account that may take it, and a sentence for what may not be done."""

from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from domain.person import Person
from tests.web.forgetting.homes import NAME, WAIVED, WISH, Known, approved, colleague
from tests.web.site import Page, Site


def press(site: Site, known: Known, step: str, request: int) -> TestResponse:
    """One of the page's buttons."""
    return site.post(f"{known.page}/{request}/{step}", site.page(known.page).fields)


def text(answer: TestResponse) -> str:
    return Page(answer.get_data(as_text=True)).text


def ask(site: Site, known: Known, **wish: str) -> int:
    answer = site.fill(f"{known.page}/request", **wish, source_kind="detainee", reference="call 17")
    assert answer.status_code == 303, text(answer)
    asked = site.tracker.casebook.standing(Person, known.person).forgetting
    assert asked is not None
    return asked.request


def test_from_the_wish_to_the_forgetting_by_the_hands_of_two(bare: Site, known: Known) -> None:
    assert "Nobody has asked for it" in bare.page(known.page).text
    request = ask(bare, known, **WAIVED)
    mine = bare.page(known.page)
    assert "Another coordinator has to approve it" in mine.text
    assert "/approve" not in mine.html
    assert "through" not in mine.text.partition("How it was verified")[2][:40]
    answer = press(colleague(bare), known, "approve", request)
    assert answer.status_code == 303, text(answer)
    assert "It can be carried out now" in bare.page(known.page).text
    answer = press(bare, known, "carry-out", request)
    assert answer.status_code == 303, text(answer)
    assert "Forgotten at the person's wish" in bare.page(known.page).text
    assert bare.tracker.vault.forgotten() >= {known.person, known.other}


def test_who_recorded_the_request_cannot_approve_it_even_past_the_page(bare: Site, known: Known) -> None:
    request = ask(bare, known, **WAIVED)
    fields = bare.page(f"{known.page}/request").fields
    sent = {"csrf_token": fields["csrf_token"], "command": fields["command"]}
    before = bare.recorded()
    answer = bare.post(f"{known.page}/{request}/approve", sent)
    assert answer.status_code == 422
    assert "Another coordinator has to approve it" in text(answer)
    assert bare.recorded() == before


def test_the_delay_is_kept_and_said(bare: Site, known: Known) -> None:
    request = approved(bare.tracker, known.person, ago=timedelta(hours=71))
    shown = bare.page(known.page)
    assert "/carry-out" not in shown.html
    assert "once the delay is over" in shown.text
    fields = bare.page(f"{known.page}/request").fields
    answer = bare.post(f"{known.page}/{request}/carry-out", {name: fields[name] for name in ("csrf_token", "command")})
    assert answer.status_code == 422
    assert "The delay is not over" in text(answer)
    assert bare.tracker.vault.forgotten() == set(), "nothing was destroyed"
    assert NAME in bare.page(f"/people/{known.person}").text


def test_a_cancelled_request_is_carried_out_by_nobody(bare: Site, known: Known) -> None:
    request = approved(bare.tracker, known.person)
    fields = bare.page(known.page).fields
    assert bare.fill(f"{known.page}/{request}/cancel", because="wish_changed").status_code == 303
    answer = bare.post(f"{known.page}/{request}/carry-out", {name: fields[name] for name in ("csrf_token", "command")})
    assert answer.status_code == 422
    assert "does not stand" in text(answer)
    assert bare.tracker.vault.forgotten() == set()


def test_each_form_sent_twice_is_recorded_once(bare: Site, known: Known) -> None:
    other = colleague(bare)
    form = {**bare.page(f"{known.page}/request").fields, **WAIVED}
    for answer in (bare.post(f"{known.page}/request", form), bare.post(f"{known.page}/request", form)):
        assert answer.status_code == 303
    request = bare.tracker.casebook.standing(Person, known.person).version
    for site, step in ((other, "approve"), (bare, "carry-out")):
        sent = site.page(known.page).fields
        assert site.post(f"{known.page}/{request}/{step}", sent).status_code == 303
        before = bare.recorded()
        again = site.post(f"{known.page}/{request}/{step}", sent)
        assert again.status_code == 303
        assert "saved=again" in again.location
        assert bare.recorded() == before


def test_a_file_joined_since_the_page_was_read_is_not_destroyed_with_the_others(bare: Site, known: Known) -> None:
    """A wrong finding must not cost somebody else their file."""
    request = approved(bare.tracker, known.person)
    fields = bare.page(known.page).fields
    assert set(fields["file"]) == {str(known.person), str(known.other)}
    bare.fill(f"/people/{known.other}/add/found-to-be", other__pasted=str(known.stranger), other="")
    answer = bare.post(f"{known.page}/{request}/carry-out", fields)
    assert answer.status_code == 422
    assert "Meanwhile another file was joined" in text(answer)
    assert bare.tracker.vault.forgotten() == set()
    assert f"/people/{known.stranger}" in bare.page(known.page).links
    bare.fill(f"/people/{known.other}/add/told-apart", other=str(known.stranger))
    assert press(bare, known, "carry-out", request).status_code == 303
    assert bare.tracker.vault.forgotten() == {known.person, known.other}


def test_every_step_needs_its_token_and_its_command(bare: Site, known: Known) -> None:
    request = approved(bare.tracker, known.person)
    token = bare.page(known.page).fields["csrf_token"]
    for path in ("request", f"{request}/approve", f"{request}/cancel", f"{request}/carry-out"):
        assert bare.post(f"{known.page}/{path}", {"command": "x"}).status_code == 400
        assert bare.post(f"{known.page}/{path}", {"csrf_token": token, "command": "x"}).status_code == 400
    assert bare.tracker.vault.forgotten() == set()


@pytest.mark.parametrize("step", ["", "/request", "/2/approve", "/2/cancel", "/2/carry-out"])
def test_of_nobody_on_record_there_is_no_such_page(bare: Site, known: Known, step: str) -> None:
    nobody = f"/people/{bare.seeded.held}/forgetting{step}"
    fields = bare.page(f"{known.page}/request").fields
    sent = {name: fields[name] for name in ("csrf_token", "command")}
    assert (bare.post(nobody, sent) if step else bare.get(nobody)).status_code == 404


def test_a_waiver_without_a_voice_brings_the_form_back(bare: Site, known: Known) -> None:
    answer = bare.fill(f"{known.page}/request", **{**WISH, "waives_delay": "yes"})
    assert answer.status_code == 422
    assert 'id="waived_by.wrong"' in answer.get_data(as_text=True)


def test_counsel_is_told_on_the_list_and_in_every_file_of_the_person(bare: Site, known: Known) -> None:
    assert "Asked to be forgotten" not in bare.page("/people").text
    approved(bare.tracker, known.person, ago=timedelta(hours=1))
    told = bare.page("/people")
    assert "Asked to be forgotten" in told.text
    assert known.page in told.links
    for person in (known.person, known.other):
        page = bare.page(f"/people/{person}")
        assert "This person is to be forgotten" in page.text
        assert "asked for by: the person" in page.text
        assert "may be carried out from" in page.text
    assert "A request stands in another file" in bare.page(f"/people/{known.other}/forgetting").text
    assert "to be forgotten:" not in bare.page(f"/people/{known.stranger}").text


def test_the_page_warns_that_a_release_cannot_be_recorded_afterwards(bare: Site, known: Known) -> None:
    approved(bare.tracker, known.person)
    assert "2 detentions still count as custody" in bare.page(known.page).text
