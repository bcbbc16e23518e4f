"""One report's page: its entries in sentences, the people told out of it, and what is left to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.record import Record
from domain.report import Report
from domain.vocabulary.custody import CONCERNS
from projections import protests, reports
from web.desk import Desk
from web.entries.subject import Subject
from web.languages import translated as _
from web.lines import History, Line, history_of
from web.naming import names_of
from web.sightings import Listed, told_protests
from web.telling import number


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody told out of it. `stands` is whether their detention counts."""

    id: UUID
    name: str
    number: str
    may_open: bool
    stands: bool


@dataclass(frozen=True, slots=True)
class OneReport:
    """What the page shows; "" for what it does not say."""

    id: UUID
    line: str
    when: str
    where: str
    count: str
    minors: str
    concerns: str
    protest: Listed | None
    people: Sequence[Person]
    stands: bool
    settled: bool
    lines: Sequence[Line]


def one_report(desk: Desk, report: UUID, language: str) -> OneReport | None:
    """A report as it is known now; None for one that is not on record."""
    with desk.tracker.views() as db:
        row = reports.one(db, report.bytes)
        if row is None:
            return None
        history = history_of(desk, [report.bytes])
        said = received(history)
        protest_row = protests.one(db, said.protest.bytes) if said.protest is not None else None
        protest = told_protests(desk, db, [protest_row], language)[0] if protest_row is not None else None
        told = reports.people_of(db, report.bytes)
        names = names_of(desk, db, [one.person for one in told])
    visible = desk.visible([UUID(bytes=one.person) for one in told])
    return OneReport(
        report,
        history.teller.said(said.words),
        history.teller.when(said.when, language) if said.when is not None else "",
        history.teller.place(said.place, language) if said.place is not None else "",
        number(said.count, language) if said.count is not None else "",
        number(said.minors, language) if said.minors is not None else "",
        "; ".join(CONCERNS.label(code, language) for code in said.concerns if code != "unknown"),
        protest,
        [_person(one, names, visible) for one in told],
        bool(row.stands),
        bool(row.settled),
        history.lines(),
    )


def received(history: History) -> Any:
    """What the report says as it stands; what it said last where it was withdrawn."""
    standing = history.standing(Report.Received)
    if standing:
        return standing[0][1]
    said = [event.restated if isinstance(event, Record.Correction) else event for _, event in history.told]
    return [event for event in said if isinstance(event, Report.Received)][-1]


def _person(row: Any, names: dict[bytes, str], visible: set[UUID]) -> Person:
    person = UUID(bytes=row.person)
    return Person(person, names.get(row.person, ""), person.hex[-8:], person in visible, bool(row.stands))


def people_told(desk: Desk, about: Subject) -> list[str]:
    """What the report says, and whom it was split into already: shown above the form that tells more people out of it."""
    said = received(about.history)
    with desk.tracker.views() as db:
        told = [row.person for row in reports.people_of(db, about.record.bytes)]
        names = names_of(desk, db, told)
    line = about.history.teller.said(said.words)
    already = ", ".join(names.get(person) or _("Name not known") for person in told)
    return [*([line] if line else []), *([_("On record already: %(names)s", names=already)] if already else [])]
