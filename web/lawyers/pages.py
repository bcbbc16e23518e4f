"""The pages of the blueprint: addresses and what is asked of them, nothing else."""

from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.errors import RuleBroken
from domain.record import new_id
from domain.vocabulary.people import CONSENT_SCOPES
from web.desk import desk
from web.entries.forms import answered, minted, saved
from web.entries.offers import OFFERS
from web.entries.problems import GONE, refusal, sentence
from web.languages import language
from web.lawyers import proceedings
from web.lawyers.by_time_left import SHOWS, time_left
from web.lawyers.case_file import case_file_of
from web.lawyers.chronicle import Asked
from web.lawyers.consent import withdraw_consent
from web.lawyers.difference import difference_of
from web.lawyers.known_on import LONGEST, Known, at_present, known_on, told_on
from web.lawyers.one_case import case_of
from web.lawyers.people import people_page
from web.monitors.forms import file_of
from web.telling.clock_words import NOT_ADVICE

lawyers = Blueprint("lawyers", __name__)


@lawyers.get("/desk")
def by_time_left() -> str:
    """One's own people, by the time left."""
    left = time_left(desk(), desk().reader.account.id, _shows(), _page(), language())
    return render_template("by_time_left.html", left=left, of="")


@lawyers.get("/lawyers/<uuid:account>/desk")
def desk_of(account: UUID) -> str:
    """The same of a colleague, for whoever may give files and take them."""
    of = desk().tracker.vault.accounts.names().get(account) or abort(404)
    return render_template("by_time_left.html", left=time_left(desk(), account, _shows(), _page(), language()), of=of)


def _shows() -> str:
    asked = request.args.get("shows", "")
    return asked if asked in SHOWS else ""


def _page() -> int:
    asked = request.args.get("page", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 1


@lawyers.get("/people")
def people() -> str:
    """The people on record, latest first. No name stands in any address; the search by name is by POST."""
    before = request.args.get("before", "")
    page = people_page(desk(), int(before) if before.isdecimal() and len(before) < 16 else None, language())
    return render_template("people.html", page=page)


@lawyers.get("/people/<uuid:person>")
def case_file(person: UUID) -> ResponseReturnValue:
    """One person's file, with the files found to be of the same person, as known now or `on` a date or at a position."""
    known, problem = _known("on")
    shown = case_file_of(desk(), person, language(), known, Asked.read_from(request.args)) or abort(404)
    page = render_template(
        "case_file.html",
        file=shown,
        offers=OFFERS,
        command=new_id,
        problem=problem,
        longest=LONGEST,
        told_on=told_on(known),
        not_advice=NOT_ADVICE[language() == "ru"],
    )
    return page, 422 if problem else 200


@lawyers.get("/people/<uuid:person>/difference")
def difference(person: UUID) -> ResponseReturnValue:
    """What changed in a person's file between two dates or positions; without the second, until now."""
    (before, problem), (after, another) = _known("from"), _known("to")
    if not problem and not another and _is_later(before, after):
        before, after = after, before
    shown = difference_of(desk(), person, before, after, language()) or abort(404)
    page = render_template(
        "difference.html", shown=shown, problem=problem or another, longest=LONGEST, before=told_on(before), after=told_on(after)
    )
    return page, 422 if problem or another else 200


def _known(name: str) -> tuple[Known, str]:
    """What the address asks for under a name; the present, and a sentence, where it is not understood."""
    try:
        return known_on(desk(), request.args.get(name, "")), ""
    except RuleBroken as refused:
        return at_present(), sentence(refused)


def _is_later(one: Known, other: Known) -> bool:
    return other.is_past and (not one.is_past or (one.position or 0) > (other.position or 0))


@lawyers.get("/proceedings/<uuid:proceeding>")
def proceeding(proceeding: UUID) -> str:
    """A case by itself, with those of its defendants whose files the reader may open."""
    shown = case_of(desk(), proceeding, language(), Asked.read_from(request.args)) or abort(404)
    return render_template("proceeding.html", case=shown, offers=OFFERS, not_advice=NOT_ADVICE[language() == "ru"])


@lawyers.route("/people/<uuid:person>/proceedings/new", methods=["GET", "POST"])
def new_proceeding(person: UUID) -> ResponseReturnValue:
    """Record a case against somebody who has a file; whoever else is in it is added to it."""
    back = file_of(desk(), person) or abort(404)
    if desk().tracker.casebook.is_forgotten(person):
        return refusal(RuleBroken("person_forgotten"), GONE)
    return answered(proceedings.form(desk(), person, back), desk(), proceedings.record(desk(), person, back))


@lawyers.post("/people/<uuid:person>/consent/<scope>/withdraw")
def consent(person: UUID, scope: str) -> ResponseReturnValue:
    """Consent to this no longer holds, from now on."""
    if scope not in CONSENT_SCOPES:
        abort(404)
    if desk().tracker.casebook.is_forgotten(person):
        return refusal(RuleBroken("person_forgotten"), GONE)
    try:
        outcome = withdraw_consent(desk(), person, scope, minted("command"))
    except RuleBroken as refused:
        return refusal(refused, 404 if refused.code == "no_such_record" else 422)
    return saved(desk(), outcome, url_for("lawyers.case_file", person=person))
