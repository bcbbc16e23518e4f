"""The structured form of a report: made from what a line was understood as, or empty; and how it is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import request, url_for

from domain.casebook import Outcome
from domain.count import Count
from domain.moment import When
from domain.place import Place
from domain.provenance import Source
from domain.report import Report
from projections import reports
from web.desk import Desk
from web.entries.fields import Field, fields_of
from web.entries.forms import Form, Ids
from web.entries.forms import Record as Recorder
from web.entries.labels import hint, label
from web.entries.placing import key_of
from web.entries.reading import Filled
from web.entries.subject import Subject
from web.hotline.fitting import protest_proposed
from web.hotline.listening import Heard
from web.hotline.message import city_called, likeliest, listened, now_there
from web.hotline.one import received
from web.hotline.pieces import Piece
from web.hotline.recording import Message, record, split
from web.hotline.wording import line_of, people_in
from web.languages import language
from web.languages import translated as _
from web.telling import number

FORM = "report_form.html"
_OLDEST = timedelta(days=14)
"""How long after it was said a form may be sent and "an hour ago" still count from there."""


def report_fields(language: str) -> list[Field]:
    """What is asked about a report, in the order in which it is told."""
    told = {field.name: field for field in fields_of(Report.Received, language)}
    place = replace(told["place"], label=label("report.received", "place"), is_station=True)
    city = Field("city", "line", label("", "watched_city"))
    people = Field("people", "words", label("", "people_named"), hint("", "people_named"))
    origin = replace(told["place"], name="taken_from", label=label("detention.recorded", "place"), hint="", is_station=False)
    first = [city, place, told["count"], told["minors"], people, told["concerns"], told["when"]]
    return [*first, replace(origin, later=True), replace(told["protest"], later=True), told["words"]]


def said_at() -> datetime:
    """When what stands in the form was said: the minute its line came in. Nobody's clock but ours is asked."""
    now = datetime.now(UTC)
    asked = request.form.get("said_at", "")
    if not asked.isascii() or not asked.isdecimal() or len(asked) > 12:
        return now
    told = datetime.fromtimestamp(int(asked), UTC)
    return told if now - _OLDEST <= told <= now else now


def report_form(desk: Desk, said: datetime, city: Place | None, told: Heard | None = None) -> Form:
    """The form, for a line that was heard or from scratch."""
    known = told.city or city if told is not None else city
    return Form(
        _("What was understood") if told is not None else _("Record a report"),
        report_fields(language()),
        url_for("hotline.line", city=city.city if city is not None else None),
        submit=_("Save the report"),
        within=known,
        minted=("record",),
        template=FORM,
        more={"heard": told, "said_at": int(said.timestamp()), "moment_said": moment_said(desk, said, known)},
        said_at=said,
        is_hasty=True,
    )


def moment_said(desk: Desk, said: datetime, city: Place | None) -> str:
    """The hour at which it was said, on the clock of the place."""
    return desk.teller().when(now_there(city, said), language())


def filled_by(desk: Desk, told: Heard, city: Place | None, city_said: str) -> Filled:
    """The form filled with what was heard; places that may be several are offered, the likeliest one chosen."""
    known = told.city or city
    filled = Filled()
    filled.values = {
        "city": desk.tracker.gazetteer.city_name(known.city, language()) if known is not None and known.city else city_said,
        "count": _counted(told.count),
        "minors": _counted(told.minors),
        "when": str(told.when.words) if told.when is not None and told.when.words else "",
        "concerns": list(told.needs),
        "people": "\n".join(line_of(one, language()) for one in told.people),
        "words": told.line,
    }
    for name, piece in (("place", told.place), ("taken_from", told.origin)):
        _offer(filled, name, piece, known)
    origin = likeliest(told.origin, known) if told.origin is not None else None
    if known is not None and known.city is not None:
        fits = protest_proposed(desk.tracker, known.city, told.when, origin.place if origin is not None else None)
        filled.values["protest"] = str(fits or "")
    return filled


def _offer(filled: Filled, name: str, piece: Piece | None, city: Place | None) -> None:
    filled.values[name] = " ".join(piece.text.split()) if piece is not None else ""
    if piece is None:
        return
    chosen = likeliest(piece, city)
    filled.values[f"{name}.chosen"] = key_of(chosen.place) if chosen is not None else ""
    filled.values[f"{name}.asked"] = filled.values[name]
    if len(piece.candidates) != 1:  # of one alone the choice is made, and goes along unseen
        filled.places[name] = piece.candidates
        filled.cities[name] = city.city if city is not None else None


def _counted(count: Count | None) -> str:
    """In words that are read back as the same count."""
    if count is None:
        return ""
    return number(Count(count.low, count.high), language())


@dataclass(frozen=True, slots=True)
class Asked:
    """The city a form is about, as it was typed and as it was understood."""

    said: str
    place: Place | None


def city_asked(desk: Desk) -> Asked:
    """The city of the watch: in the address, in the form, or the account's own where it has one."""
    said = request.values.get("city", "")[:200].strip()
    cities = desk.reader.account.cities
    if not said and request.method != "POST" and len(cities) == 1:
        said = str(cities[0])
    place = city_called(desk.tracker, said, language())
    named = desk.tracker.gazetteer.city_name(place.city, language()) if place is not None and place.city else said
    return Asked(named if said.isdecimal() else said or named, place)


def recorder(desk: Desk, said: datetime, city: Asked) -> Recorder:
    """Records the form; back to the line for the next report, with this one's number."""

    def save(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        report = ids["record"]
        outcome = record(desk.tracker, desk.reader.account.id, source, report, _message(desk, facts, said, city))
        return outcome, next_line(report, city.place)

    return save


def next_line(report: UUID, city: Place | None) -> str:
    """Where the next report is taken."""
    return url_for("hotline.line", city=city.city if city is not None else None, last=report)


def _message(desk: Desk, facts: dict[str, Any], said: datetime, city: Asked) -> Message:
    people: Sequence[Any] = people_in(facts["people"] or "", said)
    place = facts["place"] or city.place
    if place is None and city.said:
        place = desk.tracker.geocoder.at_least(city.said)
    concerns = tuple(code for code in facts["concerns"] if code != "unknown")
    return Message(
        facts["words"] or "",
        facts["when"] or now_there(city.place, said),
        place,
        facts["protest"],
        facts["count"],
        facts["minors"],
        concerns,
        people,
        facts["taken_from"],
    )


def still_named(desk: Desk, about: Subject) -> str:
    """Whom the line of a report names, one a line, where nobody was told out of it yet and its line may be read."""
    said = received(about.history)
    with desk.tracker.views() as db:
        if reports.people_of(db, about.record.bytes):
            return ""
    line = about.history.teller.said(said.words)
    moment = about.history.told[0][1].timestamp
    told = listened(desk.tracker, line, about.within, moment, language())
    return "\n".join(line_of(one, language()) for one in told.people)


def splitter(desk: Desk, about: Subject) -> Recorder:
    """Tells the people of the form out of the report."""

    def save(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        said = received(about.history)
        people = people_in(facts["people"] or "", datetime.now(UTC))
        message = Message("", _unsealed(said.when), _placed(said.place), said.protest, people=people)
        account = desk.reader.account.id
        return split(desk.tracker, account, source, about.record, ids["command"], message), about.page

    return save


def _unsealed(when: When | None) -> When | None:
    """The same time without its words: they are sealed for the report, and open in no other record."""
    return when.told(None) if when is not None else None


def _placed(place: Place | None) -> Place | None:
    return replace(place, words=None) if place is not None else None
