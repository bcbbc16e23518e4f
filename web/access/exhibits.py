"""Whose exhibits a reader may open: those of the files they may open, a lawyer's; what one deposited oneself within a day, a
monitor's; of a protest, everybody's who may open protests. A monitor on watch sees who is held, not the pictures of it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from domain.exhibit import Exhibit
from domain.record import Record
from projections import exhibits
from web.access.roles import Role

if TYPE_CHECKING:
    from web.access.reader import Reader
    from web.wiring import Tracker

A_DAY = 24 * 60 * 60
_OPEN_PROTESTS = frozenset({Role.MONITOR, Role.LAWYER, Role.COORDINATOR})


def opened_by(reader: Reader, tracker: Tracker, rows: Sequence[Any]) -> list[Any]:
    """Those of these rows of the view that this reader may open."""
    if reader.role is Role.COORDINATOR:
        return list(rows)
    is_lawyer = reader.role is Role.LAWYER
    people = {UUID(bytes=row.person) for row in rows if row.person is not None} if is_lawyer else set()
    seen = {person.bytes for person in reader.visible(tracker, people)} if people else set()
    return [row for row in rows if _is_protests(reader, row) or row.person in seen or _deposited(reader, row)]


def may_open(reader: Reader, tracker: Tracker, exhibit: UUID) -> bool:
    """Whether this is an exhibit, and one this reader may open."""
    with tracker.views() as db:
        row = exhibits.one(db, exhibit.bytes)
    return row is not None and bool(opened_by(reader, tracker, [row]))


def of_protests(reader: Reader, tracker: Tracker, events: Iterable[Record.Event]) -> set[UUID]:
    """Those of the exhibits that these events are of whose words are about nobody on file, and open with the protest."""
    keys = {event.originator_id.bytes for event in events if isinstance(event, _EVENTS)}
    if not keys:
        return set()
    with tracker.views() as db:
        return {UUID(bytes=row.exhibit) for row in exhibits.rows_of(db, keys) if _is_protests(reader, row)}


_EVENTS = tuple(event for event in vars(Exhibit).values() if isinstance(event, type) and issubclass(event, Record.Event))


def _is_protests(reader: Reader, row: Any) -> bool:
    return reader.role in _OPEN_PROTESTS and row.person is None and row.about_kind == "protest"


def _deposited(reader: Reader, row: Any) -> bool:
    is_own = row.recorded_by == reader.account.id.bytes and row.recorded >= time.time() - A_DAY
    return reader.role is Role.MONITOR and is_own
