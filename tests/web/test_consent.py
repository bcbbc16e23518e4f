"""Consent in a case file: what holds, since when, by whom, until when, what does not and why; withdrawn at once, once."""

import re
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

import web.desk
from tests.web.site import Page, Site, record_of
from web.desk import today


@pytest.fixture
def person(desk: Site) -> UUID:
    return record_of(desk.fill("/detentions/new", minor="no").location)


def give(desk: Site, person: UUID, *scopes: str, **facts: Any) -> None:
    told = {"scopes": list(scopes), "given_by": "person", "form": "written", **facts}
    answer = desk.fill(f"/people/{person}/add/consent-given", **told)
    assert answer.status_code == 303, Page(answer.get_data(as_text=True)).text


def section(desk: Site, person: UUID) -> str:
    """What the case file says about consent."""
    text = desk.page(f"/people/{person}").text
    return text.partition(" Consent ")[2].partition(" Add about the person")[0]


def button(desk: Site, person: UUID, scope: str) -> dict[str, str]:
    """What the button beside a scope sends."""
    html = desk.page(f"/people/{person}").html
    form = html.partition(f'action="/people/{person}/consent/{scope}/withdraw"')[2].partition("</form>")[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]+)"', form))


def withdraw(desk: Site, person: UUID, scope: str, sent: dict[str, str]) -> Any:
    return desk.post(f"/people/{person}/consent/{scope}/withdraw", sent)


def test_a_file_without_a_word_about_consent_says_that_nothing_may_be_done(desk: Site, person: UUID) -> None:
    assert "nothing may be published or passed on" in section(desk, person)


def test_what_holds_is_said_with_who_how_since_and_until_when(desk: Site, person: UUID) -> None:
    give(desk, person, "publish_first_name", when="25.02.2022", until="2099-03-01")
    said = section(desk, person)
    assert "publish the first name or a pseudonym holds since 25 February 2022" in said
    assert "said by: the person, written" in said
    assert "last day 1 March 2099" in said
    position = desk.recorded()
    assert f"position {position}" in said
    assert f"#entry-{position}" in desk.page(f"/people/{person}").links


def test_a_withdrawal_by_one_button_is_honoured_at_once_and_recorded_once(desk: Site, person: UUID) -> None:
    give(desk, person, "publish_first_name", "publish_story")
    sent, before = button(desk, person, "publish_story"), desk.recorded()
    answer = withdraw(desk, person, "publish_story", sent)
    assert answer.status_code == 303
    assert "does not hold: withdrawn" in section(desk, person).partition("publish the story")[2]
    assert "holds since" in section(desk, person).partition("publish the first name")[2]
    assert button(desk, person, "publish_story") == {}
    assert "saved=again" in withdraw(desk, person, "publish_story", sent).location
    assert desk.recorded() == before + 1


def test_it_is_withdrawn_in_every_file_of_the_person(desk: Site, person: UUID) -> None:
    other = record_of(desk.fill("/detentions/new", minor="no").location)
    for file in (person, other):
        give(desk, file, "publish_full_name")
    desk.fill(f"/people/{person}/add/found-to-be", other__pasted=str(other), other="")
    assert withdraw(desk, person, "publish_full_name", button(desk, person, "publish_full_name")).status_code == 303
    desk.fill(f"/people/{person}/add/told-apart", other=str(other))
    for file in (person, other):
        assert "does not hold: withdrawn" in section(desk, file)


def test_why_consent_does_not_hold_is_said(desk: Site, person: UUID) -> None:
    give(desk, person, "publish_first_name")
    give(desk, person, "publish_full_name", given_by="relative")
    assert "the person or a guardian has spoken" in section(desk, person).partition("publish the full name")[2]
    give(desk, person, "publish_story", until="2022-03-01")
    assert "its last day has passed" in section(desk, person)
    give(desk, person, "record_only")
    assert section(desk, person).count("to be kept on record only") == 3
    assert "keep on record, show to nobody but counsel holds since" in section(desk, person)


def test_keeping_on_record_only_and_publishing_are_refused_together_in_a_sentence(desk: Site, person: UUID) -> None:
    before = desk.recorded()
    scopes = ["record_only", "publish_story"]
    answer = desk.fill(f"/people/{person}/add/consent-given", scopes=scopes, given_by="person", form="written")
    assert answer.status_code == 422
    assert 'id="scopes.wrong"' in answer.get_data(as_text=True)
    assert "cannot be meant together" in Page(answer.get_data(as_text=True)).text
    assert desk.recorded() == before


def test_a_withdrawal_needs_its_token_its_command_and_a_scope_there_is(desk: Site, person: UUID) -> None:
    give(desk, person, "publish_story")
    sent, before = button(desk, person, "publish_story"), desk.recorded()
    assert withdraw(desk, person, "publish_story", {"command": sent["command"]}).status_code == 400
    assert withdraw(desk, person, "publish_story", {"csrf_token": sent["csrf_token"]}).status_code == 400
    assert withdraw(desk, person, "everything", sent).status_code == 404
    assert withdraw(desk, UUID(int=person.int ^ 1), "publish_story", sent).status_code == 404
    assert desk.get(f"/people/{person}/consent/publish_story/withdraw").status_code == 405
    assert desk.recorded() == before


def test_a_withdrawn_file_takes_no_withdrawal_of_consent_and_says_so(desk: Site, person: UUID) -> None:
    give(desk, person, "publish_story")
    sent = button(desk, person, "publish_story")
    desk.fill(f"/people/{person}/entries/1/withdraw", because="duplicate")
    assert withdraw(desk, person, "publish_story", sent).status_code == 422
    assert "publish the story without a name holds" not in section(desk, person)


def test_the_last_day_ends_at_midnight_on_the_home_zones_clock(desk: Site, person: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    class Evening(datetime):
        """Half past ten in the evening in London is half past one of the next day in Moscow."""

        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime(2099, 3, 1, 22, 30, tzinfo=UTC).astimezone(tz)

    give(desk, person, "publish_story", until="2099-03-01")
    monkeypatch.setattr(web.desk, "datetime", Evening)
    assert today() == date(2099, 3, 2)
    assert "its last day has passed" in section(desk, person)
