"""Belongs to another protest, or to none: a correction of what opened the record, with nothing changed but the protest."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from domain.detention import Detention
from domain.errors import RuleBroken
from domain.moment import When
from domain.place import Place
from domain.states import FIRST
from projections import protests
from web.desk import Desk, desk
from web.entries.changing import answered_with, restated, states_at, told_before
from web.entries.fields import Field, Options, fields_of, reason_fields
from web.entries.forms import Form
from web.entries.prefill import kept_of, values_of
from web.entries.problems import GONE, refusal
from web.entries.subject import subject
from web.languages import language
from web.languages import translated as _
from web.sightings import told_protests

AROUND = timedelta(days=3)
"""How far from the day of what happened the protests lie that are offered."""
MOST_OFFERED = 100


def moved(kind: str, record: UUID) -> ResponseReturnValue:
    """To which protest it belongs; those of the city and the days around it are offered."""
    about = subject(desk(), kind, record)
    if about.forgotten:
        return refusal(RuleBroken("person_forgotten"), GONE)
    states = states_at(about, FIRST)
    if not states.stands:
        abort(404)
    entry = states.last[1]
    fields = [_asked(desk(), entry.when, entry.place, entry.protest)]
    kept = kept_of(desk(), entry, fields)
    form = Form(
        _("Belongs to another protest, or to none"),
        [*fields, *reason_fields(language())],
        about.page,
        intro=_("Everything else stays as it is. The numbers of both protests follow."),
        within=about.within,
        first=values_of(entry, kept),
        kept=kept,
        before=told_before(about, states),
    )
    return answered_with(form, desk(), about, states, restated(desk(), about, entry, FIRST))


def _asked(desk: Desk, when: When | None, place: Place | None, known: UUID | None) -> Field:
    (field,) = fields_of(Detention.Recorded, language(), "protest")
    hint = _("Protests of the city in the days around it. Another one: paste its address or number below.")
    return replace(field, shape="nearby", hint=hint, options=_nearby(desk, when, place, known))


def _nearby(desk: Desk, when: When | None, place: Place | None, known: UUID | None) -> Options:
    """The protests of these days in this city, and the one it belongs to now; without a day or a city, of all."""
    with desk.tracker.views() as db:
        now = protests.one(db, known.bytes) if known is not None else None
        city = place.city if place is not None and place.city is not None else now.city if now is not None else None
        first = last = None
        if when is not None:
            first, last = (int(moment.timestamp()) for moment in (when.earliest - AROUND, when.latest + AROUND))
        elif now is not None:
            around = int(AROUND.total_seconds())
            first, last = now.happened - around, now.happened + around
        rows = list(protests.listed(db, city=city, first=first, last=last, limit=MOST_OFFERED))
        if now is not None and now.protest not in {row.protest for row in rows}:
            rows.append(now)
        listed = told_protests(desk, db, rows, language())
    return tuple((str(told.id), f"{told.when} · {told.where}") for told in listed)
