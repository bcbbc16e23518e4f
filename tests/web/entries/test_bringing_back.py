"""Bringing back what was withdrawn: by whom, with what, and how the page tells it."""

import pytest

from domain.record import new_id
from tests.web.site import Page, Site, record_of
from web.access.roles import Role


@pytest.fixture
def protest(desk: Site) -> str:
    protest = record_of(desk.fill("/protests/new", when="24.02.2022", place="Moscow").location)
    desk.fill(f"/protests/{protest}/add/detentions-counted", count="7")
    return f"/protests/{protest}"


def test_a_line_that_was_brought_back_stands_says_since_when_and_keeps_what_it_read(desk: Site, protest: str) -> None:
    desk.fill(f"{protest}/entries/2/withdraw", because="duplicate")
    assert f"{protest}/entries/2/reinstate" in desk.page(protest).links
    form = desk.page(f"{protest}/entries/2/reinstate")
    assert form.fields["count"] == ["7"], "as it stood last"
    assert "7 people detained" in form.text
    answer = desk.fill(f"{protest}/entries/2/reinstate", because="withdrawn_by_mistake", reason_words="the wrong line")
    page = desk.page(answer.location)
    assert "<del>Counted without names" not in page.html
    assert "Counts again since then: withdrawn by mistake" in page.text
    for told in ("as first told", "withdrawn: recorded twice", "brought back: withdrawn by mistake (the wrong line)"):
        assert told in page.text, told
    assert "7" in page.text.partition("Recorded one by one")[0]
    assert desk.get(f"{protest}/entries/2/reinstate").status_code == 404, "it stands"
    assert desk.fill(f"{protest}/entries/2/correct", count="8", because="mistake").status_code == 303


def test_it_may_be_corrected_in_the_same_go(desk: Site, protest: str) -> None:
    desk.fill(f"{protest}/entries/2/withdraw", because="duplicate")
    desk.fill(f"{protest}/entries/2/reinstate", count="9", because="withdrawn_by_mistake")
    text = desk.page(protest).text
    assert "Counted without names: 9 people detained" in text
    assert "Counted without names: 7 people detained" in text, "in the steps"


def test_a_reason_is_asked_for_and_in_words_for_another_one(desk: Site, protest: str) -> None:
    desk.fill(f"{protest}/entries/2/withdraw", because="duplicate")
    before = desk.recorded()
    for because in ("", "other", "no-such-code"):
        assert desk.fill(f"{protest}/entries/2/reinstate", because=because).status_code == 422
    assert desk.recorded() == before


def test_a_whole_record_comes_back_as_it_stood(desk: Site, protest: str) -> None:
    desk.fill(f"{protest}/add/crowd-estimated", count="20")
    desk.fill(f"{protest}/entries/3/withdraw", because="mistake")
    desk.fill(f"{protest}/entries/1/withdraw", because="test")
    page = desk.page(protest)
    assert "This record was withdrawn" in page.text
    assert [link for link in page.links if "reinstate" in link] == [f"{protest}/entries/1/reinstate"], "first the record"
    assert desk.get(f"{protest}/entries/2/reinstate").status_code == 404
    desk.fill(f"{protest}/entries/1/reinstate", because="withdrawn_by_mistake")
    page = desk.page(protest)
    assert "This record was withdrawn" not in page.text
    assert "<del>Counted" not in page.html
    assert "<del>Crowd, as estimated: 20 people.</del>" in page.html, "what had been withdrawn for itself stays so"


def test_a_file_is_withdrawn_and_brought_back(desk: Site) -> None:
    person = record_of(desk.fill("/detentions/new", name="Vozvrashchyonov Lev", place="Moscow").location)
    desk.fill(f"/people/{person}/entries/1/withdraw", because="test")
    assert "This file was withdrawn" in desk.page(f"/people/{person}").text
    answer = desk.fill(f"/people/{person}/entries/1/reinstate", because="withdrawn_by_mistake")
    page = desk.page(answer.location)
    assert "This file was withdrawn" not in page.text
    assert "Vozvrashchyonov" in page.text


def test_a_monitor_brings_back_what_they_withdrew_themselves_and_nothing_else(desk: Site, protest: str) -> None:
    monitor = desk.signed_in_as(Role.MONITOR)
    desk.fill(f"{protest}/entries/2/withdraw", because="duplicate")
    assert monitor.get(f"{protest}/entries/2/reinstate").status_code == 403
    assert not [link for link in monitor.page(protest).links if "reinstate" in link]
    desk.fill(f"{protest}/entries/2/reinstate", because="mistake")
    monitor.fill(f"{protest}/entries/2/withdraw", because="duplicate")
    assert monitor.fill(f"{protest}/entries/2/reinstate", because="withdrawn_by_mistake").status_code == 303


def test_a_monitor_finds_a_detention_they_withdrew_among_the_corrections(desk: Site) -> None:
    """Withdrawn, it is on nobody's watch any more, and the file not theirs to open."""
    monitor = desk.signed_in_as(Role.MONITOR)
    detention = new_id()
    form = {**monitor.page("/detentions/new").fields, "record": str(detention), "name": "Testov", "place": "Moscow"}
    monitor.post("/detentions/new", form)
    assert "saved=elsewhere" in monitor.fill(f"/detentions/{detention}/entries/1/withdraw", because="test").location
    link = f"/detentions/{detention}/entries/1/reinstate"
    assert link in monitor.page("/corrections").links
    assert monitor.fill(link, because="withdrawn_by_mistake").status_code == 303
    stranger = desk.signed_in_as(Role.LAWYER)
    assert stranger.get(link).status_code == 403


def test_a_wish_to_be_forgotten_is_asked_anew(desk: Site) -> None:
    version = next(
        told.event.originator_version
        for told in desk.tracker.log.of([desk.seeded.merged])
        if type(told.event).__name__ == "ForgettingRequested"
    )
    path = f"/people/{desk.seeded.merged}/entries/{version}"
    desk.fill(f"{path}/withdraw", because="mistake")
    assert not [link for link in desk.page(f"/people/{desk.seeded.merged}").links if link.endswith("reinstate")]
    assert desk.get(f"{path}/reinstate").status_code == 403


def test_two_who_bring_it_back_at_once_are_told_of_each_other(desk: Site, protest: str) -> None:
    desk.fill(f"{protest}/entries/2/withdraw", because="duplicate")
    form = desk.page(f"{protest}/entries/2/reinstate").fields
    desk.fill(f"{protest}/entries/2/reinstate", because="mistake")
    answer = desk.post(f"{protest}/entries/2/reinstate", {**form, "count": "9", "because": "mistake"})
    page = Page(answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert f'action="{protest}/entries/2/correct"' in page.html
    assert desk.post(f"{protest}/entries/2/correct", page.fields).status_code == 303
    assert "9 people detained" in desk.page(protest).text
