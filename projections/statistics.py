"""Facts that figures count: what was known of each protest, count, detention and incident, and from when until when.

Read by journalists, through the figures. Invariant: a fact is never overwritten. A correction closes it (`known_until`) and
opens the next revision (`known_from`) at the same position, so that every figure can be computed as of any position.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, String, Text, or_, select

from domain.detention import Detention
from domain.incident import Incident
from domain.place import Place
from domain.protest import Protest
from domain.record import Record
from projections.batch import Batch
from projections.days import day_of
from projections.projection import Projection, RecordKey

PROTEST, COUNT, DETENTION, INCIDENT = 1, 2, 3, 4

projection = Projection("statistics", version=1)

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
    Column("day", Integer, nullable=False),
    Column("category", Text),
    Column("low", Integer, nullable=False),
    Column("high", Integer),
    Column("known_from", BigInteger, nullable=False),
    Column("known_until", BigInteger),
)


@projection.on(Protest.Recorded)
def protest(views: Batch, event: Protest.Recorded) -> None:
    """A protest; `category` is its form."""
    _open(views, event, PROTEST, place=event.place, day=day_of(event.when), category=event.form)


@projection.on(Protest.DetentionsCounted)
def count(views: Batch, event: Protest.DetentionsCounted) -> None:
    """A count of people detained at a protest, of those brought to the station in `category` or of all."""
    station = event.place.station if event.place is not None else None
    _open(views, event, COUNT, protest=event.originator_id.bytes, category=station, low=event.count.low, high=event.count.high)


@projection.on(Detention.Recorded)
def detention(views: Batch, event: Detention.Recorded) -> None:
    """A person detained; `category` is the circumstances."""
    protest = event.protest.bytes if event.protest is not None else None
    day = day_of(event.when)
    _open(views, event, DETENTION, protest=protest, place=event.place, day=day, category=event.circumstances)


@projection.on(Incident.Recorded)
def incident(views: Batch, event: Incident.Recorded) -> None:
    """An incident; `category` holds the codes of all its categories, apart by spaces."""
    _open(views, event, INCIDENT, place=event.place, day=day_of(event.when), category=" ".join(event.categories))


@projection.on(Protest.Withdrawn, Detention.Withdrawn, Incident.Withdrawn)
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
) -> None:
    record, version = event.originator_id.bytes, event.originator_version
    revision = _close(views, record, version) if views.restating else 0
    country, region, city = (place.country, place.region, place.city) if place is not None else (None, None, None)
    views.put(
        facts,
        (record, version, revision),
        kind=kind,
        protest=protest,
        country=country,
        region=region,
        city=city,
        day=day,
        category=category,
        low=low,
        high=high,
        known_from=views.position,
        known_until=None,
    )


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
