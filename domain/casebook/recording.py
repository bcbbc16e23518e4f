"""How anything is recorded: once for each command, in order, together or not at all."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.persistence import RecordConflictError

from domain.errors import RuleBroken
from domain.privacy import Words
from domain.provenance import Entry
from domain.record import Record
from domain.source_on_file import SourceOnFile

R = TypeVar("R", bound=Record)

ATTEMPTS = 5
"""How often a change is decided anew when somebody else changed the same record in between."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command: the log position at or before which it stands, and whether this call put it there."""

    position: int
    new: bool


class Recording(Application[UUID]):
    """What the use cases share. Knows nothing of protests or people, only that whoever says so may be on file."""

    LINKS: ClassVar[Mapping[str, type[Record]]] = {}
    """The fields of entries that name another record, and its kind."""

    def standing(self, kind: type[R], record: UUID) -> R:
        """The record as it stands. Raises RuleBroken `no_such_record` when there is none of this kind under this id."""
        found = self._find(record)
        if not isinstance(found, kind):
            raise RuleBroken("no_such_record", kind=kind.__name__.lower())
        return found

    def correct(
        self,
        kind: type[Record],
        entry: Entry,
        record: UUID,
        version: int,
        facts: Mapping[str, Any],
        *,
        because: str,
        words: Words = None,
        read: int | None = None,
    ) -> Outcome:
        """Restate entry `version` of a record as a whole: `facts` are all of its fields.

        `read` is how many entries the record had when the entry was read to be changed: where it was changed since, RuleBroken
        `changed_meanwhile`. So with the other changes of what stands.
        """
        self._must_exist(facts)

        def decide(found: Record) -> None:
            self.must_be_told_of(found.said_of(version))
            found.must_be_as_read(version, read)
            found.correct(entry, version, facts, because=because, words=words)

        return self._amend(kind, entry, record, decide)

    def reinstate(
        self,
        kind: type[Record],
        entry: Entry,
        record: UUID,
        version: int,
        facts: Mapping[str, Any],
        *,
        because: str,
        words: Words = None,
        read: int | None = None,
    ) -> Outcome:
        """Let entry `version` of a record, which was taken back, count again: `facts` are all of its fields."""
        self._must_exist(facts)

        def decide(found: Record) -> None:
            self.must_be_told_of(found.said_of(version))
            found.must_be_as_read(version, read)
            found.reinstate(entry, version, facts, because=because, words=words)

        return self._amend(kind, entry, record, decide)

    def attest(self, kind: type[Record], entry: Entry, record: UUID, version: int) -> Outcome:
        """The source of this entry says the same as entry `version` of a record."""

        def decide(found: Record) -> None:
            self.must_be_told_of(found.said_of(version))
            found.attest(entry, version)

        return self._amend(kind, entry, record, decide)

    def withdraw(
        self,
        kind: type[Record],
        entry: Entry,
        record: UUID,
        version: int | None = None,
        *,
        because: str,
        words: Words = None,
        read: int | None = None,
    ) -> Outcome:
        """Take back entry `version` of a record, or the whole record: of a forgotten person too, for it may falsify totals."""

        def decide(found: Record) -> None:
            found.must_be_as_read(version or Record.INITIAL_VERSION, read)
            found.withdraw(entry, version, because=because, words=words)

        return self._amend(kind, entry, record, decide, even_if_forgotten=True)

    def keep(self, *records: Record) -> list[int]:
        """Store what is pending in these records, all of it or nothing, and return the positions."""
        stored = [self.mapper.to_stored_event(event) for record in records for event in record.collect_events()]
        return list(self.recorder.insert_events(stored) or ())

    def _must_exist(self, facts: Mapping[str, Any]) -> None:
        """Whatever these facts refer to. Raises RuleBroken `no_such_record`, and `person_forgotten` for who was forgotten."""
        for name, kind in self.LINKS.items():
            record = facts.get(name)
            if record is not None and self.standing(kind, record).forgotten:
                raise RuleBroken("person_forgotten")

    def _must_be_on_file(self, entry: Entry) -> None:
        """The source on file that an entry names. Raises RuleBroken `no_such_record`."""
        if entry.source.origin is not None:
            self.standing(SourceOnFile, entry.source.origin)

    def must_be_told_of(self, persons: Collection[UUID]) -> None:
        """Nothing more is told of who was forgotten: RuleBroken `person_forgotten`, `defendant_forgotten` for one of several."""
        if any(self.is_forgotten(person) for person in persons):
            raise RuleBroken("person_forgotten" if len(persons) == 1 else "defendant_forgotten")

    def is_forgotten(self, record: UUID | None) -> bool:
        """Whether this is the file of a person who was forgotten, or a record of what was done to one."""
        found = self._find(record) if record is not None else None
        return found is not None and (found.forgotten or self.is_forgotten(found.concerns()))

    def _find(self, record: UUID) -> Record | None:
        try:
            found: Record = self.repository.get(record, projector_func=_replay)
        except AggregateNotFoundError:
            return None
        return found

    def _open(self, entry: Entry, *records: Record) -> Outcome:
        """Store new records, in this order. The same command again is answered as done: the last one is the command's own."""
        self._must_be_on_file(entry)
        try:
            return Outcome(self.keep(*records)[-1], new=True)
        except RecordConflictError:
            known = self._find(records[-1].id)
            if known is not None and entry.command in known.commands:
                return self._done()
            raise RuleBroken("id_taken") from None

    def _amend(
        self,
        kind: type[R],
        entry: Entry,
        record: UUID,
        decide: Callable[[R], Iterable[Record] | None],
        *,
        even_if_forgotten: bool = False,
    ) -> Outcome:
        """Let a standing record decide and store what it decided; decide anew when it changed meanwhile. Other records in which
        the same decision was entered are returned by `decide` and stored with it.

        Nothing is added to the record of what was done to a person who was forgotten: RuleBroken `person_forgotten`. What a
        person's own file still takes it decides itself.
        """
        self._must_be_on_file(entry)
        for _ in range(ATTEMPTS):
            found = self.standing(kind, record)
            if entry.command in found.commands:
                return self._done()
            if not even_if_forgotten and self.is_forgotten(found.concerns()):
                raise RuleBroken("person_forgotten")
            others = decide(found) or ()
            try:
                return Outcome(self.keep(found, *others)[-1], new=True)
            except RecordConflictError:
                continue
        raise RuleBroken("too_busy")

    def _done(self) -> Outcome:
        return Outcome(self.recorder.max_notification_id() or 0, new=False)


def _replay(record: Any, events: Iterable[Any]) -> Any:
    """Fold events. The library's own fold checks each event against a runtime Protocol, at the price of the fold itself."""
    for event in events:
        record = event.mutate(record)
    return record
