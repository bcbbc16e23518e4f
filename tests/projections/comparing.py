"""What every view shows now, of a log with some events and without them: to see that these leave no trace."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from domain.facts import facts_of
from domain.record import Record
from projections import assignments, borne_out, consents, corrections, forgettings, people, sources, statistics
from projections.batch import Batch
from projections.log import Told
from projections.projection import Projection
from projections.projector import fold
from tests.trackers import Address
from web.wiring import PROJECTIONS

_OF_THE_LOG = {"position", "told", "changed", "revision", "known_from", "known_until"}
"""Columns that say where in the log something is told, and not what is known now."""


def shown(address: Address, name: str, history: Sequence[Told], without: frozenset[int] = frozenset()) -> dict[str, Any]:
    """What every view shows now, folded from this history less the events at some positions."""
    told = [one for one in history if one.position not in without]
    with replace(address, views=f"{name}.sqlite").open() as opened:
        opened.projector()
        with opened.writer.begin() as db:
            for projection in PROJECTIONS:
                batch = Batch(projection, ((view, view.table) for view in projection.views))
                batch.begin(db)
                fold(projection, batch, told)
        with opened.views() as db:
            return {projection.name: _now(db, projection) for projection in PROJECTIONS}


def _now(db: Connection, projection: Projection) -> Any:
    """What a view shows now: of those that keep what was known before, what they answer; of the others everything."""
    if projection is people.projection:
        names = select(people.names.table).where(people.names.table.c.until.is_(None))
        named = [(row.person, row.version) for row in db.execute(names.order_by("person", "version"))]
        return (sorted(map(tuple, db.execute(select(people.people.table)))), sorted(people.edges(db)), named)
    if projection is statistics.projection:
        facts = db.execute(select(statistics.facts.table).where(statistics.facts.table.c.known_until.is_(None)))
        return sorted((tuple(row[:2]) + tuple(row[3:-2]) for row in facts), key=repr)
    if projection is assignments.projection:
        return {person: assignments.counsel_of(db, [person]) for person in _persons(db)}
    if projection is consents.projection:
        return _consents(db)
    if projection is sources.projection:
        return (borne_out.everything(db), sources.on_file(db), sorted(map(tuple, db.execute(select(sources.citations.table)))))
    if projection is corrections.projection:
        return None  # it tells what was changed, and so of these changes themselves
    if projection is forgettings.projection:
        return sorted(row.person for row in forgettings.pending(db))
    shown = {}
    for view in projection.views:
        columns = [column for column in view.columns if column not in _OF_THE_LOG]
        rows = db.execute(select(view.table))
        now = (row for row in rows if row._mapping.get("known_until") is None)
        shown[view.name] = sorted((tuple(_plain(row._mapping[column]) for column in columns) for row in now), key=repr)
    return shown


def _plain(value: Any) -> Any:
    """What is noted under several keys is the same in whichever order it came to be noted."""
    return json.dumps(json.loads(value), sort_keys=True) if isinstance(value, str) and value.startswith("{") else value


def _consents(db: Connection) -> Any:
    rows = db.execute(select(consents.words.table))
    everybody = {row.person for row in rows}
    said = {person: [_said(word) for word in db.execute(consents._standing([person]).order_by("said"))] for person in everybody}
    young = sorted(map(tuple, db.execute(select(consents.minors.table))))
    return ({person: words for person, words in said.items() if words}, young)


def _said(word: Any) -> tuple[Any, ...]:
    return (word.version, word.scopes, word.given_by, word.form, word.until)


def _persons(db: Connection) -> list[bytes]:
    return sorted(db.scalars(select(people.people.table.c.person)))


def last_facts(history: Sequence[Told], version: int) -> dict[str, Any]:
    """All facts of an entry as it was told last."""
    event: Any = next(one.event for one in history if one.event.originator_version == version)
    for one in history:
        if isinstance(one.event, Record.Correction) and one.event.version == version:
            event = one.event.restated
    return {name: getattr(event, name) for name in facts_of(event.__class__)}


def differing(address: Address, undone: frozenset[int]) -> set[str]:
    """The views that show something else than they would if these events had never been."""
    with address.open() as opened:
        history = opened.log.page(0, 100_000)
    as_it_is, as_if_never = shown(address, "is", history), shown(address, "never", history, undone)
    return {name for name in as_it_is if as_it_is[name] != as_if_never[name]}
