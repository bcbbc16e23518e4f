"""The protests behind one cell of a map: exactly those it counts, in the time that the map is of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import h3
from flask import url_for

from projections import heatmap, protests
from projections.days import Stretch
from web.maps.asked import SIZES, Asked
from web.maps.cells import children
from web.maps.period import Months, date_of, day_asked_for, told_day
from web.wiring import Views

ANY_CELL = "any-cell"
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


def addresses_behind(city: int, asked: Asked) -> tuple[str, str]:
    """The address of the list behind a cell, in whose place ANY_CELL stands, and that of the months compared with.

    Made once for a page: a map of hundreds of cells has as many of them.
    """
    other = asked.against.query() if asked.against is not None else {}
    return _address(city, asked.time), _address(city, other)


def _address(city: int, time: Mapping[str, str]) -> str:
    said: dict[str, Any] = {_NAMES.get(name, name): text for name, text in time.items()}
    return url_for("monitors.protests", city=city, cell=ANY_CELL, **said)


_NAMES = {"from": "since", "to": "until"}
