"""As known on: a file read up to a position is what the log would tell that ended there, after today's consent and forgetting."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from flask import g

from domain.detention import Detention
from domain.errors import RuleBroken
from domain.incident import Incident
from domain.record import new_id
from tests.trackers import city, clock, entry, forget
from tests.web.custody import held, reading, up_to_date
from tests.web.seeding import opened
from tests.web.site import Page, Site
from web import create_app
from web.access.reader import Reader
from web.access.roles import Role
from web.desk import Desk
from web.desk import desk as the_desk
from web.lawyers.case_file import case_file_of
from web.lawyers.chronicle import Asked
from web.lawyers.known_on import Known, known_on
from web.vault.accounts import Account, add_account
from web.wiring import Tracker

NOW = datetime(2022, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, places: Path) -> Iterator[Site]:
    """An installation in which nothing was recorded."""
    with opened(tmp_path / "home", places) as tracker:
        yield Site(tracker, create_app(tracker), None)  # type: ignore[arg-type]


def test_what_was_recorded_later_is_not_there_and_what_was_corrected_later_reads_as_it_did(home: Site) -> None:
    person, detention = held(home)
    book = home.tracker.casebook
    book.record_delivery(entry(), detention, when=clock(6, 16, 40))
    before = up_to_date(home)
    book.correct(Detention, entry(), detention, 2, {"when": clock(6, 17), "place": None}, because="mistake")
    book.record_release(entry(), detention, when=clock(7, 15, 10))
    up_to_date(home)
    then, now = home.page(f"/people/{person}?on={before}").text, home.page(f"/people/{person}").text
    assert "16:40" in then
    assert not {"17:00", "released"}.intersection(then.replace(",", " ").split())
    assert f"position {before}." in then
    assert {"16:40", "17:00"} <= set(re.findall(r"\d\d:\d\d", now)), "the present shows both, one of them struck through"
    with pytest.raises(AssertionError):  # the control: a history that is not cut tells what was learned later
        assert "17:00" not in home.page(f"/people/{person}?on=").text


def test_clocks_are_read_at_the_moment_that_is_asked_for(home: Site) -> None:
    person, _ = held(home)
    with reading(home.tracker) as desk:
        up_to_date(home)
        early = case_file_of(desk, person, "en", Known(home.tracker.log.last(), clock(6, 17).latest), Asked())
    assert early is not None
    assert "due at 18:00" in " ".join(clock.text for clock in early.custodies[0].limits.duties)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("asked", "past"),
    [("", False), ("1", True), ("99999999", False), ("06.03.2022", True), ("6 March 2022 at 19:40", True), ("2022", True)],
)
def test_a_position_or_a_date_is_understood_as_people_write_it(home: Site, asked: str, past: bool) -> None:
    held(home)
    up_to_date(home)
    with reading(home.tracker) as desk:
        known = known_on(desk, asked)
    assert known.is_past is past
    if asked.startswith("0"):
        assert (known.position, known.moment) == (0, datetime(2022, 3, 6, 20, 59, 59, tzinfo=UTC)), "the end of the day in Moscow"


def test_a_number_that_looks_like_a_year_is_a_position_where_nothing_was_recorded_by_then() -> None:
    """Pages cite positions from 1900 to 2099 as any others; whoever asks for one must not be shown a file with nothing in it."""
    first = SimpleNamespace(event=SimpleNamespace(timestamp=datetime(2020, 11, 1, tzinfo=UTC)))
    log = SimpleNamespace(last=lambda: 2050, at=lambda wanted: dict.fromkeys(wanted, first), before=lambda moment: 7)
    desk = cast(Desk, SimpleNamespace(tracker=SimpleNamespace(log=log)))
    assert [known_on(desk, asked).position for asked in ("1943", "2019", "2021", "1042")] == [1943, 2019, 7, 1042]


def test_what_is_not_understood_is_said_and_the_present_shown(home: Site) -> None:
    person, _ = held(home)
    up_to_date(home)
    for asked in ("yesteryear", "01.01.2999"):
        answer = home.get(f"/people/{person}?on={asked}")
        assert answer.status_code == 422
        assert "The present is shown." in Page(answer.get_data(as_text=True)).text
        assert home.get(f"/people/{person}/difference?from={asked}").status_code == 422


def test_who_was_forgotten_is_forgotten_in_every_past_view(home: Site) -> None:
    person, _ = held(home)
    other, _ = held(home)
    book = home.tracker.casebook
    joined = book.find_to_be(entry(), other, other=person).position
    book.tell_apart(entry(), other, other=person)
    forget(book, person)
    up_to_date(home)
    for position in range(1, home.tracker.log.last() + 1):
        page = home.page(f"/people/{person}?on={position}").text
        assert "Forgotten at the person's wish" in page
        assert "Detained" not in page
        assert "Forgotten" in home.page(f"/people/{person}/difference?from={position}").text
    with reading(home.tracker) as desk:
        then = case_file_of(desk, other, "en", Known(joined, NOW), Asked())
    assert then is not None
    assert (list(then.merged), len(then.custodies)) == ([], 1), "nor is it read with a file it was once joined with"


def test_consent_withdrawn_today_holds_in_no_past_view(home: Site) -> None:
    person, _ = held(home)
    book = home.tracker.casebook
    given = book.give_consent(entry(), person, scopes=("publish_story",), given_by="person", form="written").position
    book.withdraw_consent(entry(), person, scopes=("publish_story",))
    up_to_date(home)
    page = home.page(f"/people/{person}?on={given}").text
    section = page.partition("Consent as of today")[2]
    assert "does not hold: withdrawn" in section
    assert "holds since" not in page
    assert f"/people/{person}/consent/publish_story/withdraw" not in home.page(f"/people/{person}?on={given}").html


def test_nothing_is_recorded_from_a_past_view(home: Site) -> None:
    person, _ = held(home)
    before = up_to_date(home)
    held(home)
    up_to_date(home)
    links = home.page(f"/people/{person}?on={before}").links
    assert not [link for link in links if "/add/" in link or "/entries/" in link]
    assert [link for link in home.page(f"/people/{person}").links if "/add/" in link], "the control: from the present it is"


def test_what_is_of_somebody_else_today_is_read_by_whoever_may_see_them(home: Site) -> None:
    mine, _ = held(home)
    theirs, _ = held(home)
    book, incident = home.tracker.casebook, new_id()
    book.record_incident(entry(), incident, person=mine, categories=("threat",), when=clock(6, 12), place=city())
    joined = book.find_to_be(entry(), mine, other=theirs).position
    book.tell_apart(entry(), mine, other=theirs)
    facts = {"protest": None, "person": theirs, "detention": None, "categories": ("threat",), "words": None}
    book.correct(Incident, entry(), incident, 1, {**facts, "when": clock(6, 12), "place": city()}, because="mistake")
    account = _lawyer(home.tracker)
    book.assign_counsel(entry(), mine, counsel=account.id)
    up_to_date(home)
    app = create_app(home.tracker)
    with app.test_request_context("/"):
        g.reader = Reader(account, Role.LAWYER)
        then = case_file_of(the_desk(), mine, "en", Known(joined, NOW), Asked())
    assert then is not None
    assert (list(then.merged), len(then.custodies), then.left_out) == ([], 1, 2)
    with reading(home.tracker) as desk:
        full = case_file_of(desk, mine, "en", Known(joined, NOW), Asked())
    assert full is not None
    assert (list(full.merged), len(full.custodies), full.left_out) == ([theirs], 2, 0), "the control: who may see both reads both"


def _lawyer(tracker: Tracker) -> Account:
    with tracker.vault.storage.writing() as db:
        return Account(add_account(db, "counsel", Role.LAWYER), "counsel", Role.LAWYER, (), False)


def test_an_unknown_hour_of_the_log_is_before_everything(home: Site) -> None:
    person, _ = held(home)
    up_to_date(home)
    page = home.page(f"/people/{person}?on=24.02.2022").text
    assert "Nothing was on record of this person then." in page
    with pytest.raises(RuleBroken), reading(home.tracker) as desk:
        known_on(desk, "31.02.2022")


def test_a_name_given_later_was_not_known(home: Site) -> None:
    person, _ = held(home)
    before = up_to_date(home)
    book = home.tracker.casebook
    name = home.tracker.vault.mint([person]).seal(person, person, "name", "Vera")
    book.name_person(entry(), person, name=name, kind="full")
    up_to_date(home)
    assert "Vera" not in home.page(f"/people/{person}?on={before}").text
    assert "Vera" in home.page(f"/people/{person}").text
