"""Two names weighed against each other: how likely they are one person's, why, and what rules it out.

Parts are compared as the search compares them (`web/search/matching.py`). What is added here is what each part is: two first
names that differ under one surname and one patronymic are siblings, not a slip of the pen; a missing patronymic says nothing,
another one rules out. A veto is said in words beside the reasons, so that whoever looks can tell that it is wrong.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from web.likeness.declining import nominative
from web.search.first_names import first_names
from web.search.index import Held
from web.search.matching import EXACT, INITIAL, SHORT, SLIP, VARIANT, Likening, alphabets, likeness, paired
from web.search.name_parts import Kind, NameParts, is_initial, kind_of

OTHER_PATRONYMIC, OTHER_GENDER, SIBLINGS, OTHER_FIRST, OTHER_INITIAL, OTHER_SURNAME = (
    "other_patronymic", "other_gender", "siblings", "other_first", "other_initial", "other_surname"
)  # fmt: skip
"""Why two names are not one person's."""
SURNAME, FIRST, PATRONYMIC = "surname", "given", "patronymic"
"""What a part is; as codes of reasons, which parts are the same. The other reasons are those of the search."""
_FIRST_INITIAL, _PATRONYMIC_INITIAL, _INITIAL, _UNKNOWN = "first initial", "patronymic initial", "initial", "unknown"
_SON = "son"
"""Ends like a patronymic, of a name that is on no list: that it is, or like Абрамович a surname, where there is no other part."""
_OF_KIND = {Kind.FIRST: FIRST, Kind.PATRONYMIC: PATRONYMIC, Kind.SURNAME: SURNAME}

LIKELY = 0.6
"""From here on two names are likely one person's: a surname with a first name, or its initial, reaches it; alone it does not."""
_WEIGHTS: Mapping[str, Mapping[str, float]] = {
    SURNAME: {EXACT: 0.5, VARIANT: 0.45, SHORT: 0.45, SLIP: 0.41},
    FIRST: {EXACT: 0.3, VARIANT: 0.27, SHORT: 0.26, SLIP: 0.2, INITIAL: 0.15},
    PATRONYMIC: {EXACT: 0.25, VARIANT: 0.23, SLIP: 0.19, INITIAL: 0.09},
}
_FURTHER = 0.2
"""The most that a second part of one role adds: the other half of a double surname."""
_SAID = (SURNAME, FIRST, PATRONYMIC, SHORT, VARIANT, INITIAL, SLIP)
"""The order in which reasons are told."""
_MALE = re.compile(r"(?:[oe]v|in|t?ski|[st]koi|toi)$")
_FEMALE = re.compile(r"(?:[oe]va|ina|t?skaia|taia)$")
_LIKE_A_SON = re.compile(r"[oe]vich$")
_SIGN = "*"
"""Begins what stands for a part that is like nothing in the other name: its role and gender are all that matters of it."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """From 0 to about 1, the codes of what speaks for one person, and of what rules it out. With a veto it is not suggested."""

    score: float
    reasons: tuple[str, ...]
    vetoes: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        """Whether it may be suggested on the names alone."""
        return self.score >= LIKELY and not self.vetoes

    def rarer_by(self, taken: float) -> "Weighed":
        """The same with less of a score: a name that many people bear says less."""
        return Weighed(self.score - taken, self.reasons, self.vetoes)


Name = NameParts | Held
"""A name taken apart: as it was typed, or as the index holds it."""


def weigh(one: Name, other: Name, alike: Likening = likeness) -> Weighed | None:
    """Two names; None when no part that may be a surname is alike: such names are many people's.

    A name that was heard in a sentence may be in another case than the nominative: then it is weighed in that as well.
    """
    as_they_stand = _weigh(one, other, alike)
    if as_they_stand is not None and as_they_stand.is_likely:
        return as_they_stand
    mine, yours = in_nominative(one), in_nominative(other)
    if mine is one and yours is other:
        return as_they_stand
    declined = _weigh(mine, yours, alike)
    return max(filter(None, (as_they_stand, declined)), key=lambda found: (found.is_likely, found.score), default=None)


def in_nominative(name: Name) -> Name:
    """The name in the nominative, the same one where it is in it."""
    keys = nominative(name.keys)
    return name if keys is None else NameParts(keys, name.latin, name.cyrillic)


def _weigh(one: Name, other: Name, alike: Likening) -> Weighed | None:
    pairs = paired(one.keys, other.keys, alike)
    mine, yours = _roles(one.keys), _roles(other.keys)
    score, reasons, shared = 0.0, set[str](), set[str]()
    for pair in sorted(pairs, key=lambda pair: -pair.like.score):
        role, reason = _shared_role(mine[pair.mine], yours[pair.yours]), pair.like.reason
        weight = _WEIGHTS[role].get(reason, 0.0)
        score += min(weight, _FURTHER) if role in shared else weight
        shared.add(role)
        reasons.add(role if reason == EXACT else reason)
    if SURNAME not in shared:
        return None
    left = _left(mine, {pair.mine for pair in pairs})
    vetoes = (*_conflicts(left, _left(yours, {pair.yours for pair in pairs}), shared), *_other_gender([one], [other]))
    letters = alphabets(NameParts(one.keys, one.latin, one.cyrillic), latin=other.latin, cyrillic=other.cyrillic)
    return Weighed(score, (*(code for code in _SAID if code in reasons), *letters), vetoes)


def weigh_all(mine: Sequence[Name], yours: Sequence[Name]) -> Weighed | None:
    """All names of two people: as the two that are most alike, but that a patronymic or gender known from any name counts.

    Somebody whose maiden name is alike and who has another patronymic under the present one is somebody else.
    """
    found = [weighed for one in mine for other in yours if (weighed := weigh(one, other)) is not None]
    if not found:
        return None
    best = max(found, key=lambda weighed: (not weighed.vetoes, weighed.score))
    vetoes = (*best.vetoes, *_other_patronymic(mine, yours), *_other_gender(mine, yours))
    return Weighed(best.score, best.reasons, tuple(dict.fromkeys(vetoes)))


def sign_of(key: str) -> str:
    """What stands for a part of a name that is like nothing in the other one."""
    return f"{_SIGN}{_role(key)}:{_gender_of_part(key)}"


def may_be_surnames(keys: Sequence[str]) -> tuple[str, ...]:
    """The parts of a name that somebody can be looked for by: a first name alone is thousands of people's."""
    return tuple(key for key, role in zip(keys, _roles(keys), strict=True) if role == SURNAME)


def gender(name: Name) -> str:
    """ "m", "f", or "" where it cannot be told: the patronymic tells it best, then the first name, then the surname.

    A surname alone may be declined («задержали Иванова»), and abroad a woman's may be written as her father's.
    """
    told = [(_role(key), _gender_of_part(key)) for key in name.keys]
    for role in (PATRONYMIC, FIRST):
        found = {gender for part, gender in told if part == role and gender}
        if found:
            return found.pop() if len(found) == 1 else ""
    if len(told) == 1:
        return ""
    found = {gender for part, gender in told if part in (SURNAME, _UNKNOWN) and (gender == "f" or (gender and name.cyrillic))}
    return found.pop() if len(found) == 1 else ""


def _roles(keys: Sequence[str]) -> list[str]:
    """What each part is, told by the others: what we know nothing of is a surname where there is none, else a first name.

    Of two first names and no surname the one that is not followed by a patronymic is the surname.
    """
    roles = [_role(key) for key in keys]
    if len(roles) > 2 and PATRONYMIC not in roles:
        roles = [PATRONYMIC if role == _SON else role for role in roles]
    roles = [_UNKNOWN if role == _SON else role for role in roles]
    unknown = FIRST if SURNAME in roles and FIRST not in roles else SURNAME
    roles = [unknown if role == _UNKNOWN else role for role in roles]
    if SURNAME not in roles and roles.count(FIRST) > 1:
        followed = roles.index(PATRONYMIC) - 1 if PATRONYMIC in roles else len(roles) - 1
        given = followed if followed >= 0 and roles[followed] == FIRST else roles.index(FIRST)
        roles = [SURNAME if role == FIRST and place != given else role for place, role in enumerate(roles)]
    return roles


def _role(key: str) -> str:
    if key.startswith(_SIGN):
        return key[1:].partition(":")[0]
    if is_initial(key):
        return {"1": _FIRST_INITIAL, "2": _PATRONYMIC_INITIAL}.get(key[-1], _INITIAL)
    return _OF_KIND.get(kind_of(key)) or (_SON if _LIKE_A_SON.search(key) else _UNKNOWN)


def _shared_role(mine: str, yours: str) -> str:
    """What two parts that are alike are: what is known of either."""
    known = {mine, yours}
    if known & {PATRONYMIC, _PATRONYMIC_INITIAL}:
        return PATRONYMIC
    return SURNAME if SURNAME in known and FIRST not in known else FIRST


def _left(roles: Sequence[str], taken: Set[int]) -> set[str]:
    return {role for place, role in enumerate(roles) if place not in taken}


def _conflicts(mine: Set[str], yours: Set[str], shared: Set[str]) -> Iterator[str]:
    """Parts that both names have and that are not alike."""
    if PATRONYMIC in mine & yours:
        yield OTHER_PATRONYMIC
    if FIRST in mine & yours:
        yield SIBLINGS if PATRONYMIC in shared else OTHER_FIRST
    if SURNAME in mine & yours:
        yield OTHER_SURNAME
    if any(_is_other_initial(*both) for both in ((mine, yours), (yours, mine))):
        yield OTHER_INITIAL


def _is_other_initial(mine: Set[str], yours: Set[str]) -> bool:
    return bool(
        (_FIRST_INITIAL in mine and yours & {FIRST, _FIRST_INITIAL, _INITIAL})
        or (_PATRONYMIC_INITIAL in mine and yours & {PATRONYMIC, _PATRONYMIC_INITIAL, _INITIAL})
        or (_INITIAL in mine and yours & {FIRST, PATRONYMIC, _INITIAL})
    )


def _other_patronymic(mine: Sequence[Name], yours: Sequence[Name]) -> Iterator[str]:
    own, others = (
        [key for name in names for key, role in zip(name.keys, _roles(name.keys), strict=True) if role == PATRONYMIC]
        for names in (mine, yours)
    )
    if own and others and not any(likeness(one, other) for one in own for other in others):
        yield OTHER_PATRONYMIC


def _other_gender(mine: Sequence[Name], yours: Sequence[Name]) -> Iterator[str]:
    own, others = ({gender(in_nominative(name)) for name in names} - {""} for names in (mine, yours))
    if len(own) == len(others) == 1 and own != others:
        yield OTHER_GENDER


def _gender_of_part(key: str) -> str:
    """ "m" or "f" where this part tells it."""
    if key.startswith(_SIGN):
        return key.partition(":")[2]
    role = _role(key)
    if role == FIRST:
        genders = first_names().genders.get(key, ())
        return next(iter(genders)) if len(genders) == 1 else ""
    if role == PATRONYMIC:
        return "f" if key.endswith("a") else "m"
    if role in (SURNAME, _UNKNOWN, _SON):
        return "f" if _FEMALE.search(key) else "m" if _MALE.search(key) else ""
    return ""
