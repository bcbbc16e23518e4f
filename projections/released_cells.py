"""What was released of the cells within cities, month by month. Read by journalists' pages and by whoever publishes.

Invariant: of every month the rows of its last release, exactly as they were recorded, and nothing that was not released.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, String, Text, select

from domain.release import Release
from projections.batch import Batch
from projections.projection import Projection, RecordKey

projection = Projection("released_cells", version=1)

months = projection.table("months", Column("record", RecordKey, primary_key=True), Column("month", Integer, nullable=False))
releases = projection.table(
    "releases",
    Column("month", Integer, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("counted_at", BigInteger, nullable=False),
    Column("definition", Integer, nullable=False),
    Column("released", BigInteger, nullable=False),
    Column("resolution", SmallInteger, nullable=False),
    Column("people", Integer, nullable=False),
    Column("incidents", Integer, nullable=False),
    Column("left_over", Integer, nullable=False),
    Column("classes", Text, nullable=False),
)
cells = projection.table(
    "cells",
    Column("city", Integer, primary_key=True),
    Column("month", Integer, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("cell", String(16), primary_key=True),
    Column("shade", SmallInteger, nullable=False),
)


@projection.on(Release.Opened)
def open_month(views: Batch, event: Release.Opened) -> None:
    """Which month a record is of."""
    views.put(months, event.originator_id.bytes, month=event.month)


@projection.on(Release.CellsReleased)
def release(views: Batch, event: Release.CellsReleased) -> None:
    """The cells that are shown from now on. Those of an earlier release stay under its position, where nobody is led to them."""
    month = views.get(months, event.originator_id.bytes).month
    views.put(
        releases,
        month,
        position=views.position,
        counted_at=event.counted_at,
        definition=event.definition,
        released=int(event.timestamp.timestamp()),
        resolution=event.resolution,
        people=event.people,
        incidents=event.incidents,
        left_over=event.left_over,
        classes=" ".join(map(str, event.classes)),
    )
    for shown in event.cells:
        views.put(cells, (shown.city, month, views.position, shown.cell), shade=shown.shade)


def released_months(db: Connection) -> Sequence[Row[Any]]:
    """Every month that was released, the latest first."""
    table = releases.table
    return db.execute(select(table).order_by(table.c.month.desc())).all()


def months_of(db: Connection, city: int) -> Sequence[Row[Any]]:
    """The months of which anything within this city is shown, the latest first."""
    table, shown = releases.table, cells.table
    of_city = select(shown.c.position).where(shown.c.city == city)
    return db.execute(select(table).where(table.c.position.in_(of_city)).order_by(table.c.month.desc())).all()


def cells_of(db: Connection, city: int, release: Row[Any]) -> Sequence[Row[Any]]:
    """The cells of a city that were released in this one, with their classes, the fullest first."""
    table = cells.table
    chosen = select(table.c.cell, table.c.shade).where(
        table.c.city == city, table.c.month == release.month, table.c.position == release.position
    )
    return db.execute(chosen.order_by(table.c.shade.desc(), table.c.cell)).all()


def cities_of(db: Connection, release: Row[Any]) -> Sequence[int]:
    """The cities of which anything is shown in this release."""
    table = cells.table
    chosen = select(table.c.city).where(table.c.month == release.month, table.c.position == release.position).distinct()
    return list(db.scalars(chosen.order_by(table.c.city)))
