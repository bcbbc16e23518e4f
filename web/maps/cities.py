"""The numbers of cities and of the cells of one city, from the heat map's own rows: their cost follows the cells, not the events.

Cells of the map are parents of the r9 cells that are stored, so that the sum over the cells and what is not placed is the total.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import h3

from projections import heatmap, positions
from web.city_lines import CityLine, city_line, not_placed, total_of
from web.desk import Desk
from web.maps.period import Months
from web.sightings import interval


@dataclass(frozen=True, slots=True)
class Cities:
    """Every city, the most detained first, and what could not be placed in any."""

    cities: Sequence[CityLine]
    not_placed: str
    position: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the map: its number in the picture and the table, its H3 index, and the same numbers as a city."""

    number: int
    index: str
    low: int
    detained: str
    held: int
    released: int
    force: int
    protests: int


@dataclass(frozen=True, slots=True)
class CityHeat:
    """One city. `cells` begin with the most detained; `not_placed` is known to be in the city and no more."""

    id: int
    name: str
    region: str
    detained: str
    held: int
    released: int
    protests: int
    cells: Sequence[Cell]
    not_placed: str
    position: int


def cities_of(desk: Desk, months: Months, language: str) -> Cities:
    """Every city with anything recorded in these months."""
    with desk.tracker.views() as db:
        rows, position = heatmap.by_city(db, months.period), positions.reached(db, heatmap.projection)
    placed = [city_line(desk, row, language) for row in rows if row.city != heatmap.NOWHERE]
    return Cities(placed, not_placed(rows, language), position)


def city_of(desk: Desk, city: int, months: Months, language: str) -> CityHeat | None:
    """One city; None for one the gazetteer does not know."""
    known = desk.tracker.gazetteer.city(city)
    if known is None:
        return None
    with desk.tracker.views() as db:
        rows, position = heatmap.of_city(db, city, months.period), positions.reached(db, heatmap.projection)
    region = desk.tracker.gazetteer.region_name(known.region, language) if known.region else ""
    name = known.name(language)
    return CityHeat(
        city,
        name,
        region if region != name else "",
        interval(total_of(rows), language) or "0",
        sum(row.held for row in rows),
        sum(row.released for row in rows),
        sum(row.protests for row in rows),
        _cells(rows, months.resolution, language),
        interval(total_of(row for row in rows if row.cell == heatmap.NOWHERE), language) or "0",
        position,
    )


def _cells(rows: Iterable[Any], resolution: int, language: str) -> list[Cell]:
    parents: dict[str, list[Any]] = {}
    for row in rows:
        if row.cell != heatmap.NOWHERE:
            parents.setdefault(h3.cell_to_parent(h3.int_to_str(row.cell), resolution), []).append(row)
    totals = {index: total_of(within) for index, within in parents.items()}
    ordered = sorted(parents, key=lambda index: (-totals[index].low, -sum(row.protests for row in parents[index]), index))
    return [
        Cell(
            number,
            index,
            totals[index].low,
            interval(totals[index], language) or "0",
            sum(row.held for row in parents[index]),
            sum(row.released for row in parents[index]),
            sum(row.force for row in parents[index]),
            sum(row.protests for row in parents[index]),
        )
        for number, index in enumerate(ordered, 1)
    ]
