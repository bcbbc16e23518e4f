"""The pages of the blueprint: addresses and what is asked of them, nothing else."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from domain.casebook import Outcome
from domain.errors import RuleBroken
from domain.provenance import Source
from domain.record import new_id
from domain.source_on_file import SourceOnFile
from web.desk import desk
from web.entries.fields import fields_of
from web.entries.forms import Form, Ids, answered, minted, saved
from web.entries.offers import OFFERS
from web.entries.problems import refusal
from web.entries.sealing import sealed_facts, sealed_source, sealer
from web.forgetting.carrying_out import destroy_keys
from web.languages import language
from web.languages import translated as _
from web.sources.listing import listed_sources
from web.sources.one import one_source
from web.sources.retracting import retraction

sources = Blueprint("sources", __name__)


@sources.get("/sources")
def listed() -> str:
    """The sources on file: all of them for a coordinator, for a monitor those they put on file or named."""
    return render_template("sources.html", listed=listed_sources(desk(), language()))


@sources.route("/sources/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Put a source on file."""
    form = Form(
        _("Put a source on file"),
        fields_of(SourceOnFile.Opened, language()),
        url_for("sources.listed"),
        minted=("record",),
        intro=_("For somebody reports come from again and again. Below it: who told us about this source."),
    )

    def record(facts: dict[str, Any], told: Source, ids: Ids) -> tuple[Outcome, str]:
        source = ids["record"]
        seal = sealer(desk().tracker.vault, source, source)
        sealed, told = sealed_facts(SourceOnFile.Opened, facts, seal), sealed_source(told, seal)
        outcome = desk().tracker.casebook.open_source(desk().entry(told, source), source, **sealed)
        return outcome, url_for("sources.one", source=source)

    return answered(form, desk(), record)


@sources.get("/sources/<uuid:source>")
def one(source: UUID) -> str:
    """One source, what rests on it, and what was changed by what it took back."""
    shown = one_source(desk(), source, language()) or abort(404)
    return render_template("source.html", source=shown, offers=OFFERS["sources"].values(), command=new_id)


@sources.route("/sources/<uuid:source>/retract", methods=["GET", "POST"])
def retract(source: UUID) -> ResponseReturnValue:
    """It took back what it said: what rests on it is shown first."""
    return retraction(desk(), source) or abort(404)


@sources.post("/sources/<uuid:source>/forget")
def forget(source: UUID) -> ResponseReturnValue:
    """Destroy who it is. What it said stays and counts as before; nobody can take this back."""
    page = url_for("sources.one", source=source)
    entry = desk().entry(Source("unknown"), minted("command"))
    try:
        desk().tracker.casebook.standing(SourceOnFile, source)
    except RuleBroken:
        abort(404)
    try:
        destroy_keys(desk().tracker, [source])
        outcome = desk().tracker.casebook.forget_source(entry, source)
    except RuleBroken as refused:
        return refusal(refused)
    return saved(desk(), outcome, page)
