"""Facts that figures count: what was known of protests, counts, reports, detentions and incidents, from when until when.

Read by journalists, through the figures. Invariant: a fact is never overwritten. A correction closes it (`known_until`) and
opens the next revision (`known_from`) at the same position, so that every figure can be computed as of any position.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, String, Text, or_, select

from domain.detention import Detention
from domain.incident import Incident
from domain.place import Place
from domain.protest import Protest
from domain.record import Record
from domain.report import Report
from projections.batch import Batch
from projections.days import day_of, night_of
from projections.projection import Projection, RecordKey
from projections.reconciling import is_a_claim

PROTEST, COUNT, DETENTION, INCIDENT, REPORT, STAY, TOLD_OUT = 1, 2, 3, 4, 5, 6, 7
RELEASE, COUNSEL_REFUSED, ILL_TREATED, FORCE = 8, 9, 10, 11
"""A stay is a station where somebody was; told out is somebody whom a report counts."""
_PLACED = frozenset({PROTEST, DETENTION})
"""The facts that keep the cell of the map they lie in."""

projection = Projection("statistics", version=5)

facts = projection.table(
    "facts",
    Column("record", RecordKey, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("kind", SmallInteger, nullable=False),
    Column("protest", RecordKey),
    Column("country", String(2)),
    Column("region", String(10)),
    Column("city", Integer),
    Column("cell", BigInteger),
    Column("day", Integer, nullable=False),
    Column("category", Text),
    Column("low", Integer, nullable=False),
    Column("high", Integer),
    Column("night", Integer),
    Column("station", String(60)),
    Column("detention", RecordKey),
    Column("person", RecordKey),
    Column("minor", String(10)),
    Column("said", BigInteger),
    Column("known_from", BigInteger, nullable=False),
    Column("known_until", BigInteger),
    index=[["protest"], ["person"], ["detention"], ["night"]],
)


@projection.on(Protest.Recorded)
def protest(views: Batch, event: Protest.Recorded) -> None:
    """A protest; `category` is its form."""
    night = night_of(event.when)
    _open(views, event, PROTEST, place=event.place, day=day_of(event.when), category=event.form, night=night)


@projection.on(Protest.DetentionsCounted)
def count(views: Batch, event: Protest.DetentionsCounted) -> None:
    """A count of people detained at a protest, of those brought to the station in `category` or of all."""
    station = event.place.station if event.place is not None else None
    _open(views, event, COUNT, protest=event.originator_id.bytes, category=station, low=event.count.low, high=event.count.high)


@projection.on(Detention.Recorded)
def detention(views: Batch, event: Detention.Recorded) -> None:
    """A person detained; `category` is the circumstances."""
    _open(
        views,
        event,
        DETENTION,
        protest=event.protest.bytes if event.protest is not None else None,
        place=event.place,
        day=day_of(event.when),
        category=event.circumstances,
        night=_night_of_record(views, event),
        person=event.person.bytes,
        minor=event.minor,
    )


@projection.on(Detention.Released)
def release(views: Batch, event: Detention.Released) -> None:
    """A report of release; `category` is its kind, some of which set nobody free."""
    _open(views, event, RELEASE, category=event.kind)


@projection.on(Detention.CounselRefused)
def refuse_counsel(views: Batch, event: Detention.CounselRefused) -> None:
    """Counsel was not let in; `category` is the ground."""
    _open(views, event, COUNSEL_REFUSED, category=event.ground)


@projection.on(Detention.IllTreatmentReported)
def ill_treat(views: Batch, event: Detention.IllTreatmentReported) -> None:
    """An allegation of ill-treatment; `category` is its kind."""
    _open(views, event, ILL_TREATED, category=event.kind)


@projection.on(Protest.ForceReported)
def use_force(views: Batch, event: Protest.ForceReported) -> None:
    """Force was used at a protest; `category` is its kind."""
    _open(views, event, FORCE, category=event.kind)


@projection.on(Detention.Delivered, Detention.Transferred)
def stay(views: Batch, event: Detention.Delivered | Detention.Transferred) -> None:
    """A station where somebody was, on that night or, where no time is told, on the night of the detention."""
    if event.place is not None and event.place.station is not None:
        _open(views, event, STAY, place=event.place, night=night_of(event.when) if event.when is not None else None)
    elif views.restating:
        _close(views, event.originator_id.bytes, event.originator_version)


@projection.on(Report.Received)
def report(views: Batch, event: Report.Received) -> None:
    """A count of people held, of a protest or of a station on a night. What counts nobody is no claim."""
    counted = event.count if event.count is not None and is_a_claim(event.count) else None
    _open(
        views,
        event,
        REPORT,
        protest=event.protest.bytes if event.protest is not None else None,
        place=event.place,
        night=_night_of_record(views, event),
        category="counted" if counted is not None else None,
        low=counted.low if counted is not None else 0,
        high=counted.high if counted is not None else 0,
    )


@projection.on(Report.PersonRecorded)
def tell_out(views: Batch, event: Report.PersonRecorded) -> None:
    """Somebody is among those a report counts."""
    _open(views, event, TOLD_OUT, detention=event.detention.bytes)


@projection.on(Incident.Recorded)
def incident(views: Batch, event: Incident.Recorded) -> None:
    """An incident; `category` holds the codes of all its categories, apart by spaces."""
    _open(views, event, INCIDENT, place=event.place, day=day_of(event.when), category=" ".join(event.categories))


@projection.on(Protest.Withdrawn, Detention.Withdrawn, Incident.Withdrawn, Report.Withdrawn)
def take_back(views: Batch, event: Record.Withdrawal) -> None:
    """The fact was not one. A withdrawn protest is closed alone: figures leave out the counts of a protest that is not known."""
    _close(views, event.originator_id.bytes, event.version or 1)


def _open(
    views: Batch,
    event: Record.Event,
    kind: int,
    *,
    place: Place | None = None,
    protest: bytes | None = None,
    day: int = 0,
    category: str | None = None,
    low: int = 1,
    high: int | None = 1,
    night: int | None = None,
    detention: bytes | None = None,
    person: bytes | None = None,
    minor: str | None = None,
) -> None:
    record, version = event.originator_id.bytes, event.originator_version
    revision = _close(views, record, version) if views.restating else 0
    country, region, city = (place.country, place.region, place.city) if place is not None else (None, None, None)
    placed = kind in _PLACED and place is not None and place.cell is not None
    views.put(
        facts,
        (record, version, revision),
        kind=kind,
        protest=protest,
        country=country,
        region=region,
        city=city,
        cell=int(place.cell, 16) if placed else None,  # type: ignore[union-attr,arg-type]
        day=day,
        category=category,
        low=low,
        high=high,
        night=night,
        station=place.station if place is not None else None,
        detention=detention,
        person=person,
        minor=minor,
        said=_said(views, event),
        known_from=views.position,
        known_until=None,
    )


def _said(views: Batch, event: Record.Event) -> int:
    """When the entry was first recorded, however often it was restated since."""
    first = views.get(facts, (event.originator_id.bytes, event.originator_version, 0)) if views.restating else None
    said: int = first.said if first is not None else int(event.timestamp.timestamp())
    return said


def _night_of_record(views: Batch, event: Detention.Recorded | Report.Received) -> int:
    zone = (event.place.zone if event.place is not None else None) or "Europe/Moscow"
    return night_of(event.when, datetime.fromtimestamp(_said(views, event), UTC), zone)


def _close(views: Batch, record: bytes, version: int) -> int:
    """Close the standing revision of a fact, if there is one. Returns the number of the next."""
    revision = 0
    while (row := views.get(facts, (record, version, revision))) is not None:
        if row.known_until is None:
            views.set(facts, (record, version, revision), known_until=views.position)
        revision += 1
    return revision


def known(db: Connection, kind: int, position: int) -> Iterator[Row[Any]]:
    """The facts of one kind that stood at a position."""
    table = facts.table
    return iter(
        db.execute(
            select(table).where(
                table.c.kind == kind,
                table.c.known_from <= position,
                or_(table.c.known_until.is_(None), table.c.known_until > position),
            )
        )
    )


def ever_known(db: Connection, kind: int, position: int) -> Iterator[Row[Any]]:
    """The last revision of each fact of one kind that had been known by a position, standing or since taken back."""
    table = facts.table
    chosen = select(table).where(table.c.kind == kind, table.c.known_from <= position)
    latest = {(row.record, row.version): row for row in db.execute(chosen.order_by(table.c.revision))}
    return iter(latest.values())


def revisions(db: Connection, kind: int, position: int) -> Iterator[tuple[bytes, list[Row[Any]]]]:
    """Each record of one kind with all revisions of its first entry that were known by a position, the oldest first."""
    table = facts.table
    chosen = select(table).where(table.c.kind == kind, table.c.known_from <= position)
    rows = db.execute(chosen.order_by(table.c.record, table.c.version, table.c.revision))
    return ((record, list(found)) for record, found in groupby(rows, lambda row: row.record))
