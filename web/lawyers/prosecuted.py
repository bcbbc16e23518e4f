"""What the law says of the cases against a person: deadlines, windows in which one more act would be a crime, courts left open.

From the entries that stand in the history, as they concern this person: what a co-defendant appealed or paid is not theirs.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.detention import Detention
from domain.law.answers import CaseAnswer, Openness, next_due
from domain.law.country import laws
from domain.law.facts import Case
from domain.law.prosecutions import cases_of
from domain.proceeding import Proceeding
from domain.record import Record
from domain.vocabulary.custody import STILL_HELD
from web.desk import HOME_COUNTRY, HOME_ZONE
from web.lawyers.days_in_court import next_day
from web.lawyers.time_limits import LOOKS, PERHAPS, Told, positions_of
from web.lines import History
from web.telling import clocks, spans
from web.telling.clock_words import CLOCKS, said

_OPEN = {Openness.OPEN: "overrun", Openness.PERHAPS: "perhaps", Openness.CANNOT_TELL: "open"}


@dataclass(frozen=True, slots=True)
class Following:
    """What follows for one case."""

    facts: Case
    answer: CaseAnswer
    clocks: Sequence[Told]
    flags: Sequence[Told]
    forums: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Prosecuted:
    """All cases of one person by their ids, and the windows that they open together."""

    cases: Mapping[UUID, Following] = field(default_factory=dict)
    windows: Sequence[Told] = ()
    hearings: Sequence[tuple[datetime, str]] = ()
    """The next of all hearings, with its moment."""


def prosecuted_of(history: History, persons: Collection[UUID], now: datetime, language: str) -> Prosecuted:
    """Read at `now`."""
    law = laws()[HOME_COUNTRY]
    facts = cases_of(history.standing(Record.Event), persons, held=_held(history))
    if not facts:
        return Prosecuted()
    windows = law.exposure(list(facts.values()), now, HOME_ZONE)
    told = [Told(clocks.window(one, now, language), _OPEN.get(one.state, "ended"), positions_of(one.basis)) for one in windows]
    cases = {case: _following(known, law.case(known, now, HOME_ZONE), language) for case, known in facts.items()}
    theirs = [event for _, event in history.standing(Proceeding.Entered) if event.originator_id in cases]
    return Prosecuted(cases, told, next_day(theirs, now, language))


def _following(facts: Case, answer: CaseAnswer, language: str) -> Following:
    now = answer.now
    return Following(
        facts,
        answer,
        [Told(clocks.clock(one, now, language), LOOKS[one.state], positions_of(one.basis)) for one in answer.clocks],
        [Told(clocks.flag(one, language), PERHAPS, positions_of(one.basis)) for one in answer.flags],
        [Told(clocks.forum(one, now, language), "", positions_of(one.basis)) for one in answer.forums],
    )


def _held(history: History) -> str:
    """Whether the person is in custody, as far as the detentions say."""
    held = {event.originator_id for _, event in history.standing(Detention.Recorded)}
    left = history.standing(Detention.Released)
    free = {event.originator_id for _, event in left if event.kind not in STILL_HELD}
    return "yes" if held - free else "unknown"


def coming_in_cases(prosecuted: Prosecuted, language: str) -> list[tuple[datetime, str]]:
    """What falls due next in each case, and the next hearing, with the moment: to be put beside what falls due in custody."""
    found = list(prosecuted.hearings)
    for law in prosecuted.cases.values():
        due = next_due(law.answer)
        clock = next((one for one in law.answer.clocks if due is not None and one.due.earliest == due), None)
        if due is not None and clock is not None:
            at = spans.at(clock.due, clock.zone, language, law.answer.now)
            found.append((due, f"{at}: {said(CLOCKS, clock.code, language)}"))
    return found
