"""What a monitor or a lawyer does with one detention: it opens, things happen in it, it ends."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from domain.casebook.recording import Outcome, Recording
from domain.detention import Detention
from domain.moment import When
from domain.person import Person
from domain.place import Place
from domain.privacy import Sealed
from domain.provenance import Entry
from domain.record import Record


class Detentions(Recording):
    """The arguments are those of the verbs of Detention, where they are explained."""

    def record_detention(
        self,
        entry: Entry,
        detention: UUID,
        *,
        person: UUID,
        name: Sealed | None = None,
        name_kind: str = "full",
        apart: Iterable[UUID] = (),
        **facts: Any,
    ) -> Outcome:
        """Open a detention and, at once, the file of the person held, named or not. Both ids are minted with the form.

        `apart` are the files of others who might have been taken for this person, and are not.
        """
        self._must_exist(facts)
        held = Detention.record(entry, detention, person=person, **facts)
        return self._open(entry, file_opened(entry, person, name, name_kind, self._on_file(apart)), held)

    def record_detention_again(self, entry: Entry, detention: UUID, *, person: UUID, **facts: Any) -> Outcome:
        """Open a further detention of somebody who has a file already."""
        self._must_exist({**facts, "person": person})
        return self._open(entry, Detention.record(entry, detention, person=person, **facts))

    def record_release_only(
        self,
        entry: Entry,
        detention: UUID,
        *,
        person: UUID,
        name: Sealed | None = None,
        name_kind: str = "full",
        when: When | None = None,
        kind: str = "unknown",
        apart: Iterable[UUID] = (),
        **facts: Any,
    ) -> Outcome:
        """A release reported before anybody had reported the detention: opens one with unknown start, and ends it."""
        self._must_exist(facts)
        held = Detention.record(entry, detention, person=person, **facts)
        held.release(entry, when=when, kind=kind)
        return self._open(entry, file_opened(entry, person, name, name_kind, self._on_file(apart)), held)

    def record_release_again(
        self, entry: Entry, detention: UUID, *, person: UUID, when: When | None = None, kind: str = "unknown", **facts: Any
    ) -> Outcome:
        """The same of somebody who has a file already."""
        self._must_exist({**facts, "person": person})
        held = Detention.record(entry, detention, person=person, **facts)
        held.release(entry, when=when, kind=kind)
        return self._open(entry, held)

    def record_delivery(self, entry: Entry, detention: UUID, *, when: When | None = None, place: Place | None = None) -> Outcome:
        """Brought to a police station."""
        return self._amend(Detention, entry, detention, lambda held: held.deliver(entry, when=when, place=place))

    def record_transfer(self, entry: Entry, detention: UUID, *, when: When | None = None, place: Place | None = None) -> Outcome:
        """Moved to another place of custody."""
        return self._amend(Detention, entry, detention, lambda held: held.transfer(entry, when=when, place=place))

    def record_protocol(self, entry: Entry, detention: UUID, *, kind: str, **facts: Any) -> Outcome:
        """A paper was drawn up."""
        return self._amend(Detention, entry, detention, lambda held: held.draw_protocol(entry, kind=kind, **facts))

    def requalify(self, entry: Entry, detention: UUID, *, article: str, when: When | None = None) -> Outcome:
        """Another article."""
        return self._amend(Detention, entry, detention, lambda held: held.requalify(entry, article=article, when=when))

    def request_counsel(self, entry: Entry, detention: UUID, *, when: When | None = None) -> Outcome:
        """Counsel asked for."""
        return self._amend(Detention, entry, detention, lambda held: held.request_counsel(entry, when=when))

    def refuse_counsel(self, entry: Entry, detention: UUID, **facts: Any) -> Outcome:
        """Counsel turned away."""
        return self._amend(Detention, entry, detention, lambda held: held.refuse_counsel(entry, **facts))

    def admit_counsel(self, entry: Entry, detention: UUID, **facts: Any) -> Outcome:
        """Counsel let in."""
        return self._amend(Detention, entry, detention, lambda held: held.admit_counsel(entry, **facts))

    def record_missing_protocol(self, entry: Entry, detention: UUID, *, kind: str, when: When | None = None) -> Outcome:
        """A paper that was not drawn up."""
        return self._amend(Detention, entry, detention, lambda held: held.miss_protocol(entry, kind=kind, when=when))

    def record_call(self, entry: Entry, detention: UUID, *, call: str, when: When | None = None) -> Outcome:
        """A call, or that it was refused."""
        return self._amend(Detention, entry, detention, lambda held: held.report_call(entry, call=call, when=when))

    def record_notice(self, entry: Entry, detention: UUID, *, whom: str, notice: str, when: When | None = None) -> Outcome:
        """Somebody was told that the person is held, or was not."""
        return self._amend(
            Detention, entry, detention, lambda held: held.report_notice(entry, whom=whom, notice=notice, when=when)
        )

    def record_status(self, entry: Entry, detention: UUID, *, statuses: tuple[str, ...], when: When | None = None) -> Outcome:
        """A foreigner or not, intoxicated or not."""
        return self._amend(Detention, entry, detention, lambda held: held.report_status(entry, statuses=statuses, when=when))

    def record_sobering(self, entry: Entry, detention: UUID, *, when: When | None = None) -> Outcome:
        """Sober again."""
        return self._amend(Detention, entry, detention, lambda held: held.sober(entry, when=when))

    def record_questioning(self, entry: Entry, detention: UUID, **facts: Any) -> Outcome:
        """Questioned."""
        return self._amend(Detention, entry, detention, lambda held: held.question(entry, **facts))

    def record_fingerprints(self, entry: Entry, detention: UUID, **facts: Any) -> Outcome:
        """Biometric data taken."""
        return self._amend(Detention, entry, detention, lambda held: held.take_fingerprints(entry, **facts))

    def lose_contact(self, entry: Entry, detention: UUID, *, when: When | None = None) -> Outcome:
        """Nobody reaches the person any more."""
        return self._amend(Detention, entry, detention, lambda held: held.lose_contact(entry, when=when))

    def record_help(self, entry: Entry, detention: UUID, *, kind: str, when: When | None = None) -> Outcome:
        """Somebody helped."""
        return self._amend(Detention, entry, detention, lambda held: held.give_help(entry, kind=kind, when=when))

    def record_device_taken(self, entry: Entry, detention: UUID, **facts: Any) -> Outcome:
        """A device was taken."""
        return self._amend(Detention, entry, detention, lambda held: held.take_device(entry, **facts))

    def record_device_search(self, entry: Entry, detention: UUID, **facts: Any) -> Outcome:
        """A device was searched, or it was tried."""
        return self._amend(Detention, entry, detention, lambda held: held.search_device(entry, **facts))

    def record_threat(self, entry: Entry, detention: UUID, *, kind: str, **facts: Any) -> Outcome:
        """Threatened."""
        return self._amend(Detention, entry, detention, lambda held: held.threaten(entry, kind=kind, **facts))

    def record_forced_statement(self, entry: Entry, detention: UUID, *, kind: str, **facts: Any) -> Outcome:
        """A statement got by pressure."""
        return self._amend(Detention, entry, detention, lambda held: held.force_statement(entry, kind=kind, **facts))

    def record_draft_notice(self, entry: Entry, detention: UUID, *, when: When | None = None) -> Outcome:
        """A draft notice served in custody."""
        return self._amend(Detention, entry, detention, lambda held: held.serve_draft_notice(entry, when=when))

    def report_ill_treatment(self, entry: Entry, detention: UUID, *, kind: str, **facts: Any) -> Outcome:
        """An allegation of ill-treatment."""
        return self._amend(Detention, entry, detention, lambda held: held.report_ill_treatment(entry, kind=kind, **facts))

    def raise_concern(self, entry: Entry, detention: UUID, *, concerns: tuple[str, ...], when: When | None = None) -> Outcome:
        """What the person needs, or what is feared for them."""
        return self._amend(Detention, entry, detention, lambda held: held.raise_concern(entry, concerns=concerns, when=when))

    def record_hospital(self, entry: Entry, detention: UUID, *, when: When | None = None, place: Place | None = None) -> Outcome:
        """Taken to hospital."""
        return self._amend(Detention, entry, detention, lambda held: held.hospitalise(entry, when=when, place=place))

    def record_release(self, entry: Entry, detention: UUID, *, kind: str = "unknown", when: When | None = None) -> Outcome:
        """Let go, as somebody reports."""
        return self._amend(Detention, entry, detention, lambda held: held.release(entry, kind=kind, when=when))

    def identify(
        self, entry: Entry, detention: UUID, *, other: UUID, basis: str = "unknown", words: Sealed | None = None
    ) -> Outcome:
        """The person held is the person of another file."""
        self._must_exist({"other": other})
        return self._amend(Detention, entry, detention, lambda held: held.identify(entry, other=other, basis=basis, words=words))

    def _on_file(self, persons: Iterable[UUID]) -> list[UUID]:
        """These people, who must all have a file. Raises RuleBroken `no_such_record`."""
        return [self.standing(Person, person).id for person in persons]


def file_opened(entry: Entry, person: UUID, name: Sealed | None, kind: str, apart: Iterable[UUID] = ()) -> Record:
    """A file, with the name if there is one, and `apart`, whose files are other people's.

    The entry's reference is sealed for another record and stays out.
    """
    entry = entry.without_reference()
    opened = Person.open(entry, person)
    if name is not None:
        opened.give_name(entry, name=name, kind=kind)
    for other in apart:
        opened.tell_apart(entry, other=other)
    return opened
