"""The names in memory find exactly those whom a comparison with every single name would find."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.search.index import NameIndex
from web.search.matching import compared
from web.search.name_parts import name_parts

WORDS = (
    "Иванов Иванова Ivanov Ivanow Петров Petrov Сергеев Гасанов Хасанов Ким Котов Катов Пётр Петя Peter Сергей Серёжа Саша "
    "Александр Александра Хасан Сергеевич Сергеич Sergeevich Ильич П. С. Ю. Y. Yu. К."
).split()
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
asked_for = names.filter(lambda name: bool(name_parts(name).words))


def filled(*held: str) -> tuple[NameIndex, dict[UUID, str]]:
    index, people = NameIndex(), {uuid4(): name for name in held}
    for number, (person, name) in enumerate(people.items()):
        index.put(person, number, [(name, "full")])
    return index, people


def found(index: NameIndex, asked: str) -> dict[UUID, float]:
    return {person: group.score for group in reversed(index.search(name_parts(asked))) for person in group.persons}


@given(st.lists(names, max_size=12), asked_for)
def test_the_index_finds_whom_a_comparison_with_each_would_find(held: list[str], asked: str) -> None:
    index, people = filled(*held)
    each = {person: compared(name_parts(asked), name_parts(name)) for person, name in people.items()}
    assert found(index, asked) == {person: match.score for person, match in each.items() if match is not None}


@given(st.lists(names, max_size=12), asked_for)
def test_the_best_come_first_and_then_the_file_opened_last(held: list[str], asked: str) -> None:
    index, people = filled(*held)
    order = list(people)
    groups = index.search(name_parts(asked))
    assert [group.score for group in groups] == sorted((group.score for group in groups), reverse=True)
    for group in groups:
        assert [order.index(person) for person in group.persons] == sorted(map(order.index, group.persons), reverse=True)


def test_a_person_is_found_by_every_name_that_holds_and_told_by_which() -> None:
    index, person = NameIndex(), uuid4()
    index.put(person, 1, [("Петрова Анна", "full"), ("Иванова Анна", "former"), ("Лиса", "pseudonym")])
    assert [group.reasons for group in index.search(name_parts("петрова"))] == [("exact",)]
    assert [group.reasons for group in index.search(name_parts("Ivanova Anya"))] == [("cyrillic", "short", "former")]
    assert [group.reasons for group in index.search(name_parts("лиса"))] == [("pseudonym",)]


def test_names_put_anew_take_the_place_of_those_held() -> None:
    index, people = filled("Иванов Пётр", "Иванов Олег")
    first, second = people
    index.put(first, 0, [("Петров Пётр", "full")])
    index.remove(second)
    assert found(index, "Иванов") == {}
    assert list(found(index, "Петров")) == [first]
    assert len(index) == 1
    assert "ivanov" not in repr(vars(index))
    assert "petrov" in repr(vars(index)), "where the other one should have been found"


@given(st.lists(names, min_size=1, max_size=8), st.data())
def test_what_is_taken_out_leaves_no_trace(held: list[str], data: st.DataObject) -> None:
    index, people = filled(*held)
    gone = data.draw(st.sets(st.sampled_from(list(people))))
    for person in gone:
        index.hide(person)
    left, _ = filled(*(name for person, name in people.items() if person not in gone))
    assert index._holders.keys() == left._holders.keys()
    assert index._initials == left._initials
    assert {key for keys in index._spelt.values() for key in keys} == {key for keys in left._spelt.values() for key in keys}


def test_nothing_is_held_after_it_was_cleared() -> None:
    index, _ = filled("Иванов Пётр", "Иванов П.")
    index.clear()
    assert (len(index), found(index, "Иванов"), index.as_of) == (0, {}, None)
    assert "ivanov" not in repr(vars(index))


def test_the_name_in_clear_is_not_kept() -> None:
    index, _ = filled("Лесоветров Гаврила")
    assert "Лесоветров" not in repr(vars(index))
    assert "lesovetrov" in repr(vars(index)), "where the folded name should have been found"


def test_files_of_one_person_are_known_and_hidden_when_one_was_forgotten() -> None:
    index, people = filled("Иванов Пётр", "Иванов П.", "Иванов Олег")
    one, other, alone = people
    index.join([(one.bytes, other.bytes)])
    assert index.files({one, alone}) == {one: tuple(sorted((one, other)))}
    index.hide(other)
    assert index.files({one, alone}) == {one: ()}


@pytest.mark.parametrize("times", [1, 3000])
def test_it_says_when_it_had_better_be_made_anew(times: int) -> None:
    index, people = filled("Иванов Пётр")
    for _ in range(times):
        index.put(next(iter(people)), 0, [("Иванов Пётр", "full")])
    assert index.worn is (times > 1)
