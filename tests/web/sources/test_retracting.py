"""Another source says the same, a source takes back what it said, and a source is protected."""

import re
from typing import Any
from uuid import UUID

import pytest

from domain.record import new_id
from domain.source_on_file import SourceOnFile
from tests.web.site import Page, Site
from web.access.roles import Role
from web.vault import FORGOTTEN


@pytest.fixture
def source(desk: Site) -> UUID:
    answer = desk.fill("/sources/new", kind="media", reliability="reliable", name=f"Paper {new_id()}")
    return UUID(answer.location.split("/sources/")[1][:36])


@pytest.fixture
def protest(desk: Site) -> UUID:
    """One of which a witness told."""
    answer = desk.fill("/protests/new", when="24.02.2022", place="Moscow", source_kind="witness")
    return UUID(answer.location.split("/protests/")[1][:36])


def tiers(desk: Site, protest: UUID) -> list[str]:
    """What the lines of the protest say of themselves."""
    html = desk.page(f"/protests/{protest}").html
    return [" ".join(found.split()) for found in re.findall(r'<p class="meta tier \w+"><span[^>]*>[^<]*</span>([^<]*)', html)]


def attest(desk: Site, protest: UUID, version: int = 1, **values: str) -> int:
    """The answer to "another source says the same"."""
    return desk.fill(f"/protests/{protest}/entries/{version}/attest", **values).status_code


def test_another_source_is_recorded_by_nothing_but_who_it_is(desk: Site, protest: UUID, source: UUID) -> None:
    assert tiers(desk, protest) == ["unverified"]
    assert attest(desk, protest) == 422
    assert attest(desk, protest, origin=str(source)) == 303
    assert tiers(desk, protest) == ["corroborated"]
    assert attest(desk, protest, source_kind="document") == 303
    assert tiers(desk, protest) == ["confirmed by document"]
    assert "(said 3 times)" in desk.page(f"/protests/{protest}").text


def test_what_says_so_itself_or_was_taken_back_is_not_attested(desk: Site, protest: UUID, source: UUID) -> None:
    assert attest(desk, protest, origin=str(source)) == 303
    assert desk.get(f"/protests/{protest}/entries/2/attest").status_code == 404
    assert desk.get(f"/protests/{protest}/entries/9/attest").status_code == 404
    assert desk.get(f"/people/{desk.seeded.long}/entries/1/attest").status_code == 404, "opening a file reports nothing"


def test_another_source_says_the_same_as_a_report(desk: Site, source: UUID) -> None:
    page, form = f"/reports/{desk.seeded.report}", f"/reports/{desk.seeded.report}/entries/1/attest"
    told = desk.page(page)
    assert [link for link in told.links if link.endswith("/attest")] == [form], (
        "of what it says, and not of whom was told out of it"
    )
    assert "How well borne out: unverified" in told.text
    assert desk.fill(form, origin=str(source)).status_code == 303
    assert "How well borne out: corroborated (said 2 times)" in desk.page(page).text
    assert desk.get(form.replace("/1/", "/2/")).status_code == 404, "that somebody was told out of it is no claim"


def last_of(desk: Site, source: UUID) -> Any:
    """What was recorded of the source last."""
    return list(desk.tracker.log.of([source]))[-1].event


def test_a_rating_and_a_retraction_are_corrected_by_form_and_keep_the_reason_of_their_own(desk: Site, source: UUID) -> None:
    desk.fill(f"/sources/{source}/add/rated", reliability="unreliable", because="found_wrong")
    desk.fill(f"/sources/{source}/retract", because="took_back")
    rating, retraction = f"/sources/{source}/entries/2/correct", f"/sources/{source}/entries/3/correct"
    page = desk.page(rating)
    assert page.fields["because"] == ["found_wrong"]
    assert "Reason for changing the entry" in page.text
    assert desk.fill(rating, reliability="reliable", change_because="mistake").status_code == 303
    event = last_of(desk, source)
    assert (event.because, event.restated.because, event.restated.reliability) == ("mistake", "found_wrong", "reliable")
    assert desk.fill(retraction, because="found_false", change_because="new_information").status_code == 303
    event = last_of(desk, source)
    assert (event.because, event.restated.because) == ("new_information", "found_false")


def test_a_retraction_is_brought_back_by_form(desk: Site, source: UUID) -> None:
    desk.fill(f"/sources/{source}/retract", because="took_back")
    desk.fill(f"/sources/{source}/entries/2/withdraw", because="mistake")
    assert desk.fill(f"/sources/{source}/entries/2/reinstate", change_because="mistake").status_code == 303
    event = last_of(desk, source)
    assert (event.because, event.restated.because) == ("mistake", "took_back")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"because": "other", "change_because": "mistake"}, "because"),
        ({"because": "held_up", "change_because": "other"}, "change_because"),
        ({"because": "held_up"}, "change_because"),
    ],
)
def test_a_missing_reason_is_told_at_the_field_that_lacks_it(desk: Site, source: UUID, typed: dict[str, str], field: str) -> None:
    desk.fill(f"/sources/{source}/add/rated", reliability="unreliable", because="found_wrong")
    answer = desk.fill(f"/sources/{source}/entries/2/correct", reliability="reliable", **typed)
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.get_data(as_text=True)


def test_a_case_file_says_how_well_detention_and_release_are_borne_out(desk: Site) -> None:
    text = desk.page(f"/people/{desk.seeded.long}").text
    assert "detention: corroborated; release: unverified" in text


def test_a_retraction_shows_beforehand_what_it_would_change_and_lists_it_afterwards(
    desk: Site, protest: UUID, source: UUID
) -> None:
    attest(desk, protest, origin=str(source))
    desk.fill(f"/protests/{protest}/add/ended", kind="dispersed", origin=str(source))
    assert tiers(desk, protest) == ["corroborated", "unverified"]
    before = desk.recorded()
    asked = desk.page(f"/sources/{source}/retract").text
    assert "2 entries rest on this source or on one that passes it on." in asked
    assert "1 would fall to “unverified”. 1 would rest on nothing any more." in asked
    assert desk.recorded() == before
    assert desk.fill(f"/sources/{source}/retract", because="took_back").status_code == 303
    assert tiers(desk, protest) == ["unverified", "rests on a retracted source"]
    page = desk.page(f"/sources/{source}")
    assert "2 entries have another tier since. 1 rests on nothing any more." in page.text
    assert "before: corroborated, after: unverified" in page.text
    assert "before: unverified, after: rests on a retracted source" in page.text
    assert any(link.startswith(f"/protests/{protest}#entry-") for link in page.links)


def test_a_retraction_of_a_time_is_shown_once_more_with_what_that_would_change(desk: Site, protest: UUID, source: UUID) -> None:
    attest(desk, protest, origin=str(source))
    before = desk.recorded()
    answer = desk.fill(f"/sources/{source}/retract", because="found_false", said_until="24.02.2022")
    page = Page(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "Send the form once more" in page.text
    assert "0 would fall to “unverified”." in page.text
    assert desk.recorded() == before
    assert desk.post(f"/sources/{source}/retract", page.fields).status_code == 303
    assert tiers(desk, protest) == ["corroborated"], "it was recorded later than that"


def test_a_monitor_sees_of_files_that_are_not_theirs_a_number_alone(desk: Site) -> None:
    monitor = desk.signed_in_as(Role.MONITOR)
    answer = monitor.fill("/sources/new", kind="media", name="A paper of mine")
    source = UUID(answer.location.split("/sources/")[1][:36])
    assert desk.fill(f"/detentions/{desk.seeded.detention}/entries/1/attest", origin__pasted=str(source)).status_code == 303
    assert f"/people/{desk.seeded.long}" in desk.page(f"/sources/{source}").html
    told = monitor.page(f"/sources/{source}")
    assert "1 entry that is not yours to open here" in told.text
    assert str(desk.seeded.long) not in told.html


def test_a_protected_source_is_nobody_any_more_and_still_counts(desk: Site, protest: UUID, source: UUID) -> None:
    attest(desk, protest, origin=str(source))
    page = desk.page(f"/sources/{source}")
    command = re.search(r'name="command" value="([^"]+)"', page.html)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.html)
    assert command is not None
    assert token is not None
    answer = desk.post(f"/sources/{source}/forget", {"csrf_token": token[1], "command": command[1]})
    assert answer.status_code == 303
    assert source in desk.tracker.vault.forgotten()
    assert desk.tracker.casebook.standing(SourceOnFile, source).forgotten
    sealed = desk.tracker.log.of([source])[0].event.name  # type: ignore[attr-defined]
    assert desk.tracker.vault.open(sealed) is FORGOTTEN
    assert "Who it is was destroyed." in desk.page(f"/sources/{source}").text
    assert tiers(desk, protest) == ["corroborated"]
    assert desk.fill(f"/sources/{source}/retract", because="took_back", words="In confidence").status_code == 303
    assert tiers(desk, protest) == ["unverified"]
