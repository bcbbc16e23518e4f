"""The pages of the blueprint: addresses and what is asked of them, nothing else.

A paper is made where a form is sent, never where a link is followed: what leaves is written down first, and a browser that looks
ahead must not have it written that somebody took a file out.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from domain.errors import RuleBroken
from projections import case_files
from web.desk import desk
from web.entries.filled import id_in
from web.entries.problems import GONE, refusal, sentence
from web.languages import language
from web.papers import clocks, contents
from web.papers.asked_for import NOW, asked_for, in_a_field
from web.papers.calendar import calendar_of
from web.papers.case_file import choices, content_of
from web.papers.hearings import hearings_of
from web.papers.known import Known, known_of
from web.papers.press import NotPressed, pressed
from web.settings import LANGUAGES

papers = Blueprint("papers", __name__)


@papers.get("/people/<uuid:person>/paper")
def case_file(person: UUID) -> ResponseReturnValue:
    """What the paper is to hold, and in which language."""
    return _form(person, request.args)


@papers.post("/people/<uuid:person>/paper", endpoint="case_file_made")
def case_file_made(person: UUID) -> ResponseReturnValue:
    """The case file as a PDF."""
    if desk().tracker.vault.is_locked:
        return refusal(RuleBroken("vault_locked"), 503)
    try:
        wanted = contents.typed(request.form)
        known = known_of(desk(), person, wanted.asked) or abort(404)
        known.within(wanted.of)
    except RuleBroken as refused:
        return refusal(refused, GONE) if refused.code == "person_forgotten" else _form(person, request.form, sentence(refused))
    with force_locale(wanted.spoken):
        return _paper("case_file", known, content_of(desk(), known, wanted), "case_file")


@papers.get("/<any(detentions):kind>/<uuid:record>/overrun")
def overrun(kind: str, record: UUID) -> ResponseReturnValue:
    """What is certainly overrun in a detention, to read and to have made as a PDF."""
    return _overrun(record, request.args)


@papers.post("/<any(detentions):kind>/<uuid:record>/overrun", endpoint="overrun_made")
def overrun_made(kind: str, record: UUID) -> ResponseReturnValue:
    """The statement as a PDF. Where nothing is certain there is nothing to state."""
    if desk().tracker.vault.is_locked:
        return refusal(RuleBroken("vault_locked"), 503)
    spoken = request.form.get("language", "")
    with force_locale(spoken if spoken in LANGUAGES else language()):
        try:
            known = known_of(desk(), _person_of(record), asked_for(request.form)) or abort(404)
        except RuleBroken as refused:
            return (
                refusal(refused, GONE)
                if refused.code == "person_forgotten"
                else _overrun(record, request.form, sentence(refused))
            )
        found = clocks.statement_of(known, record) or abort(404)
        if found.statement.nothing_certain:
            return _overrun(record, request.form, sentence(RuleBroken("nothing_overrun")))
        return _paper("overrun", known, clocks.content_of(desk(), known, found), "court_papers")


@papers.post("/desk/hearings.ics", endpoint="calendar_made")
def calendar_made() -> ResponseReturnValue:
    """The hearings of one's own people, for a calendar. Nobody's name is in it, but whose they are: so it is written down too."""
    found = hearings_of(desk(), desk().reader.account.id, language())
    persons = {person for hearing in found for person in hearing.persons}
    desk().tracker.access.exported(desk().reader.account.id, persons, "hearings")
    named = {"Content-Disposition": 'attachment; filename="hearings.ics"'}
    return Response(calendar_of(found, language()), mimetype="text/calendar", headers=named)


def _person_of(detention: UUID) -> UUID:
    with desk().tracker.views() as db:
        row = case_files.custody_of(db, detention.bytes) or abort(404)
    return UUID(bytes=row.person)


def _overrun(detention: UUID, typed: Mapping[str, str], problem: str = "") -> ResponseReturnValue:
    try:
        known = known_of(desk(), _person_of(detention), NOW if problem else asked_for(typed)) or abort(404)
    except RuleBroken as refused:
        return refusal(refused, GONE if refused.code == "person_forgotten" else 422)
    found = clocks.statement_of(known, detention) or abort(404)
    scope, holds = clocks.consent_to_submit(desk(), known)
    shown = {"known": known, "found": found, "problem": problem, "scope": scope, "holds": holds, "hour": in_a_field(known.hour)}
    return make_response(render_template("overrun.html", spoken=language(), **shown), 422 if problem else 200)


def _form(person: UUID, typed: Mapping[str, str], problem: str = "") -> ResponseReturnValue:
    try:
        known = known_of(desk(), person) or abort(404)
    except RuleBroken as refused:
        return refusal(refused, GONE)
    shown = {"known": known, "problem": problem, "position": typed.get("position", ""), "hour": typed.get("hour", "")}
    chosen, alone = contents.Contents().chosen, {"choices": choices(known), "of": id_in(typed.get("of", ""))}
    page = render_template("case_file_paper.html", contents=contents, chosen=chosen, spoken=language(), **shown, **alone)
    return make_response(page, 422 if problem else 200)


def _paper(sheet: str, known: Known, content: Mapping[str, Any], what: str) -> ResponseReturnValue:
    """Written down before it is made: nobody has a paper of which nobody knows."""
    desk().tracker.access.exported(desk().reader.account.id, known.files, what)
    try:
        made = pressed(sheet, content, at=known.hour)
    except NotPressed:
        return refusal(RuleBroken("paper_not_made"), 500)
    named = f'attachment; filename="{sheet.replace("_", "-")}-{known.number}-{known.position}-{content["lang"]}.pdf"'
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": named, "Content-Length": str(len(made))})
