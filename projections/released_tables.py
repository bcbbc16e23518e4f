"""What was released of tables about people, quarter by quarter. Read by journalists' pages, the bundle and whoever releases.

Invariant: every table that was ever released, exactly as it was recorded, under the position of its release; none is replaced.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, String, Text, select

from domain.publication import Publication
from projections.batch import Batch
from projections.kept import dumps, loads
from projections.projection import Projection, RecordKey

projection = Projection("released_tables", version=1)

quarters = projection.table(
    "quarters", Column("record", RecordKey, primary_key=True), Column("last_month", Integer, nullable=False)
)
releases = projection.table(
    "releases",
    Column("position", BigInteger, primary_key=True),
    Column("quarter", Integer, nullable=False),
    Column("name", String(60), nullable=False),
    Column("version", Integer, nullable=False),
    Column("released_at", BigInteger, nullable=False),
    Column("counted_at", BigInteger, nullable=False),
    Column("people", Integer, nullable=False),
    Column("incidents", Integer, nullable=False),
    Column("rounded_to", Integer, nullable=False),
    Column("small_group", Integer, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("columns", Text, nullable=False),
    Column("rows", Text, nullable=False),
    Column("cells", Integer, nullable=False),
    Column("hidden", Integer, nullable=False),
    Column("narrowest", Integer, nullable=False),
)


@projection.on(Publication.Opened)
def open_quarter(views: Batch, event: Publication.Opened) -> None:
    """Which month a record is of; a quarter is named by its last."""
    views.put(quarters, event.originator_id.bytes, last_month=event.month)


@projection.on(Publication.TableReleased)
def release(views: Batch, event: Publication.TableReleased) -> None:
    """One table more."""
    views.put(
        releases,
        views.position,
        quarter=views.get(quarters, event.originator_id.bytes).last_month,
        name=event.table,
        version=event.version,
        released_at=int(event.timestamp.timestamp()),
        counted_at=event.counted_at,
        people=event.people,
        incidents=event.incidents,
        rounded_to=event.rounded_to,
        small_group=event.small_group,
        percent=event.percent,
        columns=dumps(list(event.columns)),
        rows=dumps([[row.value, list(row.cells), list(row.kept)] for row in event.rows]),
        cells=event.cells,
        hidden=event.hidden,
        narrowest=event.narrowest,
    )


def every(db: Connection) -> Sequence[Row[Any]]:
    """Everything that was ever released, the latest quarter first, in it the latest release first."""
    table = releases.table
    return db.execute(select(table).order_by(table.c.quarter.desc(), table.c.position.desc())).all()


def of_quarter(db: Connection, quarter: int) -> Sequence[Row[Any]]:
    """What was released of the quarter that ends with this month, in order of release."""
    table = releases.table
    return db.execute(select(table).where(table.c.quarter == quarter).order_by(table.c.position)).all()


def at(db: Connection, position: int) -> Row[Any] | None:
    """The table that was released at this position of the log."""
    table = releases.table
    return db.execute(select(table).where(table.c.position == position)).first()


def columns_of(row: Row[Any]) -> list[str]:
    """The values of its columns, the margin last."""
    return list(loads(row.columns))


def rows_of(row: Row[Any]) -> list[tuple[str, list[str], list[int]]]:
    """Each row: its value, what stands in its columns, and which of these are as the quarter was released before."""
    return [(value, list(cells), list(kept)) for value, cells, kept in loads(row.rows)]
