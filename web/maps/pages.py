"""The pages of the blueprint: addresses and what is asked of them, nothing else."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from web.desk import desk
from web.languages import language
from web.languages import translated as _
from web.maps.asked import Asked
from web.maps.behind import ANY_CELL, addresses_behind
from web.maps.cells import Whose
from web.maps.cities import cities_of, city_of
from web.maps.downloads import as_file, written
from web.maps.drawing import LIGHT, NARROW, PALETTES, WIDE, Palette, png_of, size_of, strip_png, strip_size, svg_of
from web.maps.held_outside import is_told_without, nothing_while_unknown
from web.maps.inside_rows import rows_of_city, rows_of_country
from web.maps.kept import picture
from web.maps.kinds import ANNOUNCED
from web.maps.leaflet import script_file
from web.maps.picture import city_sheet, country_sheet, marks_of, nearest_to
from web.maps.shapes import shapes_of
from web.maps.times import strip_of, times_of
from web.streets import Streets

maps = Blueprint("maps", __name__)


@maps.before_request
def tell_nothing_while_unknown() -> ResponseReturnValue | None:
    """To a journalist, while the view of what is held back stands still."""
    return nothing_while_unknown()


@dataclass(frozen=True, slots=True)
class _Look:
    """How a picture is wanted: light or dark, for a page or a phone, at one or two pixels for each."""

    palette: Palette
    width: int
    scale: int

    @classmethod
    def read(cls) -> "_Look":
        palette = PALETTES["dark" if request.args.get("on") == "dark" else "light"]
        return cls(palette, NARROW if request.args.get("narrow") else WIDE, 1 if request.args.get("scale") == "1" else 2)


def _asked() -> Asked:
    return Asked.read(request.args, desk().reader.role)


@maps.get("/cities")
def cities() -> str:
    """Every city on record on a map, and in a table by region and by city."""
    asked = _asked()
    shown = cities_of(desk(), asked, language())
    sheets = [country_sheet(desk(), shown, asked, language(), LIGHT, width) for width in (WIDE, NARROW)]
    sizes = [size_of(sheet) for sheet in sheets if sheet is not None]
    return render_template("cities.html", asked=asked, shown=shown, sizes=sizes, is_without=is_told_without(desk()))


@maps.get("/cities/map.png")
def country() -> Response:
    """The map of the cities, in the language of the page; drawn on the server, so that it is seen where nothing but HTML is."""
    asked, look = _asked(), _Look.read()

    def draw() -> bytes:
        shown = cities_of(desk(), asked, language())
        sheet = country_sheet(desk(), shown, asked, language(), look.palette, look.width) or abort(404)
        return png_of(sheet, look.scale)

    return picture(desk(), draw, is_announced=asked.kind.code in ANNOUNCED and asked.moment is None)


@maps.get("/cities/map.<any(svg, csv, geojson):form>")
def country_file(form: str) -> ResponseReturnValue:
    """The map of the cities to be taken along: as a drawing, or its rows."""
    asked = _asked()
    if asked.problem:
        return render_template("mishap.html", title=_("Nothing was written"), advice=asked.problem, number=None), 422
    shown = cities_of(desk(), asked, language())
    if form == "svg":
        sheet = country_sheet(desk(), shown, asked, language(), LIGHT, WIDE) or abort(404)
        return as_file(svg_of(sheet), form, "cities")
    rows = rows_of_country(desk(), shown, asked, language(), is_without=is_told_without(desk()))
    return as_file(written(rows, form), form, "cities")


@maps.get("/cities/<int(max=2147483647):city>")
def city(city: int) -> str:
    """One city: its numbers, its heat as a picture, and the same as a table."""
    asked = _asked()
    shown = city_of(desk(), city, asked, language()) or abort(404)
    sheets = [city_sheet(desk(), shown, asked, language(), LIGHT, width) for width in (WIDE, NARROW)]
    times = times_of(desk(), city, asked) if shown.inside.whose is not Whose.NOBODY else None
    strips = [strip_of(times, asked, language(), LIGHT, width) for width in (WIDE, NARROW)] if times is not None else []
    g.has_leaflet = bool(shown.cells)
    return render_template(
        "city.html",
        asked=asked,
        shown=shown,
        sizes=[size_of(sheet) for sheet in sheets if sheet is not None],
        times=times,
        strip_sizes=[strip_size(strip) for strip in strips],
        near=nearest_to(shown.cells, marks_of(desk(), city, language())),
        addresses=addresses_behind(city, asked) if shown.inside.whose is Whose.EVERYBODY else ("", ""),
        any=ANY_CELL,
        streets=_streets() if shown.cells else None,
        is_without=is_told_without(desk()),
    )


@maps.get("/cities/<int(max=2147483647):city>/heat.png")
def heat(city: int) -> Response:
    """The picture of a city's cells; `other` for the months that are compared with."""
    asked, look, is_other = _asked(), _Look.read(), bool(request.args.get("other"))

    def draw() -> bytes:
        shown = city_of(desk(), city, asked, language()) or abort(404)
        sheet = city_sheet(desk(), shown, asked, language(), look.palette, look.width, is_other=is_other) or abort(404)
        return png_of(sheet, look.scale)

    return picture(desk(), draw)


@maps.get("/cities/<int(max=2147483647):city>/heat.<any(svg, csv, geojson):form>")
def heat_file(city: int, form: str) -> ResponseReturnValue:
    """A city's map to be taken along: as a drawing, or the rows of its cells."""
    asked = _asked()
    if asked.problem:
        return render_template("mishap.html", title=_("Nothing was written"), advice=asked.problem, number=None), 422
    shown = city_of(desk(), city, asked, language()) or abort(404)
    if form == "svg":
        sheet = city_sheet(desk(), shown, asked, language(), LIGHT, WIDE) or abort(404)
        return as_file(svg_of(sheet), form, str(city))
    rows = rows_of_city(shown, asked, is_without=is_told_without(desk()))
    return as_file(written(rows, form), form, str(city))


@maps.get("/cities/<int(max=2147483647):city>/time.png")
def strip(city: int) -> Response:
    """The picture of a city's strip of time."""
    asked, look = _asked(), _Look.read()

    def draw() -> bytes:
        times = times_of(desk(), city, asked)
        return strip_png(strip_of(times, asked, language(), look.palette, look.width), look.scale)

    return picture(desk(), draw)


@maps.get("/cities/<int(max=2147483647):city>/shapes.json")
def shapes(city: int) -> ResponseReturnValue:
    """The same cells for the map that moves."""
    asked = _asked()
    shown = city_of(desk(), city, asked, language()) or abort(404)
    return jsonify(shapes_of(desk(), shown, asked, language()))


@maps.get("/maps/leaflet/<name>")
def leaflet(name: str) -> Response:
    """The script of the map that moves and its sheet of style, as they are part of the installation."""
    return script_file(name) or abort(404)


@maps.get("/streets/<int(max=22):zoom>/<int(max=4194303):column>/<int(max=4194303):row>")
def tile(zoom: int, column: int, row: int) -> Response:
    """One picture of the operator's street map, for those who see the map that lies over it."""
    streets = _streets() or abort(404)
    found = streets.tile(zoom, column, row) or abort(404)
    return Response(found, mimetype=streets.media)


def _streets() -> Streets | None:
    found: Streets | None = current_app.extensions.get("khronika.streets")
    return found
