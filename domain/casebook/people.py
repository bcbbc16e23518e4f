"""What is done with a person's file, apart from any one detention."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.casebook.recording import Outcome, Recording
from domain.moment import When
from domain.person import Person
from domain.privacy import Sealed
from domain.provenance import Entry


class People(Recording):
    """The arguments are those of the verbs of Person, where they are explained."""

    def open_person(self, entry: Entry, person: UUID, *, name: Sealed | None = None, kind: str = "full") -> Outcome:
        """Open a file for somebody not (or not yet) detained, with a name if there is one."""
        opened = Person.open(entry, person)
        if name is not None:
            opened.give_name(entry, name=name, kind=kind)
        return self._open(entry, opened)

    def name_person(self, entry: Entry, person: UUID, *, name: Sealed, kind: str = "full") -> Outcome:
        """A name, or another name."""
        return self._amend(Person, entry, person, lambda found: found.give_name(entry, name=name, kind=kind))

    def describe_person(self, entry: Entry, person: UUID, **facts: Any) -> Outcome:
        """Gender and age."""
        return self._amend(Person, entry, person, lambda found: found.describe(entry, **facts))

    def give_consent(self, entry: Entry, person: UUID, *, scopes: tuple[str, ...], **facts: Any) -> Outcome:
        """Consent to the given scopes."""
        return self._amend(Person, entry, person, lambda found: found.give_consent(entry, scopes=scopes, **facts))

    def withdraw_consent(self, entry: Entry, person: UUID, *, scopes: tuple[str, ...], when: When | None = None) -> Outcome:
        """Consent withdrawn."""
        return self._amend(Person, entry, person, lambda found: found.withdraw_consent(entry, scopes=scopes, when=when))

    def find_to_be(
        self, entry: Entry, person: UUID, *, other: UUID, basis: str = "unknown", words: Sealed | None = None
    ) -> Outcome:
        """Two files are of one person: read them together from now on."""
        self._must_exist({"other": other})
        return self._amend(Person, entry, person, lambda found: found.find_to_be(entry, other=other, basis=basis, words=words))

    def tell_apart(self, entry: Entry, person: UUID, *, other: UUID, words: Sealed | None = None) -> Outcome:
        """Two files are of two people: ends a finding exactly as if it had never been."""
        self.standing(Person, other)
        return self._amend(Person, entry, person, lambda found: found.tell_apart(entry, other=other, words=words))

    def assign_counsel(self, entry: Entry, person: UUID, *, counsel: UUID, **facts: Any) -> Outcome:
        """Give the file to a lawyer."""
        return self._amend(Person, entry, person, lambda found: found.assign_counsel(entry, counsel=counsel, **facts))

    def dismiss_counsel(self, entry: Entry, person: UUID, *, counsel: UUID, **facts: Any) -> Outcome:
        """Take the file from a lawyer."""
        return self._amend(Person, entry, person, lambda found: found.dismiss_counsel(entry, counsel=counsel, **facts))

    def hand_over(self, entry: Entry, files: Mapping[UUID, Sealed | None], *, giver: UUID, taker: UUID, ground: str) -> Outcome:
        """The files of one person from one lawyer to another, all or none; each with the reason in words as sealed for it."""
        (person, words), *joined = files.items()

        def decide(found: Person) -> list[Person]:
            found.hand_over(entry, giver=giver, taker=taker, ground=ground, words=words)
            others = [(self.standing(Person, file), sealed) for file, sealed in joined]
            for other, sealed in others:
                other.hand_over(entry.without_reference(), giver=giver, taker=taker, ground=ground, words=sealed)
            return [other for other, _ in others]

        return self._amend(Person, entry, person, decide)

    def write_note(self, entry: Entry, person: UUID, *, note: Sealed) -> Outcome:
        """A note of counsel's."""
        return self._amend(Person, entry, person, lambda found: found.write_note(entry, note=note))

    def recognise(self, entry: Entry, person: UUID, *, kind: str, by: Sealed, when: When | None = None) -> Outcome:
        """Recognised by an organisation."""
        return self._amend(Person, entry, person, lambda found: found.recognise(entry, kind=kind, by=by, when=when))

    def leave_country(
        self, entry: Entry, person: UUID, *, when: When | None = None, destination: Sealed | None = None
    ) -> Outcome:
        """The person left the country."""
        return self._amend(Person, entry, person, lambda found: found.leave_country(entry, when=when, destination=destination))

    def record_death(self, entry: Entry, person: UUID, *, when: When | None = None) -> Outcome:
        """The person died."""
        return self._amend(Person, entry, person, lambda found: found.die(entry, when=when))

    def request_forgetting(self, entry: Entry, person: UUID, **facts: Any) -> Outcome:
        """Asked, and verified, that the person be forgotten."""
        return self._amend(Person, entry, person, lambda found: found.request_forgetting(entry, **facts))

    def approve_forgetting(self, entry: Entry, person: UUID, **facts: Any) -> Outcome:
        """Approved by another account."""
        return self._amend(Person, entry, person, lambda found: found.approve_forgetting(entry, **facts))

    def cancel_forgetting(self, entry: Entry, person: UUID, *, request: int, because: str) -> Outcome:
        """Not to be done after all."""
        return self._amend(Person, entry, person, lambda found: found.cancel_forgetting(entry, request=request, because=because))

    def forget(
        self, entry: Entry, person: UUID, *, request: int, files: Iterable[UUID] = (), now: datetime | None = None
    ) -> Outcome:
        """The person of this file and of the other `files`, all or none. To be called after the vault destroyed their keys."""

        def decide(found: Person) -> list[Person]:
            found.forget(entry, request=request, now=now)
            others = [self.standing(Person, file) for file in files if file != person]
            joined = [other for other in others if not other.forgotten]
            for other in joined:
                other.forget_with(entry.without_reference(), found)
            return joined

        return self._amend(Person, entry, person, decide)

    def admit_forgotten(self, entry: Entry, person: UUID) -> Outcome:
        """The vault has destroyed the person's key and the record does not say so."""
        return self._amend(Person, entry, person, lambda found: found.admit_forgotten(entry))
