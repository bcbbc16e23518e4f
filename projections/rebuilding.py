"""Builds views again beside the ones being read, and swaps them in one transaction, so that readers see no gap."""

import gc
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from eventsourcing.domain import Aggregate
from sqlalchemy import Connection, MetaData, Table, inspect, text
from sqlalchemy.exc import OperationalError

from projections import positions
from projections.batch import Batch
from projections.log import Told
from projections.positions import witness_of
from projections.projection import Handler, Projection
from projections.projector import FOLLOWING_PAGE, Projector, build

REBUILDING_PAGE = 1_000
"""Events decoded at once in a rebuild: few enough to stay in the processor's cache."""

PAGES_A_WRITE = 20
"""Pages folded before what came of them is written, in one transaction."""

SWAP_ATTEMPTS = 60
"""How often a swap is tried while readers hold a table, a second each."""

GIVE_WAY = 0.5
"""Seconds between two writes, at most, while somebody waits to see what they have recorded. Whoever waits for SQLite's lock looks
again every tenth of a second, and a rebuild that takes it again at once would keep them waiting to its end."""

Progress = Callable[[int], None]

_GENERATION = re.compile(r".+_g([0-9]+)")
"""The name of a table that is being built."""


@contextmanager
def _without_cycle_collection() -> Iterator[None]:
    """Events and rows hold no cycles; looking for them among millions of short-lived objects took a third of a rebuild."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_without_cycle_collection()
def rebuild(projector: Projector, names: Sequence[str] = (), progress: Progress = lambda position: None) -> int:
    """Build the named projections (all by default) again from the first event. Returns the position they reached.

    The old tables go on being read and followed until the swap. A handler that fails here raises, and the old views stay.
    """
    chosen = [projector.projections[name] for name in names or projector.projections]
    with projector.writer.begin() as db:
        positions.alone(db)
        positions.metadata.create_all(db)
        known = positions.read(db)
        leftovers = _drop_leftovers(db, chosen)
        generation = 1 + max((*(standing.generation for standing in known), *leftovers), default=0)
        suffix = f"_g{generation}"
        fresh = {projection: build(db, projection, suffix, indexes=False) for projection in chosen}
    batches = {projection: Batch(projection, tables.items(), fresh=True) for projection, tables in fresh.items()}
    last: Told | None = None
    is_followed = True
    while (reached := _fold_pages(projector, batches, last)) is not last:
        last = reached
        progress(last.position if last else 0)
        is_followed = is_followed and _give_way(projector)
        if last is not None and projector.log.last() - last.position <= REBUILDING_PAGE:
            break  # what is still to come is folded in the swap; somebody who goes on recording would keep us here
    for tables in fresh.values():
        with projector.writer.begin() as db:
            for view, table in tables.items():
                for index in view.indexes(table, suffix):
                    index.create(db)
        is_followed = is_followed and _give_way(projector)
    position = _swap_patiently(projector, batches, generation, last)
    progress(position)
    if projector.writer.dialect.name == "sqlite":
        _give_back_room(projector)
    return position


def _give_way(projector: Projector) -> bool:
    """Let those write who wait to see what they have recorded: the views being read are a little behind, and followed.

    False when nobody came: then nobody follows them, and there is no need to ask again.
    """
    found = reached = projector.reached()
    patience = time.monotonic() + GIVE_WAY
    while reached and 0 < projector.log.last() - reached <= FOLLOWING_PAGE:
        if time.monotonic() > patience:
            return reached != found
        time.sleep(0.02)
        reached = projector.reached()
    return True


def _give_back_room(projector: Projector) -> None:
    """What the old tables took, to the disk. A script, because a single statement would free a single page."""
    connection = projector.writer.raw_connection()
    try:
        connection.driver_connection.executescript("PRAGMA incremental_vacuum")  # type: ignore[union-attr]
    finally:
        connection.close()


def _swap_patiently(projector: Projector, batches: dict[Projection, Batch], generation: int, last: Told | None) -> int:
    patience = SWAP_ATTEMPTS if projector.writer.dialect.name == "postgresql" else 1
    while True:
        try:
            return _swap(projector, batches, generation, last)
        except OperationalError:
            patience -= 1
            if patience == 0:
                raise
            for batch in batches.values():
                batch.clear()  # what it had folded was rolled back
            time.sleep(1)


def _swap(projector: Projector, batches: dict[Projection, Batch], generation: int, last: Told | None) -> int:
    """Fold what came meanwhile, drop the old tables and give the new ones their names, all at once."""
    suffix = f"_g{generation}"
    with projector.writer.begin() as db:
        if db.dialect.name == "postgresql":
            db.execute(text("SET LOCAL lock_timeout = '1s'"))
        positions.take(db)
        while (newer := _fold_pages_in(db, projector, batches, last)) is not last:
            last = newer
        reached = last.position if last else 0
        witness = witness_of((last.event.originator_id, last.event.originator_version)) if last else ""
        names = [view.name for projection in batches for view in projection.views]
        for name in names:  # all of them first: SQLite reads every table's definition again at each new name
            db.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
        for name in names:
            db.exec_driver_sql(f"ALTER TABLE {name}{suffix} RENAME TO {name}")
        for projection in batches:
            positions.install(db, projection, generation=generation, position=reached, witness=witness)
    return reached


def _fold_pages(projector: Projector, batches: dict[Projection, Batch], last: Told | None) -> Told | None:
    """Fold some pages in a transaction of their own. Returns the last event folded: `last` when there was nothing new."""
    with projector.writer.begin() as db:
        return _fold_pages_in(db, projector, batches, last)


def _fold_pages_in(db: Connection, projector: Projector, batches: dict[Projection, Batch], last: Told | None) -> Told | None:
    for batch in batches.values():
        batch.begin(db)
    handlers: dict[type[Aggregate.Event], list[tuple[Handler, Batch]]] = defaultdict(list)
    for projection, batch in batches.items():
        for event, handler in projection.dispatch.items():
            handlers[event].append((handler, batch))
    topics = frozenset().union(*(projection.topics for projection in batches))
    for _ in range(PAGES_A_WRITE):
        page = projector.log.page(last.position if last else 0, REBUILDING_PAGE, topics)
        if not page:
            break
        for position, told in page:
            for handler, batch in handlers[type(told)]:
                batch.position = position
                handler(batch, told)
        last = page[-1]
    for batch in batches.values():
        batch.flush()
    return last


def _drop_leftovers(db: Connection, chosen: Sequence[Projection]) -> set[int]:
    """Drop the tables of rebuilds that were interrupted. Returns their generations, none of which is to be used again.

    One of them may still be under way in another process: it then fails at its next page, where under the same names two would
    fold into each other's tables.
    """
    generations = set()
    for name in inspect(db).get_table_names():
        leftover = _GENERATION.fullmatch(name)
        if leftover is not None and any(name.startswith(f"{projection.name}_") for projection in chosen):
            Table(name, MetaData()).drop(db)
            generations.add(int(leftover[1]))
    return generations
