"""What was published of the insides of cities, for everybody who may look at maps; for coordinators the next month."""

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.errors import RuleBroken
from domain.provenance import Source
from domain.record import new_id
from projections import held_back, published_cells
from web.desk import desk
from web.entries.forms import minted, saved
from web.entries.problems import refusal
from web.languages import language
from web.maps.downloads import as_file, written
from web.maps.drawing import NARROW, PALETTES, WIDE, png_of, size_of, svg_of
from web.maps.outside import Published, publish_month, published_of, rules_of, to_publish
from web.maps.outside_sheets import city_rows, city_sheet
from web.maps.period import month_in, month_text, month_told

publishing = Blueprint("publishing", __name__, url_prefix="/published")


@publishing.get("")
def months() -> str:
    """The months that were published, and the cities of which anything is shown."""
    names = desk().tracker.gazetteer
    with desk().tracker.views() as db:
        held = held_back.held(db)
        found = [
            (
                month_told(row.month),
                row.position,
                [
                    (city.city, names.city_name(city.city, language()), held.is_in(city.city, row.month))
                    for city in published_cells.cities_of(db, row)
                ],
            )
            for row in published_cells.published_months(db)
        ]
    return render_template("published_months.html", months=found)


@publishing.get("/cities/<int(max=2147483647):city>")
def city(city: int) -> str:
    """The maps of one city, month by month, each with its table."""
    maps = _maps_of(city) or abort(404)
    names = desk().tracker.gazetteer
    shown = []
    for found in maps:
        wide, narrow = (size_of(city_sheet(found, names, language(), width=width)) for width in (WIDE, NARROW))
        shown.append((month_told(found.month), month_text(found.month), city_rows(found, names, language()), wide, narrow))
    return render_template("published_city.html", id=city, name=names.city_name(city, language()), shown=shown)


@publishing.get("/cities/<int(max=2147483647):city>/<month>/<any(png, svg, geojson, csv):form>")
def file(city: int, month: str, form: str) -> ResponseReturnValue:
    """One month of a city as a picture or a table. A browser that has it is told so, where it may keep it."""
    found = next((one for one in _maps_of(city) if month_text(one.month) == month), None) or abort(404)
    names, on = desk().tracker.gazetteer, "dark" if request.args.get("on") == "dark" else "light"
    width = NARROW if request.args.get("narrow") else WIDE
    tag = f"{found.position}-{language()}-{on}-{width}-{form}"
    if tag in request.if_none_match:
        return "", 304
    if form in ("geojson", "csv"):
        answer = as_file(written(city_rows(found, names, language()), form), form, f"{city}-{month}")
    else:
        sheet = city_sheet(found, names, language(), PALETTES[on], width)
        answer = (
            Response(png_of(sheet), mimetype="image/png") if form == "png" else as_file(svg_of(sheet), form, f"{city}-{month}")
        )
    answer.set_etag(tag)
    return answer


@publishing.route("/month", methods=["GET", "POST"])
def next_month() -> ResponseReturnValue:
    """What would be published of a month, and the button that does it."""
    asked = request.values.get("month", "").strip()
    month = month_in(asked)
    if month is None:
        return refusal(RuleBroken("no_such_month", month=asked[:20]))
    if request.method == "POST":
        entry = desk().entry(Source("unknown"), minted("command"))
        try:
            return saved(desk(), publish_month(desk().tracker, entry, month), url_for("publishing.months"))
        except RuleBroken as refused:
            return refusal(refused)
    try:
        desk().tracker.casebook.may_publish_cells(month)
    except RuleBroken as refused:
        return refusal(refused)
    with desk().tracker.views() as db:
        shown = to_publish(db, month, rules_of(desk().tracker))
    names = desk().tracker.gazetteer
    return render_template(
        "publish_month.html",
        month=asked,
        told=month_told(month),
        cities=[(names.city_name(city.city, language()), len(city.cells)) for city in shown.cities],
        rules=shown.rules,
        command=new_id(),
    )


def _maps_of(city: int) -> list[Published]:
    with desk().tracker.views() as db:
        return list(published_of(db, city))
