"""Adding to a record, correcting an entry, withdrawing one: the same three addresses for protests, detentions and people."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from domain.errors import RuleBroken
from domain.record import Record
from domain.verification import is_fact
from web.access.guard import ruled_by_entry
from web.desk import desk
from web.entries.changing import corrected, first_told, placed, sent_again, standing_entry, withdrawn
from web.entries.fields import fields_of, reason_fields
from web.entries.forms import Form, answered
from web.entries.labels import label
from web.entries.offers import OFFERS, name_of
from web.entries.prefill import kept_of, values_of
from web.entries.problems import GONE, refusal
from web.entries.reading import Kept
from web.entries.recording import added, attested
from web.entries.subject import Subject, subject
from web.languages import language
from web.languages import translated as _

entries = Blueprint("entries", __name__)

CHANGED = ("protests", "detentions", "people", "incidents", "stations", "exhibits", "reports", "sources")
"""The kinds of records whose entries can be corrected and withdrawn by form."""
_ENTRY = f"/<any({','.join(CHANGED)}):kind>/<uuid:record>/entries/<int:version>"
_ADDED = "/<any(protests,detentions,people,stations,exhibits,reports,sources):kind>/<uuid:record>/add/<name>"
_ATTESTED = "/<any(protests,detentions,people,incidents):kind>/<uuid:record>/entries/<int:version>/attest"


@entries.route(_ADDED, methods=["GET", "POST"])
def add(kind: str, record: UUID, name: str) -> ResponseReturnValue:
    """One more entry about a record."""
    offer = OFFERS[kind].get(name) or abort(404)
    about = subject(desk(), kind, record)
    if about.forgotten:
        return refusal(RuleBroken("person_forgotten"), GONE)
    form = Form(offer.title, fields_of(offer.event, language()), about.page, within=about.within)
    return answered(form, desk(), added(desk(), offer, about))


@entries.route(f"{_ENTRY}/correct", methods=["GET", "POST"])
def correct(kind: str, record: UUID, version: int) -> ResponseReturnValue:
    """Restate an entry as a whole, with a reason."""
    about = subject(desk(), kind, record)
    if about.forgotten:
        return refusal(RuleBroken("person_forgotten"), GONE)
    entry: Record.Event = standing_entry(about, version) or abort(404)
    if (asked := ruled_by_entry(kind, name_of(type(entry)))) is not None:
        return asked
    fields = fields_of(type(entry), language())
    kept = kept_of(desk(), entry, fields)
    if request.args.get("only") == "place" and any(field.name == "place" for field in fields):
        return answered(_placing(about, entry, kept), desk(), placed(desk(), about, entry, version))
    form = Form(
        _("Correct an entry"),
        [*fields, *reason_fields(language())],
        about.page,
        intro=_("Change what is wrong and leave the rest. What it said before stays readable, with the reason."),
        within=about.within,
        first=values_of(entry, kept),
        kept=kept,
        before=[about.history.teller.tell(entry, language())],
    )
    return answered(form, desk(), corrected(desk(), about, entry, version))


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


@entries.route(f"{_ENTRY}/withdraw", methods=["GET", "POST"])
def withdraw(kind: str, record: UUID, version: int) -> ResponseReturnValue:
    """Take an entry back, with a reason; the first entry of a record takes the whole record along."""
    about = subject(desk(), kind, record)
    entry: Record.Event | None = standing_entry(about, version)
    if entry is None:
        return sent_again(desk(), about) or abort(404)
    if (asked := ruled_by_entry(kind, name_of(type(entry)))) is not None:
        return asked
    if isinstance(entry, Record.Created) and not desk().reader.may_withdraw(first_told(about, version)):
        abort(403)
    form = Form(
        _("Withdraw the whole record") if isinstance(entry, Record.Created) else _("Withdraw an entry"),
        reason_fields(language()),
        about.page,
        intro=_("It will count nowhere any more. It stays readable, struck through, with the reason."),
        submit=_("Withdraw"),
        before=[] if about.forgotten else [about.history.teller.tell(entry, language())],
    )
    return answered(form, desk(), withdrawn(desk(), about, version))


@entries.route(_ATTESTED, methods=["GET", "POST"])
def attest(kind: str, record: UUID, version: int) -> ResponseReturnValue:
    """Another source says the same: nothing is asked but who."""
    about = subject(desk(), kind, record)
    if about.forgotten:
        return refusal(RuleBroken("person_forgotten"), GONE)
    entry: Record.Event | None = standing_entry(about, version)
    if entry is None or not is_fact(type(entry)):
        abort(404)
    form = Form(
        _("Another source says the same"),
        (),
        about.page,
        intro=_("Only if it says so of its own knowledge. Whoever passes on what another source said is no second voice."),
        before=[about.history.teller.tell(entry, language())],
    )
    return answered(form, desk(), attested(desk(), about, version))
