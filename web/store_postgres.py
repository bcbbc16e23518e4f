"""The event store on PostgreSQL: schema `events`, one function that inserts, and ids in the order in which events become visible.

The library's own ways either lock the whole table, which stalls behind every ANALYZE or index build, or (its database
functions) let two writers commit out of the order of their ids, so that a reader who follows the log misses events for ever.
Here each insert holds one advisory lock until it is committed: an id that can be seen has no smaller one still to come. Gaps in
the ids are of no meaning.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from eventsourcing.persistence import InterfaceError, OperationalError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore, PostgresFactory
from eventsourcing.utils import Environment, EnvType, retry
from psycopg import Cursor
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, dict_row, tuple_row
from psycopg.sql import SQL, Composable, Identifier, Literal

from web.store import COLUMNS, Row

SCHEMA = "events"
URL = "POSTGRES_URL"
LOCK_NUMBER = 0x6B68726F6E  # "khron": held by whoever inserts, until the insert is committed, and while the tables are made

TABLE = """
CREATE TABLE IF NOT EXISTS {schema}.{table} (
    notification_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    originator_id uuid NOT NULL,
    originator_version integer NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    UNIQUE (originator_id, originator_version)
)
"""
# A save that was acknowledged is on the disk, whatever the server is set to otherwise.
FUNCTION = """
CREATE OR REPLACE FUNCTION {schema}.{insert}(ids uuid[], versions integer[], topics text[], states bytea[])
RETURNS SETOF bigint LANGUAGE plpgsql AS $body$
BEGIN
    IF current_setting('synchronous_commit') = 'off' THEN
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
    PERFORM pg_advisory_xact_lock({lock});
    PERFORM pg_notify({channel}, '');
    RETURN QUERY
        INSERT INTO {schema}.{table} (originator_id, originator_version, topic, state)
        SELECT e.id, e.version, e.topic, e.state
        FROM unnest(ids, versions, topics, states) WITH ORDINALITY AS e (id, version, topic, state, number)
        ORDER BY e.number
        RETURNING notification_id;
END
$body$
"""


def environment(url: str) -> Mapping[str, str]:
    """What the application is told so that it keeps its events in the PostgreSQL at `url`."""
    return {
        "PERSISTENCE_MODULE": "web.store_postgres:EventFactory",
        "MAPPER_TOPIC": "web.mapper:PayloadMapper",
        URL: url,
        "POSTGRES_SCHEMA": SCHEMA,
        # the library insists on these four and knows no others; the factory below takes them all from the address
        "POSTGRES_DBNAME": "",
        "POSTGRES_HOST": "",
        "POSTGRES_USER": "",
        "POSTGRES_PASSWORD": "",
    }


class EventRecorder(PostgresApplicationRecorder):
    """Stores events through the function, as binary arrays; reads them as tuples."""

    def __init__(self, datastore: PostgresDatastore, *, events_table_name: str = "stored_events") -> None:
        super().__init__(datastore, events_table_name=events_table_name)
        datastore.db_type_names.clear()  # the arrays are of built-in types
        names = {
            "schema": Identifier(datastore.schema),
            "table": Identifier(events_table_name),
            "insert": Identifier(f"insert_{events_table_name}"),
            "channel": Literal(self.channel_name),
            "lock": Literal(LOCK_NUMBER),
            "columns": SQL(COLUMNS),
        }
        self.sql_create_statements = [
            SQL(statement).format(**names) for statement in ("CREATE SCHEMA IF NOT EXISTS {schema}", TABLE, FUNCTION)
        ]
        self._insert = SQL("SELECT * FROM {schema}.{insert}(%b::uuid[], %b::integer[], %b::text[], %b::bytea[])").format(**names)
        self._select = SQL("SELECT {columns} FROM {schema}.{table} WHERE ").format(**names)
        last = SQL(
            "(SELECT max(notification_id) FROM (SELECT notification_id FROM {schema}.{table} WHERE notification_id > %b "
            "ORDER BY notification_id LIMIT %b) AS page)"
        ).format(**names)
        self._wanted = SQL(
            "notification_id > %b AND notification_id <= {last} AND (topic <> ALL(%b::text[]) OR notification_id = {last}) "
            "ORDER BY notification_id"
        ).format(last=last)

    def _create_table(self, curs: Cursor[DictRow]) -> None:
        """One process at a time: `IF NOT EXISTS` alone fails when two look at once."""
        curs.execute(SQL("SELECT pg_advisory_xact_lock({})").format(Literal(LOCK_NUMBER)))
        super()._create_table(curs)

    @retry((InterfaceError, OperationalError), max_attempts=10, wait=0.2)
    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """All or none. Tried again after a lost connection: had it been stored after all, the second try is a conflict, and the
        casebook finds its command done."""
        if not stored_events:
            return []
        ids = [s.originator_id for s in stored_events]
        versions = [s.originator_version for s in stored_events]
        topics = [s.topic for s in stored_events]
        states = [s.state for s in stored_events]
        with self._tuples() as cursor:
            cursor.execute(self._insert, (ids, versions, topics, states), prepare=True)
            return [position for (position,) in cursor.fetchall()]

    def rows_after(self, position: int, limit: int, left_out: Collection[str] = ()) -> list[Row]:
        """See StoredRows."""
        where, values = SQL("notification_id > %b ORDER BY notification_id LIMIT %b"), (position, limit)
        rows: list[Row] = (
            self._rows(self._wanted, (position, *values, list(left_out), *values)) if left_out else self._rows(where, values)
        )
        return rows

    def rows_at(self, positions: Sequence[int]) -> list[Row]:
        """See StoredRows."""
        rows: list[Row] = self._rows(SQL("notification_id = ANY(%b::bigint[])"), (list(positions),))
        return rows

    def row_until(self, position: int) -> Row | None:
        """See StoredRows."""
        found = self._rows(SQL("notification_id <= %b ORDER BY notification_id DESC LIMIT 1"), (position,))
        return found[0] if found else None

    def rows_of(self, originators: Sequence[UUID]) -> list[Row]:
        """See StoredRows."""
        rows: list[Row] = self._rows(SQL("originator_id = ANY(%b::uuid[])"), (list(originators),))
        return rows

    @staticmethod
    def id_of(originator: UUID) -> UUID:
        """See StoredRows."""
        return originator

    @retry((InterfaceError, OperationalError), max_attempts=10, wait=0.2)
    def _rows(self, where: Composable, values: Sequence[Any]) -> list[Row]:
        with self._tuples() as cursor:
            return cursor.execute(self._select + where, values, prepare=True).fetchall()

    @contextmanager
    def _tuples(self) -> Iterator[Cursor[Any]]:
        with self.datastore.get_connection() as connection, connection.cursor(binary=True, row_factory=tuple_row) as cursor:
            yield cursor


class EventFactory(PostgresFactory):
    """Named by PERSISTENCE_MODULE in the application's environment."""

    application_recorder_class = EventRecorder

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        # All that the address says, how to trust the server included; the library would pass on five words of it.
        self.datastore.pool.kwargs = {
            **conninfo_to_dict(self.env.get(URL) or ""),
            "row_factory": dict_row,
        }
