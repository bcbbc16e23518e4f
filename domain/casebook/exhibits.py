"""What is done with an exhibit: it is deposited, described, handed over."""

from typing import Any
from uuid import UUID

from domain.casebook.recording import Outcome, Recording
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.exhibit import Exhibit
from domain.incident import Incident
from domain.moment import When
from domain.privacy import Sealed
from domain.provenance import Entry
from domain.record import Record


class Exhibits(Recording):
    """The arguments are those of the verbs of Exhibit, where they are explained."""

    def deposit_exhibit(self, entry: Entry, exhibit: UUID, *, kind: str, **facts: Any) -> Outcome:
        """Open the record of an exhibit under the id `exhibit`, minted with the form. Its file is on the disk, sealed, before.

        Raises RuleBroken `exhibit_of_another` where the person is not the one whom the detention or incident is about.
        """
        self._must_exist(facts)
        person = facts.get("person")
        for name, record_class in _ABOUT_ONE.items():
            record = facts.get(name)
            if record is not None and self.standing(record_class, record).concerns() != person:
                raise RuleBroken("exhibit_of_another")
        return self._open(entry, Exhibit.deposit(entry, exhibit, kind=kind, **facts))

    def describe_exhibit(self, entry: Entry, exhibit: UUID, *, words: Sealed) -> Outcome:
        """What is in it."""
        return self._amend(Exhibit, entry, exhibit, lambda found: found.describe(entry, words=words))

    def hand_over_exhibit(
        self, entry: Entry, exhibit: UUID, *, to: Sealed, because: str, form: str = "unknown", when: When | None = None
    ) -> Outcome:
        """Given to somebody."""
        return self._amend(
            Exhibit, entry, exhibit, lambda found: found.hand_over(entry, to=to, because=because, form=form, when=when)
        )


_ABOUT_ONE: dict[str, type[Record]] = {"detention": Detention, "incident": Incident}
