"""From degrees to pixels: a flat frame for a city, a conic one with a net of degrees for a country.

Longitudes are counted from the middle of the widest gap between what is shown, so that what lies on both sides of the date line
is drawn in one piece: Anadyr beside Magadan, not at the left edge.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

Point = tuple[float, float]
"""Latitude and longitude, or right and down in pixels."""

MARGIN = 28
KM_PER_DEGREE = 111.195
HIGHEST, LOWEST = 720, 320
WIDEST_CLOSE_UP = 7 / KM_PER_DEGREE
"""A map of a city is at least this wide, in degrees of latitude, so that two cells do not fill it."""
LEAST_SPAN = 4.0
"""A map of a country spans at least so many degrees of latitude."""
WIDEST_CONE = 220.0
"""More degrees of longitude than these would wrap a cone around itself."""


def western_edge(lons: Sequence[float]) -> float:
    """Where counting begins: the eastern end of the widest gap between these longitudes."""
    known = sorted({round(lon % 360, 2) for lon in lons})
    gaps = [(after - before, after) for before, after in pairwise([*known, known[0] + 360])]
    return max(gaps)[1] % 360


class Flat:
    """A map of a city: true to a hundredth within it. `bar` is how many kilometres the scale bar has."""

    def __init__(self, points: Sequence[Point], width: int) -> None:
        self._west = western_edge([lon for _, lon in points])
        lats, easts = [lat for lat, _ in points], [self._east(lon) for _, lon in points]
        self._stretch = math.cos(math.radians((min(lats) + max(lats)) / 2))
        wide, high = (max(easts) - min(easts)) * self._stretch, max(lats) - min(lats)
        self._scale = min((width - 2 * MARGIN) / max(wide, WIDEST_CLOSE_UP), (HIGHEST - 2 * MARGIN) / max(high, 0.01))
        self.width, self.height = width, int(max(LOWEST, high * self._scale + 2 * MARGIN))
        self._left = (width - wide * self._scale) / 2 - min(easts) * self._stretch * self._scale
        self._top = (self.height - high * self._scale) / 2 + max(lats) * self._scale
        self.pixels_per_km = self._scale / KM_PER_DEGREE
        self.bar = _round_length(width / 5 / self.pixels_per_km)

    def at(self, lat: float, lon: float) -> Point:
        return self._left + self._east(lon) * self._stretch * self._scale, self._top - lat * self._scale

    def _east(self, lon: float) -> float:
        # What lies a little west of the edge, such as a name just outside, is not a whole turn away.
        return (lon - self._west + 90) % 360 - 90


class Line(NamedTuple):
    """One line of the net of degrees as drawn, and where its number stands; None where it does not cross the map."""

    points: Sequence[Point]
    degrees: str
    at: Point | None


class Conic:
    """A map of a country: equal areas (Albers), parallels at a sixth from either end; a cylinder where a cone would not close."""

    def __init__(self, points: Sequence[Point], width: int) -> None:
        self._west = western_edge([lon for _, lon in points])
        lats, easts = [lat for lat, _ in points], [self._east(lon) for _, lon in points]
        middle, span = (min(lats) + max(lats)) / 2, max(max(lats) - min(lats), LEAST_SPAN)
        self._lats, self._easts = (middle - span / 2, middle + span / 2), (min(easts), max(easts))
        self._middle = sum(self._easts) / 2
        near, far = (math.sin(math.radians(middle + sign * span / 3)) for sign in (-1, 1))
        self._n = (near + far) / 2
        self._c = 1 - near**2 + 2 * self._n * near
        self._is_cone = abs(self._n) > 0.15 and self._easts[1] - self._easts[0] < WIDEST_CONE
        self._stretch = max(math.cos(math.radians(middle)), 0.2)
        drawn = [self._project(lat, east) for lat in self._lats for east in (*self._easts, self._middle)]
        drawn += [self._project(lat, self._east(lon)) for lat, lon in points]
        rights, downs = [right for right, _ in drawn], [down for _, down in drawn]
        wide, high = max(rights) - min(rights), max(downs) - min(downs)
        room = width - 2 * MARGIN
        self._scale = min(room / max(wide, 1e-9), room / high)
        self.width, self.height = width, int(max(width * 0.45, high * self._scale + 2 * MARGIN))
        self._left = (width - wide * self._scale) / 2 - min(rights) * self._scale
        self._top = (self.height - high * self._scale) / 2 - min(downs) * self._scale

    def at(self, lat: float, lon: float) -> Point:
        right, down = self._project(lat, self._east(lon))
        return self._left + right * self._scale, self._top + down * self._scale

    def net(self) -> Iterator[Line]:
        """Parallels and meridians, a handful of each, a little further than the map reaches."""
        south, north = self._lats
        west, east = self._easts
        step = _degrees(north - south + 10)
        for lat in _multiples(max(south - 30, -85), min(north + 30, 85), step):
            line = [self._placed(lat, west - 40 + (east - west + 80) * part / 90) for part in range(91)]
            yield from self._drawn(line, f"{lat:g}°")
        step, low, high = _degrees(min(east - west, 300)), max(south - 40, -85), min(north + 40, 85)
        for lon in _multiples(self._west + west - 40, self._west + east + 40, step):
            line = [self._placed(low + (high - low) * part / 60, lon - self._west) for part in range(61)]
            told = (lon + 180) % 360 - 180
            yield from self._drawn(line, f"{told if told != -180 else 180:g}°")

    def _drawn(self, line: Sequence[Point], degrees: str) -> Iterator[Line]:
        """The part of a line that crosses the map, from its first to its last stretch upon it: one that runs on for thousands of
        pixels outside takes a program that draws it ten times as long as the whole map."""
        on_map = [index for index, (one, other) in enumerate(pairwise(line)) if self._touches(one, other)]
        if on_map:
            part = line[on_map[0] : on_map[-1] + 2]
            yield Line(part, degrees, next((point for point in part if self._shows(point)), None))

    def _touches(self, one: Point, other: Point) -> bool:
        return all(min(a, b) <= most and max(a, b) >= 0 for a, b, most in zip(one, other, (self.width, self.height), strict=True))

    def _placed(self, lat: float, east: float) -> Point:
        right, down = self._project(min(lat, 89.0), east)
        return self._left + right * self._scale, self._top + down * self._scale

    def _shows(self, point: Point) -> bool:
        return 2 < point[0] < self.width - 30 and 14 < point[1] < self.height - 4

    def _project(self, lat: float, east: float) -> Point:
        sine, turned = math.sin(math.radians(lat)), math.radians(east - self._middle)
        if not self._is_cone:
            return turned * self._stretch, -sine / self._stretch
        radius = math.sqrt(max(self._c - 2 * self._n * sine, 0)) / self._n
        return radius * math.sin(self._n * turned), radius * math.cos(self._n * turned)

    def _east(self, lon: float) -> float:
        return (lon - self._west + 15) % 360 - 15


def _degrees(span: float) -> float:
    """The step of a net that has about four lines in this span."""
    return next((step for step in (1.0, 2.0, 5.0, 10.0, 20.0, 30.0) if span / step <= 5.5), 45.0)


def _multiples(first: float, last: float, step: float) -> list[float]:
    return [step * number for number in range(math.ceil(first / step), math.floor(last / step) + 1)]


def _round_length(longest: float) -> float:
    """The longest of 1, 2, 5, 10, ... kilometres (or a half, or a fifth) that is not longer."""
    power: float = 10.0 ** math.floor(math.log10(longest))
    return max(step * power for step in (1, 2, 5) if step * power <= longest)
