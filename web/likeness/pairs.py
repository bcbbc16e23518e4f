"""The pairs of files that are likely of one person, looked for a while at a time and kept in memory.

The files opened last are looked at first, and again when a name in them changes. An opening of the list looks at as many as its
time allows and says how many that were; the next one goes on. Like the names themselves the pairs are never written anywhere,
and begin anew when the names do.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID

from projections import people
from web.likeness.circumstances import circumstances, stays_of
from web.likeness.namesakes import Candidate, best_of, namesakes
from web.search.keeping_up import bring_up_to_date

if TYPE_CHECKING:
    from web.wiring import Tracker, Views

AT_ONCE = 25
"""Files that are looked at together."""
MOST_EACH = 8
"""So many pairs are kept of one file, the likeliest."""
BUDGET = 0.4
"""Seconds for which one opening of the list looks at further files."""


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two people, each with all of their files, and how likely they are one, as of a candidate."""

    one: tuple[UUID, ...]
    other: tuple[UUID, ...]
    found: Candidate


@dataclass
class LikelyPairs:
    """What was found so far."""

    looked: int = 0
    """How many files were looked at since the names were read."""
    is_done: bool = False
    """Whether that is all of them."""
    _found: dict[UUID, Sequence[Candidate]] = field(default_factory=dict)
    _before: int | None = None

    def look(self, tracker: Tracker, budget: float = BUDGET) -> None:
        """Look at further files for so many seconds, at some in any case."""
        with tracker.names.lock:
            bring_up_to_date(tracker.names, tracker)  # the first time this takes long, and is no looking yet
        until = time.monotonic() + budget
        while self._look_on(tracker) and time.monotonic() < until:
            pass

    def all(self, tracker: Tracker) -> list[LikelyPair]:
        """Every pair found, once, the likeliest first, without those found to be one person since."""
        names = tracker.names
        with names.lock:
            if names.fresh is None:
                return []
            best: dict[frozenset[UUID], LikelyPair] = {}
            for person, others in self._found.items():
                for found in others:
                    files = names.files({person, found.person})
                    one, other = files.get(person, (person,)), files.get(found.person, (found.person,))
                    key = frozenset((*one[:1], *other[:1]))
                    is_there = bool(names.held(person) and names.held(found.person))
                    if len(key) == 2 and is_there and (key not in best or best[key].found.score < found.score):
                        best[key] = LikelyPair(one, other, found)
        return sorted(best.values(), key=lambda pair: -pair.found.score)

    def _look_on(self, tracker: Tracker) -> bool:
        """Look at some files more. False when there are none."""
        names = tracker.names
        with names.lock, tracker.views() as db:
            bring_up_to_date(names, tracker)
            if names.fresh is None:
                names.fresh = {}
                self._found, self.looked, self.is_done, self._before = {}, 0, False, None
            some = self._next(tracker, db)
            alike = {person: namesakes(names, names.held(person), itself=person) for person in some}
            concerned = {person.bytes for person, others in alike.items() for person in (person, *others)}
            stays = stays_of(db, concerned)
            for person, others in alike.items():
                files = names.files({person, *others})
                own = files.get(person, (person,))
                here = stays.get(person.bytes, ())
                judged = [
                    (other, weighed, circumstances(here, stays.get(other.bytes, ())))
                    for other, weighed in others.items()
                    if other not in own
                ]
                self._found[person] = best_of(judged, files, MOST_EACH)
        return bool(some)

    def _next(self, tracker: Tracker, db: Views) -> list[UUID]:
        """Files whose names have changed, then those opened last that were not looked at."""
        fresh = tracker.names.fresh or {}
        some = list(islice(fresh, AT_ONCE))
        for person in some:
            del fresh[person]
            self._drop(person)
        if not some and not self.is_done:
            rows = people.latest(db, limit=AT_ONCE, before=self._before)
            self._before = rows[-1].opened if rows else self._before
            self.is_done = len(rows) < AT_ONCE
            some = [UUID(bytes=row.person) for row in rows]
            self.looked += len(some)
        return some

    def _drop(self, person: UUID) -> None:
        """A name of this person has changed: whose pairs with them were found before, was found by another name."""
        for one, others in self._found.items():
            if any(person in found.files for found in others):
                self._found[one] = [found for found in others if person not in found.files]
