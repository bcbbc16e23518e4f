"""Everybody whose name is like a given one, weighed by all of their names and by how common the name is.

The work is done on the folded names in memory alone; what the files say beside the names is weighed in `best_of`.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log10
from uuid import UUID

from web.likeness.circumstances import MOST, Circumstances
from web.likeness.comparing import LIKELY, Name, Weighed, in_nominative, may_be_surnames, sign_of, weigh, weigh_all
from web.search.index import NameIndex
from web.search.name_parts import NameParts

CONSIDERED = 200
"""So many of those whose names are most alike are looked at more closely."""
_COMMON = 0.1
"""What is taken off for each tenfold of people who are called so: of a hundred namesakes none is likely the one."""
_SAID_OTHERWISE = frozenset({"former", "pseudonym", "heard"})
"""Kinds of names of which it is told that it was this one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person who is likely meant: the earliest of their files, all of them, how likely, and why, in codes.

    `doubts` speak against it and `vetoes` rule it out; what is vetoed is never suggested, only shown to who asks for it.
    """

    person: UUID
    files: tuple[UUID, ...]
    score: float
    reasons: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()


def namesakes(
    index: NameIndex, asked: Sequence[Name], *, among: Container[bytes] | None = None, itself: UUID | None = None
) -> dict[UUID, Weighed]:
    """The people whose names are so alike that circumstances may make one of them likely; those who are ruled out come last.

    Hold the index's lock. The scores tell how common the name is among these people, None for everybody; a file is not compared
    with `itself`.
    """
    cases = sorted(_cases(index, asked, among, itself), key=lambda case: (not case[0].vetoes, case[0].score), reverse=True)
    common = sum(len(numbers) for weighed, numbers in cases if weighed.is_likely)
    chosen: dict[UUID, Weighed] = {}
    for weighed, numbers in cases:
        for person in index.whose(numbers, CONSIDERED - len(chosen)):
            if person not in chosen:
                chosen[person] = _of_all_names(index, asked, person, weighed)
    return {person: weighed.rarer_by(_COMMON * log10(max(common, 1))) for person, weighed in chosen.items()}


def _cases(
    index: NameIndex, asked: Sequence[Name], among: Container[bytes] | None, itself: UUID | None
) -> Iterator[tuple[Weighed, Sequence[int]]]:
    for one in dict.fromkeys([*asked, *map(in_nominative, asked)]):
        anchors = may_be_surnames(one.keys)
        for held, numbers in index.near(NameParts(one.keys, one.latin, one.cyrillic), anchors, sign_of) if anchors else ():
            weighed = weigh(one, held)
            if weighed is not None and weighed.score >= LIKELY - MOST:
                said = (held.kind,) if held.kind in _SAID_OTHERWISE else ()
                seen = numbers if among is None else index.seen_by(numbers, among)
                seen = seen if itself is None else index.without(seen, itself)
                yield Weighed(weighed.score, (*weighed.reasons, *said), weighed.vetoes), seen


def _of_all_names(index: NameIndex, asked: Sequence[Name], person: UUID, weighed: Weighed) -> Weighed:
    held = index.held(person)
    if len(asked) == len(held) == 1:
        return weighed
    found = weigh_all(asked, held)
    return Weighed(weighed.score, weighed.reasons, found.vetoes) if found is not None else weighed


def best_of(
    judged: Iterable[tuple[UUID, Weighed, Circumstances]], files: Mapping[UUID, tuple[UUID, ...]], limit: int
) -> list[Candidate]:
    """The likeliest people, each once with all of their files; who is ruled out comes last. Who was forgotten is left out."""
    found: dict[UUID, Candidate] = {}
    for person, weighed, around in judged:
        together = files.get(person, (person,))
        if not together:
            continue
        known = found.get(together[0])
        score = weighed.score + around.added
        if score >= LIKELY and (known is None or score > known.score):
            reasons = (*weighed.reasons, *around.reasons)
            found[together[0]] = Candidate(together[0], together, score, reasons, around.doubts, weighed.vetoes)
    return sorted(found.values(), key=lambda one: (bool(one.vetoes), -one.score))[:limit]
