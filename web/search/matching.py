"""Whether two names may be one person's, how likely, and why: part by part, whatever order the parts stand in.

Two parts are alike when they fold to one key, are forms of one first name, are an initial and its word, or differ by a letter.
Names we know to be different are never taken for a slip of the pen: Марина is not Марина misspelt as Мария, a patronymic not a
surname. A suggestion for somebody who looks and decides; nothing is joined because of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from web.search.first_names import first_names
from web.search.name_parts import Kind, NameParts, fits_initial, is_initial, kind_of

EXACT, SHORT, VARIANT, INITIAL, SLIP, FEWER, LATIN, CYRILLIC = (
    "exact", "short", "variant", "initial", "slip", "fewer", "latin", "cyrillic"
)  # fmt: skip
"""Why two names match: the codes of reasons. FEWER: some part that was asked for is not on record."""

SLIPS = 1
"""Letters that may differ in a longer word."""
LEFT_OUT, EXCHANGED = 5, 6
"""So many letters the longer word has at least, where a letter may be missing, and where one may stand for another."""
BEGINNINGS = {"g": "gh", "h": "hg"}
"""Letters a word may begin with instead: Гасанов is Hasanov as well."""
_CONFUSED = ("ao", "ei", "bp", "dt", "gk", "gh", "fv", "sz")
"""Letters that sound alike; these may stand for each other in shorter words too."""
_SURE = 0.9
"""When a part is missing, the other words must be at least this alike."""
_MISSING, _SPARE = 0.06, 0.004


class Likeness(NamedTuple):
    """How alike two parts are, from 0 to 1, and why."""

    score: float
    reason: str


Likening = Callable[[str, str], Likeness | None]


class Pair(NamedTuple):
    """One part of a name and the part of the other name it is alike, by their places, and how alike."""

    mine: int
    yours: int
    like: Likeness


@dataclass(frozen=True, slots=True)
class Match:
    """How alike two names are, from 0 to 1, and the reasons, the strongest doubt last."""

    score: float
    reasons: tuple[str, ...]


def likeness(one: str, other: str) -> Likeness | None:
    """How alike two folded parts are; None for parts of different names."""
    if is_initial(one) or is_initial(other):
        fits = fits_initial(one, other) if is_initial(one) else fits_initial(other, one)
        return Likeness(0.8, INITIAL) if fits else None
    if one == other:
        return Likeness(1, EXACT)
    names = first_names()
    mine, yours = names.fulls.get(one), names.fulls.get(other)
    if mine and yours:
        if mine.isdisjoint(yours):
            return None
        is_short = one in names.shorts or other in names.shorts
        return Likeness(0.93, SHORT) if is_short else Likeness(0.95, VARIANT)
    fathers, theirs = names.fathers.get(one), names.fathers.get(other)
    if fathers and theirs:
        same = one.endswith("a") == other.endswith("a") and not fathers.isdisjoint(theirs)
        return Likeness(0.95, VARIANT) if same else None
    return _slip(one, other)


def _slip(one: str, other: str) -> Likeness | None:
    """The same word but for a letter. The first letter is heard and seen best, and must be the same."""
    if other[0] not in BEGINNINGS.get(one[0], one[0]) or OSA.distance(one, other, score_cutoff=SLIPS) > SLIPS:
        return None
    longer = max(len(one), len(other))
    if longer < (EXCHANGED if len(one) == len(other) and not _sound_alike(one, other) else LEFT_OUT):
        return None
    kinds = {kind_of(one), kind_of(other)}
    if len(kinds) > 1 and Kind.UNKNOWN not in kinds:
        return None
    return Likeness(0.9 * JaroWinkler.similarity(one, other), SLIP)


def _sound_alike(one: str, other: str) -> bool:
    return all("".join(sorted(pair)) in _CONFUSED for pair in zip(one, other, strict=True) if pair[0] != pair[1])


def compared(asked: NameParts, kept: NameParts) -> Match | None:
    """Two names; None when they are not of one person as far as they go."""
    matched = match(asked.keys, kept.keys, likeness)
    if matched is None:
        return None
    return Match(matched.score, (*alphabets(asked, latin=kept.latin, cyrillic=kept.cyrillic), *matched.reasons))


def match(asked: Sequence[str], kept: Sequence[str], alike: Likening) -> Match | None:
    """Every part of the shorter name must have a part of its own in the longer one, and one of them must be a whole word.

    So another patronymic is another person, and a patronymic that is missing is none.
    """
    pairs = [pair.like for pair in paired(asked, kept, alike)]
    needed = min(len(asked), len(kept))
    if not needed or len(pairs) < needed or all(pair.reason == INITIAL for pair in pairs):
        return None
    reasons = {pair.reason for pair in pairs}
    missing = len(asked) - needed
    if missing:
        if any(pair.score < _SURE and pair.reason != INITIAL for pair in pairs):
            return None
        reasons.add(FEWER)
    score = sum(pair.score for pair in pairs) / needed - _MISSING * missing - _SPARE * (len(kept) - needed)
    return Match(score, tuple(reason for reason in (SHORT, VARIANT, INITIAL, SLIP, FEWER) if reason in reasons))


def paired(asked: Sequence[str], kept: Sequence[str], alike: Likening) -> list[Pair]:
    """The best way to give each asked part a kept part of its own: the most pairs, and of these the most alike.

    Asked part by asked part, with the best so far for each set of kept parts that are taken: what is asked may be hostile, and
    trying every order of eight initials would take minutes.
    """
    best: dict[int, tuple[int, float, list[Pair]]] = {0: (0, 0.0, [])}
    for row, mine in enumerate(asked):
        fits = [Pair(row, column, found) for column, yours in enumerate(kept) if (found := alike(mine, yours)) is not None]
        for taken, (count, total, pairs) in list(best.items()) if fits else ():
            for fit in fits:
                column = 1 << fit.yours
                if not taken & column:
                    known = best.get(taken | column)
                    if known is None or known[:2] < (count + 1, total + fit.like.score):
                        best[taken | column] = (count + 1, total + fit.like.score, [*pairs, fit])
    return max(best.values(), key=lambda one: one[:2])[2]


def alphabets(asked: NameParts, *, latin: bool, cyrillic: bool) -> tuple[str, ...]:
    """The reason that the name on record is written in another alphabet than it was asked in, if it is."""
    if asked.cyrillic and not asked.latin and latin and not cyrillic:
        return (LATIN,)
    if asked.latin and not asked.cyrillic and cyrillic and not latin:
        return (CYRILLIC,)
    return ()
