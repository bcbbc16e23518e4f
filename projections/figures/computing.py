"""From a definition to a figure: what is counted, added up by one dimension, with what has no value in it beside."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection

from projections.days import month_of
from projections.figures.catalogue import DEFINITIONS
from projections.figures.definition import Counted, Definition
from projections.reconciling import Total

DIMENSIONS = ("city", "region", "month", "day", "category")


class Line(NamedTuple):
    """One row: the value of the dimension (a code, a city's id, a day), and the interval."""

    key: Any
    total: Total


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as of a position. `left_out` is what has no value in the dimension: it is in the total and in no row."""

    definition: Definition
    by: str | None
    position: int
    rows: tuple[Line, ...]
    left_out: Total
    total: Total


def compute(db: Connection, name: str, *, by: str | None, position: int) -> Figure:
    """The figure of this name. Raises KeyError for an unknown name or dimension."""
    definition = DEFINITIONS[name]
    sums: dict[Any, list[Total]] = defaultdict(list)
    everything: list[Total] = []
    keys_of = _KEYS[by] if by is not None else lambda counted: ()
    for counted in definition.count(db, position):
        everything.append(counted.total)
        for key in keys_of(counted):
            sums[key].append(counted.total)
    left_out = _sum(sums.pop(None, []))
    rows = tuple(Line(key, _sum(totals)) for key, totals in sums.items())
    return Figure(definition, by, position, tuple(sorted(rows, key=_order(by))), left_out, _sum(everything))


def _order(by: str | None) -> Callable[[Line], Any]:
    """Places and categories by size, times in their order."""
    return (lambda line: line.key) if by in ("month", "day") else (lambda line: (-line.total.low, str(line.key)))


_KEYS: Mapping[str, Callable[[Counted], tuple[Any, ...]]] = {
    "city": lambda counted: (counted.city,),
    "region": lambda counted: (counted.region,),
    "month": lambda counted: (month_of(counted.day) or None,),
    "day": lambda counted: (counted.day if counted.day % 100 else None,),
    "category": lambda counted: counted.categories or (None,),
}


def _sum(totals: list[Total]) -> Total:
    highs = [total.high for total in totals]
    return Total(sum(total.low for total in totals), None if None in highs else sum(high for high in highs if high is not None))
