"""Exhibits: what was deposited, which record it bears out, and whether the same file is on record already.

Read by whoever may open the record an exhibit belongs to. Invariant: one row for every exhibit ever deposited; a withdrawn one
stays with `stands` 0. What is told of it is read from the log, its file from the disk.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Integer, LargeBinary, Row, SmallInteger, String, select

from domain.exhibit import Exhibit, belongs_to
from projections.batch import Batch
from projections.projection import Projection, RecordKey

AT_ONCE = 500
"""Records asked for in one statement."""

projection = Projection("exhibits", version=1)

exhibits = projection.table(
    "exhibits",
    Column("exhibit", RecordKey, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("about", RecordKey, nullable=False),
    Column("about_kind", String(12), nullable=False),
    Column("supports", Integer),
    Column("person", RecordKey),
    Column("kind", String(20), nullable=False),
    Column("sha256", LargeBinary(32)),
    Column("size", BigInteger),
    Column("media", String(12)),
    Column("recorded_by", RecordKey, nullable=False),
    Column("recorded", BigInteger, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["about"], ["person"], ["sha256"]],
)


@projection.on(Exhibit.Deposited)
def deposit(views: Batch, event: Exhibit.Deposited) -> None:
    """A row, or what it now belongs to. Whoever corrects it has not deposited it."""
    key, about = event.originator_id.bytes, belongs_to(event)
    known = views.get(exhibits, key) if views.restating else None
    views.put(
        exhibits,
        key,
        position=views.position,
        about=about.bytes,
        about_kind=next(name for name in ABOUT if getattr(event, name) == about),
        supports=event.supports,
        person=event.person.bytes if event.person is not None else None,
        kind=event.kind,
        sha256=bytes.fromhex(event.sha256) if event.sha256 is not None else None,
        size=event.size,
        media=event.media,
        recorded_by=known.recorded_by if known is not None else event.recorded_by.bytes,
        recorded=known.recorded if known is not None else int(event.timestamp.timestamp()),
        stands=1,
    )


@projection.on(Exhibit.Withdrawn)
def take_back(views: Batch, event: Exhibit.Withdrawn) -> None:
    """A withdrawn exhibit confirms nothing."""
    key = event.originator_id.bytes
    if event.version is None and views.get(exhibits, key) is not None:
        views.set(exhibits, key, stands=0)


ABOUT = ("detention", "incident", "protest", "person")


def one(db: Connection, exhibit: bytes) -> Row[Any] | None:
    """One exhibit's row."""
    return db.execute(select(exhibits.table).where(exhibits.table.c.exhibit == exhibit)).one_or_none()


def rows_of(db: Connection, keys: Collection[bytes]) -> Sequence[Row[Any]]:
    """The rows of these exhibits."""
    return _among(db, exhibits.table.c.exhibit, keys)


def of_records(db: Connection, records: Collection[bytes]) -> Sequence[Row[Any]]:
    """What bears out these records, in the order in which it was deposited."""
    return sorted(_among(db, exhibits.table.c.about, records), key=lambda row: row.position)


def of_people(db: Connection, people: Collection[bytes]) -> Sequence[Row[Any]]:
    """Everything about these people, whichever record of theirs it bears out."""
    return sorted(_among(db, exhibits.table.c.person, people), key=lambda row: row.position)


def same_file(db: Connection, sha256: bytes) -> Sequence[Row[Any]]:
    """The exhibits that stand and are this very file."""
    table = exhibits.table
    chosen = select(table).where(table.c.sha256 == sha256, table.c.stands == 1)
    return db.execute(chosen.order_by(table.c.position)).all()


def recorded_among(db: Connection, keys: Collection[bytes]) -> set[bytes]:
    """Those of these ids that are exhibits on record."""
    return {row.exhibit for row in rows_of(db, keys)}


def with_files(db: Connection) -> Sequence[Row[Any]]:
    """Every exhibit that has a file, withdrawn ones too."""
    return db.execute(select(exhibits.table).where(exhibits.table.c.sha256.is_not(None))).all()


def documents_for(db: Connection, records: Collection[UUID]) -> set[tuple[UUID, int | None]]:
    """Which entries of these records a deposited document bears out: the record with the entry's number, None for the record as
    a whole. Only documents that stand, and whose file was kept: a link alone confirms nothing."""
    return {
        (UUID(bytes=row.about), row.supports)
        for row in _among(db, exhibits.table.c.about, [record.bytes for record in records])
        if row.stands and row.kind == "document" and row.sha256 is not None
    }


def _among(db: Connection, column: Any, keys: Collection[bytes]) -> list[Row[Any]]:
    wanted = list(dict.fromkeys(keys))
    portions = (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
    return [row for some in portions for row in db.execute(select(exhibits.table).where(column.in_(some))).all()]
