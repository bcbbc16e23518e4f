"""A case file: five answers first, each custody with its clocks and its picture, the file by subject, and behind it every entry
of every record of this person, as it is known now or was known before. Of who was forgotten it keeps one line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from domain.person import Person
from domain.proceeding import Proceeding
from projections import assignments, consents, people
from web.desk import Desk, today
from web.exhibits.listing import Exhibits, exhibits_of
from web.forgetting.state import Notice, notices_of
from web.lawyers.answers import Answer, answers_of
from web.lawyers.chronicle import Asked, Chronicle, chronicle_of, meanwhile, page_of
from web.lawyers.consent import ConsentLine, consent_lines
from web.lawyers.custodies import SHOWN, Custody, custodies_of
from web.lawyers.known_on import Belonging, Known, belonging
from web.lawyers.proceedings import OneCase, cases_in
from web.lawyers.prosecuted import prosecuted_of
from web.lawyers.sections import Missing, Section, chosen, missing_of, sections_of, told_first
from web.lawyers.time_limits import Told, limits_of
from web.lines import History, Line, history_of
from web.naming import best_name
from web.telling import short_id
from web.wiring import Views


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What the page shows. `merged` are the other files found to be of the same person; `left_out` how many records were theirs
    then and today are of somebody whom the reader may not see. Who may read, consent and counsel are always those of today.
    """

    person: UUID
    name: str
    known: Known
    forgotten: bool = False
    withdrawn: bool = False
    merged: Sequence[UUID] = ()
    left_out: int = 0
    answers: Sequence[Answer] = ()
    custodies: Sequence[Custody] = ()
    missing: Sequence[Missing] = ()
    sections: Sequence[Section] = ()
    consent: Sequence[ConsentLine] = ()
    counsel: Sequence[str] = ()
    """The names of the accounts that have the file."""
    cases: Sequence[OneCase] = ()
    windows: Sequence[Told] = ()
    """The windows in which one more act would be a crime."""
    is_shut: bool = False
    """Whether consent to publish holds and nothing is published all the same: somebody said that they are under 18."""
    forgetting: Sequence[Notice] = ()
    exhibits: Exhibits = field(default_factory=lambda: Exhibits((), 0))
    chronicle: Chronicle = field(default_factory=Chronicle)
    meanwhile: Sequence[Line] = ()


def case_file_of(desk: Desk, person: UUID, language: str, known: Known, asked: Asked) -> CaseFile | None:
    """A person's file as it was known then; None for one that is not on record."""
    with desk.tracker.views() as db:
        now = people.cluster(db, person.bytes)
        rows = {row.person: row for row in people.rows_of(db, now)}
        if person.bytes not in rows:
            return None
        if any(row.forgotten for row in rows.values()):
            return CaseFile(person, "", known, forgotten=True)
        theirs = belonging(desk, db, person, known)
        owners = [UUID(bytes=key) for key in theirs.files]
        history = history_of(desk, theirs.records, known.position, of=owners, opened=False)
        prosecuted = prosecuted_of(history, owners, known.moment, language)
        limits = limits_of(history, known.moment, language)
        sections, shown = chosen(history), page_of(history, asked)
        headed = {position for position, event in history.told if isinstance(event, (Person.Named, Proceeding.Opened, *SHOWN))}
        recent = meanwhile(history, asked)
        history = history.opening({*headed, *told_first(sections), *shown.positions, *recent})
        custodies = custodies_of(desk, history, limits, known, language)
        cases = cases_in(history, owners, prosecuted, language)
        consent = consent_lines(db, person, _of_today(desk, now, known, history), language)
        is_shut = consents.is_shut(db, person.bytes, today())
        exhibits = exhibits_of(desk, db, people=theirs.files, until=known.position)
        notices, counsel = notices_of(desk, db, now), _counsel(desk, db, now)
    name = _name(history)
    return CaseFile(
        person,
        name,
        known,
        withdrawn=_is_withdrawn(history, person),
        merged=[UUID(bytes=key) for key in theirs.files if key != person.bytes],
        left_out=theirs.left_out,
        answers=answers_of(custodies, prosecuted, language),
        custodies=custodies,
        missing=missing_of(history, limits, person, name, consent),
        sections=sections_of(history, sections),
        cases=cases,
        windows=prosecuted.windows,
        consent=consent,
        is_shut=is_shut,
        counsel=counsel,
        forgetting=notices,
        exhibits=exhibits,
        chronicle=chronicle_of(history, shown),
        meanwhile=history.lines(recent),
    )


def answers_then(desk: Desk, db: Views, person: UUID, known: Known, language: str) -> tuple[Belonging, History, list[Answer]]:
    """The file's history and its five answers alone, for comparing two."""
    theirs = belonging(desk, db, person, known)
    owners = [UUID(bytes=key) for key in theirs.files]
    history = history_of(desk, theirs.records, known.position, of=owners, opened=False)
    prosecuted = prosecuted_of(history, owners, known.moment, language)
    headed = {position for position, event in history.told if isinstance(event, SHOWN)}
    history = history.opening(headed)
    limits = limits_of(history, known.moment, language)
    return theirs, history, answers_of(custodies_of(desk, history, limits, known, language), prosecuted, language)


def _name(history: History) -> str:
    name = best_name([event for _, event in sorted(history.standing(Person.Named), key=history.first_told)])
    return history.teller.name(name.name) if name is not None else ""


def _is_withdrawn(history: History, person: UUID) -> bool:
    opened = [event for _, event in history.told if isinstance(event, Person.Opened) and event.originator_id == person]
    return any(not history.states(event).stands for event in opened)


def _of_today(desk: Desk, files: Sequence[bytes], known: Known, history: History) -> History:
    """What was said about consent is told as of today, whatever is asked for."""
    return history if not known.is_past else history_of(desk, files)


def _counsel(desk: Desk, db: Views, files: Sequence[bytes]) -> list[str]:
    assigned = {UUID(bytes=one) for having in assignments.counsel_of(db, files).values() for one in having}
    accounts = desk.tracker.vault.accounts.names() if assigned else {}
    return sorted(accounts.get(one, short_id(one)) for one in assigned)
