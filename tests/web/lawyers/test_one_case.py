"""A case has a page of its own: its defendants as links to the files its reader may open, what runs for each, every entry."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from domain.proceeding import Proceeding
from tests.trackers import clock
from tests.web.custody import held
from tests.web.forgetting.homes import approved, entry
from tests.web.lawyers.test_record_alone import entries, records_at
from tests.web.seeding import opened
from tests.web.shared_cases import NUMBER, OF_ALL, OF_SECOND, case_against, person, shared
from tests.web.site import Site, account_of
from web import create_app
from web.access.roles import Role
from web.forgetting.carrying_out import carry_out


@pytest.fixture
def home(tmp_path: Path, places: Path) -> Iterator[Site]:
    """An installation in which nothing was recorded."""
    with opened(tmp_path / "home", places) as tracker:
        yield Site(tracker, create_app(tracker), None)  # type: ignore[arg-type]


@pytest.fixture
def case(home: Site) -> tuple[UUID, UUID, UUID]:
    """Against two people, the first of whom is the lawyer's."""
    first, second = person(home, "Perveyev Ilya"), person(home, "Vtorova Anna")
    number = shared(home, first, second)
    lawyer = account_of(home.tracker, Role.LAWYER)
    home.tracker.catch_up(home.tracker.casebook.assign_counsel(entry(home.tracker), first, counsel=lawyer))
    return number, first, second


def test_it_names_the_defendants_and_tells_of_each_how_far_it_has_come(home: Site, case: tuple[UUID, UUID, UUID]) -> None:
    number, first, second = case
    page = home.page(f"/proceedings/{number}")
    assert {f"/people/{first}", f"/people/{second}"} <= set(page.links)
    assert f"Perveyev Ilya {first.hex[-8:]} Stage ruled: found guilty" in page.text
    assert f"Vtorova Anna {second.hex[-8:]} Stage ruled: acquitted" in page.text
    assert NUMBER in page.text
    assert f"/people/{first}/paper?of={number}" in page.links


def test_every_entry_is_there_in_order_and_says_whom_of_them_it_concerns(home: Site, case: tuple[UUID, UUID, UUID]) -> None:
    number, *_ = case
    page = home.page(f"/proceedings/{number}")
    assert records_at(home, entries(page)) == {number}
    assert len(entries(page)) == 4
    assert entries(page) == list(reversed(entries(home.page(f"/proceedings/{number}?order=newest"))))
    before, _, after = page.text.partition("Vtorova Anna Ruling on 7 March 2022 at 17:00, acquitted")
    assert "Perveyev Ilya Ruling on 7 March 2022 at 16:00, found guilty" in before
    assert OF_SECOND in after


def test_counsel_of_one_reads_of_the_others_that_there_are_some(home: Site, case: tuple[UUID, UUID, UUID]) -> None:
    number, first, second = case
    page = home.signed_in_as(Role.LAWYER).page(f"/proceedings/{number}")
    assert f"/people/{first}" in page.links
    assert "1 more defendant, whose file is not yours to open" in page.text
    assert NUMBER in page.text
    assert len(entries(page)) == 3
    for kept in ("Vtorova", OF_ALL, OF_SECOND, "acquitted", str(second), second.hex[-8:]):
        assert kept not in page.html
    for kept in ("Vtorova", OF_ALL, OF_SECOND, "acquitted"):
        assert kept in home.page(f"/proceedings/{number}").html, "the control: who may open both files reads it"


def test_what_runs_for_somebody_is_what_their_file_says(home: Site) -> None:
    who, detention = held(home)
    number = case_against(home, who, detention=detention, kind="criminal", article="uk-318")
    home.tracker.casebook.record_ruling(entry(home.tracker), number, outcome="guilty", when=clock(8, 10))
    home.tracker.bring_up_to_date()
    file, page = home.page(f"/people/{who}").text, home.page(f"/proceedings/{number}").text
    runs = "appeal against the sentence (from"
    told = file[file.rindex(runs) :].partition("]")[0]
    assert "whether in custody is not known" not in told, "the file knows, and it moves the day"
    assert told in page


def test_a_case_of_nobody_of_theirs_is_no_page(home: Site) -> None:
    other = person(home, "Tretyev Oleg")
    number = case_against(home, other)
    for role in (Role.LAWYER, Role.MONITOR):
        assert home.signed_in_as(role).get(f"/proceedings/{number}").status_code == 404
    assert home.get(f"/proceedings/{other}").status_code == 404, "a person is no case"


def test_who_was_forgotten_is_counted_and_not_named(home: Site, case: tuple[UUID, UUID, UUID]) -> None:
    number, first, second = case
    carry_out(home.tracker, entry(home.tracker), second, approved(home.tracker, second))
    home.tracker.bring_up_to_date()
    page = home.page(f"/proceedings/{number}")
    assert "1 defendant was forgotten" in page.text
    for kept in ("Vtorova", OF_ALL, NUMBER, "acquitted", str(second), second.hex[-8:]):
        assert kept not in page.html
    assert f"/people/{first}" in page.links


def test_who_was_named_by_mistake_is_no_defendant(home: Site) -> None:
    who, other = person(home, "Perveyev Ilya"), person(home, "Vtorova Anna")
    number = case_against(home, who)
    home.tracker.casebook.join_proceeding(entry(home.tracker), number, person=other)
    home.tracker.casebook.withdraw(Proceeding, entry(home.tracker), number, 3, because="mistake")
    home.tracker.bring_up_to_date()
    page = home.page(f"/proceedings/{number}")
    assert f"/people/{other}" not in page.links
    assert "One more person proceeded against" in page.text, "the entry stays readable, struck through"


def test_what_is_recorded_from_the_page_of_a_case_leads_back_to_it_and_from_a_file_to_the_file(
    home: Site, case: tuple[UUID, UUID, UUID]
) -> None:
    number, first, _ = case
    told = {"person": str(first), "against": "ruling"}
    assert home.fill(f"/proceedings/{number}/add/appealed", **told).location.startswith(f"/proceedings/{number}?saved=new")
    assert home.fill(f"/proceedings/{number}/add/appealed?of={first}", **told).location.startswith(f"/people/{first}?saved=new")
    assert "Appeal filed" in home.page(f"/proceedings/{number}").text


def test_a_withdrawn_case_says_so_and_takes_no_more(home: Site, case: tuple[UUID, UUID, UUID]) -> None:
    number, first, _ = case
    home.tracker.casebook.withdraw(Proceeding, entry(home.tracker), number, None, because="mistake")
    home.tracker.bring_up_to_date()
    page = home.page(f"/proceedings/{number}")
    assert "This case was withdrawn" in page.text
    assert "/add/" not in page.html
    assert f"/people/{first}" in page.links
