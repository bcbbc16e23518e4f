"""Corrections and withdrawals: the entry as it stands, and how its restated facts and its reason are sealed and recorded."""

from dataclasses import replace
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from domain.casebook import Outcome
from domain.facts import facts_of
from domain.provenance import Source
from domain.record import Record
from web.access.guard import may
from web.desk import Desk
from web.entries.forms import Ids, minted
from web.entries.forms import Record as Recorder
from web.entries.sealing import sealed_facts, sealed_source
from web.entries.subject import Subject


def standing_entry(about: Subject, version: int) -> Any:
    """The entry with this version as it stands today; None for what is no entry or was taken back."""
    told = [(position, event) for position, event in about.history.told if event.originator_version == version]
    if not told or isinstance(told[0][1], Record.Correction | Record.Withdrawal):
        return None
    position, event = told[0]
    _, change = about.history.changes.get(position, (position, None))
    if isinstance(change, Record.Withdrawal):
        return None
    return change.restated if isinstance(change, Record.Correction) else event


def first_told(about: Subject, version: int) -> Record.Event:
    """The entry with this version as whoever entered it told it, whatever became of it."""
    return next(event for _, event in about.history.told if event.originator_version == version)


def sent_again(desk: Desk, about: Subject) -> ResponseReturnValue | None:
    """On to the page, where this very form has withdrawn the entry already; None where something else has."""
    if request.method != "POST":
        return None
    command = minted("command")
    if command not in desk.tracker.casebook.standing(about.record_class, about.record).commands:
        return None
    return redirect(f"{about.page}?saved=again", 303)


def corrected(desk: Desk, about: Subject, entry: Record.Event, version: int) -> Recorder:
    """Records the correction of an entry; facts that the form does not ask for stay as they were."""

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        because, words = facts.pop("because"), facts.pop("reason_words")
        restated = {name: getattr(entry, name) for name in facts_of(type(entry))} | facts
        seal = about.seal(desk)
        if seal is not None:
            restated, source = sealed_facts(type(entry), restated, seal), sealed_source(source, seal)
            words = seal("reason", words) if words else None
        given = desk.entry(source, ids["command"])
        casebook, kind = desk.tracker.casebook, about.record_class
        return casebook.correct(kind, given, about.record, version, restated, because=because, words=words), about.page

    return record


def placed(desk: Desk, about: Subject, entry: Any, version: int) -> Recorder:
    """Records where an entry was: its own words stay, those by which it was placed are the reason's."""

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        place, told = facts["place"], entry.place.words if entry.place is not None else None
        restated = facts | {"place": replace(place, words=told if told is not None else place.words)}
        reason = None if told is None or told == place.words else place.words
        whole = restated | {"because": "new_information", "reason_words": reason}
        outcome, _ = corrected(desk, about, entry, version)(whole, source, ids)
        return outcome, url_for("stations.unplaced") if may("stations.unplaced") else about.page

    return record


def withdrawn(desk: Desk, about: Subject, version: int) -> Recorder:
    """Records the withdrawal of an entry."""

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        words, seal = facts["reason_words"], about.seal(desk)
        if seal is not None:
            source = sealed_source(source, seal)
            words = seal("reason", words) if words else None
        given, because = desk.entry(source, ids["command"]), facts["because"]
        casebook, kind = desk.tracker.casebook, about.record_class
        return casebook.withdraw(kind, given, about.record, version, because=because, words=words), about.page

    return record
