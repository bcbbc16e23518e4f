"""A case file: the person's name, what consent holds, each custody with its state, and every entry of every file of this person
in order. Of who was forgotten it keeps one line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.detention import Detention
from domain.person import Person
from domain.record import Record
from domain.verification import Tier
from domain.vocabulary.custody import RELEASE_KINDS
from projections import assignments, case_files, people, protests
from web.custody import state_of
from web.desk import Desk
from web.exhibits.listing import Exhibits, exhibits_of
from web.forgetting.state import Notice, notices_of
from web.languages import translated as _
from web.lawyers.consent import ConsentLine, consent_lines
from web.lawyers.proceedings import OneCase, cases_in
from web.lines import History, Line, history_of
from web.naming import best_name
from web.sightings import Listed, told_protests
from web.telling import short_id
from web.telling.phrases import phrase
from web.wiring import Views


@dataclass(frozen=True, slots=True)
class Custody:
    """One detention as it is known now. Two release times that differ are both in `released`."""

    id: UUID
    began: str
    where: str
    station: str
    state: str
    released: Sequence[tuple[str, str]]
    differ: bool
    """Whether the reports of the release name different ways or times."""
    protest: Listed | None
    borne_out: Sequence[tuple[str, str]]
    """How well the detention is borne out, and the best reported release."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What the page shows. `merged` are the other files found to be of the same person."""

    person: UUID
    name: str
    forgotten: bool
    withdrawn: bool
    merged: Sequence[UUID]
    consent: Sequence[ConsentLine]
    counsel: Sequence[str]
    """The names of the accounts that have the file."""
    forgetting: Sequence[Notice]
    custodies: Sequence[Custody]
    cases: Sequence[OneCase]
    exhibits: Exhibits
    lines: Sequence[Line]


def case_file_of(desk: Desk, person: UUID, language: str) -> CaseFile | None:
    """A person's file as it is known now; None for one that is not on record."""
    with desk.tracker.views() as db:
        files = people.cluster(db, person.bytes)
        rows = {row.person: row for row in people.rows_of(db, files)}
        if person.bytes not in rows:
            return None
        if any(row.forgotten for row in rows.values()):
            return CaseFile(person, "", True, False, (), (), (), (), (), (), Exhibits((), 0), ())
        history = history_of(desk, case_files.records_of(db, files), of=[UUID(bytes=file) for file in files])
        custodies = case_files.detentions_of(db, files)
        shown = [_custody(desk, db, row, history, language) for row in custodies]
        consent = consent_lines(db, person, history, language)
        exhibits = exhibits_of(desk, db, people=files)
        cases = cases_in(db, files, history, language)
        notices = notices_of(desk, db, files)
        assigned = {UUID(bytes=one) for having in assignments.counsel_of(db, files).values() for one in having}
    accounts = desk.tracker.vault.accounts.names() if assigned else {}
    name = best_name([event for _, event in sorted(history.standing(Person.Named), key=history.first_told)])
    return CaseFile(
        person,
        history.teller.name(name.name) if name is not None else "",
        False,
        not rows[person.bytes].stands,
        [UUID(bytes=key) for key in files[1:]],
        consent,
        sorted(accounts.get(one, short_id(one)) for one in assigned),
        notices,
        shown,
        cases,
        exhibits,
        history.lines(),
    )


def _custody(desk: Desk, db: Views, row: Any, history: History, language: str) -> Custody:
    teller, detention = history.teller, UUID(bytes=row.detention)

    def standing(*kinds: type[Record.Event]) -> list[Any]:
        return [event for _, event in history.standing(*kinds) if event.originator_id == detention]

    opened = standing(Detention.Recorded)
    began = opened[0] if opened else None
    released = [
        (phrase(RELEASE_KINDS, event.kind, language), teller.when(event.when, language) if event.when is not None else "")
        for event in standing(Detention.Released)
    ]
    moved = [event for event in standing(Detention.Delivered, Detention.Transferred) if event.place is not None]
    return Custody(
        detention,
        teller.when(began.when, language) if began is not None and began.when is not None else "",
        teller.place(began.place, language) if began is not None and began.place is not None else "",
        teller.place(moved[-1].place, language) if moved else "",
        state_of(row),
        released,
        len(set(released)) > 1,
        _protest(desk, db, row.protest, language),
        _borne_out(history, opened, standing(Detention.Released)),
    )


def _borne_out(history: History, opened: Sequence[Any], released: Sequence[Any]) -> list[tuple[str, str]]:
    """Each told by the best of its entries: one that is borne out is enough."""
    found = []
    for told, entries in ((_("detention"), opened), (_("release"), released)):
        bases = [history.bases.of(entry.originator_id, entry.originator_version) for entry in entries]
        known = [basis for basis in bases if basis is not None]
        if known:
            found.append((told, min(known, key=lambda basis: list(Tier).index(basis.tier)).label))
    return found


def _protest(desk: Desk, db: Views, protest: bytes | None, language: str) -> Listed | None:
    row = protests.one(db, protest) if protest is not None else None
    return told_protests(desk, db, [row], language)[0] if row is not None else None
