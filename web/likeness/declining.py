"""A name out of a sentence, back in the nominative: «задержали Иванова Петра», «помогите Крыловой Анне».

The first name tells: where it is a listed one in another case, the surname and the patronymic stand in that case too. A form
that is itself a first name («Александра») is left as it stands.
"""

import re
from collections.abc import Sequence
from functools import cache

from web.search.first_names import first_names, listed
from web.search.folding import folded

_STEMS = {"павел": "павл", "лев": "льв", "пётр": "петр"}
_AFTER_CONSONANT, _SOFT, _HARD_A, _SOFT_A = "а у ом е".split(), "я ю ем е".split(), "ы и е у ой".split(), "и е ю ей".split()
_OF_MEN = (
    (re.compile(r"(ich)(?:a|u|em|e)$"), r"\1"),
    (re.compile(r"(sk)(?:ogo|omu|im|om)$"), r"\1i"),
    (re.compile(r"([oe]v|in)(?:a|u|im|e)$"), r"\1"),
)
_OF_WOMEN = (
    (re.compile(r"(vn|chn)(?:i|e|u|oi)$"), r"\1a"),
    (re.compile(r"(sk)(?:oi|u[iu]*)$"), r"\1aia"),
    (re.compile(r"([oe]v|in)(?:oi|u)$"), r"\1a"),
)


def nominative(keys: Sequence[str]) -> tuple[str, ...] | None:
    """The folded parts of a name in the nominative; None for a name that is in it already, or whose first name we do not know."""
    declined = _declined()
    known = [declined[key] for key in keys if key in declined]
    if len(known) != 1 or any(key in first_names().fulls for key in keys):
        return None
    name, gender = known[0]
    return tuple(name if key in declined else _in_nominative(key, gender) for key in keys)


def _in_nominative(key: str, gender: str) -> str:
    for ending, replacement in _OF_MEN if gender == "m" else _OF_WOMEN:
        if ending.search(key):
            return ending.sub(replacement, key)
    return key


@cache
def _declined() -> dict[str, tuple[str, str]]:
    """For each form of a listed first name in another case the name and its gender. It says nothing about anybody on record."""
    known, found = first_names().fulls, dict[str, tuple[str, str]]()
    for name, gender in listed():
        for form in map(folded, _cases(name.casefold())):
            if form not in known:
                found.setdefault(form, (folded(name), gender))
    return found


def _cases(name: str) -> list[str]:
    stem = _STEMS.get(name, name)
    match name[-1]:
        case "а":
            return [name[:-1] + ending for ending in _HARD_A]
        case "я":
            return [name[:-1] + ending for ending in _SOFT_A]
        case "й" | "ь":
            return [name[:-1] + ending for ending in _SOFT]
    return [stem + ending for ending in _AFTER_CONSONANT]
