"""From planned entries and their ids to records with events that wait to be stored; free text about a person is sealed here."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol
from uuid import UUID

from domain.errors import RuleBroken
from domain.moment import When
from domain.person import Person
from domain.place import Place
from domain.privacy import Sealed, Words
from domain.proceeding import Proceeding
from domain.provenance import Entry
from domain.record import Record
from web.imports.blocks import ToSeal
from web.imports.reading import Planned
from web.imports.times import is_plain
from web.imports.traces import GONE, PERSON, person_of
from web.vault import Made


class Seals(Protocol):
    """What seals: the vault's Sealer, or what stands for it in a dry run."""

    def seal(self, person: UUID, aggregate: UUID, field: str, text: str) -> Sealed:
        """The text, sealed for this person in this field of this record."""


class SealsNothing:
    """For a dry run, which makes no keys."""

    def seal(self, person: UUID, aggregate: UUID, field: str, text: str) -> Sealed:
        """A seal with nothing in it, that is never stored."""
        return Sealed(person, aggregate, field, b"")


def wants_sealing(entry: Planned, made: Mapping[str, Made]) -> UUID | None:
    """The person whose key an entry needs, if it needs one."""
    person = person_of(entry, made) if entry.block.kind.PERSONAL else None
    if person is None:
        return None
    return person if entry.source.reference or any(_text(value) for value in entry.facts.values()) else None


def _text(value: object) -> str | None:
    match value:
        case ToSeal(text=text):
            return text
        case Place(words=str(words)):
            return words
        case When(words=str(words)) if not is_plain(words):
            return words
        case _:
            return None


def _against(whom: UUID | None, *, opens: bool) -> dict[str, Any]:
    """Whom an entry of a case concerns: a row tells of one person. RuleBroken `proceeding_of_nobody` where it tells of none."""
    if whom is None:
        raise RuleBroken("proceeding_of_nobody")
    return {"persons": (whom,)} if opens else {"person": whom}


class Builder:
    """Builds the records of one row."""

    def __init__(self, account: UUID, seals: Seals, made: Mapping[str, Made]) -> None:
        self._account, self._seals, self._made = account, seals, made

    def all(self, entries: Sequence[Planned]) -> list[Record]:
        """All records of a row that nothing is known of."""
        records: list[Record] = []
        opened: dict[UUID, Record] = {}
        for entry in entries:
            if entry.block.opens:
                records += self.open(entry)
                opened.update((record.id, record) for record in records)
            else:
                self.add(entry, opened[self._made[entry.name].record])
        return records

    def open(self, entry: Planned) -> list[Record]:
        """The record an entry opens, after the person's file where it opens one."""
        made, opened = self._made[entry.name], []
        if entry.block.opens_person:
            person = self._made[entry.name + PERSON]
            opened.append(Person.open(self._entry(entry, person.record, person.command), person.record))
        record = entry.block.enter(self._entry(entry, made.record, made.command), made.record, **self.facts(entry))
        return [*opened, record]

    def add(self, entry: Planned, record: Record) -> None:
        """Enter what an entry adds into the record it belongs to."""
        made = self._made[entry.name]
        entry.block.enter(record, self._entry(entry, record.id, made.command), **self.facts(entry))

    def amending(self, entry: Planned) -> Entry:
        """Under which command, and from which source, an entry is restated."""
        made = self._made[entry.name]
        return self._entry(entry, made.record, made.amending or made.command)

    def facts(self, entry: Planned) -> dict[str, Any]:
        """The fields of an entry as they are recorded: sealed in a record about a person, with the row's other records named."""
        facts = dict(entry.facts)
        if entry.block.kind.PERSONAL:
            person, record = person_of(entry, self._made), self._made[entry.name].record
            facts = {name: self._sealed(value, person, record, name) for name, value in facts.items()}
            facts = {name: value for name, value in facts.items() if value is not None}
        for field, of in entry.block.links.items():
            linked = self._made.get(of + entry.item)
            if linked is not None and linked.content != GONE:
                facts[field] = linked.record
        if entry.block.kind is Proceeding:
            return {**facts, **_against(person_of(entry, self._made), opens=entry.block.opens)}
        if entry.block.opens and entry.block.kind is not Person and (whom := person_of(entry, self._made)) is not None:
            facts["person"] = whom
        return facts

    def _sealed(self, value: Any, person: UUID | None, record: UUID, field: str) -> Any:
        text = _text(value)
        sealed: Words = self._seals.seal(person, record, field, text) if text is not None and person is not None else None
        match value:
            case ToSeal():
                return sealed
            case Place(words=str()) | When(words=str()):
                return replace(value, words=sealed)
            case _:
                return value

    def _entry(self, entry: Planned, record: UUID, command: UUID) -> Entry:
        source = entry.source
        if isinstance(source.reference, str) and entry.block.kind.PERSONAL:
            person = person_of(entry, self._made)
            sealed = self._seals.seal(person, record, "source", source.reference) if person is not None else None
            source = replace(source, reference=sealed)
        return Entry(self._account, source, command)
