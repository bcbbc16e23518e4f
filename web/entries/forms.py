"""A form from its address to its record: shown, read, refused with everything kept, or recorded and on to the page that shows it.

The ids of what is to be recorded are minted with the form and lie in it, so that a form sent twice is recorded once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from operator import itemgetter
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from domain.casebook import Outcome
from domain.errors import RuleBroken
from domain.place import Place
from domain.provenance import Source
from domain.record import new_id
from domain.vocabulary import Vocabulary
from domain.vocabulary.stations import PLACE_KINDS
from web.access.guard import may
from web.desk import HOME_COUNTRY, Desk
from web.entries.fields import CHANGE_BECAUSE, Field, source_fields
from web.entries.labels import hint, label
from web.entries.meanwhile import Meanwhile
from web.entries.new_source import put_on_file
from web.entries.pickers import with_lists
from web.entries.placing import NEW, SPELLING, UNPLACED, key_of
from web.entries.reading import Filled, Kept, Reading, id_in
from web.languages import language
from web.stations.wanted import Wanted, record_wanted
from web.telling import country_name

Ids = Mapping[str, UUID]
Record = Callable[[dict[str, Any], Source, Ids], tuple[Outcome, str]]
"""Records what was read, under the ids minted with the form; returns the outcome and the page that shows it."""


class Unsettled(Exception):
    """Something is to be asked first: `question` is shown with the form, everything kept."""

    def __init__(self, question: Any) -> None:
        super().__init__()
        self.question = question


_AT_FIELD = {
    "missing_reason": "because",
    "missing_scope": "scopes",
    "consent_contradicts_itself": "scopes",
    "waiver_unclear": "waived_by",
    "missing_category": "categories",
    "more_minors_than_people": "minors",
    "same_record": "other",
    "nothing_deposited": "file",
    "exhibit_too_large": "file",
    "exhibit_file_gone": "file",
    "exhibit_on_file": "again",
    "nobody_says_so": "source_kind",
    "times_exchanged": "said_until",
    "no_such_hearing": "hearing",
    "defendant_already": "others",
}


@dataclass(frozen=True)
class Form:
    """What is asked, and how. `first` is what stands in it at first, `kept` what unchanged fields go on saying."""

    title: Any
    fields: Sequence[Field]
    back: str
    intro: str = ""
    submit: str = ""
    within: Place | None = None
    minted: Sequence[str] = ("command",)
    first: Mapping[str, Any] = field(default_factory=dict)
    kept: Mapping[str, Kept] = field(default_factory=dict)
    before: Sequence[str] = ()
    """Sentences shown above the form: what the entry says that is to be changed."""
    asks: Callable[[Mapping[str, Any], Ids], None] | None = None
    """Raises Unsettled for what is to be asked once before anything is recorded."""
    template: str = "form.html"
    more: Mapping[str, Any] = field(default_factory=dict)
    """What else that template shows."""
    said_at: datetime | None = None
    """When what stands in the form was said, where that was not just now: "an hour ago" counts from there."""
    is_hasty: bool = False
    """Whether a place nobody has chosen among several keeps its words instead of keeping the form from being recorded."""
    carried: Mapping[str, str] = field(default_factory=dict)
    """What is sent along with the form as it was shown."""
    about: UUID | None = None
    """The record that is added to or changed, for a page that tells what others recorded of it meanwhile."""
    read: int | None = None
    """How many entries that record had when the form was opened."""
    meanwhile: Meanwhile | None = None
    """What others changed since, where the form comes back for that."""
    action: str = ""
    """Where it is sent, "" for where it was opened."""


def answered(form: Form, desk: Desk, record: Record, posted: MultiDict[str, str] | None = None) -> ResponseReturnValue:
    """The form, or the form again with what is wrong (422), or on to the page that shows what was recorded (303).

    `posted` is what was sent, where it is not read as it came. RuleBroken `changed_meanwhile` is the caller's to answer.
    """
    if request.method != "POST":
        ids = {name: new_id() for name in form.minted}
        return shown(form, desk, Filled(dict(form.first)), ids)
    ids = {name: minted(name) for name in form.minted}
    reading = _reading(form, desk, posted or request.form)
    facts, source = reading.facts(form.fields), reading.source()
    reading.filled.problems |= form.meanwhile.unsettled if form.meanwhile is not None else {}
    if not reading.filled.problems:
        try:
            if form.asks is not None:
                form.asks(facts, ids)
            for wanted in reading.wanted:
                _record_station(desk, wanted, source)
            outcome, page = record(facts, put_on_file(desk, source, reading.new_source), ids)
        except Unsettled as first:
            return shown(form, desk, reading.filled, ids, first.question), 422
        except RuleBroken as refused:
            if refused.code == "changed_meanwhile":
                raise
            reading.filled.refuse(refused, _field_of(refused, form.fields))
        else:
            return saved(desk, outcome, page, (form.about, form.read) if form.about is not None else None)
    return shown(form, desk, reading.filled, ids), 422


def _record_station(desk: Desk, wanted: Wanted, source: Source) -> None:
    """A station or a spelling that the form told of. Raises RuleBroken `not_yours` for a reader who may not add any."""
    if not may("entries.add", kind="stations", name="spelling-added"):
        raise RuleBroken("stations_not_yours")
    record_wanted(desk.tracker, wanted, desk.reader.account.id, source)


def _reading(form: Form, desk: Desk, posted: MultiDict[str, str]) -> Reading:
    return Reading(
        desk.tracker,
        posted,
        within=form.within,
        kept=form.kept,
        said_at=form.said_at,
        is_hasty=form.is_hasty,
        names_sources=desk.reader.names_sources,
    )


def shown_again(form: Form, desk: Desk, posted: MultiDict[str, str]) -> ResponseReturnValue:
    """The form as it was sent, for somebody to look at what others changed meanwhile (409)."""
    reading = _reading(form, desk, posted)
    reading.facts(form.fields), reading.source()
    reading.filled.problems |= form.meanwhile.unsettled if form.meanwhile is not None else {}
    return shown(form, desk, reading.filled, {name: minted(name) for name in form.minted}), 409


def saved(desk: Desk, outcome: Outcome, page: str, since: tuple[UUID, int | None] | None = None) -> ResponseReturnValue:
    """On to the page that shows it, once it does. `since` is the record and how many entries it had when the form was opened:
    the page tells what others recorded of it meanwhile.
    """
    is_shown = desk.tracker.catch_up(outcome)
    note = ("new" if is_shown else "later") if outcome.new else "again"
    mark = f"#entry-{outcome.position}" if outcome.new else ""
    person = id_in(page) if page.startswith("/people/") else None
    if person is not None and not desk.may_see(person):
        page, note, mark = url_for("monitors.overview"), "elsewhere", ""  # a release of last year, entered by a monitor
    meanwhile = ""
    if since is not None and outcome.new and note != "elsewhere":
        meanwhile = f"&record={since[0]}&read={since[1] or 0}&at={outcome.position}"
    return redirect(f"{page}{'&' if '?' in page else '?'}saved={note}{meanwhile}{mark}", 303)


def shown(form: Form, desk: Desk, filled: Filled, ids: Ids, question: Any = None) -> str:
    """The page with the form, filled so far."""
    fields = with_lists(form.fields, desk, filled)
    sources = with_lists(source_fields(language(), on_file=desk.reader.names_sources), desk, filled)
    order = [field.name for field in [*fields, *sources]]
    filled.problems = dict(sorted(filled.problems.items(), key=lambda one: order.index(one[0]) if one[0] in order else -1))
    parts = {
        "asked": [field for field in fields if not field.later],
        "later": [field for field in fields if field.later],
        "sources": sources,
        "labels": {field.name: field.label for field in [*fields, *sources]},
    }
    named = {"label": label("", "origin.name"), "hint": hint("", "origin.name"), "id": filled.new_source_id()}
    at_hand: dict[str, Any] = {"new_source": named}
    at_hand |= {"key_of": key_of, "abroad": _abroad, "unplaced": UNPLACED, "new": NEW, "spelling": SPELLING}
    at_hand |= {  # what the choice of a place needs
        "stations_of": partial(_stations, desk),
        "place_kinds": _coded(PLACE_KINDS),
        "station_id": new_id,
        "city_of": partial(_city, desk),
    }
    return render_template(form.template, form=form, filled=filled, ids=ids, question=question, **parts, **at_hand, **form.more)


def _stations(desk: Desk, city: int | None) -> list[tuple[str, str]]:
    """The stations of a city, or all there are, to choose one from."""
    gazetteer, told = desk.tracker.gazetteer, language()
    if city is not None:
        return sorted(((one.code, one.name(told)) for one in gazetteer.stations_of(city)), key=itemgetter(1))
    every = gazetteer.stations.all()
    return sorted(((one.code, f"{gazetteer.city_name(one.city, told)}: {one.name(told)}") for one in every), key=itemgetter(1))


def _city(desk: Desk, city: int | None) -> str:
    return desk.tracker.gazetteer.city_name(city, language()) if city is not None else ""


def _coded(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    return [(code, vocabulary.label(code, language())) for code in vocabulary]


def _abroad(place: Place) -> str:
    """The country of a place that is offered for choice, "" for the usual one."""
    return country_name(place.country, language()) if place.country and place.country != HOME_COUNTRY else ""


def minted(name: str) -> UUID:
    """The id minted with the form. Of version 7 as we make them; anything else was not made by us."""
    try:
        found = UUID(request.form.get(name, ""))
    except ValueError:
        abort(400)
    if found.version != 7:
        abort(400)
    return found


def _lacks_its_own_reason() -> bool:
    return request.form.get("because") == "other" and not request.form.get("words", "").strip()


def _field_of(refused: RuleBroken, fields: Sequence[Field]) -> str:
    known = {field.name for field in fields}
    name = _AT_FIELD.get(refused.code, "")
    if refused.code == "missing_reason" and CHANGE_BECAUSE in known and not _lacks_its_own_reason():
        name = CHANGE_BECAUSE
    if refused.code == "no_such_record":
        people = next((one for one in ("person", "others") if one in known), "other")
        name = "protest" if refused.values.get("kind") == "protest" else people
    return name if name in known else ""
