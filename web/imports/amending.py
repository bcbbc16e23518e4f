"""A row that was recorded before: what the log has of it, what it lacks, and what changed at the source."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.casebook import Casebook
from domain.errors import RuleBroken
from domain.facts import facts_of
from domain.privacy import Sealed
from domain.provenance import Entry, Source
from domain.record import Record
from web.imports.building import Builder
from web.imports.reading import Planned
from web.imports.traces import GONE, PERSON
from web.vault import Made

BECAUSE = "source_changed"


@dataclass(slots=True)
class _Standing:
    """One record of the row as the log has it."""

    record: Record | None
    events: list[Record.Event]

    @property
    def commands(self) -> set[UUID]:
        return {event.command for event in self.events}

    def version(self, command: UUID) -> int:
        """The entry recorded under this command."""
        return next(event.originator_version for event in self.events if event.command == command)

    def is_gone(self, command: UUID) -> bool:
        """Whether the entry was never recorded, or was taken back."""
        if self.record is None or command not in self.commands:
            return True
        return self.record.withdrawn or self.version(command) in self.record.taken_back

    def changed_by_others(self, version: int, account: UUID) -> bool:
        """Whether somebody other than the importer restated the entry."""
        return any(event.recorded_by != account for event in self.events if _restates(event, version))


class History:
    """The records of one row as they stand in the log, each read once."""

    def __init__(self, casebook: Casebook) -> None:
        self._casebook = casebook
        self._found: dict[UUID, _Standing] = {}

    def of(self, record: UUID) -> _Standing:
        """What the log has under this id, folded; nothing where it has nothing."""
        if record not in self._found:
            events: list[Any] = list(self._casebook.events.get(record))
            standing: Any = None
            for event in events:
                standing = event.mutate(standing)
            self._found[record] = _Standing(standing, events)
        return self._found[record]

    def has_all(self, made: Mapping[str, Made]) -> bool:
        """Whether the log has every entry, and its latest restatement or withdrawal."""
        for one in made.values():
            standing = self.of(one.record)
            commands = standing.commands
            if one.content == GONE:
                if not standing.is_gone(one.command):
                    return False
            elif one.command not in commands or (one.amending is not None and one.amending not in commands):
                return False
        return True

    def knows_any(self, made: Mapping[str, Made]) -> bool:
        """Whether anything of the row is in the log."""
        return any(self.of(one.record).record is not None for one in made.values())


class Amendment:
    """Brings the records of one known row to what the row says now."""

    def __init__(self, history: History, account: UUID, builder: Callable[[Mapping[str, Made]], Builder]) -> None:
        self._history, self._account, self._builder = history, account, builder

    def without_change(self, entries: Sequence[Planned], made: dict[str, Made], restated: set[str]) -> dict[str, Made]:
        """The trace with every restatement dropped that would say what the record says already."""
        kept = dict(made)
        for entry in entries:
            if entry.name in restated:
                one = made[entry.name]
                told = self._told(one)
                if told is not None and self._says(told, entry, self._builder(made)):
                    kept[entry.name] = Made(one.record, one.command, one.content)
        return kept

    def build(self, entries: Sequence[Planned], made: Mapping[str, Made]) -> list[Record]:
        """Records with what the log lacks of this trace, waiting to be stored.

        RuleBroken "corrected_by_hand", "withdrawn_by_hand": somebody changed the entry since, and the row says something else
        again; that is for a person to decide.
        """
        builder = self._builder(made)
        records: dict[UUID, Record] = {}
        for entry in entries:
            one = made[entry.name]
            standing = self._history.of(one.record)
            record = records.get(one.record) or standing.record
            if entry.block.opens and record is None:
                lacking = (opened for opened in builder.open(entry) if self._history.of(opened.id).record is None)
                records.update((opened.id, opened) for opened in lacking)
            elif record is None:
                raise RuleBroken("no_such_record", kind=entry.block.kind.__name__.lower())
            elif one.command not in standing.commands:
                self._must_stand(record)
                builder.add(entry, record)
                records[record.id] = record
            elif one.amending is not None and one.amending not in standing.commands:
                self._restate(entry, one, record, standing, builder)
                records[record.id] = record
        for name, one in made.items():
            self._take_back(name, one, records)
        return list(records.values())

    def _restate(self, entry: Planned, one: Made, record: Record, standing: _Standing, builder: Builder) -> None:
        version = standing.version(one.command)
        self._must_stand(record)
        if version in record.taken_back:
            raise RuleBroken("withdrawn_by_hand")
        if standing.changed_by_others(version, self._account):
            raise RuleBroken("corrected_by_hand")
        opened = builder.facts(entry)
        record.correct(builder.amending(entry), version, _all_facts(standing.events, version, opened, entry), because=BECAUSE)

    def _take_back(self, name: str, one: Made, records: dict[UUID, Record]) -> None:
        if one.content != GONE or one.amending is None or name.endswith(PERSON):
            return
        standing = self._history.of(one.record)
        record = records.get(one.record) or standing.record
        if record is None or standing.is_gone(one.command) or record.withdrawn:
            return
        version = standing.version(one.command)
        if standing.changed_by_others(version, self._account):
            raise RuleBroken("corrected_by_hand")
        source = Source("dataset")
        record.withdraw(Entry(self._account, source, one.amending), version, because=BECAUSE)
        records[record.id] = record

    def _told(self, one: Made) -> Record.Event | None:
        """The entry as it stands: the latest restatement of it, or itself."""
        standing = self._history.of(one.record)
        if one.command not in standing.commands:
            return None
        version = standing.version(one.command)
        told = next(event for event in standing.events if event.originator_version == version)
        for event in standing.events:
            if isinstance(event, Record.Correction) and event.version == version:
                told = event.restated
        return told

    def _says(self, told: Record.Event, entry: Planned, builder: Builder) -> bool:
        facts, source = builder.facts(entry), builder.amending(entry).source
        if isinstance(source.reference, Sealed) or any(_is_sealed(value) for value in facts.values()):
            return False
        if any(getattr(told, name) != value for name, value in facts.items()) or (entry.block.opens and told.source != source):
            return False
        return all(name in facts or getattr(told, name) in (None, "unknown") for name in facts_of(type(told)))

    def _must_stand(self, record: Record) -> None:
        if record.withdrawn:
            raise RuleBroken("withdrawn_by_hand")
        whom = {record.concerns(), *record.said_of(record.INITIAL_VERSION)} - {None}
        found = [self._history.of(person).record for person in whom if person is not None]
        if record.forgotten or any(person is not None and person.forgotten for person in found):
            raise RuleBroken("person_forgotten")


def _restates(event: Record.Event, version: int) -> bool:
    return isinstance(event, Record.Correction) and bool(event.version == version)


def _is_sealed(value: object) -> bool:
    return isinstance(value, Sealed) or isinstance(getattr(value, "words", None), Sealed)


def _all_facts(events: list[Record.Event], version: int, given: Mapping[str, Any], entry: Planned) -> dict[str, Any]:
    """All fields of the entry: what the row says now; what it leaves out is what the verb gives when it is left out."""
    told = next(event for event in events if event.originator_version == version)
    defaults = entry.block.defaults()
    return {name: given.get(name, defaults.get(name)) for name in facts_of(type(told))}
