"""The write-behind unit through which handlers speak to their tables. They never write SQL row by row.

Reads go through pending rows, then a bounded cache, then the database. At the end of a page the batch is written with one
executemany a table and kind of change, in the same transaction as the projection's position.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.exc import DBAPIError

from projections.projection import Projection, View

CACHED_ROWS = 20_000
"""How many rows of one table are kept in memory between pages."""

VALUES_AT_ONCE = 999
"""How many values one statement writes at most: every SQLite takes as many. Rows written together cost a third less."""

_MISSING: Any = object()


class _Statements:
    """The SQL of one table, spelt once: SQLAlchemy would compile an upsert anew at each use."""

    def __init__(self, view: View, table: Table, connection: Connection) -> None:
        quote = connection.dialect.identifier_preparer.quote
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        name = quote(table.name)
        columns = [quote(column) for column in view.columns]
        keys, rest = columns[: len(view.keys)], columns[len(view.keys) :]
        where = " AND ".join(f"{key} = {mark}" for key in keys)
        marks = f"({', '.join([mark] * len(columns))})"
        insert = f"INSERT INTO {name} ({', '.join(columns)}) VALUES "
        conflict = f" ON CONFLICT ({', '.join(keys)}) DO "
        self.select = f"SELECT {', '.join(columns)} FROM {name} WHERE {where}"
        replaced = ", ".join(f"{column} = excluded.{column}" for column in rest)
        replace = conflict + (f"UPDATE SET {replaced}" if rest else "NOTHING")
        self.upsert = insert + marks + replace
        self.together = VALUES_AT_ONCE // len(columns)
        self.upsert_together = insert + ", ".join([marks] * self.together) + replace
        summed = ", ".join(f"{column} = {name}.{column} + excluded.{column}" for column in rest)
        self.add = insert + marks + conflict + f"UPDATE SET {summed}"
        self.drop_zeros = f"DELETE FROM {name} WHERE {' AND '.join([where, *(f'{column} = 0' for column in rest)])}"
        self.delete = f"DELETE FROM {name} WHERE {where}"


class _Slate:
    """What is known and what is pending of one table."""

    __slots__ = ("before", "cached", "changed", "is_whole", "single", "sql", "sums", "values", "view", "width")

    def __init__(self, view: View, sql: _Statements, *, is_whole: bool) -> None:
        self.view = view
        self.sql = sql
        self.width = len(view.keys)
        self.single = self.width == 1
        self.values = attrgetter(*view.columns)
        self.is_whole = is_whole
        """Whether every row there is is cached, so that what is not found need not be looked for."""
        self.cached: dict[Any, Any] = {}
        self.changed: dict[Any, Any] = {}
        self.before: dict[Any, Any] | None = {} if view.compared else None
        """What the changed rows were when they were last written, None where there was none."""
        self.sums: dict[Any, list[Any]] = {}

    def key(self, key: Any) -> tuple[Any, ...]:
        return (key,) if self.single else key

    def clear(self) -> None:
        self.is_whole = False
        self.cached.clear()
        self.written()
        self.sums.clear()

    def written(self) -> None:
        self.changed.clear()
        if self.before is not None:
            self.before.clear()

    def keep(self, before: dict[Any, Any], key: Any) -> None:
        """What is under a key, when it is about to change for the first time since it was written."""
        row = self.cached.get(key)
        before[key] = row and self.view.Row(*self.values(row))

    def forget_the_oldest(self) -> None:
        """More than are kept are known: what was known longest goes, and a quarter more, so that this is rare."""
        self.is_whole = False
        for key in list(self.cached)[: len(self.cached) - CACHED_ROWS + CACHED_ROWS // 4]:
            del self.cached[key]


class Batch:
    """One projection's pending changes and cached rows, for one generation of its tables.

    `fresh` tables were made empty for this batch, and no other writes to them.
    """

    def __init__(self, projection: Projection, tables: Iterable[tuple[View, Table]], *, fresh: bool = False) -> None:
        self._tables = list(tables)
        self._fresh = fresh
        self._at_flush = projection.at_flush
        self._slates: dict[View, _Slate] = {}
        self._cursor: Any = None
        self._dialect: Dialect | None = None
        self.position = 0
        """The position of the event being folded."""
        self.restating = False
        """Whether that event is a correction, and what the handler sees the entry it restates. Otherwise its record and
        version are new, and need not be looked for."""

    def begin(self, connection: Connection) -> None:
        """Use this connection's transaction from here on."""
        if not self._slates:
            self._slates = {
                view: _Slate(view, _Statements(view, table, connection), is_whole=self._fresh) for view, table in self._tables
            }
        self._dialect, self._cursor = connection.dialect, connection.connection.cursor()

    def leave(self) -> None:
        """The transaction is over: nothing of its connection is kept, which may have to end with it."""
        self._cursor = self._dialect = None

    def clear(self) -> None:
        """Forget everything pending and cached: after a rollback, or when somebody else has written."""
        for slate in self._slates.values():
            slate.clear()

    def get(self, view: View, key: Any) -> Any:
        """The row under a key, None where there is none. To change it, use `put` or `set`."""
        slate = self._slates[view]
        row = slate.cached.get(key, _MISSING)
        if row is not _MISSING:
            return row
        if slate.is_whole:
            return None
        found = self._run(slate.sql.select, slate.key(key)).fetchall()
        row = slate.cached[key] = view.Row(*found[0]) if found else None
        return row

    def put(self, view: View, key: Any, **values: Any) -> Any:
        """Insert or replace the row under a key; every other column must be given. Returns the row."""
        slate = self._slates[view]
        if slate.before is not None and key not in slate.changed:
            slate.keep(slate.before, key)
        row = view.Row(key, **values) if slate.single else view.Row(*key, **values)
        slate.cached[key] = slate.changed[key] = row
        return row

    def set(self, view: View, key: Any, **changes: Any) -> None:
        """Change some columns of a row that `get` has just found."""
        slate = self._slates[view]
        row = slate.cached[key]
        if slate.before is not None and key not in slate.changed:
            slate.keep(slate.before, key)
        for column, value in changes.items():
            setattr(row, column, value)
        slate.changed[key] = row

    def remove(self, view: View, key: Any) -> None:
        """Delete the row under a key, if there is one."""
        slate = self._slates[view]
        if slate.before is not None and key not in slate.changed:
            slate.keep(slate.before, key)
        slate.cached[key] = slate.changed[key] = None

    def add(self, view: View, key: Any, *amounts: int) -> None:
        """Add to every column behind the key, in their order; a row that is not there counts as zeros. Never read back here."""
        sums = self._slates[view].sums
        known = sums.get(key)
        if known is None:
            sums[key] = list(amounts)
        else:
            for index, amount in enumerate(amounts):
                if amount:
                    known[index] += amount

    def added(self, view: View) -> list[tuple[Any, list[Any]]]:
        """What was added since the last flush, for a handler that adds it elsewhere too."""
        return list(self._slates[view].sums.items())

    def changes(self, view: View) -> Iterator[tuple[Any, Any]]:
        """Each row of a compared table that changed since the last flush, as it was and as it is; None for not there."""
        slate = self._slates[view]
        return ((before, slate.changed[key]) for key, before in (slate.before or {}).items())

    def changed(self, view: View) -> list[Any]:
        """The rows of a table that changed since the last flush and are still there, as they are."""
        return [row for row in self._slates[view].changed.values() if row is not None]

    def flush(self) -> None:
        """Write everything pending."""
        if self._at_flush is not None:
            self._at_flush(self)
        for slate in self._slates.values():
            if slate.changed:
                self._write(slate, [row for row in slate.changed.values() if row is not None])
                self._run(slate.sql.delete, [slate.key(key) for key, row in slate.changed.items() if row is None])
                slate.written()
            if slate.sums:
                self._write_sums(slate)
            if len(slate.cached) > CACHED_ROWS:
                slate.forget_the_oldest()

    def _write(self, slate: _Slate, rows: list[Any]) -> None:
        together = slate.sql.together
        full = len(rows) - len(rows) % together
        parts = (rows[start : start + together] for start in range(0, full, together))
        self._run(slate.sql.upsert_together, [tuple(chain.from_iterable(map(slate.values, part))) for part in parts])
        self._run(slate.sql.upsert, [slate.values(row) for row in rows[full:]])

    def _write_sums(self, slate: _Slate) -> None:
        """Rows that come down to nothing are deleted, so that the tables do not depend on how the log was cut into pages."""
        self._run(slate.sql.add, [(*slate.key(key), *sums) for key, sums in slate.sums.items() if any(sums)])
        self._run(slate.sql.drop_zeros, [slate.key(key) for key, sums in slate.sums.items() if min(sums) < 0])
        slate.sums.clear()

    def _run(self, sql: str, values: Any) -> Any:
        """One row of values, or a list of them, by the driver's own cursor within the transaction: for statements that are spelt
        once and return no objects SQLAlchemy's way of executing took a third of the time in which an entry becomes visible."""
        if self._dialect is None:
            raise RuntimeError("a batch is used within a transaction: begin it first")
        if not values:
            return None
        try:
            (self._cursor.executemany if isinstance(values, list) else self._cursor.execute)(sql, values)
        except self._dialect.loaded_dbapi.Error as failure:  # told apart by the projector, as SQLAlchemy's; never with a value
            kind = self._dialect.loaded_dbapi.Error
            raise DBAPIError.instance(sql, None, failure, kind, hide_parameters=True, dialect=self._dialect) from failure
        return self._cursor
