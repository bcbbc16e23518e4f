"""A name is taken apart whatever its order, and what is no part of it is left out."""

import pytest

from web.search.folding import folded
from web.search.name_parts import MOST_PARTS, Kind, is_initial, kind_of, name_parts


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Иванов Пётр Сергеевич", ["ivanov", "petr", "sergevich"]),
        ("Иванов П.С.", ["ivanov", "p.1", "s.2"]),
        ("П. С. Иванов", ["p.1", "s.2", "ivanov"]),
        ("Пётр С. Иванов", ["petr", "s.2", "ivanov"]),
        ("Ivanov P", ["ivanov", "p.1"]),
        ("Ю. Иванов", ["iu.1", "ivanov"]),
        ("Yu. Ivanov", ["iu.1", "ivanov"]),
        ("Сергей К.", ["sergei", "k."]),
        ("П. С.", ["p.", "s."]),
        ("Римский-Корсаков Н.", ["rimski", "korsakov", "n.1"]),
        ("Мамедов Али Гасан оглы", ["mamedov", "ali", "gasan"]),
        ("Петрова (Сидорова), Анна", ["petrova", "sidorova", "ana"]),
        ("O'Connor Il'ya", [folded("oconnor"), "ilia"]),
        ("\u202eИванов\u200f Пётр\u00ad", ["ivanov", "petr"]),
        ("Иванов\x00Пётр\t1990", ["ivanov", "petr"]),
        ("Ива́нов", ["ivanov"]),
        ("12 !? — 🙂", []),
        ("", []),
    ],
)
def test_a_name_is_taken_apart(name: str, keys: list[str]) -> None:
    assert list(name_parts(name).keys) == keys


def test_of_a_story_only_the_beginning_is_compared() -> None:
    assert len(name_parts("Иванов Пётр " * 1000).keys) == MOST_PARTS


@pytest.mark.parametrize(
    ("name", "latin", "cyrillic"), [("Иванов", False, True), ("Ivanov", True, False), ("Ivanov Пётр", True, True)]
)
def test_the_alphabets_are_noticed(name: str, latin: bool, cyrillic: bool) -> None:
    parts = name_parts(name)
    assert (parts.latin, parts.cyrillic) == (latin, cyrillic)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Пётр", Kind.FIRST), ("Петя", Kind.FIRST), ("Marina", Kind.FIRST),
        ("Иванов", Kind.SURNAME), ("Чайковская", Kind.SURNAME),
        ("Сергеевич", Kind.PATRONYMIC), ("Сергеич", Kind.PATRONYMIC), ("Магомедовна", Kind.PATRONYMIC),
        ("Ильич", Kind.PATRONYMIC), ("Львовна", Kind.PATRONYMIC), ("Павлович", Kind.PATRONYMIC),
        ("Станкевич", Kind.UNKNOWN), ("Цой", Kind.UNKNOWN),
    ],
)  # fmt: skip
def test_a_part_tells_by_its_form_what_it_is(word: str, kind: Kind) -> None:
    assert kind_of(folded(word)) is kind
    assert not is_initial(folded(word))
