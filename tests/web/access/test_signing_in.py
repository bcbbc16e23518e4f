"""The way in, as a browser sees it: one answer for whatever is wrong, slowed down, and sessions that die as they are said to."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from tests.web.seeding import MOSCOW, opened, seed
from tests.web.site import HOST, Page, Site, account_of
from web import create_app
from web.access import cookie, one_time, sessions
from web.access.credentials import Handed
from web.access.passphrases import WORDS, made, nobodys, word_list
from web.access.roles import Role
from web.access.throttle import Throttle
from web.vault import VaultError
from web.vault.tables import sessions as session_rows


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, places: Path) -> Iterator[Site]:
    with opened(tmp_path_factory.mktemp("door"), places) as tracker:
        yield Site(tracker, create_app(tracker), seed(tracker), role=None)


@pytest.fixture
def browser(site: Site) -> Site:
    """Another browser, not signed in."""
    return site.signed_in_as(None)


@pytest.fixture(scope="module")
def vera(site: Site) -> Handed:
    return site.tracker.door.credentials.add("vera", Role.COORDINATOR)


def code(site: Site, handed: Handed) -> str:
    """A code that was not used yet: the next step's, which the clock's tolerance lets in."""
    with site.tracker.vault.storage.writing() as db:
        db.exec_driver_sql("UPDATE credentials SET last_step = 0")
        db.exec_driver_sql("DELETE FROM attempts")
    return one_time.code_at(site.tracker.door.credentials.secret_of(handed.account), int(time.time() // one_time.STEP))


def sign_in(site: Site, name: str, passphrase: str, typed: str, **more: str) -> Any:
    form = site.page("/sign-in").fields
    return site.post("/sign-in", {**form, "name": name, "passphrase": passphrase, "code": typed, **more})


def age(site: Site, **moments: int) -> None:
    """Set the clock of every session back by so many seconds."""
    with site.tracker.vault.storage.writing() as db:
        columns = {name: session_rows.c[name] - seconds for name, seconds in moments.items()}
        db.execute(update(session_rows).values(**columns))


def test_a_passphrase_has_ninety_bits() -> None:
    assert len(set(word_list())) ** WORDS >= 2**90
    assert len(made().split(" ")) == WORDS
    assert made() != made()


def test_whoever_is_not_signed_in_is_shown_the_way_in_and_nothing_else(browser: Site) -> None:
    for path in ("/", "/people", f"/people/{browser.seeded.long}", "/figures", "/about", "/account", f"/cities/{MOSCOW}"):
        answer = browser.get(path)
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in")
    assert "Testova" not in browser.page("/sign-in").text


def test_name_passphrase_and_code_open_and_the_page_asked_for_comes_next(browser: Site, vera: Handed) -> None:
    answer = sign_in(browser, " VERA ", vera.passphrase.upper(), code(browser, vera), to=f"/people/{browser.seeded.long}")
    assert (answer.status_code, answer.location) == (303, f"/people/{browser.seeded.long}")
    given = next(header for header in answer.headers.getlist("Set-Cookie") if header.startswith(cookie.PLAIN))
    assert all(part in given for part in ("HttpOnly", "SameSite=Strict", "Path=/"))
    assert "Testova" in browser.page(answer.location).text


def test_over_https_and_onion_the_cookie_is_the_hosts_alone(site: Site, vera: Handed) -> None:
    app = create_app(site.tracker, hosts={"khronika.onion", "127.0.0.1"})
    for base, host in ((f"https://{HOST}", HOST), ("http://khronika.onion", "khronika.onion")):
        client = app.test_client()
        asked = {"Host": host, "Accept-Language": "en"}
        page = Page(client.get("/sign-in", base_url=base, headers=asked).get_data(as_text=True))
        filled = {**page.fields, "name": "vera", "passphrase": vera.passphrase, "code": code(site, vera)}
        answer = client.post("/sign-in", base_url=base, data=filled, headers={**asked, "Origin": base, "Referer": f"{base}/"})
        assert answer.status_code == 303, answer.get_data(as_text=True)
        given = next(header for header in answer.headers.getlist("Set-Cookie") if header.startswith(cookie.GUARDED))
        assert all(part in given for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"))
        assert "Domain" not in given


@pytest.mark.parametrize(
    "wrong", [{"name": "nobody"}, {"passphrase": "x"}, {"code": "000000"}, {"name": "operator"}, {"code": ""}, {"name": "\x00"}]
)
def test_whatever_is_wrong_the_answer_is_the_same(browser: Site, vera: Handed, wrong: dict[str, str]) -> None:
    asked = {"name": "vera", "passphrase": vera.passphrase, "code": code(browser, vera), **wrong}
    answer = sign_in(browser, asked["name"], asked["passphrase"], asked["code"])
    assert answer.status_code == 401
    said = Page(answer.get_data(as_text=True))
    assert "Name, passphrase or code is not right." in said.text
    assert said.fields["passphrase"] == [""]
    assert browser.get("/people").status_code == 303


def test_known_and_unknown_names_cost_the_same_hash(site: Site, vera: Handed) -> None:
    """The times themselves are measured by ./scripts/bench; here only that neither way around the work exists."""
    with site.tracker.vault.storage.reading() as db:
        kept = db.exec_driver_sql("SELECT passphrase FROM credentials").scalar_one()
    assert nobodys().split("$")[:4] == kept.split("$")[:4], "argon2id with the same memory, time and lanes"
    assert "m=65536,t=4,p=2" in kept
    assert not site.tracker.door.credentials.are_right(None, vera.passphrase, code(site, vera))


def test_after_five_attempts_in_a_minute_a_name_has_to_wait_and_no_other_does(browser: Site, vera: Handed) -> None:
    right = code(browser, vera)
    for name in ("vera", "nobody at all"):
        for _ in range(5):
            assert sign_in(browser, name, "wrong", "000000").status_code == 401
        answer = sign_in(browser, name, vera.passphrase, right)
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 60
        assert "Too many attempts" in Page(answer.get_data(as_text=True)).text
    assert sign_in(browser, "somebody else", "wrong", "000000").status_code == 401
    throttle = site_throttle(browser)
    assert throttle.seconds_to_wait("vera", now=time.time() + 61) == 0, "never a lock-out"
    code(browser, vera)


def site_throttle(site: Site) -> Throttle:
    return site.tracker.door.throttle


def test_a_session_idles_out_and_the_passphrase_takes_it_up_with_the_form_kept(site: Site) -> None:
    handed = site.tracker.door.credentials.add("olga", Role.COORDINATOR)
    browser = site.signed_in_as(None)
    browser.sign_in(handed.account)
    form = browser.page("/protests/new").fields
    age(site, seen=sessions.IDLE + 1)
    assert browser.get("/people").location.startswith("/confirm?to=/people")
    before = browser.recorded()
    kept = browser.post("/protests/new", {**form, "when": "24.02.2022", "place": "Москва", "form": "rally"})
    assert kept.status_code == 401
    asked = Page(kept.get_data(as_text=True))
    assert asked.fields["kept.place"] == ["Москва"]
    assert browser.recorded() == before
    wrong = browser.post("/confirm", {**asked.fields, "passphrase": "wrong"})
    assert wrong.status_code == 401
    assert Page(wrong.get_data(as_text=True)).fields["kept.place"] == ["Москва"]
    back = browser.post("/confirm", {**asked.fields, "passphrase": handed.passphrase})
    again = Page(back.get_data(as_text=True))
    assert again.fields["place"] == ["Москва"]
    assert browser.recorded() == before
    assert browser.post("/protests/new", again.fields).status_code == 303
    assert browser.recorded() == before + 1


def test_a_monitor_on_watch_may_be_idle_for_an_hour(site: Site) -> None:
    monitor, coordinator = site.signed_in_as(Role.MONITOR), site.signed_in_as(Role.COORDINATOR)
    age(site, seen=sessions.IDLE + 1)
    assert (monitor.get("/people").status_code, coordinator.get("/people").status_code) == (200, 303)
    age(site, seen=sessions.IDLE_ON_WATCH)
    assert monitor.get("/people").status_code == 303


def test_after_eight_hours_a_session_is_over_whatever_is_typed(site: Site) -> None:
    browser = site.signed_in_as(Role.COORDINATOR)
    age(site, begun=sessions.ABSOLUTE)
    assert browser.get("/people").location.startswith("/sign-in")


def test_signing_in_changes_the_token_and_signing_out_ends_it(site: Site, vera: Handed) -> None:
    browser = site.signed_in_as(Role.COORDINATOR)
    old = browser.client.get_cookie(cookie.PLAIN, domain="127.0.0.1").value
    assert sign_in(browser, "vera", vera.passphrase, code(site, vera)).status_code == 303
    new = browser.client.get_cookie(cookie.PLAIN, domain="127.0.0.1").value
    assert new != old
    assert site.tracker.door.sessions.find(old) is None
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.page("/people").html)
    assert token is not None
    out = browser.post("/sign-out", {"csrf_token": token[1]})
    assert (out.status_code, out.headers["Clear-Site-Data"]) == (303, '"cache", "cookies", "storage"')
    assert site.tracker.door.sessions.find(new) is None


def test_a_role_changed_or_an_account_ended_counts_from_the_next_request(site: Site) -> None:
    handed = site.tracker.door.credentials.add("boris", Role.COORDINATOR)
    browser = site.signed_in_as(None)
    browser.sign_in(handed.account)
    assert browser.get("/people").status_code == 200
    site.tracker.door.accounts.change_role(handed.account, Role.JOURNALIST)
    assert browser.get("/people").status_code == 403
    site.tracker.door.accounts.end(handed.account)
    assert browser.get("/figures").location.startswith("/sign-in")


def test_new_credentials_end_every_other_session_and_want_a_fresh_proof(site: Site) -> None:
    handed = site.tracker.door.credentials.add("zoya", Role.LAWYER)
    here, elsewhere = site.signed_in_as(None), site.signed_in_as(None)
    for browser in (here, elsewhere):
        browser.sign_in(handed.account)
    token = re.search(r'name="csrf_token" value="([^"]+)"', here.page("/account").html)
    assert token is not None
    age(site, confirmed=sessions.CONFIRMED_FOR)
    asked = here.post("/account/renew", {"csrf_token": token[1]})
    assert asked.status_code == 401
    proof = {**Page(asked.get_data(as_text=True)).fields, "passphrase": handed.passphrase}
    assert here.post("/confirm", {**proof, "code": "000000"}).status_code == 401
    assert here.post("/confirm", {**proof, "code": code(site, handed)}).status_code == 200
    done = here.post("/account/renew", {"csrf_token": token[1]})
    assert "Passphrase" in Page(done.get_data(as_text=True)).text
    assert elsewhere.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


def test_old_and_strange_cookies_do_no_harm(browser: Site) -> None:
    for value in ("", "x", "0" * 4000, "é", "a.b.c", "../../etc/passwd", '"; DROP TABLE sessions'):
        browser.client.set_cookie(cookie.PLAIN, value, domain="127.0.0.1")
        browser.client.set_cookie("khronika", value, domain="127.0.0.1")
        assert browser.get("/people").status_code == 303
    token = browser.tracker.door.sessions.begin(account_of(browser.tracker, Role.COORDINATOR))
    browser.client.set_cookie(cookie.GUARDED, token, domain="127.0.0.1")
    assert browser.get("/people").status_code == 303, "a cookie of another kind of connection"


def test_the_demonstrations_buttons_do_not_exist_elsewhere(browser: Site) -> None:
    form = browser.page("/sign-in").fields
    assert browser.post("/sign-in/demonstration", {**form, "account": "vera"}).status_code == 404
    assert browser.get("/people").status_code == 303


def test_sign_ins_and_refusals_are_in_the_access_log(site: Site, vera: Handed) -> None:
    browser, before = site.signed_in_as(None), site.tracker.access.log.last()
    sign_in(browser, "vera", "wrong", "000000")
    sign_in(browser, "vera", vera.passphrase, code(site, vera))
    told: list[Any] = [told.event for told in site.tracker.access.log.page(before, 10)]
    assert [type(event).__name__ for event in told] == ["Refused", "SignedIn"]
    assert told[0].account == told[1].account == vera.account


def test_a_form_kept_past_the_end_of_a_session_is_its_owners_alone(site: Site) -> None:
    owner, other = (site.tracker.door.credentials.add(name, Role.COORDINATOR) for name in ("masha", "dasha"))
    for who, is_kept in ((other, False), (owner, True)):
        browser = site.signed_in_as(None)
        browser.sign_in(owner.account)
        form = browser.page("/protests/new").fields
        age(site, begun=sessions.ABSOLUTE)
        late = browser.post("/protests/new", {**form, "when": "24.02.2022", "place": "Казань", "form": "rally"})
        assert late.status_code == 401
        asked = Page(late.get_data(as_text=True))
        assert asked.fields["kept.place"] == ["Казань"]
        proof = {"name": who.name, "passphrase": who.passphrase, "code": who.codes[0]}
        answer = browser.post("/sign-in", {**asked.fields, **proof})
        assert ("Казань" in answer.get_data(as_text=True)) is is_kept
        assert answer.status_code == (200 if is_kept else 303)
        if is_kept:
            assert browser.post("/protests/new", Page(answer.get_data(as_text=True)).fields).status_code == 303


def test_signing_out_after_the_end_empties_the_browser_all_the_same(site: Site) -> None:
    browser = site.signed_in_as(Role.COORDINATOR)
    token = browser.page("/protests/new").fields["csrf_token"]
    age(site, begun=sessions.ABSOLUTE)
    answer = browser.post("/sign-out", {"csrf_token": token})
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (303, '"cache", "cookies", "storage"')


def test_of_two_administrators_one_is_always_left(tmp_path: Path, places: Path) -> None:
    with opened(tmp_path / "home", places) as tracker:
        accounts = tracker.door.accounts
        one, other = (tracker.door.credentials.add(name, Role.ADMIN).account for name in ("one", "other"))
        accounts.end(one)
        with pytest.raises(VaultError, match="last_admin"):
            accounts.end(other)
        with pytest.raises(VaultError, match="last_admin"):
            accounts.change_role(other, Role.MONITOR)
        assert [account.id for account in accounts.all(Role.ADMIN) if not account.is_ended] == [other]
