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
from web.desk import desk
from web.entries.problems import GONE, refusal, sentence
from web.languages import language
from web.papers import contents
from web.papers.case_file import content_of
from web.papers.known import Known, known_of
from web.papers.press import NotPressed, pressed

papers = Blueprint("papers", __name__)


@papers.get("/people/<uuid:person>/paper")
def case_file(person: UUID) -> ResponseReturnValue:
    """What the paper is to hold, and in which language."""
    return _form(person, request.args.get("position", ""))


@papers.post("/people/<uuid:person>/paper", endpoint="case_file_made")
def case_file_made(person: UUID) -> ResponseReturnValue:
    """The case file as a PDF."""
    if desk().tracker.vault.is_locked:
        return refusal(RuleBroken("vault_locked"), 503)
    try:
        wanted = contents.typed(request.form)
        known = known_of(desk(), person, wanted.position) or abort(404)
    except RuleBroken as refused:
        if refused.code == "person_forgotten":
            return refusal(refused, GONE)
        return _form(person, request.form.get("position", ""), problem=sentence(refused), status=422)
    with force_locale(wanted.spoken):
        return _paper("case_file", known, content_of(desk(), known, wanted), "case_file")


def _form(person: UUID, position: str, *, problem: str = "", status: int = 200) -> ResponseReturnValue:
    try:
        known = known_of(desk(), person) or abort(404)
    except RuleBroken as refused:
        return refusal(refused, GONE)
    shown = {"known": known, "position": position, "problem": problem, "spoken": language()}
    chosen = contents.Contents().chosen
    return make_response(render_template("case_file_paper.html", contents=contents, chosen=chosen, **shown), status)


def _paper(sheet: str, known: Known, content: Mapping[str, Any], what: str) -> ResponseReturnValue:
    """Written down before it is made: nobody has a paper of which nobody knows."""
    desk().tracker.access.exported(desk().reader.account.id, known.files, what)
    try:
        made = pressed(sheet, content, at=known.recorded)
    except NotPressed:
        return refusal(RuleBroken("paper_not_made"), 500)
    named = f'attachment; filename="{sheet.replace("_", "-")}-{known.number}-{known.position}-{content["lang"]}.pdf"'
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": named, "Content-Length": str(len(made))})
