"""The pages of the watch: addresses and what is asked of them, nothing else."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from domain.errors import RuleBroken
from domain.vocabulary.custody import RELEASE_KINDS
from domain.vocabulary.general import RELIABILITY, SOURCE_KINDS
from projections import who_is_inside
from web.desk import desk, moment
from web.entries.forms import minted
from web.entries.problems import refusal, sentence
from web.languages import language
from web.languages import translated as _
from web.watch import numbers
from web.watch.board import FLAGS, Board, Person, board_of, station_called
from web.watch.changes import changes_since
from web.watch.choosing import REFRESHED_EVERY, Watch, night_called, nights_to_choose, told_night
from web.watch.emptying import MOST_AT_ONCE, emptied, held_at
from web.watch.handover import HOURS, handover_of
from web.watch.letters import LETTERS, NotUnderstood, letter_of, recorded
from web.watch.undoing import last_entry, taken_back

watch = Blueprint("watch", __name__)

_NUMBER = "int(max=999999999)"
"""Of a town; the gazetteer cannot be asked for a larger one."""


@watch.get("/watch")
def board() -> ResponseReturnValue:
    """Who is inside tonight, or in another night."""
    return _board(Watch.read(request.args, desk()))


@watch.get("/watch/print")
def printed() -> ResponseReturnValue:
    """The whole board on paper. With names it leaves the installation, so it is noted as an export before it is shown."""
    chosen = Watch.read(request.args, desk())
    shown = board_of(desk(), chosen, language(), whole=True)
    _exported(shown)
    at = {
        "board": shown,
        "watch": chosen,
        "flags": flags(),
        "by": desk().reader.account.name,
        "now": moment(chosen.now.timestamp()),
    }
    return render_template("watch_print.html", told_night=told_night, **at)


@watch.post("/watch/<any(detentions):kind>/<uuid:record>/follow-up")
def follow_up(kind: str, record: UUID) -> ResponseReturnValue:
    """One letter about one person."""
    back = _back()
    chosen, typed = Watch.read(back, desk()), request.form.get("letter") or request.form.get("typed", "")
    with desk().tracker.views() as db:
        custody: Any = who_is_inside.one(db, record.bytes) or abort(404)
    try:
        letter, rest = letter_of(typed)
        outcome = recorded(desk(), custody, letter, rest, chosen.source, minted("command"))
    except NotUnderstood as problem:
        return _board(chosen, problem=(record, typed, str(problem)), status=422)
    except RuleBroken as refused:
        return _board(chosen, problem=(record, typed, sentence(refused)), status=422)
    is_shown = desk().tracker.catch_up(outcome)
    note = {"recorded": outcome.position} if outcome.new and is_shown else {"saved": "again" if not outcome.new else "later"}
    return redirect(_address(chosen, at=record, **note), 303)  # no fragment: with one, browsers focus no box


@watch.post("/watch/<any(detentions):kind>/<uuid:record>/undo")
def undo(kind: str, record: UUID) -> ResponseReturnValue:
    """Take back what one has just recorded by mistake."""
    chosen = Watch.read(_back(), desk())
    try:
        outcome = taken_back(desk(), record, request.form.get("version", ""), chosen.source, minted("command"))
    except RuleBroken as refused:
        return refusal(refused)
    desk().tracker.catch_up(outcome)
    return redirect(_address(chosen, at=record, undone="1"), 303)


@watch.route(f"/watch/stations/<{_NUMBER}:town>/<code>/released", methods=["GET", "POST"])
def release_all(town: int, code: str) -> ResponseReturnValue:
    """Everybody at a station was let go: whom it concerns, and whether that is meant."""
    back = _back() if request.method == "POST" else request.args
    chosen = Watch.read(back, desk())
    _must_know(town)
    station = _station(code)
    held = held_at(desk(), chosen, town, station, language())
    problem = ""
    if request.method == "POST":
        try:
            emptied(desk(), chosen, town, station, held, request.form)
        except RuleBroken as refused:
            problem = sentence(refused)
        else:
            return redirect(_address(chosen, saved="new"), 303)
    shown = {"held": held, "watch": chosen, "town": town, "code": code, "most": MOST_AT_ONCE, "problem": problem}
    kinds = [(kind, RELEASE_KINDS.label(kind, language())) for kind in RELEASE_KINDS]
    page = render_template(
        "watch_release.html", name=station_called(desk(), station, language()), kinds=kinds, back=_query(chosen), **shown
    )
    return make_response(page, 422 if problem else 200)


@watch.get("/watch/handover")
def handover() -> ResponseReturnValue:
    """The summary of a shift, as a page; with names it is meant to leave, so it is noted as an export."""
    return _handover("handover.html")


@watch.get("/watch/handover.txt")
def handover_text() -> ResponseReturnValue:
    """The same to copy."""
    answer = make_response(_handover("handover.txt"))
    answer.mimetype = "text/plain"
    return answer


@watch.get("/numbers/protests/<uuid:protest>")
def number_of_protest(protest: UUID) -> str:
    """How a protest's number came about."""
    return _number(numbers.of_protest(desk(), protest, language()) or abort(404), "")


@watch.get(f"/numbers/cities/<{_NUMBER}:city>")
def number_of_city(city: int) -> str:
    """How a city's number came about."""
    _must_know(city)
    return _number(numbers.of_city(desk(), city, language()), "")


@watch.get(f"/numbers/cities/<{_NUMBER}:city>/<night>")
def number_of_night(city: int, night: str) -> str:
    """How the number of a city and a night came about."""
    _must_know(city)
    return _number(numbers.of_night(desk(), city, night_called(night) or abort(404), language()), night)


@watch.get(f"/numbers/cities/<{_NUMBER}:city>/<night>/stations/<code>")
def number_of_station(city: int, night: str, code: str) -> str:
    """How the number of a station came about; "-" stands for counts that name none."""
    _must_know(city)
    return _number(numbers.of_station(desk(), city, night_called(night) or abort(404), _station(code), language()), night)


def _must_know(city: int) -> None:
    if city and desk().tracker.gazetteer.city(city) is None:
        abort(404)


def _station(code: str) -> str:
    """The station an address names; "-" stands for none."""
    if code == "-":
        return ""
    if desk().tracker.gazetteer.station(code) is None:
        abort(404)
    return code


def _number(found: numbers.HowCounted, night: str) -> str:
    return render_template("number.html", found=found, night=night)


def _board(chosen: Watch, *, problem: tuple[UUID, str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    only = _only()
    shown = board_of(desk(), chosen, language(), only=only)
    changes = None
    if chosen.seen and chosen.seen < shown.position:
        with desk().tracker.views() as db:
            changes = changes_since(desk(), db, chosen, chosen.seen, language())
    seen = chosen.seen or shown.position
    asked = request.args.get("recorded", "")
    page = render_template(
        "watch.html",
        board=shown,
        watch=chosen,
        changes=changes,
        letters=LETTERS,
        flags=flags(),
        sources=[(code, SOURCE_KINDS.label(code, language())) for code in SOURCE_KINDS],
        reliabilities=[(code, RELIABILITY.label(code, language())) for code in RELIABILITY],
        nights=nights_to_choose(chosen),
        told_night=told_night,
        back=_query(chosen),
        seen=seen,
        again=_address(chosen, seen=seen, auto="1", station=request.args.get("station"), only=request.args.get("only")),
        every=REFRESHED_EVERY,
        problem=problem,
        entry=last_entry(desk(), asked) if asked.isdecimal() and len(asked) < 16 else None,
        at=request.args.get("at", "") if problem is None else str(problem[0]),
        only=only,
        listed={person.detention for station in shown.stations for person in station.people},
        nobody=UUID(int=0),
        hours_of=_hours_of(),
        now=moment(chosen.now.timestamp()),
    )
    return make_response(page, status)


def flags() -> Mapping[str, str]:
    """What is told of somebody, in the words of the page."""
    told = {
        "ill": _("ill-treated"),
        "medical": _("needs a doctor"),
        "minor": _("minor"),
        "no_contact": _("no contact"),
        "refused": _("counsel refused"),
        "asked": _("counsel asked for"),
        "phone": _("phone taken"),
    }
    return {flag: told[flag] for flag in FLAGS}


def _hours_of() -> Callable[[int], str]:
    """How long, in hours and minutes; the sentence is looked up once for all the rows of a page."""
    told = _("%(hours)d h %(minutes)02d min", hours=1111, minutes=22).replace("1111", "{}").replace("22", "{:02}")
    return lambda seconds: told.format(seconds // 3600, seconds // 60 % 60)


def _only() -> tuple[int, str] | None:
    city, station = request.args.get("only", ""), request.args.get("station")
    return (int(city), "" if station == "-" else station) if station is not None and city.isdecimal() and len(city) < 10 else None


def _back() -> "MultiDict[str, str]":
    """The choice that a form was sent from, as it stood in the address of its page."""
    return MultiDict(parse_qsl(request.form.get("back", "")[:4000]))


def _query(chosen: Watch) -> str:
    return urlencode(chosen.query(), doseq=True)


def _address(chosen: Watch, **more: Any) -> str:
    return url_for("watch.board", **chosen.query(**more))


def _exported(shown: Board) -> None:
    people: list[Person] = [person for station in shown.stations for person in station.people]
    named = [person.person for person in people if person.name]
    if named:
        desk().tracker.access.exported(desk().reader.account.id, named, "watch")


def _handover(template: str) -> str:
    chosen = Watch.read(request.args, desk())
    hours = request.args.get("hours", "")
    found = handover_of(desk(), chosen, int(hours) if hours in map(str, HOURS) else None, language())
    _exported(found.board)
    return render_template(template, handover=found, watch=chosen, flags=flags(), hours=HOURS, told_night=told_night)
