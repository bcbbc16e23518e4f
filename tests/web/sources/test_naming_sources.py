"""Naming a source on file in any form: chosen, pasted, put on file in passing; and who may be told who it is."""

from uuid import UUID

import pytest

from domain.provenance import Entry, Reliability, Source
from domain.record import Record, new_id
from domain.source_on_file import SourceOnFile
from tests.web.papers.reading import whole_file
from tests.web.site import Page, Site, account_of
from web.access.roles import Role

NAME = "The Wharf Courier"


@pytest.fixture
def monitor(desk: Site) -> Site:
    return desk.signed_in_as(Role.MONITOR)


@pytest.fixture
def lawyer(desk: Site) -> Site:
    """One who has the long file."""
    entry = Entry(desk.account or new_id(), Source("monitor"), new_id())
    counsel = account_of(desk.tracker, Role.LAWYER)
    desk.tracker.catch_up(desk.tracker.casebook.assign_counsel(entry, desk.seeded.long, counsel=counsel))
    return desk.signed_in_as(Role.LAWYER)


def last(desk: Site) -> Record.Event:
    """The newest event."""
    position = desk.recorded()
    return desk.tracker.log.at([position])[position].event


def add(desk: Site, name: str = "ended", **values: str) -> Record.Event:
    """One more entry about the protest."""
    answer = desk.fill(f"/protests/{desk.seeded.protest}/add/{name}", **values)
    assert answer.status_code == 303, Page(answer.get_data(as_text=True)).text
    return last(desk)


def opened(desk: Site) -> UUID:
    """A source put on file in passing."""
    add(desk, origin__name="Somebody at the gate", source_kind="witness", reliability="doubtful")
    origin = last(desk).source.origin
    assert origin is not None
    return origin


def test_kind_and_reliability_follow_the_source_where_they_are_left_open(desk: Site) -> None:
    assert add(desk, origin=str(desk.seeded.source)).source == Source("media", Reliability.RELIABLE, None, desk.seeded.source)
    said = add(desk, origin__pasted=f"/sources/{desk.seeded.source}", source_kind="witness").source
    assert said == Source("witness", Reliability.RELIABLE, None, desk.seeded.source)


def test_a_source_put_on_file_in_passing_is_offered_from_then_on(desk: Site) -> None:
    source = opened(desk)
    told = desk.tracker.log.of([source])[0].event
    assert isinstance(told, SourceOnFile.Opened)
    assert (told.kind, told.reliability) == ("witness", "doubtful")
    assert "Somebody at the gate" in desk.page(f"/protests/{desk.seeded.protest}/add/ended").text
    assert "Somebody at the gate" in desk.page(f"/protests/{desk.seeded.protest}").text


def test_a_form_that_is_refused_keeps_the_new_name_and_puts_nothing_on_file(desk: Site) -> None:
    before = desk.recorded()
    values = {"origin__name": "Somebody else", "when": "gestern oder so"}
    answer = desk.fill(f"/protests/{desk.seeded.protest}/add/ended", **values)
    assert answer.status_code == 422
    page = Page(answer.get_data(as_text=True))
    assert page.fields["origin.name"] == ["Somebody else"]
    again = desk.post(f"/protests/{desk.seeded.protest}/add/ended", {**page.fields, "when": "24.02.2022"})
    assert again.status_code == 303
    assert desk.recorded() == before + 2
    assert last(desk).source.origin == UUID(page.fields["origin.new"][0])


@pytest.mark.parametrize("wrong", ["not a number", "0190f3a2-0000-7000-8000-0000000000a1"])
def test_what_is_not_on_file_is_refused_at_the_field(desk: Site, wrong: str) -> None:
    before = desk.recorded()
    answer = desk.fill(f"/protests/{desk.seeded.protest}/add/ended", origin__pasted=wrong)
    assert answer.status_code == 422
    assert "No source on file has this number." in Page(answer.get_data(as_text=True)).text
    assert desk.recorded() == before


def test_a_lawyer_is_neither_told_nor_asked_who_a_source_is(desk: Site, lawyer: Site) -> None:
    assert NAME in " ".join(page.text for page in whole_file(desk, desk.seeded.long))
    told = whole_file(lawyer, desk.seeded.long)
    assert len(told) > 1
    for page in told:
        assert NAME not in page.html
        assert str(desk.seeded.source) not in page.html
        assert "Source on file" not in page.text
    form = f"/detentions/{desk.seeded.detention}/add/released"
    assert "origin" in desk.page(form).names
    assert not {"origin", "origin.pasted", "origin.name"} & lawyer.page(form).names
    answer = lawyer.fill(form, kind="without_protocol", origin=str(desk.seeded.source), origin__name="Nobody")
    assert answer.status_code == 303
    assert last(desk).source.origin is None


def test_a_monitor_who_does_not_name_a_source_is_not_told_and_keeps_it_when_correcting(desk: Site, monitor: Site) -> None:
    entry = add(desk, "crowd-estimated", count="70", origin=str(desk.seeded.source))
    path = f"/protests/{desk.seeded.protest}/entries/{entry.originator_version}/correct"
    page = monitor.page(path)
    assert NAME not in page.html
    assert str(desk.seeded.source) not in page.html
    assert monitor.fill(path, count="71", because="mistake").status_code == 303
    corrected = last(desk)
    assert isinstance(corrected, Record.Correction)
    assert corrected.source.origin == corrected.restated.source.origin == desk.seeded.source
    assert NAME not in monitor.page(f"/protests/{desk.seeded.protest}").html
    assert monitor.get(f"/sources/{desk.seeded.source}").status_code == 404


def test_a_monitor_who_names_a_source_is_told_who_it_is(desk: Site, monitor: Site) -> None:
    source = opened(monitor)
    assert monitor.get(f"/sources/{source}").status_code == 200
    assert "Somebody at the gate" in monitor.page("/sources").text
    assert NAME not in monitor.page("/sources").text


def test_reading_a_sources_name_is_written_down(desk: Site) -> None:
    before = desk.tracker.access.log.last()
    desk.page("/sources")
    acts = desk.tracker.access.acts_at(range(before + 1, desk.tracker.access.log.last() + 1)).values()
    assert any(desk.seeded.source in getattr(act, "persons", ()) for act in acts)


def test_an_entry_tells_who_said_so_who_passed_it_on_and_who_recorded_it(desk: Site, monitor: Site, lawyer: Site) -> None:
    answer = desk.fill("/sources/new", kind="social_media", name="A channel", repeats=str(desk.seeded.source))
    assert answer.status_code == 303
    channel = UUID(answer.location.split("/sources/")[1][:36])
    add(desk, origin=str(channel))
    page = f"/protests/{desk.seeded.protest}"
    assert f"Source on file: {NAME}, passed on by A channel." in desk.page(page).text
    assert "by you" in desk.page(page).text
    assert "by a colleague" in monitor.page(page).text
    assert "A channel" not in lawyer.page(page).text
