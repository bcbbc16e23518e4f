"""Ways around the rules that somebody with an account, or with none, might try: each of them once led somewhere."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from uuid import UUID

import pytest
from sqlalchemy import event

from domain.person import Person
from domain.record import new_id
from tests.web.access.test_reader import assigned, detained, entry, file_of, released
from tests.web.access.test_signing_in import age, sign_in
from tests.web.seeding import opened, seed
from tests.web.site import Page, Site
from web import create_app
from web.access import one_time, passphrases, sessions
from web.access.roles import Role

FOREIGN = "Chuzhoy Oleg"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, places: Path) -> Iterator[Site]:
    with opened(tmp_path_factory.mktemp("around"), places) as tracker:
        yield Site(tracker, create_app(tracker), seed(tracker))


def newcomer(site: Site, role: Role) -> Site:
    """Somebody with an account of their own."""
    browser = site.signed_in_as(None)
    browser.sign_in(site.tracker.door.credentials.add(f"n{new_id().hex[-12:]}", role).account)
    return browser


def shown_by_app(site: Site, account: UUID) -> str:
    """The code of the moment."""
    return one_time.code_at(site.tracker.door.credentials.secret_of(account), int(time.time() // one_time.STEP))


def client_of(site: Site, lawyer: Site) -> UUID:
    """Somebody whose file, with a finding that another file is of the same person, is this lawyer's."""
    mine, same = detained(site, "Podzaschitny Gleb")[0], detained(site, "Podzaschitny Gleb")[0]
    assigned(site, mine, lawyer.account or new_id())
    site.tracker.catch_up(site.tracker.casebook.find_to_be(entry(site), mine, other=same))
    return mine


def token_of(browser: Site) -> dict[str, str]:
    """What every form holds."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.page("/account").html)
    return {"csrf_token": found[1] if found is not None else ""}


def sent(browser: Site, path: str, **values: str) -> int:
    """The answer to a form that nobody was shown."""
    return browser.post(path, {**token_of(browser), "command": str(new_id()), **values}).status_code


def test_a_lawyer_does_not_reach_a_file_by_correcting_whose_file_is_whose(site: Site) -> None:
    lawyer, (foreign, _) = newcomer(site, Role.LAWYER), detained(site, FOREIGN)
    mine = client_of(site, lawyer)
    path = f"/people/{mine}/entries/4/correct"
    assert lawyer.get(path).status_code == 403
    assert sent(lawyer, path, other=str(foreign), because="mistake") == 403
    assert FOREIGN not in (file_of(lawyer, foreign) or "")
    assert f"{mine}/entries/4/" not in lawyer.page(f"/people/{mine}").html
    assert f"{mine}/entries/2/correct" in lawyer.page(f"/people/{mine}").html, "what is theirs to correct is offered"
    assert site.fill(path, basis="document", because="mistake").status_code == 303, "a coordinator may"


def test_a_lawyer_hands_no_file_on_by_correcting_or_withdrawing_an_assignment(site: Site) -> None:
    lawyer, friend = newcomer(site, Role.LAWYER), newcomer(site, Role.LAWYER)
    mine = client_of(site, lawyer)
    assert sent(lawyer, f"/people/{mine}/entries/3/correct", counsel=str(friend.account), because="mistake") == 403
    assert sent(lawyer, f"/people/{mine}/entries/3/withdraw", because="mistake") == 403
    assert file_of(friend, mine) is None
    assert file_of(lawyer, mine) is not None


def test_a_coordinator_proves_anew_who_they_are_before_an_assignment_is_corrected_or_withdrawn(site: Site) -> None:
    mine, coordinator = client_of(site, newcomer(site, Role.LAWYER)), newcomer(site, Role.COORDINATOR)
    age(site, confirmed=sessions.CONFIRMED_FOR)
    for act in ("correct", "withdraw"):
        assert coordinator.get(f"/people/{mine}/entries/3/{act}").location.startswith("/confirm?")
        assert sent(coordinator, f"/people/{mine}/entries/3/{act}", because="mistake") == 401
    assert coordinator.get(f"/people/{mine}/entries/4/correct").status_code == 200


@pytest.mark.parametrize("role", [Role.MONITOR, Role.LAWYER])
def test_a_request_to_be_forgotten_is_not_taken_back_by_who_could_not_cancel_it(site: Site, role: Role) -> None:
    browser = newcomer(site, role)
    person = client_of(site, browser)
    asked = {"asked_by": "person", "verified_by": "in_person", "because": "wish"}
    site.tracker.catch_up(site.tracker.casebook.request_forgetting(entry(site), person, **asked))
    for act in ("correct", "withdraw"):
        assert sent(browser, f"/people/{person}/entries/5/{act}", **asked) == 403
    assert site.tracker.casebook.standing(Person, person).forgetting is not None


def test_a_monitor_does_not_come_to_read_words_by_correcting_what_stands_beside_them(site: Site) -> None:
    person, detention = detained(site)
    monitor, path = newcomer(site, Role.MONITOR), f"/detentions/{detention}/entries/1/correct"
    assert monitor.fill(path, agency="riot_police", because="new_information").status_code == 303
    assert "They hit me" not in (file_of(monitor, person) or "")
    assert "They hit me" not in monitor.page(path).html
    assert monitor.fill(path, words="Two of them.", because="new_information").status_code == 303
    told = file_of(monitor, person) or ""
    assert ("They hit me" in told, "Two of them" in told) == (False, True), "what they typed themselves they read over"
    assert (file_of(site, person) or "").count("They hit me") == 5, "in both lines and their steps"


def test_a_stranger_who_types_somebodys_name_keeps_nobody_inside_from_proving_who_they_are(site: Site) -> None:
    handed = site.tracker.door.credentials.add("kira", Role.ADMIN)
    kira, stranger = site.signed_in_as(None), site.signed_in_as(None)
    kira.sign_in(handed.account)
    for name in ("kira", "unlock", " unlock", ""):
        for _ in range(5):
            sign_in(stranger, name, "wrong", "000000")
    assert sign_in(stranger, "kira", handed.passphrase, shown_by_app(site, handed.account)).status_code == 429
    assert sent(kira, "/confirm", passphrase=handed.passphrase, to="/") == 303
    assert sent(kira, "/admin/unlock", passphrase="wrong") == 422


def test_strangers_at_the_door_leave_threads_for_those_inside(site: Site) -> None:
    """Each of eight threads waited its turn to compute a hash, and no page was answered meanwhile."""
    begun, answers, turned_away = Barrier(8), list[bool](), list[bool]()

    def knock() -> None:
        begun.wait()
        try:
            answers.append(passphrases.is_right(passphrases.nobodys(), "wrong"))
        except passphrases.TooBusy:
            turned_away.append(True)

    passphrases.nobodys()
    threads = [Thread(target=knock) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert turned_away
    assert len(answers) >= passphrases.AT_MOST, "and those who had come first were answered"


def test_attempts_that_come_too_fast_do_not_fill_the_access_log(site: Site) -> None:
    stranger = site.signed_in_as(None)
    for _ in range(5):
        sign_in(stranger, "flooder", "wrong", "000000")
    before = site.tracker.access.log.last()
    assert {sign_in(stranger, "flooder", "wrong", "000000").status_code for _ in range(10)} == {429}
    assert site.tracker.access.log.last() <= before + 1


def test_no_passphrase_stands_on_a_page(site: Site) -> None:
    handed = site.tracker.door.credentials.add("late", Role.ADMIN)
    browser = site.signed_in_as(None)
    browser.sign_in(handed.account)
    form = token_of(browser)
    age(site, confirmed=sessions.CONFIRMED_FOR)
    asked = browser.post("/admin/unlock", {**form, "passphrase": "of the vault"})
    assert (asked.status_code, "of the vault" in asked.get_data(as_text=True)) == (401, False)
    age(site, begun=sessions.ABSOLUTE)
    late = {**form, "passphrase": handed.passphrase, "to": "/admin/health", "sent": "1", "kept.what": "end"}
    asked = browser.post("/confirm", late)
    assert (asked.status_code, handed.passphrase in asked.get_data(as_text=True)) == (401, False)
    page = Page(asked.get_data(as_text=True))
    assert (page.fields["to"], page.fields["kept.what"]) == (["/admin/health"], ["end"])


def test_a_search_asks_the_views_the_same_whether_or_not_a_hidden_name_is_on_record(site: Site) -> None:
    lawyer = newcomer(site, Role.LAWYER)
    client_of(site, lawyer)
    detained(site, "Redkofamilny Oleg")
    asked: list[str] = []
    event.listen(site.tracker.reader, "before_cursor_execute", lambda *told: asked.append(str(told[2])))
    told = {}
    for name in ("Nikogdanebylo", "Redkofamilny", "Nigdenebylo", "Podzaschitny"):
        asked.clear()
        assert sent(lawyer, "/people/search", name=name) == 200
        told[name] = list(asked)
    assert told["Nigdenebylo"] == told["Redkofamilny"]
    assert told["Podzaschitny"] != told["Redkofamilny"], "the control: who is found is looked up"


def test_no_number_opened_as_an_incident_tells_a_monitor_that_its_person_was_forgotten(site: Site) -> None:
    person, detention = detained(site)
    released(site, detention, timedelta(days=3))
    monitor = newcomer(site, Role.MONITOR)
    site.tracker.vault.forget(person)
    site.tracker.catch_up(site.tracker.casebook.admit_forgotten(entry(site), person))
    assert [monitor.get(f"/incidents/{record}").status_code for record in (person, detention, new_id())] == [404] * 3
