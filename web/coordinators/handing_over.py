"""Hand-over: some or all people of one lawyer to another, with the reason, each person's files together or not at all.

Sent twice, or sent again after it was interrupted, everybody is handed over once: the command of the form stands in each file.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for

from domain.casebook import Outcome
from domain.errors import RuleBroken
from domain.person import Person
from domain.provenance import Source
from projections import assignments, people
from web.access.roles import Role
from web.desk import Desk
from web.entries.fields import Field, fields_of
from web.entries.filled import id_in
from web.entries.forms import Form, Ids, Record
from web.entries.sealing import sealers
from web.languages import language
from web.languages import translated as _
from web.lawyers.by_time_left import most_urgent_first
from web.naming import names_of
from web.vault.accounts import Account

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Lawyer:
    """One account that has, or may be given, somebody's file."""

    id: UUID
    name: str
    people: int
    is_ended: bool
    """Whether whoever it was can do nothing any more: their people wait to be handed over."""


def lawyers_listed(desk: Desk) -> list[Lawyer]:
    """Every lawyer, and whoever else still has files."""
    with desk.tracker.views() as db:
        having = assignments.by_counsel(db)
        gone = people.forgotten_among(db, {person for files in having.values() for person in files})
    return [
        Lawyer(one.id, one.name, len(having.get(one.id.bytes, set()) - gone), one.is_ended or one.role != Role.LAWYER)
        for one in desk.tracker.door.accounts.all()
        if one.id.bytes in having or (one.role == Role.LAWYER and not one.is_ended)
    ]


def hand_over_form(desk: Desk, giver: Account) -> Form:
    """Whom, to which lawyer and why."""
    with desk.tracker.views() as db:
        order = most_urgent_first(db, giver.id)
        names = names_of(desk, db, order[:MOST_LISTED])
    listed = [(str(UUID(bytes=key)), names.get(key) or _("Name not known"), key.hex()[-8:]) for key in order[:MOST_LISTED]]
    marked = request.form.getlist("person") or request.args.getlist("person")
    more = {"giver": giver.name, "listed": listed, "everybody": len(order), "marked": set(marked)}
    return Form(
        _("Hand over"),
        _fields(),
        url_for("coordinators.lawyers"),
        intro=_("The other lawyer sees the whole files from now on, this one nothing of them."),
        submit=_("Hand over"),
        template="hand_over.html",
        more=more,
    )


def _fields() -> Sequence[Field]:
    asked = {one.name: one for one in fields_of(Person.CounselAssigned, language(), "counsel", "ground", "words")}
    return [asked["counsel"], asked["ground"], asked["words"]]


def handed_over(desk: Desk, giver: Account) -> Record:
    """Records it for everybody who was chosen."""

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        taker, words = facts["counsel"], facts["words"]
        if taker == giver.id:
            raise RuleBroken("same_counsel", field="counsel")
        if facts["ground"] == "other" and words is None:
            raise RuleBroken("missing_ground", field="words")
        with desk.tracker.views() as db:
            having = assignments.people_of(db, giver.id.bytes)
            having -= people.forgotten_among(db, having)
            chosen = _chosen(having)
            if not chosen and _was_sent_before(desk, ids["command"]):
                return Outcome(desk.tracker.log.last(), new=False), url_for("coordinators.lawyers")
            if not chosen:
                raise RuleBroken("no_person_chosen", field="whom")
            joined = people.clusters(db, chosen)
        together = {person: [UUID(bytes=file) for file in joined[person] if file in having] for person in chosen}
        seal = sealers(desk.tracker.vault, {file for files in together.values() for file in files} if words else ())
        entry, outcome = desk.entry(source, ids["command"]), Outcome(0, new=False)
        done: set[UUID] = set()
        for files in together.values():
            if done.isdisjoint(files):
                done.update(files)
                said = {file: seal(file, file)("words", words) if words else None for file in files}
                made = desk.tracker.casebook.hand_over(entry, said, giver=giver.id, taker=taker, ground=facts["ground"])
                outcome = max(outcome, made, key=lambda one: (one.new, one.position))
        return outcome, url_for("coordinators.lawyers")

    return record


def _chosen(having: Collection[bytes]) -> list[bytes]:
    """Those of the giver's people who were marked, or all of them."""
    marked = set(request.form.getlist("person"))
    is_whole = request.form.get("whom") == "everybody"
    return [person for person in sorted(having) if is_whole or str(UUID(bytes=person)) in marked]


def _was_sent_before(desk: Desk, command: UUID) -> bool:
    """Whether somebody who was on the list when the form was opened was handed over by this very form."""
    for told in request.form.getlist("listed"):
        person = id_in(told)
        try:
            if person is not None and command in desk.tracker.casebook.standing(Person, person).commands:
                return True
        except RuleBroken:
            continue
    return False
