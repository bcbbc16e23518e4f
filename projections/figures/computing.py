"""From a definition to a figure: what is counted, added up by one dimension, with what has no value in it beside."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection

from domain.vocabulary.people import AGE_BANDS
from projections.days import month_of, week_of
from projections.figures.catalogue import DEFINITIONS
from projections.figures.definition import EVERYWHERE, OF_WHOM, AsOf, Counted, Definition
from projections.figures.outside import outside
from projections.figures.spread import Spread, spread_of
from projections.held_back import NOTHING_HELD, Held
from projections.reconciling import Total, sum_of

DIMENSIONS = (*EVERYWHERE, *OF_WHOM)
"""Every dimension there is; which of them a figure has says its definition."""

Only = Mapping[str, Any]
"""What alone is counted: for each dimension the one value, None for what has none; of times also a Span."""


class Span(NamedTuple):
    """From one month, week or day to another, both included; None where it has no such end."""

    first: int | None
    last: int | None

    def holds(self, key: Any) -> bool:
        """Whether this time lies in it; what has none lies in no span."""
        return key is not None and (self.first is None or key >= self.first) and (self.last is None or key <= self.last)


class Line(NamedTuple):
    """One row: the value of the dimension (a code, a city's id, a day), and the interval; where the figure is of lengths, their
    spread; and what stands beside, by the codes of its definition."""

    key: Any
    total: Total
    spread: Spread | None = None
    beside: tuple[tuple[str, Total], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as of a position. `nowhere` is what has no value in the dimension: it is in the `whole` and in no row."""

    definition: Definition
    by: str | None
    position: int
    rows: tuple[Line, ...]
    nowhere: Line
    whole: Line
    only: Only = field(default_factory=dict)

    @property
    def left_out(self) -> Total:
        """How much has no value in the dimension."""
        return self.nowhere.total

    @property
    def total(self) -> Total:
        """All of it."""
        return self.whole.total


def compute(
    db: Connection, name: str, *, by: str | None, position: int, only: Only | None = None, held: Held = NOTHING_HELD
) -> Figure:
    """The figure of this name, of all or of what has these values, without what is `held` back. Raises KeyError for an unknown
    name or dimension, RuleBroken `figure_not_by` for a dimension that the figure does not have.
    """
    return next(compute_each(db, name, (by,), position=position, only=only, held=held))


def compute_each(
    db: Connection,
    name: str,
    breakdowns: Iterable[str | None],
    *,
    position: int,
    only: Only | None = None,
    held: Held = NOTHING_HELD,
) -> Iterator[Figure]:
    """The same by each of several dimensions, counted once for all of them. Raises what `compute` raises."""
    definition, chosen, each = outside(DEFINITIONS[name], held), dict(only or {}), list(breakdowns)
    asked = [*chosen, *(by for by in each if by is not None)]
    definition.must_have(dimension for dimension in asked if dimension in _KEYS)
    everything = list(matching(definition.count_in(AsOf(db, position)), chosen))
    whole = line_of(definition, None, everything)
    for by in each:
        sums, nowhere = keyed(everything, by)
        rows = sorted((line_of(definition, key, of) for key, of in sums.items()), key=order(by))
        yield Figure(definition, by, position, tuple(rows), line_of(definition, None, nowhere), whole, chosen)


def keyed(everything: Sequence[Counted], by: str | None) -> tuple[Mapping[Any, list[Counted]], list[Counted]]:
    """What is in each row of a breakdown, and what is in none. Raises KeyError for an unknown dimension."""
    keys_of = _KEYS[by] if by is not None else lambda counted: ()
    sums: dict[Any, list[Counted]] = defaultdict(list)
    for counted in everything:
        for key in keys_of(counted):
            if key is not None:
                sums[key].append(counted)
    return sums, _nowhere(everything, keys_of) if by is not None else []


def line_of(definition: Definition, key: Any, counted: Iterable[Counted]) -> Line:
    """All of them together, with their spread and what stands beside them."""
    known = list(counted)
    if not definition.columns and not definition.is_of_lengths:
        return Line(key, total_of(known))
    within = [one for one in known if not one.beside]
    spread = spread_of(members_of(within).values()) if definition.is_of_lengths else None
    beside = tuple((code, total_of([one for one in known if one.beside == code])) for code in definition.columns)
    return Line(key, total_of(within), spread, beside)


def members_of(counted: Iterable[Counted]) -> Mapping[bytes, Total]:
    """Those of whom it is known how long, each once."""
    return {one.who: one.length for one in counted if one.who is not None and one.length is not None and not one.beside}


def matching(counted: Iterable[Counted], only: Only) -> Iterator[Counted]:
    """What has these values. Raises KeyError for an unknown dimension."""
    asked = [(_KEYS[dimension], value) for dimension, value in only.items()]
    return (one for one in counted if all(_has(keys_of(one), value) for keys_of, value in asked))


def _has(keys: tuple[Any, ...], value: Any) -> bool:
    return any(map(value.holds, keys)) if isinstance(value, Span) else value in keys


def keys_by(dimension: str) -> Callable[[Counted], tuple[Any, ...]]:
    """What finds the values of a dimension; None stands for none. Raises KeyError for an unknown one."""
    return _KEYS[dimension]


def total_of(counted: Iterable[Counted]) -> Total:
    """All of them together; whoever is told of several times, once, as the most that is told of them."""
    known: dict[bytes, Total] = {}
    others: list[Total] = []
    for one in counted:
        if one.who is not None:
            known[one.who] = _most(known.get(one.who), one.total)
        else:
            others.append(one.total)
    return sum_of([*known.values(), *others])


def _most(known: Total | None, told: Total) -> Total:
    if known is None:
        return told
    return Total(max(known.low, told.low), None if known.high is None or told.high is None else max(known.high, told.high))


def _nowhere(everything: Iterable[Counted], keys_of: Callable[[Counted], tuple[Any, ...]]) -> list[Counted]:
    """What has no value in the dimension: of somebody told of several times only where nothing told of them has one."""
    counted = list(everything)
    placed = {one.who for one in counted if one.who is not None and keys_of(one) != (None,)}
    return [one for one in counted if keys_of(one) == (None,) and one.who not in placed]


def order(by: str | None) -> Callable[[Line], Any]:
    """Places and categories by size, times and ages in their order."""
    if by == "age_band":
        return lambda line: _AGES.get(line.key, len(_AGES))
    return (lambda line: line.key) if by in ("month", "week", "day") else (lambda line: (-line.total.low, str(line.key)))


_AGES = {code: index for index, code in enumerate(AGE_BANDS)}


def _known_of(dimension: str, counted: Counted) -> tuple[Any, ...]:
    return (counted.of(dimension) if counted.of is not None else ()) or (None,)


_KEYS: Mapping[str, Callable[[Counted], tuple[Any, ...]]] = {
    "city": lambda counted: (counted.city,),
    "region": lambda counted: (counted.region,),
    "month": lambda counted: (month_of(counted.day) or None,),
    "day": lambda counted: (counted.day if counted.day % 100 else None,),
    "week": lambda counted: (week_of(counted.day) or None,),
    "category": lambda counted: counted.categories or (None,),
    **{dimension: partial(_known_of, dimension) for dimension in OF_WHOM},
}
