"""Asks for a name: who of those one may see is called so, the likeliest first.

People one may not see are taken out before the rest is cut to a page, so that they neither show nor leave a gap; what is asked of
the names in memory is the same work whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from domain.errors import RuleBroken
from web.search.index import Matched
from web.search.keeping_up import bring_up_to_date
from web.search.name_parts import NameParts, name_parts

if TYPE_CHECKING:
    from web.wiring import Tracker

LONGEST = 200
"""Letters of a name that is asked for."""
SHOWN = 50

MaySee = Callable[[Collection[UUID]], set[UUID]]
"""Of these people those whose names may be shown to whoever asks."""

Files = Mapping[UUID, tuple[UUID, ...]]
"""For a person with several files all of them; none for one who was forgotten."""


@dataclass(frozen=True, slots=True)
class Found:
    """One person: the files of theirs that may be seen, how well a name matches, and why, in codes of matching.py."""

    files: Sequence[UUID]
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """The likeliest people, best first. `more`: others match too. `unopened`: some names could not be opened nor searched."""

    people: Sequence[Found]
    more: bool
    unopened: bool


def find(tracker: Tracker, query: str, may_see: MaySee, limit: int = SHOWN) -> Findings:
    """Who may be called so. Raises RuleBroken as `parts_asked_for` does."""
    asked = parts_asked_for(query)
    names = tracker.names
    with names.lock:
        bring_up_to_date(names, tracker)
        matched = names.search(asked)
        persons = {person for group in matched for person in group.persons}
        files = names.files(persons)
        unopened = bool(names.unopened)
    visible = may_see(persons.union(*files.values()))
    found = _each_once(matched, files, visible, limit + 1)
    return Findings(found[:limit], len(found) > limit, unopened)


def read_ahead(tracker: Tracker) -> None:
    """Read the names before anybody asks, so that the first search need not wait: some seconds for 100,000 people."""
    with tracker.names.lock:
        bring_up_to_date(tracker.names, tracker)


def parts_asked_for(query: str) -> NameParts:
    """What is asked, taken apart.

    Raises RuleBroken `search_empty`, `search_too_long`, `search_without_letters`, `search_initials_only` for what names nobody.
    """
    if len(query) > LONGEST:
        raise RuleBroken("search_too_long", longest=LONGEST)
    if not query.strip():
        raise RuleBroken("search_empty")
    asked = name_parts(query)
    if not asked.keys:
        raise RuleBroken("search_without_letters")
    if not asked.words:
        raise RuleBroken("search_initials_only")
    return asked


def _each_once(matched: Sequence[Matched], files: Files, visible: set[UUID], limit: int) -> list[Found]:
    """The first of these people who may be seen, by their best name. A name in a file one may not see finds nobody."""
    found: dict[UUID, Found] = {}
    for group in matched:
        for person in group.persons:
            together = files.get(person, (person,))
            if person in visible and together and together[0] not in found:
                found[together[0]] = Found([file for file in together if file in visible], group.score, group.reasons)
                if len(found) == limit:
                    return list(found.values())
    return list(found.values())
