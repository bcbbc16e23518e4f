"""The maps for readers outside: what may be shown of the cells of a city, counted once, published once, the same for everybody.

Inside a city only cells with enough people and incidents, as classes; of closed months, one month and one resolution a map; never
how much was left out. `domain/disclosure.py` has the rule and docs/decisions/0039 what an attacker can still say.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import h3

from domain.casebook import Outcome
from domain.disclosure import CellRules, InCell, cells_to_show
from domain.provenance import Entry
from domain.publication import PublishedCell
from projections import positions, published_cells, statistics
from projections.days import month_of
from projections.figures import DEFINITIONS, Counted
from web.wiring import Tracker, Views

RESOLUTION = 7
"""The one H3 resolution of every map outside: two of one city could be laid over each other."""
FIGURE = DEFINITIONS["detentions"]


@dataclass(frozen=True, slots=True)
class ToPublish:
    """What would be published of a month. `counted_at` is the position of the log it was counted at."""

    month: int
    counted_at: int
    rules: CellRules
    cells: tuple[PublishedCell, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """The map of one city's month as it was published. Each cell with its class from 1; `classes` are their least numbers."""

    city: int
    month: int
    position: int
    counted_at: int
    people: int
    incidents: int
    classes: tuple[int, ...]
    cells: Sequence[tuple[str, int]]


def rules_of(tracker: Tracker) -> CellRules:
    """The threshold this installation has set; it cannot be set below ten."""
    return CellRules(people=tracker.settings.fewest_on_a_map)


def to_publish(db: Views, month: int, rules: CellRules) -> ToPublish:
    """What may be shown of this month, as 202203, as things are now; of a city whose number has hardly changed since the last
    publication, what was shown then.
    """
    position = positions.reached(db, statistics.projection)
    cells, totals = cells_and_totals(FIGURE.count(db, position), month)
    shown = {city: cells_to_show(within, totals[city], rules) for city, within in cells.items()}
    before = next((row for row in published_cells.published_months(db) if row.month == month), None)
    if before is not None and before.classes == " ".join(map(str, rules.classes)):
        _, told = cells_and_totals(FIGURE.count(db, before.counted_at), month)
        for city in {*shown, *published_cells.cities_of(db, before)}:
            if abs(totals[city] - told[city]) < rules.people:
                shown[city] = {row.cell: row.shade for row in published_cells.cells_of(db, city, before)}
    published = (PublishedCell(city, cell, shade) for city in sorted(shown) for cell, shade in sorted(shown[city].items()))
    return ToPublish(month, position, rules, tuple(published))


def cells_and_totals(counted: Any, month: int) -> tuple[Mapping[int, Mapping[str, InCell]], Mapping[int, int]]:
    """Of one month, the cells of each city, and each city's number with what is placed in no cell: the low ends."""
    people: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    incidents: dict[int, dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    totals: dict[int, int] = defaultdict(int)
    found: Counted
    for found in counted:
        if found.city is None or found.total.low == 0 or month_of(found.day) != month:
            continue
        totals[found.city] += found.total.low
        if found.cell is not None:
            cell = h3.cell_to_parent(h3.int_to_str(found.cell), RESOLUTION)
            people[found.city][cell] += found.total.low
            # People detained one by one on one day at no known protest may all have been at one.
            incidents[found.city][cell].add(found.protest or found.day)
    cells = {
        city: {cell: InCell(number, len(incidents[city][cell])) for cell, number in within.items()}
        for city, within in people.items()
    }
    return cells, totals


def publish_month(tracker: Tracker, entry: Entry, month: int) -> Outcome:
    """Count the month and publish it. Raises RuleBroken `no_such_month`, `month_not_closed`, `published_lately`."""
    with tracker.views() as db:
        found = to_publish(db, month, rules_of(tracker))
    return tracker.casebook.publish_cells(
        entry,
        month,
        counted_at=found.counted_at,
        definition=FIGURE.version,
        resolution=RESOLUTION,
        people=found.rules.people,
        incidents=found.rules.incidents,
        left_over=found.rules.left_over,
        classes=found.rules.classes,
        cells=found.cells,
    )


def published_of(db: Views, city: int) -> Sequence[Published]:
    """Every map of this city that was published, the latest month first."""
    return [
        Published(
            city,
            row.month,
            row.position,
            row.counted_at,
            row.people,
            row.incidents,
            tuple(map(int, row.classes.split())),
            [(cell.cell, cell.shade) for cell in published_cells.cells_of(db, city, row)],
        )
        for row in published_cells.months_of(db, city)
    ]
