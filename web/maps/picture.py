"""The sheets of maps: what a reader sees of cities and cells put into the words and values that `web.maps.drawing` draws."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import h3
from flask_babel import format_decimal

from web.desk import Desk
from web.languages import translated as _
from web.maps.asked import Asked
from web.maps.cities import Cell, Cities, CityHeat
from web.maps.drawing import Cell as Hexagon
from web.maps.drawing import Circle, Mark, Palette, Sheet
from web.maps.drawing.frames import KM_PER_DEGREE
from web.maps.held_outside import is_told_without
from web.places.coordinates import distance

NEAR_KM = 1.5
"""A cell whose middle is further from every known place is named after none."""
MOST_SIZES = 3


def country_sheet(desk: Desk, shown: Cities, asked: Asked, language: str, palette: Palette, width: int) -> Sheet | None:
    """Cities as circles, `width` pixels wide; None where there is none to draw."""
    kind = asked.kind
    circles = []
    for line in shown.cities:
        where, total = desk.tracker.gazetteer.coordinates(line.id), kind.total(shown.numbers[line.id])
        if where is not None and (total.low or total.high != 0):
            circles.append(Circle(*where, total.low, kind.shade(shown.numbers[line.id]), line.name))
    if not circles:
        return None
    largest = max(circle.value for circle in circles)
    return Sheet(
        titles=(str(kind.title), asked.told),
        legend_title=str(kind.legend_title),
        legend=kind.legend,
        foot=(
            _("Not placed in any city: %(number)s.", number=kind.told(shown.not_placed, language)),
            cited(shown.position),
            *told_without(desk),
        ),
        circles=circles,
        sizes=[(value, str(format_decimal(value))) for value in _round_values(int(largest))],
        palette=palette,
        width=width,
    )


def city_sheet(
    desk: Desk, shown: CityHeat, asked: Asked, language: str, palette: Palette, width: int, *, is_other: bool = False
) -> Sheet | None:
    """A city's cells, `width` pixels wide; `is_other` draws the months compared with. None where there is nothing to draw.

    Of two that are compared both have every cell of either, so that they are drawn to one scale.
    """
    if not shown.cells:
        return None
    kind, told, inside = asked.kind, asked.told, shown.inside
    if is_other:
        if asked.against is None or shown.other is None:
            return None
        told, inside = asked.against.told, shown.other
    return Sheet(
        titles=(shown.name, f"{kind.title}, {told}", _("Your own people alone.") if shown.is_own else ""),
        legend_title=str(kind.legend_title),
        legend=kind.legend,
        foot=(
            _("Not placed within the city: %(number)s.", number=kind.told(inside.not_placed, language)),
            cited(shown.position),
            *told_without(desk),
        ),
        cells=[_hexagon(cell, asked, is_other=is_other) for cell in shown.cells],
        marks=marks_of(desk, shown.id, language),
        km=_("km"),
        palette=palette,
        width=width,
    )


def _hexagon(cell: Cell, asked: Asked, *, is_other: bool) -> Hexagon:
    return Hexagon(cell.index, asked.kind.shade(cell.other if is_other else cell.numbers), cell.number)


def cited(position: int) -> str:
    """The foot of every picture: as of when, and whose places they are."""
    return f"{_('As of position %(position)d of the record.', position=position)} {_('Places: GeoNames, CC BY 4.0')}"


def told_without(desk: Desk) -> tuple[str, ...]:
    """A line below the picture where this reader is told the numbers without what is held back."""
    return (_("Without what is held back."),) if is_told_without(desk) else ()


def _round_values(largest: int) -> list[int]:
    """Powers of ten up to the largest; the largest itself where it is below ten."""
    return [10**power for power in range(1, 8) if 10**power <= largest][-MOST_SIZES:] or [largest]


def marks_of(desk: Desk, city: int, language: str) -> list[Mark]:
    """Squares and streets first, then police stations: what a reader finds the way by."""
    names = desk.tracker.gazetteer
    squares = sorted(names.landmarks_in(city), key=lambda mark: mark.kind != "square")
    known = [Mark(mark.lat, mark.lon, mark.ru if language == "ru" else mark.en, mark.kind) for mark in squares]
    stations = [
        Mark(station.lat, station.lon, station.name(language), "station")
        for station in names.stations_of(city)
        if station.lat is not None and station.lon is not None
    ]
    # One of each in turn: where there is little room, both are seen.
    return (
        [mark for pair in zip(known, stations, strict=False) for mark in pair] + known[len(stations) :] + stations[len(known) :]
    )


def nearest_to(cells: Sequence[Cell], marks: Sequence[Mark]) -> dict[str, str]:
    """For each cell the name of the known place that is closest to its middle; who has none near is left out."""
    found: dict[str, str] = {}
    ordered = sorted(marks, key=lambda mark: mark.lat)
    lats = [mark.lat for mark in ordered]
    for cell in cells:
        lat, lon = h3.cell_to_latlng(cell.index)
        # Only those on about the same latitude: a city has hundreds of marks, and a map as many cells.
        around = ordered[bisect_left(lats, lat - NEAR_KM / KM_PER_DEGREE) : bisect_right(lats, lat + NEAR_KM / KM_PER_DEGREE)]
        away, name = min(((distance(lat, lon, mark.lat, mark.lon), mark.name) for mark in around), default=(NEAR_KM, ""))
        if away < NEAR_KM:
            found[cell.index] = name
    return found
