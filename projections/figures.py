"""Figures: named, versioned definitions of what is counted, computed from the facts as of any position of the log.

Read by journalists; the command line and the pages print them. A figure is an interval wherever reports differ. What could not
be placed or dated is a number of its own beside the rows, so that rows and it always add up to the total.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection

from domain.vocabulary import Vocabulary
from domain.vocabulary.custody import CIRCUMSTANCES
from domain.vocabulary.incidents import INCIDENT_CATEGORIES
from domain.vocabulary.protests import PROTEST_FORMS
from projections import statistics
from projections.days import month_of
from projections.night_tables import is_certain
from projections.reconciling import Claim, Total, beyond, needed, reconcile

DIMENSIONS = ("city", "region", "month", "day", "category")


class Counted(NamedTuple):
    """Some people or things, with where, when and as what they count.

    `cell` is that of H3 resolution 9, and `protest` the one they belong to, None where there is none or none is known.
    """

    total: Total
    city: int | None
    region: str | None
    day: int
    categories: tuple[str, ...]
    cell: int | None = None
    protest: bytes | None = None


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
    standing = {key for key, row in protests.items() if row.known_until is None or row.known_until > position}
    alone: dict[Night, int] = defaultdict(int)
    named: dict[bytes, int] = defaultdict(int)
    held: dict[bytes, Any] = {}
    for row in statistics.known(db, statistics.DETENTION, position):
        held[row.record] = row
        if row.protest in protests:
            named[row.protest] += 1
        else:
            alone[row.night, row.city or 0] += 1
            yield Counted(Total(1, 1), row.city, row.region, row.day, (row.category,), row.cell)
    claims: dict[bytes, list[Claim]] = defaultdict(list)
    for row in statistics.known(db, statistics.COUNT, position):
        if row.protest in standing:
            claims[row.protest].append(Claim(row.low, row.high, row.category))
    loose: list[Any] = []
    for row in statistics.known(db, statistics.REPORT, position):
        if row.category is None:
            continue
        if row.protest in standing:
            claims[row.protest].append(Claim(row.low, row.high, row.station))
        else:
            loose.append(row)
    at_protests: dict[Night, list[tuple[int, int]]] = defaultdict(list)
    for key in named.keys() | claims.keys():
        at = protests[key]
        total = reconcile(named.get(key, 0), claims.get(key, ()))
        at_protests[at.night, at.city or 0].append((total.low, named.get(key, 0)))
        yield Counted(total, at.city, at.region, at.day, (at.category,), at.cell, key)
    if loose:
        yield from _beyond(db, position, loose, held, at_protests, alone)


Night = tuple[int, int]
"""A night and a city, 0 for what could not be placed in one."""


def _beyond(
    db: Connection,
    position: int,
    loose: Sequence[Any],
    held: Mapping[bytes, Any],
    at_protests: Mapping[Night, Sequence[tuple[int, int]]],
    alone: Mapping[Night, int],
) -> Iterator[Counted]:
    """What counts told without a protest ask for beyond protests and people: as `projections.nights` keeps it for today."""
    claims: dict[Night, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    regions: dict[int, str | None] = {}
    for row in loose:
        claims[row.night, row.city or 0][row.station or ""].append(Claim(row.low, row.high, row.station))
        regions[row.city or 0] = row.region
    surely, perhaps = _who_was_there(db, position, {row.record: row for row in loose}, held)
    for night, at in claims.items():
        sums = at_protests.get(night, ())
        low, named = sum(low for low, _ in sums), sum(named for _, named in sums)
        asked = [
            needed(counts, len(surely[*night, station]), perhaps=len(perhaps[*night, station]))
            for station, counts in at.items()
            if station
        ]
        nowhere = needed(at.get("", ()), len(surely[*night, ""]), perhaps=named + alone.get(night, 0))
        more = beyond(Total(low, None), named, asked, nowhere, is_certain=is_certain(night))
        if more != (0, 0):
            yield Counted(more, night[1] or None, regions[night[1]], night[0], ())


There = Mapping[tuple[int, int, str], set[bytes]]
"""The detentions that belong to a night, a city and a station."""


def _who_was_there(db: Connection, position: int, reports: Mapping[bytes, Any], held: Mapping[bytes, Any]) -> tuple[There, There]:
    """Who is among those counted at each station for certain, and who may be: everybody ever known there."""
    stays: dict[bytes, list[tuple[int, Any]]] = defaultdict(list)
    surely: dict[tuple[int, int, str], set[bytes]] = defaultdict(set)
    perhaps: dict[tuple[int, int, str], set[bytes]] = defaultdict(set)
    for row in held.values():
        if row.station is not None:
            stays[row.record].append((row.version, row))
    for row in statistics.known(db, statistics.STAY, position):
        if row.record in held:
            stays[row.record].append((row.version, row))
    elsewhere: set[bytes] = set()
    for row in statistics.known(db, statistics.TOLD_OUT, position):
        report = reports.get(row.record)
        if report is not None and row.detention in held:
            for cell in (surely, perhaps):
                cell[report.night, report.city or 0, report.station or ""].add(row.detention)
            if report.station is not None:
                elsewhere.add(row.detention)
    for record, known in stays.items():
        for index, (_, row) in enumerate(sorted(known, key=lambda stay: stay[0])):
            night = row.night if row.night is not None else held[record].night
            perhaps[night, row.city or 0, row.station].add(record)
            if index == 0 and record not in elsewhere:
                surely[night, row.city or 0, row.station].add(record)
    return surely, perhaps


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
            2,
            ("detentions", "задержания"),
            (
                "Detentions recorded one by one and counts of unnamed people, reconciled for each protest: at least the larger "
                "of the two, never their sum. Counts at police stations told without a protest add only what they ask for "
                "beyond the people known there, for each city and night from noon to noon: at the low end what the protests "
                "do not account for, at the high end all of it; where city or night is not certain, at the high end alone. "
                "Detentions at a protest count at its place and day, such counts on the day on which the night began. "
                "Category: the form of the protest, or the circumstances where there was none.",
                "Задержания, записанные поимённо, и подсчёты неназванных людей, сведённые по каждой акции: не меньше большего "
                "из двух, никогда не их сумма. Подсчёты в отделах полиции, сообщённые без акции, прибавляют по каждому городу и "
                "ночи, от полудня до полудня, только то, что в них сверх людей, известных там поимённо: к нижней границе — "
                "чего не объясняют акции, к верхней — всё; где город или ночь неясны — только к верхней. Задержания на акции "
                "учитываются по её месту и дню, такие подсчёты — по дню, в который началась ночь. Категория — форма акции, а "
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
