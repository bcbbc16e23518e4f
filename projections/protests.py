"""Protests: the list by city and period, and how many took part. Read by everybody who signs in.

Invariant: one row for every protest ever recorded; a withdrawn one stays with `stands` 0. How many were detained at them is the
heat map's to say (`heatmap.detained_at`), which reconciles names and counts.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, String, Text, func, select

from domain.count import Count
from domain.protest import Protest
from projections.batch import Batch
from projections.days import day_of, sort_time
from projections.kept import dumps, loads
from projections.projection import Projection, RecordKey
from projections.reconciling import Claim, reconcile

projection = Projection("protests", version=2)

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
    Column("crowds", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["city", "happened"], ["happened"]],
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
        crowds=known.crowds if known is not None else "{}",
        stands=1,
    )


@projection.on(Protest.CrowdEstimated)
def estimate(views: Batch, event: Protest.CrowdEstimated) -> None:
    """An estimate of the crowd, or the same one restated."""
    key = event.originator_id.bytes
    row = views.get(protests, key)
    if row is not None:
        crowds = loads(row.crowds)
        crowds[str(event.originator_version)] = [event.count.low, event.count.high]
        views.set(protests, key, crowds=dumps(crowds, sort_keys=True))


@projection.on(Protest.Withdrawn)
def take_back_protest(views: Batch, event: Protest.Withdrawn) -> None:
    """The protest, or one of its estimates."""
    key = event.originator_id.bytes
    row = views.get(protests, key)
    if row is None:
        return
    if event.version is None:
        views.set(protests, key, stands=0)
        return
    crowds = loads(row.crowds)
    if crowds.pop(str(event.version), None) is not None:
        views.set(protests, key, crowds=dumps(crowds, sort_keys=True))


def crowd(row: Row[Any]) -> Count | None:
    """How many took part: the span of all estimates that stand, None where there is none."""
    estimates = [Claim(low, high, None) for low, high in loads(row.crowds).values()]
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


def rows_of(db: Connection, keys: Collection[bytes]) -> Sequence[Row[Any]]:
    """The rows of these protests, in no order."""
    return db.execute(select(protests.table).where(protests.table.c.protest.in_(keys))).all()


def known_among(db: Connection, keys: Collection[bytes]) -> set[bytes]:
    """Those of these ids that are protests on record."""
    return set(db.scalars(select(protests.table.c.protest).where(protests.table.c.protest.in_(keys))))
