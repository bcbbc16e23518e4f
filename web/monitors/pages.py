"""The pages of the blueprint: addresses and what is asked of them, nothing else."""

from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.errors import RuleBroken
from web.desk import desk
from web.entries.forms import Form, answered
from web.entries.offers import OFFERS
from web.entries.problems import GONE, refusal
from web.entries.subject import city_of_protest
from web.languages import language
from web.languages import translated as _
from web.likeness.question import asks_who
from web.monitors import forms
from web.monitors.choosing import Choice
from web.monitors.incidents import one_incident
from web.monitors.one import one_protest
from web.monitors.overview import overview_of

monitors = Blueprint("monitors", __name__)


@monitors.get("/")
def overview() -> str:
    """What is there now."""
    return render_template("overview.html", now=overview_of(desk(), language()))


@monitors.get("/protests")
def protests() -> str:
    """Protests by city and period; neither is personal, so both may stand in the address."""
    choice = Choice.read(request.args, desk())
    return render_template("protests.html", choice=choice, page=choice.page_of(desk(), language()))


@monitors.get("/protests/<uuid:protest>")
def protest(protest: UUID) -> str:
    """One protest: what was told of it, how many were detained, and who."""
    shown = one_protest(desk(), protest, language()) or abort(404)
    return render_template("protest.html", protest=shown, offers=OFFERS["protests"].values())


@monitors.route("/protests/new", methods=["GET", "POST"])
def new_protest() -> ResponseReturnValue:
    """Record a protest."""
    form = Form(_("Record a protest"), forms.protest_fields(language()), url_for("monitors.overview"), minted=("record",))
    return answered(form, desk(), forms.record_protest(desk()))


@monitors.route("/detentions/new", methods=["GET", "POST"])
def new_detention() -> ResponseReturnValue:
    """Record that somebody was detained, named or not, at a protest or anywhere else."""
    protest = forms.protest_asked_for(request.values)
    form = Form(
        _("Record a detention"),
        forms.detention_fields(language()),
        forms.page_of(protest),
        within=city_of_protest(desk(), protest),
        minted=("record", "person"),
        first={"protest": str(protest or "")},
        asks=asks_who(desk()),
    )
    return answered(form, desk(), forms.record_detention(desk()))


@monitors.route("/releases/new", methods=["GET", "POST"])
def new_release() -> ResponseReturnValue:
    """Record the release of somebody whose detention nobody has recorded."""
    protest = forms.protest_asked_for(request.values)
    form = Form(
        _("Record a release"),
        forms.release_fields(language()),
        forms.page_of(protest),
        intro=_("For somebody whose detention is not on record yet. If it is, open the person's file and add the release there."),
        within=city_of_protest(desk(), protest),
        minted=("record", "person"),
        first={"protest": str(protest or "")},
        asks=asks_who(desk(), is_release=True),
    )
    return answered(form, desk(), forms.record_release(desk()))


@monitors.route("/incidents/new", methods=["GET", "POST"])
def new_incident() -> ResponseReturnValue:
    """Record what was done to people that is neither a protest nor, by itself, a detention."""
    protest, person = forms.protest_asked_for(request.values), forms.person_asked_for(request.values)
    back = forms.file_of(desk(), person) if person is not None else None
    form = Form(
        _("Record an incident"),
        forms.incident_fields(language()),
        back or forms.page_of(protest),
        intro=_("An attack, a search, a summons, a dismissal. A detention is recorded as a detention."),
        within=city_of_protest(desk(), protest),
        minted=("record",),
        first={"protest": str(protest or ""), "person": str(person or "")},
    )
    return answered(form, desk(), forms.record_incident(desk()))


@monitors.get("/incidents/<uuid:incident>")
def incident(incident: UUID) -> str:
    """One incident: what was told of it, and where else it belongs."""
    shown = one_incident(desk(), incident, language()) or abort(404)
    return render_template("incident.html", incident=shown)


@monitors.route("/people/<uuid:person>/detentions/new", methods=["GET", "POST"])
def another_detention(person: UUID) -> ResponseReturnValue:
    """Record one more detention of somebody who has a file."""
    back = forms.file_of(desk(), person) or abort(404)
    if desk().tracker.casebook.is_forgotten(person):
        return refusal(RuleBroken("person_forgotten"), GONE)
    protest = forms.protest_asked_for(request.values)
    form = Form(
        _("Record another detention"),
        forms.further_fields(language()),
        back,
        within=city_of_protest(desk(), protest),
        minted=("record",),
        first={"protest": str(protest or "")},
    )
    return answered(form, desk(), forms.record_further(desk(), person))
