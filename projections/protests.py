"""Protests: the list by city and period, and what one protest's page says in numbers. Read by everybody who signs in.

Invariant: one row for every protest ever recorded; a withdrawn one stays with `stands` 0.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, String, Text, func, select

from domain.count import Count
from domain.detention import Detention
from domain.protest import Protest
from domain.record import Record
from projections.batch import Batch
from projections.days import day_of, sort_time
from projections.projection import Projection, RecordKey
from projections.reconciling import Claim, Total, reconcile

projection = Projection("protests", version=1)

protests = projection.table(
    "protests",
    Column("protest", RecordKey, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("happened", BigInteger, nullable=False),
    Column("day", Integer, nullable=False),
    Column("city", Integer),
    Column("region", String(10)),
    Column("form", String(40), nullable=False),
    Column("agreement", String(20), nullable=False),
    Column("named", Integer, nullable=False),
    Column("claims", Text, nullable=False),
    Column("crowds", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["city", "happened"], ["happened"]],
)
named = projection.table(
    "named",
    Column("detention", RecordKey, primary_key=True),
    Column("protest", RecordKey, nullable=False),
)


@projection.on(Protest.Recorded)
def list_protest(views: Batch, event: Protest.Recorded) -> None:
    """A row, or its corrected place, time, form and agreement. `position` is where the standing text is told."""
    key = event.originator_id.bytes
    known = views.get(protests, key) if views.restating else None
    views.put(
        protests,
        key,
        position=views.position,
        happened=sort_time(event.when),
        day=day_of(event.when),
        city=event.place.city,
        region=event.place.region,
        form=event.form,
        agreement=event.agreement,
        named=known.named if known is not None else 0,
        claims=known.claims if known is not None else "{}",
        crowds=known.crowds if known is not None else "{}",
        stands=1,
    )


@projection.on(Protest.DetentionsCounted)
def count(views: Batch, event: Protest.DetentionsCounted) -> None:
    """A count of people detained."""
    station = event.place.station if event.place is not None else None
    _note(views, event, "claims", [event.count.low, event.count.high, station])


@projection.on(Protest.CrowdEstimated)
def estimate(views: Batch, event: Protest.CrowdEstimated) -> None:
    """An estimate of the crowd."""
    _note(views, event, "crowds", [event.count.low, event.count.high, None])


@projection.on(Protest.Withdrawn)
def take_back_protest(views: Batch, event: Protest.Withdrawn) -> None:
    """The protest, or one of its counts."""
    key = event.originator_id.bytes
    row = views.get(protests, key)
    if row is None:
        return
    if event.version is None:
        views.set(protests, key, stands=0)
        return
    for column in ("claims", "crowds"):
        noted = json.loads(getattr(row, column))
        if noted.pop(str(event.version), None) is not None:
            views.set(protests, key, **{column: json.dumps(noted)})


@projection.on(Detention.Recorded)
def detain(views: Batch, event: Detention.Recorded) -> None:
    """One more person detained at the protest, or at another than was thought."""
    if views.restating:
        _leave(views, event.originator_id.bytes)
    if event.protest is not None and views.get(protests, event.protest.bytes) is not None:
        views.put(named, event.originator_id.bytes, protest=event.protest.bytes)
        _count(views, event.protest.bytes, 1)


@projection.on(Detention.Withdrawn)
def take_back_detention(views: Batch, event: Detention.Withdrawn) -> None:
    """One person fewer."""
    if event.version is None:
        _leave(views, event.originator_id.bytes)


def _note(views: Batch, event: Record.Event, column: str, value: list[Any]) -> None:
    key = event.originator_id.bytes
    row = views.get(protests, key)
    if row is not None:
        noted = json.loads(getattr(row, column))
        noted[str(event.originator_version)] = value
        views.set(protests, key, **{column: json.dumps(noted)})


def _leave(views: Batch, detention: bytes) -> None:
    known = views.get(named, detention)
    if known is not None:
        views.remove(named, detention)
        _count(views, known.protest, -1)


def _count(views: Batch, protest: bytes, change: int) -> None:
    views.set(protests, protest, named=views.get(protests, protest).named + change)


def detained(row: Row[Any]) -> Total:
    """How many were detained at a protest, names and counts reconciled."""
    return reconcile(row.named, (Claim(*claim) for claim in json.loads(row.claims).values()))


def crowd(row: Row[Any]) -> Count | None:
    """How many took part: the span of all estimates that stand, None where there is none."""
    estimates = [Claim(*estimate) for estimate in json.loads(row.crowds).values()]
    if not estimates:
        return None
    total = reconcile(0, estimates)
    return Count(total.low, total.high)


def listed(
    db: Connection,
    *,
    city: int | None = None,
    first: int | None = None,
    last: int | None = None,
    limit: int = 50,
    offset: int = 0,
) -> Sequence[Row[Any]]:
    """Standing protests, latest first, in a city and between two times (seconds since 1970, `last` excluded)."""
    chosen = _chosen(select(protests.table), city, first, last)
    order = (protests.table.c.happened.desc(), protests.table.c.position.desc())
    return db.execute(chosen.order_by(*order).limit(limit).offset(offset)).all()


def how_many(db: Connection, *, city: int | None = None, first: int | None = None, last: int | None = None) -> int:
    """How many protests the same choice holds."""
    found: int = db.execute(_chosen(select(func.count()).select_from(protests.table), city, first, last)).scalar_one()
    return found


def _chosen(found: Any, city: int | None, first: int | None, last: int | None) -> Any:
    table = protests.table
    found = found.where(table.c.stands == 1)
    if city is not None:
        found = found.where(table.c.city == city)
    if first is not None:
        found = found.where(table.c.happened >= first)
    if last is not None:
        found = found.where(table.c.happened < last)
    return found


def one(db: Connection, protest: bytes) -> Row[Any] | None:
    """One protest's row."""
    return db.execute(select(protests.table).where(protests.table.c.protest == protest)).one_or_none()
