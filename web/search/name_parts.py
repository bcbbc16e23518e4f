"""A name taken apart: surname, first name, patronymic and initials, in whatever order they were written.

What is asked and what is on record are read alike. Nothing is refused here: a name without a letter has no parts.
"""

import re
import unicodedata
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from enum import Enum

from web.search.first_names import first_names
from web.search.folding import folded

MOST_PARTS = 8
"""Of a name on record more are not compared."""

_ABBREVIATION = 4
"""A word this short before a full stop is cut off: "П.", "Вл.", "Алекс" is not."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'ʹʺʼ`´‘][^\W\d_]*)*\.?")
_PLAIN = re.compile(r"[A-Za-z\u0400-\u0482\u048a-\u052f .,\-]*")
_CYRILLIC, _LATIN = re.compile(r"[\u0400-\u052f]"), re.compile(r"[A-Za-z\u00c0-\u024f]")
_MARKS = re.compile(r"[’'ʹʺʼ`´‘]")
_SON_OR_DAUGHTER = frozenset(
    folded(word) for word in "оглы оглу углы углу улы улу уулу кызы кизи гызы къызы ogly oglu kyzy qizi kizi ibn bin".split()
)
_DAUGHTER = re.compile(r"(?:[oe]vn|ichn)a$")
_SURNAME = re.compile(r"(?:[oe]v|in|sk|ts?k)(?:a|i|aia|oi)?$|(?:enk|[iu]k|ian|idze|shvili)o?$")
_YE = "y"
"""The Latin initial of Yuri and of Yevgeny."""
_OF_FIRST, _OF_PATRONYMIC, _OF_ANY = ".1", ".2", "."
"""Ends the key of an initial. Beside a surname the first stands for the first name, one after a first name for the patronymic."""


class Kind(Enum):
    """What a part of a name is; UNKNOWN when it may be several things, or a name we do not know."""

    FIRST = "first name"
    PATRONYMIC = "patronymic"
    SURNAME = "surname"
    INITIAL = "initial"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NameParts:
    """The folded keys of a name's words in the order written; the key of an initial has a full stop in it."""

    keys: tuple[str, ...]
    latin: bool
    """Whether any letter is Latin."""
    cyrillic: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The keys of whole words."""
        return tuple(key for key in self.keys if not is_initial(key))


Known = MutableMapping[tuple[str, bool], str]
"""Words whose keys were made before; whoever takes many names apart keeps one for as long as that takes, and no longer."""


def name_parts(name: str, known: Known | None = None) -> NameParts:
    """Take a name apart. Marks of direction, invisible signs and numbers are no part of it."""
    plain = name if _PLAIN.fullmatch(name) else _cleaned(name)
    cyrillic = _CYRILLIC.search(plain) is not None
    known = {} if known is None else known
    keys = []
    for word in _WORD.findall(plain):
        key = known.get((word, cyrillic))
        if key is None:
            key = known[word, cyrillic] = _key(word, cyrillic)
        if key and key not in _SON_OR_DAUGHTER:
            keys.append(key)
    if any(map(is_initial, keys)):
        keys = list(_placed(keys))
    return NameParts(tuple(keys[:MOST_PARTS]), _LATIN.search(plain) is not None, cyrillic)


def _cleaned(name: str) -> str:
    composed = unicodedata.normalize("NFKC", name)
    kinds = ((letter, unicodedata.category(letter)) for letter in composed)
    return "".join(" " if kind == "Cc" else letter for letter, kind in kinds if kind not in ("Cf", "Mn"))


def _key(word: str, cyrillic: bool) -> str:
    bare = _MARKS.sub("", word.rstrip("."))
    if len(bare) > 1 and not (word.endswith(".") and len(bare) <= _ABBREVIATION):
        return folded(bare)
    if bare in ("Y", "y", "J", "j") and not cyrillic:
        return _YE + _OF_ANY
    # A lone Latin "C" among Cyrillic words is the С that looks like it.
    key = folded(bare + "ь") if cyrillic else folded(bare)
    return key + _OF_ANY if key else ""


def _placed(keys: list[str]) -> Iterator[str]:
    """Initials with what they stand for, where that can be told: of "Сергей К." it cannot, К. may be anything."""
    others = [key for key in keys if not is_initial(key)]
    telling = len(others) > 1 or (bool(others) and kind_of(others[0]) not in (Kind.FIRST, Kind.PATRONYMIC))
    before = ""
    for key in keys:
        if is_initial(key) and telling:
            follows = bool(before) and (is_initial(before) or kind_of(before) is Kind.FIRST)
            yield key.rstrip(".") + (_OF_PATRONYMIC if follows else _OF_FIRST)
        else:
            yield key
        before = key


def is_initial(key: str) -> bool:
    return "." in key


def fits_initial(initial: str, key: str) -> bool:
    """Whether a word, or another initial, begins with this one and may be what it stands for."""
    begun, _, place = initial.partition(".")
    other, stop, its_place = key.partition(".")
    if not (other.startswith(begun) or (stop and begun.startswith(other)) or _is_ye(begun, other) or _is_ye(other, begun)):
        return False
    if stop:
        return not place or not its_place or place == its_place
    return not place or kind_of(key) in (Kind.UNKNOWN, Kind.FIRST if initial.endswith(_OF_FIRST) else Kind.PATRONYMIC)


def _is_ye(one: str, other: str) -> bool:
    return one == _YE and other[:1] in ("i", "e")


def kind_of(key: str) -> Kind:
    """What a key most likely is, by our list of first names and by how Russian surnames and patronymics end."""
    if is_initial(key):
        return Kind.INITIAL
    names = first_names()
    if key in names.fulls:
        return Kind.FIRST
    if key in names.fathers or _DAUGHTER.search(key):
        return Kind.PATRONYMIC
    return Kind.SURNAME if _SURNAME.search(key) else Kind.UNKNOWN
