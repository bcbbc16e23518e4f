"""The rows of a map as files: GeoJSON and CSV. Whoever may see the rows may take them; both say where they come from.

A cell on the date line is cut there into two, as RFC 7946 asks, so that no program draws it around the globe.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import h3


@dataclass(frozen=True, slots=True)
class Rows:
    """What a map shows, as rows. Each has its cell (H3 index) and `values` of the same names; `citation` says what it is."""

    title: str
    citation: str
    attribution: str
    position: int
    cells: Sequence[tuple[str, Mapping[str, int | str | None]]]


def geojson(rows: Rows) -> str:
    """A FeatureCollection, the rows in their order; the same rows give the same bytes."""
    features = [
        {"type": "Feature", "id": cell, "geometry": _outline(cell), "properties": {"cell": cell, **values}}
        for cell, values in rows.cells
    ]
    about = {"title": rows.title, "citation": rows.citation, "attribution": rows.attribution, "position": rows.position}
    return json.dumps({"type": "FeatureCollection", **about, "features": features}, ensure_ascii=False, separators=(",", ":"))


def comma_separated(rows: Rows) -> str:
    """A table with a line for each cell, its middle, and in its last columns where it comes from."""
    names = list(dict.fromkeys(name for _, values in rows.cells for name in values))
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["cell", "lat", "lon", *names, "citation", "attribution"])
    for cell, values in rows.cells:
        lat, lon = h3.cell_to_latlng(cell)
        known: list[Any] = [values.get(name) for name in names]
        table.writerow([cell, f"{lat:.5f}", f"{lon:.5f}", *known, rows.citation, rows.attribution])
    return out.getvalue()


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


def _cut(corners: Sequence[tuple[float, float]], keeps: Any) -> list[tuple[float, float]]:
    """The part of a convex outline on one side of the date line, at 180 degrees."""
    kept: list[tuple[float, float]] = []
    for (lon, lat), (after_lon, after_lat) in zip(corners, (*corners[1:], corners[0]), strict=True):
        if keeps(lon):
            kept.append((lon, lat))
        if keeps(lon) != keeps(after_lon):
            share = (180 - lon) / (after_lon - lon)
            kept.append((180.0, lat + share * (after_lat - lat)))
    return kept
