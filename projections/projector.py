"""Folds the log into the views: page by page, each event decoded once for all, exactly once and restartable.

A handler that fails stops its own projection at that event, loudly. It never skips an event, never stops the others and never
undoes a recorded fact.
"""

import logging
import sqlite3
import threading
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Engine, MetaData, Table
from sqlalchemy.exc import InterfaceError, OperationalError

from projections import positions
from projections.batch import Batch
from projections.log import Log, Told, Unreadable
from projections.positions import Standing, witness_of
from projections.projection import Projection, View

logger = logging.getLogger("khronika.projector")

FOLLOWING_PAGE = 500
"""Events folded in one transaction while keeping up; a rebuild takes larger pages."""


class Step(NamedTuple):
    """One page: the position reached by the projections it was for, and whether nothing is left to fold."""

    reached: int
    finished: bool


class _FoldFailed(Exception):
    """Some event could not be folded: the page is to be folded again, carefully."""


class Projector:
    """Keeps every projection up with the log. One to a process; any number of processes may run one at once."""

    def __init__(self, writer: Engine, reader: Engine, log: Log, projections: Sequence[Projection]) -> None:
        self.writer = writer
        self.reader = reader
        self.log = log
        self.projections = {projection.name: projection for projection in projections}
        self._batches: dict[str, Batch] = {}
        self._left_at: dict[str, tuple[int, int]] = {}
        self._one_at_a_time = threading.Lock()

    def create(self) -> None:
        """Make what is missing: the table of positions, and empty tables for projections that never had any."""
        with self.writer.begin() as db:
            positions.alone(db)
            positions.metadata.create_all(db)
            known = {standing.projection for standing in positions.read(db)}
            for projection in self.projections.values():
                if projection.name not in known:
                    build(db, projection)
                    positions.install(db, projection, generation=0, position=0, witness="")

    def standings(self) -> dict[str, Standing]:
        """Where each projection stands."""
        with self.reader.connect() as db:
            return {standing.projection: standing for standing in positions.read(db)}

    def outdated(self) -> list[str]:
        """The projections that were built by another version of themselves, or from another log than this one."""
        known = self.standings()
        return [
            name
            for name, projection in self.projections.items()
            if name not in known or known[name].version != projection.version or self._is_of_another_log(known[name])
        ]

    def reached(self) -> int:
        """The position that every projection that still runs has reached; a stopped one is not waited for."""
        return min((s.position for s in self.standings().values() if self._runs(s)), default=self.log.last())

    def follow(self, limit: int = FOLLOWING_PAGE) -> int:
        """Fold until nothing is left that can be folded. Returns the position that every running projection has reached."""
        while True:
            step = self.advance(limit)
            if step.finished:
                return step.reached

    def advance(self, limit: int = FOLLOWING_PAGE) -> Step:
        """Fold one page, in one transaction, for the projections that are furthest behind.

        All of them at once if all goes well; otherwise again, each projection under a savepoint of its own, to keep what
        came before the event that cannot be folded and to find out which that is.
        """
        with self._one_at_a_time:
            try:
                with self.writer.begin() as db:
                    return self._advance(db, limit, careful=False)
            except _FoldFailed:
                self._left_at.clear()
                with self.writer.begin() as db:
                    return self._advance(db, limit, careful=True)
            except BaseException:
                self._left_at.clear()
                raise
            finally:
                for batch in self._batches.values():
                    batch.leave()

    def _advance(self, db: Connection, limit: int, *, careful: bool) -> Step:
        running = [s for s in positions.take(db) if self._runs(s)]
        if not running:
            return Step(self.log.last(), finished=True)
        behind = min(s.position for s in running)
        level = [s for s in running if s.position == behind]
        next_level = min((s.position for s in running if s.position > behind), default=None)
        try:
            page = self.log.page(behind, limit)
        except Unreadable as unreadable:
            for s in level:
                self._stop(db, s.projection, unreadable.position, unreadable)
            return Step(behind, finished=next_level is None)
        if next_level is not None:
            page = [told for told in page if told.position <= next_level]
        if not page:
            return Step(behind, finished=True)
        if careful:
            for s in level:
                self._fold_carefully(db, s, page)
        else:
            self._fold_all(db, level, page)
        # A short page may also end before an event that cannot be read, which the next one will say.
        finished = next_level is None and len(page) < limit and page[-1].position >= self.log.last()
        return Step(page[-1].position, finished)

    def _fold_all(self, db: Connection, level: Sequence[Standing], page: Sequence[Told]) -> None:
        try:
            kinds = {type(told.event) for told in page}
            for s in level:
                projection, batch = self.projections[s.projection], self._batch(s)
                if any(kind in projection.dispatch for kind in kinds):
                    batch.begin(db)
                    fold(projection, batch, page)
        except Exception as failure:
            if _is_the_databases(failure):
                raise
            raise _FoldFailed from failure
        self._arrive(db, level, page[-1])

    def _fold_carefully(self, db: Connection, standing: Standing, page: Sequence[Told]) -> None:
        """Event by event; on an error keep what came before the failing event and stop there."""
        projection = self.projections[standing.projection]
        batch = self._batch(standing)
        batch.begin(db)
        for done, told in enumerate(page):
            try:
                with db.begin_nested():
                    fold(projection, batch, [told])
            except Exception as failure:
                if _is_the_databases(failure):
                    raise
                batch.clear()
                if done:
                    self._arrive(db, [standing], page[done - 1])
                self._stop(db, projection.name, told.position, failure)
                return
        self._arrive(db, [standing], page[-1])

    def _arrive(self, db: Connection, level: Sequence[Standing], last: Told) -> None:
        witness = witness_of((last.event.originator_id, last.event.originator_version))
        positions.advance(db, [s.projection for s in level], last.position, witness)
        for s in level:
            self._left_at[s.projection] = (s.generation, last.position)

    def _batch(self, standing: Standing) -> Batch:
        """The projection's batch, its cache emptied unless the position found is the one it left."""
        name = standing.projection
        batch = self._batches.get(name)
        if batch is None:
            batch = self._batches[name] = Batch(self.projections[name], ((v, v.table) for v in self.projections[name].views))
        if self._left_at.get(name) != (standing.generation, standing.position):
            batch.clear()
        return batch

    def _stop(self, db: Connection, name: str, at: int, failure: Exception) -> None:
        """The kind of failure and the place in our code, never a value: an exception's own text may hold what was recorded."""
        told = failure.args[0] if isinstance(failure, Unreadable) else describe(failure)
        positions.stop(db, name, at, told)
        logger.error("projection %s stopped at event %d: %s", name, at, told)

    def _runs(self, standing: Standing) -> bool:
        """Not one that stopped, nor one whose tables were made by another version than this program's."""
        projection = self.projections.get(standing.projection)
        return projection is not None and standing.stopped_at is None and standing.version == projection.version

    def _is_of_another_log(self, standing: Standing) -> bool:
        return standing.position > 0 and witness_of(self.log.witness(standing.position)) != standing.witness


def fold(projection: Projection, batch: Batch, page: Sequence[Told]) -> None:
    """Hand each event to its handler and write what came of it."""
    dispatch = projection.dispatch
    for position, event in page:
        handler = dispatch.get(type(event))
        if handler is not None:
            batch.position = position
            handler(batch, event)
    batch.flush()


def build(db: Connection, projection: Projection, generation: str = "", *, indexes: bool = True) -> dict[View, Table]:
    """Create a projection's tables."""
    tables = {view: view.build(MetaData(), generation) for view in projection.views}
    for view, table in tables.items():
        table.create(db)
        if indexes:
            for index in view.indexes(table, generation):
                index.create(db)
    return tables


def _is_the_databases(failure: Exception) -> bool:
    """Whether the database is in trouble (full, locked, gone) and not the handler. That passes, and must stop no projection."""
    if not isinstance(failure, OperationalError | InterfaceError):
        return False
    return getattr(failure.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR  # an error in the statement itself


def describe(failure: Exception) -> str:
    """What failed and where, without any of the values involved."""
    where = "?"
    trace = failure.__traceback__
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "?")
        if where == "?" or module.partition(".")[0] in ("projections", "domain"):
            where = f"{module}.{trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(failure).__name__} in {where}"
