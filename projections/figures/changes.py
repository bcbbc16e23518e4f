"""Why a figure is another than it was: what each entry between two positions did to it, by reason; it adds up exactly.

The figure is cut into parts that have nothing to do with each other (a protest, a city's night, a person). Within a part the
entries are taken in the order of the log, and each stretch of one reason is what the part was after it less what it was before.
So people recorded below a count that stands moved nothing, and the count, when it is withdrawn, only what they do not hold up.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection, select

from projections import corrections, positions
from projections.figures.catalogue import DEFINITIONS
from projections.figures.computing import DIMENSIONS, Only, matching, members_of
from projections.figures.definition import AsOf, Counted, Definition, Facts
from projections.figures.history import Part, parts_of
from projections.figures.outside import outside
from projections.figures.spread import Spread, spread_of
from projections.held_back import NOTHING_HELD, Held
from projections.reconciling import Total

LEARNED, UNATTRIBUTED = "learned", "unattributed"
REASONS = (
    LEARNED, corrections.CORRECTED, corrections.WITHDRAWN, corrections.REINSTATED, corrections.JOINED, corrections.PARTED,
    UNATTRIBUTED,
)  # fmt: skip
"""Why a figure moves: an entry that is new, or what an entry did to others. What nothing accounts for is a reason of its own."""


class Size(NamedTuple):
    """How large a figure is, or by how much it grew. `endless` is how many of its parts have no upper end; of these `high` holds
    the low end."""

    low: int
    high: int
    endless: int

    def less(self, other: "Size") -> "Size":
        """By how much this is more."""
        return Size(self.low - other.low, self.high - other.high, self.endless - other.endless)

    def more(self, other: "Size") -> "Size":
        """Both together."""
        return Size(self.low + other.low, self.high + other.high, self.endless + other.endless)


NOTHING = Size(0, 0, 0)


class State(NamedTuple):
    """How large a figure is; and where it is of lengths, how long each of its members is known to have been."""

    size: Size
    members: Mapping[bytes, Total]


@dataclass(frozen=True, slots=True)
class Move:
    """What a stretch of entries with one reason did to one part: their positions, by how much it moved, and of whom it is known
    since that it was longer or shorter, or known at all, or known no more."""

    reason: str
    positions: tuple[int, ...]
    size: Size
    members: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """How large a figure was at `since` and is at `until`, and every move between. `spreads` are how long its members were,
    before and after, where it is of lengths: these do not add up."""

    since: int
    until: int
    before: Size
    after: Size
    moves: tuple[Move, ...]
    spreads: tuple[Spread | None, Spread | None] = (None, None)

    def by_reason(self) -> Mapping[str, tuple[Size, list[int]]]:
        """For each reason that moved it by how much in all, and the positions; all of them add up to the difference."""
        sizes: dict[str, Size] = defaultdict(lambda: NOTHING)
        told: dict[str, set[int]] = defaultdict(set)
        for move in self.moves:
            sizes[move.reason] = sizes[move.reason].more(move.size)
            told[move.reason].update(move.positions)
        return {reason: (sizes[reason], sorted(told[reason])) for reason in REASONS if reason in sizes}

    def members_by_reason(self) -> Mapping[str, int]:
        """For each reason of how many members it moved the length. One that two reasons moved is in both."""
        moved: dict[str, set[bytes]] = defaultdict(set)
        for move in self.moves:
            moved[move.reason] |= move.members
        return {reason: len(moved[reason]) for reason in REASONS if reason in moved}


def why(db: Connection, name: str, *, since: int, until: int, only: Only | None = None, held: Held = NOTHING_HELD) -> Change:
    """What moved the figure between two positions, without what is `held` back. Raises what `compute` raises."""
    definition, chosen = outside(DEFINITIONS[name], held), dict(only or {})
    definition.must_have(dimension for dimension in chosen if dimension in DIMENSIONS)
    reasons = reasons_between(db, since, until)
    known_up_to = positions.reached(db, corrections.projection)
    moves: list[Move] = []
    for part in parts_of(db, definition, until, chosen):
        moves += _moves(definition, part, chosen, (since, until), reasons, known_up_to)
    before, after = (_state(definition, AsOf(db, position), chosen) for position in (since, until))
    left = after.size.less(before.size)
    for move in moves:
        left = left.less(move.size)
    if left != NOTHING:
        moves.append(Move(UNATTRIBUTED, (), left))
    spreads = (spread_of(before.members.values()), spread_of(after.members.values()))
    return Change(since, until, before.size, after.size, tuple(moves), spreads)


def reasons_between(db: Connection, since: int, until: int) -> Mapping[int, str]:
    """What the entries after one position and up to another did to others; the rest of them is new."""
    table = corrections.changes.table
    chosen = select(table.c.position, table.c.act).where(table.c.position > since, table.c.position <= until)
    return {row.position: row.act for row in db.execute(chosen)}


def _moves(
    definition: Definition, part: Part, only: Only, between: tuple[int, int], reasons: Mapping[int, str], known_up_to: int
) -> Iterator[Move]:
    since, until = between
    changed = part.positions(since, until)
    if not changed:
        return
    state = _state(definition, part.at(since), only)

    def reason_of(position: int) -> str:
        return reasons.get(position, LEARNED) if position <= known_up_to else UNATTRIBUTED

    for reason, stretch in groupby(changed, reason_of):
        told = tuple(stretch)
        then = _state(definition, part.at(told[-1]), only)
        if then != state:
            yield Move(reason, told, then.size.less(state.size), _differing(state.members, then.members))
        state = then


def _state(definition: Definition, facts: Facts, only: Only) -> State:
    counted = [one for one in matching(definition.count_in(facts), only) if not one.beside]
    return State(size_of(counted), members_of(counted) if definition.is_of_lengths else {})


def _differing(before: Mapping[bytes, Total], after: Mapping[bytes, Total]) -> frozenset[bytes]:
    return frozenset(who for who in before.keys() | after.keys() if before.get(who) != after.get(who))


def size_of(counted: Iterable[Counted]) -> Size:
    """How large all of them are together; whoever is told of several times counts once."""
    size = NOTHING
    people: dict[bytes, Size] = {}
    for one in counted:
        low, high = one.total
        told = Size(low, low if high is None else high, int(high is None))
        if one.who is None:
            size = size.more(told)
        else:
            known = people.get(one.who, NOTHING)
            people[one.who] = Size(*map(max, known, told))
    for told in people.values():
        size = size.more(told)
    return size
