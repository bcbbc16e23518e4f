"""The numbers of cities and of the cells of one city, from the heat map's own rows: their cost follows the cells, not the events.

Cells of the map are parents of the r9 cells that are stored, so that the sum over the cells and what is not placed is the total.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from projections import heatmap, positions
from projections.days import Stretch
from web.city_lines import CityLine, city_line
from web.desk import Desk
from web.maps.asked import Asked
from web.maps.cells import InCity, Whose, cells_for
from web.maps.held_outside import told_outside
from web.maps.kinds import NOTHING, Kind, Numbers


@dataclass(frozen=True, slots=True)
class Region:
    """A region's sum, and of how many cities; `name` is "" for cities of which the gazetteer knows no region."""

    name: str
    cities: int
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Cities:
    """Every city, the first kind of number first, and by region; `not_placed` could be placed in none."""

    cities: Sequence[CityLine]
    numbers: Mapping[int, Numbers]
    regions: Sequence[Region]
    not_placed: Numbers
    total: Numbers
    position: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the map: its number in the picture and the table, its H3 index, its numbers, and those it is compared with."""

    number: int
    index: str
    numbers: Numbers
    other: Numbers


@dataclass(frozen=True, slots=True)
class CityHeat:
    """One city. `numbers` are the whole city's, `inside` what this reader sees of its cells, `cells` those of the map, the
    highest number first; `other` the same of the months compared with."""

    id: int
    name: str
    region: str
    numbers: Numbers
    inside: InCity
    other: InCity | None
    cells: Sequence[Cell]
    position: int

    @property
    def is_own(self) -> bool:
        """Whether the cells are of the reader's own people."""
        return self.inside.whose is Whose.OWN


def cities_of(desk: Desk, asked: Asked, language: str) -> Cities:
    """Every city with anything recorded in this time."""
    with desk.tracker.views() as db:
        position = positions.reached(db, heatmap.projection)
        rows = told_outside(db, desk.reader.role, heatmap.by_city(db, asked.when), asked.when)
    numbers = {row.city: Numbers.of([row]) for row in rows}
    placed = sorted((row for row in rows if row.city != heatmap.NOWHERE), key=lambda row: _most(asked.kind, numbers[row.city]))
    return Cities(
        [city_line(desk, row, language) for row in placed],
        {row.city: numbers[row.city] for row in placed},
        _regions(desk, placed, asked.kind, language),
        numbers.get(heatmap.NOWHERE, NOTHING),
        Numbers.of(rows),
        position,
    )


def _regions(desk: Desk, rows: Iterable[Any], kind: Kind, language: str) -> list[Region]:
    within: dict[str, list[Any]] = {}
    for row in rows:
        city = desk.tracker.gazetteer.city(row.city)
        within.setdefault(city.region if city is not None else "", []).append(row)
    names = desk.tracker.gazetteer
    found = [
        Region(names.region_name(code, language) if code else "", len(some), Numbers.of(some)) for code, some in within.items()
    ]
    return sorted(found, key=lambda region: (_most(kind, region.numbers), region.name))


def city_of(desk: Desk, city: int, asked: Asked, language: str) -> CityHeat | None:
    """One city; None for one the gazetteer does not know."""
    known = desk.tracker.gazetteer.city(city)
    if known is None:
        return None
    with desk.tracker.views() as db:
        position = positions.reached(db, heatmap.projection)

        def seen(when: Stretch) -> tuple[Numbers, InCity]:
            rows = told_outside(db, desk.reader.role, heatmap.of_city(db, city, when), when, city)
            return Numbers.of(rows), cells_for(desk.reader, db, city, when, rows)

        numbers, inside = seen(asked.when)
        other = seen(asked.against.period)[1] if asked.against is not None else None
    region = desk.tracker.gazetteer.region_name(known.region, language) if known.region else ""
    name = known.name(language)
    shown = region if region != name else ""
    return CityHeat(city, name, shown, numbers, inside, other, _cells(inside, other, asked), position)


def _cells(inside: InCity, other: InCity | None, asked: Asked) -> list[Cell]:
    first, second = inside.parents(asked.size), other.parents(asked.size) if other is not None else {}
    both = {index: (first.get(index, NOTHING), second.get(index, NOTHING)) for index in {*first, *second}}
    ordered = sorted(both, key=lambda index: (_most(asked.kind, both[index][0]), _most(asked.kind, both[index][1]), index))
    return [Cell(number, index, *both[index]) for number, index in enumerate(ordered, 1)]


def _most(kind: Kind, numbers: Numbers) -> tuple[int, ...]:
    """The highest first; among equals by what else is there."""
    return -kind.total(numbers).low, -numbers.detained.low, -numbers.protests
