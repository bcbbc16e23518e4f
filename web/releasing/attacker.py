"""What somebody knows who has every table released of a quarter, the rules, and the exact tallies of detentions.

Every margin is the sum of its cells, and what two tables show of one number is shown of the same: all tables of a quarter are of
one set of people. Of three attributes of which every two stand in a table, the people by all three are numbers too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from domain.released_tables import HELD, OTHER, TOTAL, Cell, TableRules
from web.releasing.attributes import CITY, MONTH
from web.releasing.program import Key, Program, Term


@dataclass(frozen=True, slots=True)
class Told:
    """A table as it is shown. `kept` are the cells that show what an earlier release did, for they have hardly moved."""

    counted_at: int
    attributes: tuple[str, str]
    rows: Sequence[str]
    columns: Sequence[str]
    shown: Mapping[Cell, str]
    rules: TableRules
    kept: frozenset[Cell] = frozenset()

    def key(self, cell: Cell) -> Key:
        """Which number a cell or margin is of."""
        return key_of(self.counted_at, self.attributes, cell)

    def lists(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Both attributes with their values, without the margin."""
        for attribute, values in zip(self.attributes, (self.rows, self.columns), strict=True):
            yield attribute, tuple(value for value in values if value != TOTAL)


def key_of(counted_at: int, attributes: tuple[str, str], cell: Cell) -> Key:
    """The number of people with the values of a cell, as of a position."""
    return counted_at, frozenset((name, value) for name, value in zip(attributes, cell, strict=True) if value != TOTAL)


@dataclass(frozen=True, slots=True)
class Announced:
    """The exact tallies of a quarter as of a position: detentions by city and month. Nobody is in a table who is in no tally."""

    counted_at: int
    by_city: Mapping[tuple[str, str], int]


def known(tables: Sequence[Told], tallies: Sequence[Announced], *, nothing_withdrawn: bool = False) -> Program:
    """All of it as a program. With `nothing_withdrawn` a later release of the quarter is taken to hold everybody of the first."""
    program = Program()
    for counted_at in sorted({told.counted_at for told in tables}):
        of_position = [told for told in tables if told.counted_at == counted_at]
        _sums(program, of_position)
        for told in of_position:
            for cell, shown in told.shown.items():
                if cell not in told.kept:  # that is of an earlier position
                    program.between(told.key(cell), *told.rules.meant_by(shown))
        for tally in tallies:
            if tally.counted_at == counted_at:
                _within_tallies(program, of_position, tally)
    _since_before(program, tables, nothing_withdrawn)
    return program


def _sums(program: Program, tables: Sequence[Told]) -> None:
    lists: dict[str, tuple[str, ...]] = {}
    pairs: set[frozenset[str]] = set()
    for told in tables:
        lists |= dict(told.lists())
        pairs.add(frozenset(told.attributes))
        for row in told.rows:
            program.adds_up(told.key((row, TOTAL)), [told.key((row, column)) for column in told.columns if column != TOTAL])
        for column in told.columns:
            program.adds_up(told.key((TOTAL, column)), [told.key((row, column)) for row in told.rows if row != TOTAL])
    counted_at = tables[0].counted_at
    for three in combinations(sorted(lists), 3):
        if all(frozenset(two) in pairs for two in combinations(three, 2)):
            for two in combinations(three, 2):
                (left,) = set(three) - set(two)
                for values in product(*(lists[name] for name in two)):
                    terms: frozenset[Term] = frozenset(zip(two, values, strict=True))
                    parts = [(counted_at, terms | {(left, value)}) for value in lists[left]]
                    program.adds_up((counted_at, terms), parts)


def _within_tallies(program: Program, tables: Sequence[Told], tally: Announced) -> None:
    """Nobody is in a table who was not announced; who is of several cities or months, and so among the others, twice."""
    lists = {name: values for told in tables for name, values in told.lists()}
    everybody = sum(tally.by_city.values())
    program.between((tally.counted_at, frozenset()), 0, everybody)
    for part, name in enumerate((CITY.name, MONTH.name)):
        sums = {value: 0 for value in lists.get(name, ()) if value != OTHER}
        for of, number in tally.by_city.items():
            if of[part] in sums:
                sums[of[part]] += number
        for value, number in sums.items():
            program.between((tally.counted_at, frozenset({(name, value)})), 0, number)
        if sums:
            elsewhere = everybody - sum(sums.values())
            others: Key = tally.counted_at, frozenset({(name, OTHER)})
            program.between(others, 0, elsewhere + (everybody - elsewhere) // 2)


def _since_before(program: Program, tables: Sequence[Told], nothing_withdrawn: bool) -> None:
    """What the release of a quarter tells beside the one before it: what is kept moved by less than the threshold."""
    before: dict[tuple[tuple[str, str], Cell], tuple[Key, str]] = {}
    for told in sorted(tables, key=lambda told: told.counted_at):
        far = told.rules.people
        for cell, shown in told.shown.items():
            key, earlier = told.key(cell), before.get((told.attributes, cell))
            if earlier is not None:
                moved = {key: 1.0, earlier[0]: -1.0}
                if nothing_withdrawn:
                    program.limited(moved, 0, float("inf"))
                if cell in told.kept:
                    program.limited(moved, -far + 1, far - 1)
                elif shown != HELD and earlier[1] != HELD:
                    _apart(program, moved, told.rules, shown, earlier[1])
            before[told.attributes, cell] = key, shown


def _apart(program: Program, moved: Mapping[Key, float], rules: TableRules, shown: str, earlier: str) -> None:
    now, then = rules.meant_by(shown), rules.meant_by(earlier)
    if then.most is not None and now.least > then.most:
        program.limited(moved, rules.people, float("inf"))
    elif now.most is not None and now.most < then.least:
        program.limited(moved, -float("inf"), -rules.people)
