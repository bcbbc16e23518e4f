"""Stations that were added, and further spellings of any station. Read by the gazetteer, which finds places by them.

Invariant: one row for every station ever put on record and one for every spelling; what was withdrawn stays with `stands` 0,
since records that name a station go on naming it. `changes` holds the position of the last entry about a station, so that whoever
keeps the stations in memory sees with one row whether they are still true.
"""

from collections import defaultdict
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, String, Text, select

from domain.station import Station
from projections.batch import Batch
from projections.projection import Projection, RecordKey

projection = Projection("stations", version=2)

stations = projection.table(
    "stations",
    Column("station", RecordKey, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("code", String(60), nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("city", Integer, nullable=False),
    Column("cell", String(16)),
    Column("address", Text),
    Column("corrected", SmallInteger, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["code"]],
)
spellings = projection.table(
    "spellings",
    Column("station", RecordKey, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("spelling", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
)
changes = projection.table(
    "changes",
    Column("one", Integer, primary_key=True),
    Column("position", BigInteger, nullable=False),
)

_ONLY = 1


@projection.on(Station.Opened)
def open_station(views: Batch, event: Station.Opened) -> None:
    """A station, or what it is called and where it lies as restated."""
    key = event.originator_id.bytes
    known = views.get(stations, key) if views.restating else None
    address = event.place.words if isinstance(event.place.words, str) else None
    said = (event.code, event.name, event.kind, event.place.city or 0, event.place.cell, address)
    before = known and (known.code, known.name, known.kind, known.city, known.cell, known.address)
    views.put(
        stations,
        key,
        position=known.position if known is not None else views.position,
        code=event.code,
        name=event.name,
        kind=event.kind,
        city=event.place.city or 0,
        cell=event.place.cell,
        address=address,
        corrected=int(known is not None and (bool(known.corrected) or before != said)),
        stands=1,  # what is restated stands, or stands again
    )
    _note(views)


@projection.on(Station.SpellingAdded)
def add_spelling(views: Batch, event: Station.SpellingAdded) -> None:
    """One more spelling, or the same one restated."""
    key = (event.originator_id.bytes, event.originator_version)
    views.put(spellings, key, spelling=event.spelling, stands=1)
    _note(views)


@projection.on(Station.Withdrawn)
def take_back(views: Batch, event: Station.Withdrawn) -> None:
    """A spelling, or the station as a whole."""
    record = event.originator_id.bytes
    if event.version is None:
        if views.get(stations, record) is not None:
            views.set(stations, record, stands=0)
    elif views.get(spellings, (record, event.version)) is not None:
        views.set(spellings, (record, event.version), stands=0)
    _note(views)


def _note(views: Batch) -> None:
    views.put(changes, _ONLY, position=views.position)


class OnRecord(NamedTuple):
    """A station's row and the spellings of it that stand."""

    row: Row[Any]
    spellings: tuple[str, ...]


def changed(db: Connection) -> int:
    """The position of the last entry about a station, 0 where there is none."""
    found: int | None = db.scalar(select(changes.table.c.position))
    return found or 0


def on_record(db: Connection) -> list[OnRecord]:
    """Every station ever put on record, in the order in which it was."""
    spelt: dict[bytes, list[str]] = defaultdict(list)
    table = spellings.table
    for row in db.execute(select(table).where(table.c.stands == 1).order_by(table.c.station, table.c.version)):
        spelt[row.station].append(row.spelling)
    rows = db.execute(select(stations.table).order_by(stations.table.c.position)).all()
    return [OnRecord(row, tuple(spelt[row.station])) for row in rows]


def records_of(db: Connection, code: str) -> list[bytes]:
    """The records of the station with this code that stand, the first opened first: two may have opened it at once."""
    table = stations.table
    chosen = select(table.c.station).where(table.c.code == code, table.c.stands == 1).order_by(table.c.position)
    return list(db.scalars(chosen))


def one(db: Connection, station: bytes) -> Row[Any] | None:
    """The row of one record."""
    return db.execute(select(stations.table).where(stations.table.c.station == station)).one_or_none()
