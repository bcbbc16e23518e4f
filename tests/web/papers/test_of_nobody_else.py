"""A paper is about one person: of a case that several share it holds what concerns this one and all, and no word of others."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from domain.access import Access
from domain.proceeding import Proceeding
from tests.trackers import clock
from tests.web.forgetting.homes import approved, entry
from tests.web.papers.reading import EVERYTHING, made, strangers_words, words
from tests.web.seeding import opened
from tests.web.shared_cases import COURT, NUMBER, OF_ALL, OF_SECOND, case_against, person, shared
from tests.web.site import Site, account_of
from web import create_app
from web.access.roles import Role
from web.forgetting.carrying_out import carry_out
from web.papers import known


@pytest.fixture
def home(tmp_path: Path, places: Path) -> Iterator[Site]:
    """An installation in which nothing was recorded."""
    with opened(tmp_path / "home", places) as tracker:
        yield Site(tracker, create_app(tracker), None)  # type: ignore[arg-type]


def test_what_a_court_did_to_somebody_else_in_the_same_case_is_not_on_it(home: Site) -> None:
    first, second = person(home, "Perveyev Ilya"), person(home, "Vtorova Anna")
    shared(home, first, second)
    of_first, of_second = (words(made(home, one, *EVERYTHING)) for one in (first, second))
    assert ("compulsory work" in of_first, "acquitted" in of_first) == (True, False)
    assert ("compulsory work" in of_second, "acquitted" in of_second) == (False, True)


def joined_once(home: Site) -> tuple[UUID, UUID, str]:
    """Two files read together until this position, and told apart since; the first is the lawyer's."""
    book, first, second = home.tracker.casebook, person(home, "Perveyev Ilya"), person(home, "Vtorova Anna")
    book.assign_counsel(entry(home.tracker), first, counsel=account_of(home.tracker, Role.LAWYER))
    book.leave_country(entry(home.tracker), second, when=clock(5, 8))
    book.find_to_be(entry(home.tracker), first, other=second)
    home.tracker.bring_up_to_date()
    then = str(home.recorded())
    book.tell_apart(entry(home.tracker), first, other=second)
    home.tracker.bring_up_to_date()
    return first, second, then


def test_what_was_once_read_with_the_file_and_is_somebody_elses_today_is_on_no_paper_of_then(home: Site) -> None:
    first, _, then = joined_once(home)
    assert "Left the country" not in words(made(home.signed_in_as(Role.LAWYER), first, *EVERYTHING, position=then))
    assert "Left the country" in words(made(home, first, *EVERYTHING, position=then)), "who may open both reads both"


def test_of_who_was_forgotten_since_no_paper_of_then_holds_anything(home: Site) -> None:
    first, second, then = joined_once(home)
    carry_out(home.tracker, entry(home.tracker), second, approved(home.tracker, second))
    home.tracker.bring_up_to_date()
    assert "Left the country" not in words(made(home, first, *EVERYTHING, position=then))


@pytest.fixture
def case(home: Site) -> tuple[UUID, UUID, UUID]:
    """A case against two people."""
    first, second = person(home, "Perveyev Ilya"), person(home, "Vtorova Anna")
    return first, second, shared(home, first, second)


def test_the_number_and_the_court_of_a_shared_case_stand_on_it_and_words_that_may_name_the_others_do_not(
    home: Site, case: tuple[UUID, UUID, UUID]
) -> None:
    first, second, number = case
    papers = [(one, words(made(home, one, *EVERYTHING))) for one in (first, second)]
    for (one, told), other in zip(papers, ("Vtorova", "Perveyev"), strict=True):
        assert NUMBER in told
        assert COURT in told
        assert other not in told
        assert strangers_words(home, told, {one}, {number}) == set()
    assert OF_SECOND in papers[1][1], "what was said of this one alone is theirs"


def test_the_control_what_its_maker_may_read_on_the_page_would_be_found(home: Site, case: tuple[UUID, UUID, UUID]) -> None:
    first, _, number = case
    page = home.page(f"/people/{first}").text
    assert strangers_words(home, page, {first}, {number}) == {OF_ALL}


def test_with_the_words_of_all_let_onto_it_the_comparison_fails(
    home: Site, case: tuple[UUID, UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _, number = case
    monkeypatch.setattr(known, "may_stand", lambda db, files: lambda text: True)
    assert strangers_words(home, words(made(home, first, *EVERYTHING)), {first}, {number}) == {OF_ALL}


def test_of_a_case_that_is_this_persons_alone_every_word_is_theirs(home: Site) -> None:
    who = person(home, "Perveyev Ilya")
    number = case_against(home, who)
    assert OF_ALL in words(made(home, who, *EVERYTHING))
    joined = person(home, "Vtorova Anna")
    home.tracker.casebook.join_proceeding(entry(home.tracker), number, person=joined)
    home.tracker.casebook.withdraw(Proceeding, entry(home.tracker), number, 3, because="mistake")
    home.tracker.bring_up_to_date()
    assert OF_ALL not in words(made(home, who, *EVERYTHING)), "once somebody else was said to be in it, they may be named there"


def test_its_lawyer_has_the_number_and_the_court_on_it_too_and_that_they_were_opened_is_written_down(
    home: Site, case: tuple[UUID, UUID, UUID]
) -> None:
    first, _, number = case
    lawyer = account_of(home.tracker, Role.LAWYER)
    home.tracker.catch_up(home.tracker.casebook.assign_counsel(entry(home.tracker), first, counsel=lawyer))
    before = home.tracker.access.log.last()
    told = words(made(home.signed_in_as(Role.LAWYER), first, *EVERYTHING))
    assert NUMBER in told
    assert COURT in told
    assert OF_ALL not in told
    acts = [told.event for told in home.tracker.access.log.page(before, 100)]
    read = [act for act in acts if isinstance(act, Access.Read) and number in act.persons]
    assert {field for act in read for field in act.fields} == {"case_number", "place"}
