"""Rows of the heat map as a list of cities shows them: the city by name, sums as intervals, and what could not be placed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from projections import heatmap
from projections.reconciling import Total
from web.desk import Desk
from web.sightings import interval


@dataclass(frozen=True, slots=True)
class CityLine:
    """One city's numbers."""

    id: int
    name: str
    region: str
    protests: int
    detained: str
    held: int
    released: int
    force: int


def total_of(rows: Iterable[Any]) -> Total:
    """The sum of some rows of the heat map; without an upper end where any of them has none."""
    rows = list(rows)
    low, high = sum(row.detained_low for row in rows), sum(row.detained_high for row in rows)
    return Total(low, None if any(row.open_ended for row in rows) else high)


def not_placed(rows: Iterable[Any], language: str) -> str:
    """How many detained could not be placed in a city."""
    return interval(total_of(row for row in rows if row.city == heatmap.NOWHERE), language) or "0"


def city_line(desk: Desk, row: Any, language: str) -> CityLine:
    """A row of the heat map as a reader sees it."""
    names = desk.tracker.gazetteer
    city = names.city(row.city)
    region = names.region_name(city.region, language) if city is not None and city.region else ""
    name = names.city_name(row.city, language)
    return CityLine(
        row.city,
        name,
        region if region != name else "",
        row.protests,
        interval(total_of([row]), language) or "0",
        row.held,
        row.released,
        row.force,
    )
