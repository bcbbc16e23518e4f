"""The facts that a figure is counted from, one by one, as they stood at a position: so that whoever has them can count again."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from projections import statistics
from projections.figures.definition import Definition

AT_ONCE = 1000
"""Rows fetched at a time: there may be any number of them."""

KINDS: Mapping[int, str] = {
    statistics.PROTEST: "protest",
    statistics.COUNT: "count",
    statistics.DETENTION: "detention",
    statistics.INCIDENT: "incident",
    statistics.REPORT: "report",
    statistics.STAY: "stay",
    statistics.TOLD_OUT: "told_out",
    statistics.RELEASE: "release",
    statistics.COUNSEL_REFUSED: "counsel_refused",
    statistics.ILL_TREATED: "ill_treatment",
    statistics.FORCE: "force",
}
"""How files name the kinds of facts."""


def facts_behind(db: Connection, definition: Definition, position: int) -> Iterator[Row[Any]]:
    """Those that stood, in the order of their records; the connection is held until the last is taken."""
    table = statistics.facts.table
    chosen = select(table).where(
        table.c.kind.in_(definition.kinds),
        table.c.known_from <= position,
        or_(table.c.known_until.is_(None), table.c.known_until > position),
    )
    ordered = chosen.order_by(table.c.record, table.c.version, table.c.revision)
    return iter(db.execution_options(yield_per=AT_ONCE).execute(ordered))


def people_behind(db: Connection, definition: Definition, position: int) -> set[bytes]:
    """The files of the people these facts are about."""
    table = statistics.facts.table
    chosen = select(table.c.person).where(
        table.c.kind.in_(definition.kinds), table.c.person.is_not(None), table.c.known_from <= position
    )
    return set(db.scalars(chosen))
