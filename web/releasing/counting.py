"""The true numbers behind the tables of a quarter, as of a position; nothing of them is shown before the rules have passed it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from domain.disclosure import InCell, incidents_in
from domain.released_tables import OTHER, TOTAL, UNKNOWN, Cell, one_value
from projections.days import month_of
from projections.figures import DEFINITIONS, Counted
from projections.figures.computing import keys_by
from web.releasing.attributes import CITY, ENOUGH_ANNOUNCED, FIGURE, MONTH, MOST_LISTED, Attribute
from web.releasing.shut import months_of
from web.releasing.tables import Table
from web.wiring import Views

ANNOUNCED = DEFINITIONS["detentions"]
NOWHERE = ""
"""What is announced of no city."""
Who = bytes


@dataclass(frozen=True, slots=True)
class Quarter:
    """Who was detained in it, and how many were announced, as of a position.

    `lists` are the values of each attribute there, `values` everybody's, `protests` everybody's with their days, `alone`
    the days of detentions at no known one. `announced` are the exact tallies by city, or NOWHERE, and month: the low ends.
    """

    position: int
    lists: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[Who, str]]
    protests: Mapping[Who, Mapping[bytes, int]]
    alone: Mapping[Who, Sequence[int]]
    announced: Mapping[tuple[str, str], int]

    def table(self, table: Table) -> dict[Cell, InCell]:
        """Every cell and margin, those that hold nobody too."""
        rows, columns = (self.lists[attribute.name] for attribute in table.attributes)
        people: dict[Cell, list[Who]] = {(row, column): [] for row in rows for column in columns}
        of_rows, of_columns = (self.values[attribute.name] for attribute in table.attributes)
        for who, row in of_rows.items():
            column = of_columns[who]
            for cell in ((row, column), (row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
                people[cell].append(who)
        return {cell: self._inside(found) for cell, found in people.items()}

    def _inside(self, people: Sequence[Who]) -> InCell:
        protests: dict[bytes, int] = {}
        for who in people:
            protests.update(self.protests[who])
        return InCell(len(people), incidents_in(protests.values(), (day for who in people for day in self.alone[who])))


def count_quarter(
    db: Views, quarter: int, position: int, attributes: Sequence[Attribute], fixed: Mapping[str, tuple[str, ...]] | None = None
) -> Quarter:
    """Everything the tables of these attributes need. `fixed` are the lists that an earlier release has settled."""
    months = frozenset(months_of(quarter))
    announced: dict[tuple[str, str], int] = defaultdict(int)
    for told in ANNOUNCED.count(db, position):
        if month_of(told.day) in months:
            announced[str(told.city or NOWHERE), str(month_of(told.day))] += told.total.low
    listed = {CITY.name: _enough(announced, 0), MONTH.name: sorted(_enough(announced, 1)), **(fixed or {})}
    lists = {each.name: each.list_of(listed[each.name] if each.values is None else each.values) for each in attributes}
    protests: dict[Who, dict[bytes, int]] = defaultdict(dict)
    alone: dict[Who, list[int]] = defaultdict(list)
    counted = {name: _in(db, name, position, months) for name in {FIGURE.name, *(each.figure for each in attributes)}}
    for who, one in counted[FIGURE.name]:
        if one.protest is not None:
            protests[who][one.protest] = one.day
        else:
            alone[who].append(one.day)
    everybody = [*dict.fromkeys(who for who, _ in counted[FIGURE.name])]
    values = {
        each.name: _values(everybody, counted[each.figure], keys_by(each.dimension), each, lists[each.name])
        for each in attributes
    }
    return Quarter(
        position,
        lists,
        values,
        {who: protests[who] for who in everybody},
        {who: alone[who] for who in everybody},
        dict(announced),
    )


def _enough(announced: Mapping[tuple[str, str], int], part: int) -> list[str]:
    """The cities, or the months, of which enough were announced, the most first."""
    sums: dict[str, int] = defaultdict(int)
    for of, number in announced.items():
        sums[of[part]] += number
    found = [value for value, number in sums.items() if number >= ENOUGH_ANNOUNCED and value != NOWHERE]
    return sorted(found, key=lambda value: (-sums[value], value))[:MOST_LISTED]


def _in(db: Views, figure: str, position: int, months: frozenset[int]) -> list[tuple[Who, Counted]]:
    counted = DEFINITIONS[figure].count(db, position)
    return [(one.who, one) for one in counted if one.who is not None and month_of(one.day) in months]


def _values(
    everybody: Sequence[Who],
    counted: Sequence[tuple[Who, Counted]],
    keys_of: Callable[[Counted], tuple[object, ...]],
    attribute: Attribute,
    listed: Sequence[str],
) -> dict[Who, str]:
    told: dict[Who, set[str]] = defaultdict(set)
    for who, one in counted:
        told[who].update(
            [attribute.as_one] if attribute.as_one else (UNKNOWN if key is None else str(key) for key in keys_of(one))
        )

    def chosen(who: Who) -> set[str]:
        return (told[who] & set(listed) or {OTHER}) if attribute.only_listed else told[who]

    return {who: one_value(chosen(who), listed) if who in told else attribute.otherwise for who in everybody}
