"""The reports that are left to work off: nobody knows where, more people than were told out of it, or nobody told out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from domain.count import Count
from domain.report import Report
from domain.vocabulary.custody import CONCERNS
from projections import reports
from web.access.reader import A_DAY
from web.access.roles import Role
from web.desk import Desk, recorded_at
from web.sources.basis import tiers_of
from web.telling import number

PAGE = 50
LONGEST = 140
"""Characters of a line that are shown in the list."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One report in the list. `line` is "" where the reader may not read it, or it was forgotten."""

    id: UUID
    line: str
    where: str
    count: str
    people: int
    concerns: str
    received: str
    tier: str
    """How well what it says is borne out."""


@dataclass(frozen=True, slots=True)
class WorkList:
    """One page of the list; `newer` and `older` are page numbers, 0 where there is none."""

    waiting: Sequence[Waiting]
    total: int
    before: int
    after: int


def work_list(desk: Desk, page: str, language: str) -> WorkList:
    """The oldest first; for a monitor those of the cities of the watch that came in within a day."""
    asked = max(int(page), 1) if page.isascii() and page.isdecimal() and len(page) < 6 else 1
    is_monitor = desk.reader.role is Role.MONITOR
    cities = desk.reader.account.cities or None if is_monitor else None
    since = int(datetime.now(UTC).timestamp()) - A_DAY if is_monitor else None
    with desk.tracker.views() as db:
        total = reports.how_many_to_work_off(db, cities=cities, since=since)
        rows = reports.to_work_off(db, limit=PAGE, offset=(asked - 1) * PAGE, cities=cities, since=since)
        tiers = tiers_of(db, (UUID(bytes=row.report) for row in rows))
    told = {record.bytes: record for record in (UUID(bytes=row.report) for row in rows)}
    standing = _standing(desk, list(told.values()))
    teller = desk.teller(standing.values())
    waiting = []
    for row in rows:
        said = standing.get(UUID(bytes=row.report))
        line = teller.said(said.words) if said is not None else ""
        waiting.append(
            Waiting(
                UUID(bytes=row.report),
                line if len(line) <= LONGEST else line[: LONGEST - 1] + "…",
                teller.place(said.place, language) if said is not None and said.place is not None else "",
                number(Count(row.low, row.high), language) if row.low is not None else "",
                row.people,
                "; ".join(CONCERNS.label(code, language) for code in row.concerns.split()),
                recorded_at(datetime.fromtimestamp(row.received, UTC), teller),
                tiers.get(UUID(bytes=row.report), ""),
            )
        )
    return WorkList(waiting, total, asked - 1, asked + 1 if asked * PAGE < total else 0)


def _standing(desk: Desk, chosen: Sequence[UUID]) -> dict[UUID, Report.Received]:
    """What each of these reports says as it stands."""
    found: dict[UUID, Report.Received] = {}
    for _, event in desk.tracker.log.of(chosen):
        said = event.says
        if isinstance(said, Report.Received):
            found[event.originator_id] = said
    return found
