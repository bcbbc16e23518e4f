"""Assignments: which lawyer's account has which person's file, now.

Read before every page a lawyer opens. Invariant: an assignment holds from the entry that says so until a later one that ends
it; an entry that was withdrawn, brought back or restated counts as what stands of it, at the position where it was first said.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, Select, SmallInteger, select

from domain.person import Person
from projections.batch import Batch
from projections.projection import Projection, RecordKey

projection = Projection("assignments", version=2)

entries = projection.table(
    "entries",
    Column("person", RecordKey, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("counsel", RecordKey, nullable=False),
    Column("assigned", SmallInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["counsel"]],
)


@projection.on(Person.CounselAssigned)
def assign(views: Batch, event: Person.CounselAssigned) -> None:
    """The lawyer has the file from here on."""
    _write(views, event, assigned=1)


@projection.on(Person.CounselDismissed)
def dismiss(views: Batch, event: Person.CounselDismissed) -> None:
    """The lawyer no longer has the file."""
    _write(views, event, assigned=0)


@projection.on(Person.Withdrawn)
def take_back(views: Batch, event: Person.Withdrawn) -> None:
    """An assignment withdrawn never held; a dismissal withdrawn gives the file back. A withdrawn file keeps its lawyers."""
    if event.version is not None and views.get(entries, (event.originator_id.bytes, event.version)) is not None:
        views.set(entries, (event.originator_id.bytes, event.version), stands=0)


def _write(views: Batch, event: Person.CounselAssigned | Person.CounselDismissed, *, assigned: int) -> None:
    key = (event.originator_id.bytes, event.originator_version)
    known = views.get(entries, key) if views.restating else None
    position = known.position if known is not None else views.position
    views.put(entries, key, counsel=event.counsel.bytes, assigned=assigned, position=position, stands=1)


def counsel_of(db: Connection, persons: Collection[bytes]) -> dict[bytes, set[bytes]]:
    """For each of these people the accounts of the lawyers who have the file; who has none is left out."""
    return _held(db.execute(_standing().where(entries.table.c.person.in_(persons))))


def people_of(db: Connection, counsel: bytes) -> set[bytes]:
    """The people whose files a lawyer has, as they were recorded: files merged with theirs are the caller's to add."""
    concerned = select(entries.table.c.person).where(entries.table.c.counsel == counsel)
    rows = db.execute(_standing().where(entries.table.c.person.in_(concerned), entries.table.c.counsel == counsel))
    return set(_held(rows))


def by_counsel(db: Connection) -> dict[bytes, set[bytes]]:
    """For each lawyer's account the people whose files it has."""
    found: dict[bytes, set[bytes]] = {}
    for person, having in _held(db.execute(_standing())).items():
        for counsel in having:
            found.setdefault(counsel, set()).add(person)
    return found


def _standing() -> Select[Any]:
    table = entries.table
    return select(table.c.person, table.c.counsel, table.c.position, table.c.assigned).where(table.c.stands == 1)


def _held(rows: Iterable[Row[Any]]) -> dict[bytes, set[bytes]]:
    """The latest word about each lawyer and person decides."""
    latest: dict[tuple[bytes, bytes], tuple[int, int]] = {}
    for row in rows:
        key = (row.person, row.counsel)
        latest[key] = max(latest.get(key, (0, 0)), (row.position, row.assigned))
    held: dict[bytes, set[bytes]] = {}
    for (person, counsel), (_, assigned) in latest.items():
        if assigned:
            held.setdefault(person, set()).add(counsel)
    return held
