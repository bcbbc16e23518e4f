"""What may be told outside of places within a city, so that a map of many people never points at one person's door.

Statistical disclosure control for the map (docs/decisions/0039): a threshold of people and of incidents, classes instead of
numbers, and so much left over beside what is shown that no cell, shown or not, can be worked out from the city's exact number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class InCell:
    """How many people were detained in a cell, at the least, and at how many separate incidents."""

    people: int
    incidents: int


@dataclass(frozen=True, slots=True)
class CellRules:
    """When a cell may be shown. `classes` are the least numbers of people of each class, the first of them the threshold.

    `left_over` people of the city's number must remain when every cell shown is taken to hold the least its class allows: then
    each cell, shown or hidden, may hold any of at least `left_over` + 1 numbers.
    """

    people: int = 10
    incidents: int = 2
    left_over: int = 5

    @property
    def classes(self) -> tuple[int, ...]:
        """The first class begins at the threshold, whatever it is set to; each has more than `left_over` numbers."""
        return (self.people, *(bound for bound in (50, 200, 1000) if bound > self.people + self.left_over))


def incidents_in(protests: Iterable[int], alone: Iterable[int]) -> int:
    """How many separate incidents there surely were, by their days as numbers like 20220302.

    Each of `protests` is one. Of those detained at no known protest, who are `alone`, all of one day, and of days that follow
    each other, may have been taken at one, and at a protest of the same or the next day; those whose day is not known at any.
    """
    known, loose = list(protests), list(alone)
    near = {day + step for day in map(_ordinal, known) if day for step in (-1, 0, 1)}
    runs: list[list[int]] = []
    for day in sorted({day for day in map(_ordinal, loose) if day}):
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return len(known) + sum(near.isdisjoint(run) for run in runs) or min(1, len(loose))


def _ordinal(day: int) -> int:
    """The number of a day like 20220302 in the calendar; 0 where only the month or less is known."""
    return date(day // 10_000, day // 100 % 100, day % 100).toordinal() if day % 100 else 0


def class_of(people: int, classes: tuple[int, ...]) -> int:
    """The class this many people fall into: 0 below the first, then 1, 2 and so on."""
    return sum(people >= bound for bound in classes)


def cells_to_show(cells: Mapping[str, InCell], of_city: int, rules: CellRules) -> dict[str, int]:
    """The cells of a city that may be shown, each with its class from 1.

    `of_city` is the number told of the whole city for the same time, its low end where it is an interval; it counts also what no
    cell is known of. The smallest are left out first where too little would be left over.
    """
    classes = rules.classes
    chosen = [cell for cell, found in cells.items() if found.people >= rules.people and found.incidents >= rules.incidents]
    chosen.sort(key=lambda cell: (-cells[cell].people, cell))
    shown = {cell: class_of(cells[cell].people, classes) for cell in chosen}
    while shown and of_city - sum(classes[shade - 1] for shade in shown.values()) < rules.left_over:
        shown.popitem()
    return shown
