"""Which first names are one: "Петя", "Petya" and "Peter" are all called Пётр in papers. The list is first_names.csv.

Also the patronymics made of them, so that "Сергеич" is a son of Сергей. Read once, when somebody first searches; it says nothing
about anybody on record.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from web.search.folding import folded, is_cyrillic

_SONS, _DAUGHTERS = ("ovich", "evich", "ich"), ("ovna", "evna", "ichna", "inichna")
_OTHER_STEMS = {"павел": "павл", "лев": "льв", "яков": "яковл", "михаил": "михал", "александр": "алексан", "пётр": "петр"}
_NOT_A_STEM = 2
"""So many letters are too few to be a stem: "ан" of "Ян" would make every "Анна" a daughter."""


@dataclass(frozen=True, slots=True)
class FirstNames:
    """Keys as `folded` makes them; a full name stands for itself and for all of its forms."""

    fulls: dict[str, frozenset[str]]
    """For each form, short, foreign or full, the full names it may stand for."""
    forms: dict[str, frozenset[str]]
    """For each full name all of its forms."""
    shorts: frozenset[str]
    """The forms that are short ones and no full name themselves."""
    genders: dict[str, frozenset[str]]
    """For each form "m", "f" or both."""
    fathers: dict[str, frozenset[str]]
    """For each patronymic the full names the father may have."""
    patronymics: dict[str, frozenset[str]]
    """For each full name the patronymics made of it."""

    def related(self, key: str) -> Iterable[str]:
        """Every form of every name that this one may stand for, and for a patronymic every way to write it."""
        for full in self.fulls.get(key, ()):
            yield from self.forms[full]
        for father in self.fathers.get(key, ()):
            yield from self.patronymics[father]


@cache
def first_names() -> FirstNames:
    """The list."""
    fulls: dict[str, set[str]] = {}
    forms: dict[str, set[str]] = {}
    genders: dict[str, set[str]] = {}
    patronymics: dict[str, set[str]] = {}
    shorts: set[str] = set()
    for row in _rows():
        full = folded(row["name"])
        short = {folded(word) for word in row["short"].split()}
        shorts |= short
        for form in {full, *short, *(folded(word) for word in row["other"].split())}:
            fulls.setdefault(form, set()).add(full)
            forms.setdefault(full, set()).add(form)
            genders.setdefault(form, set()).add(row["gender"])
        if row["gender"] == "m":
            others = (word for word in row["other"].split() if is_cyrillic(word[0]) and len(word) > _NOT_A_STEM)
            for name in (row["name"], *others):
                patronymics.setdefault(full, set()).update(_made_of(name.casefold(), folded(name)))
    only_short = frozenset(shorts - forms.keys())
    return FirstNames(_frozen(fulls), _frozen(forms), only_short, _frozen(genders), _turned(patronymics), _frozen(patronymics))


def listed() -> list[tuple[str, str]]:
    """Every full name as it is written, and its gender."""
    return [(row["name"], row["gender"]) for row in _rows()]


def _rows() -> list[dict[str, str]]:
    text = files("web.search").joinpath("first_names.csv").read_text("utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def _made_of(name: str, key: str) -> set[str]:
    stems = {stem for stem in (key, key[:-1], key[:-2]) if len(stem) > _NOT_A_STEM} | {folded(_OTHER_STEMS.get(name, name))}
    return {folded(stem + ending) for stem in stems for ending in _SONS + _DAUGHTERS}


def _turned(made: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    turned: dict[str, set[str]] = {}
    for full, keys in made.items():
        for key in keys:
            turned.setdefault(key, set()).add(full)
    return _frozen(turned)


def _frozen(sets: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(kept) for key, kept in sets.items()}
