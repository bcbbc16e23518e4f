"""The protests behind one cell of a map: exactly those it counts, in the time that the map is of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import h3

from projections import heatmap, protests
from projections.days import Stretch
from web.maps.asked import SIZES, Asked
from web.maps.cells import children
from web.maps.period import Months, date_of, day_asked_for, told_day
from web.wiring import Views

NONE = "none"
"""Stands for what could not be placed within the city."""
MONTHS = ("since", "until")


@dataclass(frozen=True, slots=True)
class Behind:
    """One cell of a city in one stretch of time, which `told` says in words."""

    city: int
    cell: str
    when: Stretch
    told: str
    query: Mapping[str, str]

    @classmethod
    def read(cls, asked: Mapping[str, str], city: int | None) -> "Behind | None":
        """From the address of a list of protests; None where it asks for no cell, or for what is none."""
        cell = asked.get("cell", "")
        if city is None or not (cell == NONE or (h3.is_valid_cell(cell) and h3.get_resolution(cell) in SIZES)):
            return None
        moment, months = day_asked_for(asked)[0], Months.read(asked, MONTHS)
        name = next((name for name in ("night", "day") if asked.get(name)), "")
        time = months.query(MONTHS) if moment is None else {name: date_of(moment.day).isoformat()}
        told = months.told if moment is None else told_day(moment)
        return cls(city, cell, moment or months.period, told, {"cell": cell, **time})

    @property
    def is_placed(self) -> bool:
        """Whether it is a cell at all."""
        return self.cell != NONE

    def how_many(self, db: Views) -> int:
        """How many protests the cell counts."""
        return heatmap.how_many_behind(db, self.city, self._within, self.when)

    def rows(self, db: Views, *, limit: int, offset: int) -> Sequence[Any]:
        """Their rows in the list of protests, latest first."""
        found = heatmap.behind(db, self.city, self._within, self.when, limit=limit, offset=offset)
        known = {row.protest: row for row in protests.rows_of(db, found)}
        return [known[protest] for protest in found if protest in known]

    @property
    def _within(self) -> tuple[int, int]:
        return children(self.cell) if self.is_placed else (heatmap.NOWHERE, heatmap.NOWHERE)


def link_behind(city: int, cell: str, asked: Asked, *, is_other: bool = False) -> dict[str, Any]:
    """What the address of the list behind a cell says; `is_other` for the months compared with."""
    names = {"from": "since", "to": "until"}
    time = asked.against.query() if is_other and asked.against is not None else asked.time
    return {"city": city, "cell": cell or NONE, **{names.get(name, name): text for name, text in time.items()}}
