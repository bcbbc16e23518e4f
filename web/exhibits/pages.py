"""The pages of the blueprint: the form for an exhibit, its page, its working copy and its original."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from domain.errors import RuleBroken
from projections import exhibits as view
from web.access.guard import may
from web.desk import desk
from web.entries.offers import OFFERS
from web.entries.problems import GONE, refusal
from web.entries.subject import subject
from web.exhibits.copying import PICTURES, working_copy
from web.exhibits.depositing import deposit_answered
from web.exhibits.forms_of_files import ending_of
from web.exhibits.one import one_exhibit, original_of
from web.exhibits.originals import Condition, Original, OriginalRefused
from web.telling import short_id

exhibits = Blueprint("exhibits", __name__)

NOT_WHOLE = 409
"""The answer where the original is not what was deposited: nothing of it is shown."""


@exhibits.route("/<any(protests,detentions,people,incidents):kind>/<uuid:record>/exhibits/new", methods=["GET", "POST"])
def deposit(kind: str, record: UUID) -> ResponseReturnValue:
    """Take in a file or a link that bears out this record."""
    about = subject(desk(), kind, record)
    if about.forgotten:
        return refusal(RuleBroken("person_forgotten"), GONE)
    return deposit_answered(desk(), about)


@exhibits.get("/exhibits/<uuid:exhibit>")
def page(exhibit: UUID) -> str:
    """One exhibit, and through whose hands it went."""
    shown = one_exhibit(desk(), exhibit, with_acts=may("coordinators.readers")) or abort(404)
    return render_template("exhibit.html", exhibit=shown, offers=OFFERS["exhibits"].values())


@exhibits.get("/exhibits/<uuid:exhibit>/copy", endpoint="working_copy")
def working_copy_shown(exhibit: UUID) -> ResponseReturnValue:
    """A picture, smaller and with nothing in it but itself; written down before it is shown."""
    row, original = _found(exhibit)
    if row.media not in PICTURES:
        abort(404)
    try:
        content = b"".join(desk().tracker.originals.read(original))
    except OriginalRefused as refused:
        return _refused(refused)
    copy = working_copy(content) or abort(404)
    _written_down(original, "viewed")
    named = {"Content-Disposition": f'inline; filename="exhibit-{short_id(exhibit)}.jpg"'}
    return Response(copy, mimetype="image/jpeg", headers=named)


@exhibits.get("/exhibits/<uuid:exhibit>/original")
def original(exhibit: UUID) -> ResponseReturnValue:
    """The file as it was deposited, byte for byte: never shown, always a download; written down before the first byte leaves."""
    row, found = _found(exhibit)
    try:
        content = desk().tracker.originals.read(found)
    except OriginalRefused as refused:
        return _refused(refused)
    _written_down(found, "exported")
    named = {
        "Content-Disposition": f'attachment; filename="exhibit-{short_id(exhibit)}.{ending_of(row.media)}"',
        "Content-Length": str(found.size),
    }
    return Response(content, mimetype="application/octet-stream", headers=named)


def _found(exhibit: UUID) -> tuple[Any, Original]:
    if desk().tracker.casebook.is_forgotten(exhibit):
        abort(404)
    with desk().tracker.views() as db:
        row = view.one(db, exhibit.bytes)
    found = original_of(row) if row is not None else None
    return row, found or abort(404)


def _refused(refused: OriginalRefused) -> ResponseReturnValue:
    match refused.condition:
        case Condition.LOCKED:
            return refusal(RuleBroken("vault_locked"), 503)
        case Condition.FORGOTTEN:
            abort(404)
    return refusal(RuleBroken("exhibit_not_whole"), NOT_WHOLE)


def _written_down(original: Original, how: str) -> None:
    person = original.owner if original.owner != original.exhibit else None
    desk().tracker.access.exhibit_opened(desk().reader.account.id, original.exhibit, person, how)
