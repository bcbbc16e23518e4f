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
from domain.record import Record as OnRecord
from domain.vocabulary.articles import ARTICLES
from domain.vocabulary.proceedings import PROCEEDING_KINDS
from projections import case_files
from web.desk import Desk
from web.entries.fields import Options, fields_of
from web.entries.forms import Form, Ids, Record
from web.entries.sealing import sealed_facts, sealed_source, sealer
from web.languages import language
from web.languages import translated as _
from web.lawyers.prosecuted import Following, Prosecuted
from web.lawyers.stages import stage_of
from web.lines import History, history_of
from web.telling import short_id


@dataclass(frozen=True, slots=True)
class OneCase:
    """A case against somebody: the article that stands, how many others are in it, how far it has come for this person."""

    id: UUID
    kind: str
    article: str
    number: str
    others: int
    stage: str
    law: Following

    @property
    def called(self) -> str:
        """A case in a line: two may be under one article."""
        return f"{self.article}, {self.number or short_id(self.id)}"


def cases_in(history: History, persons: Sequence[UUID], prosecuted: Prosecuted, language: str) -> list[OneCase]:
    """The cases that stand against the person of these files, in the order in which they were recorded."""
    found = []
    for _position, said in sorted(history.standing(Proceeding.Opened), key=history.first_told):
        case, law = said.originator_id, prosecuted.cases.get(said.originator_id)
        if law is None:
            continue
        theirs = [event for _position, event in history.standing(OnRecord.Event) if event.originator_id == case]
        joined = {event.person for event in theirs if isinstance(event, Proceeding.DefendantJoined)}
        found.append(
            OneCase(
                case,
                PROCEEDING_KINDS.label(said.kind, language),
                ARTICLES.label(law.facts.article, language),
                history.teller.said(said.case_number),
                len({*said.persons, *joined} - set(persons)),
                stage_of(theirs, history.teller, law.answer.now, language),
                law,
            )
        )
    return found


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
