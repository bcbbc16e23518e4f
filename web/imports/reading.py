"""A mapping laid over the columns of one file: each row becomes a list of entries to be recorded, or is refused with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.errors import RuleBroken
from domain.moment import When
from domain.provenance import Reliability, Source
from domain.vocabulary.general import RELIABILITY, SOURCE_KINDS
from web.imports.blocks import Block, Blocks
from web.imports.cells import Header, Question, Reader, Row, one_space
from web.imports.mapping import Mapping as Told
from web.imports.places import Atlas, PlaceReader
from web.imports.times import TimeReader


@dataclass(frozen=True, slots=True)
class Planned:
    """One entry a row asks for. `name` tells it from the row's others for ever; `said` are the cells it is made from.

    All text in it is still plain, that of its source too; in a record about a person it is sealed before it is recorded.
    """

    name: str
    item: str
    block: Block
    facts: Mapping[str, Any]
    source: Source
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowRead:
    """What one row says: entries, in the order in which they are recorded, and what is less than its words promised."""

    entries: list[Planned]
    remarks: list[RuleBroken] = field(default_factory=list)


class Meaning:
    """What the rows of one file mean. Made once a file; every mistake of the mapping shows when it is made."""

    def __init__(self, told: Told, header: Header, atlas: Atlas) -> None:
        self.name = told.name
        self._identity = tuple(header.index(column, "row, identity") for column in told.row.identity)
        self._skip = Question(told.row.skip, header, "row, skip") if told.row.skip else None
        self._kind = Reader(told.source.kind, header, "source, kind", SOURCE_KINDS)
        self._reliability = Reader(told.source.reliability, header, "source, reliability", RELIABILITY)
        self._reference = Reader(told.source.reference, header, "source, reference")
        self._when = TimeReader(told.when, told.time, header, "when") if told.when else None
        self._place = PlaceReader(told.place, atlas, header, "place") if told.place else None
        self.blocks = Blocks(told, header, atlas).all()
        sources = (*self._kind.columns, *self._reliability.columns, *self._reference.columns)
        self._columns = {block.name: self._columns_of(block, sources) for block in self.blocks}

    def _columns_of(self, block: Block, sources: tuple[int, ...]) -> tuple[int, ...]:
        when = self._when.columns if self._when and "when" in block.shared and not self._when.several else ()
        place = self._place.columns if self._place and "place" in block.shared else ()
        return (*block.columns, *when, *place, *(sources if block.opens else ()))

    @property
    def has_identity(self) -> bool:
        """Whether the mapping names the columns that make a row the same row."""
        return bool(self._identity)

    def identity(self, row: Sequence[str]) -> tuple[str, ...]:
        """The row's identity columns, or all its columns."""
        return tuple(row[index] for index in self._identity) if self._identity else tuple(row)

    def skips(self, row: Row) -> bool:
        """Whether the mapping leaves the row out."""
        return self._skip is not None and self._skip.holds(row)

    def read(self, row: Row) -> RowRead:
        """What the row asks to be recorded. Raises RuleBroken for a row that cannot be meant."""
        located = self._place.of(row) if self._place else None
        place = located.place if located else None
        remarks = [located.remark] if located and located.remark else []
        reference = one_space(self._reference.text(row)) or None
        source = Source(self._kind.text(row), Reliability(self._reliability.text(row)), reference)
        whens: tuple[When | None, ...] = self._when.at(row, place) if self._when else ()
        entries: list[Planned] = []
        for number, when in enumerate(whens or (None,), start=1):
            self._add(entries, row, number, {"when": when, "place": place}, source)
        if not entries:
            raise RuleBroken("nothing_to_record")
        return RowRead(entries, remarks)

    def _add(self, entries: list[Planned], row: Row, number: int, shared: dict[str, Any], source: Source) -> None:
        item = "" if number == 1 else f"#{number}"
        made: set[str] = set()
        for block in self.blocks:
            if not block.only_if.holds(row) or (block.of is not None and block.of not in made):
                continue
            facts = block.facts(row, shared)
            if facts is None:
                continue
            made.add(block.name)
            said = tuple(row[index] for index in self._columns[block.name])
            if self._when and self._when.several and "when" in block.shared:
                said = (*said, _told(shared["when"]))
            entries.append(Planned(block.name + item, item, block, facts, source, said))


def _told(when: When | None) -> str:
    return f"{when.earliest.isoformat()}/{when.latest.isoformat()}" if when else ""
