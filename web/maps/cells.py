"""Which cells of a city a reader sees: the seam of precision by role.

The policy's line of `maps.heat` decides: `any` is every cell, `own` the cells of one's own people, and a role without it sees the
city's totals and no cell. What journalists and the public may see of cells is released by other rules, and comes from elsewhere.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

import h3

from projections import case_files, heatmap
from projections.days import Stretch
from web.access import policy
from web.access.policy import Scope
from web.access.reader import Reader
from web.maps.kinds import Numbers
from web.vault.storage import portions
from web.wiring import Views


class Whose(Enum):
    """Of whom the cells are."""

    EVERYBODY = "everybody"
    OWN = "own"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class InCity:
    """What a reader sees inside a city: rows by cell of resolution 9; that of cell 0 could not be placed within the city."""

    whose: Whose
    rows: Sequence[Any]

    @property
    def not_placed(self) -> Numbers:
        """What is known to be in the city and no more."""
        return Numbers.of(row for row in self.rows if row.cell == heatmap.NOWHERE)

    @property
    def total(self) -> Numbers:
        """Cells and not placed together."""
        return Numbers.of(self.rows)

    def parents(self, resolution: int) -> dict[str, Numbers]:
        """The cells of a resolution, each the sum of its children of resolution 9."""
        within: dict[str, list[Any]] = {}
        for row in self.rows:
            if row.cell != heatmap.NOWHERE:
                within.setdefault(h3.cell_to_parent(h3.int_to_str(row.cell), resolution), []).append(row)
        return {index: Numbers.of(rows) for index, rows in within.items()}


def whose_cells(reader: Reader) -> Whose:
    """Of whom a reader sees cells."""
    scope = policy.line_of("maps.heat", {}).scope(reader.role)
    return {Scope.ANY: Whose.EVERYBODY, Scope.OWN: Whose.OWN, Scope.DENY: Whose.NOBODY}[scope]


def cells_for(reader: Reader, db: Views, city: int, when: Stretch, everybody: Sequence[Any]) -> InCity:
    """What this reader sees inside a city. `everybody` are the rows of all, which the city's totals are made of anyway."""
    whose = whose_cells(reader)
    match whose:
        case Whose.EVERYBODY:
            return InCity(whose, everybody)
        case Whose.OWN:
            return InCity(whose, list(_of_people(db, reader.listed(db) or set(), city, when)))
        case Whose.NOBODY:
            return InCity(whose, ())


def children(cell: str) -> tuple[int, int]:
    """The first and the last cell of resolution 9 within a cell: their numbers follow each other."""
    if h3.get_resolution(cell) == 9:
        return int(cell, 16), int(cell, 16)
    within = [int(child, 16) for child in h3.cell_to_children(cell, 9)]
    return min(within), max(within)


class _Own(NamedTuple):
    """One of one's own people, as a row of the heat map: counted as one, and the protest with its force once in each cell."""

    cell: int
    detained_low: int
    detained_high: int
    open_ended: int
    held: int
    released: int
    force: int
    protests: int


def _of_people(db: Views, persons: Collection[bytes], city: int, when: Stretch) -> Iterator[_Own]:
    known = [row for some in portions(list(persons)) for row in case_files.detentions_of(db, some)]
    seen: set[bytes] = set()
    for row, spot in heatmap.of_people(db, [row.detention for row in known if row.stands], city, when):
        is_new = row.protest is not None and row.protest not in seen and spot.stands
        seen |= {row.protest} if row.protest is not None else set()
        held = 0 if row.freed_by else 1
        yield _Own(spot.cell, 1, 1, 0, held, 1 - held, spot.force if is_new else 0, int(bool(is_new)))
