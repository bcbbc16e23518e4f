"""A table of a quarter, from the record to what would be released, and its release."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from domain.casebook import Outcome
from domain.disclosure import InCell
from domain.errors import RuleBroken
from domain.provenance import Entry
from domain.publication import AGAIN_AFTER, ReleasedRow
from domain.released_tables import (
    HELD,
    OTHER,
    Cell,
    TableRules,
    anything_told,
    has_moved,
    shared_by_most,
    shown_alone,
)
from projections import held_back, released_tables
from web.journalists.permitted import newest
from web.releasing.attacker import Announced, Told, key_of
from web.releasing.attributes import CITY, MONTH, Attribute
from web.releasing.auditing import Audit, Group
from web.releasing.counting import Quarter, count_quarter
from web.releasing.shut import is_shut
from web.releasing.suppressing import made_safe
from web.releasing.tables import TABLES, Table
from web.wiring import Tracker, Views

RULES = TableRules()


@dataclass(frozen=True, slots=True)
class ToRelease:
    """What would be released."""

    table: Table
    quarter: int
    counted_at: int
    columns: tuple[str, ...]
    rows: tuple[ReleasedRow, ...]
    audit: Audit
    rules: TableRules
    beside: frozenset[str]
    """The tables of the same position that it was audited with."""

    @property
    def tells_anything(self) -> bool:
        """Whether there is a number in it: a table without one would be shut for a year to what is learned."""
        return anything_told(cell for row in self.rows for cell in row.cells)


def table_named(name: str) -> Table:
    """The table of the closed list. Raises RuleBroken `no_such_table`."""
    if name not in TABLES:
        raise RuleBroken("no_such_table", table=name[:60], known=", ".join(TABLES))
    return TABLES[name]


def told_by(row: Any) -> Told:
    """A release as an attacker reads it."""
    columns, rows = released_tables.columns_of(row), released_tables.rows_of(row)
    attributes = TABLES[row.name].attributes
    return Told(
        row.counted_at,
        (attributes[0].name, attributes[1].name),
        [value for value, _, _ in rows],
        columns,
        {(value, column): text for value, cells, _ in rows for column, text in zip(columns, cells, strict=True)},
        TableRules(row.people, row.incidents, row.rounded_to, row.small_group, row.percent),
        frozenset((value, columns[at]) for value, _, kept in rows for at in kept),
    )


def position_for(db: Views, quarter: int, now: int) -> int:
    """Where the tables of this quarter are counted: where those released within the year were, or at what is newest.

    `now` is the time in seconds since 1970.
    """
    released = released_tables.of_quarter(db, quarter)
    if released:
        of_last = [row for row in released if row.counted_at == released[-1].counted_at]
        if now < of_last[0].released_at + AGAIN_AFTER.total_seconds():
            return int(of_last[0].counted_at)
    return newest(db)


def to_release(db: Views, quarter: int, table: Table, position: int, rules: TableRules = RULES) -> ToRelease:
    """What may be shown of this quarter. Raises RuleBroken `table_not_safe`, `quarter_held_back` and `held_back_unknown`. A table
    without a number is not attacked.
    """
    _must_hold_nothing_back(db, quarter)
    before = [row for row in released_tables.of_quarter(db, quarter) if row.name in TABLES]
    told_before = [told_by(row) for row in before]
    if told_before:
        rules = told_before[0].rules
    attributes = _attributes(table, before)
    fixed_lists = _settled(told_before)
    quarters = {
        at: count_quarter(db, quarter, at, attributes, fixed_lists)
        for at in sorted({position, *(row.counted_at for row in before)})
    }
    now = quarters[position]
    true = now.table(table)
    shown = shown_alone(true, rules, table.sensitive)
    told = Told(position, _names(table), now.lists[table.rows.name], now.lists[table.columns.name], shown, rules)
    told, fixed = _as_before(told, true, told_before, quarters, table)
    groups: list[Group] = [
        (key_of(position, _names(each), cell), key_of(position, _names(each), margin), rules)
        for each in {table.name: table, **{row.name: TABLES[row.name] for row in before if row.counted_at == position}}.values()
        for cell, margin in shared_by_most(now.table(each), rules, each.sensitive)
    ]
    beside = frozenset(row.name for row in before if row.counted_at == position)
    if not anything_told(told.shown.values()):
        nothing = Audit(len(true), len(true), 0, ())
        return ToRelease(table, quarter, position, tuple(told.columns), _rows(told), nothing, rules, beside)
    tallies = [Announced(at, found.announced) for at, found in quarters.items()]
    told, audit = made_safe(told, true, told_before, tallies, groups, fixed)
    return ToRelease(table, quarter, position, tuple(told.columns), _rows(told), audit, rules, beside)


def _must_hold_nothing_back(db: Views, quarter: int) -> None:
    """A table counts everybody: less the tallies that are told, its margins would give about what is held back."""
    held = held_back.held(db)
    if held.is_all:
        raise RuleBroken("held_back_unknown")
    if is_shut(held, quarter):
        raise RuleBroken("quarter_held_back")


def _attributes(table: Table, before: Sequence[Any]) -> list[Attribute]:
    used = [each for name in (table.name, *(row.name for row in before)) for each in TABLES[name].attributes]
    return list({each.name: each for each in used}.values())


def _names(table: Table) -> tuple[str, str]:
    return table.rows.name, table.columns.name


def _settled(before: Sequence[Told]) -> dict[str, tuple[str, ...]]:
    """Which cities and months have rows stays as it was first released: what the others hold together stays comparable."""
    return {
        name: tuple(value for value in values if value != OTHER)
        for told in reversed(before)
        for name, values in told.lists()
        if name in (CITY.name, MONTH.name)
    }


def _as_before(
    told: Told, true: dict[Cell, InCell], before: Sequence[Told], quarters: dict[int, Quarter], table: Table
) -> tuple[Told, set[Cell]]:
    """What another table of the position shows of a margin is shown here too; what hardly moved since an earlier one, as then."""
    shown, kept, fixed = dict(told.shown), set[Cell](), set[Cell]()
    earlier = [one for one in before if one.counted_at < told.counted_at and one.attributes == told.attributes]
    if earlier:
        last = earlier[-1]
        then = quarters[last.counted_at].table(table)
        for cell, text in last.shown.items():
            if cell in shown and text != HELD and not has_moved(then[cell].people, true[cell].people, told.rules):
                shown[cell] = text
                kept.add(cell)
    at_once = {
        one.key(cell): (text, cell in one.kept)
        for one in before
        if one.counted_at == told.counted_at
        for cell, text in one.shown.items()
    }
    for cell in shown:
        if told.key(cell) in at_once:
            shown[cell], is_kept = at_once[told.key(cell)]
            fixed.add(cell)
            kept = kept | {cell} if is_kept else kept - {cell}
    return Told(told.counted_at, told.attributes, told.rows, told.columns, shown, told.rules, frozenset(kept)), fixed


def _rows(told: Told) -> tuple[ReleasedRow, ...]:
    return tuple(
        ReleasedRow(
            row,
            tuple(told.shown[row, column] for column in told.columns),
            tuple(at for at, column in enumerate(told.columns) if (row, column) in told.kept),
        )
        for row in told.rows
    )


def release(tracker: Tracker, entry: Entry, quarter: int, table: Table) -> Outcome:
    """Count, audit and release. Raises RuleBroken as `may_release_table` and `to_release` do."""
    with tracker.views() as db:
        position = position_for(db, quarter, int(datetime.now(UTC).timestamp()))
        tracker.casebook.may_release_table(quarter, table.name, position)
        found = to_release(db, quarter, table, position)
    return tracker.casebook.release_table(
        entry,
        quarter,
        table=table.name,
        version=table.version,
        counted_at=position,
        people=found.rules.people,
        incidents=found.rules.incidents,
        rounded_to=found.rules.rounded_to,
        small_group=found.rules.small_group,
        percent=found.rules.percent,
        columns=found.columns,
        rows=found.rows,
        beside=found.beside,
        cells=found.audit.cells,
        hidden=found.audit.hidden,
        narrowest=found.audit.narrowest,
    )
