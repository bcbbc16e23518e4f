"""The pages of the blueprint: addresses and what is asked of them, nothing else."""

from flask import Blueprint, Response, abort, render_template, request

from web.desk import desk
from web.languages import language
from web.maps.cities import cities_of, city_of
from web.maps.drawing import LIGHT, NARROW, PALETTES, WIDE, png_of, size_of
from web.maps.period import Months
from web.maps.picture import marks_of, nearest_to, sheet_of

maps = Blueprint("maps", __name__)


@maps.get("/cities")
def cities() -> str:
    """Every city on record, the most detained first."""
    period = Months.read(request.args)
    return render_template("cities.html", period=period, shown=cities_of(desk(), period, language()))


@maps.get("/cities/<int(max=2147483647):city>")
def city(city: int) -> str:
    """One city: its numbers, its heat as a picture, and the same as a table."""
    period = Months.read(request.args, resolution=7)
    shown = city_of(desk(), city, period, language()) or abort(404)
    sheets = (sheet_of(desk(), shown, period, language(), LIGHT, width) for width in (WIDE, NARROW))
    wide, narrow = (size_of(sheet) if sheet is not None else None for sheet in sheets)
    near = nearest_to(shown.cells, marks_of(desk(), city, language()))
    return render_template("city.html", period=period, shown=shown, wide=wide, narrow=narrow, near=near)


@maps.get("/cities/<int(max=2147483647):city>/heat.png")
def heat(city: int) -> Response:
    """The picture, in the language of the page; drawn on the server, so that it is seen where nothing but HTML is."""
    period = Months.read(request.args, resolution=7)
    shown = city_of(desk(), city, period, language()) or abort(404)
    palette = PALETTES["dark" if request.args.get("on") == "dark" else "light"]
    width = NARROW if request.args.get("narrow") else WIDE
    sheet = sheet_of(desk(), shown, period, language(), palette, width) or abort(404)
    return Response(png_of(sheet), mimetype="image/png")
