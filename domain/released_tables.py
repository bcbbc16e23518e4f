"""What a table about people may say outside, before anybody has attacked it: thresholds, rounding, what stands for a number.

Statistical disclosure control of tables of two attributes (docs/decisions/0043). These rules look at one table alone. Whether
what they leave can be worked out from everything else that is told is the audit's question (`web/releasing/auditing.py`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from domain.disclosure import InCell

TOTAL = "total"
"""The row and the column of the margins."""
OTHER, SEVERAL, UNKNOWN = "other_values", "several", "unknown"
"""What has no row or column of its own; who has more than one value; of whom none is known. So everybody is in one cell. Where
the latter two have no place of their own they are with the first.
"""
HELD = "x"
"""Stands for a number of at least the threshold that is not told."""

Cell = tuple[str, str]
"""A row's value and a column's, TOTAL in a margin."""


class Meant(NamedTuple):
    """The least and the most people that what is shown can mean; None where there is no most."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class TableRules:
    """A cell is told with at least `people` people of `incidents` separate incidents, rounded to `rounded_to`.

    Of a group smaller than `small_group` nobody may learn that `percent` or more of it share one sensitive value. `width` is how
    far apart the least and the most must be of what is not told, and `spread` of what is, whatever an attacker adds up.
    """

    people: int = 10
    incidents: int = 2
    rounded_to: int = 5
    small_group: int = 100
    percent: int = 90
    width: int = 5
    spread: int = 2

    @property
    def below(self) -> str:
        """Stands for any number under the threshold, 0 among them: whether there was anybody is told of no cell."""
        return f"<{self.people}"

    def rounded(self, people: int) -> str:
        """To the nearest multiple, the upper one from the middle on."""
        return str((people + self.rounded_to // 2) // self.rounded_to * self.rounded_to)

    def alone(self, found: InCell) -> str:
        """What a cell shows where nothing but itself is looked at."""
        if found.people < self.people:
            return self.below
        return HELD if found.incidents < self.incidents else self.rounded(found.people)

    def meant_by(self, shown: str) -> Meant:
        """What can be meant, for a reader who knows the rules."""
        if shown == self.below:
            return Meant(0, self.people - 1)
        if shown == HELD:
            return Meant(self.people, None)
        least = int(shown) - self.rounded_to // 2
        return Meant(max(least, self.people), least + self.rounded_to - 1)

    def is_one_value(self, people: int, group: int) -> bool:
        """Whether so many of a group give away what each in it is."""
        return 0 < group < self.small_group and people * 100 >= group * self.percent


@dataclass(frozen=True, slots=True)
class Sensitive:
    """The values, of the rows and of the columns, that nobody of a small group may be known to share."""

    rows: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()


def shared_by_most(table: Mapping[Cell, InCell], rules: TableRules, sensitive: Sensitive) -> list[tuple[Cell, Cell]]:
    """The cells that hold nearly all of a small group as one sensitive value, each with the margin of that group."""
    found = []
    for (row, column), inside in sorted(table.items()):
        for margin, value, values in (
            ((row, TOTAL), column, sensitive.columns),
            ((TOTAL, column), row, sensitive.rows),
        ):
            if value in values and rules.is_one_value(inside.people, table[margin].people):
                found.append(((row, column), margin))
    return found


def shown_alone(table: Mapping[Cell, InCell], rules: TableRules, sensitive: Sensitive) -> dict[Cell, str]:
    """What each cell and margin would show if nobody could add up. A margin is rounded from its own number."""
    shown = {cell: rules.alone(inside) for cell, inside in table.items()}
    for cell, _ in shared_by_most(table, rules, sensitive):
        if shown[cell] != rules.below:
            shown[cell] = HELD
    return shown


def one_value(values: Iterable[str], listed: Collection[str]) -> str:
    """Somebody's one value of an attribute, so that rows add up to their margin; `listed` are all there are."""
    told = set(values) - {UNKNOWN}
    value = SEVERAL if len(told) > 1 else told.pop() if told else UNKNOWN
    return value if value in listed else OTHER


def is_number(shown: str) -> bool:
    """Whether a number is told."""
    return shown.isdigit()


def anything_told(shown: Iterable[str]) -> bool:
    """Whether a table says more than that it says nothing."""
    return any(map(is_number, shown))


def has_moved(before: int, now: int, rules: TableRules) -> bool:
    """Whether a number moved so far that it may be told anew: one person more would be that person."""
    return abs(now - before) >= rules.people
