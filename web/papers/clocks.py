"""What the law says of each detention on a paper, at its hour: the clocks, and the statement of what is certainly overrun."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.law.answers import CustodyAnswer
from domain.law.country import laws
from domain.law.court_acts import court_acts
from domain.law.custodies import custody_of, zone_in
from domain.law.facts import Custody
from domain.proceeding import Proceeding
from domain.vocabulary.people import CONSENT_SCOPES
from projections import consents
from web.desk import HOME_COUNTRY, HOME_ZONE, Desk, today
from web.languages import language
from web.languages import translated as _
from web.papers.known import Known, front
from web.telling import clocks
from web.telling.clock_words import NOT_ADVICE
from web.telling.overrun import Statement, statement

_SCOPE = "submit_to_courts"


@dataclass(frozen=True, slots=True)
class Answered:
    """One detention: when and where it began, in words, the facts the law was asked about, and what follows."""

    detention: UUID
    began: str
    where: str
    facts: Custody
    custody: CustodyAnswer
    statement: Statement


def answers(known: Known) -> Iterator[Answered]:
    """What follows for each detention that stands, in the language of the page being made."""
    spoken, teller = language(), known.history.teller
    courts = known.history.standing(Proceeding.Opened, Proceeding.DefendantJoined, Proceeding.Entered)
    for detention, first, entries in known.details():
        zone = zone_in(entries) or HOME_ZONE
        ruled, steps = court_acts(courts, detention, known.files, first.when)
        facts = custody_of(entries, ruled=ruled, steps=steps)
        answer = laws()[HOME_COUNTRY].custody(facts, known.hour, zone)
        began = teller.when(first.when, spoken) if first.when is not None else ""
        where = teller.place(first.place, spoken) if first.place is not None else ""
        yield Answered(detention, began, where, facts, answer, statement(answer, spoken, cited))


def cited(ref: object) -> str:
    """A report as it is cited: by its position."""
    position = _("position")
    return f"{position} {ref}"


def sections(known: Known, within: Collection[UUID] | None) -> Iterator[dict[str, Any]]:
    """The part of a case file: each clock in a line, what is missing, and that it is no advice; of one case alone those of its
    detention."""
    spoken = language()
    for one in (found for found in answers(known) if within is None or found.detention in within):
        lines = [clocks.clock(clock, known.hour, spoken) for clock in one.custody.clocks]
        lines += [clocks.elapsed(elapsed, spoken) for elapsed in one.custody.elapsed]
        lines += [clocks.flag(flag, spoken) for flag in one.custody.flags]
        if one.custody.missing:
            lines.append(_("Not known: %(what)s.", what=clocks.missing(one.custody.missing, spoken)))
        title = _("Clocks of the detention %(when)s", when=one.began) if one.began else _("Clocks of a detention")
        yield {"title": title, "note": NOT_ADVICE[spoken == "ru"], "paragraphs": lines}


def statement_of(known: Known, detention: UUID) -> Answered | None:
    """What follows for this detention; None where it does not stand."""
    return next((one for one in answers(known) if one.detention == detention), None)


def content_of(desk: Desk, known: Known, found: Answered) -> dict[str, Any]:
    """What the sheet `overrun` is filled with."""
    about = [(_("Detention"), ", ".join(part for part in (found.began, found.where) if part) or _("time not reported"))]
    about.append((_("File number"), str(known.person)))
    return {
        **front(desk, known, known.name or _("Name not known"), _("Statement of an overrun")),
        "about": about,
        "paragraphs": list(found.statement.paragraphs),
        "notes-title": _("Notes"),
        "notes": [{"number": note.number, "text": note.text} for note in found.statement.footnotes],
        "closing": NOT_ADVICE[language() == "ru"],
    }


def consent_to_submit(desk: Desk, known: Known) -> tuple[str, bool]:
    """The scope a motion falls under, in words, and whether consent to it holds today."""
    with desk.tracker.views() as db:
        answers = consents.holding(db, [known.person.bytes], today())[known.person.bytes].answers
    return CONSENT_SCOPES.label(_SCOPE, language()), _SCOPE in answers and answers[_SCOPE].holds
