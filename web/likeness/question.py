"""The question while somebody records: is it one of these people? Asked once for each name, never in the way.

Who sends the form again without an answer has recorded somebody new, and coordinators find the pair on their list. Nobody is
told of likely people whose files they may not open: see docs/decisions/0021.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request

from domain.detention import Detention
from domain.errors import RuleBroken
from domain.moment import When
from domain.person import Person
from domain.place import Place
from domain.provenance import Entry
from projections import case_files, people
from web.custody import HELD, state_of
from web.desk import Desk
from web.entries.forms import Ids, Unsettled
from web.entries.reading import id_in
from web.languages import language
from web.likeness.candidates import likely
from web.likeness.listing import Side, sides_of
from web.likeness.reasons import in_words
from web.naming import names_of

SOMEBODY_ELSE = "else"
_ASKED = "who.asked"
"""Holds the name that was asked about: another one is asked about anew."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`person` is who it is, None for somebody new; `apart` are those it was said not to be."""

    person: UUID | None = None
    apart: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Likely:
    """One person to choose, with why it may be them."""

    side: Side
    reasons: Sequence[str]
    doubts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked beside the form: about which name, and who it may be.

    `kept` was settled before, as which of several places is meant, and is sent again with the answer.
    """

    name: str
    people: Sequence[Likely]
    kept: Sequence[tuple[str, str]]


def asks_who(desk: Desk, *, is_release: bool = False) -> Callable[[Mapping[str, Any], Ids], None]:
    """Raises Unsettled where somebody on file is likely meant by the name, and it was not asked about this name yet."""

    def ask(facts: Mapping[str, Any], ids: Ids) -> None:
        name = facts.get("name")
        if name and request.form.get(_ASKED) != name and _recorded(desk, ids["record"]) is None:
            question = _question(desk, name, facts, None if is_release else facts.get("when"))
            if question is not None:
                raise Unsettled(question)

    return ask


def answered_who(desk: Desk, facts: Mapping[str, Any], ids: Ids) -> Answer:
    """What was said of this name. Raises RuleBroken `no_such_record` for somebody whose file one may not open."""
    known = _recorded(desk, ids["record"])
    if known is not None:
        return Answer() if known.person == ids["person"] else Answer(known.person)
    name, who = facts.get("name"), request.form.get("who", "")
    if not name or request.form.get(_ASKED) != name:
        return Answer()
    if who == SOMEBODY_ELSE:
        shown = dict.fromkeys(found for text in request.form.getlist("who.shown") if (found := id_in(text)))
        seen = desk.visible(list(shown))
        return Answer(apart=tuple(person for person in shown if person in seen and _stands(desk, person)))
    chosen = id_in(who)
    if chosen is not None and (not desk.may_see(chosen) or not _stands(desk, chosen)):
        raise RuleBroken("no_such_record", kind="person")
    return Answer(chosen)


def held_in(desk: Desk, person: UUID, command: UUID) -> UUID | None:
    """The one detention in which this person is held; None where there is none, or more than one.

    The same command again is about the same detention, though they are held in it no more.
    """
    with desk.tracker.views() as db:
        custodies = case_files.detentions_of(db, people.cluster(db, person.bytes))
    found = {UUID(bytes=custody.detention): state_of(custody) for custody in custodies}
    held = [detention for detention, state in found.items() if state == HELD]
    done = [detention for detention in found if command in desk.tracker.casebook.standing(Detention, detention).commands]
    return done[0] if done else held[0] if len(held) == 1 else None


def keep_name(desk: Desk, entry: Entry, person: UUID, sealed: dict[str, Any], name: str) -> None:
    """Takes the name out of what is recorded of the detention. Written otherwise than on file, it is kept there as it was heard.

    So nothing that was typed is lost, and the name the file is shown under stays.
    """
    given, kind = sealed.pop("name", None), sealed.pop("name_kind", "full")
    with desk.tracker.views() as db:
        known = names_of(desk, db, [person.bytes]).get(person.bytes)
    if given is not None and known != name:
        kept = "heard" if kind == "full" and known else kind
        desk.tracker.casebook.name_person(entry.without_reference(), person, name=given, kind=kept)


def _question(desk: Desk, name: str, facts: Mapping[str, Any], when: When | None) -> Question | None:
    place = facts.get("place")
    city, station = (place.city, place.station) if isinstance(place, Place) else (None, None)
    found = likely(desk, [name], city=city, station=station, protest=facts.get("protest"), when=when)
    shown = [next(iter(desk.visible([one.person]) or desk.visible(one.files)), None) for one in found]
    sides = sides_of(desk, [person for person in shown if person is not None], language())
    people_shown = [
        Likely(sides[person], in_words(one.reasons, language()), in_words(one.doubts, language()))
        for one, person in zip(found, shown, strict=True)
        if person in sides
    ]
    kept = [(sent, value) for sent, value in request.form.items(multi=True) if _is_settled(sent)]
    return Question(name, people_shown, kept) if people_shown else None


def _is_settled(sent: str) -> bool:
    """Whether a field belongs to another one, as a choice among several places does, and stands on no form by itself."""
    of, _, part = sent.rpartition(".")
    return bool(of) and of != "who" and part not in ("pasted", "withheld")


def _recorded(desk: Desk, detention: UUID) -> Detention | None:
    """What this very form has recorded before: it is not asked again whether its person is the person of itself."""
    try:
        return desk.tracker.casebook.standing(Detention, detention)
    except RuleBroken:
        return None


def _stands(desk: Desk, person: UUID) -> bool:
    try:
        found = desk.tracker.casebook.standing(Person, person)
    except RuleBroken:
        return False
    return not found.withdrawn and not found.forgotten
