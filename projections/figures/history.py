"""All that was ever known up to a position, in memory, so that any part of it can be counted as of any position before."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from projections import people
from projections.figures.definition import Definition, Tie, kept_in
from projections.figures.tying import Ties
from projections.kept import loads
from projections.spans import Spans, is_joined

Pair = tuple[bytes, bytes, Spans]
"""Two files, and from when until when they were joined."""


@dataclass(frozen=True, slots=True)
class Part:
    """Facts that hang together, and can be counted without any others."""

    rows: Sequence[Any]
    pairs: Sequence[Pair] = ()

    def positions(self, after: int, until: int) -> list[int]:
        """Where anything about them changed between two positions, the first not included."""
        known = {row.known_from for row in self.rows} | {row.known_until for row in self.rows if row.known_until is not None}
        known |= {position for _, _, spans in self.pairs for span in spans for position in span if position is not None}
        return sorted(position for position in known if after < position <= until)

    def at(self, position: int) -> "PartAsOf":
        """As they were known at a position."""
        return PartAsOf(self.rows, self.pairs, position)


@dataclass(frozen=True, slots=True)
class PartAsOf:
    """The facts of a part as of a position."""

    rows: Sequence[Any]
    pairs: Sequence[Pair]
    position: int

    def known(self, kind: int) -> Iterator[Any]:
        """Those that stood."""
        return (row for row in self.ever_known(kind) if row.known_until is None or row.known_until > self.position)

    def ever_known(self, kind: int) -> Iterator[Any]:
        """The last revision of each that had been known."""
        found = (row for row in self.rows if row.kind == kind and row.known_from <= self.position)
        return iter({(row.record, row.version): row for row in found}.values())

    def joined(self) -> Sequence[tuple[bytes, bytes]]:
        """As its people were joined."""
        return [(low, high) for low, high, spans in self.pairs if is_joined(spans, self.position)]


def parts_of(db: Connection, definition: Definition, until: int, dimensions: Collection[str] = ()) -> list[Part]:
    """What was known up to a position that these dimensions need, cut where nothing ties one fact to another."""
    rows, kinds = list[Any](), definition.kinds_for(dimensions)
    for view in dict.fromkeys(map(kept_in, kinds)):
        table = view.table
        chosen = select(table).where(table.c.kind.in_(kinds), table.c.known_from <= until)
        rows += db.execute(chosen.order_by(table.c.record, table.c.version, table.c.revision)).all()
    ties_of = definition.ties(rows)
    pairs: list[Pair] = []
    if definition.is_of_people:
        pairs = [(row.low, row.high, loads(row.spans)) for row in db.execute(select(people.pairs.table))]
    ties = Ties()
    for low, high, _ in pairs:
        ties.bind((low, high))
    for row in rows:
        ties.bind(ties_of(row))
    together: dict[Tie, list[Any]] = defaultdict(list)
    for row in rows:
        together[ties.root(next(ties_of(row)))].append(row)
    of_pairs: dict[Tie, list[Pair]] = defaultdict(list)
    for pair in pairs:
        of_pairs[ties.root(pair[0])].append(pair)
    return [Part(part, of_pairs.get(root, ())) for root, part in together.items()]
