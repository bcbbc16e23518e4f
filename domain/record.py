"""What every record has in common: who entered what, the same command once, corrections and withdrawals.

A public verb of a record decides: it checks the rules and may refuse with RuleBroken. What it decided is an event, and applying
an event only assigns. Reports contradict each other; that is recorded, not refused. Refused is only what cannot be meant.
"""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, get_args, get_type_hints
from uuid import UUID

from eventsourcing.domain import Aggregate
from eventsourcing.utils import get_topic, resolve_topic

from domain.errors import RuleBroken
from domain.moment import When
from domain.place import Place
from domain.privacy import Sealed, Words
from domain.provenance import Entry, Source
from domain.vocabulary import Vocabulary
from domain.vocabulary.general import REASONS

CLOCK_TOLERANCE = timedelta(minutes=10)
"""How far a reported time may lie ahead of this machine's clock before it counts as a date in the future."""


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
            super().apply(aggregate)

    class Correction(Event):
        """Entry `version` is restated as a whole; what it said before stays readable.

        `restated` is the entry as it should have been: an event of the same class, with the corrected version number.
        """

        version: int
        because: Annotated[str, REASONS]
        words: Words
        restated: Any

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
            super().apply(aggregate)

    if TYPE_CHECKING:  # annotations that the library would otherwise turn into constructor arguments
        Corrected: ClassVar[type["Record.Correction"]]
        Withdrawn: ClassVar[type["Record.Withdrawal"]]
        entries: dict[int, type["Record.Event"]]
        commands: set[UUID]
        withdrawn: bool
        taken_back: set[int]

    def correct(self, entry: Entry, version: int, facts: Mapping[str, Any], *, because: str, words: Words = None) -> None:
        """Restate entry `version` with the given facts, all of them.

        Raises RuleBroken `no_such_entry` for a version that is no correctable entry, `missing_reason`, and whatever the entry
        itself would have been refused for.
        """
        told = self._standing(version)
        _check(told, {**facts, "source": entry.source}, personal=self.PERSONAL, record=self.id)
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
        self._enter(self.Corrected, entry, timestamp=now, version=version, because=because, words=words, restated=restated)

    def withdraw(self, entry: Entry, version: int | None = None, *, because: str, words: Words = None) -> None:
        """Take back entry `version`, or the whole record (None, or the entry that opened it)."""
        if version is not None and issubclass(self._standing(version), Record.Created):
            version = None
        self._enter(self.Withdrawn, entry, version=version, because=because, words=words)

    def concerns(self) -> UUID | None:
        """The person whose file this record belongs to, None where it is nobody's."""
        return None

    def _standing(self, version: int) -> type[Event]:
        told = self.entries.get(version)
        if told is None or version in self.taken_back or issubclass(told, Record.Correction | Record.Withdrawal):
            raise RuleBroken("no_such_entry", version=version)
        return told

    @classmethod
    def _begin(cls, happened: type[Event], entry: Entry, record: UUID, **facts: Any) -> Self:
        """Open a record with its first entry. `record` is its id, minted with the form."""
        _check(happened, {**facts, "source": entry.source}, personal=cls.PERSONAL, record=record)
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
        _check(happened, {**facts, "source": entry.source}, personal=self.PERSONAL, record=self.id)
        self.trigger_event(happened, recorded_by=entry.recorded_by, source=entry.source, command=entry.command, **facts)


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of an event: its name, its type, and the vocabulary its codes come from, if it is coded."""

    name: str
    type: Any
    vocabulary: Vocabulary | None


@cache
def facts_of(happened: type[Aggregate.Event]) -> Mapping[str, Fact]:
    """The fields an event adds to what every entry has; all fields of an act of the access log.

    Forms, import mappings and the history tests read them.
    """
    common = {field.name for field in fields(Record.Created)}
    hints = get_type_hints(happened, include_extras=True)
    found = {}
    for name in (field.name for field in fields(happened) if field.name not in common):
        notes = getattr(hints[name], "__metadata__", ())
        found[name] = Fact(name, hints[name], next((note for note in notes if isinstance(note, Vocabulary)), None))
    return found


_NEEDED = {"categories": "missing_category", "scopes": "missing_scope"}
"""What is refused when one of these lists of codes is empty."""


_TO_COME = frozenset({"due"})
"""The times that lie ahead on purpose."""


_WORDS: Mapping[type, Callable[[Any], Words]] = {
    When: attrgetter("words"),
    Place: attrgetter("words"),
    Source: attrgetter("reference"),
    Sealed: lambda value: value,
}
"""The values that hold words, and where."""


def _check(happened: type[Record.Event], facts: Mapping[str, Any], *, personal: bool, record: UUID) -> None:
    """Refuse what cannot be meant: unknown codes, dates in the future, a missing reason, unsealed text about a person."""
    if "because" in facts and (not facts["because"] or (facts["because"] == "other" and not facts.get("words", True))):
        raise RuleBroken("missing_reason")
    coded, worded, needed = _rules_of(happened)
    for name in needed:
        if facts.get(name) is None:
            raise RuleBroken("missing_fact", field=name)
    for name, vocabulary in coded:
        value = facts.get(name)
        if isinstance(value, str):
            if value not in vocabulary.terms:
                vocabulary.require(value)
        elif value is not None:
            if value == () and name in _NEEDED:
                raise RuleBroken(_NEEDED[name])
            for code in value or ("",):
                vocabulary.require(code)
    if personal:
        for name in worded:
            if isinstance(facts.get(name), str):
                raise RuleBroken("unsealed_text", field=name)
    for name, value in facts.items():
        words_in = _WORDS.get(type(value))
        if words_in is None:
            continue
        if type(value) is When and name not in _TO_COME and value.earliest > datetime.now(UTC) + CLOCK_TOLERANCE:
            raise RuleBroken("future_date", field=name, earliest=value.earliest.date().isoformat())
        words = words_in(value)
        if words is not None:
            if personal and isinstance(words, str):
                raise RuleBroken("unsealed_text", field=name)
            if isinstance(words, Sealed) and words.aggregate != record:
                raise RuleBroken("sealed_for_another_record", field=name)


@cache
def _rules_of(
    happened: type[Record.Event],
) -> tuple[tuple[tuple[str, Vocabulary], ...], tuple[str, ...], tuple[str, ...]]:
    """The coded fields of an event with their vocabularies, the fields that hold free words, and those that must be told."""
    facts = facts_of(happened).values()
    coded = tuple((fact.name, fact.vocabulary) for fact in facts if fact.vocabulary is not None)
    worded = tuple(fact.name for fact in facts if Sealed in (fact.type, *get_args(fact.type)))
    return coded, worded, tuple(fact.name for fact in facts if not _may_be_untold(fact.type))


def _may_be_untold(kind: Any) -> bool:
    """Whether None is an answer. A coded type is looked at without its vocabulary."""
    while hasattr(kind, "__metadata__"):
        kind = get_args(kind)[0]
    return kind is Any or type(None) in get_args(kind)
