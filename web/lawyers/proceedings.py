"""The cases against one person: what a file shows of them, and the form that opens one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import url_for

from domain.casebook import Outcome
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.proceeding import Proceeding
from domain.provenance import Source
from domain.record import Record as OnRecord
from domain.vocabulary.articles import ARTICLES
from domain.vocabulary.proceedings import PROCEEDING_KINDS
from projections import case_files, people
from web.desk import Desk
from web.entries.fields import Field, Options, fields_of
from web.entries.forms import Form, Ids, Record
from web.entries.labels import hint, label
from web.entries.pickers import MOST_LISTED
from web.entries.sealing import sealed_facts, sealed_source, sealer
from web.languages import language
from web.languages import translated as _
from web.lawyers.prosecuted import Following, Prosecuted
from web.lawyers.stages import stage_of
from web.lines import History, history_of
from web.naming import names_of
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
    """What is asked about a case, and who else is in it."""
    fields = fields_of(Proceeding.Opened, language(), without=["detention"])
    after = _detentions(desk, person)
    kind = next(number for number, field in enumerate(fields) if field.name == "article") + 1
    shown = fields_of(Proceeding.Opened, language(), "detention")
    listed = [replace(field, options=after) for field in shown] if after else []
    others = Field("others", "files", label("", "others"), hint("", "others"), options=_others(desk, person))
    return Form(
        _("Record a case"),
        [*fields[:kind], others, *listed, *fields[kind:]],
        back,
        intro=_("A case before a court or an authority, against one person or several at once."),
        minted=("record",),
    )


def record(desk: Desk, person: UUID, back: str) -> Record:
    """Records one case against everybody who was named, under a key of its own, in one go."""

    def recorded(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        case, others = ids["record"], facts.pop("others")
        if all(value in (None, "", "unknown") for value in facts.values()) and source == Source("unknown"):
            raise RuleBroken("nothing_told")
        _must_be_theirs(desk, person, others)
        seal = sealer(desk.tracker.vault, case, case)
        sealed, source = sealed_facts(Proceeding.Opened, facts, seal), sealed_source(source, seal)
        outcome = desk.tracker.casebook.open_proceeding(desk.entry(source, case), case, persons=(person, *others), **sealed)
        return outcome, url_for("lawyers.proceeding", proceeding=case) if others else back

    return recorded


def _must_be_theirs(desk: Desk, person: UUID, others: Sequence[UUID]) -> None:
    """RuleBroken `no_such_record` for somebody whose file the reader may not open, `defendant_already` for one person twice."""
    if set(others) - desk.visible(others):
        raise RuleBroken("no_such_record", kind="person")
    with desk.tracker.views() as db:
        joined = people.clusters(db, [one.bytes for one in (person, *others)])
    if len({frozenset(files) for files in joined.values()}) < len({person, *others}) or person in others:
        raise RuleBroken("defendant_already")


def _others(desk: Desk, person: UUID) -> Options:
    """Whom one may choose from: who was detained at the same protests first, then the files opened last."""
    with desk.tracker.views() as db:
        own = people.cluster(db, person.bytes)
        protests = {row.protest for row in case_files.detentions_of(db, own) if row.protest is not None}
        beside = [row.person for one in sorted(protests) for row in case_files.detentions_at(db, one, limit=MOST_LISTED)]
        latest = [row.person for row in people.latest(db, limit=MOST_LISTED, among=desk.listed(db))]
        gone = people.forgotten_among(db, [*beside, *latest])
        seen = {one.bytes for one in desk.visible([UUID(bytes=key) for key in beside])} | {*latest}
        listed = [key for key in dict.fromkeys([*beside, *latest]) if key in seen - gone - {*own}][:MOST_LISTED]
        names = names_of(desk, db, listed)
    return tuple((str(UUID(bytes=key)), f"{names.get(key) or _('Name not known')} · {key.hex()[-8:]}") for key in listed)


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
