"""The event store on SQLite: the library's recorder with a key that survives VACUUM and a disk that was told to keep its word.

The library sets WAL but leaves `synchronous` alone; only FULL lost no acknowledged save in simulated power cuts.
"""

import sqlite3
from collections.abc import Callable, Collection, Container, Iterable, Sequence
from operator import itemgetter
from threading import Lock
from typing import Any, Protocol
from uuid import UUID

from eventsourcing.persistence import DatabaseError, IntegrityError, Notification, OperationalError, StoredEvent
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteDatastore,
    SQLiteFactory,
)
from eventsourcing.utils import Environment, EnvType
from msgspec import convert

from domain.record import Record
from domain.topics import all_events
from projections.log import Told, Unreadable
from web.connecting import LOCK_TIMEOUT, connected
from web.mapper import PayloadRefused, form_named

AT_ONCE = 500
"""Rows asked for by position in one statement."""

COLUMNS = "notification_id, originator_id, originator_version, topic, state"

Row = tuple[int, Any, int, str, bytes]
"""A stored event as it lies in the table, in the order of COLUMNS; the originator id as the engine gives it."""


class NotDurable(Exception):
    """The database would not promise to keep what it acknowledges."""


class _Connections(SQLiteConnectionPool):
    def _create_connection(self) -> SQLiteConnection:
        connection = connected(super()._create_connection)
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA journal_mode")
        journal = cursor.fetchone()[0]
        cursor.execute("PRAGMA synchronous")
        synchronous = cursor.fetchone()[0]
        if not self.is_sqlite_memory_mode and (journal, synchronous) != ("wal", 2):
            connection.close()
            raise NotDurable(f"journal_mode={journal}, synchronous={synchronous}")
        return connection


class _Datastore(SQLiteDatastore):
    """One connection is kept for writing: taking it from the pool cost a save as much as the statement itself."""

    def __init__(self, db_name: str, **options: Any) -> None:
        self.writing = Lock()
        self._writer: SQLiteConnection | None = None
        super().__init__(db_name, **options)
        self.pool = _Connections(db_name=db_name, lock_timeout=LOCK_TIMEOUT)

    def writer(self) -> sqlite3.Connection:
        """For whoever holds `writing`."""
        if self._writer is None:
            self._writer = self.pool._create_connection()
        return self._writer._sqlite_conn

    def close(self) -> None:
        """The pool, and the connection kept."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        super().close()


class EventRecorder(SQLiteApplicationRecorder):
    """Stores events under an integer key of their own: the library's implicit row ids could be renumbered by a VACUUM."""

    def __init__(self, datastore: SQLiteDatastore, events_table_name: str = "stored_events") -> None:
        super().__init__(datastore, events_table_name)
        self.insert_events_statement = (
            f"INSERT INTO {events_table_name} (originator_id, originator_version, topic, state) VALUES (?,?,?,?)"
        )

    def construct_create_table_statements(self) -> list[str]:
        """One table; its rows are never deleted, or SQLite would hand out a position again."""
        return [
            f"CREATE TABLE IF NOT EXISTS {self.events_table_name} ("
            "notification_id INTEGER PRIMARY KEY, originator_id TEXT NOT NULL, originator_version INTEGER NOT NULL, "
            "topic TEXT NOT NULL, state BLOB NOT NULL, UNIQUE (originator_id, originator_version))"
        ]

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """All or none. One event is one statement and so, by itself, one durable transaction."""
        rows = [(_hex(s.originator_id), s.originator_version, s.topic, s.state) for s in stored_events]
        if not rows:
            return []
        store: _Datastore = self.datastore  # type: ignore[assignment]
        with store.writing:
            db = store.writer()
            try:
                if len(rows) == 1:
                    return [db.execute(self.insert_events_statement, rows[0]).lastrowid or 0]
                return self._insert_together(db, rows)
            except sqlite3.IntegrityError as conflict:
                raise IntegrityError(conflict) from conflict
            except sqlite3.OperationalError as failed:
                raise OperationalError(failed) from failed
            except sqlite3.Error as failed:
                raise DatabaseError(failed) from failed

    def _insert_together(self, db: sqlite3.Connection, rows: Sequence[tuple[str, int, str, bytes]]) -> Sequence[int]:
        db.execute("BEGIN IMMEDIATE")
        try:
            db.executemany(self.insert_events_statement, rows)
            # One writer at a time holds the lock, so the ids of one transaction follow each other without gaps.
            last: int = db.execute(f"SELECT max(notification_id) FROM {self.events_table_name}").fetchone()[0]
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        return range(last - len(rows) + 1, last + 1)

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """As the library promises; its own statement asks for a row id, which here goes by another name."""
        conditions, values = ["1"], list[int | str]()
        for condition, bound in ((">=" if inclusive_of_start else ">", start), ("<=", stop)):
            if bound is not None:
                conditions.append(f"notification_id {condition} ?")
                values.append(bound)
        if topics:
            conditions.append(f"topic IN ({','.join('?' * len(topics))})")
            values += topics
        where = f"WHERE {' AND '.join(conditions)} ORDER BY notification_id LIMIT {int(limit)}"
        return [
            Notification(self.id_of(originator), version, topic, state, position)
            for position, originator, version, topic, state in self._rows(where, values)
        ]

    def rows_after(self, position: int, limit: int, left_out: Collection[str] = ()) -> list[Row]:
        """See StoredRows. Mostly there are no gaps, and the end of a page need not be counted to."""
        if not left_out:
            return self._rows("WHERE notification_id > ? ORDER BY notification_id LIMIT ?", [position, limit])
        ids = f"SELECT notification_id FROM {self.events_table_name} WHERE notification_id"
        counted = f"SELECT max(notification_id) FROM ({ids} > ?1 ORDER BY notification_id LIMIT ?2)"
        last = f"coalesce(({ids} = ?1 + ?2), ({counted}))"
        wanted = f"(topic NOT IN ({','.join('?' * len(left_out))}) OR notification_id = {last}) ORDER BY notification_id"
        return self._rows(f"WHERE notification_id > ?1 AND notification_id <= {last} AND {wanted}", [position, limit, *left_out])

    def rows_at(self, positions: Sequence[int]) -> list[Row]:
        """See StoredRows."""
        return self._rows(f"WHERE notification_id IN ({','.join('?' * len(positions))})", positions)

    def row_until(self, position: int) -> Row | None:
        """See StoredRows."""
        found = self._rows("WHERE notification_id <= ? ORDER BY notification_id DESC LIMIT 1", [position])
        return found[0] if found else None

    def rows_of(self, originators: Sequence[UUID]) -> list[Row]:
        """See StoredRows."""
        marks = ",".join("?" * len(originators))
        return self._rows(f"WHERE originator_id IN ({marks})", [originator.hex for originator in originators])

    @staticmethod
    def id_of(originator: str) -> UUID:
        """See StoredRows."""
        return convert(originator, UUID)

    def _rows(self, where: str, values: Sequence[int | str]) -> list[Row]:
        with self.datastore.transaction(commit=False) as transaction:
            cursor = transaction.sqlite_cursor
            cursor.row_factory = None
            cursor.execute(f"SELECT {COLUMNS} FROM {self.events_table_name} {where}", values)
            rows: list[Row] = cursor.fetchall()
        return rows


class EventFactory(SQLiteFactory):
    """Named by PERSISTENCE_MODULE in the application's environment."""

    application_recorder_class = EventRecorder

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        self.datastore.close()
        self.datastore = _Datastore(self.env.get(self.SQLITE_DBNAME) or "")


class StoredRows(Protocol):
    """What a recorder offers to the log, whatever engine it writes to."""

    def max_notification_id(self) -> int | None:
        """The position of the newest row, None in an empty table."""

    def rows_after(self, position: int, limit: int, left_out: Collection[str] = ()) -> list[Row]:
        """The next rows after a position, in order. Those of topics to be left out count, but only the last is given."""

    def rows_at(self, positions: Sequence[int]) -> list[Row]:
        """The rows at these positions (at most AT_ONCE of them), in any order."""

    def row_until(self, position: int) -> Row | None:
        """The last row up to a position, for there may be gaps."""

    def rows_of(self, originators: Sequence[UUID]) -> list[Row]:
        """The rows of these records (at most AT_ONCE of them), in any order."""

    def id_of(self, originator: Any) -> UUID:
        """The originator id as the engine gave it."""


class EventLog:
    """Reads the events in order, decoded: what `projections.log.Log` asks for, on either engine."""

    def __init__(self, rows: StoredRows) -> None:
        self._rows = rows
        self._id_of = rows.id_of
        self._readers: dict[str, Callable[[UUID, int, bytes], Record.Event]] = {}

    def page(self, after: int, limit: int, topics: Container[str] | None = None) -> Sequence[Told]:
        """See Log. An event that cannot be read ends the page before it, or raises when it is the first."""
        told: list[Told] = []
        # Left out is what we know and nobody wants; what we do not know is read, and refused.
        left_out = [topic for topic, _ in all_events() if topic not in topics] if topics is not None else ()
        readers, id_of = self._readers, self._id_of
        for position, originator, version, topic, state in self._rows.rows_after(after, limit, left_out):
            try:
                read = readers.get(topic) or self._reader(topic)
                told.append(Told(position, read(id_of(originator), version, state)))
            except PayloadRefused as refused:
                if not told:
                    raise Unreadable(position, str(refused)) from refused
                break
        return told

    def at(self, positions: Iterable[int]) -> dict[int, Told]:
        """See Log. Raises PayloadRefused for an event that cannot be read."""
        wanted = list(positions)
        found: dict[int, Told] = {}
        for start in range(0, len(wanted), AT_ONCE):
            for row in self._rows.rows_at(wanted[start : start + AT_ONCE]):
                found[row[0]] = self._told(row)
        return found

    def of(self, records: Iterable[UUID]) -> list[Told]:
        """See Log. Raises PayloadRefused for an event that cannot be read."""
        wanted = list(records)
        rows: list[Row] = []
        for start in range(0, len(wanted), AT_ONCE):
            rows += self._rows.rows_of(wanted[start : start + AT_ONCE])
        return [self._told(row) for row in sorted(rows, key=itemgetter(0))]

    def last(self) -> int:
        """See Log."""
        return self._rows.max_notification_id() or 0

    def witness(self, position: int) -> tuple[UUID, int] | None:
        """See Log."""
        for _, originator, version, _, _ in self._rows.rows_at([position]):
            return self._id_of(originator), version
        return None

    def before(self, moment: float) -> int:
        """See Log. Timestamps rise with the positions but for clocks set back, so this looks for the first later one."""
        low, high = 0, self.last()
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._recorded_at(middle) <= moment else (low, middle - 1)
        return low

    def _recorded_at(self, position: int) -> float:
        row = self._rows.row_until(position)
        return self._told(row).event.timestamp.timestamp() if row is not None else 0.0

    def _told(self, row: Row) -> Told:
        position, originator, version, topic, state = row
        return Told(position, self._reader(topic)(self._id_of(originator), version, state))

    def _reader(self, topic: str) -> Callable[[UUID, int, bytes], Record.Event]:
        try:
            return self._readers.setdefault(topic, form_named(topic).decode)
        except KeyError:
            raise PayloadRefused(f"{topic}: unknown topic") from None


def _hex(originator: UUID | str) -> str:
    return originator.hex if isinstance(originator, UUID) else originator
