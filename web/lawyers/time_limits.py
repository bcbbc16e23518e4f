"""What the law says of a person's custodies, as a page tells it: each clock a line, with the entries that it rests on.

Computed when the page is read, from the entries that stand in its history, at the moment up to which that history goes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from domain.detention import Detention
from domain.law.answers import HOLDING, IN_TIME, OVER, Basis, Clock, CustodyAnswer, State, next_due
from domain.law.country import CountryLaw, laws
from domain.law.court_acts import court_acts
from domain.law.custodies import READ, custody_of, zone_in
from domain.law.facts import Case, Custody
from domain.law.span import Span
from domain.person import Person
from domain.proceeding import Proceeding
from domain.vocabulary.articles import ARTICLES
from web.desk import HOME_COUNTRY, HOME_ZONE
from web.lines import History
from web.telling import clocks, spans
from web.telling.clock_words import CLOCKS, CONDITIONS, NOTES, said

RUNNING, OVERRUN, PERHAPS, ENDED, OPEN = "running", "overrun", "perhaps", "ended", "open"
LOOKS: Mapping[State, str] = {
    State.RUNNING: RUNNING,
    State.DUE_SOON: PERHAPS,
    State.OVERRUN_CERTAINLY: OVERRUN,
    State.OVERRUN_POSSIBLY: PERHAPS,
    State.STOPPED_IN_TIME: ENDED,
    State.STOPPED_LATE_CERTAINLY: OVERRUN,
    State.STOPPED_LATE_POSSIBLY: PERHAPS,
    State.CANNOT_TELL: OPEN,
}

_NOTED = ("no_release_reported", "end_disputed")


@dataclass(frozen=True, slots=True)
class Told:
    """One line. `look` says in a word how it stands, `rests` are the positions of the entries behind it."""

    text: str
    look: str
    rests: Sequence[int]


@dataclass(frozen=True, slots=True)
class Limits:
    """What follows for one detention: `holding` the clocks of custody, `duties` the others, and what nobody has reported.

    `forums` are the courts and bodies outside the country; where the detention led to a case, they stand with the case.
    """

    facts: Custody
    answer: CustodyAnswer
    holding: Sequence[Told]
    duties: Sequence[Told]
    elapsed: Sequence[Told]
    flags: Sequence[Told]
    forums: Sequence[Told] = ()


def limits_of(history: History, now: datetime, language: str) -> dict[UUID, Limits]:
    """For every detention of this history that stands. There are none where the law of the country is not on record."""
    found = {}
    entries: dict[UUID, list[tuple[int, object]]] = {}
    for position, event in history.standing(*READ):
        entries.setdefault(event.originator_id, []).append((position, event))
    files = {event.originator_id for _, event in history.standing(Person.Opened)}
    in_cases = {event.detention for _, event in history.standing(Proceeding.Opened)}
    courts = history.standing(Proceeding.Opened, Proceeding.DefendantJoined, Proceeding.Entered)
    for detention, told in entries.items():
        opened = next((event for _, event in told if isinstance(event, Detention.Recorded)), None)
        if opened is None:
            continue
        law = laws().get(opened.place.country if opened.place is not None and opened.place.country else HOME_COUNTRY)
        if law is not None:
            ruled, steps = court_acts(courts, detention, files | {opened.person}, opened.when)
            facts, zone = custody_of(told, ruled=ruled, steps=steps), zone_in(told) or HOME_ZONE
            forums = () if detention in in_cases else _forums(law, facts, now, zone, language)
            found[detention] = replace(_told(facts, law.custody(facts, now, zone), now, language), forums=forums)
    return found


def _forums(law: CountryLaw, facts: Custody, now: datetime, zone: str, language: str) -> list[Told]:
    """Who was only held may complain of that: what is complained of is the detention itself."""
    held = facts.restrained if any(claim.when is not None for claim in facts.restrained) else facts.delivered
    found = law.case(Case("unknown", acted=held), now, zone).forums
    return [Told(clocks.forum(one, now, language), "", positions_of(one.basis)) for one in found]


def _told(facts: Custody, answer: CustodyAnswer, now: datetime, language: str) -> Limits:
    def line(clock: Clock) -> Told:
        return Told(clocks.clock(clock, now, language), LOOKS[clock.state], positions_of(clock.basis))

    return Limits(
        facts,
        answer,
        [line(clock) for clock in answer.clocks if clock.code in HOLDING],
        [line(clock) for clock in answer.clocks if clock.code not in HOLDING],
        [Told(clocks.elapsed(one, language), "", positions_of(one.basis)) for one in answer.elapsed],
        [Told(clocks.flag(one, language), OVERRUN if one.certain else PERHAPS, positions_of(one.basis)) for one in answer.flags],
    )


def positions_of(basis: Iterable[Basis]) -> list[int]:
    """The entries of ours that an answer rests on."""
    return sorted({one.ref for one in basis if isinstance(one.ref, int)})


def leading(answer: CustodyAnswer, language: str) -> list[Told]:
    """The clocks to be read first: those that are over or run, and of those that ended in time none where another was late."""
    held = [clock for clock in answer.clocks if clock.code in HOLDING]
    over = [clock for clock in held if clock.state in OVER]
    going = [clock for clock in held if clock.state not in OVER and clock.state not in IN_TIME]
    running = sorted((clock for clock in held if clock.state in (State.RUNNING, State.DUE_SOON)), key=_due)
    ended = [clock for clock in held if clock.state is State.STOPPED_IN_TIME]
    chosen = [*over, *going, *running] or ended[:1]
    return [Told(_short(clock, answer.now, language), LOOKS[clock.state], positions_of(clock.basis)) for clock in chosen[:3]]


def _due(clock: Clock) -> datetime:
    return clock.due.earliest or clock.due.latest or datetime.max.replace(tzinfo=UTC)


def _short(clock: Clock, now: datetime, language: str) -> str:
    line = f"{said(CLOCKS, clock.code, language)}: {clocks.standing(clock, now, language)}"
    told = asides(clock, language)
    return f"{line} ({told})" if told else line


def asides(clock: Clock, language: str) -> str:
    """Under which reading it holds, and what has to be known beside an overrun at a glance."""
    told = [said(CONDITIONS, code, language) for code in clock.conditions]
    if clock.state is State.OVERRUN_CERTAINLY:
        told += [said(NOTES, code, language) for code in clock.notes if code in _NOTED]
    return "; ".join(told)


def coming(answer: CustodyAnswer, language: str) -> list[tuple[datetime, str]]:
    """What is due next, with the moment; empty where nothing runs."""
    due = next_due(answer)
    clock = next((one for one in answer.clocks if due is not None and one.due.earliest == due), None)
    if due is None or clock is None:
        return []
    return [(due, f"{spans.at(clock.due, clock.zone, language, answer.now)}: {said(CLOCKS, clock.code, language)}")]


def accused_of(facts: Custody, language: str) -> tuple[str, list[int]]:
    """The articles that stand, and where the record says so; "" where none is known."""
    standing: list[tuple[str, object]] = []
    for charge in facts.charges:
        standing = [*([] if charge.replaces else standing), (charge.article, charge.ref)]
    told = ", ".join(dict.fromkeys(ARTICLES.label(article, language) for article, _ in standing))
    return told, [ref for _, ref in standing if isinstance(ref, int)]


def ends_of(answer: CustodyAnswer) -> Span | None:
    """When the custody ended, as far as it is known; None while it goes on."""
    since = next(one for one in answer.elapsed if one.code == "since_restriction")
    return None if since.goes_on else since.ends
