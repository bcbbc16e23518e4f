"""A proceeding: one case before the authorities and the courts, administrative or criminal, which several people may share.

Each thing that happens in it concerns one defendant (`person`) or all of them (`person` of None). Its shared words are sealed
under a key of its own, which goes with whichever defendant is forgotten; words of what concerns one under that one's key.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Self
from uuid import UUID

from domain.count import Count
from domain.errors import RuleBroken
from domain.moment import When
from domain.place import Place
from domain.privacy import Sealed
from domain.provenance import Entry
from domain.record import Record
from domain.topics import stored_as
from domain.vocabulary.articles import ARTICLES
from domain.vocabulary.general import ANSWERS
from domain.vocabulary.proceedings import (
    APPEAL_OUTCOMES,
    APPEALS,
    CLOSINGS,
    HEARING_KINDS,
    HEARING_OUTCOMES,
    MOVING_GROUNDS,
    PENALTIES,
    PROCEEDING_KINDS,
    RULINGS,
    SEARCHED_PLACES,
    TERM_UNITS,
)


@stored_as("proceeding")
class Proceeding(Record):
    """A case, from when it was opened to its end, against one or several people."""

    if TYPE_CHECKING:
        founders: tuple[UUID, ...]
        joined: dict[int, UUID]
        about: dict[int, UUID | None]
        hearings: set[int]
        held: dict[int, int]

    class Entered(Record.Event):
        """What happened in it to one defendant, or to all (`person` of None)."""

        person: UUID | None

        def apply(self, aggregate: Any) -> None:
            aggregate.about[self.originator_version] = self.person
            super().apply(aggregate)

    class Opened(Record.Created):
        """A case was opened against `persons`, for something said to have been done at `acted`; `detention` led to it."""

        TOPIC = "proceeding.opened"
        persons: tuple[UUID, ...]
        kind: Annotated[str, PROCEEDING_KINDS]
        article: Annotated[str, ARTICLES]
        when: When | None
        acted: When | None
        place: Place | None
        detention: UUID | None
        case_number: Sealed | None
        words: Sealed | None

        def apply(self, aggregate: Any) -> None:
            aggregate.founders, aggregate.joined = self.persons, {}
            aggregate.about, aggregate.hearings, aggregate.held = {}, set(), {}
            super().apply(aggregate)

    class DefendantJoined(Record.Event):
        """One more person is proceeded against in the same case."""

        TOPIC = "proceeding.defendant_joined"
        person: UUID
        when: When | None

        def apply(self, aggregate: Any) -> None:
            aggregate.joined[self.originator_version] = aggregate.about[self.originator_version] = self.person
            super().apply(aggregate)

    class ChargeChanged(Entered):
        """Proceeded against under another article from here on."""

        TOPIC = "proceeding.charge_changed"
        when: When | None
        article: Annotated[str, ARTICLES]

    class HearingSet(Entered):
        """A hearing is to be held at `due`; it is known by the number of this entry."""

        TOPIC = "proceeding.hearing_set"
        due: When
        place: Place | None
        kind: Annotated[str, HEARING_KINDS]

        def apply(self, aggregate: Any) -> None:
            aggregate.hearings.add(self.originator_version)
            super().apply(aggregate)

    class HearingMoved(Entered):
        """The hearing `hearing` is to be held at `due` instead; None where nobody knows when. None: of one nobody had told of."""

        TOPIC = "proceeding.hearing_moved"
        hearing: int | None
        due: When | None
        place: Place | None
        ground: Annotated[str, MOVING_GROUNDS]

        def apply(self, aggregate: Any) -> None:
            if self.hearing is None:
                aggregate.hearings.add(self.originator_version)
            super().apply(aggregate)

    class HearingHeld(Entered):
        """The hearing `hearing`, or one nobody had told of, came to this."""

        TOPIC = "proceeding.hearing_held"
        hearing: int | None
        when: When | None
        place: Place | None
        outcome: Annotated[str, HEARING_OUTCOMES]
        present: Annotated[str, ANSWERS]
        counsel_present: Annotated[str, ANSWERS]
        words: Sealed | None

        def apply(self, aggregate: Any) -> None:
            if self.hearing is not None:
                aggregate.held[self.originator_version] = self.hearing
            super().apply(aggregate)

    class Ruled(Entered):
        """A court decided. `fine` is in roubles, `term` in `unit`s: of arrest, work or imprisonment."""

        TOPIC = "proceeding.ruled"
        when: When | None
        place: Place | None
        outcome: Annotated[str, RULINGS]
        penalties: Annotated[tuple[str, ...], PENALTIES]
        fine: Count | None
        term: Count | None
        unit: Annotated[str, TERM_UNITS]
        words: Sealed | None

    class RulingReceived(Entered):
        """A copy of the ruling was handed over or came by post."""

        TOPIC = "proceeding.ruling_received"
        when: When | None

    class Appealed(Entered):
        """An appeal was filed against this."""

        TOPIC = "proceeding.appealed"
        when: When | None
        against: Annotated[str, APPEALS]

    class AppealDecided(Entered):
        """A higher court decided on the appeal against this."""

        TOPIC = "proceeding.appeal_decided"
        when: When | None
        place: Place | None
        against: Annotated[str, APPEALS]
        outcome: Annotated[str, APPEAL_OUTCOMES]
        words: Sealed | None

    class CameIntoForce(Entered):
        """The ruling or sentence took effect, as somebody reports."""

        TOPIC = "proceeding.came_into_force"
        when: When | None

    class FinePaid(Entered):
        """A fine was paid: so many roubles; `in_full` may not be known."""

        TOPIC = "proceeding.fine_paid"
        when: When | None
        fine: Count | None
        in_full: Annotated[str, ANSWERS]

    class ArrestServed(Entered):
        """Administrative arrest, a punishment, was served to its end."""

        TOPIC = "proceeding.arrest_served"
        when: When | None

    class SearchConducted(Entered):
        """A search or inspection in the case; what was taken is in `words`."""

        TOPIC = "proceeding.search_conducted"
        when: When | None
        place: Place | None
        searched: Annotated[str, SEARCHED_PLACES]
        counsel_present: Annotated[str, ANSWERS]
        words: Sealed | None

    class Closed(Entered):
        """It is over."""

        TOPIC = "proceeding.closed"
        when: When | None
        outcome: Annotated[str, CLOSINGS]

    class Corrected(Record.Correction):
        """An entry about the proceeding was restated."""

        TOPIC = "proceeding.corrected"

    class Withdrawn(Record.Withdrawal):
        """An entry about the proceeding, or the proceeding as a whole, was taken back."""

        TOPIC = "proceeding.withdrawn"

    class Reinstated(Record.Reinstatement):
        """What was taken back about the proceeding counts again."""

        TOPIC = "proceeding.reinstated"

    class Attested(Record.Attestation):
        """Another source says the same about the proceeding."""

        TOPIC = "proceeding.attested"

    @classmethod
    def open(
        cls,
        entry: Entry,
        proceeding: UUID,
        *,
        persons: tuple[UUID, ...],
        kind: str = "unknown",
        article: str = "unknown",
        when: When | None = None,
        acted: When | None = None,
        place: Place | None = None,
        detention: UUID | None = None,
        case_number: Sealed | None = None,
        words: Sealed | None = None,
    ) -> Self:
        """Open a case under the id `proceeding`. RuleBroken `proceeding_of_nobody`, `defendant_already` for one named twice."""
        if not persons:
            raise RuleBroken("proceeding_of_nobody")
        if len(set(persons)) < len(persons):
            raise RuleBroken("defendant_already")
        return cls._begin(
            cls.Opened,
            entry,
            proceeding,
            persons=persons,
            kind=kind,
            article=article,
            when=when,
            acted=acted,
            place=place,
            detention=detention,
            case_number=case_number,
            words=words,
        )

    @property
    def defendants(self) -> frozenset[UUID]:
        """Everybody proceeded against, by entries that stand."""
        return frozenset(self.founders) | {who for version, who in self.joined.items() if version not in self.taken_back}

    @property
    def ever(self) -> frozenset[UUID]:
        """Everybody who was ever said to be proceeded against: what its words say of one is forgotten with that one."""
        return frozenset(self.founders) | frozenset(self.joined.values())

    def said_of(self, version: int) -> frozenset[UUID]:
        """Whom an entry is about: one defendant, or all."""
        one = self.about.get(version)
        return self.ever if one is None else frozenset({one})

    def join(self, entry: Entry, *, person: UUID, when: When | None = None) -> None:
        """One more defendant. Raises RuleBroken `defendant_already`."""
        if person in self.defendants:
            raise RuleBroken("defendant_already")
        self._enter(self.DefendantJoined, entry, person=person, when=when)

    def change_charge(self, entry: Entry, *, article: str, person: UUID | None = None, when: When | None = None) -> None:
        """To `article`. As every verb below it raises RuleBroken `not_a_defendant` for a person who is none."""
        self._happen(self.ChargeChanged, entry, person, when=when, article=article)

    def set_hearing(
        self, entry: Entry, *, due: When, place: Place | None = None, kind: str = "unknown", person: UUID | None = None
    ) -> None:
        """A day in court lies ahead."""
        self._happen(self.HearingSet, entry, person, due=due, place=place, kind=kind)

    def move_hearing(
        self,
        entry: Entry,
        *,
        due: When | None = None,
        place: Place | None = None,
        ground: str = "unknown",
        hearing: int | None = None,
        person: UUID | None = None,
    ) -> None:
        """Without `hearing` it is the last one set for this person that nobody has said was held."""
        hearing = self._which(hearing, person)
        self._happen(self.HearingMoved, entry, person, hearing=hearing, due=due, place=place, ground=ground)

    def hold_hearing(
        self,
        entry: Entry,
        *,
        when: When | None = None,
        place: Place | None = None,
        outcome: str = "unknown",
        present: str = "unknown",
        counsel_present: str = "unknown",
        words: Sealed | None = None,
        hearing: int | None = None,
        person: UUID | None = None,
    ) -> None:
        """Without `hearing` it is the last one set for this person that nobody has said was held."""
        told = {"present": present, "counsel_present": counsel_present, "words": words}
        hearing = self._which(hearing, person)
        self._happen(self.HearingHeld, entry, person, hearing=hearing, when=when, place=place, outcome=outcome, **told)

    def rule(
        self,
        entry: Entry,
        *,
        outcome: str = "unknown",
        penalties: tuple[str, ...] = ("unknown",),
        fine: Count | None = None,
        term: Count | None = None,
        unit: str = "unknown",
        when: When | None = None,
        place: Place | None = None,
        words: Sealed | None = None,
        person: UUID | None = None,
    ) -> None:
        """A second, different report of a ruling is recorded beside the first."""
        told = {"fine": fine, "term": term, "unit": unit, "words": words}
        self._happen(self.Ruled, entry, person, when=when, place=place, outcome=outcome, penalties=penalties, **told)

    def receive_ruling(self, entry: Entry, *, when: When | None = None, person: UUID | None = None) -> None:
        """From here an appeal runs."""
        self._happen(self.RulingReceived, entry, person, when=when)

    def appeal(self, entry: Entry, *, against: str = "ruling", when: When | None = None, person: UUID | None = None) -> None:
        """Filed."""
        self._happen(self.Appealed, entry, person, when=when, against=against)

    def decide_appeal(
        self,
        entry: Entry,
        *,
        against: str = "ruling",
        outcome: str = "unknown",
        when: When | None = None,
        place: Place | None = None,
        words: Sealed | None = None,
        person: UUID | None = None,
    ) -> None:
        """What became of it."""
        told = {"against": against, "outcome": outcome, "words": words}
        self._happen(self.AppealDecided, entry, person, when=when, place=place, **told)

    def come_into_force(self, entry: Entry, *, when: When | None = None, person: UUID | None = None) -> None:
        """Reported; where nobody reports it the law tells when."""
        self._happen(self.CameIntoForce, entry, person, when=when)

    def pay_fine(
        self,
        entry: Entry,
        *,
        fine: Count | None = None,
        in_full: str = "unknown",
        when: When | None = None,
        person: UUID | None = None,
    ) -> None:
        """In part or in full."""
        self._happen(self.FinePaid, entry, person, when=when, fine=fine, in_full=in_full)

    def serve_arrest(self, entry: Entry, *, when: When | None = None, person: UUID | None = None) -> None:
        """To its end."""
        self._happen(self.ArrestServed, entry, person, when=when)

    def conduct_search(
        self,
        entry: Entry,
        *,
        searched: str = "unknown",
        counsel_present: str = "unknown",
        when: When | None = None,
        place: Place | None = None,
        words: Sealed | None = None,
        person: UUID | None = None,
    ) -> None:
        """A search."""
        told = {"searched": searched, "counsel_present": counsel_present, "words": words}
        self._happen(self.SearchConducted, entry, person, when=when, place=place, **told)

    def close(self, entry: Entry, *, outcome: str = "unknown", when: When | None = None, person: UUID | None = None) -> None:
        """For one defendant, or for all."""
        self._happen(self.Closed, entry, person, when=when, outcome=outcome)

    def _happen(self, happened: type[Entered], entry: Entry, person: UUID | None, **facts: Any) -> None:
        self._must_be_defendant(person)
        self._enter(happened, entry, person=person, **facts)

    def _must_be_defendant(self, person: UUID | None) -> None:
        if person is not None and person not in self.defendants:
            raise RuleBroken("not_a_defendant")

    def _which(self, hearing: int | None, person: UUID | None) -> int | None:
        """The hearing that is meant. Raises RuleBroken `no_such_hearing` for a number that is none, or is another one's."""
        if hearing is not None:
            if hearing not in self.hearings or not self._meets(self.about.get(hearing), person):
                raise RuleBroken("no_such_hearing")
            return hearing
        over = {which for version, which in self.held.items() if version not in self.taken_back}
        ahead = [version for version in self.hearings - over - self.taken_back if self._meets(self.about.get(version), person)]
        return max(ahead, default=None)

    @staticmethod
    def _meets(one: UUID | None, other: UUID | None) -> bool:
        """Whether what is said of one may be said of the other: what is said of all is said of each."""
        return one is None or other is None or one == other

    def _restate(self, happened: Any, told: Any, entry: Entry, version: int, facts: Mapping[str, Any], **why: Any) -> None:
        """As every record's, but for whom it is about: RuleBroken `person_is_fixed`. It is withdrawn and said of the other."""
        is_first = version == self.INITIAL_VERSION
        before, after = (self.founders, facts["persons"]) if is_first else (self.about.get(version), facts.get("person"))
        if before != after and not issubclass(told, Record.Attestation):
            raise RuleBroken("person_is_fixed")
        super()._restate(happened, told, entry, version, facts, **why)
