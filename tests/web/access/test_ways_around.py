"""Ways around the rules that somebody with an account, or with none, might try: each of them once led somewhere."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from domain.person import Person
from domain.record import new_id
from tests.web.access.test_reader import assigned, detained, entry, file_of
from tests.web.access.test_signing_in import age
from tests.web.seeding import opened, seed
from tests.web.site import Page, Site
from web import create_app
from web.access import sessions
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


def client_of(site: Site, lawyer: Site) -> UUID:
    """Somebody whose file, with a finding that another file is of the same person, is this lawyer's."""
    mine, same = detained(site, "Podzaschitny Gleb")[0], detained(site, "Podzaschitny Gleb")[0]
    assigned(site, mine, lawyer.account or new_id())
    site.tracker.catch_up(site.tracker.casebook.find_to_be(entry(site), mine, other=same))
    return mine


def sent(browser: Site, path: str, **values: str) -> int:
    """Whatever a form would have held: the answer to what is sent without having been asked for."""
    fields = {**browser.page("/people/search").fields, **browser.page("/account").fields}
    token = next(line.split('value="')[1].split('"')[0] for line in browser.page("/account").html.split("<") if "csrf" in line)
    return browser.post(path, {**fields, "csrf_token": token, "command": str(new_id()), **values}).status_code


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
    assert (file_of(site, person) or "").count("They hit me") == 2
