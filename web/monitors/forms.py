"""The forms that open a record: a protest, a detention, a release, an incident. What they ask, and how it is recorded."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import url_for
from werkzeug.datastructures import MultiDict

from domain.casebook import Outcome
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.incident import Incident
from domain.person import Person
from domain.protest import Protest
from domain.provenance import Source
from web.desk import Desk
from web.entries.fields import Field, fields_of
from web.entries.forms import Ids, Record
from web.entries.labels import hint, label
from web.entries.reading import id_in
from web.entries.recording import sealed_detention
from web.entries.sealing import sealed_facts, sealed_source, sealer
from web.likeness.question import answered_who, held_in, keep_name


def protest_fields(language: str) -> list[Field]:
    """What is asked about a protest."""
    return fields_of(Protest.Recorded, language)


def detention_fields(language: str) -> list[Field]:
    """What is asked about a detention: the person first, then the detention."""
    return [*_person_fields(language), *further_fields(language)]


def further_fields(language: str) -> list[Field]:
    """What is asked about a detention of somebody who has a file."""
    return fields_of(Detention.Recorded, language)


def release_fields(language: str) -> list[Field]:
    """What is asked about a release that comes before its detention."""
    released = fields_of(Detention.Released, language)
    return [*_person_fields(language), *released, *fields_of(Detention.Recorded, language, without=["when"])]


def incident_fields(language: str) -> list[Field]:
    """What is asked about an incident; whom it was done to is chosen among the files."""
    *told, words = fields_of(Incident.Recorded, language)
    return [*told, Field("person", "file", label("incident.recorded", "person"), hint("incident.recorded", "person")), words]


def _person_fields(language: str) -> list[Field]:
    name, kind = fields_of(Person.Named, language)
    unknown_yet = replace(name, required=False, label=label("", "name"), hint=hint("", "name"))
    return [unknown_yet, replace(kind, name="name_kind", label=label("", "name_kind"), required=False, first="full", later=True)]


def protest_asked_for(values: "MultiDict[str, str]") -> UUID | None:
    """The protest that the link came from, or that was chosen in the form."""
    return id_in(values.get("protest", ""))


def person_asked_for(values: "MultiDict[str, str]") -> UUID | None:
    """The person whose file the link came from, or that was chosen in the form; what was pasted comes first."""
    return id_in(values.get("person.pasted", "")) or id_in(values.get("person", ""))


def page_of(protest: UUID | None) -> str:
    """Where to go back to."""
    return url_for("monitors.protest", protest=protest) if protest is not None else url_for("monitors.overview")


def file_of(desk: Desk, person: UUID) -> str | None:
    """The page of a person's file, None where there is none that the reader may open."""
    try:
        desk.tracker.casebook.standing(Person, person)
    except RuleBroken:
        return None
    if not desk.may_see(person):
        return None
    return url_for("lawyers.case_file", person=person)


def record_protest(desk: Desk) -> Record:
    """Records a protest; its id, minted with the form, is the command's as well."""

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        outcome = desk.tracker.casebook.record_protest(desk.entry(source, ids["record"]), ids["record"], **facts)
        return outcome, url_for("monitors.protest", protest=ids["record"])

    return record


def record_detention(desk: Desk) -> Record:
    """Records a detention, and opens the file of the person held unless it is said to be that of somebody on file."""

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        detention = ids["record"]
        answer = answered_who(desk, facts, ids)
        person = answer.person or ids["person"]
        sealed, source = sealed_detention(desk, facts, source, detention, person)
        entry = desk.entry(source, detention)
        if answer.person is not None:
            keep_name(desk, entry, person, sealed, str(facts["name"]))
            outcome = desk.tracker.casebook.record_detention_again(entry, detention, person=person, **sealed)
        else:
            outcome = desk.tracker.casebook.record_detention(entry, detention, person=person, apart=answer.apart, **sealed)
        return outcome, url_for("lawyers.case_file", person=person)

    return record


def record_release(desk: Desk) -> Record:
    """Records a release before any detention: opens one with unknown start, and ends it.

    Of somebody on file who is held, and of whose detention nothing else is told, it is the release from that detention.
    """

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        detention, casebook = ids["record"], desk.tracker.casebook
        answer = answered_who(desk, facts, ids)
        person = answer.person or ids["person"]
        held = held_in(desk, person, detention) if answer.person is not None and not _tells_of_detention(facts) else None
        sealed, source = sealed_detention(desk, facts, source, held or detention, person)
        entry = desk.entry(source, detention)
        if answer.person is None:
            outcome = casebook.record_release_only(entry, detention, person=person, apart=answer.apart, **sealed)
        else:
            keep_name(desk, entry, person, sealed, str(facts["name"]))
            if held is not None:
                outcome = casebook.record_release(entry, held, when=sealed["when"], kind=sealed["kind"])
            else:
                outcome = casebook.record_release_again(entry, detention, person=person, **sealed)
        return outcome, url_for("lawyers.case_file", person=person)

    return record


def _tells_of_detention(facts: dict[str, Any]) -> bool:
    """Whether more is told than who was let go, when and how."""
    told = (value for name, value in facts.items() if name not in ("name", "name_kind", "when", "kind"))
    return any(value not in (None, "", (), "unknown") for value in told)


def record_incident(desk: Desk) -> Record:
    """Records an incident, its words sealed for the person it was done to, or else under a key of its own."""

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        incident, person = ids["record"], facts["person"]
        page = file_of(desk, person) if person is not None else url_for("monitors.incident", incident=incident)
        if page is None:
            raise RuleBroken("no_such_record", kind="person")
        seal = sealer(desk.tracker.vault, person or incident, incident)
        sealed, source = sealed_facts(Incident.Recorded, facts, seal), sealed_source(source, seal)
        return desk.tracker.casebook.record_incident(desk.entry(source, incident), incident, **sealed), page

    return record


def record_further(desk: Desk, person: UUID) -> Record:
    """Records one more detention of a person."""

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        detention = ids["record"]
        sealed, source = sealed_detention(desk, facts, source, detention, person)
        casebook = desk.tracker.casebook
        outcome = casebook.record_detention_again(desk.entry(source, detention), detention, person=person, **sealed)
        return outcome, url_for("lawyers.case_file", person=person)

    return record
