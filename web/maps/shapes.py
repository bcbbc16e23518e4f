"""The cells of a city as the map that moves takes them: the same that the picture and the table show, and nothing more."""

from typing import Any

import h3
from flask import url_for

from web.access.guard import may
from web.desk import Desk
from web.languages import translated as _
from web.maps.asked import Asked
from web.maps.behind import link_behind
from web.maps.cities import Cell, CityHeat
from web.maps.drawing import DARK, LIGHT, Palette
from web.maps.picture import marks_of


def shapes_of(desk: Desk, shown: CityHeat, asked: Asked, language: str) -> dict[str, Any]:
    """Cells with their corners, class and words; names of places; colours."""
    where = desk.tracker.gazetteer.coordinates(shown.id) or (0.0, 0.0)
    marks = marks_of(desk, shown.id, language)
    return {
        "cells": [_shape(cell, shown, asked, where[1], language) for cell in shown.cells],
        "marks": [[mark.lat, _beside(mark.lon, where[1]), mark.name, int(mark.kind == "station")] for mark in marks],
        "title": str(asked.kind.legend_title),
        "legend": [[shade, words] for shade, words in asked.kind.legend],
        "light": _colours(LIGHT),
        "dark": _colours(DARK),
    }


def _shape(cell: Cell, shown: CityHeat, asked: Asked, middle: float, language: str) -> dict[str, Any]:
    told = _("Cell %(number)d. %(kind)s: %(how_many)s", number=cell.number, kind=asked.kind.title,
             how_many=asked.kind.told(cell.numbers, language))  # fmt: skip
    lat, lon = h3.cell_to_latlng(cell.index)
    link = url_for("monitors.protests", **link_behind(shown.id, cell.index, asked)) if may("monitors.protests") else ""
    return {
        "number": cell.number,
        "middle": [lat, _beside(lon, middle)],
        "shade": asked.kind.shade(cell.numbers),
        "told": told,
        "link": link if cell.numbers.protests else "",
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
