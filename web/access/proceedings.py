"""Whose cases a reader may open: those against somebody whose file they may open.

A case may be against several people. What concerns one of them is sealed under that one's key, and read like the rest of their
file. What concerns all is sealed under the case's own: its number, its times and courts are read by whoever sees one of them, its
free words, in which the others may be named, only by whoever sees all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from domain.privacy import Sealed
from domain.proceeding import Proceeding
from domain.record import Record
from projections import proceedings
from web.access.roles import Role
from web.telling.opening import sealed_in

if TYPE_CHECKING:
    from web.access.reader import Reader
    from web.wiring import Tracker

OF_THE_CASE = frozenset({"case_number", "when", "due", "acted", "place"})
"""Words about the case, and not about anybody in it."""
ON_WATCH = frozenset({"when", "due", "place"})
_EVENTS = tuple(event for event in vars(Proceeding).values() if isinstance(event, type) and issubclass(event, Record.Event))


def may_open_case(reader: Reader, tracker: Tracker, case: UUID) -> bool:
    """Whether this is a case, and one against somebody this reader sees."""
    return bool(reader.visible(tracker, _defendants(tracker, case)))


def shared_words(reader: Reader, tracker: Tracker, events: Iterable[Record.Event]) -> set[Sealed]:
    """The words in these events that concern all defendants in a case, and that this reader may read."""
    found: set[Sealed] = set()
    texts: dict[UUID, set[Sealed]] = {}
    for event in events:
        if isinstance(event, _EVENTS):
            texts.setdefault(event.originator_id, set()).update(sealed_in(event))
    for case, words in texts.items():
        named = _defendants(tracker, case)
        seen = reader.visible(tracker, named)
        shared = {text for text in words if text.person == case}
        if not seen:
            continue
        if reader.role is Role.MONITOR:
            found |= {text for text in shared if text.field in ON_WATCH}
        elif seen == named:
            found |= shared
        else:
            found |= {text for text in shared if text.field in OF_THE_CASE}
    return found


def _defendants(tracker: Tracker, case: UUID) -> set[UUID]:
    with tracker.views() as db:
        return {UUID(bytes=person) for person in proceedings.defendants_of(db, case.bytes)}
