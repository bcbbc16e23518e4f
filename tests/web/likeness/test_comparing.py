"""What two names have in common and what rules them out is said part by part, whichever of them comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.search.transliterations import SYSTEMS, surnames
from web.likeness import comparing
from web.likeness.comparing import gender, sign_of, weigh, weigh_all
from web.likeness.declining import nominative
from web.search.matching import likeness
from web.search.name_parts import name_parts

MEN = st.sampled_from(["Пётр", "Алексей", "Юрий", "Илья", "Магомед", "Лев"])
SONS = st.sampled_from(["Сергеевич", "Ильич", "Юрьевич", "Львович", "Яковлевич"])
names = st.tuples(surnames(), MEN, SONS).map(" ".join)

VETOES = {
    comparing.OTHER_PATRONYMIC: ("Гаджибеков Глеб Ильич", "Гаджибеков Глеб Курбанович"),
    comparing.OTHER_GENDER: ("Лесоветров Саша", "Лесоветрова Саша"),
    comparing.SIBLINGS: ("Гаджибеков Хасан Омарович", "Гаджибеков Хусейн Омарович"),
    comparing.OTHER_FIRST: ("Лесоветров Глеб", "Лесоветров Олег"),
    comparing.OTHER_INITIAL: ("Лесоветров Глеб", "Лесоветров О."),
    comparing.OTHER_SURNAME: ("Тихозёрова-Лесоветрова Анна", "Лесоветрова-Чащина Анна"),
}


@pytest.mark.parametrize("veto", VETOES)
def test_each_veto_rules_out_what_would_be_likely_without_it(veto: str) -> None:
    one, other = map(name_parts, VETOES[veto])
    weighed = weigh(one, other)
    assert weighed is not None
    assert weighed.vetoes == (veto,)
    assert not weighed.is_likely
    assert weigh(one, one) is not None
    assert weigh(one, one).is_likely  # type: ignore[union-attr]


def test_every_veto_has_its_pair_here() -> None:
    told = {value for name, value in vars(comparing).items() if name.startswith("OTHER_")} | {comparing.SIBLINGS}
    assert told == set(VETOES)


@given(names, st.sampled_from(SYSTEMS))
def test_a_name_in_any_alphabet_is_likely_its_own(name: str, system: object) -> None:
    weighed = weigh(name_parts(name), name_parts(system(name)))  # type: ignore[operator]
    assert weighed is not None
    assert weighed.is_likely


@given(names, names)
def test_which_name_is_the_first_makes_no_difference_to_the_verdict(one: str, other: str) -> None:
    there, back = weigh(name_parts(one), name_parts(other)), weigh(name_parts(other), name_parts(one))
    assert (there is not None and there.is_likely) == (back is not None and back.is_likely)


@given(names, names)
def test_a_sign_in_the_place_of_an_unlike_part_changes_nothing(one: str, other: str) -> None:
    """The index weighs thousands of names as one by it."""
    asked, kept = name_parts(one), name_parts(other)
    signed = tuple(key if any(likeness(key, mine) for mine in asked.keys) else sign_of(key) for key in kept.keys)
    plain, in_signs = weigh(asked, kept), weigh(asked, type(kept)(signed, kept.latin, kept.cyrillic))
    assert (plain is None) == (in_signs is None)
    if plain is not None and in_signs is not None:
        assert (plain.score, plain.vetoes) == (in_signs.score, in_signs.vetoes)


def test_a_patronymic_known_from_another_name_counts() -> None:
    married = [name_parts("Ветлугина Анна Сергеевна"), name_parts("Саламатина Анна")]
    weighed = weigh_all(married, [name_parts("Саламатина Анна Олеговна")])
    assert weighed is not None
    assert weighed.vetoes == (comparing.OTHER_PATRONYMIC,)
    likely = weigh_all(married, [name_parts("Саламатина Анна Сергеевна")])
    assert likely is not None
    assert likely.is_likely


@pytest.mark.parametrize(
    ("name", "told"),
    [("Лесоветров Саша", "m"), ("Лесоветрова Саша", "f"), ("Саша", ""), ("Лесоветрова", ""), ("Anna Lesovetrov", "f"),
     ("A. Lesovetrov", ""), ("Калина Пётр", "m"), ("Шевчук Александра Ильинична", "f"), ("Шевчук", "")],
)  # fmt: skip
def test_a_gender_is_told_only_where_the_name_tells_it(name: str, told: str) -> None:
    assert gender(name_parts(name)) == told


@pytest.mark.parametrize(
    ("heard", "meant"),
    [("Иванова Петра Сергеевича", "Иванов Пётр Сергеевич"), ("Крылову Василию", "Крылов Василий"),
     ("Боровецкой Юлии", "Боровецкая Юлия"), ("Боровецким Сергеем", "Боровецкий Сергей")],
)  # fmt: skip
def test_a_name_out_of_a_sentence_is_put_back(heard: str, meant: str) -> None:
    assert nominative(name_parts(heard).keys) == name_parts(meant).keys
    assert nominative(name_parts(meant).keys) is None
