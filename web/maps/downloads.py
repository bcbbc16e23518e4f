"""The rows of a map as files: GeoJSON and CSV. Whoever may see the rows may take them; both say where they come from.

A cell on the date line is cut there into two, as RFC 7946 asks, so that no program draws it around the globe.
"""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import h3
from flask import Response

_TYPES = {"svg": "image/svg+xml", "csv": "text/csv", "geojson": "application/geo+json"}
Values = Mapping[str, int | str | None]
WITHOUT = "without_held_back"
"""The status of numbers that are told without something that is held back."""


class Hexagon(NamedTuple):
    """A cell by its H3 index."""

    cell: str


class Point(NamedTuple):
    """A city by its GeoNames id, in degrees; None where nobody knows where it lies."""

    city: int
    at: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Rows:
    """What a map shows, as rows, all with the same names of values; `citation` says what it is.

    `not_placed` is what lies in none of the rows, None where that is not told.
    """

    title: str
    citation: str
    attribution: str
    position: int
    rows: Sequence[tuple[Hexagon | Point, Values]]
    not_placed: Values | None = None
    is_without: bool = False
    """Whether it is told without what is held back."""


def written(told: Rows, form: str) -> str:
    """The rows in one of the forms: `geojson` or `csv`."""
    return geojson(told) if form == "geojson" else comma_separated(told)


def as_file(text: str, form: str, name: str) -> Response:
    """The answer that a browser saves under this name."""
    answer = Response(text, mimetype=_TYPES[form])
    answer.headers["Content-Disposition"] = f"attachment; filename={name}.{form}"
    return answer


def geojson(told: Rows) -> str:
    """A FeatureCollection, the rows in their order; the same rows give the same bytes."""
    features = []
    for place, values in told.rows:
        name = {"cell": place.cell} if isinstance(place, Hexagon) else {"city": place.city}
        features.append({"type": "Feature", "geometry": _geometry(place), "properties": {**name, **values}})
    about: dict[str, Any] = {"title": told.title, "citation": told.citation, "attribution": told.attribution}
    about["position"] = told.position
    if told.is_without:
        about["status"] = WITHOUT
    if told.not_placed is not None:
        about["not_placed"] = dict(told.not_placed)
    return json.dumps({"type": "FeatureCollection", **about, "features": features}, ensure_ascii=False, separators=(",", ":"))


def comma_separated(told: Rows) -> str:
    """A table with a line for each row, its middle, and in its last columns where it comes from. What is placed in no row has a
    line without a place, so that the lines add up to the total."""
    lines = [*told.rows, *([(None, told.not_placed)] if told.not_placed is not None else [])]
    names = list(dict.fromkeys(name for _, values in lines for name in values))
    is_of_cities = bool(told.rows) and isinstance(told.rows[0][0], Point)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["city" if is_of_cities else "cell", "lat", "lon", *names, "citation", "status", "attribution"])
    for place, values in lines:
        known: list[Any] = [values.get(name) for name in names]
        table.writerow([*_placed(place), *known, told.citation, WITHOUT if told.is_without else "", told.attribution])
    return out.getvalue()


def _placed(place: Hexagon | Point | None) -> list[object]:
    if place is None:
        return ["", "", ""]
    at = h3.cell_to_latlng(place.cell) if isinstance(place, Hexagon) else place.at
    return [place[0], *(("", "") if at is None else (f"{at[0]:.5f}", f"{at[1]:.5f}"))]


def _geometry(place: Hexagon | Point) -> dict[str, Any] | None:
    if isinstance(place, Hexagon):
        return _outline(place.cell)
    return {"type": "Point", "coordinates": [round(place.at[1], 5), round(place.at[0], 5)]} if place.at is not None else None


def _outline(cell: str) -> dict[str, Any]:
    """The hexagon as GeoJSON has it: longitude first, closed, against the clock, to a metre."""
    corners = [(lon, lat) for lat, lon in h3.cell_to_boundary(cell)]
    if max(lon for lon, _ in corners) - min(lon for lon, _ in corners) <= 180:
        return {"type": "Polygon", "coordinates": [_ring(corners)]}
    eastward = [(lon % 360, lat) for lon, lat in corners]
    west = _cut(eastward, lambda lon: lon <= 180)
    east = [(lon - 360, lat) for lon, lat in _cut(eastward, lambda lon: lon >= 180)]
    return {"type": "MultiPolygon", "coordinates": [[_ring(west)], [_ring(east)]]}


def _ring(corners: Sequence[tuple[float, float]]) -> list[list[float]]:
    return [[round(lon, 5), round(lat, 5)] for lon, lat in (*corners, corners[0])]


def _cut(corners: Sequence[tuple[float, float]], keeps: Callable[[float], bool]) -> list[tuple[float, float]]:
    """The part of a convex outline on one side of the date line, at 180 degrees."""
    kept: list[tuple[float, float]] = []
    for (lon, lat), (after_lon, after_lat) in zip(corners, (*corners[1:], corners[0]), strict=True):
        if keeps(lon):
            kept.append((lon, lat))
        if keeps(lon) != keeps(after_lon):
            share = (180 - lon) / (after_lon - lon)
            kept.append((180.0, lat + share * (after_lat - lat)))
    return kept
