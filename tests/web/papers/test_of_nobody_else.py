"""A paper is about one person: of a case that several share it holds what concerns this one and all, and of nobody else a word."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.trackers import clock
from tests.web.forgetting.homes import approved, entry
from tests.web.papers.reading import EVERYTHING, made, words
from tests.web.seeding import opened
from tests.web.shared_cases import person, shared
from tests.web.site import Site, account_of
from web import create_app
from web.access.roles import Role
from web.forgetting.carrying_out import carry_out


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
