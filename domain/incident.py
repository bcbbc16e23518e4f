"""An incident: something done to people that is neither a protest nor a detention, such as an attack, a search, a summons."""

from typing import TYPE_CHECKING, Annotated, Any, Self
from uuid import UUID

from domain.moment import When
from domain.place import Place
from domain.privacy import Sealed
from domain.provenance import Entry
from domain.record import Record
from domain.topics import stored_as
from domain.vocabulary.incidents import INCIDENT_CATEGORIES


@stored_as("incident")
class Incident(Record):
    """What was done to people. Where it includes a detention, that is recorded as a detention too, and named here."""

    if TYPE_CHECKING:
        person: UUID | None

    class Recorded(Record.Created):
        """An incident was reported. `person` and `detention` link it where they are known; it may have several categories."""

        TOPIC = "incident.recorded"
        when: When
        place: Place
        categories: Annotated[tuple[str, ...], INCIDENT_CATEGORIES]
        protest: UUID | None
        person: UUID | None
        detention: UUID | None
        words: Sealed | None

        def apply(self, aggregate: Any) -> None:
            aggregate.person = self.person
            super().apply(aggregate)

    class Corrected(Record.Correction):
        """An entry about the incident was restated."""

        TOPIC = "incident.corrected"

        def apply(self, aggregate: Any) -> None:
            aggregate.person = self.restated.person
            super().apply(aggregate)

    class Withdrawn(Record.Withdrawal):
        """An entry about the incident, or the incident as a whole, was taken back."""

        TOPIC = "incident.withdrawn"

    class Reinstated(Record.Reinstatement):
        """What was taken back about the incident counts again."""

        TOPIC = "incident.reinstated"

        def apply(self, aggregate: Any) -> None:
            aggregate.person = self.restated.person
            super().apply(aggregate)

    class Attested(Record.Attestation):
        """Another source says the same about the incident."""

        TOPIC = "incident.attested"

    @classmethod
    def record(
        cls,
        entry: Entry,
        incident: UUID,
        *,
        when: When,
        place: Place,
        categories: tuple[str, ...],
        protest: UUID | None = None,
        person: UUID | None = None,
        detention: UUID | None = None,
        words: Sealed | None = None,
    ) -> Self:
        """Open the record of an incident. Raises RuleBroken `missing_category` when it has none."""
        return cls._begin(
            cls.Recorded,
            entry,
            incident,
            when=when,
            place=place,
            categories=categories,
            protest=protest,
            person=person,
            detention=detention,
            words=words,
        )

    def concerns(self) -> UUID | None:
        """Whom it was done to, where that is known."""
        return self.person
