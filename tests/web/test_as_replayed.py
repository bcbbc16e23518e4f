"""As known at a position is what a log that ends there tells: every page of a case file, letter by letter, after today's consent
and forgetting. And as known at the last position is the present."""

from collections.abc import Iterator
from difflib import unified_diff
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.detention import Detention
from domain.incident import Incident
from domain.person import Person
from domain.record import new_id
from tests import stories, stories_of_cases, stories_of_wishes
from tests.projections.doings import Doing, Doings, doings
from tests.projections.homes import fresh, thoroughly
from tests.stories import at, on
from tests.trackers import city, clock, entry, forget
from tests.web.custody import reading
from tests.web.seeding import opened
from tests.web.story_desk import SealingDesk
from tests.web.whole_files import PARTS, cut, file_of, forgotten_in, of_the_forgotten, pages
from web.wiring import Tracker


def must_be_replayed(
    home: Path, places: Path, tracker: Tracker, people: list[UUID], incidents: list[UUID], position: int, *, turned: bool = False
) -> int:
    """Compares the file of everybody with whom nobody forgotten was read. Returns how many had one by then."""
    gone = [one for one in people if tracker.casebook.is_forgotten(one)]
    persons = [one for one in people if not forgotten_in(tracker, one, position)]
    hidden = of_the_forgotten(tracker, incidents, gone)
    with reading(tracker) as desk:
        today = {one: file_of(desk, one, None) for one in persons}
        first = {one: file_of(desk, one, position) for one in persons}
        then = {one: pages(desk, one, position, today[one], turned=turned) for one in persons}
    compared = 0
    with cut(home, position, places, gone) as ended, reading(ended) as desk:
        for person in persons:
            told, asked = file_of(desk, person, None), first[person]
            assert asked is not None
            if told is None:
                assert (asked.chronicle.total, asked.custodies, asked.exhibits.listed) == (0, [], []), "nobody had opened it"
            elif hidden.intersection(line.record for line in told.chronicle.lines):
                assert not hidden.intersection(line.record for line in asked.chronicle.lines), "is of somebody forgotten today"
            else:
                replayed = pages(desk, person, None, today[person], turned=turned)
                differ = [one for one in zip(then[person], replayed, strict=True) if one[0] != one[1]]
                assert [list(unified_diff(one.splitlines(), other.splitlines(), n=0)) for one, other in differ] == []
                compared += 1
    return compared


def must_be_the_present(tracker: Tracker, people: list[UUID]) -> None:
    last = tracker.log.last()
    with reading(tracker) as desk:
        for person in people:
            assert pages(desk, person, last, turned=True) == pages(desk, person, None, turned=True), "the last is the present"


@thoroughly
@given(done=doings(least=15, most=35), at=st.integers(1, 100))
def test_as_known_at_a_position_is_what_a_log_that_ends_there_tells(places: Path, done: list[Doing], at: int) -> None:
    with fresh() as address:
        home = address.folder / "home"
        with opened(home, places) as tracker:
            doing = Doings(tracker.casebook)
            last = doing.do(done)
            if not last:
                return
            tracker.bring_up_to_date()
            must_be_the_present(tracker, doing.people)
            must_be_replayed(home, places, tracker, doing.people, doing.incidents, 1 + at % last)


class Told:
    """An installation in which the stories of people were told, and what became of them: consent withdrawn, a co-defendant
    forgotten, files joined and told apart, times corrected, an incident that was done to another."""

    def __init__(self, tracker: Tracker) -> None:
        desk, book = SealingDesk(tracker), tracker.casebook
        activist = stories.an_activist_is_held_for_a_day(desk)
        photographed = stories.a_woman_in_a_photograph(desk)
        remanded, _ = stories_of_cases.two_months_in_custody_and_no_sentence(desk)
        pursued, fined, _ = stories_of_cases.eleven_years_of_pursuit(desk)
        tried, case = stories_of_cases.two_people_in_one_case(desk)
        left = stories_of_wishes.a_woman_who_left(desk)
        told = (activist, photographed, remanded, pursued, tried, left)
        self.people = [person for story in told for person in story.people]
        (woman,), (man,), (one, other) = activist.people, pursued.people, tried.people
        (held,) = activist.detentions
        book.withdraw_consent(entry(), woman, scopes=("publish_first_name",), when=on(3, 10))
        book.correct(Detention, entry(), held, 10, {"when": at(2, 26, 21), "kind": "after_protocol"}, because="mistake")
        book.record_delivery(entry(), held, when=at(2, 25, 20, 40))
        book.find_to_be(entry(), woman, other=man)
        book.tell_apart(entry(), woman, other=man)
        self.incident = new_id()
        book.record_incident(entry(), self.incident, person=one, categories=("threat",), when=clock(6, 12), place=city())
        facts = {"protest": None, "person": other, "detention": None, "categories": ("threat",), "words": None}
        book.correct(Incident, entry(), self.incident, 1, {**facts, "when": clock(6, 12), "place": city()}, because="mistake")
        book.record_effect(entry(), fined, when=on(6, 20))
        book.record_appeal(entry(), case, person=one, when=on(3, 15))
        book.withdraw(Detention, entry(), photographed.detentions[0], None, because="duplicate")
        page, mistaken = new_id(), new_id()
        address = desk.sealed(man, page, "address", "https://example.org/1")
        book.deposit_exhibit(entry(command=page), page, kind="page", person=man, address=address, captured_how="screenshot")
        book.open_person(entry(), mistaken)
        book.withdraw(Person, entry(), mistaken, None, because="mistake")
        self.people.append(mistaken)
        forget(book, other)
        forget(book, left.people[0])
        tracker.bring_up_to_date()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("told") / "home"


@pytest.fixture(scope="module")
def tracker(home: Path, places: Path) -> Iterator[Tracker]:
    with opened(home, places) as tracker:
        yield tracker


@pytest.fixture(scope="module")
def told(tracker: Tracker) -> Told:
    return Told(tracker)


def test_the_stories_read_at_any_position_as_a_log_that_ends_there_tells_them(
    home: Path, places: Path, tracker: Tracker, told: Told
) -> None:
    must_be_the_present(tracker, told.people)
    compared = [
        must_be_replayed(home, places, tracker, told.people, [told.incident], position, turned=True)
        for position in range(4, tracker.log.last(), 12)
    ]
    assert sum(compared) > len(compared), "more than one file at most of the positions"


def test_an_as_of_that_lets_one_later_entry_through_is_found(home: Path, places: Path, tracker: Tracker, told: Told) -> None:
    """The control: the next entry of a file, at every position before it."""
    man = told.people[4]
    with reading(tracker) as desk:
        now = file_of(desk, man, None)
        assert now is not None
        positions = sorted(now.chronicle.positions)
        for position, following in list(pairwise(positions))[::4]:
            leaking = pages(desk, man, following, now)
            assert pages(desk, man, position, now) != leaking
            with cut(home, position, places) as ended, reading(ended) as other:
                assert pages(other, man, None, now) != leaking


def test_a_leak_into_any_part_of_the_page_is_found(tracker: Tracker, told: Told) -> None:
    """The control of the comparison: at some position each part says less than today, and putting today's in shows."""
    found = set()
    with reading(tracker) as desk:
        for person in told.people:
            now = file_of(desk, person, None)
            assert now is not None
            for position in range(1, tracker.log.last(), 6):
                then = file_of(desk, person, position)
                assert then is not None
                for part in (one for one in PARTS if one not in found and getattr(then, one) != getattr(now, one)):
                    if pages(desk, person, position, now, **{part: getattr(now, part)}) != pages(desk, person, position, now):
                        found.add(part)
    assert set(PARTS) - found == set()
