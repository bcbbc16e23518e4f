"""The pages of the blueprint: addresses and what is asked of them, nothing else."""

from flask import Blueprint, Response, abort, render_template, request

from web.desk import desk
from web.drawing import png
from web.languages import language
from web.maps.cities import cities_of, city_of
from web.maps.period import Months
from web.maps.picture import NARROW, PALETTES, WIDE, picture_of

maps = Blueprint("maps", __name__)


@maps.get("/cities")
def cities() -> str:
    """Every city on record, the most detained first."""
    period = Months.read(request.args)
    return render_template("cities.html", period=period, shown=cities_of(desk(), period, language()))


@maps.get("/cities/<int(max=999999999):city>")
def city(city: int) -> str:
    """One city: its numbers, its heat as a picture, and the same as a table."""
    period = Months.read(request.args, resolution=7)
    shown = city_of(desk(), city, period, language()) or abort(404)
    wide, narrow = (picture_of(desk(), shown, language(), width) for width in (WIDE, NARROW))
    return render_template("city.html", period=period, shown=shown, picture=wide, narrow=narrow)


@maps.get("/cities/<int(max=999999999):city>/heat.png")
def heat(city: int) -> Response:
    """The picture, in the language of the page; drawn on the server, so that it is seen where nothing but HTML is."""
    period = Months.read(request.args, resolution=7)
    shown = city_of(desk(), city, period, language()) or abort(404)
    palette = PALETTES["dark" if request.args.get("on") == "dark" else "light"]
    width = NARROW if request.args.get("narrow") else WIDE
    picture = picture_of(desk(), shown, language(), width) or abort(404)
    drawn = png("heat.svg", background=palette.paper, palette=palette, picture=picture, shown=shown, period=period)
    return Response(drawn, mimetype="image/png")
