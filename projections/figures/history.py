"""All that was ever known up to a position, in memory, so that any part of it can be counted as of any position before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from projections.figures.definition import Definition, Tie
from projections.statistics import facts


@dataclass(frozen=True, slots=True)
class Part:
    """Facts that hang together, and can be counted without any others."""

    rows: Sequence[Any]

    def positions(self, after: int, until: int) -> list[int]:
        """Where anything about them changed between two positions, the first not included."""
        known = {row.known_from for row in self.rows} | {row.known_until for row in self.rows if row.known_until is not None}
        return sorted(position for position in known if after < position <= until)

    def at(self, position: int) -> "PartAsOf":
        """As they were known at a position."""
        return PartAsOf(self.rows, position)


@dataclass(frozen=True, slots=True)
class PartAsOf:
    """The facts of a part as of a position."""

    rows: Sequence[Any]
    position: int

    def known(self, kind: int) -> Iterator[Any]:
        """Those that stood."""
        return (row for row in self.ever_known(kind) if row.known_until is None or row.known_until > self.position)

    def ever_known(self, kind: int) -> Iterator[Any]:
        """The last revision of each that had been known."""
        found = (row for row in self.rows if row.kind == kind and row.known_from <= self.position)
        return iter({(row.record, row.version): row for row in found}.values())


def parts_of(db: Connection, definition: Definition, until: int) -> list[Part]:
    """What was known up to a position, cut where nothing ties one fact to another."""
    table = facts.table
    chosen = select(table).where(table.c.kind.in_(definition.kinds), table.c.known_from <= until)
    rows = db.execute(chosen.order_by(table.c.record, table.c.version, table.c.revision)).all()
    ties_of = definition.ties(rows)
    ties = _Ties()
    for row in rows:
        ties.bind(ties_of(row))
    together: dict[Tie, list[Any]] = defaultdict(list)
    for row in rows:
        together[ties.root(next(ties_of(row)))].append(row)
    return [Part(part) for part in together.values()]


class _Ties:
    """Which things hang together, however far round."""

    def __init__(self) -> None:
        self._above: dict[Tie, Tie] = {}

    def bind(self, things: Iterable[Tie]) -> None:
        """All of these hang together from here on."""
        first: Tie = None
        for thing in things:
            root = self.root(thing)
            if first is None:
                first = root
            elif root != first:
                self._above[root] = first

    def root(self, thing: Tie) -> Tie:
        """One thing that stands for all that hang together with this."""
        while (above := self._above.get(thing)) is not None:
            self._above[thing] = self._above.get(above, above)
            thing = above
        return thing
