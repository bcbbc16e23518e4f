"""What was published of the cells within cities, month by month. Read by journalists' pages and by whoever publishes.

Invariant: of every month the rows of its last publication, exactly as they were recorded, and nothing that was not published.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, String, Text, select

from domain.publication import Publication
from projections.batch import Batch
from projections.projection import Projection, RecordKey

projection = Projection("published_cells", version=1)

months = projection.table("months", Column("record", RecordKey, primary_key=True), Column("month", Integer, nullable=False))
publications = projection.table(
    "publications",
    Column("month", Integer, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("definition", Integer, nullable=False),
    Column("published_at", BigInteger, nullable=False),
    Column("resolution", SmallInteger, nullable=False),
    Column("people", Integer, nullable=False),
    Column("incidents", Integer, nullable=False),
    Column("left_over", Integer, nullable=False),
    Column("classes", Text, nullable=False),
)
cities = projection.table(
    "cities",
    Column("city", Integer, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("people", Integer, nullable=False),
    Column("counted_at", BigInteger, nullable=False),
)
cells = projection.table(
    "cells",
    Column("city", Integer, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("cell", String(16), primary_key=True),
    Column("grade", SmallInteger, nullable=False),
)


@projection.on(Publication.Opened)
def open_month(views: Batch, event: Publication.Opened) -> None:
    """Which month a record is of."""
    views.put(months, event.originator_id.bytes, month=event.month)


@projection.on(Publication.CellsPublished)
def publish(views: Batch, event: Publication.CellsPublished) -> None:
    """The cells that are shown from now on. Those of an earlier publication stay under its position."""
    month = views.get(months, event.originator_id.bytes).month
    views.put(
        publications,
        month,
        position=views.position,
        definition=event.definition,
        published_at=int(event.timestamp.timestamp()),
        resolution=event.resolution,
        people=event.people,
        incidents=event.incidents,
        left_over=event.left_over,
        classes=" ".join(map(str, event.classes)),
    )
    for city in event.cities:
        views.put(cities, (city.city, views.position), people=city.people, counted_at=city.counted_at)
        for shown in city.cells:
            views.put(cells, (city.city, views.position, shown.cell), grade=shown.grade)


def published_months(db: Connection) -> Sequence[Row[Any]]:
    """Every month that was published, the latest first."""
    table = publications.table
    return db.execute(select(table).order_by(table.c.month.desc())).all()


def publication_of(db: Connection, month: int) -> Row[Any] | None:
    """The last publication of a month, None where there is none."""
    table = publications.table
    return db.execute(select(table).where(table.c.month == month)).first()


def months_of(db: Connection, city: int) -> Sequence[Any]:
    """The months of which anything within this city is shown, the latest first, each with how many were `told` of the city when
    it was counted, at `counted_at`.
    """
    table, of_city = publications.table, cities.table
    chosen = select(table, of_city.c.counted_at, of_city.c.people.label("told")).join(
        of_city, of_city.c.position == table.c.position
    )
    return db.execute(chosen.where(of_city.c.city == city).order_by(table.c.month.desc())).all()


def cities_of(db: Connection, publication: Row[Any]) -> Sequence[Any]:
    """The cities of which anything is shown in this publication."""
    table = cities.table
    return db.execute(select(table).where(table.c.position == publication.position).order_by(table.c.city)).all()


def cells_of(db: Connection, city: int, publication: Row[Any]) -> Sequence[Any]:
    """The cells of a city that were published in this one, with their classes, the fullest first."""
    table = cells.table
    chosen = select(table.c.cell, table.c.grade).where(table.c.city == city, table.c.position == publication.position)
    return db.execute(chosen.order_by(table.c.grade.desc(), table.c.cell)).all()
