"""What a monitor does with incidents."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.casebook.recording import Outcome, Recording
from domain.detention import Detention
from domain.incident import Incident
from domain.moment import When
from domain.person import Person
from domain.place import Place
from domain.provenance import Entry


class Incidents(Recording):
    """The arguments are those of the verbs of Incident, where they are explained."""

    def record_incident(
        self, entry: Entry, incident: UUID, *, when: When, place: Place, categories: tuple[str, ...], **facts: Any
    ) -> Outcome:
        """Open the record of an incident under the id `incident`, minted with the form."""
        self._must_exist(facts)
        opened = Incident.record(entry, incident, when=when, place=place, categories=categories, **facts)
        return self._open(entry, opened)

    def record_incident_with_detention(
        self,
        entry: Entry,
        incident: UUID,
        *,
        detention: UUID,
        person: UUID,
        when: When,
        place: Place,
        categories: tuple[str, ...],
        protest: UUID | None = None,
        **facts: Any,
    ) -> Outcome:
        """An incident in which somebody was detained: the incident, the detention and the person's file, together.

        The reference and the words of time and place are the incident's, which they are sealed for; `facts` are the detention's.
        """
        self._must_exist({"protest": protest})
        opened = Incident.record(
            entry,
            incident,
            when=when,
            place=place,
            categories=categories,
            protest=protest,
            person=person,
            detention=detention,
        )
        when, place, further = when.told(None), replace(place, words=None), entry.without_reference()
        held = Detention.record(further, detention, person=person, when=when, place=place, protest=protest, **facts)
        return self._open(entry, Person.open(further, person), held, opened)
