"""What every record has in common: who entered what, the same command once, corrections and withdrawals.

A public verb of a record decides: it checks the rules and may refuse with RuleBroken. What it decided is an event, and applying
an event only assigns. Reports contradict each other; that is recorded, not refused. Refused is only what cannot be meant.
"""

import os
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self
from uuid import UUID

from eventsourcing.domain import Aggregate
from eventsourcing.utils import get_topic, resolve_topic

from domain.errors import RuleBroken
from domain.facts import check
from domain.privacy import Words
from domain.provenance import Entry, Source
from domain.vocabulary.general import REASONS


def new_id() -> UUID:
    """A UUID of version 7 (RFC 9562): milliseconds first, so that what is recorded together is stored together."""
    milliseconds = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10))
    high = (milliseconds & 0xFFFF_FFFF_FFFF) << 16 | 0x7000 | chance >> 68
    return UUID(int=high << 64 | 0b10 << 62 | chance & 0x3FFF_FFFF_FFFF_FFFF)


class Record(Aggregate):
    """A protest, a detention, a person or an incident: the history of what was entered about it."""

    PERSONAL = True
    """Whether this kind of record is about one person, so that every free word in it must be sealed."""

    forgotten = False
    """Whether the person this record is the file of was forgotten."""

    class Event(Aggregate.Event):
        """Something entered: by which account, from which source, under which command."""

        recorded_by: UUID
        source: Source
        command: UUID

        def apply(self, aggregate: "Record") -> None:
            aggregate.entries[self.originator_version] = type(self)
            aggregate.commands.add(self.command)

    class Created(Event, Aggregate.Created):
        """The first entry of a record."""

        def mutate(self, aggregate: Any) -> Any:
            """The record as its first entry leaves it: what the library does, less the search for what no record's constructor
            takes.
            """
            kind = resolve_topic(self.originator_topic)
            opened = kind.__new__(kind)
            opened.__base_init__(self.originator_id, self.originator_version, self.timestamp)
            self.apply(opened)
            return opened

        def apply(self, aggregate: "Record") -> None:
            aggregate.entries = {}
            aggregate.commands = set()
            aggregate.withdrawn = False
            aggregate.taken_back = set()
            aggregate.changes = {}
            super().apply(aggregate)

    class Correction(Event):
        """Entry `version` is restated as a whole; what it said before stays readable.

        `restated` is the entry as it should have been: an event of the same class, with the corrected version number.
        """

        version: int
        because: Annotated[str, REASONS]
        words: Words
        restated: Any

        def apply(self, aggregate: "Record") -> None:
            aggregate.changes[self.version] = self.originator_version
            super().apply(aggregate)

    class Withdrawal(Event):
        """Entry `version`, or the whole record where it is None, is taken back and counts nowhere; it stays readable."""

        version: int | None
        because: Annotated[str, REASONS]
        words: Words

        def apply(self, aggregate: "Record") -> None:
            if self.version is None:
                aggregate.withdrawn = True
            else:
                aggregate.taken_back.add(self.version)
            aggregate.changes[self.version or aggregate.INITIAL_VERSION] = self.originator_version
            super().apply(aggregate)

    class Reinstatement(Correction):
        """What was taken back, entry `version` or with the first entry the whole record, counts again, as it is `restated`.

        A correction of what does not stand: every view folds the entry anew, as if it had never been taken back.
        """

        def apply(self, aggregate: "Record") -> None:
            aggregate.taken_back.discard(self.version)
            if self.version == aggregate.INITIAL_VERSION:
                aggregate.withdrawn = False
            super().apply(aggregate)

    class Attestation(Event):
        """Another source says the same as entry `version`: it is `source` here."""

        version: int

    if TYPE_CHECKING:  # annotations that the library would otherwise turn into constructor arguments
        Corrected: ClassVar[type["Record.Correction"]]
        Withdrawn: ClassVar[type["Record.Withdrawal"]]
        Reinstated: ClassVar[type["Record.Reinstatement"]]
        Attested: ClassVar[type["Record.Attestation"]]
        entries: dict[int, type["Record.Event"]]
        commands: set[UUID]
        withdrawn: bool
        taken_back: set[int]
        changes: dict[int, int]

    def correct(self, entry: Entry, version: int, facts: Mapping[str, Any], *, because: str, words: Words = None) -> None:
        """Restate entry `version` with the given facts, all of them.

        Raises RuleBroken `no_such_entry` for a version that is no correctable entry, `missing_reason`, and whatever the entry
        itself would have been refused for.
        """
        self._restate(self.Corrected, self._standing(version), entry, version, facts, because=because, words=words)

    def reinstate(self, entry: Entry, version: int, facts: Mapping[str, Any], *, because: str, words: Words = None) -> None:
        """Let entry `version`, which was taken back, count again, with all its facts as they should stand; the first entry
        brings the whole record back.

        Raises RuleBroken `not_withdrawn`, `no_such_entry`, `record_withdrawn`, and whatever the entry itself would have been
        refused for.
        """
        told = self.entries.get(version)
        if told is None or issubclass(told, Record.Correction | Record.Withdrawal):
            raise RuleBroken("no_such_entry", version=version)
        if version not in self.taken_back and not (self.withdrawn and version == self.INITIAL_VERSION):
            raise RuleBroken("not_withdrawn")
        if self.withdrawn and version != self.INITIAL_VERSION:
            raise RuleBroken("record_withdrawn")
        self._restate(self.Reinstated, told, entry, version, facts, because=because, words=words)

    def attest(self, entry: Entry, version: int) -> None:
        """The source of this entry says the same as entry `version`. Raises RuleBroken `no_such_entry`."""
        if issubclass(self._standing(version), Record.Attestation):
            raise RuleBroken("no_such_entry", version=version)
        self._enter(self.Attested, entry, version=version)

    def _restate(
        self,
        happened: type[Correction],
        told: type[Event],
        entry: Entry,
        version: int,
        facts: Mapping[str, Any],
        *,
        because: str,
        words: Words,
    ) -> None:
        check(told, {**facts, "source": entry.source}, personal=self.PERSONAL, record=self.id)
        now = datetime.now(UTC)
        topic = {"originator_topic": get_topic(type(self))} if issubclass(told, Record.Created) else {}
        restate: Callable[..., Record.Event] = told
        restated = restate(
            originator_id=self.id,
            originator_version=version,
            timestamp=now,
            recorded_by=entry.recorded_by,
            source=entry.source,
            command=entry.command,
            **facts,
            **topic,
        )
        add = self._enter if happened is self.Corrected else self._enter_regardless
        add(happened, entry, timestamp=now, version=version, because=because, words=words, restated=restated)

    def withdraw(self, entry: Entry, version: int | None = None, *, because: str, words: Words = None) -> None:
        """Take back entry `version`, or the whole record (None, or the entry that opened it)."""
        if version is not None and issubclass(self._standing(version), Record.Created):
            version = None
        self._enter(self.Withdrawn, entry, version=version, because=because, words=words)

    def must_be_as_read(self, version: int, read: int | None) -> None:
        """Whether entry `version` still says what it said when the record had `read` entries; None asks nothing.

        Raises RuleBroken `changed_meanwhile`. That other entries were changed, or new ones made, is no reason.
        """
        if read is not None and self.changes.get(version, 0) > read:
            raise RuleBroken("changed_meanwhile", version=version)

    def concerns(self) -> UUID | None:
        """The person whose file this record belongs to, None where it is nobody's."""
        return None

    def said_of(self, version: int) -> frozenset[UUID]:
        """Whom one entry is about, where its record is shared by several people and so belongs into no one file."""
        return frozenset()

    def _standing(self, version: int) -> type[Event]:
        told = self.entries.get(version)
        if told is None or version in self.taken_back or issubclass(told, Record.Correction | Record.Withdrawal):
            raise RuleBroken("no_such_entry", version=version)
        return told

    @classmethod
    def _begin(cls, happened: type[Event], entry: Entry, record: UUID, **facts: Any) -> Self:
        """Open a record with its first entry. `record` is its id, minted with the form."""
        check(happened, {**facts, "source": entry.source}, personal=cls.PERSONAL, record=record)
        # What the library's own _create does, without what it has to find out at each call and we know.
        make: Callable[..., Any] = happened
        first = make(
            originator_id=record,
            originator_version=cls.INITIAL_VERSION,
            originator_topic=get_topic(cls),
            timestamp=happened.create_timestamp(),
            recorded_by=entry.recorded_by,
            source=entry.source,
            command=entry.command,
            **facts,
        )
        opened: Self = first.mutate(None)
        opened.pending_events.append(first)
        return opened

    def _enter(self, happened: type[Event], entry: Entry, **facts: Any) -> None:
        """Add an entry to a record that stands."""
        if self.withdrawn:
            raise RuleBroken("record_withdrawn")
        self._enter_regardless(happened, entry, **facts)

    def _enter_regardless(self, happened: type[Event], entry: Entry, **facts: Any) -> None:
        """Add an entry, even to a record that was withdrawn."""
        check(happened, {**facts, "source": entry.source}, personal=self.PERSONAL, record=self.id)
        self.trigger_event(happened, recorded_by=entry.recorded_by, source=entry.source, command=entry.command, **facts)
