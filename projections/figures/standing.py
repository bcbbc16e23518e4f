"""A figure that goes along with the record: from its sums at one position to those at a later one, by the facts that changed.

What hangs together with anything that changed is counted as of both positions, and the sums move by the difference; everything
else is what it was. So a figure of a million entries, once counted, follows an entry at the cost of what that entry touches. It
is the same counting (`count_in`) of the same parts (`history.py`) by which changes are explained; a test holds it to counting
anew.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from projections import people, statistics
from projections.figures.catalogue import DEFINITIONS
from projections.figures.changes import size_of
from projections.figures.computing import Figure, Line, Only, keyed, matching, order
from projections.figures.definition import AsOf, Counted, Definition, Facts
from projections.figures.history import Pair, Part
from projections.kept import loads
from projections.reconciling import Total

MOST_FACTS = 20_000
"""Where more hangs together with what changed, counting anew is as quick."""
AT_ONCE = 400
"""Values asked for in one query."""
FOLLOWED = frozenset(
    {
        statistics.PROTEST, statistics.COUNT, statistics.DETENTION, statistics.INCIDENT, statistics.REPORT, statistics.STAY,
        statistics.TOLD_OUT, statistics.RELEASE, statistics.COUNSEL_REFUSED, statistics.ILL_TREATED, statistics.FORCE,
    }
)  # fmt: skip
"""The kinds of facts of which the tables can be asked what they are tied to."""


class TooMuch(Exception):
    """More hangs together with what changed than is worth following."""


class Sum(NamedTuple):
    """An interval that can be added up and taken away again: `endless` of its `parts` have no upper end, and stand in `high` with
    their low one."""

    low: int = 0
    high: int = 0
    endless: int = 0
    parts: int = 0

    def more(self, other: "Sum", sign: int = 1) -> "Sum":
        """Both together; with -1, what is left."""
        return Sum(*(mine + sign * theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def total(self) -> Total:
        """As a figure tells it."""
        return Total(self.low, None if self.endless else self.high)


@dataclass(frozen=True, slots=True)
class Standing:
    """The sums of a figure at a position: of each row, of what is in none, and of all."""

    name: str
    by: str | None
    only: Only
    position: int
    rows: Mapping[Hashable, Sum]
    left_out: Sum
    total: Sum

    @property
    def figure(self) -> Figure:
        """As `compute` gives it."""
        lines = sorted((Line(key, of.total) for key, of in self.rows.items() if of.parts), key=order(self.by))
        left_out = self.left_out.total if self.by is not None else Total(0, 0)
        return Figure(DEFINITIONS[self.name], self.by, self.position, tuple(lines), left_out, self.total.total, dict(self.only))


def can_follow(definition: Definition) -> bool:
    """Whether what its facts are tied to can be asked for."""
    return FOLLOWED.issuperset(definition.kinds)


def stand(db: Connection, name: str, *, by: str | None, position: int, only: Only) -> Standing:
    """Counted anew. Raises KeyError for an unknown name or dimension."""
    rows, left_out, total = _sums(DEFINITIONS[name], AsOf(db, position), by, only)
    return Standing(name, by, only, position, rows, left_out, total)


def follow(db: Connection, known: Standing, position: int, changed: Collection[bytes]) -> Standing:
    """The same at a later position. `changed` are the records of which there are entries between. Raises TooMuch."""
    definition = DEFINITIONS[known.name]
    part = _tied_to(db, definition, position, changed)
    rows = dict(known.rows)
    left_out, total = known.left_out, known.total
    for at, sign in ((known.position, -1), (position, 1)):
        moved, moved_left_out, moved_total = _sums(definition, part.at(at), known.by, known.only)
        for key, of in moved.items():
            rows[key] = rows.get(key, Sum()).more(of, sign)
        left_out, total = left_out.more(moved_left_out, sign), total.more(moved_total, sign)
    kept = {key: of for key, of in rows.items() if of.parts}
    return Standing(known.name, known.by, known.only, position, kept, left_out, total)


def _sums(definition: Definition, facts: Facts, by: str | None, only: Only) -> tuple[dict[Hashable, Sum], Sum, Sum]:
    everything = list(matching(definition.count_in(facts), only))
    rows, nowhere = keyed(everything, by)
    return {key: _sum(of) for key, of in rows.items()}, _sum(nowhere), _sum(everything)


def _sum(counted: Collection[Counted]) -> Sum:
    return Sum(*size_of(counted), len(counted))


def _tied_to(db: Connection, definition: Definition, until: int, changed: Collection[bytes]) -> Part:
    """Everything that hangs together with these records, however far round."""
    pairs = _pairs(db) if definition.is_of_people else {}
    rows: dict[tuple[bytes, int, int], Row[Any]] = {}
    asks_nights = statistics.REPORT in definition.kinds
    known: set[Hashable] = set()
    frontier: set[Hashable] = set(changed)
    while frontier:
        known |= frontier
        found = _with(db, definition.kinds, until, [tie for tie in frontier if isinstance(tie, bytes)])
        nights = {tie for tie in frontier if isinstance(tie, tuple)}
        if nights:
            found += _at(db, definition, until, nights, rows)
        _add(rows, found)
        if asks_nights:
            _add(rows, _reports_at(db, until, rows.values()))
        if len(rows) > MOST_FACTS:
            raise TooMuch
        ties_of = definition.ties(list(rows.values()))
        ties: set[Hashable] = {tie for row in rows.values() for tie in ties_of(row)} | known
        ties |= {file for tie in ties for low, high, _ in pairs.get(tie, ()) for file in (low, high)}
        frontier = ties - known
    joined = {pair[:2]: pair for tie in known for pair in pairs.get(tie, ())}
    ordered = sorted(rows.values(), key=lambda row: (row.record, row.version, row.revision))
    return Part(ordered, list(joined.values()))


def _pairs(db: Connection) -> dict[Hashable, list[Pair]]:
    of_file: dict[Hashable, list[Pair]] = defaultdict(list)
    for row in db.execute(select(people.pairs.table)):
        pair = (row.low, row.high, loads(row.spans))
        of_file[row.low].append(pair)
        of_file[row.high].append(pair)
    return of_file


def _with(db: Connection, kinds: Collection[int], until: int, ties: list[bytes]) -> list[Row[Any]]:
    """The facts that are of one of these records, or name one."""
    table, found = statistics.facts.table, list[Row[Any]]()
    for first in range(0, len(ties), AT_ONCE):
        some = ties[first : first + AT_ONCE]
        for column in (table.c.record, table.c.protest, table.c.person, table.c.detention):
            chosen = select(table).where(column.in_(some), table.c.kind.in_(kinds), table.c.known_from <= until)
            found += db.execute(chosen).all()
    return found


def _at(db: Connection, definition: Definition, until: int, nights: set[Any], rows: Mapping[Any, Row[Any]]) -> list[Row[Any]]:
    """The facts tied to these cities' nights. A stay told without a time is of the night of its detention, wherever that was."""
    table = statistics.facts.table
    dated = select(table).where(table.c.night.in_({night for night, _ in nights}), table.c.known_from <= until)
    candidates = list(db.execute(dated.where(table.c.kind.in_(definition.kinds))).all())
    held = {row.record for row in candidates if row.kind == statistics.DETENTION}
    candidates += _with(db, (statistics.STAY,), until, list(held))
    ties_of = definition.ties([*rows.values(), *candidates])
    return [row for row in candidates if not nights.isdisjoint(ties_of(row))]


def _reports_at(db: Connection, until: int, rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """The reports of the cities' nights that these facts are of: only where there is one does a night tie anything together."""
    table = statistics.facts.table
    dated = {row.record: row.night for row in rows if row.kind == statistics.DETENTION}
    cells = {(row.night if row.night is not None else dated.get(row.record), row.city or 0) for row in rows}
    wanted = sorted({night for night, _ in cells if night is not None})
    found: list[Row[Any]] = []
    for first in range(0, len(wanted), AT_ONCE):
        chosen = select(table).where(
            table.c.night.in_(wanted[first : first + AT_ONCE]), table.c.kind == statistics.REPORT, table.c.known_from <= until
        )
        found += [row for row in db.execute(chosen) if (row.night, row.city or 0) in cells]
    return found


def _add(rows: dict[tuple[bytes, int, int], Row[Any]], found: Iterable[Row[Any]]) -> None:
    for row in found:
        rows[row.record, row.version, row.revision] = row
