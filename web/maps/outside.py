"""The maps for readers outside: what may be shown of the cells of a city, counted once, published once, the same for everybody.

Inside a city only cells with enough people and incidents, as classes; of closed months, one month and one resolution a map; never
how much was left out. `domain/disclosure.py` has the rule and docs/decisions/0039 what an attacker can still say.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import h3

from domain.casebook import Outcome
from domain.disclosure import CellRules, InCell, cells_to_show, incidents_in
from domain.errors import RuleBroken
from domain.provenance import Entry
from domain.publication import PublishedCell, PublishedCity
from projections import held_back, positions, published_cells, statistics
from projections.days import month_of
from projections.figures import DEFINITIONS, Counted
from web.wiring import Tracker, Views

RESOLUTION = 7
"""The one H3 resolution of every map outside: two of one city could be laid over each other."""
FIGURE = DEFINITIONS["detentions"]


@dataclass(frozen=True, slots=True)
class ToPublish:
    """What would be published of a month."""

    month: int
    rules: CellRules
    cities: tuple[PublishedCity, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """The map of one city's month as it was published. Each cell with its class from 1; `classes` are their least numbers.

    `told` is the number of the city, at the least, when it was counted, at `counted_at` of the log.
    """

    city: int
    month: int
    position: int
    counted_at: int
    told: int
    definition: int
    people: int
    incidents: int
    classes: tuple[int, ...]
    cells: Sequence[tuple[str, int]]


def rules_of(tracker: Tracker) -> CellRules:
    """The threshold this installation has set; it cannot be set below ten."""
    return CellRules(people=tracker.settings.fewest_on_a_map)


def to_publish(db: Views, month: int, rules: CellRules) -> ToPublish:
    """What may be shown of this month, as 202203, as things are now.

    A month that was published keeps the rules it was first published with: two thresholds, compared, give a number between them.
    And a city whose number has hardly changed since is shown as it was counted then, for as long as the record carries that.
    A city of which anything in this month is held back is not shown: its cells would tell how much there is beside the number
    that is told. Raises RuleBroken `held_back_unknown`.
    """
    before = published_cells.publication_of(db, month)
    if before is not None:
        rules = CellRules(before.people, before.incidents, before.left_over)
    position, held = positions.reached(db, statistics.projection), held_back.held(db)
    if held.is_all:
        raise RuleBroken("held_back_unknown")
    cells, totals = cells_and_totals(FIGURE.count(db, position), month)
    shown = {
        city: PublishedCity(city, totals[city], position, _graded(cells_to_show(within, totals[city], rules)))
        for city, within in cells.items()
    }
    if before is not None:
        for kept in _published_before(db, before):
            within = cells.get(kept.city, {})
            is_true = all(one.cell in within and within[one.cell].people >= rules.people for one in kept.cells)
            if is_true and abs(totals[kept.city] - kept.people) < rules.people:
                shown[kept.city] = kept
    told = (found for city, found in sorted(shown.items()) if found.cells and not held.is_in(city, month))
    return ToPublish(month, rules, tuple(told))


def _published_before(db: Views, before: Any) -> Iterator[PublishedCity]:
    for row in published_cells.cities_of(db, before):
        cells = {one.cell: one.grade for one in published_cells.cells_of(db, row.city, before)}
        yield PublishedCity(row.city, row.people, row.counted_at, _graded(cells))


def _graded(cells: Mapping[str, int]) -> tuple[PublishedCell, ...]:
    return tuple(PublishedCell(cell, grade) for cell, grade in sorted(cells.items()))


def cells_and_totals(counted: Any, month: int) -> tuple[Mapping[int, Mapping[str, InCell]], Mapping[int, int]]:
    """Of one month, the cells of each city, and each city's number with what is placed in no cell: the low ends."""
    within: dict[int, dict[str, list[Counted]]] = defaultdict(lambda: defaultdict(list))
    totals: dict[int, int] = defaultdict(int)
    found: Counted
    for found in counted:
        if found.city is None or found.total.low == 0 or month_of(found.day) != month:
            continue
        totals[found.city] += found.total.low
        if found.cell is not None:
            within[found.city][h3.cell_to_parent(h3.int_to_str(found.cell), RESOLUTION)].append(found)
    return {city: {cell: _in_cell(some) for cell, some in cells.items()} for city, cells in within.items()}, totals


def _in_cell(counted: Sequence[Counted]) -> InCell:
    protests = (found.day for found in counted if found.protest is not None)
    alone = (found.day for found in counted if found.protest is None)
    return InCell(sum(found.total.low for found in counted), incidents_in(protests, alone))


def publish_month(tracker: Tracker, entry: Entry, month: int) -> Outcome:
    """Count the month and publish it. Raises RuleBroken `no_such_month`, `month_not_closed`, `published_lately` and
    `nothing_to_publish`."""
    tracker.casebook.may_publish_cells(month)
    with tracker.views() as db:
        found = to_publish(db, month, rules_of(tracker))
    return tracker.casebook.publish_cells(
        entry,
        month,
        definition=FIGURE.version,
        resolution=RESOLUTION,
        people=found.rules.people,
        incidents=found.rules.incidents,
        left_over=found.rules.left_over,
        classes=found.rules.classes,
        cities=found.cities,
    )


def published_of(db: Views, city: int) -> Sequence[Published]:
    """Every map of this city that was published, the latest month first. Those of a month in which something of the city is held
    back are not shown for as long: what they hold, less the number that is told, would say how many.
    """
    held = held_back.held(db)
    return [
        Published(
            city,
            row.month,
            row.position,
            row.counted_at,
            row.told,
            row.definition,
            row.people,
            row.incidents,
            tuple(map(int, row.classes.split())),
            [(cell.cell, cell.grade) for cell in published_cells.cells_of(db, city, row)],
        )
        for row in published_cells.months_of(db, city)
        if not held.is_in(city, row.month)
    ]
