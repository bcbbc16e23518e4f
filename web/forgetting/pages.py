"""The pages of the blueprint: how far a forgetting has come, and a form for each step. Every step is sent by POST, once."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, url_for
from flask import request as posted
from flask.typing import ResponseReturnValue

from domain.casebook import Outcome
from domain.errors import RuleBroken
from domain.person import Person
from domain.provenance import Source
from domain.record import new_id
from web.desk import HOME_ZONE, desk
from web.entries.fields import fields_of
from web.entries.forms import Form, Ids, answered, minted, saved
from web.entries.problems import GONE, refusal, sentence
from web.entries.reading import id_in
from web.entries.sealing import sealed_source, sealer
from web.forgetting.carrying_out import carry_out
from web.forgetting.state import state_of_forgetting
from web.languages import language
from web.languages import translated as _

forgetting = Blueprint("forgetting", __name__)

_REQUEST = "/people/<uuid:person>/forgetting/<int:request>"


@forgetting.get("/people/<uuid:person>/forgetting")
def page(person: UUID) -> ResponseReturnValue:
    """How far it has come, and what comes next."""
    return _page(person)


@forgetting.route("/people/<uuid:person>/forgetting/request", methods=["GET", "POST"])
def request_it(person: UUID) -> ResponseReturnValue:
    """Record that it was asked for, and how that was verified."""
    _must_be_on_record(person)
    if desk().tracker.casebook.is_forgotten(person):
        return refusal(RuleBroken("person_forgotten"), GONE)
    form = Form(
        _("Request to be forgotten"),
        fields_of(Person.ForgettingRequested, language()),
        _address(person),
        intro=_(
            "Record it only after it was verified that the wish is theirs. Nothing is destroyed yet: another account has to "
            "approve it, and then 72 hours go by, unless the person waives them."
        ),
        submit=_("Record the request"),
    )

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        source = sealed_source(source, sealer(desk().tracker.vault, person, person))
        casebook = desk().tracker.casebook
        return casebook.request_forgetting(desk().entry(source, ids["command"]), person, **facts), _address(person)

    return answered(form, desk(), record)


@forgetting.post(f"{_REQUEST}/approve")
def approve(person: UUID, request: int) -> ResponseReturnValue:
    """Approve what another account recorded."""
    entry = desk().entry(Source("unknown"), minted("command"))
    return _taken(person, lambda: desk().tracker.casebook.approve_forgetting(entry, person, request=request, zone=HOME_ZONE))


@forgetting.route(f"{_REQUEST}/cancel", methods=["GET", "POST"])
def cancel(person: UUID, request: int) -> ResponseReturnValue:
    """It is not to be done after all."""
    _must_be_on_record(person)
    if desk().tracker.casebook.is_forgotten(person):
        return refusal(RuleBroken("person_forgotten"), GONE)
    form = Form(
        _("Cancel the request to be forgotten"),
        fields_of(Person.ForgettingCancelled, language(), "because"),
        _address(person),
        intro=_("Nothing will be destroyed. If the wish comes up again, it is requested and approved anew."),
        submit=_("Cancel the request"),
    )

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        source = sealed_source(source, sealer(desk().tracker.vault, person, person))
        casebook = desk().tracker.casebook
        outcome = casebook.cancel_forgetting(desk().entry(source, ids["command"]), person, request=request, **facts)
        return outcome, _address(person)

    return answered(form, desk(), record)


@forgetting.post(f"{_REQUEST}/carry-out")
def carry_it_out(person: UUID, request: int) -> ResponseReturnValue:
    """Destroy the keys and record that the person was forgotten. Nobody can take this back."""
    entry = desk().entry(Source("unknown"), minted("command"))
    seen = [file for told in posted.form.getlist("file") if (file := id_in(told)) is not None]
    return _taken(person, lambda: carry_out(desk().tracker, entry, person, request, seen))


def _taken(person: UUID, step: Any) -> ResponseReturnValue:
    """A step of one button: on to the page, or the page again with why not."""
    _must_be_on_record(person)
    try:
        outcome: Outcome = step()
    except RuleBroken as refused:
        return _page(person, sentence(refused)), 422
    return saved(desk(), outcome, _address(person))


def _page(person: UUID, problem: str = "") -> str:
    state = state_of_forgetting(desk(), person) or abort(404)
    return render_template("forgetting.html", state=state, problem=problem, command=new_id())


def _address(person: UUID) -> str:
    return url_for("forgetting.page", person=person)


def _must_be_on_record(person: UUID) -> None:
    try:
        desk().tracker.casebook.standing(Person, person)
    except RuleBroken:
        abort(404)
