"""A person: opened with the first detention, named or not, and everything that concerns them rather than one detention."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Self
from uuid import UUID

from eventsourcing.domain import event

from domain.errors import RuleBroken
from domain.moment import When
from domain.privacy import Sealed, Words
from domain.provenance import Entry
from domain.record import Record
from domain.topics import stored_as
from domain.vocabulary.custody import IDENTIFIED_BY
from domain.vocabulary.people import CONSENT_FORMS, CONSENT_GIVERS, CONSENT_SCOPES, NAME_KINDS, RECOGNITIONS


@stored_as("person")
class Person(Record):
    """Somebody the record knows of. The id is random; nothing derived from a name is in the log."""

    class Opened(Record.Created):
        """A person's file was opened, before anybody may know the name."""

        TOPIC = "person.opened"

    class Named(Record.Event):
        """A name was given, sealed; an earlier one is not overwritten, the page shows the latest of each kind."""

        TOPIC = "person.named"
        name: Sealed
        kind: Annotated[str, NAME_KINDS]

    class ConsentGiven(Record.Event):
        """Consent to what may be done with the record; `until` is the last day it holds, None without an end."""

        TOPIC = "person.consent_given"
        scopes: Annotated[tuple[str, ...], CONSENT_SCOPES]
        given_by: Annotated[str, CONSENT_GIVERS]
        form: Annotated[str, CONSENT_FORMS]
        when: When | None
        until: date | None

    class ConsentWithdrawn(Record.Event):
        """Consent to these scopes no longer holds, whoever gave it."""

        TOPIC = "person.consent_withdrawn"
        scopes: Annotated[tuple[str, ...], CONSENT_SCOPES]
        when: When | None

    class FoundToBe(Record.Event):
        """Two files are of one person. Both stay as they are; pages and counts read them together."""

        TOPIC = "person.found_to_be"
        other: UUID
        basis: Annotated[str, IDENTIFIED_BY]
        words: Sealed | None

    class ToldApart(Record.Event):
        """Two files are of two people: ends a finding, or remembers that they were compared."""

        TOPIC = "person.told_apart"
        other: UUID
        words: Sealed | None

    class CounselAssigned(Record.Event):
        """A lawyer's account was given this person's file."""

        TOPIC = "person.counsel_assigned"
        counsel: UUID
        when: When | None

    class CounselDismissed(Record.Event):
        """A lawyer's account no longer has this person's file."""

        TOPIC = "person.counsel_dismissed"
        counsel: UUID
        when: When | None

    class Recognised(Record.Event):
        """An organisation recognised the person as persecuted; `by` names it, in words that may name more than it."""

        TOPIC = "person.recognised"
        kind: Annotated[str, RECOGNITIONS]
        by: Sealed
        when: When | None

    class LeftCountry(Record.Event):
        """The person left; the destination is sealed, for it can endanger them there."""

        TOPIC = "person.left_country"
        when: When | None
        destination: Sealed | None

    class Died(Record.Event):
        """The person died."""

        TOPIC = "person.died"
        when: When | None

    class Forgotten(Record.Event):
        """The person's key was destroyed: no personal text opens any more, coded facts stay in totals."""

        TOPIC = "person.forgotten"

    class Corrected(Record.Correction):
        """An entry about the person was restated."""

        TOPIC = "person.corrected"

    class Withdrawn(Record.Withdrawal):
        """An entry about the person, or the file as a whole, was taken back."""

        TOPIC = "person.withdrawn"

    forgotten = False

    @classmethod
    def open(cls, entry: Entry, person: UUID) -> Self:
        """Open a file under the id `person`."""
        return cls._begin(cls.Opened, entry, person)

    def give_name(self, entry: Entry, *, name: Sealed, kind: str = "full") -> None:
        """Raises RuleBroken `person_forgotten`, as every verb here does, once the person was forgotten."""
        self._must_be_known()
        self._enter(self.Named, entry, name=name, kind=kind)

    def give_consent(
        self,
        entry: Entry,
        *,
        scopes: tuple[str, ...],
        given_by: str = "person",
        form: str = "spoken",
        when: When | None = None,
        until: date | None = None,
    ) -> None:
        """Raises RuleBroken `missing_scope` when nothing is consented to."""
        self._must_be_known()
        self._enter(self.ConsentGiven, entry, scopes=scopes, given_by=given_by, form=form, when=when, until=until)

    def withdraw_consent(self, entry: Entry, *, scopes: tuple[str, ...], when: When | None = None) -> None:
        """Consent may be withdrawn that nobody recorded as given: the wish counts."""
        self._enter(self.ConsentWithdrawn, entry, scopes=scopes, when=when)

    def find_to_be(self, entry: Entry, *, other: UUID, basis: str = "unknown", words: Sealed | None = None) -> None:
        """Raises RuleBroken `same_record` for a file and itself."""
        self._must_be_known()
        self._must_be_another(other)
        self._enter(self.FoundToBe, entry, other=other, basis=basis, words=words)

    def tell_apart(self, entry: Entry, *, other: UUID, words: Sealed | None = None) -> None:
        """Allowed for two files never joined: "not the same" is knowledge too."""
        self._must_be_another(other)
        self._enter(self.ToldApart, entry, other=other, words=words)

    def assign_counsel(self, entry: Entry, *, counsel: UUID, when: When | None = None) -> None:
        """`counsel` is the lawyer's account id."""
        self._must_be_known()
        self._enter(self.CounselAssigned, entry, counsel=counsel, when=when)

    def dismiss_counsel(self, entry: Entry, *, counsel: UUID, when: When | None = None) -> None:
        """`counsel` is the lawyer's account id."""
        self._enter(self.CounselDismissed, entry, counsel=counsel, when=when)

    def recognise(self, entry: Entry, *, kind: str, by: Sealed, when: When | None = None) -> None:
        """Several organisations may recognise one person."""
        self._must_be_known()
        self._enter(self.Recognised, entry, kind=kind, by=by, when=when)

    def leave_country(self, entry: Entry, *, when: When | None = None, destination: Sealed | None = None) -> None:
        """People leave, come back and leave again."""
        self._must_be_known()
        self._enter(self.LeftCountry, entry, when=when, destination=destination)

    def die(self, entry: Entry, *, when: When | None = None) -> None:
        """Reported deaths may turn out wrong: withdraw the entry then."""
        self._must_be_known()
        self._enter(self.Died, entry, when=when)

    def forget(self, entry: Entry) -> None:
        """To be recorded after the vault has destroyed the key."""
        self._must_be_known()
        self._enter(self.Forgotten, entry)

    def correct(
        self, entry: Entry, version: int, facts: Mapping[str, Any], *, because: str, words: Words = None
    ) -> None:
        """As for every record; what was entered about a forgotten person can only be withdrawn."""
        self._must_be_known()
        super().correct(entry, version, facts, because=because, words=words)

    @event(Forgotten)
    def _forgotten(self) -> None:
        self.forgotten = True

    def _must_be_known(self) -> None:
        if self.forgotten:
            raise RuleBroken("person_forgotten")

    def _must_be_another(self, other: UUID) -> None:
        if other == self.id:
            raise RuleBroken("same_record")
