"""The work list of coordinators: pairs of files that are likely of one person. Each is settled by somebody who says why."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.casebook import Outcome
from domain.errors import RuleBroken
from domain.provenance import Source
from domain.record import new_id
from domain.vocabulary.custody import IDENTIFIED_BY
from web.desk import Desk, desk
from web.entries.forms import minted, saved
from web.entries.problems import sentence
from web.entries.reading import LONGEST_WORDS, id_in
from web.entries.sealing import sealer
from web.languages import language
from web.likeness.listing import APART, OPEN, RULED_OUT, page_of, pair_of

likeness = Blueprint("likeness", __name__)


@likeness.get("/likely")
def pairs() -> str:
    """The pairs that nobody has settled, the likeliest first; those that are ruled out, and those told apart, on request."""
    which = request.args.get("list", OPEN)
    page = request.args.get("page", "")
    number = max(int(page), 1) if page.isdecimal() and len(page) < 7 else 1
    which = which if which in (RULED_OUT, APART) else OPEN
    return render_template("likely.html", which=which, page=page_of(desk(), which, number, language()), **_at_hand({}))


@likeness.post("/likely")
def settle() -> ResponseReturnValue:
    """Two files are of one person, or of two: recorded with how that is known, on to the list; or asked again (422)."""
    command = minted("command")
    one, other = (id_in(request.form.get(name, "")) or abort(400) for name in ("one", "other"))
    pair = pair_of(desk(), one, other, language())
    if pair is None:  # found to be one person, forgotten or withdrawn meanwhile, perhaps by this very form
        return redirect(url_for("likeness.pairs"), 303)
    try:
        outcome = _settled(desk(), one, other, command, request.form)
    except RuleBroken as refused:
        told = {"problem": sentence(refused), "pair": pair, **_at_hand(request.form), "command": lambda: command}
        return render_template("likely_pair.html", **told), 422
    return saved(desk(), outcome, url_for("likeness.pairs"))


def _settled(at: Desk, one: UUID, other: UUID, command: UUID, said: Mapping[str, str]) -> Outcome:
    """Raises RuleBroken `not_said_how` where nobody says how it is known, `words_too_long`."""
    words = said.get("words", "").replace("\r\n", "\n").strip()
    basis, casebook = said.get("basis", ""), at.tracker.casebook
    is_same = said.get("verdict") == "same"
    if (is_same and basis not in IDENTIFIED_BY) or (not is_same and not words):
        raise RuleBroken("not_said_how")
    if len(words) > LONGEST_WORDS:
        raise RuleBroken("words_too_long", longest=LONGEST_WORDS)
    sealed = sealer(at.tracker.vault, one, one)("words", words) if words else None
    entry = at.entry(Source("monitor"), command)
    if is_same:
        return casebook.find_to_be(entry, one, other=other, basis=basis, words=sealed)
    return casebook.tell_apart(entry, one, other=other, words=sealed)


def _at_hand(said: Mapping[str, str]) -> dict[str, object]:
    """What the forms of a page need: the ways in which it may be known, and what was said in the one that was refused."""
    bases = [(code, IDENTIFIED_BY.label(code, language())) for code in IDENTIFIED_BY.terms if code != "unknown"]
    return {"bases": bases, "said": said, "command": new_id, "longest": LONGEST_WORDS}
