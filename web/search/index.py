"""The names of an installation, folded, in memory: what a search by name looks through.

Only keys as `folded` makes them are kept, with the person each belongs to; no name in clear, nothing on disk. Invariant: what it
holds is a function of the log as far as `as_of`, and of the vault's keys. A name taken out leaves no trace. `clear` when the
vault is locked; the next search reads everything anew.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence, Set
from heapq import nlargest
from itertools import product
from threading import RLock
from typing import NamedTuple
from uuid import UUID

from rapidfuzz import process
from rapidfuzz.distance import OSA

from domain.privacy import Sealed
from domain.vocabulary.people import NAME_KINDS
from web.search.first_names import first_names
from web.search.matching import BEGINNINGS, EXACT, SLIPS, Likeness, Likening, alphabets, likeness, match
from web.search.name_parts import Known, NameParts, fits_initial, is_initial, name_parts

_KINDS = tuple(NAME_KINDS)
_SAID_OTHERWISE = frozenset(_KINDS) - {"full", "first"}
"""Kinds of names of which a person is told that it was this one which matched."""
_OTHERWISE = 0.02
FEW = 500
"""Where no more people share a surname, also those of whom nothing but the surname is known are near a name."""
_LATIN, _CYRILLIC = 1, 2

Outcome = tuple[float, tuple[str, ...]]
"""How well a name matches, and why."""
Tables = Mapping[str, Mapping[str, Likeness]]
"""For each word that is asked the parts on record that are like it."""


class Matched(NamedTuple):
    """People who match equally well for the same reasons, the file opened last first."""

    score: float
    reasons: tuple[str, ...]
    persons: Sequence[UUID]


class Held(NamedTuple):
    """A name as it is held: its folded parts, the letters it was written in, its kind."""

    keys: tuple[str, ...]
    latin: bool
    cyrillic: bool
    kind: str


class NameIndex:
    """Hold `lock` from bringing it up to date until it is searched."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.clear()

    def clear(self) -> None:
        """Hold nothing, as if nothing had ever been read."""
        with self.lock:
            self.as_of: object = None
            """What it was read from, and how far; set by whoever reads."""
            self.unopened: dict[UUID, Sealed] = {}
            """For each person one of the names that could not be opened, locked or damaged: they are not searched."""
            self._names: list[tuple[str, ...]] = []
            self._persons: list[UUID] = []
            self._opened = array("q")
            self._marks = bytearray()
            self._holders: dict[str, array[int]] = {}
            self._spelt: dict[tuple[str, int], list[str]] = {}
            self._initials: set[str] = set()
            self._of: dict[UUID, tuple[int, ...]] = {}
            self._joined: Mapping[UUID, tuple[UUID, ...]] = {}
            self._forgotten: set[UUID] = set()
            self._dead = 0
            self.fresh: dict[UUID, None] | None = None
            """People whose names were put since somebody began to look, who takes them out; None while nobody does."""

    @property
    def worn(self) -> bool:
        """Whether so many names were taken out that it had better be made anew, for the room they leave."""
        return self._dead > 1000 + len(self._names) // 4

    def __len__(self) -> int:
        return len(self._names) - self._dead

    def put(self, person: UUID, opened: int, names: Iterable[tuple[str, str]], known: Known | None = None) -> None:
        """The names of a person, each with its kind, in the place of those held so far."""
        self.remove(person)
        if self.fresh is not None:
            self.fresh[person] = None
        for name, kind in names:
            parts = name_parts(name, known)
            if parts.keys:
                self._add(person, opened, parts, _KINDS.index(kind))

    def _add(self, person: UUID, opened: int, parts: NameParts, kind: int) -> None:
        number = len(self._names)
        keys = []
        for key in parts.keys:
            holders = self._holders.get(key)
            if holders is None:
                holders = self._holders[key] = array("I")
                if is_initial(key):
                    self._initials.add(key)
                else:
                    self._spelt.setdefault((key[0], len(key)), []).append(key)
            if not holders or holders[-1] != number:
                holders.append(number)
            keys.append(key)
        self._names.append(tuple(keys))
        self._persons.append(person)
        self._opened.append(opened)
        self._marks.append(kind << 2 | _LATIN * parts.latin | _CYRILLIC * parts.cyrillic)
        self._of[person] = (*self._of.get(person, ()), number)

    def remove(self, person: UUID) -> None:
        """Take out whatever is held about a person."""
        self.unopened.pop(person, None)
        if self.fresh is not None:
            self.fresh.pop(person, None)
        for number in self._of.pop(person, ()):
            for key in set(self._names[number]):
                self._let_go(key, number)
            self._names[number] = ()
            self._dead += 1

    def _let_go(self, key: str, number: int) -> None:
        holders = self._holders[key]
        holders.remove(number)
        if not holders:  # nobody else is called so, and nothing may say that somebody was
            del self._holders[key]
            if is_initial(key):
                self._initials.discard(key)
            else:
                self._spelt[key[0], len(key)].remove(key)

    def hide(self, person: UUID) -> None:
        """Somebody was forgotten: nor is anybody found who was found to be the same person."""
        self.remove(person)
        self._forgotten.add(person)

    def join(self, edges: Iterable[tuple[bytes, bytes]]) -> None:
        """The files that are of one person, as pairs; in the place of those known so far."""
        groups: dict[UUID, set[UUID]] = {}
        for low, high in edges:
            one, other = UUID(bytes=low), UUID(bytes=high)
            together = groups.get(one, {one}) | groups.get(other, {other})
            for file in together:
                groups[file] = together
        self._joined = {file: tuple(sorted(together)) for file, together in groups.items()}

    def files(self, persons: Set[UUID]) -> dict[UUID, tuple[UUID, ...]]:
        """Of these people those who have several files: all of them, in the same order for each; none when one was forgotten."""
        several = {person: self._joined[person] for person in persons & self._joined.keys()}
        return {person: files if self._forgotten.isdisjoint(files) else () for person, files in several.items()}

    def search(self, asked: NameParts) -> list[Matched]:
        """Everybody with a name that matches, the best first; somebody with several such names stands there several times."""
        tables = {word: self._alike(word) for word in asked.words}
        return [
            Matched(score, reasons, [self._persons[number] for number in self._latest(numbers)])
            for (score, reasons), numbers in sorted(self._matched(asked, tables).items(), reverse=True)
        ]

    def near(
        self, asked: NameParts, anchors: Collection[str], sign: Callable[[str], str]
    ) -> Iterator[tuple[Held, Sequence[int]]]:
        """The names that share one of `anchors`, words of what is asked, and another part with it where both have one.

        Names that differ only in parts like nothing that is asked come together, once, with a `sign` in the place of each such
        part; the numbers with them are those of the names: `whose` says of whom.
        """
        tables = {word: self._alike(word) for word in asked.words}
        numbers = {number for word in anchors for key in tables[word] for number in self._holders[key]}
        others = {word: tables[word] for word in asked.words if word not in anchors}
        if others and len(anchors) == 1 and len(asked.words) == len(asked.keys):
            alone = {number for number in numbers if len(self._names[number]) == 1} if len(numbers) <= FEW else set()
            shared = (numbers.intersection(self._holders[key]) for table in others.values() for key in table)
            numbers = alone.union(*shared)
        part = _telling(asked, tables, sign).__getitem__
        cases: dict[tuple[tuple[str, ...], int], list[int]] = {}
        for number in numbers:
            cases.setdefault((tuple(map(part, self._names[number])), self._marks[number]), []).append(number)
        for case, held in cases.items():
            yield _held(*case), held

    def whose(self, numbers: Collection[int], limit: int) -> list[UUID]:
        """Whose names these are, those whose files were opened last, at most `limit` of them."""
        return [self._persons[number] for number in nlargest(limit, numbers, key=self._opened.__getitem__)]

    def seen_by(self, numbers: Iterable[int], may_see: Container[bytes]) -> list[int]:
        """Those of these names whose people are among these."""
        return [number for number in numbers if self._persons[number].bytes in may_see]

    def without(self, numbers: Iterable[int], person: UUID) -> list[int]:
        """These names without those of one person."""
        own = self._of.get(person, ())
        return [number for number in numbers if number not in own]

    def held(self, person: UUID) -> list[Held]:
        """The names of a person."""
        return [_held(self._names[number], self._marks[number]) for number in self._of.get(person, ())]

    def _latest(self, numbers: list[int]) -> list[int]:
        return sorted(numbers, key=self._opened.__getitem__, reverse=True)

    def _alike(self, word: str) -> dict[str, Likeness]:
        """Of all parts that names on record have, those like this word."""
        likely = {word, *first_names().related(word), *(key for key in self._initials if key[0] in (word[0], "y"))}
        lengths = range(len(word) - SLIPS, len(word) + SLIPS + 1)
        for spelling in product(BEGINNINGS.get(word[0], word[0]), lengths):
            spelt = self._spelt.get(spelling, ())
            likely.update(key for key, _, _ in process.extract(word, spelt, scorer=OSA.distance, score_cutoff=SLIPS, limit=None))
        held = ((key, likeness(word, key)) for key in likely if key in self._holders)
        return {key: like for key, like in held if like is not None}

    def _matched(self, asked: NameParts, tables: Tables) -> dict[Outcome, list[int]]:
        """The numbers of the names that match, by how well and why.

        Names that differ only in parts like nothing that is asked are weighed once: most of the thousands called Иван.
        """

        def alike(mine: str, yours: str) -> Likeness | None:
            return tables[mine].get(yours) if mine in tables else likeness(mine, yours)

        part = _telling(asked, tables, lambda key: "").__getitem__
        cases: dict[tuple[tuple[str, ...], int], list[int]] = {}
        names, marks = self._names, self._marks
        for number in self._likely(asked, tables):
            cases.setdefault((tuple(map(part, names[number])), marks[number]), []).append(number)
        found: dict[Outcome, list[int]] = {}
        for case, numbers in cases.items():
            outcome = _weighed(asked, *case, alike)
            if outcome is not None:
                found.setdefault(outcome, []).extend(numbers)
        return found

    def _likely(self, asked: NameParts, tables: Tables) -> Iterable[int]:
        """The numbers of names that hold so many of the words that initials can be the rest."""
        sets = [{number for key in tables[word] for number in self._holders[key]} for word in asked.words]
        if len(sets) == 1:
            return sets[0]
        counted: Counter[int] = Counter()
        for holders in sets:
            counted.update(holders)
        initials = len(asked.keys) - len(asked.words)
        return [
            number
            for number, count in counted.items()
            if count + initials >= len(asked.keys) or count + initials >= len(self._names[number])
        ]


def _telling(asked: NameParts, tables: Tables, sign: Callable[[str], str]) -> dict[str, str]:
    """Parts of names on record as far as they matter to what is asked: themselves, or a sign where they are like none of it."""
    told = _Telling([key for key in asked.keys if is_initial(key)], sign)
    told.update((key, key) for table in tables.values() for key in table)
    return told


class _Telling(dict[str, str]):
    """Of the other parts those that an initial fits."""

    def __init__(self, initials: Sequence[str], sign: Callable[[str], str]) -> None:
        self._initials, self._sign = initials, sign

    def __missing__(self, key: str) -> str:
        self[key] = key if any(fits_initial(initial, key) for initial in self._initials) else self._sign(key)
        return self[key]


def _held(keys: tuple[str, ...], marks: int) -> Held:
    return Held(keys, bool(marks & _LATIN), bool(marks & _CYRILLIC), _KINDS[marks >> 2])


def _weighed(asked: NameParts, keys: tuple[str, ...], marks: int, alike: Likening) -> Outcome | None:
    matched = match(asked.keys, keys, alike)
    if matched is None:
        return None
    other_letters = alphabets(asked, latin=bool(marks & _LATIN), cyrillic=bool(marks & _CYRILLIC))
    reasons, kind = (*other_letters, *matched.reasons), _KINDS[marks >> 2]
    if kind in _SAID_OTHERWISE:
        return matched.score - _OTHERWISE, (*reasons, kind)
    return matched.score, reasons or (EXACT,)
