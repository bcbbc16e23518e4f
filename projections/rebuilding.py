"""Builds views again beside the ones being read, and swaps them in one transaction, so that readers see no gap."""

import time
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, MetaData, Table, inspect, text
from sqlalchemy.exc import OperationalError

from projections import positions
from projections.batch import Batch
from projections.log import Told
from projections.positions import witness_of
from projections.projection import Projection, View
from projections.projector import Projector, build, fold

REBUILDING_PAGE = 10_000
"""Events folded in one transaction of a rebuild."""

SWAP_ATTEMPTS = 60
"""How often a swap is tried while readers hold a table, a second each."""

Progress = Callable[[int], None]


def rebuild(projector: Projector, names: Sequence[str] = (), progress: Progress = lambda position: None) -> int:
    """Build the named projections (all by default) again from the first event. Returns the position they reached.

    The old tables go on being read and followed until the swap. A handler that fails here raises, and the old views stay.
    """
    chosen = [projector.projections[name] for name in names or projector.projections]
    with projector.writer.begin() as db:
        positions.metadata.create_all(db)
        known = positions.read(db)
        generation = 1 + max((standing.generation for standing in known), default=0)
        suffix = f"_g{generation}"
        _drop_leftovers(db, chosen)
        batches = {projection: _fresh(db, projection, suffix) for projection in chosen}
    reached = 0
    last: Told | None = None
    while page := projector.log.page(reached, REBUILDING_PAGE):
        with projector.writer.begin() as db:
            _fold_all(db, batches, page)
        last = page[-1]
        reached = last.position
        progress(reached)
    with projector.writer.begin() as db:
        for projection in chosen:
            for view in projection.views:
                table = view.build(MetaData(), suffix)
                for index in view.indexes(table, suffix):
                    index.create(db)
    for attempt in range(SWAP_ATTEMPTS):
        try:
            return _swap(projector, batches, generation, last)
        except OperationalError:
            if projector.writer.dialect.name == "sqlite" or attempt == SWAP_ATTEMPTS - 1:
                raise
            time.sleep(1)
    return reached


def _swap(projector: Projector, batches: dict[Projection, Batch], generation: int, last: Told | None) -> int:
    """Fold what came meanwhile, drop the old tables and give the new ones their names, all at once."""
    suffix = f"_g{generation}"
    with projector.writer.begin() as db:
        if db.dialect.name == "postgresql":
            db.execute(text("SET LOCAL lock_timeout = '1s'"))
        positions.take(db)
        for batch in batches.values():
            batch.clear()
        while page := projector.log.page(last.position if last else 0, REBUILDING_PAGE):
            _fold_all(db, batches, page)
            last = page[-1]
        reached = last.position if last else 0
        witness = witness_of((last.event.originator_id, last.event.originator_version)) if last else ""
        for projection in batches:
            for view in projection.views:
                Table(view.name, MetaData()).drop(db, checkfirst=True)
                db.execute(text(f"ALTER TABLE {view.name}{suffix} RENAME TO {view.name}"))
            positions.install(db, projection, generation=generation, position=reached, witness=witness)
    return reached


def _fold_all(db: Connection, batches: dict[Projection, Batch], page: Sequence[Told]) -> None:
    for projection, batch in batches.items():
        batch.begin(db)
        fold(projection, batch, page)


def _fresh(db: Connection, projection: Projection, suffix: str) -> Batch:
    metadata = build(db, projection, suffix, indexes=False)

    def table_of(view: View) -> Table:
        return metadata.tables[view.name + suffix]

    return Batch((view, table_of(view)) for view in projection.views)


def _drop_leftovers(db: Connection, chosen: Sequence[Projection]) -> None:
    """Tables of a rebuild that was interrupted, and of views this version no longer has."""
    for name in inspect(db).get_table_names():
        for projection in chosen:
            live = {view.name for view in projection.views}
            if name.startswith(projection.name + "_") and name not in live and "_g" in name:
                Table(name, MetaData()).drop(db)
