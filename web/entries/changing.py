"""Corrections, withdrawals and reinstatements: the entry as it stands or stood, and how its facts and the reason are recorded.

Every form about an entry says how much of the record had been read when it was opened. What somebody else made of the same entry
since is shown to the second before anything is recorded (`meanwhile`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from domain.casebook import Outcome
from domain.errors import RuleBroken
from domain.facts import facts_of
from domain.provenance import Source
from domain.record import Record
from domain.states import States
from web.access.guard import may
from web.desk import Desk
from web.entries import meanwhile
from web.entries.fields import source_fields
from web.entries.forms import Form, Ids, answered, minted, shown_again
from web.entries.forms import Record as Recorder
from web.entries.meanwhile import Compared, Meanwhile
from web.entries.offers import name_of
from web.entries.pickers import with_lists
from web.entries.reading import Filled
from web.entries.sealing import sealed_facts, sealed_source
from web.entries.subject import Subject
from web.languages import language
from web.languages import translated as _

Sealing = tuple[dict[str, Any], Source, Any]


def states_at(about: Subject, version: int) -> States:
    """What became of the entry with this version, or the page "there is no such page"."""
    found: States | None = about.history.entries.get((about.record, version))
    return found or abort(404)


def standing_entry(about: Subject, version: int) -> Any:
    """The entry with this version as it stands today; None for what is no entry or was taken back."""
    states: States | None = about.history.entries.get((about.record, version))
    return states.last[1] if states is not None and states.stands else None


def read_so_far() -> int:
    """How many entries the record had when the form that is sent was opened. Whoever tampers with it deceives themselves alone:
    a lower number shows them more of what others changed, a higher one lets them do what they may do.
    """
    told = request.form.get("read", "")
    return int(told) if told.isdecimal() and len(told) < 10 else 0


def sent_again(desk: Desk, about: Subject) -> ResponseReturnValue | None:
    """On to the page, where this very form has been recorded already; None otherwise."""
    if request.method != "POST":
        return None
    command = minted("command")
    if command not in desk.tracker.casebook.standing(about.record_class, about.record).commands:
        return None
    return redirect(f"{about.page}?saved=again", 303)


def with_what_it_reads(form: Form, about: Subject) -> Form:
    """The form, saying how much of the record has been read: at first all there is, sent back what it said."""
    read = read_so_far() if request.method == "POST" else about.history.last_read(about.record)
    return replace(form, about=about.record, read=read)


def at_once(change: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """The answer to a form about an entry; asked again when somebody changed the entry just before it was recorded."""
    try:
        return change()
    except RuleBroken as refused:
        if refused.code != "changed_meanwhile":
            raise
        return change()


def answered_with(form: Form, desk: Desk, about: Subject, states: States, record: Recorder) -> ResponseReturnValue:
    """The answer to a form about an entry. Where somebody else changed the entry meanwhile the form comes back with both."""
    if (done := sent_again(desk, about)) is not None:
        return done
    form = with_what_it_reads(form, about)
    if request.method != "POST":
        return answered(form, desk, record)
    read = form.read or 0
    asked = [field for field in with_lists(form.fields, desk, Filled(dict(form.first))) if field.name in form.kept]
    source = source_fields(language()) if form.kept else ()

    def compared(at: int, with_now: Any) -> Compared:
        return Compared.of(desk, states.read_at(at).last[1], with_now, asked, source)

    def compared_at(at: int) -> Compared:
        return compared(at, states.last[1])

    as_read = compared(read, states.read_at(read).last[1])
    sent, clashes = meanwhile.settled(compared_at, as_read, request.form)
    if not states.since(read) and not form.action:
        return answered(replace(form, meanwhile=Meanwhile(clashes=clashes)), desk, record, sent)
    sent, taken, new = meanwhile.merged(compared_at(read), sent, read)
    told = replace(meanwhile.told(about.history, states, read), taken=taken, clashes={**clashes, **new})
    told = replace(told, advice=_advice(form), closed=form.meanwhile is not None and form.meanwhile.closed)
    return shown_again(replace(form, read=about.history.last_read(about.record), meanwhile=told), desk, sent)


def _advice(form: Form) -> str:
    if form.meanwhile is not None and form.meanwhile.advice:
        return form.meanwhile.advice
    return _("Nothing was recorded yet. Look at what changed; then send the form again.")


def instead(form: Form, about: Subject, states: States, act: str) -> Form:
    """The same form, sent to another act where the entry was withdrawn, or brought back, meanwhile; or to none, where this reader
    may not.
    """
    name = name_of(type(states.steps[0][1]))
    if act == "reinstate":
        can = about.history.may_reinstate(states.steps[0][1], states)
        advice = _("It was withdrawn meanwhile. What you typed is kept: sent now, it is brought back so.")
    else:
        can = True
        advice = _("It was brought back meanwhile. What you typed is kept: sent now, it corrects what was brought back.")
    if can and may(f"entries.{act}", kind=about.kind, name=name):
        to = url_for(f"entries.{act}", kind=about.kind, record=about.record, version=states.version)
        return replace(form, action=to, meanwhile=Meanwhile(advice=advice))
    return closed(form, _("It was withdrawn meanwhile. What you typed is kept below; a coordinator can bring the entry back."))


def closed(form: Form, advice: str) -> Form:
    """The form only to be read: nothing can be recorded by it any more."""
    return replace(form, action=request.path, meanwhile=Meanwhile(advice=advice, closed=True))


def restated(desk: Desk, about: Subject, entry: Record.Event, version: int, verb: str = "correct") -> Recorder:
    """Records the correction of an entry, or its reinstatement; facts that the form does not ask for stay as they were."""

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        because, words = facts.pop("because"), facts.pop("reason_words")
        said, source, words = sealed_change(desk, about, entry, facts, source, words)
        given = desk.entry(source, ids["command"])
        act = getattr(desk.tracker.casebook, verb)
        kind, read = about.record_class, read_so_far()
        return act(kind, given, about.record, version, said, because=because, words=words, read=read), about.page

    return record


def placed(desk: Desk, about: Subject, entry: Any, version: int) -> Recorder:
    """Records where an entry was: its own words stay, those by which it was placed are the reason's."""

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        place, told = facts["place"], entry.place.words if entry.place is not None else None
        said = facts | {"place": replace(place, words=told if told is not None else place.words)}
        reason = None if told is None or told == place.words else place.words
        whole = said | {"because": "new_information", "reason_words": reason}
        outcome, _page = restated(desk, about, entry, version)(whole, source, ids)
        return outcome, url_for("stations.unplaced") if may("stations.unplaced") else about.page

    return record


def sealed_change(
    desk: Desk, about: Subject, entry: Record.Event, facts: Mapping[str, Any], source: Source, words: str | None
) -> Sealing:
    """All facts of an entry with these put in, the source, and the words of the reason: sealed where the record is a person's."""
    said = {name: getattr(entry, name) for name in facts_of(type(entry))} | dict(facts)
    seal = about.seal(desk, about.concerned(entry.originator_version))
    if seal is None:
        return said, source, words
    return sealed_facts(type(entry), said, seal), sealed_source(source, seal), seal("reason", words) if words else None


def withdrawn(desk: Desk, about: Subject, version: int) -> Recorder:
    """Records the withdrawal of an entry."""

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        words, seal = facts["reason_words"], about.seal(desk, about.concerned(version))
        if seal is not None:
            source = sealed_source(source, seal)
            words = seal("reason", words) if words else None
        given, because = desk.entry(source, ids["command"]), facts["because"]
        casebook, kind, read = desk.tracker.casebook, about.record_class, read_so_far()
        return casebook.withdraw(kind, given, about.record, version, because=because, words=words, read=read), about.page

    return record


def told_before(about: Subject, states: States) -> Sequence[str]:
    """What the entry says, or said before it was withdrawn, to be read above a form; nothing of who was forgotten."""
    return [] if about.forgotten else [about.history.teller.tell(states.last[1], language())]
