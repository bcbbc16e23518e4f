"""One entry, several people: from the detention of somebody unnamed, further detentions of new files with the same facts.

The first entry stays the detention of the first person and is restated as it stands, so that its page says why and where the
others are; each of the others says from which file it was told apart.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from domain.casebook import Held, Outcome
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.provenance import Entry, Source
from domain.states import FIRST
from web.desk import Desk, desk
from web.entries.changing import answered_with, read_so_far, sealed_change, states_at, told_before
from web.entries.fields import Field, reason_fields
from web.entries.forms import Form, Ids, Record
from web.entries.labels import hint, label
from web.entries.prefill import kept_of, values_of
from web.entries.problems import GONE, refusal
from web.entries.sealing import sealed_facts, sealer
from web.entries.subject import Subject, subject
from web.languages import language
from web.languages import translated as _
from web.telling import short_id

MOST = 9
"""How many further people one form takes."""
_IDS = [f"{kind}{number}" for number in range(1, MOST + 1) for kind in ("person", "detention")]


def split(record: UUID) -> ResponseReturnValue:
    """How many further people there are, and their names as far as they are known."""
    about = subject(desk(), "detentions", record)
    if about.forgotten:
        return refusal(RuleBroken("person_forgotten"), GONE)
    states = states_at(about, FIRST)
    if not states.stands:
        abort(404)
    entry = states.last[1]
    because, words = reason_fields(language())
    kept = kept_of(desk(), entry, [])
    form = Form(
        _("One entry, several people"),
        [*_fields(), replace(because, first="several_people"), words],
        about.page,
        intro=_(
            "Each further person gets a file and a detention with the same time, place, protest and station. This detention "
            "stays that of the first."
        ),
        submit=_("Tell apart"),
        minted=("command", *_IDS),
        first=values_of(entry, kept),
        kept=kept,
        before=told_before(about, states),
    )
    return answered_with(form, desk(), about, states, _told_apart(desk(), about, entry))


def _fields() -> list[Field]:
    numbers = tuple((str(number), str(number)) for number in range(1, MOST + 1))
    names = Field("names", "words", label("", "names"), hint("", "names"))
    return [Field("further", "choice", label("", "further"), "", options=numbers, first="1"), names]


def _told_apart(desk: Desk, about: Subject, entry: Any) -> Record:
    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        names = [name.strip() for name in (facts["names"] or "").splitlines() if name.strip()]
        number = max(int(facts["further"]), len(names))
        if number > MOST:
            raise RuleBroken("too_many_people", most=MOST)
        people = [(ids[f"person{one}"], ids[f"detention{one}"]) for one in range(1, number + 1)]
        named = [*names, *[""] * (number - len(names))]
        held = [_held(desk, about, entry, *one, name) for one, name in zip(people, named, strict=True)]
        references = {detention: _reference(desk, about, source, *one) for one in people for detention in one[1:]}
        others = ", ".join(short_id(person) for person, _detention in people)
        apart = _("told apart into the files %(files)s", files=others)
        words = "; ".join(part for part in (facts["reason_words"], apart) if part)
        said, source, sealed_words = sealed_change(desk, about, entry, {}, source, words)
        outcome = desk.tracker.casebook.split_detention(
            desk.entry(source, ids["command"]),
            about.record,
            held=held,
            facts=said,
            references=references,
            because=facts["because"],
            words=sealed_words,
            read=read_so_far(),
        )
        return outcome, about.page

    return record


def _held(desk: Desk, about: Subject, entry: Any, person: UUID, detention: UUID, name: str) -> Held:
    """One further person, held as the first was; the words of time and place sealed anew for their own record."""
    seal, seal_name = (sealer(desk.tracker.vault, person, of) for of in (detention, person))
    told = {name: getattr(entry, name) for name in ("when", "place", "protest", "circumstances", "agency")}
    facts = sealed_facts(Detention.Recorded, _reworded(about, told), seal)
    moves = [
        partial(_move, type(move), sealed_facts(type(move), _reworded(about, {"when": move.when, "place": move.place}), seal))
        for move in _last_move(about)
    ]
    return Held(detention, person, seal_name("name", name) if name else None, facts=facts, told=moves)


def _move(kind: type, facts: dict[str, Any], held: Detention, entry: Entry) -> None:
    (held.deliver if kind is Detention.Delivered else held.transfer)(entry, **facts)


def _last_move(about: Subject) -> Sequence[Any]:
    moves = [event for _, event in about.history.standing(Detention.Delivered, Detention.Transferred) if event.place is not None]
    return moves[-1:]


def _reworded(about: Subject, facts: dict[str, Any]) -> dict[str, Any]:
    """The same facts with their words as this reader may read them, no longer sealed for the first record."""

    def anew(name: str, value: Any) -> Any:
        words = about.history.teller.said(value.words).strip() or None if value is not None else None
        return value and (value.told(words) if name == "when" else replace(value, words=words))

    return {name: anew(name, value) if name in ("when", "place") else value for name, value in facts.items()}


def _reference(desk: Desk, about: Subject, source: Source, person: UUID, detention: UUID) -> Any:
    """Where the further detention comes from: the reference of the first one, and its file."""
    first = _("told apart from the file %(file)s", file=short_id(about.person or about.record))
    known = about.history.teller.said(source.reference).strip()
    return sealer(desk.tracker.vault, person, detention)("source", "; ".join(part for part in (known, first) if part))
