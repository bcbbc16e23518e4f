"""The rows of the maps that people inside see, for their files: every kind of number at once, and what is placed nowhere."""

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext as _

from projections import heatmap
from web.citing import cite
from web.desk import Desk
from web.maps.asked import Asked
from web.maps.cities import Cities, CityHeat
from web.maps.downloads import Hexagon, Point, Rows, Values
from web.maps.kinds import Numbers


def rows_of_country(desk: Desk, shown: Cities, asked: Asked, language: str, *, is_without: bool) -> Rows:
    """The cities of a map. `is_without`: told without what is held back; then that is said, and nothing is cited, since whoever
    opened the citation inside would find other numbers."""
    names = desk.tracker.gazetteer
    rows = []
    for line in shown.cities:
        values = _values(shown.numbers[line.id], asked)
        rows.append((Point(line.id, names.coordinates(line.id)), {"name": line.name, "region": line.region, **values}))
    found = _told(_("Cities"), asked, shown.position, {}, rows, _values(shown.not_placed, asked))
    return _without(found) if is_without else found


def rows_of_city(shown: CityHeat, asked: Asked, *, is_without: bool) -> Rows:
    """The cells of a map within a city."""
    rows = [(Hexagon(cell.index), _values(cell.numbers, asked)) for cell in shown.cells]
    of = {"city": shown.id, "cells": f"r{asked.size}", **({"of": "own"} if shown.is_own else {})}
    found = _told(shown.name, asked, shown.position, of, rows, _values(shown.inside.not_placed, asked))
    return _without(found) if is_without else found


def _without(found: Rows) -> Rows:
    return replace(found, title=f"{found.title} ({_('without what is held back')})", citation="", is_without=True)


def _told(
    name: str,
    asked: Asked,
    position: int,
    of: dict[str, object],
    rows: Sequence[tuple[Hexagon | Point, Values]],
    not_placed: Values,
) -> Rows:
    projection = heatmap.projection
    citation = cite(projection.name, projection.version, position, {**of, **asked.time})
    return Rows(f"{name}, {asked.told}", citation, _("Places: GeoNames, CC BY 4.0"), position, rows, not_placed)


def _values(numbers: Numbers, asked: Asked) -> Values:
    """Only the kinds this reader may choose. An open end is empty."""
    values: dict[str, int | str | None] = {}
    for kind in asked.kinds:
        total = kind.total(numbers)
        if kind.code == "detained":
            values |= {"detained_low": total.low, "detained_high": total.high}
        else:
            values[kind.code] = total.low
    return values
