"""The hand-over of a shift: what came in, who is where, what is open, what changed, what was corrected; to print or to copy."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.detention import Detention
from domain.record import Record
from domain.report import Report
from projections import who_is_inside
from web.desk import Desk, moment
from web.watch.board import Board, board_of
from web.watch.changes import Change, told_changes
from web.watch.choosing import Watch

HOURS = (1, 2, 4, 8, 12, 24)
USUAL = 8
MOST_RECORDS = 2_000
MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Handover:
    """`hours` is None where the period began with signing in. `more` says that records were too many to tell one by one."""

    since: str
    hours: int | None
    by: str
    now: str
    reports: int
    detentions: int
    releases: int
    board: Board
    changed: Sequence[Change]
    corrected: Sequence[Change]
    more: bool

    @property
    def persons(self) -> list[UUID]:
        """Whose names are in it."""
        return [person.person for station in self.board.stations for person in station.people]


def handover_of(desk: Desk, watch: Watch, hours: int | None, language: str) -> Handover:
    """The summary of the last hours, or since the reader signed in."""
    session = desk.reader.session
    now = watch.now.timestamp()
    began = now - (hours or USUAL) * 3600 if hours is not None or session is None else float(session.begun)
    start = desk.tracker.log.before(began)
    board = board_of(desk, watch, language, whole=True)
    with desk.tracker.views() as db:
        rows = who_is_inside.changed_since(db, start, watch.nights, watch.among, limit=MOST_RECORDS + 1)
    told = [found for found in desk.tracker.log.of([UUID(bytes=row[0]) for row in rows]) if found.position > start]
    told.sort(key=lambda found: found.position)
    amended = [found for found in told if isinstance(found.event, Record.Correction | Record.Withdrawal)][-MOST_LINES:]
    usual = [found for found in told if isinstance(found.event, _TOLD)][-MOST_LINES:]
    places = {UUID(bytes=record): (city, station) for record, city, station in rows}
    with desk.tracker.views() as db:
        changed = told_changes(desk, db, usual, places, language)
        corrected = told_changes(desk, db, amended, places, language)
    return Handover(
        moment(began),
        hours,
        desk.reader.account.name,
        moment(now),
        sum(isinstance(found.event, Report.Received) for found in told),
        sum(isinstance(found.event, Detention.Recorded) for found in told),
        sum(isinstance(found.event, Detention.Released) for found in told),
        board,
        changed,
        corrected,
        len(rows) > MOST_RECORDS or len(usual) == MOST_LINES,
    )


_TOLD = (
    Detention.Transferred,
    Detention.CounselRefused,
    Detention.CounselAdmitted,
    Detention.IllTreatmentReported,
    Detention.Hospitalised,
    Detention.ContactLost,
    Detention.ConcernRaised,
    Detention.Released,
)
"""What whoever comes on next has to hear; that somebody was detained or delivered stands in who is where."""
