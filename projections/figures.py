"""Figures: named, versioned definitions of what is counted, computed from the facts as of any position of the log.

Read by journalists; the command line and the pages print them. A figure is an interval wherever reports differ. What could not
be placed or dated is a number of its own beside the rows, so that rows and it always add up to the total.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection

from domain.vocabulary import Vocabulary
from domain.vocabulary.custody import CIRCUMSTANCES
from domain.vocabulary.incidents import INCIDENT_CATEGORIES
from domain.vocabulary.protests import PROTEST_FORMS
from projections import statistics
from projections.days import month_of
from projections.reconciling import Claim, Total, reconcile

DIMENSIONS = ("city", "region", "month", "day", "category")


class Counted(NamedTuple):
    """Some people or things, with where, when and as what they count."""

    total: Total
    city: int | None
    region: str | None
    day: int
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure means: its unit, how it finds what it counts, and the lists its categories come from.

    Raise `version` when the meaning changes.
    """

    name: str
    version: int
    unit: tuple[str, str]
    method: tuple[str, str]
    count: Callable[[Connection, int], Iterator[Counted]]
    categories: tuple[Vocabulary, ...]

    def category(self, code: str, language: str) -> str:
        """The label of a category for a reader; a code newer than this program is shown as it stands."""
        return next((codes.label(code, language) for codes in self.categories if code in codes), code)


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


def _detentions(db: Connection, position: int) -> Iterator[Counted]:
    protests = {row.record: row for row in statistics.ever_known(db, statistics.PROTEST, position)}
    named: dict[bytes, int] = defaultdict(int)
    for row in statistics.known(db, statistics.DETENTION, position):
        if row.protest in protests:
            named[row.protest] += 1
        else:
            yield Counted(Total(1, 1), row.city, row.region, row.day, (row.category,))
    claims: dict[bytes, list[Claim]] = defaultdict(list)
    for row in statistics.known(db, statistics.COUNT, position):
        protest = protests.get(row.protest)
        if protest is not None and (protest.known_until is None or protest.known_until > position):
            claims[row.protest].append(Claim(row.low, row.high, row.category))
    for key in named.keys() | claims.keys():
        at = protests[key]
        total = reconcile(named.get(key, 0), claims.get(key, ()))
        yield Counted(total, at.city, at.region, at.day, (at.category,))


def _each(kind: int) -> Callable[[Connection, int], Iterator[Counted]]:
    def count(db: Connection, position: int) -> Iterator[Counted]:
        for row in statistics.known(db, kind, position):
            yield Counted(Total(1, 1), row.city, row.region, row.day, tuple((row.category or "").split()))

    return count


DEFINITIONS: Mapping[str, Definition] = {
    definition.name: definition
    for definition in (
        Definition(
            "detentions",
            1,
            ("detentions", "задержания"),
            (
                "Detentions recorded one by one and counts of unnamed people, reconciled for each protest: at least the larger "
                "of the two, never their sum. Detentions at a protest count at its place and day. Category: the form of the "
                "protest, or the circumstances where there was none.",
                "Задержания, записанные поимённо, и подсчёты неназванных людей, сведённые по каждой акции: не меньше большего "
                "из двух, никогда не их сумма. Задержания на акции учитываются по её месту и дню. Категория — форма акции, а "
                "без акции — обстоятельства.",
            ),
            _detentions,
            (PROTEST_FORMS, CIRCUMSTANCES),
        ),
        Definition(
            "protests",
            1,
            ("protests", "акции"),
            ("Protests recorded and not withdrawn. Category: the form.", "Записанные и не отозванные акции. Категория — форма."),
            _each(statistics.PROTEST),
            (PROTEST_FORMS,),
        ),
        Definition(
            "incidents",
            1,
            ("incidents", "события"),
            (
                "Incidents recorded and not withdrawn. One incident may have several categories, so rows by category overlap.",
                "Записанные и не отозванные события. У события может быть несколько категорий, поэтому строки пересекаются.",
            ),
            _each(statistics.INCIDENT),
            (INCIDENT_CATEGORIES,),
        ),
    )
}
