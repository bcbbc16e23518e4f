"""Case files: per person, every line of what was recorded, and the state of each custody. Read by lawyers and monitors.

Invariant: one line for each event of each record, whatever became of it; nothing is ever taken off a file. Lines point to
events by position and the page reads those from the log, so no view holds a word about anybody.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, String, select

from domain.detention import Detention
from domain.incident import Incident
from domain.record import Record
from projections.batch import Batch
from projections.days import sort_time
from projections.projection import Projection, RecordKey
from projections.releases import Releases

STANDS, CORRECTED, WITHDRAWN = 0, 1, 2

projection = Projection("case_files", version=1)

lines = projection.table(
    "lines",
    Column("record", RecordKey, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("happened", BigInteger, nullable=False),
    Column("state", SmallInteger, nullable=False),
    Column("changed_by", BigInteger),
)
custody = projection.table(
    "custody",
    Column("detention", RecordKey, primary_key=True),
    Column("person", RecordKey, nullable=False),
    Column("protest", RecordKey),
    Column("position", BigInteger, nullable=False),
    Column("began", BigInteger, nullable=False),
    Column("city", Integer),
    Column("station", String(60)),
    Column("freed", Integer, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["person"], ["protest"]],
)
incidents = projection.table(
    "incidents",
    Column("incident", RecordKey, primary_key=True),
    Column("person", RecordKey, nullable=False),
    index=[["person"]],
)
releases = Releases(projection)


@projection.on_each
def write_line(views: Batch, event: Record.Event) -> None:
    """A line for what was entered; a correction's line stands where the restated entry happened."""
    told = event.restated if isinstance(event, Record.Correction) else event
    happened = sort_time(getattr(told, "when", None))
    views.append(lines, event.originator_id.bytes, event.originator_version, views.position, happened, STANDS, None)
    if isinstance(event, Record.Correction):
        _mark(views, event, event.version, CORRECTED)
    elif isinstance(event, Record.Withdrawal):
        _mark(views, event, event.version or 1, WITHDRAWN)


def _mark(views: Batch, event: Record.Event, version: int, state: int) -> None:
    key = (event.originator_id.bytes, version)
    if views.get(lines, key) is not None:
        views.set(lines, key, state=state, changed_by=views.position)


@projection.on(Detention.Recorded)
def open_custody(views: Batch, event: Detention.Recorded) -> None:
    """Somebody is held from here on."""
    key = event.originator_id.bytes
    known = views.get(custody, key) if views.restating else None
    views.put(
        custody,
        key,
        person=event.person.bytes,
        protest=event.protest.bytes if event.protest is not None else None,
        position=known.position if known is not None else views.position,
        began=sort_time(event.when),
        city=event.place.city if event.place is not None else None,
        station=known.station if known is not None else None,
        freed=known.freed if known is not None else 0,
        stands=1,
    )


@projection.on(Detention.Delivered, Detention.Transferred)
def move(views: Batch, event: Detention.Delivered | Detention.Transferred) -> None:
    """The station where the person was last reported."""
    if event.place is not None and event.place.station is not None:
        key = event.originator_id.bytes
        if views.get(custody, key) is not None:
            views.set(custody, key, station=event.place.station)


@projection.on(Detention.Released)
def report_release(views: Batch, event: Detention.Released) -> None:
    """One more report; the person counts as free while at least one stands that sets free."""
    _count(views, event.originator_id.bytes, releases.report(views, event))


@projection.on(Detention.Withdrawn)
def take_back(views: Batch, event: Detention.Withdrawn) -> None:
    """A withdrawn detention stays in the file and counts as nobody's custody."""
    key = event.originator_id.bytes
    if event.version is not None:
        _count(views, key, releases.take_back(views, key, event.version))
    elif views.get(custody, key) is not None:
        views.set(custody, key, stands=0)


@projection.on(Incident.Recorded)
def file_incident(views: Batch, event: Incident.Recorded) -> None:
    """An incident belongs into the file of the person it was done to, where that is known."""
    key = event.originator_id.bytes
    if event.person is not None:
        views.put(incidents, key, person=event.person.bytes)
    elif views.restating:
        views.remove(incidents, key)


def _count(views: Batch, key: bytes, change: int) -> None:
    if change:
        row = views.get(custody, key)
        if row is not None:
            views.set(custody, key, freed=row.freed + change)


def detentions_of(db: Connection, people: Collection[bytes]) -> Sequence[Row[Any]]:
    """The custodies of these people (one person's merged files), earliest first."""
    found = select(custody.table).where(custody.table.c.person.in_(people)).order_by(custody.table.c.began)
    return db.execute(found).all()


def detentions_at(db: Connection, protest: bytes) -> Sequence[Row[Any]]:
    """The custodies recorded as from this protest, in the order in which they were recorded."""
    found = select(custody.table).where(custody.table.c.protest == protest).order_by(custody.table.c.position)
    return db.execute(found).all()


def custody_of(db: Connection, detention: bytes) -> Row[Any] | None:
    """One custody."""
    return db.execute(select(custody.table).where(custody.table.c.detention == detention)).one_or_none()


def records_of(db: Connection, people: Collection[bytes]) -> list[bytes]:
    """Everything that belongs into the file of these people: their own records, their detentions, what was done to them."""
    own = select(custody.table.c.detention).where(custody.table.c.person.in_(people))
    done = select(incidents.table.c.incident).where(incidents.table.c.person.in_(people))
    return [*people, *db.scalars(own), *db.scalars(done)]


def lines_of(db: Connection, records: Collection[bytes], *, as_of: int | None = None) -> Sequence[Row[Any]]:
    """The lines of these records in order of happening, undated ones where they were recorded.

    As of a position: only what was recorded up to it, each line in the state it had then.
    """
    table = lines.table
    found = select(table).where(table.c.record.in_(records))
    if as_of is not None:
        found = found.where(table.c.position <= as_of)
    rows = sorted(db.execute(found).all(), key=lambda row: row.position)
    return sorted(rows, key=_when_it_happened(rows))


def _when_it_happened(rows: Sequence[Row[Any]]) -> Any:
    """An undated line comes right after the line recorded before it: reports mostly arrive in order."""
    times: dict[int, int] = {}
    latest = 0
    for row in rows:
        latest = row.happened or latest
        times[row.position] = latest
    return lambda row: (times[row.position], row.position)
