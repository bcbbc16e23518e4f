"""The table of facts: what `statistics.py` folds into and figures read. A fact is opened and closed, and never overwritten."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, String, Text, or_, select

from domain.place import Place
from domain.record import Record
from projections.batch import Batch
from projections.projection import Projection, RecordKey, View

PROTEST, COUNT, DETENTION, INCIDENT, REPORT, STAY, TOLD_OUT = 1, 2, 3, 4, 5, 6, 7
RELEASE, COUNSEL_REFUSED, ILL_TREATED, FORCE = 8, 9, 10, 11
DESCRIBED, ACCUSED, CASE, CHARGE, RULING, CROWD = 12, 13, 14, 15, 16, 17
"""A stay is a station where somebody was; told out is somebody whom a report counts. A case is one opened, or somebody in it."""
_PLACED = frozenset({PROTEST, DETENTION})
"""The facts that keep the cell of the map they lie in."""

projection = Projection("statistics", version=8)

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
    Column("codes", Text),
    Column("term_low", Integer),
    Column("term_high", Integer),
    Column("said", BigInteger),
    Column("known_from", BigInteger, nullable=False),
    Column("known_until", BigInteger),
    index=[["protest"], ["person"], ["detention"], ["night"]],
    sparse=True,
)
"""`codes` is what else is told, apart by spaces: of a detention the agency, of a description the age band, of a ruling the
penalties, of a case the ids of those it was opened against. `low` and `high` of a ruling are the fine in roubles, its term is in
days."""


def open_fact(
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
    codes: str | None = None,
    term_low: int | None = None,
    term_high: int | None = None,
) -> None:
    """What an event says, from its position on; what it said before, where it is restated, ends there."""
    record, version = event.originator_id.bytes, event.originator_version
    revision = close_fact(views, record, version) if views.restating else 0
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
        codes=codes,
        term_low=term_low,
        term_high=term_high,
        said=first_said(views, event),
        known_from=views.position,
        known_until=None,
    )


def first_said(views: Batch, event: Record.Event) -> int:
    """When the entry was first recorded, however often it was restated since."""
    first = views.get(facts, (event.originator_id.bytes, event.originator_version, 0)) if views.restating else None
    said: int = first.said if first is not None else int(event.timestamp.timestamp())
    return said


def close_fact(views: Batch, record: bytes, version: int, view: View = facts) -> int:
    """Close the standing revision of a fact, if there is one; one of `view`, which keeps others as these are kept. Returns the
    number of the next."""
    revision = 0
    while (row := views.get(view, (record, version, revision))) is not None:
        if row.known_until is None:
            views.set(view, (record, version, revision), known_until=views.position)
        revision += 1
    return revision


def known(db: Connection, kind: int, position: int, view: View = facts) -> Iterator[Row[Any]]:
    """The facts of one kind that stood at a position; those of `view`, which keeps others as these are kept."""
    table = view.table
    return iter(
        db.execute(
            select(table).where(
                table.c.kind == kind,
                table.c.known_from <= position,
                or_(table.c.known_until.is_(None), table.c.known_until > position),
            )
        )
    )


def ever_known(db: Connection, kind: int, position: int, view: View = facts) -> Iterator[Row[Any]]:
    """The last revision of each fact of one kind that had been known by a position, standing or since taken back."""
    table = view.table
    chosen = select(table).where(table.c.kind == kind, table.c.known_from <= position)
    latest = {(row.record, row.version): row for row in db.execute(chosen.order_by(table.c.revision))}
    return iter(latest.values())


def revisions(db: Connection, kind: int, position: int) -> Iterator[tuple[bytes, list[Row[Any]]]]:
    """Each record of one kind with all revisions of its first entry that were known by a position, the oldest first."""
    table = facts.table
    chosen = select(table).where(table.c.kind == kind, table.c.known_from <= position)
    rows = db.execute(chosen.order_by(table.c.record, table.c.version, table.c.revision))
    return ((record, list(found)) for record, found in groupby(rows, lambda row: row.record))
