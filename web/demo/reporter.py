"""Tells lines to the casebook: names become ids, words become times, places and counts, and what is about a person is sealed."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.casebook import Held
from domain.count_words import parse_count
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.facts import Fact, facts_of
from domain.moment import When
from domain.moment_words import parse_when
from domain.person import Person
from domain.place import Place
from domain.privacy import Sealed
from domain.proceeding import Proceeding
from domain.provenance import Entry, Reliability, Source
from domain.record import Record
from domain.report import Report
from domain.source_on_file import SourceOnFile
from web.demo.accounts import lawyer_called
from web.demo.chronicle import OPENS, Line, Table, table
from web.demo.papers import paper
from web.demo.places import Places
from web.entries.fields import parts_of
from web.exhibits.originals import Original
from web.wiring import Tracker

LINKS = ("protest", "person", "detention", "other", "counsel", "repeats")
"""Facts that name another record of the chapter, or a lawyer's account."""
OWN_KEY = ("record_incident", "deposit_exhibit")
"""Verbs that may be about nobody on file."""
TEXTS = ("words", "name", "destination", "by", "note", "captured_by", "address", "to", "case_number")
"""Facts that are free text about a person."""


class Reporter:
    """Knows every record of the demonstration by its name before the first is told."""

    def __init__(self, tracker: Tracker, lines: Sequence[Line]) -> None:
        self._casebook = tracker.casebook
        self._originals = tracker.originals
        self._accounts = tracker.vault.accounts
        self._account = self._accounts.id_of("demo")
        cities = table("cities.toml")
        self._zones = {name: str(known["zone"]) for name, known in cities.items()}
        self._places = Places(tracker.geocoder, cities)
        self._ids: dict[tuple[str, str], UUID] = {}
        self._kinds: dict[UUID, type[Record]] = {}
        self._persons: dict[UUID, UUID] = {}
        self._one: UUID | None = None
        for line in lines:
            self._introduce(line)
        self._sealer = tracker.vault.mint(set(self._persons.values()))

    def has_told(self, line: Line) -> bool:
        """Whether the log has this line already."""
        record = self._id(line, line.about)
        try:
            return line.id_of("command") in self._casebook.standing(self._kinds[record], record).commands
        except RuleBroken:
            return False

    def tell(self, line: Line) -> None:
        """Record the line; one that is recorded already changes nothing."""
        record = self._id(line, line.about)
        origin = self._id(line, line.on_file) if line.on_file is not None else None
        self._one = self._defendant(line, record)
        source = Source(line.source, Reliability(line.reliability), self._sealed(record, "source", line.reference), origin)
        entry = Entry(self._account, source, line.id_of("command"))
        kind, facts = self._kinds[record], self._read(line, record, line.facts)
        match line.verb:
            case "correct":
                self._casebook.correct(kind, entry, record, **{**facts, "facts": self._restated(line, record)})
            case "reinstate":
                self._casebook.reinstate(kind, entry, record, **{**facts, "facts": self._restated(line, record)})
            case "attest":
                self._casebook.attest(kind, entry, record, **facts)
            case "split_report":
                self._casebook.split_report(entry, record, held=[Held(**facts)])
            case "deposit_exhibit":
                self._casebook.deposit_exhibit(entry, record, **self._with_file(record, facts))
            case "withdraw":
                self._casebook.withdraw(kind, entry, record, **facts)
            case verb:
                getattr(self._casebook, verb)(entry, record, **facts)

    def _introduce(self, line: Line) -> None:
        """Gives an id to every name that is new, and remembers whom each record is about."""
        for role, name in ((line.verb, line.about), *((role, line.facts.get(role)) for role in LINKS)):
            if role == "counsel" and name is not None:
                self._ids[line.chapter, name] = self._accounts.id_of(lawyer_called(name))
            elif name is not None:
                self._ids.setdefault((line.chapter, name), line.id_of(role))
        for name in line.facts.get("persons", ()):
            self._ids.setdefault((line.chapter, name), line.id_of(f"person {name}"))
        record = self._id(line, line.about)
        self._kinds.setdefault(record, OPENS.get(line.verb, Person))
        if self._kinds[record] in (Person, Report, SourceOnFile, Proceeding) or (
            line.verb in OWN_KEY and "person" not in line.facts
        ):
            self._persons[record] = record  # a report, a source, and what is about nobody on file have keys of their own
        if self._kinds[record] is Report and "person" in line.facts:
            person = self._id(line, line.facts["person"])
            self._persons[person] = person
            self._kinds.setdefault(person, Person)
            self._kinds.setdefault(self._id(line, line.facts["detention"]), Detention)
            self._persons[self._id(line, line.facts["detention"])] = person
        elif self._kinds[record] not in (Person, Proceeding) and "person" in line.facts:
            person = self._id(line, line.facts["person"])
            self._persons[record] = self._persons[person] = person
            self._kinds.setdefault(person, Person)

    def _defendant(self, line: Line, record: UUID) -> UUID | None:
        """The one of several defendants whom a line about a case concerns: their words are sealed for them."""
        name = {**line.facts, **line.facts.get("facts", {})}.get("person")
        return self._id(line, name) if self._kinds[record] is Proceeding and name is not None else None

    def _id(self, line: Line, name: str) -> UUID:
        return self._ids[line.chapter, name]

    def _read(self, line: Line, record: UUID, facts: Table) -> dict[str, Any]:
        return {name: self._fact(line, record, name, told) for name, told in facts.items()}

    def _fact(self, line: Line, record: UUID, name: str, told: Any) -> Any:
        if name in LINKS:
            return self._id(line, told)
        if name in TEXTS:
            named = self._id(line, line.facts["person"]) if "person" in line.facts else record
            return self._sealed(named if name == "name" else record, name, told)
        match name:
            case "persons":
                return tuple(self._id(line, one) for one in told)
            case "fine" | "term":
                return parse_count(told)
            case "when" | "due" | "acted" | "captured" | "said_from" | "said_until":
                when: When = parse_when(told, zone=self._zones[line.city], said_at=line.said_at)
                return when.told(self._sealed(record, name, told))
            case "place":
                place: Place = self._places.find(told, line.city)
                return replace(place, words=self._sealed(record, name, told))
            case "count" | "people" | "minors":
                return parse_count(told)
        return tuple(told) if isinstance(told, list) else told

    def _with_file(self, record: UUID, facts: dict[str, Any]) -> dict[str, Any]:
        """With the sheet drawn and in its place, sealed, before the exhibit is recorded."""
        if "file" not in facts:
            return facts
        media = facts.pop("file")
        content = paper(media)
        original = Original(self._persons[record], record, sha256(content).hexdigest(), len(content))
        with self._originals.depositing():
            self._originals.keep(original, [content])
        return {**facts, "sha256": original.sha256, "size": original.size, "media": media}

    def _restated(self, line: Line, record: UUID) -> dict[str, Any]:
        """The corrected entry with all of its fields: what the line does not say of it is not known."""
        corrected = self._casebook.standing(self._kinds[record], record).entries[line.facts["version"]]
        unknown = {fact.name: _not_known(fact) for fact in facts_of(corrected).values()}
        return unknown | self._read(line, record, line.facts["facts"])

    def _sealed(self, record: UUID, field: str, text: str | None) -> str | Sealed | None:
        """The text sealed for the record it stands in; plain in that of a protest or a station, which are about nobody."""
        if text is None or not self._kinds[record].PERSONAL:
            return text
        return self._sealer.seal(self._one or self._persons[record], record, field, text)


def _not_known(fact: Fact) -> Any:
    """What stands for a field of which nothing is said."""
    if fact.vocabulary is None or "unknown" not in fact.vocabulary:
        return None
    return ("unknown",) if tuple in parts_of(fact.type) else "unknown"
