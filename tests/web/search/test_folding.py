"""Spellings of one name have one key, whatever the alphabet; names that are different keep different ones."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.search.transliterations import SYSTEMS, surnames
from web.search.first_names import first_names
from web.search.folding import folded


@given(st.text() | st.text("abcdefghijklmnopqrstuvwxyz") | surnames())
def test_folding_a_key_changes_nothing(word: str) -> None:
    key = folded(word)
    assert folded(key) == key
    assert key == "" or (key.isascii() and key.isalpha() and key.islower())


@given(surnames(), st.sampled_from(SYSTEMS))
def test_a_surname_and_its_transliteration_have_one_key(surname: str, system: Callable[[str], str]) -> None:
    assert folded(system(surname)) == folded(surname)


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_first_name_and_its_transliteration_have_one_key(system: Callable[[str], str]) -> None:
    from web.search.first_names import _rows

    names = {word for row in _rows() for word in [row["name"], *row["short"].split()]}
    assert len(names) > 900
    assert {name for name in names if folded(system(name)) != folded(name)} == set()


SPELLINGS = (
    "Алексеев Alekseev Alekseyev Alexeyev Alexeev Aleksejev Alekseiev АЛЕКСЕЕВ",
    "Щербаков Shcherbakov Scherbakov Ščerbakov Sherbakov Shherbakov",
    "Соловьёв Соловьев Solovyov Solovyev Solov'ev Solovʹëv Soloviev Solovjov",
    "Подъячев Podyachev Podieiachev",
    "Кузнецов Kuznetsov Kuznecov Kuznetzov Kuzneczov",
    "Чайковский Chaykovskiy Tchaikovsky Chaikovskii Čajkovskij Chaykovski",
    "Хусейн Хусеин Khuseyn Hussein Husein Khuseĭn",
    "Дмитрий Dmitry Dmitriy Dmitrii Dmitri Dmitrij",
    "Юлия Yulia Iuliia Julija Yuliya Ûliâ",
    "Горбачёв Gorbachev Gorbachov Gorbachyov Gorbačëv",
    "Иванов Ivanov Иванoв ИBAHOB Ива́нов Ivanow Iva\u00adnov",
)


@pytest.mark.parametrize("spellings", SPELLINGS)
def test_spellings_that_are_met_have_one_key(spellings: str) -> None:
    assert len({folded(word) for word in spellings.split()}) == 1, [folded(word) for word in spellings.split()]


DIFFERENT = """
    Иванов Иванова Иваненко Петров Хасан Хусейн Гасанов Марина Мария Марта Сергей Сергеев Щукин Шуйкин Зуев Жуев Цой Чой Ким Ан
"""


def test_different_names_keep_different_keys() -> None:
    words = DIFFERENT.split()
    assert len({folded(word) for word in words}) == len(words)


def test_no_two_full_names_of_the_list_share_a_key() -> None:
    from web.search.first_names import _rows

    names = [row["name"] for row in _rows()]
    assert len(names) == len({folded(name) for name in names}) == len(first_names().forms)
    assert sum(row["gender"] == "m" for row in _rows()) > 120 < len(names)


@pytest.mark.parametrize("nothing", ["", " ", "12", "!?", "\u200f", "’", "\x00", "ь", "🙂"])
def test_what_holds_no_letter_has_no_key(nothing: str) -> None:
    assert folded(nothing) == ""
