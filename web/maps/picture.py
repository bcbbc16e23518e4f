"""The picture of a city's heat: hexagons, classes of grey that a copier keeps, names of places, a scale and a legend.

A flat map around the middle of what is shown: true to a hundredth within a city. Longitudes are taken from that middle, so that a
city on the date line is drawn in one piece.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import h3

from web.desk import Desk
from web.maps.cities import Cell, CityHeat

WIDE, NARROW = 720, 380
"""Widths in pixels: for a page, and for a phone, where a picture made smaller could not be read."""
HIGHEST, LOWEST = 720, 320
MARGIN = 28
TITLE, LEGEND = 64, 100
"""Pixels above the map for its title and below it for the legend."""
KM_PER_DEGREE = 111.195
WIDEST_CLOSE_UP = 7 / KM_PER_DEGREE
"""A map is at least this wide, in degrees of latitude, so that two cells do not fill it."""
CLASSES = (1, 10, 50, 200, 1000)
"""Where the classes of people detained begin; below the first is a cell with protests and nobody known to be detained."""
MOST_LABELS = 14
MOST_NUMBERS = 60


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a picture. `classes` step evenly in lightness (CIE L*): apart in grey and for the colour-blind as well."""

    paper: str
    ink: str
    quiet: str
    edge: str
    classes: tuple[str, ...]
    on_class: tuple[str, ...]


_LIGHT_INK, _DARK_INK = "#ffffff", "#1b1a17"
PALETTES = {
    "light": Palette(
        "#fbfaf6",
        "#1b1a17",
        "#5f5b52",
        "#ffffff",
        ("#eeebe2", "#f0c67c", "#e9954c", "#d66535", "#a63422", "#661813"),
        (_DARK_INK, _DARK_INK, _DARK_INK, _DARK_INK, _LIGHT_INK, _LIGHT_INK),
    ),
    "dark": Palette(
        "#191815",
        "#ece8df",
        "#a8a296",
        "#191815",
        ("#2e2c27", "#792f23", "#a7492c", "#d27141", "#eda45b", "#f8dda6"),
        (_LIGHT_INK, _LIGHT_INK, _LIGHT_INK, _DARK_INK, _DARK_INK, _DARK_INK),
    ),
}


@dataclass(frozen=True, slots=True)
class Hexagon:
    """One cell as drawn: the corners as SVG takes them, its middle, its class, and its number if that fits."""

    points: str
    x: float
    y: float
    shade: int
    number: int | None


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map; `half` is half the width it takes."""

    x: float
    y: float
    text: str
    half: float = 0.0


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the template needs, in pixels. `near` says for each cell's number which known place is closest."""

    width: int
    height: int
    hexagons: Sequence[Hexagon]
    labels: Sequence[Label]
    near: dict[int, str]
    scale_km: float
    scale_width: float
    classes: Sequence[tuple[int, str]]


class _Flat:
    """Degrees to pixels around a middle."""

    def __init__(self, corners: Sequence[tuple[float, float]], width: int) -> None:
        self.width = width
        self._lon = corners[0][1]
        lats, easts = [lat for lat, _ in corners], [self._east(lon) for _, lon in corners]
        self._stretch = math.cos(math.radians((min(lats) + max(lats)) / 2))
        wide = (max(easts) - min(easts)) * self._stretch
        high = max(lats) - min(lats)
        self.scale = min((width - 2 * MARGIN) / max(wide, WIDEST_CLOSE_UP), (HIGHEST - 2 * MARGIN) / max(high, 0.01))
        self.height = int(max(LOWEST, high * self.scale + 2 * MARGIN))
        self._left = (width - wide * self.scale) / 2 - min(easts) * self._stretch * self.scale
        self._top = TITLE + (self.height - high * self.scale) / 2 + max(lats) * self.scale

    def _east(self, lon: float) -> float:
        return (lon - self._lon + 180) % 360 - 180

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        return round(self._left + self._east(lon) * self._stretch * self.scale, 1), round(self._top - lat * self.scale, 1)

    @property
    def pixels_per_km(self) -> float:
        return self.scale / KM_PER_DEGREE


def picture_of(desk: Desk, shown: CityHeat, language: str, width: int = WIDE) -> Picture | None:
    """The picture of a city's cells, `width` pixels wide; None where there is none to draw."""
    if not shown.cells:
        return None
    boundaries = {cell.index: h3.cell_to_boundary(cell.index) for cell in shown.cells}
    flat = _Flat([corner for boundary in boundaries.values() for corner in boundary], width)
    middles = {cell.number: flat.at(*h3.cell_to_latlng(cell.index)) for cell in shown.cells}
    corners = {index: [flat.at(*corner) for corner in boundary] for index, boundary in boundaries.items()}
    hexagons = [_hexagon(cell, corners[cell.index], middles[cell.number]) for cell in shown.cells]
    places = _places(desk, shown.id, language, flat)
    scale_km = _round_length(width / 5 / flat.pixels_per_km)
    return Picture(
        width,
        TITLE + flat.height + LEGEND,
        hexagons,
        _labels(places, flat, list(middles.values())),
        {number: _nearest(middle, places, 1.5 * flat.pixels_per_km) for number, middle in middles.items()},
        scale_km,
        round(scale_km * flat.pixels_per_km, 1),
        _legend(),
    )


def shade_of(low: int) -> int:
    """The class of a cell with at least this many people detained: 0 for none, then one for each bound."""
    return sum(low >= bound for bound in CLASSES)


def _hexagon(cell: Cell, corners: Sequence[tuple[float, float]], middle: tuple[float, float]) -> Hexagon:
    points = " ".join(f"{x},{y}" for x, y in corners)
    return Hexagon(points, *middle, shade_of(cell.low), cell.number if cell.number <= MOST_NUMBERS else None)


def _legend() -> list[tuple[int, str]]:
    spans = [f"{first}–{after - 1}" for first, after in pairwise(CLASSES)]
    return list(enumerate(["0", *spans, f"{CLASSES[-1]}+"]))


def _places(desk: Desk, city: int, language: str, flat: _Flat) -> list[Label]:
    """Squares and streets first, then police stations: what a reader finds the way by."""
    names = desk.tracker.gazetteer
    squares = sorted(names.landmarks_in(city), key=lambda mark: mark.kind != "square")
    known = [(mark.lat, mark.lon, mark.ru if language == "ru" else mark.en) for mark in squares]
    for station in names.stations_of(city):
        if station.lat is not None and station.lon is not None:
            known.append((station.lat, station.lon, station.ru if language == "ru" else station.en))
    return [Label(*flat.at(lat, lon), name) for lat, lon, name in known]


def _nearest(middle: tuple[float, float], places: Sequence[Label], within: float) -> str:
    closest = min(places, key=lambda place: math.dist(middle, (place.x, place.y)), default=None)
    return closest.text if closest is not None and math.dist(middle, (closest.x, closest.y)) <= within else ""


def _labels(places: Sequence[Label], flat: _Flat, middles: Sequence[tuple[float, float]]) -> list[Label]:
    """The names that fit without touching each other, the map's edge or a cell's number."""
    taken: list[tuple[float, float, float, float]] = [(x - 9, y - 9, x + 9, y + 9) for x, y in middles]
    chosen: list[Label] = []
    for place in places:
        half = 3.1 * len(place.text) + 4
        box = (place.x - half, place.y - 3, place.x + half, place.y + 21)
        inside = box[0] > 4 and box[2] < flat.width - 4 and place.y > TITLE and box[3] < TITLE + flat.height
        if inside and not any(_touch(box, other) for other in taken):
            taken.append(box)
            chosen.append(replace(place, half=half))
        if len(chosen) == MOST_LABELS:
            break
    return chosen


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _round_length(longest: float) -> float:
    """The longest of 1, 2, 5, 10, ... kilometres (or a half, or a fifth) that is not longer."""
    power: float = 10.0 ** math.floor(math.log10(longest))
    return max(step * power for step in (1, 2, 5) if step * power <= longest)
