"""A person: opened with the first detention, named or not, and everything that concerns them rather than one detention."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from eventsourcing.domain import event

from domain.consent import contradicts_itself
from domain.errors import RuleBroken
from domain.forgetting import Forgetting, due_after
from domain.moment import When
from domain.privacy import Sealed, Words
from domain.provenance import Entry
from domain.record import Record
from domain.topics import stored_as
from domain.vocabulary.custody import IDENTIFIED_BY
from domain.vocabulary.general import ANSWERS
from domain.vocabulary.people import (
    AGE_BANDS,
    ASSIGNMENT_GROUNDS,
    CONSENT_FORMS,
    CONSENT_GIVERS,
    CONSENT_SCOPES,
    FORGETTING_BASES,
    FORGETTING_ENDINGS,
    FORGETTING_REASONS,
    FORGETTING_VOICES,
    GENDERS,
    NAME_KINDS,
    RECOGNITIONS,
    VERIFIED_BY,
)


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

    class Described(Record.Event):
        """Somebody said what gender and what age the person is of; the age is that on the day of `when`."""

        TOPIC = "person.described"
        when: When | None
        gender: Annotated[str, GENDERS]
        age_band: Annotated[str, AGE_BANDS]

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
        class_version = 2
        counsel: UUID
        when: When | None
        ground: Annotated[str | None, ASSIGNMENT_GROUNDS]
        words: Sealed | None

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            """At first no reason was asked for. KeyError for a payload that has one and so is not of that version."""
            _say_nothing_of(state, "ground", "words")

    class CounselDismissed(Record.Event):
        """A lawyer's account no longer has this person's file."""

        TOPIC = "person.counsel_dismissed"
        class_version = 2
        counsel: UUID
        when: When | None
        ground: Annotated[str | None, ASSIGNMENT_GROUNDS]
        words: Sealed | None

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            """As for an assignment."""
            _say_nothing_of(state, "ground", "words")

    class NoteWritten(Record.Event):
        """Something counsel wrote down for whoever defends this person: work on the case, not a report of what happened."""

        TOPIC = "person.note_written"
        note: Sealed

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

    class ForgettingRequested(Record.Event):
        """Somebody who may ask for it asked that the person be forgotten, and it was verified that the wish is theirs."""

        TOPIC = "person.forgetting_requested"
        asked_by: Annotated[str, FORGETTING_VOICES]
        verified_by: Annotated[str, VERIFIED_BY]
        because: Annotated[str, FORGETTING_REASONS]
        waives_delay: Annotated[str, ANSWERS]
        waived_by: Annotated[str | None, FORGETTING_VOICES]

    class ForgettingApproved(Record.Event):
        """A second coordinator approved the request; from `due` on, and not before, the person may be forgotten."""

        TOPIC = "person.forgetting_approved"
        request: int
        due: When

    class ForgettingCancelled(Record.Event):
        """The request does not stand any more, approved or not."""

        TOPIC = "person.forgetting_cancelled"
        request: int
        because: Annotated[str, FORGETTING_ENDINGS]

    class Forgotten(Record.Event):
        """The person's key was destroyed: no personal text opens any more, coded facts stay in totals."""

        TOPIC = "person.forgotten"
        class_version = 2
        basis: Annotated[str, FORGETTING_BASES]
        together_with: UUID | None

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            """At first it was not said on what ground. KeyError for a payload that says it and so is not of that version."""
            for name, unsaid in (("basis", "unknown"), ("together_with", None)):
                if name in state:
                    raise KeyError(name)
                state[name] = unsaid

    class Corrected(Record.Correction):
        """An entry about the person was restated."""

        TOPIC = "person.corrected"

    class Withdrawn(Record.Withdrawal):
        """An entry about the person, or the file as a whole, was taken back."""

        TOPIC = "person.withdrawn"

    class Reinstated(Record.Reinstatement):
        """What was taken back about the person counts again."""

        TOPIC = "person.reinstated"

    class Attested(Record.Attestation):
        """Another source says the same about the person."""

        TOPIC = "person.attested"

    forgetting: Forgetting | None = None
    """The request to be forgotten that stands, None where there is none."""

    @classmethod
    def open(cls, entry: Entry, person: UUID) -> Self:
        """Open a file under the id `person`."""
        return cls._begin(cls.Opened, entry, person)

    def give_name(self, entry: Entry, *, name: Sealed, kind: str = "full") -> None:
        """Raises RuleBroken `person_forgotten`, as every verb here does, once the person was forgotten."""
        self._must_be_known()
        self._enter(self.Named, entry, name=name, kind=kind)

    def describe(self, entry: Entry, *, gender: str = "unknown", age_band: str = "unknown", when: When | None = None) -> None:
        """Descriptions that differ stand beside each other. Raises RuleBroken `description_says_nothing` for two unknowns."""
        self._must_be_known()
        _must_say_something({"gender": gender, "age_band": age_band})
        self._enter(self.Described, entry, when=when, gender=gender, age_band=age_band)

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
        """Raises RuleBroken `missing_scope` when nothing is consented to, `consent_contradicts_itself`."""
        self._must_be_known()
        _must_be_meant(scopes)
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

    def assign_counsel(
        self, entry: Entry, *, counsel: UUID, when: When | None = None, ground: str | None = None, words: Sealed | None = None
    ) -> None:
        """`counsel` is the lawyer's account id. Raises RuleBroken `missing_ground` for another reason that is not told."""
        self._must_be_known()
        _must_be_explained(ground, words)
        self._enter(self.CounselAssigned, entry, counsel=counsel, when=when, ground=ground, words=words)

    def dismiss_counsel(
        self, entry: Entry, *, counsel: UUID, when: When | None = None, ground: str | None = None, words: Sealed | None = None
    ) -> None:
        """`counsel` is the lawyer's account id. Raises what `assign_counsel` raises; nobody's access outlives the person's."""
        _must_be_explained(ground, words)
        self._enter(self.CounselDismissed, entry, counsel=counsel, when=when, ground=ground, words=words)

    def hand_over(
        self, entry: Entry, *, giver: UUID, taker: UUID, ground: str, words: Sealed | None = None, when: When | None = None
    ) -> None:
        """One lawyer's account no longer has the file and another has: both, for the same reason, or neither.

        Raises RuleBroken `same_counsel` for one account and itself.
        """
        self._must_be_known()
        if giver == taker:
            raise RuleBroken("same_counsel", field="taker")
        self.dismiss_counsel(entry, counsel=giver, when=when, ground=ground, words=words)
        self.assign_counsel(entry, counsel=taker, when=when, ground=ground, words=words)

    def write_note(self, entry: Entry, *, note: Sealed) -> None:
        """Who may read it is the business of the outer rings; here it is sealed like every word about a person."""
        self._must_be_known()
        self._enter(self.NoteWritten, entry, note=note)

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

    def request_forgetting(
        self,
        entry: Entry,
        *,
        asked_by: str,
        verified_by: str,
        because: str,
        waives_delay: str = "unknown",
        waived_by: str | None = None,
    ) -> None:
        """Of a withdrawn file too: its words are still there. Raises RuleBroken `forgetting_requested_already`,
        `waiver_unclear` when it is not said both that and by whom the delay is waived; an heir cannot waive it.
        """
        self._must_be_known()
        if self.forgetting is not None:
            raise RuleBroken("forgetting_requested_already")
        if (waives_delay == "yes") != (waived_by is not None) or waived_by == "heir":
            raise RuleBroken("waiver_unclear")
        self._enter_regardless(
            self.ForgettingRequested,
            entry,
            asked_by=asked_by,
            verified_by=verified_by,
            because=because,
            waives_delay=waives_delay,
            waived_by=waived_by,
        )

    def approve_forgetting(self, entry: Entry, *, request: int, zone: str = "UTC", now: datetime | None = None) -> None:
        """`request` is the entry that was read and approved; what is due is told on the clock of `zone`.

        Raises RuleBroken `forgetting_not_requested`, `forgetting_approved_already`, and `second_account_needed` for the account
        that recorded the request.
        """
        asked = self._must_be_asked(request)
        if asked.due is not None:
            raise RuleBroken("forgetting_approved_already")
        if entry.recorded_by == asked.requested_by:
            raise RuleBroken("second_account_needed")
        due = due_after(now or datetime.now(UTC), waived=asked.waived)
        self._enter_regardless(self.ForgettingApproved, entry, request=request, due=When.at(due, zone))

    def cancel_forgetting(self, entry: Entry, *, request: int, because: str) -> None:
        """At any time before it is carried out. Raises RuleBroken `forgetting_not_requested`."""
        self._must_be_asked(request)
        self._enter_regardless(self.ForgettingCancelled, entry, request=request, because=because)

    def must_be_due(self, request: int, now: datetime | None = None) -> None:
        """Whether the person may be forgotten now, by this request.

        Raises RuleBroken `person_forgotten`, `forgetting_not_requested`, `forgetting_not_approved`, `forgetting_not_due`.
        """
        asked = self._must_be_asked(request)
        if asked.due is None:
            raise RuleBroken("forgetting_not_approved")
        if not asked.is_due(now or datetime.now(UTC)):
            raise RuleBroken("forgetting_not_due", due=asked.due)

    def forget(self, entry: Entry, *, request: int, now: datetime | None = None) -> None:
        """To be recorded after the vault has destroyed the key. Raises what `must_be_due` raises."""
        self.must_be_due(request, now)
        self._enter_regardless(self.Forgotten, entry, basis="request", together_with=None)

    def forget_with(self, entry: Entry, other: Self) -> None:
        """Forgotten because the file `other`, which was, is of the same person. Else RuleBroken `forgetting_not_requested`."""
        self._must_be_known()
        if not other.forgotten:
            raise RuleBroken("forgetting_not_requested")
        self._enter_regardless(self.Forgotten, entry, basis="same_person", together_with=other.id)

    def admit_forgotten(self, entry: Entry) -> None:
        """The key is gone and the record does not say so yet. Destroys nothing; whoever calls it has asked the vault."""
        self._must_be_known()
        self._enter_regardless(self.Forgotten, entry, basis="key_gone", together_with=None)

    def correct(self, entry: Entry, version: int, facts: Mapping[str, Any], *, because: str, words: Words = None) -> None:
        """As for every record; what was entered about a forgotten person can only be withdrawn."""
        self._must_be_known()
        _must_be_meant(facts.get("scopes", ()))
        _must_be_explained(facts.get("ground"), facts.get("words"))
        _must_say_something(facts)
        super().correct(entry, version, facts, because=because, words=words)

    def reinstate(self, entry: Entry, version: int, facts: Mapping[str, Any], *, because: str, words: Words = None) -> None:
        """As for every record, but that a forgetting is asked for anew: RuleBroken `forgetting_is_asked_anew`."""
        self._must_be_known()
        if self.entries.get(version) in (self.ForgettingRequested, self.ForgettingApproved, self.ForgettingCancelled):
            raise RuleBroken("forgetting_is_asked_anew")
        _must_say_something(facts)
        super().reinstate(entry, version, facts, because=because, words=words)

    def attest(self, entry: Entry, version: int) -> None:
        """As for every record."""
        self._must_be_known()
        super().attest(entry, version)

    def withdraw(self, entry: Entry, version: int | None = None, *, because: str, words: Words = None) -> None:
        """As for every record, but that the person was forgotten stays: RuleBroken `forgetting_stays`."""
        if version is not None and self.entries.get(version) is self.Forgotten:
            raise RuleBroken("forgetting_stays")
        super().withdraw(entry, version, because=because, words=words)

    @event(ForgettingRequested)
    def _forgetting_requested(self, originator_version: int, recorded_by: UUID, waives_delay: str) -> None:
        self.forgetting = Forgetting(originator_version, recorded_by, waived=waives_delay == "yes")

    @event(ForgettingApproved)
    def _forgetting_approved(self, originator_version: int, due: When) -> None:
        if self.forgetting is not None:
            self.forgetting = self.forgetting.approved(originator_version, due.earliest)

    @event(ForgettingCancelled)
    def _forgetting_cancelled(self) -> None:
        self.forgetting = None

    @event(Corrected)
    def _entry_corrected(self, version: int) -> None:
        self.forgetting = self.forgetting.without(version) if self.forgetting is not None else None

    @event(Withdrawn)
    def _entry_withdrawn(self, version: int | None) -> None:
        self.forgetting = self.forgetting.without(version) if self.forgetting is not None else None

    @event(Forgotten)
    def _forgotten(self) -> None:
        self.forgotten = True
        self.forgetting = None

    def _must_be_known(self) -> None:
        if self.forgotten:
            raise RuleBroken("person_forgotten")

    def _must_be_asked(self, request: int) -> Forgetting:
        self._must_be_known()
        if self.forgetting is None or self.forgetting.request != request:
            raise RuleBroken("forgetting_not_requested")
        return self.forgetting

    def _must_be_another(self, other: UUID) -> None:
        if other == self.id:
            raise RuleBroken("same_record")


def _must_be_meant(scopes: tuple[str, ...]) -> None:
    if contradicts_itself(scopes):
        raise RuleBroken("consent_contradicts_itself")


def _must_be_explained(ground: str | None, words: Words) -> None:
    if ground == "other" and words is None:
        raise RuleBroken("missing_ground", field="words")


def _must_say_something(facts: Mapping[str, Any]) -> None:
    if facts.get("gender") == "unknown" and facts.get("age_band") == "unknown":
        raise RuleBroken("description_says_nothing", field="age_band")


def _say_nothing_of(state: dict[str, Any], *names: str) -> None:
    for name in names:
        if name in state:
            raise KeyError(name)
        state[name] = None
