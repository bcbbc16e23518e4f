"""What is found follows what is recorded, at the next search, whichever process recorded it."""

from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from domain.detention import Detention
from domain.errors import RuleBroken
from domain.person import Person
from domain.record import new_id
from tests.trackers import entry
from web.search import keeping_up
from web.search.finding import find, parts_asked_for
from web.settings import Settings
from web.wiring import Tracker, open_tracker


@pytest.fixture
def another(tracker: Tracker) -> Iterator[Tracker]:
    """The same installation, open a second time as another process has it."""
    with closing(open_tracker(Settings(home=tracker.settings.home))) as opened:
        yield opened


def detain(tracker: Tracker, name: str, kind: str = "full") -> UUID:
    """Somebody is detained; returns the person."""
    person, detention = new_id(), new_id()
    sealed = tracker.vault.mint([person]).seal(person, person, "name", name)
    tracker.casebook.record_detention(entry(command=detention), detention, person=person, name=sealed, name_kind=kind)
    tracker.projector.follow()
    return person


def everybody(persons: Collection[UUID]) -> set[UUID]:
    return set(persons)


def found(tracker: Tracker, query: str, may_see: Callable[[Collection[UUID]], set[UUID]] = everybody) -> list[list[UUID]]:
    return [list(person.files) for person in find(tracker, query, may_see).people]


def change(tracker: Tracker, verb: Callable[..., object], *given: object, **facts: object) -> None:
    verb(*given, **facts)
    tracker.projector.follow()


def test_a_name_is_found_as_soon_as_it_is_given(tracker: Tracker) -> None:
    assert found(tracker, "Лесоветров") == []
    person = detain(tracker, "Лесоветров Глеб")
    assert found(tracker, "gleb lesovetrov") == [[person]]
    later = detain(tracker, "Лесоветров Глеб Ильич")
    assert found(tracker, "лесоветров") == [[person], [later]]


def test_a_corrected_name_takes_the_place_of_the_first_one(tracker: Tracker) -> None:
    person = detain(tracker, "Лесоветров Глеб")
    assert found(tracker, "Лесоветров") == [[person]]
    name = tracker.vault.seal(person, person, "name", "Тихоозёров Глеб")
    change(tracker, tracker.casebook.correct, Person, entry(), person, 2, {"name": name, "kind": "full"}, because="mistake")
    assert found(tracker, "Лесоветров") == []
    assert found(tracker, "Tikhoozyorov") == [[person]]


def test_a_withdrawn_name_and_a_withdrawn_file_are_not_found(tracker: Tracker) -> None:
    one, other = detain(tracker, "Лесоветров Глеб"), detain(tracker, "Лесоветров Олег")
    assert len(found(tracker, "Лесоветров")) == 2
    change(tracker, tracker.casebook.withdraw, Person, entry(), one, 2, because="mistake")
    assert found(tracker, "Лесоветров") == [[other]]
    change(tracker, tracker.casebook.withdraw, Person, entry(), other, None, because="mistake")
    assert found(tracker, "Лесоветров") == []


def test_two_files_of_one_person_are_one_finding_until_they_are_told_apart(tracker: Tracker) -> None:
    one, other = detain(tracker, "Лесоветров Глеб"), detain(tracker, "Lesovetrov G.")
    third = detain(tracker, "Безымянов")
    change(tracker, tracker.casebook.find_to_be, entry(), other, other=one, basis="relative")
    change(tracker, tracker.casebook.find_to_be, entry(), third, other=other, basis="relative")
    assert found(tracker, "Лесоветров Глеб") == [sorted((one, other, third))]
    change(tracker, tracker.casebook.tell_apart, entry(), other, other=one)
    assert found(tracker, "Лесоветров Глеб") == [[one], sorted((other, third))]


def test_somebody_forgotten_is_not_found_nor_who_is_the_same_person(tracker: Tracker) -> None:
    one, other, alone = (detain(tracker, name) for name in ("Лесоветров Глеб", "Лесоветров Г.", "Лесоветров Олег"))
    change(tracker, tracker.casebook.find_to_be, entry(), other, other=one, basis="relative")
    assert len(found(tracker, "Лесоветров")) == 2
    tracker.vault.forget(one)
    assert found(tracker, "Лесоветров") == [[alone]], "the vault alone says so yet"
    change(tracker, tracker.casebook.admit_forgotten, entry(), one)
    assert found(tracker, "Лесоветров") == [[alone]]
    assert "gleb" not in repr(vars(tracker.names))


def test_what_another_process_records_is_found_here(tracker: Tracker, another: Tracker) -> None:
    person = detain(tracker, "Лесоветров Глеб")
    assert found(tracker, "Лесоветров") == found(another, "Лесоветров") == [[person]]
    second = detain(another, "Лесоветрова Анна")
    assert found(tracker, "Лесоветрова Аня") == [[second]]
    another.vault.forget(person)
    assert found(tracker, "Лесоветров Глеб") == []


def test_nothing_is_read_again_while_nothing_changes(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    detain(tracker, "Лесоветров Глеб")
    found(tracker, "Лесоветров")
    monkeypatch.setattr(keeping_up, "_read", lambda *_: pytest.fail("read again"))
    found(tracker, "Лесоветров")


def test_after_clearing_everything_is_read_anew(tracker: Tracker) -> None:
    person = detain(tracker, "Лесоветров Глеб")
    found(tracker, "Лесоветров")
    tracker.names.clear()
    assert found(tracker, "Лесоветров") == [[person]]


def test_more_people_than_are_read_at_once_are_all_found(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping_up, "AT_ONCE", 2)
    monkeypatch.setattr(keeping_up, "EVENTS_AT_ONCE", 3)
    first = [detain(tracker, "Лесоветров Глеб") for _ in range(5)]
    assert len(found(tracker, "Лесоветров")) == 5
    more = [detain(tracker, "Лесоветров Глеб") for _ in range(5)]
    assert {file for files in found(tracker, "Лесоветров") for file in files} == {*first, *more}


def test_a_name_that_does_not_open_is_not_searched_and_that_is_said(tracker: Tracker) -> None:
    person, other = new_id(), detain(tracker, "Лесоветров Глеб")
    moved = tracker.vault.seal(other, other, "phone", "Лесоветров Глеб")
    sealed = type(moved)(person, person, "name", moved.ciphertext)
    tracker.vault.mint([person])
    tracker.casebook.record_detention(entry(), new_id(), person=person, name=sealed)
    tracker.projector.follow()
    findings = find(tracker, "Лесоветров", everybody)
    assert [list(one.files) for one in findings.people] == [[other]]
    assert findings.unopened
    change(tracker, tracker.casebook.withdraw, Person, entry(), person, 2, because="mistake")
    assert not find(tracker, "Лесоветров", everybody).unopened


def test_whom_one_may_not_see_neither_shows_nor_takes_a_place(tracker: Tracker) -> None:
    people = [detain(tracker, "Лесоветров Глеб") for _ in range(6)]
    allowed = set(people[:3])
    findings = find(tracker, "Лесоветров", lambda persons: allowed & set(persons), limit=3)
    assert {file for one in findings.people for file in one.files} == allowed
    assert not findings.more
    assert find(tracker, "Лесоветров", everybody, limit=3).more


def test_a_name_in_a_file_one_may_not_see_does_not_find_the_other_file(tracker: Tracker) -> None:
    one, other = detain(tracker, "Лесоветров Глеб"), detain(tracker, "Безымянов")
    change(tracker, tracker.casebook.find_to_be, entry(), other, other=one, basis="relative")
    assert found(tracker, "Лесоветров", lambda persons: {other} & set(persons)) == []
    assert found(tracker, "Безымянов", lambda persons: {other} & set(persons)) == [[other]]


def test_identified_in_a_detention_is_the_same_person(tracker: Tracker) -> None:
    one, other, detention = detain(tracker, "Лесоветров Глеб"), new_id(), new_id()
    name = tracker.vault.mint([other]).seal(other, other, "name", "Лесоветров")
    tracker.casebook.record_detention(entry(command=detention), detention, person=other, name=name)
    change(tracker, tracker.casebook.identify, entry(), detention, other=one, basis="relative")
    assert found(tracker, "Лесоветров") == [sorted((one, other))]
    change(tracker, tracker.casebook.withdraw, Detention, entry(), detention, 2, because="mistake")
    assert len(found(tracker, "Лесоветров")) == 2


def test_no_name_is_written_into_any_file(tracker: Tracker) -> None:
    detain(tracker, "Лесоветров Глеб")
    found(tracker, "Lesovetrov")
    kept = [path.read_bytes().lower() for path in Path(tracker.settings.home).rglob("*") if path.is_file()]
    assert not any(spelt in content for content in kept for spelt in (b"lesovetrov", "лесоветров".encode()))
    assert any(b"person" in content for content in kept), "where a name would have been found"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "search_empty"), (" \t\n", "search_empty"), ("и" * 10_000, "search_too_long"), ("12 !?", "search_without_letters"),
        ("\x00\u202e\u200f", "search_without_letters"), ("П. С.", "search_initials_only"), ("п", "search_initials_only"),
    ],
)  # fmt: skip
def test_what_names_nobody_is_refused(query: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        parts_asked_for(query)
    assert refused.value.code == code
