"""A lawyer's people by the time left: who is over a limit first, then who may be, then whose next limit or hearing is nearest.

The whole list is sorted by instants that were found when the entries were recorded (`projections/deadlines.py`); names are opened
and the law is asked anew for the people of one page only (`desk_rows.py`).
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from projections import assignments, desks, people, proceedings
from web.desk import Desk
from web.lawyers.desk_rows import Row, rows_of
from web.wiring import Views

PAGE = 20
OVER, PERHAPS, RUNS, NOTHING = range(4)
"""How urgent: certainly held over a limit, perhaps over it or nobody can tell, something falls due, nothing does."""
SHOWS = ("held", "overrun", "hearing")
A_WEEK, A_MONTH = (int(timedelta(days=days).total_seconds()) for days in (7, 30))
_LATE = 2
_HELD, _FREE = (NOTHING, 0), (NOTHING, 1)


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """One page. `counted` says how many people there are of each choice, `pages` how many pages the chosen one has."""

    rows: Sequence[Row]
    shows: str
    counted: Mapping[str, int]
    page: int
    pages: int


@dataclass(slots=True)
class Urgent:
    """A person with all of their files, and what matters most: a detention, a case, a hearing."""

    person: bytes
    files: Sequence[bytes]
    urgency: tuple[int, int] = _FREE
    detention: Any = None
    case: Any = None
    hearing: Any = None
    among: set[str] = field(default_factory=lambda: {""})
    """The choices the person belongs to; "" is everybody."""
    _held: tuple[int, int] = _FREE
    _due: tuple[int, int] = _FREE

    def add_detention(self, row: Any, instants: Any, now: int) -> None:
        """One of the person's detentions."""
        urgency = in_custody(row, instants, now)
        if self.detention is None or urgency < self._held:
            self.detention, self._held = row, urgency
        self.urgency = min(self.urgency, urgency)
        if row.inside:
            self.among.add("held")
        sure = instants["sure_due"]
        if instants["late"] == _LATE or (instants["running"] and sure is not None and sure < now):
            self.among.add("overrun")

    def add_case(self, row: Any, dues: Sequence[Sequence[int | None]], now: int) -> None:
        """One of the cases against the person."""
        urgency = in_case(dues, now)
        if urgency < self._due:
            self.case, self._due = row, urgency
        self.urgency = min(self.urgency, urgency)

    def add_hearing(self, row: Any, now: int) -> None:
        """A hearing that lies ahead; the first of those added is the next."""
        if self.hearing is None and row.due is not None:
            self.hearing = row
            self.urgency = min(self.urgency, (RUNS, max(row.due, now)))
            if row.due < now + A_WEEK:
                self.among.add("hearing")


def time_left(desk: Desk, counsel: UUID, shows: str, page: int, language: str) -> TimeLeft:
    """The people of this lawyer's account."""
    now = datetime.now(UTC).replace(microsecond=0)
    with desk.tracker.views() as db:
        found = _people(db, counsel, int(now.timestamp()))
        chosen = [one for one in found if shows in one.among]
        pages = max(1, -(-len(chosen) // PAGE))
        page = min(max(1, page), pages)
        rows = rows_of(desk, db, chosen[(page - 1) * PAGE : page * PAGE], now, language)
    return TimeLeft(rows, shows, Counter(shows for one in found for shows in one.among), page, pages)


def most_urgent_first(db: Views, counsel: UUID) -> list[bytes]:
    """The people of a lawyer in the order of their desk."""
    return [one.person for one in _people(db, counsel, int(datetime.now(UTC).timestamp()))]


def _people(db: Views, counsel: UUID, now: int) -> list[Urgent]:
    """Whoever was forgotten or withdrawn is on no desk; files joined are one person, under the number that was given first."""
    own = assignments.people_of(db, counsel.bytes)
    of_file, found = _by_file(db, own)
    held, charged = desks.detentions_of(db, of_file), desks.cases_of(db, of_file)
    asked = desks.asked_now(db, [row for row in (*held, *charged) if not row.wanted])
    for row in held:
        ready = {"running": row.running, "first_due": row.first_due, "sure_due": row.sure_due, "late": row.late}
        of_file[row.person].add_detention(row, asked.get(row.detention, ready), now)
    for row in charged:
        of_file[row.person].add_case(row, json.loads(asked.get((row.proceeding, row.person), row.dues)), now)
    for row in proceedings.hearings_of(db, of_file, since=now):
        of_file[row.defendant].add_hearing(row, now)
    return sorted(found, key=lambda one: (one.urgency, one.person))


def _by_file(db: Views, own: Collection[bytes]) -> tuple[dict[bytes, Urgent], list[Urgent]]:
    joined, of_file, found = people.clusters(db, own), dict[bytes, Urgent](), list[Urgent]()
    for person in sorted(desks.standing_among(db, own)):
        if person not in of_file:
            found.append(Urgent(person, joined[person]))
            of_file |= dict.fromkeys(joined[person], found[-1])
    return of_file, found


def in_custody(row: Any, instants: Mapping[str, Any], now: int) -> tuple[int, int]:
    """The group, and the order in it: the longest overrun first, then the nearest limit.

    After a month of silence a release that nobody reported is likelier than an overrun, and would bury those who are held today.
    """
    first, sure = instants["first_due"], instants["sure_due"]
    if instants["running"] and sure is not None and sure < now:
        return (OVER, sure) if sure >= now - A_MONTH else (PERHAPS, now)
    if instants["running"] and (first is None or first <= now):
        return PERHAPS, first or 0
    if instants["running"]:
        return RUNS, first
    return _HELD if row.inside else _FREE


def in_case(dues: Sequence[Sequence[int | None]], now: int) -> tuple[int, int]:
    """What the defence has to do next, and by when. What may be too late is due now; what certainly is, is not on a desk."""
    ahead = [max(first or now, now) for first, last in dues if last is None or last >= now]
    return (RUNS, min(ahead)) if ahead else _FREE
