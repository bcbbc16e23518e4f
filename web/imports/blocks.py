"""One `[[record]]` of a mapping, checked against the event it names: which field is read from where.

An event's own declaration says what its fields are (`facts_of`), so a mapping can name every field of every event that a row may
become, and a field, a code or a column that does not exist is refused before the first row is read.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args
from uuid import UUID

from domain.count import Count
from domain.count_words import parse_count
from domain.errors import RuleBroken
from domain.facts import Fact, facts_of
from domain.moment import When
from domain.place import Place
from domain.privacy import Sealed
from domain.proceeding import Proceeding
from domain.record import Record
from web.imports.cells import REMEMBERED, Header, Question, Reader, Row
from web.imports.errors import ImportRefused
from web.imports.mapping import CellOrText, Conditions, Time, Where, convert
from web.imports.mapping import Mapping as Told
from web.imports.places import Atlas, PlaceReader
from web.imports.times import TimeReader
from web.imports.verbs import ADDING, OPENING, opener, opening

SHARED = ("when", "place")
"""What an opening record takes from the `[when]` and `[place]` of the whole mapping where it says nothing of its own."""


@dataclass(frozen=True, slots=True)
class ToSeal:
    """Text about a person on its way to being sealed. Never recorded as it stands."""

    text: str


Read = Callable[[Row], Any]


@dataclass(frozen=True, slots=True)
class Block:
    """A `[[record]]`, ready to be asked. `kind` is the record it opens or adds to, `of` the block that opens that record."""

    name: str
    kind: type[Record]
    event: type[Record.Event]
    enter: Callable[..., Any]
    opens: bool
    of: str | None
    opens_person: bool
    links: Mapping[str, str]
    whose: str | None
    """The block of the detention by which it is somebody's, or of the case it adds to."""
    shared: tuple[str, ...]
    reads: Mapping[str, Read]
    required: tuple[str, ...]
    only_if: Question
    columns: tuple[int, ...]

    def facts(self, row: Row, shared: Mapping[str, Any]) -> dict[str, Any] | None:
        """The fields the row fills; None where it says nothing that could be added. Raises RuleBroken."""
        facts = {name: shared[name] for name in self.shared if shared.get(name) is not None}
        for name, read in self.reads.items():
            value = read(row)
            if value is not None:
                facts[name] = value
        for name in self.required:
            if name not in facts:
                if not self.opens:
                    return None
                raise RuleBroken("missing_time") if name == "when" else RuleBroken("missing_value", field=name)
        return facts

    def defaults(self) -> dict[str, Any]:
        """What the verb takes for a field that is not given."""
        return {name: field.default for name, field in inspect.signature(self.enter).parameters.items()}


class Blocks:
    """Makes the blocks of a mapping for the columns of one file."""

    def __init__(self, told: Told, header: Header, atlas: Atlas) -> None:
        self._told, self._header, self._atlas = told, header, atlas
        self._made: dict[str, Block] = {}
        self.shares_time = told.when is not None

    def all(self) -> list[Block]:
        """Every block, in order. Raises ImportRefused with the place of the first mistake."""
        for number, told in enumerate(self._told.record, start=1):
            block = self._block(dict(told), f"record {number}")
            if block.name in self._made:
                self._refuse("mapping_name_twice", f"record {number}", name=block.name)
            self._made[block.name] = block
        if not any(block.opens for block in self._made.values()):
            self._refuse("mapping_opens_nothing", "record", known=", ".join(OPENING))
        return list(self._made.values())

    def _block(self, told: dict[str, Any], place: str) -> Block:
        topic = self._taken(told, "event", str, place) or self._refuse("mapping_lacks", place, key="event")
        if topic not in OPENING and topic not in ADDING:
            self._refuse("mapping_unknown_event", place, event=topic, known=", ".join([*OPENING, *ADDING]))
        place = f"{place} ({topic})"
        name = self._taken(told, "called", str, place) or topic
        if any(sign in name for sign in "#/"):
            self._refuse("mapping_bad_name", place, name=name)
        only_if: Conditions = self._taken(told, "only_if", Conditions, place) or ()
        question = Question(only_if, self._header, f"{place}, only_if")
        opens = topic in OPENING
        kind = OPENING[topic] if opens else ADDING[topic].kind
        event: type[Record.Event] = opening(kind) if opens else ADDING[topic].event
        enter = opener(kind) if opens else ADDING[topic].enter
        person = self._taken(told, "opens_person", bool, place) if topic == "incident.recorded" else topic == "detention.recorded"
        of = None if opens else self._opened_by(told.pop("of", None), topic.partition(".")[0], place)
        facts = dict(facts_of(event))
        links = self._links(told, facts, place)
        reads, columns = self._reads(told, facts, place)
        shared = tuple(
            part
            for part in SHARED
            if opens and kind is not Proceeding and part in facts and part not in reads and getattr(self._told, part)
        )
        if told:
            self._refuse("mapping_unknown_key", place, key=next(iter(told)))
        if kind is Proceeding and opens and "detention" not in links:
            self._refuse("mapping_lacks", place, key="detention")
        against = {"persons"} if kind is Proceeding else set()
        given = {*against, *reads, *shared, *links, *(("person",) if person else ())}
        required = _required(enter) & facts.keys()
        if lacking := sorted(required - given):
            self._refuse("mapping_lacks", place, key=", ".join(lacking))
        return Block(
            name,
            kind,
            event,
            enter,
            opens,
            of,
            bool(person),
            links,
            links.get("detention") or (self._made[of].whose if of is not None else None),
            shared,
            reads,
            tuple(
                sorted(required - {"person", "persons"} - links.keys(), reverse=True)
            ),  # of several missing, the time is told first
            question,
            (*columns, *question.columns),
        )

    def _opened_by(self, of: object, kind: str, place: str) -> str:
        """The block whose record this one adds to: the one named, or the last that opens such a record."""
        kinds = ("detention", "person") if kind == "person" else (kind,)
        fitting = [
            block.name
            for block in self._made.values()
            if block.opens and (block.kind.__name__.lower() in kinds or (kind == "person" and block.opens_person))
        ]
        if of is None and fitting:
            return fitting[-1]
        if of not in fitting:
            self._refuse("mapping_no_such_record", place, of=of or kind, known=", ".join(fitting))
        return str(of)

    def _links(self, told: dict[str, Any], facts: dict[str, Fact], place: str) -> dict[str, str]:
        """Other records of the same row that this one names: the protest of a detention, the detention of an incident."""
        links = {}
        for field in [name for name, fact in facts.items() if UUID in (fact.type, *get_args(fact.type))]:
            facts.pop(field)
            if field == "person" or (of := self._taken(told, field, str, f"{place}, {field}")) is None:
                continue
            block = self._made.get(of)
            if block is None or not block.opens or block.kind.__name__.lower() != field:
                self._refuse("mapping_no_such_record", f"{place}, {field}", of=of, known=", ".join(self._made))
            links[field] = of
        return links

    def _reads(self, told: dict[str, Any], facts: Mapping[str, Fact], place: str) -> tuple[dict[str, Read], list[int]]:
        reads: dict[str, Read] = {}
        columns: list[int] = []
        for field in [name for name in told if name in facts]:
            read, used = self._read(told.pop(field), facts[field], f"{place}, {field}")
            reads[field] = read
            columns += used
        return reads, columns

    def _read(self, told: Any, fact: Fact, place: str) -> tuple[Read, tuple[int, ...]]:
        kinds = (fact.type, *get_args(fact.type))
        if When in kinds:
            time = TimeReader(convert(told, Time, self._told.name, place), self._told.time, self._header, place)
            if time.several:
                self._refuse("mapping_several_not_here", place)
            return lambda row: next(iter(time.at(row, None)), None), time.columns
        if Place in kinds:
            where = PlaceReader(convert(told, Where, self._told.name, place), self._atlas, self._header, place)
            return lambda row: located.place if (located := where.of(row)) else None, where.columns
        reader = Reader(convert(told, CellOrText, self._told.name, place), self._header, place, fact.vocabulary)
        if Count in kinds:
            return self._count(reader), reader.columns
        if fact.vocabulary is not None and any("tuple" in str(kind) for kind in kinds):
            return lambda row: reader.texts(row) or None, reader.columns
        if Sealed in kinds:
            return lambda row: ToSeal(text) if (text := reader.text(row)) else None, reader.columns
        if str in kinds or fact.vocabulary is not None:
            return lambda row: reader.text(row) or None, reader.columns
        raise ImportRefused("mapping_not_from_a_cell", mapping=self._told.name, place=place)

    def _count(self, reader: Reader) -> Read:
        thousands = self._told.numbers.thousands

        @lru_cache(REMEMBERED)
        def counted(told: str) -> Count | None:
            return parse_count(told, thousands=thousands) if told else None

        return lambda row: counted(reader.text(row))

    def _taken(self, told: dict[str, Any], key: str, kind: Any, place: str) -> Any:
        return convert(told.pop(key), kind, self._told.name, f"{place}, {key}") if key in told else None

    def _refuse(self, code: str, place: str, **values: object) -> Any:
        raise ImportRefused(code, mapping=self._told.name, place=place, **values)


def _required(enter: Callable[..., Any]) -> set[str]:
    """The fields a verb cannot do without."""
    signature = inspect.signature(enter)
    return {
        name for name, field in signature.parameters.items() if field.kind is field.KEYWORD_ONLY and field.default is field.empty
    }
