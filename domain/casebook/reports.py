"""What a monitor does with a message that comes in: it is kept at once, and people are told out of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.casebook.detentions import file_opened
from domain.casebook.recording import Outcome, Recording
from domain.detention import Detention
from domain.privacy import Sealed
from domain.provenance import Entry
from domain.record import Record
from domain.report import Report

Told = Callable[[Detention, Entry], None]
"""Something more that a report says of one person: a verb of the detention, with its facts."""


@dataclass(frozen=True, slots=True)
class Held:
    """One person a report speaks of. Both ids are minted with the form; `facts` are those of Detention.record.

    `has_file` says that `person` is on file already: then no file is opened, and no name given.
    """

    detention: UUID
    person: UUID
    name: Sealed | None = None
    name_kind: str = "full"
    facts: Mapping[str, Any] = field(default_factory=dict)
    told: Sequence[Told] = ()
    has_file: bool = False


class Reports(Recording):
    """The arguments are those of the verbs of Report, where they are explained."""

    def receive_report(self, entry: Entry, report: UUID, *, held: Sequence[Held] = (), **facts: Any) -> Outcome:
        """Keep a report and, with it, open the detention of everybody it names: all of it or nothing."""
        self._must_exist(facts)
        received = Report.receive(entry, report, **facts)
        return self._open(entry, *self._told_out(entry, received, held), received)

    def split_report(self, entry: Entry, report: UUID, *, held: Sequence[Held]) -> Outcome:
        """Tell people out of a report that stands. They are among those it counts."""
        return self._amend(Report, entry, report, lambda found: self._told_out(entry, found, held))

    def settle_report(self, entry: Entry, report: UUID, *, kind: str = "worked_off") -> Outcome:
        """Nothing is left to do about it."""
        return self._amend(Report, entry, report, lambda found: found.settle(entry, kind=kind))

    def _told_out(self, entry: Entry, report: Report, held: Sequence[Held]) -> list[Record]:
        """The records of these people, each entry without the reference, which is sealed for the report."""
        own = entry.without_reference()
        opened: list[Record] = []
        for one in held:
            self._must_exist({**one.facts, **({"person": one.person} if one.has_file else {})})
            detention = Detention.record(own, one.detention, person=one.person, **one.facts)
            for tell in one.told:
                tell(detention, own)
            report.record_person(own, detention=one.detention, person=one.person)
            opened += [detention] if one.has_file else [file_opened(own, one.person, one.name, one.name_kind), detention]
        return opened
