"""Which files are of one person: joined and told apart any number of times, exactly, now and as it was known."""

from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.detention import Detention
from domain.person import Person
from domain.record import new_id
from projections import people
from tests.projections.homes import fresh, thoroughly
from tests.trackers import Installation, entry, sealed


class Files:
    """A few people's files and what is found out about them."""

    def __init__(self, installation: Installation, many: int = 3) -> None:
        self.casebook = installation.casebook
        self._installation = installation
        self._projector = installation.projector()
        self.people = [new_id() for _ in range(many)]
        for person in self.people:
            self.casebook.open_person(entry(), person)

    def join(self, one: int, other: int) -> int:
        return self.casebook.find_to_be(entry(), self.people[one], other=self.people[other]).position

    def part(self, one: int, other: int) -> int:
        return self.casebook.tell_apart(entry(), self.people[one], other=self.people[other]).position

    def together(self, one: int, as_of: int | None = None) -> set[int]:
        """The numbers of the files read together with this one."""
        self._projector.follow()
        with self._installation.views() as db:
            found = people.cluster(db, self.people[one].bytes, as_of=as_of)
        assert len(found) == len(set(found))
        assert found[0] == self.people[one].bytes
        return {self.people.index(UUID(bytes=person)) for person in found}

    def names(self, one: int, as_of: int | None = None) -> list[int]:
        """The positions of the names that stand."""
        self._projector.follow()
        with self._installation.views() as db:
            return people.names_of(db, [self.people[one].bytes], as_of=as_of).get(self.people[one].bytes, [])


@pytest.fixture
def files(installation: Installation) -> Files:
    return Files(installation)


def test_two_files_found_to_be_of_one_person_are_read_together_from_either_side(files: Files) -> None:
    assert files.together(0) == {0}
    files.join(0, 1)
    assert files.together(0) == files.together(1) == {0, 1}
    assert files.together(2) == {2}


def test_telling_them_apart_from_either_side_restores_both(files: Files) -> None:
    for one, other in ((0, 1), (1, 0)):
        files.join(0, 1)
        files.part(one, other)
        assert files.together(0) == {0}
        assert files.together(1) == {1}


def test_three_files_in_a_circle_are_one_person_and_come_apart_again(files: Files) -> None:
    for one, other in ((0, 1), (1, 2), (2, 0)):
        files.join(one, other)
    assert files.together(0) == {0, 1, 2}
    files.part(1, 2)
    assert files.together(1) == {0, 1, 2}, "still joined through the third"
    files.part(0, 1)
    assert files.together(1) == {1}
    assert files.together(0) == {0, 2}


def test_who_was_one_person_is_known_as_of_each_position(files: Files) -> None:
    joined = files.join(0, 1)
    third = files.join(1, 2)
    parted = files.part(0, 1)
    again = files.join(1, 0)
    for position, expected in ((joined - 1, {0}), (joined, {0, 1}), (third, {0, 1, 2}), (parted, {0}), (again, {0, 1, 2})):
        assert files.together(0, as_of=position) == expected
    assert files.together(0, as_of=parted + 1_000_000) == {0, 1, 2}


def test_a_finding_that_was_withdrawn_joins_nobody_and_did_until_then(files: Files) -> None:
    joined = files.join(0, 1)
    withdrawn = files.casebook.withdraw(Person, entry(), files.people[0], 2, because="mistake").position
    assert files.together(0) == {0}
    assert files.together(0, as_of=joined) == {0, 1}
    assert files.together(0, as_of=withdrawn) == {0}


def test_a_parting_that_was_withdrawn_joins_again(files: Files) -> None:
    files.join(0, 1)
    parted = files.part(0, 1)
    files.casebook.withdraw(Person, entry(), files.people[0], 3, because="mistake")
    assert files.together(0) == {0, 1}
    assert files.together(0, as_of=parted) == {0}


def test_a_finding_corrected_to_another_file_joins_that_one(files: Files) -> None:
    joined = files.join(0, 1)
    facts = {"other": files.people[2], "basis": "document", "words": None}
    corrected = files.casebook.correct(Person, entry(), files.people[0], 2, facts, because="mistake").position
    assert files.together(0) == {0, 2}
    assert files.together(1) == {1}
    assert files.together(0, as_of=joined) == {0, 1}
    assert files.together(0, as_of=corrected) == {0, 2}


def test_a_correction_of_the_basis_does_not_join_what_was_told_apart_since(files: Files) -> None:
    files.join(0, 1)
    files.part(0, 1)
    facts = {"other": files.people[1], "basis": "document", "words": None}
    files.casebook.correct(Person, entry(), files.people[0], 2, facts, because="new_information")
    assert files.together(0) == {0}


def test_a_file_withdrawn_as_a_whole_is_joined_with_nobody(files: Files) -> None:
    joined = files.join(0, 1)
    files.casebook.withdraw(Person, entry(), files.people[0], because="test")
    assert files.together(1) == {1}
    assert files.together(1, as_of=joined) == {0, 1}


def test_somebody_identified_in_custody_is_read_with_the_other_file_until_that_is_taken_back(files: Files) -> None:
    detention, person = new_id(), new_id()
    files.casebook.record_detention(entry(), detention, person=person)
    files.people.append(person)
    identified = files.casebook.identify(entry(), detention, other=files.people[0], basis="photograph").position
    assert files.together(0) == files.together(3) == {0, 3}
    files.casebook.withdraw(Detention, entry(), detention, 2, because="mistake")
    assert files.together(0) == {0}
    assert files.together(0, as_of=identified) == {0, 3}


def test_a_detention_withdrawn_as_a_whole_identifies_nobody(files: Files) -> None:
    detention, person = new_id(), new_id()
    files.casebook.record_detention(entry(), detention, person=person)
    files.casebook.identify(entry(), detention, other=files.people[0])
    files.casebook.withdraw(Detention, entry(), detention, because="duplicate")
    assert files.together(0) == {0}


def test_one_of_two_findings_taken_back_leaves_the_other(files: Files) -> None:
    files.join(0, 1)
    files.join(1, 0)
    files.casebook.withdraw(Person, entry(), files.people[0], 2, because="mistake")
    assert files.together(0) == {0, 1}


def test_names_stand_where_they_were_told_until_they_are_taken_back(files: Files) -> None:
    person = files.people[0]
    first = files.casebook.name_person(entry(), person, name=sealed(person, "A", field="name")).position
    second = files.casebook.name_person(entry(), person, name=sealed(person, "B", field="name"), kind="former").position
    assert files.names(0) == [first, second]
    facts = {"name": sealed(person, "C", field="name"), "kind": "full"}
    corrected = files.casebook.correct(Person, entry(), person, 2, facts, because="mistake").position
    assert files.names(0) == [corrected, second], "a name that is corrected was given when it was"
    withdrawn = files.casebook.withdraw(Person, entry(), person, 3, because="mistake").position
    assert files.names(0) == [corrected]
    assert files.names(0, as_of=first - 1) == []
    assert files.names(0, as_of=second) == [first, second]
    assert files.names(0, as_of=corrected) == [corrected, second]
    assert files.names(0, as_of=withdrawn) == [corrected]
    assert files.names(1) == []


Judgement = tuple[int, int, bool]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()), max_size=14))
@thoroughly
def test_files_are_joined_as_the_latest_judgement_of_each_pair_says(judgements: list[Judgement]) -> None:
    """Against a model of a few lines, at every position."""
    with fresh() as address, address.open() as opened:
        files = Files(opened, 5)
        latest: dict[frozenset[int], bool] = {}
        known: list[tuple[int, dict[frozenset[int], bool]]] = [(opened.log.last(), {})]
        for one, other, same in judgements:
            if one != other:
                position = (files.join if same else files.part)(one, other)
                latest = {**latest, frozenset((one, other)): same}
                known.append((position, latest))
        for position, then in known:
            for one in range(5):
                assert files.together(one, as_of=position) == _reached(one, then)
        for one in range(5):
            assert files.together(one) == _reached(one, latest)


def _reached(one: int, judgements: dict[frozenset[int], bool]) -> set[int]:
    found = {one}
    for _ in range(5):
        for low, high in combinations(range(5), 2):
            if judgements.get(frozenset((low, high))) and {low, high} & found:
                found |= {low, high}
    return found
