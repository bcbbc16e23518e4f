"""The cells of a city as the map that moves takes them: the same that the picture and the table show, and nothing more."""

from typing import Any

import h3

from web.access.guard import may
from web.desk import Desk
from web.languages import translated as _
from web.maps.asked import Asked
from web.maps.behind import ANY_CELL, addresses_behind
from web.maps.cities import Cell, CityHeat
from web.maps.drawing import DARK, LIGHT, Palette
from web.maps.picture import marks_of


def shapes_of(desk: Desk, shown: CityHeat, asked: Asked, language: str) -> dict[str, Any]:
    """Cells with their corners, class and words; names of places; colours."""
    where = desk.tracker.gazetteer.coordinates(shown.id) or (0.0, 0.0)
    marks = marks_of(desk, shown.id, language)
    behind = addresses_behind(shown.id, asked)[0] if may("monitors.protests") else ""
    return {
        "cells": [_shape(cell, asked, behind, where[1], language) for cell in shown.cells],
        "marks": [[mark.lat, _beside(mark.lon, where[1]), mark.name, int(mark.kind == "station")] for mark in marks],
        "title": str(asked.kind.legend_title),
        "legend": [[shade, words] for shade, words in asked.kind.legend],
        "light": _colours(LIGHT),
        "dark": _colours(DARK),
    }


def _shape(cell: Cell, asked: Asked, behind: str, middle: float, language: str) -> dict[str, Any]:
    told = _("Cell %(number)d. %(kind)s: %(how_many)s", number=cell.number, kind=asked.kind.title,
             how_many=asked.kind.told(cell.numbers, language))  # fmt: skip
    lat, lon = h3.cell_to_latlng(cell.index)
    return {
        "number": cell.number,
        "middle": [lat, _beside(lon, middle)],
        "shade": asked.kind.shade(cell.numbers),
        "told": told,
        "link": behind.replace(ANY_CELL, cell.index) if cell.numbers.protests else "",
        "corners": [[north, _beside(east, middle)] for north, east in h3.cell_to_boundary(cell.index)],
    }


def _beside(lon: float, middle: float) -> float:
    """The same longitude counted so that it is next to the city's own: beside the date line one whole turn away."""
    return round((lon - middle + 180) % 360 - 180 + middle, 6)


def _colours(palette: Palette) -> dict[str, Any]:
    return {
        "classes": palette.classes,
        "onClass": palette.on_class,
        "edge": palette.edge,
        "ink": palette.ink,
        "paper": palette.paper,
    }
