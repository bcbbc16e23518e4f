"""Why two names match is said; the order of parts and the alphabet do not matter."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.search.transliterations import SYSTEMS, surnames
from web.search.first_names import first_names
from web.search.matching import CYRILLIC, FEWER, INITIAL, LATIN, SHORT, SLIP, VARIANT, compared
from web.search.name_parts import name_parts

MEN = ["Пётр", "Алексей", "Юрий", "Илья", "Фёдор", "Магомед", "Лев"]
PATRONYMICS = ["Сергеевич", "Ильич", "Фёдорович", "Юрьевич", "Львович", "Никитич", "Яковлевич"]
names = st.tuples(surnames(), st.sampled_from(MEN), st.sampled_from(PATRONYMICS)).map(" ".join)


@given(names, st.sampled_from(SYSTEMS), st.sampled_from(SYSTEMS))
def test_a_name_and_its_transliterations_find_each_other(
    name: str, system: Callable[[str], str], another: Callable[[str], str]
) -> None:
    for one, other in ((name, system(name)), (system(name), name), (system(name), another(name))):
        found = compared(name_parts(one), name_parts(other))
        assert found is not None, (one, other)
        assert found.score == 1, (one, other)


@given(names, st.randoms(use_true_random=False))
def test_the_order_of_the_parts_does_not_matter(name: str, chance: random.Random) -> None:
    words = name.split()
    chance.shuffle(words)
    assert compared(name_parts(" ".join(words)), name_parts(name)) == compared(name_parts(name), name_parts(name))


@given(names, names)
def test_each_name_finds_the_other_or_neither_does(one: str, other: str) -> None:
    there, back = compared(name_parts(one), name_parts(other)), compared(name_parts(other), name_parts(one))
    assert (there is None) == (back is None)


@pytest.mark.parametrize(
    ("asked", "kept", "reasons"),
    [
        ("иванов петр", "Пётр Иванов", ()),
        ("Petya Ivanov", "Иванов Пётр", (CYRILLIC, SHORT)),
        ("Иванов Петя", "Ivanov Petr", (LATIN, SHORT)),
        ("Ivanov P.", "Иванов Пётр", (CYRILLIC, INITIAL)),
        ("Наталия Орлова", "Орлова Наталья Львовна", ()),
        ("Егор Орлов", "Орлов Георгий", (VARIANT,)),
        ("Орлв Пётр", "Орлов Пётр", (SLIP,)),
        ("Орлов Пётр Ильич", "Орлов Пётр", (FEWER,)),
        ("Орлова", "Орлова Анна", ()),
    ],
)
def test_why_names_match_is_said(asked: str, kept: str, reasons: tuple[str, ...]) -> None:
    found = compared(name_parts(asked), name_parts(kept))
    assert found is not None
    assert found.reasons == reasons


def test_the_nearer_name_scores_higher() -> None:
    asked = name_parts("Иванов Пётр")
    kept = ["Пётр Иванов", "Иванов Пётр Сергеевич", "Иванов Петя", "Иванов П."]
    scores = [found.score for name in kept if (found := compared(asked, name_parts(name)))]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(kept)


def test_every_short_form_finds_its_full_name() -> None:
    listed = first_names()
    for full, forms in listed.forms.items():
        for form in forms:
            assert compared(name_parts(f"орлов {form}"), name_parts(f"орлов {full}")) is not None, (form, full)


def test_a_name_of_many_initials_costs_no_time() -> None:
    many = name_parts("а. " * 8)
    assert compared(name_parts("а. б. " * 4), many) is None
    assert compared(many, name_parts("Аа " * 8)) is None
