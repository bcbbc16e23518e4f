"""The changes chosen, newest first: what an entry said before and after, in sentences read from the log, why, by whom and when.

The view knows positions alone. Whose file somebody may not open, their changes are a number; of who was forgotten, too.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for

from domain.record import Record
from domain.states import FIRST, before
from projections import corrections, people
from web.access.exhibits import may_open
from web.access.guard import may
from web.access.roles import Role
from web.corrections.choosing import Choice, acts, kinds
from web.desk import Desk
from web.entries.offers import name_of
from web.entries.subject import page_of as page_of_record
from web.languages import language
from web.lines import History, history_of
from web.wiring import Views

PAGE = 25


@dataclass(frozen=True, slots=True)
class Change:
    """One line. `was` and `now` are what the entry said before and after; "" where there is nothing of the kind."""

    position: int
    act: str
    told: str
    kind: str
    entry: int
    was: str
    now: str
    because: str
    words: str
    who: str
    recorded: str
    timestamp: str
    link: str
    reinstate: str
    """Where it can be brought back, "" where it cannot."""


@dataclass(frozen=True, slots=True)
class Page:
    """`others` is how many more there are that the reader may not see; `older` where the next page begins, None for no more."""

    changes: Sequence[Change]
    others: int
    older: int | None


def page_of(desk: Desk, choice: Choice) -> Page:
    """One page."""
    if choice.problem:
        return Page((), 0, None)
    with desk.tracker.views() as db:
        rows = corrections.latest(db, **choice.query())
        seen = _visible(desk, db, rows)
        gone = people.forgotten_among(db, {row.person for row in seen if row.person is not None})
    seen = [row for row in seen if row.person not in gone]
    chosen = [row for row in seen if choice.before is None or row.position < choice.before]
    shown = chosen[:PAGE]
    history = history_of(desk, dict.fromkeys(row.record for row in shown))
    told = dict(history.told)
    open_to = desk.visible({UUID(bytes=row.person) for row in shown if row.person is not None})
    listed = [_change(history, row, told[row.position], open_to) for row in shown if row.position in told]
    return Page(listed, len(rows) - len(seen), shown[-1].position if len(chosen) > PAGE else None)


def _visible(desk: Desk, db: Views, rows: Sequence[Any]) -> list[Any]:
    """Those this reader may see: of their people, of protests, of what is about nobody on file; and what they did today."""
    reader = desk.reader
    own = desk.listed(db)
    if own is None:
        return list(rows)

    reports = reader.visible_reports(desk.tracker, {UUID(bytes=row.record) for row in rows if row.kind == "reports"})

    def may_see(row: Any) -> bool:
        match row.kind:
            case "protests" | "stations":
                return True
            case "reports":
                return UUID(bytes=row.record) in reports
            case "proceedings":
                return False  # of several people, not all of them this reader's: their files tell it
            case "sources":
                return False  # who they are is on their own pages
            case "exhibits":
                return may_open(reader, desk.tracker, UUID(bytes=row.record))
        if row.person is None:
            return reader.role is Role.MONITOR
        return row.person in own or (row.act == corrections.WITHDRAWN and reader.did_today(row.recorded_by, row.recorded))

    return [row for row in rows if may_see(row)]


def _change(history: History, row: Any, event: Any, open_to: Collection[UUID]) -> Change:
    is_change = isinstance(event, Record.Correction | Record.Withdrawal)
    version = (event.version or FIRST) if is_change else event.originator_version
    states = history.entries[event.originator_id, version]
    step = history.step((row.position, event), states)
    teller = history.teller
    was = teller.tell(before(history.entries, (row.position, event)), language()) if is_change else ""
    person = UUID(bytes=row.person) if row.person is not None else None
    record = UUID(bytes=row.record)
    is_shown = person is None or person in open_to
    first = states.steps[0][1]
    at = {"kind": row.kind, "name": name_of(type(first))}
    can = row.act == corrections.WITHDRAWN and history.may_reinstate(first, states) and states.gone == (row.position, event)
    link = f"{page_of_record(row.kind, record, person)}#entry-{row.position}" if is_shown else ""
    is_offered = can and may("entries.reinstate", **at)
    return Change(
        row.position,
        row.act,
        acts()[row.act],
        kinds()[row.kind],
        version,
        was,
        step.sentence,
        step.because,
        step.words,
        step.who,
        step.recorded,
        step.timestamp,
        link,
        url_for("entries.reinstate", kind=row.kind, record=record, version=version) if is_offered else "",
    )
