"""A report: one message as it came in. One line is enough to save it; people are told out of it later."""

from typing import Annotated, Any, Self
from uuid import UUID

from domain.count import Count
from domain.errors import RuleBroken
from domain.moment import When
from domain.place import Place
from domain.privacy import Sealed
from domain.provenance import Entry
from domain.record import Record
from domain.topics import stored_as
from domain.vocabulary.custody import CONCERNS
from domain.vocabulary.reports import REPORT_OUTCOMES


@stored_as("report")
class Report(Record):
    """Its words may name several people, and are sealed under a key of its own, which goes with whoever of them is forgotten."""

    class Received(Record.Created):
        """A message came in: so many people, `minors` of them under age, are held at `place` at the time `when`.

        Everything may be unknown but the words. `count` includes the people it names. It competes with other counts and is never
        added to them or to the people known one by one.
        """

        TOPIC = "report.received"
        when: When | None
        place: Place | None
        protest: UUID | None
        count: Count | None
        minors: Count | None
        concerns: Annotated[tuple[str, ...], CONCERNS]
        words: Sealed | None

    class PersonRecorded(Record.Event):
        """One of the people it speaks of is on record: `person`, by `detention`. Counted among its people, not beside them."""

        TOPIC = "report.person_recorded"
        detention: UUID
        person: UUID

        def apply(self, aggregate: Any) -> None:
            aggregate.people = {*aggregate.people, self.person}
            super().apply(aggregate)

    class Settled(Record.Event):
        """Nothing is left to do about it."""

        TOPIC = "report.settled"
        kind: Annotated[str, REPORT_OUTCOMES]

    class Corrected(Record.Correction):
        """An entry about the report was restated."""

        TOPIC = "report.corrected"

    class Withdrawn(Record.Withdrawal):
        """An entry about the report, or the report as a whole, was taken back."""

        TOPIC = "report.withdrawn"

    class Reinstated(Record.Reinstatement):
        """What was taken back about the report counts again."""

        TOPIC = "report.reinstated"

    class Attested(Record.Attestation):
        """Another source says the same as the report."""

        TOPIC = "report.attested"

    people = frozenset[UUID]()
    """Everybody who was ever told out of it: what its words say of one of them is forgotten with that one."""

    @classmethod
    def receive(
        cls,
        entry: Entry,
        report: UUID,
        *,
        when: When | None = None,
        place: Place | None = None,
        protest: UUID | None = None,
        count: Count | None = None,
        minors: Count | None = None,
        concerns: tuple[str, ...] = ("unknown",),
        words: Sealed | None = None,
    ) -> Self:
        """Open a report under the id `report`."""
        return cls._begin(
            cls.Received,
            entry,
            report,
            when=when,
            place=place,
            protest=protest,
            count=count,
            minors=minors,
            concerns=concerns,
            words=words,
        )

    def record_person(self, entry: Entry, *, detention: UUID, person: UUID) -> None:
        """Raises RuleBroken `in_the_report_already`."""
        if person in self.people:
            raise RuleBroken("in_the_report_already")
        self._enter(self.PersonRecorded, entry, detention=detention, person=person)

    def settle(self, entry: Entry, *, kind: str = "worked_off") -> None:
        """Takes it off the list of reports to work off; whatever it counted still counts."""
        self._enter(self.Settled, entry, kind=kind)
