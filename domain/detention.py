"""A detention: one person held, from the moment they could not leave until they could, and what happened in between."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Self
from uuid import UUID

from domain.errors import RuleBroken
from domain.moment import When
from domain.place import Place
from domain.privacy import Sealed, Words
from domain.provenance import Entry
from domain.record import Record
from domain.topics import stored_as
from domain.vocabulary.articles import ARTICLES
from domain.vocabulary.custody import (
    AGENCIES,
    BIOMETRICS,
    CALLS,
    CIRCUMSTANCES,
    CONCERNS,
    COUNSEL_REFUSALS,
    DEVICES,
    HELP,
    IDENTIFIED_BY,
    ILL_TREATMENT,
    NOTICES,
    PROTOCOL_KINDS,
    RELEASE_KINDS,
    SEARCH_OUTCOMES,
    STATEMENTS,
    STATUSES,
    THREATS,
    TOLD_OF_CUSTODY,
)
from domain.vocabulary.general import ANSWERS


@stored_as("detention")
class Detention(Record):
    """Always of one person, named or not. Words about the person are sealed; times, places and codes are not, views need them.

    A time of None says that nobody has reported it. Competing reports, such as two release times, stand side by side.
    """

    if TYPE_CHECKING:
        person: UUID

    class Recorded(Record.Created):
        """A person was detained. `when` and `place` are those of the restriction of movement, not of the station."""

        TOPIC = "detention.recorded"
        person: UUID
        when: When | None
        place: Place | None
        protest: UUID | None
        circumstances: Annotated[str, CIRCUMSTANCES]
        agency: Annotated[str, AGENCIES]
        minor: Annotated[str, ANSWERS]
        words: Sealed | None

        def apply(self, aggregate: Any) -> None:
            aggregate.person = self.person
            super().apply(aggregate)

    class Delivered(Record.Event):
        """The person arrived at a police station: administrative detention runs from here (KoAP 27.5(4))."""

        TOPIC = "detention.delivered"
        when: When | None
        place: Place | None

    class Transferred(Record.Event):
        """The person was moved to another place of custody."""

        TOPIC = "detention.transferred"
        when: When | None
        place: Place | None

    class ProtocolDrawn(Record.Event):
        """A paper was drawn up: delivery, administrative detention and offence are three papers, never one."""

        TOPIC = "detention.protocol_drawn"
        when: When | None
        kind: Annotated[str, PROTOCOL_KINDS]
        article: Annotated[str | None, ARTICLES]
        copy_given: Annotated[str, ANSWERS]

    class ProtocolMissing(Record.Event):
        """It is known that this paper was not drawn up: that there is none is a violation in itself."""

        TOPIC = "detention.protocol_missing"
        when: When | None
        kind: Annotated[str, PROTOCOL_KINDS]

    class CallReported(Record.Event):
        """The one telephone call: the person made it, or it was refused."""

        TOPIC = "detention.call_reported"
        when: When | None
        call: Annotated[str, CALLS]

    class NoticeReported(Record.Event):
        """Whether those who hold the person told somebody that they do."""

        TOPIC = "detention.notice_reported"
        when: When | None
        whom: Annotated[str, TOLD_OF_CUSTODY]
        notice: Annotated[str, NOTICES]

    class StatusReported(Record.Event):
        """What the limits depend on: a foreigner may be expelled, and of an intoxicated person they run from sobering."""

        TOPIC = "detention.status_reported"
        when: When | None
        statuses: Annotated[tuple[str, ...], STATUSES]

    class Sobered(Record.Event):
        """An intoxicated person was sober again: administrative detention runs from here (KoAP 27.5(4))."""

        TOPIC = "detention.sobered"
        when: When | None

    class Requalified(Record.Event):
        """The accusation was changed to another article: this can move the deadline."""

        TOPIC = "detention.requalified"
        when: When | None
        article: Annotated[str, ARTICLES]

    class CounselRequested(Record.Event):
        """The person, or somebody for them, asked for counsel."""

        TOPIC = "detention.counsel_requested"
        when: When | None

    class CounselRefused(Record.Event):
        """Counsel was not let in; `ground` is the ground given."""

        TOPIC = "detention.counsel_refused"
        when: When | None
        ground: Annotated[str, COUNSEL_REFUSALS]
        agency: Annotated[str, AGENCIES]

    class CounselAdmitted(Record.Event):
        """Counsel reached the person; `private` says whether they could speak alone."""

        TOPIC = "detention.counsel_admitted"
        when: When | None
        private: Annotated[str, ANSWERS]

    class Questioned(Record.Event):
        """The person was questioned, by these agencies; `counsel_present` may not be known."""

        TOPIC = "detention.questioned"
        when: When | None
        agencies: Annotated[tuple[str, ...], AGENCIES]
        counsel_present: Annotated[str, ANSWERS]
        words: Sealed | None

    class Fingerprinted(Record.Event):
        """Biometric data was taken; `forced` says whether against the person's will."""

        TOPIC = "detention.fingerprinted"
        when: When | None
        taken: Annotated[tuple[str, ...], BIOMETRICS]
        forced: Annotated[str, ANSWERS]

    class ContactLost(Record.Event):
        """Nobody could reach the person any more."""

        TOPIC = "detention.contact_lost"
        when: When | None

    class HelpGiven(Record.Event):
        """Somebody helped."""

        TOPIC = "detention.help_given"
        when: When | None
        kind: Annotated[str, HELP]

    class DeviceTaken(Record.Event):
        """A device was taken away; `returned` may not be known yet."""

        TOPIC = "detention.device_taken"
        when: When | None
        device: Annotated[str, DEVICES]
        returned: Annotated[str, ANSWERS]

    class DeviceSearched(Record.Event):
        """Somebody tried to get into a device; what they looked for is in `words`."""

        TOPIC = "detention.device_searched"
        when: When | None
        device: Annotated[str, DEVICES]
        outcome: Annotated[str, SEARCH_OUTCOMES]
        words: Sealed | None

    class Threatened(Record.Event):
        """The person was threatened: the code says with what, `words` keeps their own words."""

        TOPIC = "detention.threatened"
        when: When | None
        kind: Annotated[str, THREATS]
        agency: Annotated[str, AGENCIES]
        words: Sealed | None

    class StatementForced(Record.Event):
        """A statement or signature was got by pressure."""

        TOPIC = "detention.statement_forced"
        when: When | None
        kind: Annotated[str, STATEMENTS]
        words: Sealed | None

    class DraftNoticeServed(Record.Event):
        """A draft notice was handed to the person in custody."""

        TOPIC = "detention.draft_notice_served"
        when: When | None

    class IllTreatmentReported(Record.Event):
        """An allegation: the code beside the person's own words, never instead of them."""

        TOPIC = "detention.ill_treatment_reported"
        when: When | None
        kind: Annotated[str, ILL_TREATMENT]
        agency: Annotated[str, AGENCIES]
        words: Sealed | None

    class ConcernRaised(Record.Event):
        """What the person needs, or what somebody inside fears for: counsel, medicine, food, held without a protocol."""

        TOPIC = "detention.concern_raised"
        when: When | None
        concerns: Annotated[tuple[str, ...], CONCERNS]

    class Hospitalised(Record.Event):
        """The person was taken to hospital from custody."""

        TOPIC = "detention.hospitalised"
        when: When | None
        place: Place | None

    class Released(Record.Event):
        """A report that the person was let go; a second one is a competing claim about the same release."""

        TOPIC = "detention.released"
        when: When | None
        kind: Annotated[str, RELEASE_KINDS]

    class Identified(Record.Event):
        """`person`, who was detained, was recognised as the person of the file `other`."""

        TOPIC = "detention.identified"
        person: UUID
        other: UUID
        basis: Annotated[str, IDENTIFIED_BY]
        words: Sealed | None

    class Corrected(Record.Correction):
        """An entry about the detention was restated."""

        TOPIC = "detention.corrected"

    class Withdrawn(Record.Withdrawal):
        """An entry about the detention, or the detention as a whole, was taken back."""

        TOPIC = "detention.withdrawn"

    class Reinstated(Record.Reinstatement):
        """What was taken back about the detention counts again."""

        TOPIC = "detention.reinstated"

    class Attested(Record.Attestation):
        """Another source says the same about the detention."""

        TOPIC = "detention.attested"

    @classmethod
    def record(
        cls,
        entry: Entry,
        detention: UUID,
        *,
        person: UUID,
        when: When | None = None,
        place: Place | None = None,
        protest: UUID | None = None,
        circumstances: str = "unknown",
        agency: str = "unknown",
        minor: str = "unknown",
        words: Sealed | None = None,
    ) -> Self:
        """Open the record of a detention of `person` under the id `detention`."""
        return cls._begin(
            cls.Recorded,
            entry,
            detention,
            person=person,
            when=when,
            place=place,
            protest=protest,
            circumstances=circumstances,
            agency=agency,
            minor=minor,
            words=words,
        )

    def concerns(self) -> UUID:
        """Whoever was held."""
        return self.person

    def deliver(self, entry: Entry, *, when: When | None = None, place: Place | None = None) -> None:
        """To a police station."""
        self._enter(self.Delivered, entry, when=when, place=place)

    def transfer(self, entry: Entry, *, when: When | None = None, place: Place | None = None) -> None:
        """To another place of custody."""
        self._enter(self.Transferred, entry, when=when, place=place)

    def draw_protocol(
        self,
        entry: Entry,
        *,
        kind: str,
        article: str | None = None,
        copy_given: str = "unknown",
        when: When | None = None,
    ) -> None:
        """A paper was drawn up; only offence and criminal protocols name an article."""
        self._enter(self.ProtocolDrawn, entry, when=when, kind=kind, article=article, copy_given=copy_given)

    def miss_protocol(self, entry: Entry, *, kind: str, when: When | None = None) -> None:
        """No such paper was drawn up."""
        self._enter(self.ProtocolMissing, entry, when=when, kind=kind)

    def report_call(self, entry: Entry, *, call: str, when: When | None = None) -> None:
        """Made or refused."""
        self._enter(self.CallReported, entry, when=when, call=call)

    def report_notice(self, entry: Entry, *, whom: str, notice: str, when: When | None = None) -> None:
        """Given or not given."""
        self._enter(self.NoticeReported, entry, when=when, whom=whom, notice=notice)

    def report_status(self, entry: Entry, *, statuses: tuple[str, ...], when: When | None = None) -> None:
        """Raises RuleBroken `missing_status` when none is named. Those that contradict each other are both kept."""
        self._enter(self.StatusReported, entry, when=when, statuses=statuses)

    def sober(self, entry: Entry, *, when: When | None = None) -> None:
        """Sober again."""
        self._enter(self.Sobered, entry, when=when)

    def requalify(self, entry: Entry, *, article: str, when: When | None = None) -> None:
        """To `article`; the order of these entries is what proves a swapped article."""
        self._enter(self.Requalified, entry, when=when, article=article)

    def request_counsel(self, entry: Entry, *, when: When | None = None) -> None:
        """Asked for counsel."""
        self._enter(self.CounselRequested, entry, when=when)

    def refuse_counsel(self, entry: Entry, *, ground: str = "unknown", agency: str = "unknown", when: When | None = None) -> None:
        """Counsel was turned away, or the person was told there would be none."""
        self._enter(self.CounselRefused, entry, when=when, ground=ground, agency=agency)

    def admit_counsel(self, entry: Entry, *, private: str = "unknown", when: When | None = None) -> None:
        """Counsel got in."""
        self._enter(self.CounselAdmitted, entry, when=when, private=private)

    def question(
        self,
        entry: Entry,
        *,
        agencies: tuple[str, ...] = ("unknown",),
        counsel_present: str = "unknown",
        when: When | None = None,
        words: Sealed | None = None,
    ) -> None:
        """Questioned by these agencies."""
        self._enter(self.Questioned, entry, when=when, agencies=agencies, counsel_present=counsel_present, words=words)

    def take_fingerprints(
        self, entry: Entry, *, taken: tuple[str, ...] = ("fingerprints",), forced: str = "unknown", when: When | None = None
    ) -> None:
        """Fingerprints or other biometric data."""
        self._enter(self.Fingerprinted, entry, when=when, taken=taken, forced=forced)

    def lose_contact(self, entry: Entry, *, when: When | None = None) -> None:
        """The phone no longer answers."""
        self._enter(self.ContactLost, entry, when=when)

    def give_help(self, entry: Entry, *, kind: str, when: When | None = None) -> None:
        """Legal, medical or other help."""
        self._enter(self.HelpGiven, entry, when=when, kind=kind)

    def take_device(self, entry: Entry, *, device: str = "phone", returned: str = "unknown", when: When | None = None) -> None:
        """A phone or another device."""
        self._enter(self.DeviceTaken, entry, when=when, device=device, returned=returned)

    def search_device(
        self,
        entry: Entry,
        *,
        device: str = "phone",
        outcome: str = "unknown",
        when: When | None = None,
        words: Sealed | None = None,
    ) -> None:
        """An attempt counts, whatever came of it."""
        self._enter(self.DeviceSearched, entry, when=when, device=device, outcome=outcome, words=words)

    def threaten(
        self, entry: Entry, *, kind: str, agency: str = "unknown", when: When | None = None, words: Sealed | None = None
    ) -> None:
        """Threats made to the detained person."""
        self._enter(self.Threatened, entry, when=when, kind=kind, agency=agency, words=words)

    def force_statement(self, entry: Entry, *, kind: str, when: When | None = None, words: Sealed | None = None) -> None:
        """A statement that was not free."""
        self._enter(self.StatementForced, entry, when=when, kind=kind, words=words)

    def serve_draft_notice(self, entry: Entry, *, when: When | None = None) -> None:
        """A draft notice in custody."""
        self._enter(self.DraftNoticeServed, entry, when=when)

    def report_ill_treatment(
        self, entry: Entry, *, kind: str, agency: str = "unknown", when: When | None = None, words: Sealed | None = None
    ) -> None:
        """An allegation, with the words it was made in."""
        self._enter(self.IllTreatmentReported, entry, when=when, kind=kind, agency=agency, words=words)

    def raise_concern(self, entry: Entry, *, concerns: tuple[str, ...], when: When | None = None) -> None:
        """Raises RuleBroken `missing_concern` when none is named."""
        self._enter(self.ConcernRaised, entry, when=when, concerns=concerns)

    def hospitalise(self, entry: Entry, *, when: When | None = None, place: Place | None = None) -> None:
        """Taken to hospital; whether they came back is told by what follows."""
        self._enter(self.Hospitalised, entry, when=when, place=place)

    def release(self, entry: Entry, *, kind: str = "unknown", when: When | None = None) -> None:
        """A second, different report of the release is recorded beside the first."""
        self._enter(self.Released, entry, when=when, kind=kind)

    def identify(self, entry: Entry, *, other: UUID, basis: str = "unknown", words: Sealed | None = None) -> None:
        """Links this detention's person with the file `other`. Raises RuleBroken `same_record` for its own."""
        if other == self.person:
            raise RuleBroken("same_record")
        self._enter(self.Identified, entry, person=self.person, other=other, basis=basis, words=words)

    def reinstate(self, entry: Entry, version: int, facts: Mapping[str, Any], *, because: str, words: Words = None) -> None:
        """As for every record; whose detention it is does not change: RuleBroken `person_is_fixed`."""
        self._must_stay_of(facts)
        super().reinstate(entry, version, facts, because=because, words=words)

    def correct(self, entry: Entry, version: int, facts: Mapping[str, Any], *, because: str, words: Words = None) -> None:
        """As for every record, but for whose detention it is: that is settled by identifying or telling apart.

        Raises RuleBroken `person_is_fixed`.
        """
        self._must_stay_of(facts)
        super().correct(entry, version, facts, because=because, words=words)

    def _must_stay_of(self, facts: Mapping[str, Any]) -> None:
        if facts.get("person", self.person) != self.person:
            raise RuleBroken("person_is_fixed")
