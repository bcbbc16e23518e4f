"""What is known of whoever was held or charged: article, agency, station, age and gender; read only by the breakdown that asks.

All that was told counts, so that rows overlap: reports that differ stand beside each other. But of ages told of different years
only those nearest to the year in question do, for people grow older.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from projections import statistics
from projections.figures.definition import Facts
from projections.figures.tying import Ties

WHOM = (statistics.DESCRIBED, statistics.ACCUSED, statistics.CASE, statistics.CHARGE, statistics.STAY)
UNKNOWN = "unknown"


class Case(NamedTuple):
    """A case that stands: the fact of its opening, whose it is, and what was charged since, with whom: None for everybody."""

    opened: Any
    defendants: tuple[bytes, ...]
    charges: tuple[tuple[bytes | None, str], ...]

    def articles(self, defendant: bytes) -> tuple[str, ...]:
        """Every article this one was ever charged under in it."""
        told = [article for whom, article in self.charges if whom is None or whom == defendant]
        return tuple(sorted({self.opened.category, *told}))


class Whom:
    """Of the facts of one position, by detention and person. Everything is read when it is first asked for."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    @cached_property
    def somebody(self) -> Callable[[bytes], bytes]:
        """One file that stands for all of a person's."""
        joined = Ties()
        for pair in self._facts.joined():
            joined.bind(pair)
        return lambda person: joined.root(person)  # type: ignore[return-value]

    @cached_property
    def cases(self) -> Mapping[bytes, Case]:
        """Every case that stands."""
        opened: dict[bytes, Any] = {}
        joined: dict[bytes, list[bytes]] = defaultdict(list)
        charges: dict[bytes, list[tuple[bytes | None, str]]] = defaultdict(list)
        for row in self._facts.known(statistics.CASE):
            if row.person is None:
                opened[row.record] = row
            else:
                joined[row.record].append(row.person)
        for row in self._facts.known(statistics.CHARGE):
            charges[row.record].append((row.person, row.category))
        return {
            record: Case(row, tuple(dict.fromkeys((*founders(row), *joined[record]))), tuple(charges[record]))
            for record, row in opened.items()
        }

    @cached_property
    def accused(self) -> Mapping[bytes, list[str]]:
        """The articles of each detention's papers."""
        found: dict[bytes, list[str]] = defaultdict(list)
        for row in self._facts.known(statistics.ACCUSED):
            found[row.record].append(row.category)
        return found

    @cached_property
    def _charged(self) -> Mapping[tuple[bytes, bytes], list[str]]:
        """The articles of the cases a detention led to, for each person."""
        found: dict[tuple[bytes, bytes], list[str]] = defaultdict(list)
        for case in self.cases.values():
            if case.opened.detention is not None:
                for one in case.defendants:
                    found[case.opened.detention, self.somebody(one)] += case.articles(one)
        return found

    @cached_property
    def _stations(self) -> Mapping[bytes, list[str]]:
        found: dict[bytes, list[str]] = defaultdict(list)
        for row in self._facts.known(statistics.STAY):
            found[row.record].append(row.station)
        return found

    @cached_property
    def _described(self) -> Mapping[bytes, list[Any]]:
        found: dict[bytes, list[Any]] = defaultdict(list)
        for row in self._facts.known(statistics.DESCRIBED):
            found[self.somebody(row.person)].append(row)
        return found

    def held(self, row: Any, day: int, dimension: str) -> tuple[str, ...]:
        """Of a detention, which counts on this day."""
        match dimension:
            case "article":
                told = [*self.accused.get(row.record, ()), *self._charged.get((row.record, self.somebody(row.person)), ())]
            case "agency":
                told = [row.codes]
            case "station":
                told = [*self._stations.get(row.record, ()), *([row.station] if row.station is not None else [])]
            case _:
                return self.person(row.person, day, dimension)
        return _known(told)

    def person(self, person: bytes, day: int, dimension: str) -> tuple[str, ...]:
        """Of somebody as of a day: the age told of its year, or of the nearest; one told of no year is of any."""
        told = self._described.get(self.somebody(person), ())
        if dimension == "gender":
            return _known(row.category for row in told)
        if dimension != "age_band":
            return ()
        ages = [(row, 0 if not row.day or not day else abs(row.day // 10_000 - day // 10_000)) for row in told]
        ages = [(row, apart) for row, apart in ages if row.codes != UNKNOWN]
        least = min((apart for _, apart in ages), default=0)
        return _known(row.codes for row, apart in ages if apart == least)


def founders(row: Any) -> Iterator[bytes]:
    """Those a case was opened against."""
    return (bytes.fromhex(person) for person in (row.codes or "").split())


def _known(told: Any) -> tuple[str, ...]:
    return tuple(sorted({code for code in told if code != UNKNOWN}))
