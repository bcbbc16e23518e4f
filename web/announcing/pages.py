"""The pages of what is announced: addresses and what is asked of them, nothing else."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.errors import RuleBroken
from domain.provenance import Source
from domain.record import new_id
from domain.tally import tally_of
from domain.vocabulary.publications import HOLDING_REASONS
from projections.days import month_of
from web.announcing.listing import (
    Number,
    announced_to,
    day_in,
    held_rows,
    month_shown,
    months_of,
    number_of_day,
    number_of_protest,
    rows_of,
)
from web.desk import desk
from web.entries.forms import minted, saved
from web.entries.problems import refusal
from web.languages import language
from web.maps.period import month_in, month_text, month_told
from web.publishing.announced import kept
from web.publishing.feed_entries import FeedEntry, feed_entries
from web.publishing.feeds import PER_FILE, Feed, written
from web.publishing.tallies import UNKNOWN
from web.publishing.wording import day_text

announcing = Blueprint("announcing", __name__, url_prefix="/announced")
_MEDIA = {"atom": "application/atom+xml", "json": "application/feed+json"}


@announcing.get("")
def days() -> str:
    """The days of one month, each city's number, and all that is held back."""
    known = announced_to(desk())
    asked = request.args.get("month", "").strip()
    wanted = month_in(asked) if asked and asked != "undated" else None
    month = UNKNOWN if asked == "undated" else month_shown(known, wanted)
    return render_template(
        "announced.html",
        month=month_told(month) if month != UNKNOWN else "",
        months=[(month_text(one) if one else "undated", month_told(one) if one else "") for one in months_of(known)],
        shown=month_text(month) if month else "undated",
        rows=rows_of(desk(), known, month, language()),
        held=held_rows(desk(), known, language()),
        other=asked if wanted is None and asked not in ("", "undated") else "",
        is_inside=not desk().reader.role.is_outside,
        is_unknown=known.tallies.held.is_all,
        position=known.position,
        as_of=known.as_of,
    )


@announcing.get("/cities/<int(max=2147483647):city>/<day>")
def day(city: int, day: str) -> str:
    """The number of a city's day, what it was before and why, and its protests."""
    date = day_in(day) or abort(404)
    found = number_of_day(desk(), city, date, language()) or abort(404)
    return _number_page(found)


@announcing.get("/protests/<uuid:protest>")
def protest(protest: UUID) -> str:
    """The same of one protest."""
    found = number_of_protest(desk(), protest, language()) or abort(404)
    return _number_page(found)


@announcing.post("/held-back")
def hold_back() -> ResponseReturnValue:
    """Hold the number back."""
    entry = desk().entry(Source("unknown"), minted("command"))
    what, page = _what()
    because = request.form.get("because", "")
    try:
        if because not in HOLDING_REASONS:
            raise RuleBroken("missing_holding_reason")
        _must_be_known(what)
        return saved(desk(), desk().tracker.casebook.hold_back(entry, **what, because=because), page)
    except RuleBroken as refused:
        return refusal(refused, back=page)


@announcing.post("/let-go")
def let_go() -> ResponseReturnValue:
    """Tell it again."""
    entry = desk().entry(Source("unknown"), minted("command"))
    what, page = _what()
    try:
        return saved(desk(), desk().tracker.casebook.let_go(entry, tally_of(**what)), page)
    except RuleBroken as refused:
        return refusal(refused, back=page)


@announcing.get("/feed.<any(atom, json):form>")
def feed(form: str) -> Response:
    """New and corrected records, as outside, one file at a time: `after` is how many newer ones there are."""
    known = kept(desk(), is_outside=True)
    entries = feed_entries(known, desk().tracker.gazetteer, language())
    said = request.args.get("after", "0")
    first = int(said) if said.isdecimal() and len(said) < 9 else 0
    more = first + PER_FILE < len(entries)
    following = url_for("announcing.feed", form=form, after=first + PER_FILE, _external=True) if more else None
    own = url_for("announcing.feed", form=form, after=first or None, _external=True)
    home = url_for("announcing.days", _external=True)
    content = written(form, Feed(known.origin, language(), "", home, _on_page), entries[first : first + PER_FILE], own, following)
    return Response(content, mimetype=_MEDIA[form])


def _on_page(entry: FeedEntry) -> str:
    if entry.about == "protest" and entry.state != "withdrawn":
        return url_for("announcing.protest", protest=entry.record, _external=True)
    if entry.about == "tally" and entry.day % 100:
        return url_for("announcing.day", city=entry.city, day=day_text(entry.day), _external=True)
    month = month_of(entry.day)
    return url_for("announcing.days", month=month_text(month) if month else "undated", _external=True)


def _number_page(found: Number) -> str:
    return render_template(
        "announced_number.html", found=found, reasons=_reasons(), command=new_id(), is_inside=not desk().reader.role.is_outside
    )


def _reasons() -> list[tuple[str, str]]:
    return [(code, HOLDING_REASONS.label(code, language())) for code in HOLDING_REASONS]


def _must_be_known(what: dict[str, Any]) -> None:
    """Raises RuleBroken `no_such_number` for a city's day of which nothing was ever recorded: held back, it would have no page to
    let it go from."""
    if "day" in what and number_of_day(desk(), what["city"], what["day"], language()) is None:
        raise RuleBroken("no_such_number")


def _what() -> tuple[dict[str, Any], str]:
    """What a form is about, and the page of it."""
    protest = request.form.get("protest", "")
    if protest:
        try:
            number = UUID(protest)
        except ValueError:
            abort(404)
        return {"protest": number}, url_for("announcing.protest", protest=number)
    city, date = request.form.get("city", ""), day_in(request.form.get("day", ""))
    if not city.isdecimal() or len(city) > 10 or not 0 < int(city) < 2**31 or date is None:
        abort(404)
    return {"city": int(city), "day": date}, url_for("announcing.day", city=int(city), day=date.isoformat())
