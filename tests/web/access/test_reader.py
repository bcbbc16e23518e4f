"""What each role sees of a person: whose files open, which words in them, no more on any page, and at once when that changes."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.detention import Detention
from domain.moment import When
from domain.person import Person
from domain.provenance import Entry, Source
from domain.record import new_id
from tests.web.seeding import MOSCOW, PETERSBURG, Seeding, opened, seed
from tests.web.site import Page, Site, account_of
from web import create_app
from web.access.roles import Role

NAME = "Sluchaev Nil"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, places: Path) -> Iterator[Site]:
    with opened(tmp_path_factory.mktemp("reader"), places) as tracker:
        yield Site(tracker, create_app(tracker), seed(tracker))


def entry(site: Site, role: Role = Role.COORDINATOR) -> Entry:
    return Entry(account_of(site.tracker, role), Source("monitor"), new_id())


def detained(site: Site, name: str = NAME, *, city: int = MOSCOW, role: Role = Role.COORDINATOR) -> tuple[UUID, UUID]:
    """Somebody held in a city, with words that only some may read."""
    to, person, detention = Seeding(site.tracker, "en"), new_id(), new_id()
    sealer = site.tracker.vault.mint([person])
    words = sealer.seal(person, detention, "words", "They hit me.")
    at = replace(to.place(city), words=sealer.seal(person, detention, "place", "by the fountain"))
    named = sealer.seal(person, person, "name", name)
    act = replace(entry(site, role), command=detention)
    done = site.tracker.casebook.record_detention(act, detention, person=person, name=named, place=at, words=words)
    site.tracker.catch_up(done)
    return person, detention


def released(site: Site, detention: UUID, ago: timedelta | None) -> None:
    moment = datetime.now(UTC) - ago if ago is not None else None
    when = When.at(moment.replace(microsecond=0), "Europe/Moscow") if moment is not None else None
    site.tracker.catch_up(site.tracker.casebook.record_release(entry(site), detention, when=when, kind="without_protocol"))


def assigned(site: Site, person: UUID, lawyer: UUID) -> None:
    site.tracker.catch_up(site.tracker.casebook.assign_counsel(entry(site), person, counsel=lawyer))


def file_of(site: Site, person: UUID) -> str | None:
    """What a file says to this reader; None where there is no such page."""
    answer = site.get(f"/people/{person}")
    assert answer.status_code in (200, 404)
    return Page(answer.get_data(as_text=True)).text if answer.status_code == 200 else None


def test_a_monitor_reads_name_and_place_of_who_is_held_and_no_more(site: Site) -> None:
    person, _ = detained(site)
    told = file_of(site.signed_in_as(Role.MONITOR), person)
    assert told is not None
    assert NAME in told
    assert "by the fountain" in told
    assert "They hit me" not in told
    assert "[sealed]" in told
    assert "They hit me" in (file_of(site, person) or "")


@pytest.mark.parametrize(
    ("ago", "seen"), [(timedelta(hours=23), True), (timedelta(hours=25), False), (None, True), (timedelta(days=900), False)]
)
def test_after_a_day_a_monitor_sees_the_released_no_more(site: Site, ago: timedelta | None, seen: bool) -> None:
    person, detention = detained(site)
    released(site, detention, ago)
    monitor = site.signed_in_as(Role.MONITOR)
    assert (file_of(monitor, person) is not None) is seen
    assert (str(person) in monitor.page("/people").html) is seen


def test_a_withdrawn_release_brings_the_held_back_before_the_monitors_eyes(site: Site) -> None:
    person, detention = detained(site)
    released(site, detention, timedelta(days=3))
    monitor = site.signed_in_as(Role.MONITOR)
    assert file_of(monitor, person) is None
    site.tracker.catch_up(site.tracker.casebook.withdraw(Detention, entry(site), detention, 2, because="mistake"))
    assert file_of(monitor, person) is not None


def test_a_monitor_sees_the_cities_of_the_watch_alone(site: Site) -> None:
    here, _ = detained(site, city=MOSCOW)
    there, _ = detained(site, city=PETERSBURG)
    handed = site.tracker.door.credentials.add("piter", Role.MONITOR, (PETERSBURG,))
    monitor = site.signed_in_as(None)
    monitor.sign_in(handed.account)
    assert (file_of(monitor, here), bool(file_of(monitor, there))) == (None, True)
    listed = monitor.page("/people").html
    assert (str(here) in listed, str(there) in listed) == (False, True)


def test_what_a_monitor_entered_they_can_read_over_that_day(site: Site) -> None:
    person, _ = detained(site, role=Role.MONITOR)
    assert "They hit me" in (file_of(site.signed_in_as(Role.MONITOR), person) or "")


def test_a_lawyer_opens_assigned_files_whole_and_no_others(site: Site) -> None:
    lawyer = site.signed_in_as(Role.LAWYER)
    mine, _ = detained(site, "Podzaschitny Gleb")
    foreign, _ = detained(site)
    assert file_of(lawyer, mine) is None
    assigned(site, mine, lawyer.account or new_id())
    told = file_of(lawyer, mine) or ""
    assert "They hit me" in told
    assert "[sealed]" not in told
    assert file_of(lawyer, foreign) is None
    everything = " ".join(lawyer.page(path).html for path in ("/people", f"/protests/{site.seeded.protest}", "/cities"))
    assert NAME not in everything
    assert str(foreign) not in everything


def test_dismissed_is_dismissed_and_a_withdrawn_dismissal_is_none(site: Site) -> None:
    lawyer, (person, _) = site.signed_in_as(Role.LAWYER), detained(site)
    account = lawyer.account or new_id()
    assigned(site, person, account)
    assert file_of(lawyer, person) is not None
    site.tracker.catch_up(site.tracker.casebook.dismiss_counsel(entry(site), person, counsel=account))
    assert file_of(lawyer, person) is None
    site.tracker.catch_up(site.tracker.casebook.withdraw(Person, entry(site), person, 4, because="mistake"))
    assert file_of(lawyer, person) is not None
    site.tracker.catch_up(site.tracker.casebook.withdraw(Person, entry(site), person, 3, because="mistake"))
    assert file_of(lawyer, person) is None, "and an assignment withdrawn never was one"


def test_who_may_see_one_file_of_a_person_sees_them_all_until_they_are_told_apart(site: Site) -> None:
    lawyer, (one, _), (other, _) = site.signed_in_as(Role.LAWYER), detained(site, "Odna Alla"), detained(site, "Drugaya Alla")
    assigned(site, one, lawyer.account or new_id())
    site.tracker.catch_up(site.tracker.casebook.find_to_be(entry(site), other, other=one))
    assert "Drugaya" in (file_of(lawyer, other) or "")
    site.tracker.catch_up(site.tracker.casebook.tell_apart(entry(site), one, other=other))
    assert file_of(lawyer, other) is None
    assert "Drugaya" not in (file_of(lawyer, one) or "")


@pytest.mark.parametrize("role", [Role.JOURNALIST, Role.ADMIN])
def test_journalists_and_administrators_read_nobodys_file(site: Site, role: Role) -> None:
    person, _ = detained(site)
    browser = site.signed_in_as(role)
    assert browser.get(f"/people/{person}").status_code == 403
    assert browser.get("/people").status_code == 403


def test_a_journalist_asks_for_no_attribute_of_people(site: Site) -> None:
    browser = site.signed_in_as(Role.JOURNALIST)
    assert "by=category" not in browser.page("/figures").html
    assert "at_protest" not in browser.page("/figures?figure=detentions&by=category").html
    assert "at_protest" not in browser.page("/figures?figure=detentions&by=category").text


def test_a_monitor_who_enters_an_old_release_is_told_so_instead_of_an_error(site: Site) -> None:
    monitor = site.signed_in_as(Role.MONITOR)
    answer = monitor.fill("/releases/new", when="24.02.2022 19:20", kind="without_protocol", place="Moscow", name="Davny Efim")
    assert answer.status_code == 303
    assert "not among those you may open" in monitor.page(answer.location).text


def test_a_correction_by_a_monitor_keeps_the_words_they_may_not_read(site: Site) -> None:
    person, detention = detained(site)
    monitor = site.signed_in_as(Role.MONITOR)
    path = f"/detentions/{detention}/entries/1/correct"
    form = monitor.page(path)
    assert "They hit me" not in form.html
    answer = monitor.fill(path, agency="riot_police", because="new_information")
    assert answer.status_code == 303, Page(answer.get_data(as_text=True)).text
    told = file_of(site, person) or ""
    assert told.count("They hit me") == 5, "under its subject, struck through once, standing once, and once in the steps of each"


def _no_room(*_: object) -> None:
    raise OSError("no space left")


def test_each_reading_is_in_the_access_log_with_its_fields_and_without_a_value(site: Site) -> None:
    person, _ = detained(site)
    monitor, before = site.signed_in_as(Role.MONITOR), site.tracker.access.log.last()
    file_of(monitor, person)
    acts: list[Any] = [told.event for told in site.tracker.access.log.page(before, 10)]
    read = [act for act in acts if type(act).__name__ == "Read"]
    assert [(act.account, act.persons, set(act.fields), act.page) for act in read] == [
        (monitor.account, (person,), {"name", "place"}, "lawyers.case_file")
    ]
    stored = (site.tracker.settings.home / "access.sqlite").read_bytes()
    assert NAME.encode() not in stored


def test_where_reading_cannot_be_logged_nothing_is_shown(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    person, _ = detained(site)

    with monkeypatch.context() as full:
        full.setattr(site.tracker.access._acts, "keep", _no_room)
        answer = site.get(f"/people/{person}")
    assert answer.status_code == 503
    assert NAME not in answer.get_data(as_text=True)
    assert "This cannot be shown now" in Page(answer.get_data(as_text=True)).text
    assert NAME in (file_of(site, person) or "")


def test_a_foreign_record_answers_as_one_that_is_not_there(site: Site) -> None:
    lawyer, (foreign, detention) = site.signed_in_as(Role.LAWYER), detained(site)
    for real, missing in (
        (f"/people/{foreign}", f"/people/{new_id()}"),
        (f"/detentions/{detention}/add/released", f"/detentions/{new_id()}/add/released"),
        (f"/people/{foreign}/entries/2/correct", f"/people/{new_id()}/entries/2/correct"),
        (f"/incidents/{site.seeded.incident}", f"/incidents/{new_id()}"),
    ):
        answers = [lawyer.get(path) for path in (real, missing)]
        pages = [re.sub(r'(value|content)="[^"]*"', "", answer.get_data(as_text=True)) for answer in answers]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert pages[0] == pages[1]


def test_a_form_opened_while_words_were_withheld_drops_none_of_them_later(site: Site) -> None:
    """Opened by a monitor who may not read them, sent once they could be read: by then the same empty field means the same."""
    person, detention = detained(site)
    form = site.signed_in_as(Role.MONITOR).page(f"/detentions/{detention}/entries/1/correct").fields
    token = site.page(f"/detentions/{detention}/entries/1/correct").fields["csrf_token"]
    sent = {**form, "csrf_token": token, "agency": "riot_police", "because": "new_information"}
    assert site.post(f"/detentions/{detention}/entries/1/correct", sent).status_code == 303
    told = file_of(site, person) or ""
    assert told.count("They hit me") == 5
    assert told.count("by the fountain") >= 2


@pytest.mark.parametrize("page", ["/people/{person}", "/detentions/{detention}/entries/1/correct"])
def test_who_corrects_an_entry_reads_no_more_of_it_than_before(site: Site, page: str) -> None:
    """The correction carries on words that its author never saw, under the author's name."""
    person, detention = detained(site)
    monitor = site.signed_in_as(Role.MONITOR)
    corrected = monitor.fill(f"/detentions/{detention}/entries/1/correct", minor="no", because="mistake", reason_words="Misread.")
    assert corrected.status_code == 303
    told = monitor.page(page.format(person=person, detention=detention)).text
    assert "They hit me" not in told
    assert "Misread" in (file_of(monitor, person) or "")
    assert "They hit me" in (file_of(site, person) or "")


def test_who_corrects_an_entry_reads_over_the_words_they_put_in_its_place(site: Site) -> None:
    person, detention = detained(site)
    monitor = site.signed_in_as(Role.MONITOR)
    monitor.fill(f"/detentions/{detention}/entries/1/correct", words="They hit her.", because="mistake")
    told = file_of(monitor, person) or ""
    assert ("They hit her" in told, "They hit me" in told) == (True, False)


def test_who_corrects_the_first_entry_may_not_withdraw_the_record(site: Site) -> None:
    person, detention = detained(site)
    monitor, withdrawal = site.signed_in_as(Role.MONITOR), f"/detentions/{detention}/entries/1/withdraw"
    monitor.fill(f"/detentions/{detention}/entries/1/correct", minor="no", because="mistake")
    assert monitor.get(withdrawal).status_code == 403
    assert withdrawal not in monitor.page(f"/people/{person}").html
    _, own = detained(site, role=Role.MONITOR)
    assert monitor.get(f"/detentions/{own}/entries/1/withdraw").status_code == 200


def test_a_coordinator_sees_which_lawyers_have_a_file(site: Site) -> None:
    person, _ = detained(site)
    lawyer = site.signed_in_as(Role.LAWYER)
    assert "No lawyer has this file" in (file_of(site, person) or "")
    assigned(site, person, lawyer.account or new_id())
    name = site.tracker.vault.accounts.names()[lawyer.account or new_id()]
    for reader in (site, lawyer):
        assert f"Given to the lawyers: {name}." in (file_of(reader, person) or "")
    assert "Given to the lawyers" not in (file_of(site.signed_in_as(Role.MONITOR), person) or "")
