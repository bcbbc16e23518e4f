"""The sheets of maps: what a reader sees of a city put into the words and values that `web.maps.drawing` draws."""

from collections.abc import Sequence
from itertools import pairwise

import h3
from flask_babel import format_decimal

from web.desk import Desk
from web.languages import translated as _
from web.maps.cities import Cell, CityHeat
from web.maps.drawing import Cell as Hexagon
from web.maps.drawing import Mark, Palette, Sheet
from web.maps.period import Months
from web.places.coordinates import distance

CLASSES = (1, 10, 50, 200, 1000)
"""Where the classes of people detained begin; below the first is a cell with protests and nobody known to be detained."""
NEAR_KM = 1.5
"""A cell whose middle is further from every known place is named after none."""


def sheet_of(desk: Desk, shown: CityHeat, period: Months, language: str, palette: Palette, width: int) -> Sheet | None:
    """The sheet of a city's cells, `width` pixels wide; None where there is none to draw."""
    if not shown.cells:
        return None
    return Sheet(
        titles=(shown.name, f"{_('People detained')}, {period.told}"),
        legend_title="",
        legend=legend(),
        foot=(
            _("Not placed within the city: %(number)s.", number=shown.not_placed),
            f"{_('As of position %(position)d of the record.', position=shown.position)} {_('Places: GeoNames, CC BY 4.0')}",
        ),
        cells=[Hexagon(cell.index, shade_of(cell.low), cell.number) for cell in shown.cells],
        marks=marks_of(desk, shown.id, language),
        km=_("km"),
        palette=palette,
        width=width,
    )


def shade_of(low: int) -> int:
    """The class of a cell with at least this many people detained: 0 for none, then one for each bound."""
    return sum(low >= bound for bound in CLASSES)


def legend() -> list[tuple[int, str]]:
    """Each class and which numbers are in it."""
    told = [format_decimal(bound) for bound in CLASSES]
    spans = [first if after == first + 1 else f"{first}–{after - 1}" for first, after in pairwise(CLASSES)]
    return list(enumerate(["0", *map(str, spans), f"{told[-1]}+"]))


def marks_of(desk: Desk, city: int, language: str) -> list[Mark]:
    """Squares and streets first, then police stations: what a reader finds the way by."""
    names = desk.tracker.gazetteer
    squares = sorted(names.landmarks_in(city), key=lambda mark: mark.kind != "square")
    known = [Mark(mark.lat, mark.lon, mark.ru if language == "ru" else mark.en, mark.kind) for mark in squares]
    for station in names.stations_of(city):
        if station.lat is not None and station.lon is not None:
            known.append(Mark(station.lat, station.lon, station.name(language), "station"))
    return known


def nearest_to(cells: Sequence[Cell], marks: Sequence[Mark]) -> dict[str, str]:
    """For each cell the name of the known place that is closest to its middle; who has none near is left out."""
    found: dict[str, str] = {}
    for cell in cells:
        lat, lon = h3.cell_to_latlng(cell.index)
        away, name = min(((distance(lat, lon, mark.lat, mark.lon), mark.name) for mark in marks), default=(NEAR_KM, ""))
        if away < NEAR_KM:
            found[cell.index] = name
    return found
