"""The rows of one page of a lawyer's desk, in words: where somebody is, since when, which clocks run, and what falls due next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.law.answers import HOLDING, CaseAnswer, Clock, CustodyAnswer, State
from domain.law.span import Span
from domain.vocabulary.articles import ARTICLES
from domain.vocabulary.proceedings import HEARING_KINDS
from projections import case_files, deadline_tables, desks
from web.custody import FREE, HELD, place_of
from web.desk import HOME_ZONE, Desk
from web.languages import translated as _
from web.lawyers.time_limits import asides
from web.naming import names_of
from web.telling import clocks, spans
from web.telling.clock_words import CLOCKS, said
from web.telling.phrases import phrase
from web.wiring import Views

_ORDER = (State.OVERRUN_CERTAINLY, State.OVERRUN_POSSIBLY, State.CANNOT_TELL, State.DUE_SOON, State.RUNNING)
_URGENCY = ("over", "perhaps", "runs", "nothing")


@dataclass(frozen=True, slots=True)
class Told:
    """One clock in words: `about` names the limit, `standing` says how it stands, `conditions` under which reading."""

    about: str
    standing: str
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One person. `number` is the end of the file's number; `urgency` names the group the row stands in; `state` is "" for
    somebody of whom no detention is on record."""

    person: UUID
    number: str
    name: str
    urgency: str
    state: str
    where: str
    since: str
    held_for: str
    articles: str
    clocks: Sequence[Told]


def rows_of(desk: Desk, db: Views, shown: Sequence[Any], now: datetime, language: str) -> list[Row]:
    """Of the people of this page: their names opened, the law asked what it says at this moment."""
    files = [file for one in shown for file in one.files]
    names = names_of(desk, db, files)
    held = desks.answers_in_custody(db, [one.detention.detention for one in shown if one.detention is not None], now)
    charged = desks.answers_in_cases(db, [_pair(one.case) for one in shown if one.case is not None], now)
    places = {row.detention: row for row in case_files.detentions_of(db, files)}
    rows = []
    for one in shown:
        in_custody = held.get(one.detention.detention) if one.detention is not None else None
        told = _chosen(in_custody) if in_custody is not None else []
        in_case = charged.get(_pair(one.case)) if one.case is not None else None
        elapsed = next((el for el in in_custody.elapsed if el.code == "since_restriction"), None) if in_custody else None
        rows.append(
            Row(
                UUID(bytes=one.person),
                one.person.hex()[-8:],
                next((names[file] for file in one.files if names.get(file)), ""),
                _URGENCY[one.urgency[0]],
                "" if one.detention is None else HELD if one.detention.inside else FREE,
                _where(desk, places, one.detention, language),
                spans.at(elapsed.begins, elapsed.zone, language, now) if elapsed is not None else "",
                clocks.length_of(elapsed, language) if elapsed is not None else "",
                ", ".join(ARTICLES.label(code, language) for code in next((clock.articles for clock in told), ())),
                [*(_told(clock, now, language) for clock in [*told, *_to_do(in_case)]), *_hearing(one.hearing, now, language)],
            )
        )
    return rows


def _pair(case: Any) -> tuple[bytes, bytes]:
    return case.proceeding, case.person


def _where(desk: Desk, places: Mapping[bytes, Any], detention: Any, language: str) -> str:
    """The station where they were last reported, else the city."""
    row = places.get(detention.detention) if detention is not None else None
    return place_of(row, desk.tracker.gazetteer, language) if row is not None else ""


def _chosen(answer: CustodyAnswer) -> list[Clock]:
    """The clock that matters most, and behind one that is over the next that runs; of who was let go, what was exceeded."""
    running = sorted(deadline_tables.running_in(answer), key=lambda clock: (_ORDER.index(clock.state), *_near(clock, answer.now)))
    if not running:
        late = (State.STOPPED_LATE_CERTAINLY, State.STOPPED_LATE_POSSIBLY)
        return [clock for clock in answer.clocks if clock.code in HOLDING and clock.state in late][:1]
    to_come = [clock for clock in running[1:] if clock.state in (State.DUE_SOON, State.RUNNING)]
    return [running[0], *to_come[:1]] if running[0].state is State.OVERRUN_CERTAINLY else running[:1]


def _near(clock: Clock, now: datetime) -> tuple[float, float]:
    least = clock.over.least if clock.state is State.OVERRUN_CERTAINLY else None
    due = clock.due.earliest or now
    return (-least.total_seconds() if least is not None else 0.0, due.timestamp())


def _to_do(answer: CaseAnswer | None) -> list[Clock]:
    """The next deadline of the defence that is not certainly over."""
    running = [clock for clock in deadline_tables.running_in(answer) if clock.state in _ORDER[1:]] if answer is not None else []
    return sorted(running, key=lambda clock: clock.due.earliest or datetime.max.replace(tzinfo=UTC))[:1]


def _told(clock: Clock, now: datetime, language: str) -> Told:
    return Told(said(CLOCKS, clock.code, language), clocks.standing(clock, now, language), asides(clock, language))


def _hearing(row: Any, now: datetime, language: str) -> list[Told]:
    if row is None:
        return []
    when = Span(datetime.fromtimestamp(row.due, UTC), datetime.fromtimestamp(row.latest, UTC))
    what = phrase(HEARING_KINDS, row.kind, language)
    return [Told(_("hearing"), spans.at(when, row.zone or HOME_ZONE, language, now), what)]
