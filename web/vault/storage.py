"""Where the vault is kept: one SQLite file, or the schema `vault` of a PostgreSQL. Opening never creates; `create` does."""

import errno
import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, func, insert, inspect, select

from web.vault.errors import VaultError
from web.vault.tables import STEPS, WORDS, migrations, state

T = TypeVar("T")

SCHEMA = "vault"
BUSY_SECONDS = 30
LOCK_NUMBER = 0x6B68726F  # "khro": held on PostgreSQL while the tables are made
AT_ONCE = 500
"""Keys asked for in one statement."""

# DELETE and secure_delete: in WAL mode a deleted key stays readable in the -wal and the main file. EXTRA is FULL plus a sync of
# the folder after the journal is gone; without it a power cut could bring the journal back, undo an acknowledged key, and leave
# texts in the log that nobody can ever open. temp_store: no page of the vault in a temporary folder.
PROMISES = {"journal_mode": "delete", "secure_delete": 1, "synchronous": 3, "foreign_keys": 1, "temp_store": 2}


def create_sqlite_file(path: Path) -> None:
    """An empty file of mode 0600, which SQLite then fills, giving its journal the same mode. Of an existing one only the mode is
    narrowed, where it is ours and others could read it. Raises OSError for a symbolic link.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        # Never opened here: closing it would drop the locks of whatever connection this process has on it.
        found = os.lstat(path)
        if stat.S_ISLNK(found.st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from None
        if found.st_mode & 0o077 and found.st_uid == os.geteuid():
            path.chmod(0o600)


def sqlite_engines(path: Path) -> tuple[Engine, Engine]:
    """Reader and writer of the vault's file. A connection that cannot promise PROMISES is refused."""
    reader, writer = _sqlite_engine(path), _sqlite_engine(path)
    event.listen(reader, "connect", lambda connection, _: connection.execute("PRAGMA query_only = ON").close())
    event.listen(writer, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return reader, writer


def _sqlite_engine(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        if not path.exists():
            raise VaultError("vault_missing", path=str(path))
        name = f"{path.resolve().as_uri()}?mode=rw"
        connection = sqlite3.connect(name, uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)
        for promise, kept in PROMISES.items():
            with suppress(sqlite3.OperationalError):  # locked; what counts is what it says afterwards
                connection.execute(f"PRAGMA {promise} = {kept}").close()
            if connection.execute(f"PRAGMA {promise}").fetchone() != (kept,):
                connection.close()
                raise VaultError("vault_unsafe", path=str(path), promise=promise)
        return connection

    return create_engine(URL.create("sqlite", database=str(path)), creator=connect, hide_parameters=True)


class Storage:
    """Two engines (the same one twice on PostgreSQL) and how they are read and written."""

    def __init__(self, reader: Engine, writer: Engine) -> None:
        self.postgres = writer.dialect.name == "postgresql"
        if self.postgres:
            # each read is one statement, so there is nothing for a transaction to hold together, and two round trips less
            reader = reader.execution_options(schema_translate_map={None: SCHEMA}, isolation_level="AUTOCOMMIT")
            writer = writer.execution_options(schema_translate_map={None: SCHEMA})
        self._reader = reader
        self._writer = writer

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """For single statements: what a second one sees may be newer."""
        with self._reader.connect() as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, one writer at a time on either engine, on the disk at the end."""
        with self._writer.begin() as db:
            if self.postgres:
                db.exec_driver_sql("SET LOCAL synchronous_commit TO on")
                db.execute(select(state.c.changes).with_for_update())
            yield db

    def shape(self, db: Connection) -> int:
        """The number of the last step taken; 0 before the first."""
        if not inspect(db).has_table(migrations.name, schema=SCHEMA if self.postgres else None):
            return 0
        return db.execute(select(func.max(migrations.c.number))).scalar() or 0

    @contextmanager
    def migrating(self) -> Iterator[tuple[Connection, int]]:
        """Bring the tables up to date; yields the transaction and the shape found, so that first rows are part of it."""
        with self._writer.begin() as db:
            if self.postgres:
                db.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK_NUMBER})")
                db.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
                db.exec_driver_sql(f"SET LOCAL search_path TO {SCHEMA}")
            found = self.shape(db)
            if found == 0:
                db.exec_driver_sql("CREATE TABLE migrations (number INTEGER PRIMARY KEY, applied TEXT NOT NULL)")
            self.refuse_newer(found)
            for number, step in enumerate(STEPS[found:], start=found + 1):
                for statement in step:
                    db.exec_driver_sql(statement.format(**WORDS[db.dialect.name]))
                db.execute(insert(migrations).values(number=number, applied=datetime.now(UTC).isoformat()))
            yield db, found

    def refuse_newer(self, found: int) -> None:
        if found > len(STEPS):
            raise VaultError("vault_newer", found=found, known=len(STEPS))

    def dispose(self) -> None:
        self._reader.dispose()
        self._writer.dispose()


def of_people(db: Connection, columns: str, table: Table, persons: Sequence[bytes]) -> Iterator[Any]:
    """These columns of a table's rows about these people. SQLAlchemy's own IN costs three times what the look-up does."""
    mark, name = _words(db, table)
    for some in portions(persons):
        statement = f"SELECT {columns} FROM {name} WHERE person IN ({','.join([mark] * len(some))})"
        yield from db.exec_driver_sql(statement, tuple(some)).all()


def put(db: Connection, table: Table, rows: Sequence[tuple[Any, ...]], *, replace: bool = False) -> None:
    """Insert rows, in the order of the table's columns; with `replace` in the place of those under the same key."""
    mark, name = _words(db, table)
    columns = [column.name for column in table.c]
    statement = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"
    if replace:
        key = [column.name for column in table.primary_key]
        fresh = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in key)
        statement += f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {fresh}"
    if rows:
        db.exec_driver_sql(statement, list(rows))


def _words(db: Connection, table: Table) -> tuple[str, str]:
    """How the engine at hand marks a value, and what it calls the table."""
    return ("%s", f"{SCHEMA}.{table.name}") if db.dialect.name == "postgresql" else ("?", table.name)


def portions(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many as one statement asks for at a time."""
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
