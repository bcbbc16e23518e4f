"""The record behind a file, a page at a time: newest or oldest first, whole or one case's or detention's, or where a position
stands.

A long file opens the words of the lines it shows and no others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from domain.detention import Detention
from domain.proceeding import Proceeding
from web.lines import History, Line

LINES = 30
"""Lines on one page, unless the whole record is asked for: to be printed, or searched in a browser."""
NEWEST, OLDEST = "newest", "oldest"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: an order, one record, a page or all on one, a position to be shown; and since which entry of
    which record others may have recorded something meanwhile."""

    order: str = OLDEST
    of: UUID | None = None
    page: int = 1
    position: int | None = None
    record: UUID | None = None
    read: int = 0
    all: bool = False

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
            args.get("all", "") == "1",
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """The positions of one page, in the order in which they are shown."""

    positions: Sequence[int]
    number: int
    last: int
    total: int
    whole: int
    asked: Asked
    alone: Sequence[UUID]


@dataclass(frozen=True, slots=True)
class Chronicle:
    """`total` of the `whole` record's entries are those of what is read; `alone` are the detentions and cases that can be read
    by themselves, where the file is of more than one."""

    lines: Sequence[Line] = ()
    number: int = 1
    last: int = 1
    total: int = 0
    whole: int = 0
    order: str = OLDEST
    of: UUID | None = None
    alone: Sequence[UUID] = ()
    positions: frozenset[int] = frozenset()
    all: bool = False
    """Whether every line was asked for on one page."""

    def has(self, position: int) -> bool:
        """Whether the line with this position is on this page."""
        return position in self.positions


def alone_in(history: History) -> dict[UUID, frozenset[UUID]]:
    """What can be read by itself, and the records that are read then: each detention, and each case that stands with the
    detention that led to it."""
    told = (event.originator_id for _, event in history.told if isinstance(event, Detention.Recorded))
    found = {detention: frozenset((detention,)) for detention in told}
    detentions = set(found)
    for _, case in history.standing(Proceeding.Opened):
        found[case.originator_id] = frozenset((case.originator_id, *({case.detention} & detentions)))
    return found


def page_of(history: History, asked: Asked) -> Shown:
    """Which lines are shown."""
    alone = alone_in(history)
    of = asked.of if asked.of in alone else None
    positions = [position for position, event in history.told if of is None or event.originator_id in alone[of]]
    if asked.order == NEWEST:
        positions.reverse()
    lines = max(len(positions), 1) if asked.all else LINES
    last = max(-(-len(positions) // lines), 1)
    number = min(asked.page, last)
    if asked.position in positions:
        number = positions.index(asked.position) // lines + 1
    page = positions[(number - 1) * lines : number * lines]
    offered = list(alone) if len(alone) > 1 or of is not None else ()
    return Shown(page, number, last, len(positions), len(history.told), replace(asked, of=of), offered)


def chronicle_of(history: History, shown: Shown) -> Chronicle:
    """The lines, told."""
    place = {position: index for index, position in enumerate(shown.positions)}
    lines = sorted(history.lines(place), key=lambda line: place[line.position])
    asked = shown.asked
    counted = shown.number, shown.last, shown.total, shown.whole
    return Chronicle(lines, *counted, asked.order, asked.of, shown.alone, frozenset(place), asked.all)


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
