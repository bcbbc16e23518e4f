"""The facts that a figure is counted from, one by one, as they stood at a position: so that whoever has them can count again."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from projections import statistics, told_of_custody
from projections.figures.definition import Definition
from projections.projection import View

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
    statistics.DESCRIBED: "described",
    statistics.ACCUSED: "accused",
    statistics.CASE: "case",
    statistics.CHARGE: "charge",
    statistics.RULING: "ruling",
    statistics.CROWD: "crowd",
}
"""How files name the kinds of facts."""


def kinds_of(definition: Definition) -> tuple[int, ...]:
    """All that any breakdown of it reads."""
    return definition.kinds_for(definition.dimensions)


def facts_behind(db: Connection, definition: Definition, position: int) -> Iterator[Row[Any]]:
    """Those that stood, in the order of their records; the connection is held until the last is taken."""
    return _standing(db, statistics.facts, kinds_of(definition), position)


def custody_behind(db: Connection, definition: Definition, position: int) -> Iterator[Row[Any]]:
    """The same of what the law asks of a custody, which lengths and overruns are counted from; nothing for other figures."""
    return _standing(db, told_of_custody.told, told_of_custody.KINDS.intersection(kinds_of(definition)), position)


def _standing(db: Connection, view: View, kinds: Collection[int], position: int) -> Iterator[Row[Any]]:
    table = view.table
    stood = or_(table.c.known_until.is_(None), table.c.known_until > position)
    chosen = select(table).where(table.c.kind.in_(kinds), table.c.known_from <= position, stood)
    ordered = chosen.order_by(table.c.record, table.c.version, table.c.revision)
    return iter(db.execution_options(yield_per=AT_ONCE).execute(ordered))


def people_behind(db: Connection, definition: Definition, position: int) -> set[bytes]:
    """The files of the people these facts are about, those among the codes of a case too."""
    table, kinds = statistics.facts.table, kinds_of(definition)
    chosen = select(table.c.person).where(table.c.kind.in_(kinds), table.c.person.is_not(None), table.c.known_from <= position)
    found = set(db.scalars(chosen))
    if statistics.CASE in kinds:
        of_cases = select(table.c.codes).where(table.c.kind == statistics.CASE, table.c.known_from <= position)
        found |= {bytes.fromhex(code) for codes in db.scalars(of_cases) for code in (codes or "").split()}
    return found
