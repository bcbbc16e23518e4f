"""The first page: what is on record now, in numbers that say as of which position they were counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from projections import heatmap, positions, protests
from projections.reconciling import Total
from web.desk import Desk
from web.sightings import Listed, interval, told_protests

LATEST = 10
MOST_DETAINED = 10


@dataclass(frozen=True, slots=True)
class Overview:
    """`detained` reconciles names and counts; `held` and `released` are of people known one by one."""

    position: int
    protests: int
    detained: str
    held: int
    released: int
    force: int
    not_placed: str
    cities: Sequence["CityLine"]
    latest: Sequence[Listed]


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


def overview_of(desk: Desk, language: str) -> Overview:
    """Everything the page shows, as of one moment."""
    with desk.tracker.views() as db:
        rows = heatmap.by_city(db)
        position = next((s.position for s in positions.read(db) if s.projection == heatmap.projection.name), 0)
        latest = told_protests(desk, db, protests.listed(db, limit=LATEST), language)
    placed = [row for row in rows if row.city != heatmap.NOWHERE]
    return Overview(
        position,
        sum(row.protests for row in rows),
        interval(total_of(rows), language) or "0",
        sum(row.held for row in rows),
        sum(row.released for row in rows),
        sum(row.force for row in rows),
        not_placed(rows, language),
        [city_line(desk, row, language) for row in placed[:MOST_DETAINED]],
        latest,
    )


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
