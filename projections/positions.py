"""How far each projection has come: one row a projection, written in the same transaction as what it folded."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, String, Table, Text, update

from projections.projection import Projection

metadata = MetaData()

positions = Table(
    "positions",
    metadata,
    Column("projection", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("witness", String(40), nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("stopped_at", BigInteger),
    Column("failure", Text),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a projection stands. `witness` is the originator id and version of the event at `position`."""

    projection: str
    version: int
    generation: int
    position: int
    witness: str
    stopped_at: int | None
    failure: str | None


_READ = "SELECT projection, version, generation, position, witness, stopped_at, failure FROM positions"
_INSTALL = "INSERT INTO positions (projection, version, generation, position, witness, seen) VALUES (?, ?, ?, ?, ?, 0)"


def take(db: Connection) -> list[Standing]:
    """Every projection's standing, with the rows held for this transaction by writing them to themselves.

    Written first and read afterwards: the other way round, two processes read the same and one of them fails.
    """
    alone(db)
    db.exec_driver_sql("UPDATE positions SET seen = seen + 1")
    return read(db)


def alone(db: Connection) -> None:
    """One process at a time until this transaction ends: two would make the same tables, or lock the rows in another order.

    On SQLite the transaction itself sees to that, from its beginning.
    """
    if db.dialect.name == "postgresql":
        db.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.positions'))")


def read(db: Connection) -> list[Standing]:
    """Every projection's standing."""
    return [Standing(*row) for row in db.exec_driver_sql(_READ)]


def reached(db: Connection, projection: Projection) -> int:
    """The position that what this projection shows is as of; 0 where it shows nothing yet."""
    return next((standing.position for standing in read(db) if standing.projection == projection.name), 0)


def are_current(db: Connection, *projections: Projection) -> bool:
    """Whether what these projections show is only ever a moment behind: none is stopped, or built by another version."""
    known = {standing.projection: standing for standing in read(db)}
    found = [(known.get(projection.name), projection.version) for projection in projections]
    return all(s is not None and s.stopped_at is None and s.version == version for s, version in found)


def advance(db: Connection, names: Sequence[str], position: int, witness: str) -> None:
    """These projections have folded everything up to here."""
    statement = _marked(db, "UPDATE positions SET position = ?, witness = ? WHERE projection = ?")
    db.exec_driver_sql(statement, [(position, witness, name) for name in names])


def stop(db: Connection, name: str, at: int, failure: str) -> None:
    """The projection cannot fold the event at this position and goes no further."""
    db.execute(update(positions).where(positions.c.projection == name).values(stopped_at=at, failure=failure))


def install(db: Connection, projection: Projection, *, generation: int, position: int, witness: str) -> None:
    """The projection's tables of this generation now stand, folded up to here."""
    db.exec_driver_sql(_marked(db, "DELETE FROM positions WHERE projection = ?"), (projection.name,))
    db.exec_driver_sql(_marked(db, _INSTALL), (projection.name, projection.version, generation, position, witness))


def _marked(db: Connection, statement: str) -> str:
    """With the driver's own marks for the values."""
    return statement if db.dialect.paramstyle == "qmark" else statement.replace("?", "%s")


def witness_of(found: tuple[UUID, int] | None) -> str:
    """How the event at a position is written down beside it: empty for none."""
    return f"{found[0].hex}/{found[1]}" if found is not None else ""
