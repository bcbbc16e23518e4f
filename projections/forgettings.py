"""Forgettings under way: who is to be forgotten, at whose wish, and from when on it may be done.

Read by coordinators, who carry it out, and by assigned counsel, who are to hear of it before. Invariant: a row for each request
that stands, by the same rules as the person's own (`domain/forgetting.py`); gone once it is cancelled or carried out.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, String, select

from domain.person import Person
from projections import people
from projections.batch import Batch
from projections.projection import Projection, RecordKey

projection = Projection("forgettings", version=1)

forgettings = projection.table(
    "requests",
    Column("person", RecordKey, primary_key=True),
    Column("request", Integer, nullable=False),
    Column("asked", BigInteger, nullable=False),
    Column("asked_by", String(20), nullable=False),
    Column("verified_by", String(20), nullable=False),
    Column("because", String(20), nullable=False),
    Column("waived", SmallInteger, nullable=False),
    Column("requested_by", RecordKey, nullable=False),
    Column("approval", Integer),
    Column("approved_by", RecordKey),
    Column("due", BigInteger),
)


@projection.on(Person.ForgettingRequested)
def request(views: Batch, event: Person.ForgettingRequested) -> None:
    """A request that stands; one that was restated does not, and is to be made anew."""
    if views.restating:
        _without(views, event.originator_id.bytes, event.originator_version)
        return
    views.put(
        forgettings,
        event.originator_id.bytes,
        request=event.originator_version,
        asked=views.position,
        asked_by=event.asked_by,
        verified_by=event.verified_by,
        because=event.because,
        waived=int(event.waives_delay == "yes"),
        requested_by=event.recorded_by.bytes,
        approval=None,
        approved_by=None,
        due=None,
    )


@projection.on(Person.ForgettingApproved)
def approve(views: Batch, event: Person.ForgettingApproved) -> None:
    """Approved, and due from then on; an approval that was restated is to be given anew."""
    key = event.originator_id.bytes
    if views.restating:
        _without(views, key, event.originator_version)
    elif views.get(forgettings, key) is not None:
        due = int(event.due.earliest.timestamp())
        views.set(forgettings, key, approval=event.originator_version, approved_by=event.recorded_by.bytes, due=due)


@projection.on(Person.ForgettingCancelled)
def cancel(views: Batch, event: Person.ForgettingCancelled) -> None:
    """Not to be done after all; restating the reason changes nothing in that."""
    if not views.restating:
        _end(views, event.originator_id.bytes)


@projection.on(Person.Forgotten)
def carry_out(views: Batch, event: Person.Forgotten) -> None:
    """It was done."""
    _end(views, event.originator_id.bytes)


@projection.on(Person.Withdrawn)
def take_back(views: Batch, event: Person.Withdrawn) -> None:
    """The request or the approval was taken back, or the whole file."""
    _without(views, event.originator_id.bytes, event.version)


def _without(views: Batch, key: bytes, version: int | None) -> None:
    row = views.get(forgettings, key)
    if row is None:
        return
    if version is None or version == row.request:
        views.remove(forgettings, key)
    elif version == row.approval:
        views.set(forgettings, key, approval=None, approved_by=None, due=None)


def _end(views: Batch, key: bytes) -> None:
    if views.get(forgettings, key) is not None:
        views.remove(forgettings, key)


def pending(db: Connection) -> Sequence[Row[Any]]:
    """Every request that stands, the first asked first."""
    return db.execute(select(forgettings.table).order_by(forgettings.table.c.asked)).all()


def pending_of(db: Connection, persons: Collection[bytes]) -> Sequence[Row[Any]]:
    """The requests that stand in these files (one person's), the first asked first."""
    found: list[Row[Any]] = []
    for some in people.portions(persons):
        found += db.execute(select(forgettings.table).where(forgettings.table.c.person.in_(some)))
    return sorted(found, key=lambda row: row.asked)
