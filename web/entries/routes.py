"""Adding to a record, correcting an entry, withdrawing one, bringing it back: the same addresses for every kind of record."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from domain.errors import RuleBroken
from domain.record import Record
from domain.states import FIRST
from domain.verification import is_fact
from web.access.guard import ruled_by_entry
from web.desk import desk
from web.entries import splitting
from web.entries.changing import (
    answered_with,
    at_once,
    closed,
    instead,
    placed,
    restated,
    states_at,
    told_before,
    with_what_it_reads,
    withdrawn,
)
from web.entries.defendants import with_defendants
from web.entries.fields import fields_of, reason_fields
from web.entries.forms import Form, answered
from web.entries.hearings import with_hearings
from web.entries.labels import label
from web.entries.moving import moved
from web.entries.offers import OFFERS, name_of
from web.entries.prefill import kept_of, values_of
from web.entries.problems import GONE, refusal
from web.entries.reading import Kept
from web.entries.recording import added, attested
from web.entries.subject import Subject, subject
from web.languages import language
from web.languages import translated as _

entries = Blueprint("entries", __name__)

CHANGED = ("protests", "detentions", "people", "incidents", "stations", "exhibits", "reports", "sources", "proceedings")
"""The kinds of records whose entries can be corrected, withdrawn and brought back by form."""
_ENTRY = f"/<any({','.join(CHANGED)}):kind>/<uuid:record>/entries/<int:version>"
_ADDED = "/<any(protests,detentions,people,stations,exhibits,reports,sources,proceedings):kind>/<uuid:record>/add/<name>"
_ATTESTED = "/<any(protests,detentions,people,incidents,reports,proceedings):kind>/<uuid:record>/entries/<int:version>/attest"


@entries.route(_ADDED, methods=["GET", "POST"])
def add(kind: str, record: UUID, name: str) -> ResponseReturnValue:
    """One more entry about a record."""
    offer = OFFERS[kind].get(name) or abort(404)
    about = subject(desk(), kind, record)
    if about.forgotten:
        return refusal(RuleBroken("person_forgotten"), GONE)
    fields = with_hearings(with_defendants(fields_of(offer.event, language()), desk(), about), about, offer.event)
    form = Form(offer.title, fields, about.page, within=about.within)
    return answered(with_what_it_reads(form, about), desk(), added(desk(), offer, about))


@entries.route(f"{_ENTRY}/correct", methods=["GET", "POST"])
def correct(kind: str, record: UUID, version: int) -> ResponseReturnValue:
    """Restate an entry as a whole, with a reason."""
    return at_once(lambda: _restate(kind, record, version, "correct"))


@entries.route(f"{_ENTRY}/reinstate", methods=["GET", "POST"])
def reinstate(kind: str, record: UUID, version: int) -> ResponseReturnValue:
    """Bring back what was withdrawn, as it stood or corrected in the same go; by its first entry the whole record."""
    return at_once(lambda: _restate(kind, record, version, "reinstate"))


def _restate(kind: str, record: UUID, version: int, act: str) -> ResponseReturnValue:
    about = subject(desk(), kind, record)
    if about.forgotten:
        return refusal(RuleBroken("person_forgotten"), GONE)
    states = states_at(about, version)
    first, entry = states.steps[0][1], states.last[1]
    if (asked := ruled_by_entry(kind, name_of(type(entry)))) is not None:
        return asked
    is_elsewhere = states.stands if act == "reinstate" else not states.stands
    if is_elsewhere and request.method != "POST":
        abort(404)
    if act == "reinstate" and not is_elsewhere and not about.history.may_reinstate(first, states):
        abort(404 if states.version != FIRST and states.whole is not None else 403)
    fields = fields_of(type(entry), language(), without=["person"] if kind == "proceedings" else ())
    kept = kept_of(desk(), entry, fields)
    if act == "correct" and request.args.get("only") == "place" and any(field.name == "place" for field in fields):
        return answered_with(_placing(about, entry, kept), desk(), about, states, placed(desk(), about, entry, version))
    is_whole = isinstance(entry, Record.Created)
    title = _("Correct an entry") if act == "correct" else _("Bring back the record") if is_whole else _("Bring back an entry")
    intro = (
        _("Change what is wrong and leave the rest. What it said before stays readable, with the reason.")
        if act == "correct"
        else _("It will count again everywhere, as if it had never been withdrawn. What is wrong in it can be corrected at once.")
    )
    form = Form(
        title,
        [*fields, *reason_fields(language(), beside=fields)],
        about.page,
        intro=intro,
        submit="" if act == "correct" else _("Bring back"),
        within=about.within,
        first=values_of(entry, kept),
        kept=kept,
        before=told_before(about, states),
    )
    if is_elsewhere:
        form = instead(form, about, states, "correct" if act == "reinstate" else "reinstate")
    return answered_with(form, desk(), about, states, restated(desk(), about, entry, version, act))


@entries.route("/<any(detentions,incidents,reports):kind>/<uuid:record>/move", methods=["GET", "POST"])
def move(kind: str, record: UUID) -> ResponseReturnValue:
    """It belongs to another protest, or to none."""
    return at_once(lambda: moved(kind, record))


@entries.route("/<any(detentions):kind>/<uuid:record>/split", methods=["GET", "POST"])
def split(kind: str, record: UUID) -> ResponseReturnValue:
    """It is of several people, not of one."""
    return at_once(lambda: splitting.split(record))


@entries.route(f"{_ENTRY}/withdraw", methods=["GET", "POST"])
def withdraw(kind: str, record: UUID, version: int) -> ResponseReturnValue:
    """Take an entry back, with a reason; the first entry of a record takes the whole record along."""
    return at_once(lambda: _withdraw(kind, record, version))


def _withdraw(kind: str, record: UUID, version: int) -> ResponseReturnValue:
    about = subject(desk(), kind, record)
    states = states_at(about, version)
    first = states.steps[0][1]
    if not states.stands and request.method != "POST":
        abort(404)
    if (asked := ruled_by_entry(kind, name_of(type(first)))) is not None:
        return asked
    if isinstance(first, Record.Created) and not desk().reader.may_withdraw(first):
        abort(403)
    form = Form(
        _("Withdraw the whole record") if isinstance(first, Record.Created) else _("Withdraw an entry"),
        reason_fields(language()),
        about.page,
        intro=_("It will count nowhere any more. It stays readable, struck through, with the reason."),
        submit=_("Withdraw"),
        before=told_before(about, states),
    )
    if not states.stands:
        form = closed(form, _("It was withdrawn meanwhile: there is nothing left to withdraw. What you typed is kept below."))
    return answered_with(form, desk(), about, states, withdrawn(desk(), about, version))


def _placing(about: Subject, entry: Record.Event, kept: Mapping[str, Kept]) -> Form:
    """The correction that only says where: one field, and nothing else is asked."""
    field = replace(next(iter(fields_of(type(entry), language(), "place"))), required=True, label=label("", "place"))
    return Form(
        _("Place this entry"),
        [field],
        about.page,
        intro=_("Write the city and what is known of the place. The words in which it was told stay as they are."),
        within=about.within,
        first=values_of(entry, dict(kept)),
        kept={"reference": kept["reference"]},
        before=[about.history.teller.tell(entry, language())],
    )


@entries.route(_ATTESTED, methods=["GET", "POST"])
def attest(kind: str, record: UUID, version: int) -> ResponseReturnValue:
    """Another source says the same: nothing is asked but who."""
    about = subject(desk(), kind, record)
    if about.forgotten:
        return refusal(RuleBroken("person_forgotten"), GONE)
    states = states_at(about, version)
    entry: Record.Event = states.last[1]
    if not states.stands or not is_fact(type(entry)):
        abort(404)
    form = Form(
        _("Another source says the same"),
        (),
        about.page,
        intro=_("Only if it says so of its own knowledge. Whoever passes on what another source said is no second voice."),
        before=[about.history.teller.tell(entry, language())],
    )
    return answered(form, desk(), attested(desk(), about, version))
