"""What a lawyer does with a proceeding: it opens, people join it, things happen in it to one of them or to all, it ends."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from domain.casebook.recording import Outcome, Recording
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.moment import When
from domain.proceeding import Proceeding
from domain.provenance import Entry


class Proceedings(Recording):
    """The arguments are those of the verbs of Proceeding, where they are explained."""

    def open_proceeding(self, entry: Entry, proceeding: UUID, *, persons: tuple[UUID, ...], **facts: Any) -> Outcome:
        """Open a case under the id `proceeding`. RuleBroken `proceeding_of_another`: the detention was nobody's of these."""
        for person in persons:
            self._must_exist({"person": person})
        self._must_exist(facts)
        detention = facts.get("detention")
        if detention is not None and self.standing(Detention, detention).person not in persons:
            raise RuleBroken("proceeding_of_another")
        return self._open(entry, Proceeding.open(entry, proceeding, persons=persons, **facts))

    def join_proceeding(self, entry: Entry, proceeding: UUID, *, person: UUID, when: When | None = None) -> Outcome:
        """One more defendant: RuleBroken `defendant_forgotten` once one was, for its words are gone."""
        self._must_exist({"person": person})

        def decide(found: Proceeding) -> None:
            self.must_be_told_of(found.ever)
            found.join(entry, person=person, when=when)

        return self._amend(Proceeding, entry, proceeding, decide)

    def change_charge(self, entry: Entry, proceeding: UUID, **facts: Any) -> Outcome:
        """Another article."""
        return self._proceed(entry, proceeding, Proceeding.change_charge, facts)

    def set_hearing(self, entry: Entry, proceeding: UUID, **facts: Any) -> Outcome:
        """A day in court."""
        return self._proceed(entry, proceeding, Proceeding.set_hearing, facts)

    def move_hearing(self, entry: Entry, proceeding: UUID, **facts: Any) -> Outcome:
        """Another day instead."""
        return self._proceed(entry, proceeding, Proceeding.move_hearing, facts)

    def hold_hearing(self, entry: Entry, proceeding: UUID, **facts: Any) -> Outcome:
        """Held, or not."""
        return self._proceed(entry, proceeding, Proceeding.hold_hearing, facts)

    def record_ruling(self, entry: Entry, proceeding: UUID, **facts: Any) -> Outcome:
        """What a court decided."""
        return self._proceed(entry, proceeding, Proceeding.rule, facts)

    def receive_ruling(self, entry: Entry, proceeding: UUID, **facts: Any) -> Outcome:
        """A copy came."""
        return self._proceed(entry, proceeding, Proceeding.receive_ruling, facts)

    def record_appeal(self, entry: Entry, proceeding: UUID, **facts: Any) -> Outcome:
        """Filed."""
        return self._proceed(entry, proceeding, Proceeding.appeal, facts)

    def record_appeal_decision(self, entry: Entry, proceeding: UUID, **facts: Any) -> Outcome:
        """What became of an appeal."""
        return self._proceed(entry, proceeding, Proceeding.decide_appeal, facts)

    def record_effect(self, entry: Entry, proceeding: UUID, **facts: Any) -> Outcome:
        """It took effect."""
        return self._proceed(entry, proceeding, Proceeding.come_into_force, facts)

    def record_fine_paid(self, entry: Entry, proceeding: UUID, **facts: Any) -> Outcome:
        """Paid."""
        return self._proceed(entry, proceeding, Proceeding.pay_fine, facts)

    def record_arrest_served(self, entry: Entry, proceeding: UUID, **facts: Any) -> Outcome:
        """Served."""
        return self._proceed(entry, proceeding, Proceeding.serve_arrest, facts)

    def record_search(self, entry: Entry, proceeding: UUID, **facts: Any) -> Outcome:
        """Searched."""
        return self._proceed(entry, proceeding, Proceeding.conduct_search, facts)

    def close_proceeding(self, entry: Entry, proceeding: UUID, **facts: Any) -> Outcome:
        """Over."""
        return self._proceed(entry, proceeding, Proceeding.close, facts)

    def _proceed(self, entry: Entry, proceeding: UUID, verb: Callable[..., None], facts: dict[str, Any]) -> Outcome:
        """Of one defendant, or of all: RuleBroken `person_forgotten` for one who was forgotten, `defendant_forgotten` for all of
        whom one was."""
        person = facts.get("person")
        if person is not None:
            self._must_exist({"person": person})

        def decide(found: Proceeding) -> None:
            if person is None:
                self.must_be_told_of(found.ever)
            partial(verb, found, entry)(**facts)

        return self._amend(Proceeding, entry, proceeding, decide)
