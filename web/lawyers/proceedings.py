"""The cases against one person: what a file shows of them, and the form that opens one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from domain.casebook import Outcome
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.proceeding import Proceeding
from domain.provenance import Source
from domain.vocabulary.articles import ARTICLES
from domain.vocabulary.proceedings import CLOSINGS, PROCEEDING_KINDS
from projections import case_files, proceedings
from web.desk import Desk
from web.entries.fields import Options, fields_of
from web.entries.forms import Form, Ids, Record
from web.entries.sealing import sealed_facts, sealed_source, sealer
from web.languages import language
from web.languages import translated as _
from web.lines import History, history_of
from web.wiring import Views


@dataclass(frozen=True, slots=True)
class OneCase:
    """A case against somebody: the article that stands, how many others are in it, how it ended ("" while it goes on)."""

    id: UUID
    kind: str
    article: str
    number: str
    others: int
    ended: str


def cases_in(db: Views, files: Sequence[bytes], history: History, language: str) -> list[OneCase]:
    """The cases that stand against the person of these files, in the order in which they were opened."""
    opened = {event.originator_id: event for _, event in history.standing(Proceeding.Opened)}
    found: dict[UUID, OneCase] = {}
    for row in proceedings.of_people(db, files):
        case, person = UUID(bytes=row.proceeding), UUID(bytes=row.person)
        said = opened.get(case)
        number = history.teller.said(said.case_number) if said is not None else ""
        others = set(proceedings.defendants_of(db, row.proceeding)) - set(files)
        ended = proceedings.ended_for(row, person)
        found[case] = OneCase(
            case,
            PROCEEDING_KINDS.label(row.kind, language),
            ARTICLES.label(proceedings.article_for(row, person), language),
            number,
            len(others),
            CLOSINGS.label(ended, language) if ended else "",
        )
    return list(found.values())


def form(desk: Desk, person: UUID, back: str) -> Form:
    """What is asked about a case."""
    fields = fields_of(Proceeding.Opened, language(), without=["detention"])
    after = _detentions(desk, person)
    kind = next(number for number, field in enumerate(fields) if field.name == "article") + 1
    shown = fields_of(Proceeding.Opened, language(), "detention")
    listed = [replace(field, options=after) for field in shown] if after else []
    return Form(
        _("Record a case"),
        [*fields[:kind], *listed, *fields[kind:]],
        back,
        intro=_("A case before a court or an authority. If others are in the same case, add them to it afterwards."),
        minted=("record",),
    )


def record(desk: Desk, person: UUID, back: str) -> Record:
    """Records a case under a key of its own."""

    def recorded(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        case = ids["record"]
        if all(value in (None, "", "unknown") for value in facts.values()) and source == Source("unknown"):
            raise RuleBroken("nothing_told")
        seal = sealer(desk.tracker.vault, case, case)
        sealed, source = sealed_facts(Proceeding.Opened, facts, seal), sealed_source(source, seal)
        return desk.tracker.casebook.open_proceeding(desk.entry(source, case), case, persons=(person,), **sealed), back

    return recorded


def _detentions(desk: Desk, person: UUID) -> Options:
    """The detentions of the person on record, to choose the one that led to the case."""
    with desk.tracker.views() as db:
        rows = [row for row in case_files.detentions_of(db, [person.bytes]) if row.stands]
    history = history_of(desk, [row.detention for row in rows])
    told = {event.originator_id: event for _, event in history.standing(Detention.Recorded)}
    return tuple(
        (str(key), history.teller.when(event.when, language()) if event.when is not None else str(key)[-8:])
        for key, event in told.items()
    )
