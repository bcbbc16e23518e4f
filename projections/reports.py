"""Reports: each message as it came in, what it counts, who was told out of it, and what is left to do about it.

Read by monitors and coordinators, and by the board of the watch. Invariant: one row for every report ever received; a withdrawn
one stays with `stands` 0. `people` are those told out of it by entries that stand, in detentions that stand: the report counts
them among its own, so they are never added to `low` and `high`.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, String, Text, and_, func, or_, select

from domain.count import Count
from domain.detention import Detention
from domain.report import Report
from projections.batch import Batch
from projections.days import day_of, sort_time
from projections.kept import dumps, loads
from projections.projection import Projection, RecordKey

projection = Projection("reports", version=2)

reports = projection.table(
    "reports",
    Column("report", RecordKey, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("recorded_by", RecordKey, nullable=False),
    Column("happened", BigInteger, nullable=False),
    Column("day", Integer, nullable=False),
    Column("city", Integer),
    Column("station", String(60)),
    Column("cell", BigInteger, nullable=False),
    Column("protest", RecordKey),
    Column("low", Integer),
    Column("high", Integer),
    Column("minors_low", Integer),
    Column("minors_high", Integer),
    Column("concerns", Text, nullable=False),
    Column("people", Integer, nullable=False),
    Column("outcomes", Text, nullable=False),
    Column("settled", SmallInteger, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["settled", "position"], ["city", "day"], ["protest"]],
)
"""`position` is where the report was first told, `received` the second in which it was recorded and
`recorded_by` whose account did, `happened` the earliest it may
have been (0 unknown). Without a count `low` is None; with one that has no upper end `high` is. `concerns` are codes parted by
spaces, "" where nothing is said about needs."""
told = projection.table(
    "told",
    Column("report", RecordKey, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("detention", RecordKey, nullable=False),
    Column("person", RecordKey, nullable=False),
    index=[["person"]],
)
"""Who was ever told out of which report, whatever became of the entry."""
detentions = projection.table(
    "detentions",
    Column("detention", RecordKey, primary_key=True),
    Column("report", RecordKey, nullable=False),
    Column("version", Integer, nullable=False),
    Column("told", SmallInteger, nullable=False),
    Column("stands", SmallInteger, nullable=False),
)
"""The detentions told out of reports: whether the entry that says so stands, and whether the detention does."""


@projection.on(Report.Received)
def receive(views: Batch, event: Report.Received) -> None:
    """A report, or the same one restated; who was told out of it stays."""
    key = event.originator_id.bytes
    known = views.get(reports, key) if views.restating else None
    place, (low, high), (minors_low, minors_high) = event.place, _ends(event.count), _ends(event.minors)
    views.put(
        reports,
        key,
        position=known.position if known is not None else views.position,
        received=known.received if known is not None else int(event.timestamp.timestamp()),
        recorded_by=known.recorded_by if known is not None else event.recorded_by.bytes,
        happened=sort_time(event.when),
        day=day_of(event.when),
        city=place.city if place is not None else None,
        station=place.station if place is not None else None,
        cell=int(place.cell, 16) if place is not None and place.cell is not None else 0,
        protest=event.protest.bytes if event.protest is not None else None,
        low=low,
        high=high,
        minors_low=minors_low,
        minors_high=minors_high,
        concerns=" ".join(code for code in event.concerns if code != "unknown"),
        people=known.people if known is not None else 0,
        outcomes=known.outcomes if known is not None else "{}",
        settled=known.settled if known is not None else 0,
        stands=1,
    )


def _ends(count: Count | None) -> tuple[int | None, int | None]:
    return (count.low, count.high) if count is not None else (None, None)


@projection.on(Report.PersonRecorded)
def tell_out(views: Batch, event: Report.PersonRecorded) -> None:
    """One of its people is on record, or is so again."""
    report, detention = event.originator_id.bytes, event.detention.bytes
    views.put(told, (report, event.originator_version), detention=detention, person=event.person.bytes)
    known = views.get(detentions, detention)
    stands = known.stands if known is not None else 1
    _count(views, detention, report=report, version=event.originator_version, told=1, stands=stands)


@projection.on(Report.Settled)
def settle(views: Batch, event: Report.Settled) -> None:
    """Nothing is left to do about it."""
    _note(views, event.originator_id.bytes, event.originator_version, event.kind)


@projection.on(Report.Withdrawn)
def take_back(views: Batch, event: Report.Withdrawn) -> None:
    """The whole report, one of its people, or that it is settled."""
    key = event.originator_id.bytes
    row = views.get(reports, key)
    if row is None:
        return
    if event.version is None:
        views.set(reports, key, stands=0)
        return
    _note(views, key, event.version, None)
    entry = views.get(told, (key, event.version))
    known = views.get(detentions, entry.detention) if entry is not None else None
    if known is not None:
        _count(views, known.detention, report=key, version=event.version, told=0, stands=known.stands)


@projection.on(Detention.Withdrawn)
def take_back_detention(views: Batch, event: Detention.Withdrawn) -> None:
    """Whoever was told out of a report by mistake is to be told out of it again."""
    if event.version is None:
        _stand(views, event.originator_id.bytes, 0)


@projection.on(Detention.Recorded)
def reinstate_detention(views: Batch, event: Detention.Recorded) -> None:
    """A detention that was taken back counts again."""
    if views.restating:
        _stand(views, event.originator_id.bytes, 1)


def _stand(views: Batch, detention: bytes, stands: int) -> None:
    known = views.get(detentions, detention)
    if known is not None:
        _count(views, detention, report=known.report, version=known.version, told=known.told, stands=stands)


def _count(views: Batch, detention: bytes, **facts: Any) -> None:
    """Put the detention's row, and count the person for the report only while both stand."""
    known, row = views.get(detentions, detention), views.get(reports, facts["report"])
    before = known.told * known.stands if known is not None else 0
    views.put(detentions, detention, **facts)
    if row is not None:
        views.set(reports, row.report, people=row.people + facts["told"] * facts["stands"] - before)


def _note(views: Batch, report: bytes, version: int, kind: str | None) -> None:
    row = views.get(reports, report)
    if row is None:
        return
    outcomes = loads(row.outcomes)
    outcomes.pop(str(version), None)
    if kind is not None:
        outcomes[str(version)] = kind
    views.set(reports, report, outcomes=dumps(outcomes, sort_keys=True), settled=int(bool(outcomes)))


def one(db: Connection, report: bytes) -> Row[Any] | None:
    """One report's row."""
    return db.execute(select(reports.table).where(reports.table.c.report == report)).one_or_none()


def rows_of(db: Connection, chosen: Collection[bytes]) -> Sequence[Row[Any]]:
    """The rows of these reports; an id that is none has none."""
    return db.execute(select(reports.table).where(reports.table.c.report.in_(chosen))).all()


def people_of(db: Connection, report: bytes) -> Sequence[Row[Any, Any, Any]]:
    """Person and detention of everybody told out of a report by an entry that stands, in that order."""
    table, held = told.table, detentions.table
    joined = select(table.c.person, table.c.detention, held.c.stands).join(held, held.c.detention == table.c.detention)
    return db.execute(joined.where(table.c.report == report, held.c.told == 1).order_by(table.c.version)).all()


def naming(db: Connection, persons: Collection[bytes]) -> list[bytes]:
    """The reports out of which any of these people was ever told."""
    chosen = select(told.table.c.report).where(told.table.c.person.in_(persons)).distinct().order_by(told.table.c.report)
    return list(db.scalars(chosen))


def everybody_in(db: Connection, report: bytes) -> set[bytes]:
    """Everybody who was ever told out of a report."""
    return set(db.scalars(select(told.table.c.person).where(told.table.c.report == report)))


def to_work_off(
    db: Connection, *, cities: Collection[int] | None = None, since: int | None = None, limit: int = 50, offset: int = 0
) -> Sequence[Row[Any]]:
    """The reports about which something is left to do, the oldest first: nobody knows where but for the city, more people than
    were told out of it, or nobody told out of it at all. Of these cities, or those that stand nowhere, where not of all."""
    chosen = _left_to_do(select(reports.table), cities, since)
    return db.execute(chosen.order_by(reports.table.c.position).limit(limit).offset(offset)).all()


def how_many_to_work_off(db: Connection, *, cities: Collection[int] | None = None, since: int | None = None) -> int:
    """How many those are."""
    found: int = db.execute(_left_to_do(select(func.count()).select_from(reports.table), cities, since)).scalar_one()
    return found


def _left_to_do(chosen: Any, cities: Collection[int] | None, since: int | None) -> Any:
    table = reports.table.c
    chosen = chosen.where(table.stands == 1, table.settled == 0)
    if since is not None:
        chosen = chosen.where(table.received >= since)
    is_nowhere = or_(table.city.is_(None), and_(table.station.is_(None), table.cell == 0))
    chosen = chosen.where(or_(is_nowhere, table.people == 0, table.low > table.people))
    return chosen if cities is None else chosen.where(or_(table.city.is_(None), table.city.in_(cities)))
