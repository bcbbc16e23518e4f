"""Case files: which records make up a person's file, the state of each custody, and the file's lines in order of happening.

Read by lawyers and monitors. Invariant: every event of every record of a person is a line of the file, whatever became of it.
The lines themselves are not copied here: the log is indexed by record, so `lines` folds them from the log's own events.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, String, Text, or_, select

from domain.detention import Detention
from domain.incident import Incident
from domain.proceeding import Proceeding
from domain.record import Record
from projections import moves
from projections.batch import Batch
from projections.days import sort_time
from projections.kept import dumps, loads
from projections.log import Told
from projections.projection import Projection, RecordKey
from projections.releases import freed_at, with_report, without_report

projection = Projection("case_files", version=6)

custody = projection.table(
    "custody",
    Column("detention", RecordKey, primary_key=True),
    Column("person", RecordKey, nullable=False),
    Column("protest", RecordKey),
    Column("position", BigInteger, nullable=False),
    Column("began", BigInteger, nullable=False),
    Column("city", Integer),
    Column("station", String(60)),
    Column("moves", Text, nullable=False),
    Column("freed_by", Text, nullable=False),
    Column("told", Text, nullable=False),
    Column("freed_at", BigInteger),
    Column("stands", SmallInteger, nullable=False),
    index=[["person"], ["protest"]],
)
incidents = projection.table(
    "incidents",
    Column("incident", RecordKey, primary_key=True),
    Column("person", RecordKey, nullable=False),
    index=[["person"]],
)
attributed = projection.table(
    "attributed",
    Column("incident", RecordKey, primary_key=True),
    Column("person", RecordKey, primary_key=True),
    index=[["person"]],
)
proceedings = projection.table(
    "defendants",
    Column("proceeding", RecordKey, primary_key=True),
    Column("person", RecordKey, primary_key=True),
    Column("version", Integer, nullable=False),
    index=[["person"]],
)
"""Everybody ever said to be proceeded against, whatever became of the entry."""


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
        moves=known.moves if known is not None else "",
        freed_by=known.freed_by if known is not None else "",
        told=known.told if known is not None else "{}",
        freed_at=known.freed_at if known is not None else None,
        stands=1,
    )


@projection.on(Detention.Delivered, Detention.Transferred)
def move(views: Batch, event: Detention.Delivered | Detention.Transferred) -> None:
    """Where the person was last reported, by an entry that stands. A delivery to no place says nothing new; a transfer, that they
    are no longer where they were.
    """
    place = event.place
    if place is not None or isinstance(event, Detention.Transferred):
        _move(views, event.originator_id.bytes, event.originator_version, moves.moved_to(place))
    elif views.restating:
        _move(views, event.originator_id.bytes, event.originator_version, None)


def _move(views: Batch, key: bytes, version: int, moved: str | None) -> None:
    """Write down the station and city an entry names, or that it names none any more."""
    row = views.get(custody, key)
    if row is not None:
        told = moves.with_move(row.moves, version, moved)
        views.set(custody, key, moves=told, station=moves.last_station(told))


@projection.on(Detention.Released)
def report_release(views: Batch, event: Detention.Released) -> None:
    """One more report; the person counts as free while at least one stands that sets free.

    One without a time counts from when it was first `told`, however often it was restated or taken back since.
    """
    key = event.originator_id.bytes
    row = views.get(custody, key)
    if row is None:
        return
    told: dict[str, int] = loads(row.told)
    first = told.setdefault(str(event.originator_version), int(event.timestamp.timestamp()))
    views.set(custody, key, told=dumps(told, sort_keys=True))
    _free(views, key, with_report(row.freed_by, event, first))


def _free(views: Batch, key: bytes, freed_by: str) -> None:
    views.set(custody, key, freed_by=freed_by, freed_at=freed_at(freed_by))


@projection.on(Detention.Withdrawn)
def take_back(views: Batch, event: Detention.Withdrawn) -> None:
    """A withdrawn detention stays in the file and counts as nobody's custody."""
    key = event.originator_id.bytes
    row = views.get(custody, key)
    if row is None:
        return
    if event.version is None:
        views.set(custody, key, stands=0)
    else:
        _free(views, key, without_report(row.freed_by, event.version))
        _move(views, key, event.version, None)


@projection.on(Incident.Recorded)
def file_incident(views: Batch, event: Incident.Recorded) -> None:
    """An incident belongs into the file of the person it was done to, where that is known; to whom it was ever said to have been
    done is kept, for what was known then."""
    key = event.originator_id.bytes
    if event.person is not None:
        views.put(incidents, key, person=event.person.bytes)
        views.put(attributed, (key, event.person.bytes))
    elif views.restating:
        views.remove(incidents, key)


@projection.on(Proceeding.Opened)
def file_proceeding(views: Batch, event: Proceeding.Opened) -> None:
    """A case belongs into the file of each defendant."""
    for person in event.persons:
        views.put(proceedings, (event.originator_id.bytes, person.bytes), version=event.originator_version)


@projection.on(Proceeding.DefendantJoined)
def file_defendant(views: Batch, event: Proceeding.DefendantJoined) -> None:
    """And into that of whoever is added to it."""
    views.put(proceedings, (event.originator_id.bytes, event.person.bytes), version=event.originator_version)


def detentions_of(db: Connection, people: Collection[bytes]) -> Sequence[Row[Any]]:
    """The custodies of these people (one person's merged files, or everybody on a list), earliest first."""
    found = select(custody.table).where(custody.table.c.person.in_(people)).order_by(custody.table.c.began)
    return db.execute(found).all()


def detentions_at(db: Connection, protest: bytes, *, limit: int | None = None) -> Sequence[Row[Any]]:
    """The custodies recorded as from this protest, in the order in which they were recorded."""
    found = select(custody.table).where(custody.table.c.protest == protest).order_by(custody.table.c.position)
    return db.execute(found.limit(limit)).all()


def on_watch(db: Connection, since: int) -> Sequence[Row[Any, Any]]:
    """Person and city of every custody that goes on, or that ended no earlier than `since` (seconds since 1970)."""
    table = custody.table
    chosen = select(table.c.person, table.c.city).where(table.c.stands == 1)
    return db.execute(chosen.where(or_(table.c.freed_at.is_(None), table.c.freed_at >= since))).all()


def custody_of(db: Connection, detention: bytes) -> Row[Any] | None:
    """One custody."""
    return db.execute(select(custody.table).where(custody.table.c.detention == detention)).one_or_none()


def persons_of(db: Connection, records: Collection[bytes]) -> dict[bytes, bytes]:
    """Whom these records are about: detentions, and incidents done to somebody on file. What is neither is left out."""
    of_custody = select(custody.table.c.detention, custody.table.c.person).where(custody.table.c.detention.in_(records))
    of_incident = select(incidents.table.c.incident, incidents.table.c.person).where(incidents.table.c.incident.in_(records))
    return {row[0]: row[1] for found in (of_custody, of_incident) for row in db.execute(found)}


def person_of_incident(db: Connection, incident: bytes) -> bytes | None:
    """Whom an incident was done to, where that is somebody on file."""
    table = incidents.table
    return db.execute(select(table.c.person).where(table.c.incident == incident)).scalar()


def records_of(db: Connection, people: Collection[bytes], *, ever: bool = False) -> list[bytes]:
    """Everything that belongs into the file of these people: their own records, their detentions, what was done to them (with
    `ever` also what was once said to have been), the cases against them. A case may be against others as well: `about` leaves
    out what concerns those alone."""
    own = select(custody.table.c.detention).where(custody.table.c.person.in_(people))
    table = attributed.table if ever else incidents.table
    done = select(table.c.incident).where(table.c.person.in_(people)).distinct()
    against = select(proceedings.table.c.proceeding).where(proceedings.table.c.person.in_(people)).distinct()
    return [*people, *db.scalars(own), *db.scalars(done), *db.scalars(against)]


def defendants_in(db: Connection, proceeding: bytes) -> list[bytes]:
    """Everybody who was ever said to be proceeded against in a case; nobody where there is no such case."""
    return list(db.scalars(select(proceedings.table.c.person).where(proceedings.table.c.proceeding == proceeding)))


def cases_against(db: Connection, people: Collection[bytes]) -> list[bytes]:
    """The cases in which any of these people was ever proceeded against."""
    table = proceedings.table.c
    return list(db.scalars(select(table.proceeding).where(table.person.in_(people)).distinct().order_by(table.proceeding)))


def about(history: Iterable[Told], people: Collection[UUID]) -> list[Told]:
    """What concerns these people: of a case they share with others, nothing of what concerns those others alone; and of a
    case in which they are named by mistake, nothing but that."""
    told, chosen = list(history), set(people)
    said_of: dict[tuple[UUID, int], UUID | None] = {}
    parties: dict[UUID, set[UUID]] = {}
    joined: dict[tuple[UUID, int], UUID] = {}
    for _, event in told:
        at = (event.originator_id, event.originator_version)
        if isinstance(event, Proceeding.Opened):
            said_of[at] = None
            parties.setdefault(event.originator_id, set()).update(event.persons)
        elif isinstance(event, Proceeding.Entered):
            said_of[at] = event.person
        elif isinstance(event, Proceeding.DefendantJoined):
            said_of[at], joined[at] = None, event.person
            if _stands(told, event):
                parties.setdefault(event.originator_id, set()).add(event.person)

    def concerns(event: Any) -> bool:
        entry = (event.originator_id, _entry_of(event))
        if entry not in said_of or joined.get(entry) in chosen:
            return True
        person = said_of[entry]
        return person in chosen if person is not None else bool(parties.get(event.originator_id, set()) & chosen)

    return [one for one in told if concerns(one.event)]


def _stands(told: Iterable[Told], entry: Record.Event) -> bool:
    """Whether an entry goes on saying what it says."""
    at = (entry.originator_id, entry.originator_version)
    changes = [one.event for one in told if (one.event.originator_id, _entry_of(one.event)) == at]
    last = [event for event in changes if isinstance(event, Record.Correction | Record.Withdrawal)]
    return not last or not isinstance(last[-1], Record.Withdrawal)


def _entry_of(event: Any) -> int:
    """The entry that an event is, or that it changes or bears out."""
    changes = isinstance(event, Record.Correction | Record.Withdrawal | Record.Attestation)
    found: int = (event.version or Record.INITIAL_VERSION) if changes else event.originator_version
    return found


def incidents_among(db: Connection, records: Collection[bytes]) -> set[bytes]:
    """Those of these records that are incidents ever said to have been done to somebody on file."""
    table = attributed.table
    return set(db.scalars(select(table.c.incident).where(table.c.incident.in_(records))))


class Line(NamedTuple):
    """One entry of a file, and what became of it: the later event that restated it or took it back, None while it stands."""

    told: Told
    changed_by: Told | None


def lines(history: Iterable[Told]) -> list[Line]:
    """The lines of a file from the events of its records, in order of happening.

    A line without a time comes right after the one recorded before it; a correction stands where what it restates happened.
    As known at a position: pass only the events up to it.
    """
    events = sorted(history, key=lambda told: told.position)
    changes: dict[tuple[Any, int], Told] = {}
    for told in events:
        if isinstance(told.event, Record.Correction | Record.Withdrawal):
            changes[told.event.originator_id, told.event.version or 1] = told
    times: dict[int, int] = {}
    latest = 0
    for position, event in events:
        latest = sort_time(getattr(event.says, "when", None)) or latest
        times[position] = latest
    events.sort(key=lambda told: (times[told.position], told.position))
    return [Line(told, changes.get((told.event.originator_id, told.event.originator_version))) for told in events]
