"""The record behind a file, a page at a time: newest or oldest first, whole or one detention's, or where a position stands.

A long file opens the words of the lines it shows and no others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from domain.detention import Detention
from web.lines import History, Line

LINES = 30
"""Lines on one page."""
NEWEST, OLDEST = "newest", "oldest"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: an order, one record, a page, a position to be shown; and since which entry of which record
    others may have recorded something meanwhile."""

    order: str = OLDEST
    of: UUID | None = None
    page: int = 1
    position: int | None = None
    record: UUID | None = None
    read: int = 0

    @classmethod
    def read_from(cls, args: Mapping[str, str]) -> "Asked":
        """What is not understood is not asked for."""
        return cls(
            NEWEST if args.get("order") == NEWEST else OLDEST,
            _id(args.get("of", "")),
            max(_number(args.get("page", "")) or 1, 1),
            _number(args.get("entry", "")) or _number(args.get("at", "")),
            _id(args.get("record", "")),
            _number(args.get("read", "")) or 0,
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """The positions of one page, in the order in which they are shown."""

    positions: Sequence[int]
    number: int
    last: int
    total: int
    asked: Asked
    records: Sequence[UUID]


@dataclass(frozen=True, slots=True)
class Chronicle:
    """`records` are the detentions that can be read alone, when there are several."""

    lines: Sequence[Line] = ()
    number: int = 1
    last: int = 1
    total: int = 0
    order: str = OLDEST
    of: UUID | None = None
    records: Sequence[UUID] = ()
    positions: frozenset[int] = frozenset()

    def has(self, position: int) -> bool:
        """Whether the line with this position is on this page."""
        return position in self.positions


def page_of(history: History, asked: Asked) -> Shown:
    """Which lines are shown."""
    records = list(dict.fromkeys(event.originator_id for _, event in history.told if isinstance(event, Detention.Recorded)))
    of = asked.of if asked.of in records else None
    positions = [position for position, event in history.told if of is None or event.originator_id == of]
    if asked.order == NEWEST:
        positions.reverse()
    last = max(-(-len(positions) // LINES), 1)
    number = min(asked.page, last)
    if asked.position in positions:
        number = positions.index(asked.position) // LINES + 1
    page = positions[(number - 1) * LINES : number * LINES]
    return Shown(page, number, last, len(positions), replace(asked, of=of), records if len(records) > 1 else ())


def chronicle_of(history: History, shown: Shown) -> Chronicle:
    """The lines, told."""
    place = {position: index for index, position in enumerate(shown.positions)}
    lines = sorted(history.lines(place), key=lambda line: place[line.position])
    asked = shown.asked
    return Chronicle(lines, shown.number, shown.last, shown.total, asked.order, asked.of, shown.records, frozenset(place))


def meanwhile(history: History, asked: Asked) -> set[int]:
    """The positions of what was recorded of a record while a form about it was open."""
    if asked.record is None or asked.position is None:
        return set()
    return {
        position
        for position, event in history.told
        if event.originator_id == asked.record and event.originator_version > asked.read and position < asked.position
    }


def _number(told: Any) -> int | None:
    return int(told) if told.isdecimal() and len(told) < 16 else None


def _id(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None
