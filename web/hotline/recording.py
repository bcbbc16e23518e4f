"""From what a report says to the Casebook: the line under a key of its own, whoever it names each in a file of their own.

The page, the structured form, intake bots and lines that were written offline all end here, so all of them record alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from domain.casebook import Held, Outcome
from domain.casebook.reports import Told
from domain.count import Count
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.moment import When
from domain.person import Person
from domain.place import Place, Precision
from domain.provenance import Entry, Source
from domain.record import new_id
from domain.report import Report
from web.entries.sealing import Seal, sealed_facts, sealed_source, sealers
from web.hotline.listening import Somebody
from web.wiring import Tracker


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be recorded. `words` are the whole line; `taken_from` where the people named were detained."""

    words: str
    when: When | None = None
    place: Place | None = None
    protest: UUID | None = None
    count: Count | None = None
    minors: Count | None = None
    concerns: tuple[str, ...] = ()
    people: Sequence[Somebody] = ()
    taken_from: Place | None = None


def record(tracker: Tracker, account: UUID, source: Source, report: UUID, message: Message) -> Outcome:
    """Keep a report, and open a detention and a file for everybody it names. Its id is the command's as well: twice is once.

    Raises RuleBroken: `vault_locked`, and what the record itself refuses.
    """
    if _is_recorded(tracker, report, report):
        return Outcome(tracker.log.last(), new=False)
    ids = [(new_id(), new_id()) for _ in message.people]
    seal_for = sealers(tracker.vault, [report, *(person for _, person in ids)])
    seal = seal_for(report, report)
    told = {name: getattr(message, name) for name in ("when", "place", "protest", "count", "minors")}
    facts = {**told, "concerns": message.concerns or ("unknown",), "words": message.words or None}
    entry = Entry(account, sealed_source(source, seal), report)
    held = [
        _held(one, detention, person, message, seal_for) for one, (detention, person) in zip(message.people, ids, strict=True)
    ]
    return tracker.casebook.receive_report(entry, report, held=held, **sealed_facts(Report.Received, facts, seal))


def split(tracker: Tracker, account: UUID, source: Source, report: UUID, command: UUID, message: Message) -> Outcome:
    """Tell further people out of a report: `message` holds them, and what the report says of place, time and protest."""
    if _is_recorded(tracker, report, command):
        return Outcome(tracker.log.last(), new=False)
    ids = [(new_id(), new_id()) for _ in message.people]
    seal_for = sealers(tracker.vault, [report, *(person for _, person in ids)])
    entry = Entry(account, sealed_source(source, seal_for(report, report)), command)
    held = [
        _held(one, detention, person, message, seal_for) for one, (detention, person) in zip(message.people, ids, strict=True)
    ]
    return tracker.casebook.split_report(entry, report, held=held)


def is_on_record(tracker: Tracker, report: UUID) -> bool:
    """Whether the record has this report."""
    return _is_recorded(tracker, report, report)


def _is_recorded(tracker: Tracker, report: UUID, command: UUID) -> bool:
    """Asked before keys are made, so that a line sent twice leaves none that belong to nobody."""
    try:
        return command in tracker.casebook.standing(Report, report).commands
    except RuleBroken:
        return False


def _held(one: Somebody, detention: UUID, person: UUID, message: Message, seal_for: Any) -> Held:
    seal, seal_name = seal_for(person, detention), seal_for(person, person)
    place = _without_words(message.place)
    facts = sealed_facts(
        Detention.Recorded,
        {
            "when": message.when,
            "place": message.taken_from or _city_of(message.place),
            "protest": message.protest,
            "minor": "yes" if one.minor else "unknown",
        },
        seal,
    )
    name = sealed_facts(Person.Named, {"name": one.name}, seal_name)["name"] if one.name else None
    when = _sealed(message.when, seal)
    told: list[Told] = []
    if message.place is not None and _may_be_a_station(message.place):
        words = message.place.words
        at = replace(place, words=seal("place", words)) if place is not None and isinstance(words, str) else place
        told.append(partial(Detention.deliver, when=when, place=at))
    told += _needs(one.needs, when)
    return Held(detention, person, name, "full", facts, told)


def _may_be_a_station(place: Place) -> bool:
    """A known station, or words that name one nobody has on the map."""
    return place.precision is Precision.STATION or (place.precision in (Precision.CITY, Precision.UNKNOWN) and bool(place.words))


def _needs(needs: Iterable[str], when: When | None) -> list[Told]:
    """What happened to somebody is an entry of its own; what is needed or feared and has none is a concern raised."""
    asked = list(dict.fromkeys(needs))
    found: list[Told] = [partial(_ENTRIES[code], when=when) for code in asked if code in _ENTRIES]
    others = tuple(code for code in asked if code not in _ENTRIES and code != "unknown")
    return [*found, partial(Detention.raise_concern, concerns=others, when=when)] if others else found


def _ill_treated(detention: Detention, entry: Entry, *, when: When | None) -> None:
    detention.report_ill_treatment(entry, kind="unknown", when=when)


_ENTRIES: dict[str, Any] = {
    "counsel": Detention.request_counsel,
    "phone_taken": Detention.take_device,
    "no_contact": Detention.lose_contact,
    "ill_treatment": _ill_treated,
}


def _city_of(place: Place | None) -> Place | None:
    """The city of a station, as the place where somebody was taken from nobody knows where."""
    if place is None or place.city is None:
        return None
    return Place(Precision.CITY, place.country, place.region, place.city, zone=place.zone)


def _without_words(place: Place | None) -> Place | None:
    return replace(place, words=None) if place is not None else None


def _sealed(when: When | None, seal: Seal) -> When | None:
    if when is None or not isinstance(when.words, str):
        return when
    return when.told(seal("when", when.words))
