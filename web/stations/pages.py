"""The pages of the blueprint: addresses and what is asked of them, nothing else."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.casebook import Outcome
from domain.provenance import Source
from web.desk import desk
from web.entries.fields import Field
from web.entries.forms import Form, Ids, answered
from web.entries.labels import hint, label
from web.entries.offers import OFFERS
from web.languages import language
from web.languages import translated as _
from web.stations.listing import cities_of, one_station, stations_of
from web.stations.unplaced import page_of, place_all, words_at

stations = Blueprint("stations", __name__)


@stations.get("/stations")
def listed() -> str:
    """The stations of a city; which city is not personal, so it stands in the address."""
    asked = request.args.get("city", "")
    city = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    found = stations_of(desk(), city, language()) if city is not None else []
    return render_template("stations.html", cities=cities_of(desk(), language()), city=city, stations=found)


@stations.get("/stations/<uuid:station>")
def station(station: UUID) -> str:
    """One station to which something was added."""
    shown = one_station(desk(), station, language()) or abort(404)
    return render_template("station.html", station=shown, record=station, offers=OFFERS["stations"].values())


@stations.get("/not-placed")
def unplaced() -> str:
    """What is not placed, the newest first."""
    asked = request.args.get("after", "")
    offset = int(asked) if asked.isdecimal() and len(asked) < 9 else 0
    return render_template("not_placed.html", page=page_of(desk(), offset, language()))


@stations.route("/not-placed/<int(max=9007199254740991):position>/all", methods=["GET", "POST"])
def place_all_alike(position: int) -> ResponseReturnValue:
    """Place every entry about nobody that tells its place in the words of this one."""
    words = words_at(desk(), position)
    if words is None:
        return redirect(url_for("stations.unplaced"), 303)
    field = Field("place", "place", label("", "place"), hint("", "place"), required=True)
    told = _("As it was told: “%(words)s”", words=words)
    form = Form(_("Place all of them"), [field], url_for("stations.unplaced"), first={"place": words}, before=[told])

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        placed = place_all(desk(), words, facts["place"], request.form.get("place", "").strip())
        return placed or Outcome(desk().tracker.log.last(), new=False), url_for("stations.unplaced")

    return answered(form, desk(), record)
