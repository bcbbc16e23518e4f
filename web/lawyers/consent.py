"""Consent in a case file: for each scope about which anything was said, whether it holds, since when, by whom, until when, or why
not; and the one button that withdraws it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.casebook import Outcome
from domain.consent import Answer, Why
from domain.provenance import Source
from domain.vocabulary.people import CONSENT_FORMS, CONSENT_GIVERS, CONSENT_SCOPES
from projections import consents, people
from web.desk import Desk, recorded_at, today
from web.languages import translated as _
from web.lines import History
from web.telling import moments
from web.wiring import Views


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One scope. `position` is that of the entry that decides it."""

    scope: str
    label: str
    holds: bool
    told: str
    position: int


def consent_lines(db: Views, person: UUID, history: History, language: str) -> list[ConsentLine]:
    """What was said about consent, in the order of the list of scopes."""
    answers = consents.holding(db, [person.bytes], today())[person.bytes].answers
    events = {position: event.says for position, event in history.told}
    return [
        ConsentLine(
            scope,
            CONSENT_SCOPES.label(scope, language),
            answers[scope].holds,
            _told(answers[scope], events, history, language),
            answers[scope].word.told,
        )
        for scope in CONSENT_SCOPES
        if scope in answers
    ]


def withdraw_consent(desk: Desk, person: UUID, scope: str, command: UUID) -> Outcome:
    """Take it back in every file of the person in which it was given; where it was in none, the wish counts too."""
    with desk.tracker.views() as db:
        said = [UUID(bytes=file) for file in consents.given_in(db, people.cluster(db, person.bytes), scope)]
    entry = desk.entry(Source("unknown"), command)
    casebook = desk.tracker.casebook
    outcomes = [casebook.withdraw_consent(entry, file, scopes=(scope,)) for file in said or [person]]
    return outcomes[-1]


def _told(answer: Answer, events: Mapping[int, Any], history: History, language: str) -> str:
    event = events.get(answer.word.told)
    when = getattr(event, "when", None)
    day = history.teller.when(when, language) if when is not None else ""
    if not day and event is not None:
        day = _("%(when)s (hour of recording)", when=recorded_at(event.timestamp, history.teller))
    told = _sentences(day)[answer.why]
    giver = answer.word.given_by
    if giver is None or answer.why in (Why.DISPUTED, Why.CLOSED, Why.REPLACED):
        return told
    by = CONSENT_GIVERS.label(giver, language)
    form = CONSENT_FORMS.label(answer.word.form or "", language)
    until = answer.word.until
    last = _("last day %(day)s", day=moments.day(until, language)) if until is not None else _("without an end")
    return "; ".join(part for part in (told, _("said by: %(who)s, %(how)s", who=by, how=form), last) if part)


def _sentences(day: str) -> Mapping[Why | None, str]:
    return {
        None: _("holds since %(day)s", day=day),
        Why.WITHDRAWN: _("does not hold: withdrawn, %(day)s", day=day),
        Why.LAPSED: _("does not hold any more: its last day has passed"),
        Why.CLOSED: _("does not hold: to be kept on record only, since %(day)s", day=day),
        Why.REPLACED: _("replaced by consent to publish, %(day)s", day=day),
        Why.OUTRANKED: _("does not hold: the person or a guardian has spoken, or it was withdrawn before"),
        Why.DISPUTED: _("does not hold: another file of the same person says otherwise"),
    }
