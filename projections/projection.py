"""How a view is declared: its tables, one handler for each event it cares about, and a version.

Decorating a handler *is* its registration; which events a projection reads is derived from its handlers. Raise `version` when
the tables or the handlers change: the view is then built again from the log.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeVar

from eventsourcing.domain import Aggregate
from eventsourcing.utils import get_topic
from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, and_
from sqlalchemy.schema import SchemaItem

from domain.record import Record
from domain.topics import all_events

if TYPE_CHECKING:
    from projections.batch import Batch

LONGEST_IN_A_NAME = 24
Handler = Callable[["Batch", Any], None]
H = TypeVar("H", bound=Callable[..., None])

RecordKey = LargeBinary(16)
"""The type of a column that holds a record's id: its 16 bytes, a third of the text's size."""


class View:
    """One table of a projection.

    The leading columns marked `primary_key` are its key; a key of one column is written bare, of several as a tuple.
    """

    def __init__(
        self,
        projection: str,
        name: str,
        columns: Sequence[Column[Any]],
        indexes: Sequence[Sequence[str]],
        *,
        compared: bool,
        sparse: bool,
    ) -> None:
        self.name = f"{projection}_{name}"
        self.compared = compared
        self.columns = tuple(column.name for column in columns)
        self.keys = tuple(column.name for column in columns if column.primary_key)
        if self.columns[: len(self.keys)] != self.keys or not self.keys:
            raise ValueError(f"{self.name}: the key's columns come first")
        self._counts_up = len(self.keys) == 1 and isinstance(columns[0].type, Integer)
        """A single integer key is SQLite's own row id, to which rows are appended fastest."""
        self._declared = columns
        self._indexes = indexes
        self._sparse = sparse
        self.table = self.build(MetaData())
        self.Row: Any = dataclasses.make_dataclass(name, self.columns, slots=True, eq=False)
        """What `get` returns: the columns as attributes. Change a row only through the batch."""

    def build(self, metadata: MetaData, generation: str = "") -> Table:
        """The table as it stands in the database; while it is being rebuilt its name carries a generation."""
        columns: list[SchemaItem] = [column._copy() for column in self._declared]
        return Table(self.name + generation, metadata, *columns, sqlite_with_rowid=self._counts_up)

    def indexes(self, table: Table, generation: str) -> list[Index]:
        """The secondary indexes, made after a rebuild rather than during one. Their names carry the generation for good."""
        return [self._index(table, names, generation) for names in self._indexes]

    def _index(self, table: Table, names: Sequence[str], generation: str) -> Index:
        columns = [table.c[name] for name in names]
        told = and_(*(column.is_not(None) for column in columns)) if self._sparse else None
        name = f"{self.name}_by_{_short(names)}{generation}"
        return Index(name, *columns, _table=table, sqlite_where=told, postgresql_where=told)


def _short(names: Sequence[str]) -> str:
    """Columns in the name of an index: PostgreSQL takes no name of more than 63 letters, so many columns stand as a digest."""
    told = "_".join(names)
    return told if len(told) <= LONGEST_IN_A_NAME else blake2b(told.encode(), digest_size=6).hexdigest()


class Projection:
    """A view of the log that can be thrown away and built again."""

    def __init__(self, name: str, version: int) -> None:
        self.name = name
        self.version = version
        self.views: list[View] = []
        self.handlers: dict[type[Aggregate.Event], Handler] = {}
        self.at_flush: Callable[[Batch], None] | None = None

    def table(
        self,
        name: str,
        *columns: Column[Any],
        index: Sequence[Sequence[str]] = (),
        compared: bool = False,
        sparse: bool = False,
    ) -> View:
        """Declare a table. `index` lists the column names of each secondary index; in those of a `sparse` table there are only
        rows that have something in the column, which serves `=` and `IN` and takes no room for the rest. Of a `compared` table
        the batch keeps what its rows were before they changed, for sums that follow from them (`Batch.changes`): `get` a row
        that may be there before you put it."""
        view = View(self.name, name, columns, index, compared=compared, sparse=sparse)
        self.views.append(view)
        return view

    def on(self, *events: type[Aggregate.Event]) -> Callable[[H], H]:
        """Register the decorated function as the handler of these events.

        A handler puts what an event says under the event's record and version, so that the same version told again replaces
        it: a correction is dispatched to the handler of the entry it restates, as that entry.
        """

        def register(handler: H) -> H:
            for event in events:
                if event in self.handlers:
                    raise ValueError(f"{self.name}: two handlers for {event.__qualname__}")
                self.handlers[event] = handler
            return handler

        return register

    def on_flush(self, handler: H) -> H:
        """Register what is called once before a batch is written, for sums that follow from others."""
        self.at_flush = handler
        return handler

    @cached_property
    def dispatch(self) -> Mapping[type[Aggregate.Event], Handler]:
        """What is called for each class of event this projection reads; made once, when the first page is folded."""
        restated: dict[type[Aggregate.Event], Handler] = {
            event: self._restate for _, event in all_events() if issubclass(event, Record.Correction)
        }
        return {**restated, **self.handlers}

    @cached_property
    def topics(self) -> frozenset[str]:
        """The stored names of the events this projection reads. No other need be decoded for it."""
        return frozenset(get_topic(event) for event in self.dispatch)

    def _restate(self, views: "Batch", event: Record.Correction) -> None:
        handler = self.handlers.get(type(event.restated))
        if handler is not None:
            views.restating = True
            try:
                handler(views, event.restated)
            finally:
                views.restating = False
