"""The attacker of released tables: what follows for each number, of the files, the rules as they are explained, and the tallies.

It shares nothing with the audit it tests but the solver: it reads the files of the bundle, knows what the signs mean, that
margins are sums of whole numbers of people, and that no more people can be of a city than detentions were announced of it.
"""

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import highspy
import numpy as np
from highspy import _core

ENDLESS = 1_000_000
"""More people than there are."""
Number = frozenset[tuple[str, str]]
"""How many people have these values: pairs of attribute and value; nothing is everybody."""


@dataclass(frozen=True)
class Read:
    """A table as it stands in a file: the name of each attribute, and what is shown of each number."""

    attributes: tuple[str, str]
    shown: Mapping[Number, str]


def read(text: str) -> Read:
    """The file of a released table."""
    rows = list(csv.DictReader(io.StringIO(text)))
    first, second = rows[0]["table"].split("_by_", 1)
    shown = {}
    for row in rows:
        values = {(first, row["row"]), (second, row["column"])}
        shown[frozenset(pair for pair in values if pair[1] != "total")] = row["people"]
    return Read((first, second), shown)


@dataclass(frozen=True)
class Meaning:
    """What the signs are taken to mean: numbers below `fewest` are hidden, numbers are rounded to `rounded_to`."""

    fewest: int = 10
    rounded_to: int = 5

    def of(self, text: str) -> tuple[float, float]:
        """The least and the most."""
        if text.startswith("<"):
            return 0, self.fewest - 1
        if text == "x":
            return self.fewest, math.inf
        least = int(text) - self.rounded_to // 2
        return max(self.fewest, least), least + self.rounded_to - 1


class Attack:
    """On tables of one set of people. `most` says of some numbers how large they can be at all."""

    def __init__(self, tables: Sequence[Read], meaning: Meaning, most: Mapping[Number, int]) -> None:
        self.shown: dict[Number, str] = {}
        for table in tables:
            self.shown |= table.shown
        self._at: dict[Number, int] = {number: at for at, number in enumerate(self.shown)}
        self._rows: list[tuple[list[int], int]] = []
        values: dict[str, set[str]] = {}
        for number in self.shown:
            for attribute, value in number:
                values.setdefault(attribute, set()).add(value)
        for table in tables:
            for mine, others in (table.attributes, table.attributes[::-1]):
                for value in sorted(values[mine]):
                    self._sum(frozenset({(mine, value)}), others, sorted(values[others]))
                self._sum(frozenset(), mine, sorted(values[mine]))
        pairs = {frozenset(table.attributes) for table in tables}
        for three in combinations(sorted(values), 3):
            if all(frozenset(two) in pairs for two in combinations(three, 2)):
                for two in combinations(three, 2):
                    (third,) = set(three) - set(two)
                    for some in product(*(sorted(values[name]) for name in two)):
                        self._sum(frozenset(zip(two, some, strict=True)), third, sorted(values[third]))
        ends = {number: meaning.of(text) for number, text in self.shown.items()}
        least = [ends[number][0] if number in ends else 0.0 for number in self._at]
        up_to = [min(ends.get(number, (0, ENDLESS))[1], most.get(number, ENDLESS), ENDLESS) for number in self._at]
        self._least, self._most = np.array(least, dtype=np.float64), np.array(up_to, dtype=np.float64)
        self._solver = self._built(whole=False)
        self._of_whole: Any = None

    def _sum(self, whole: Number, attribute: str, values: Iterable[str]) -> None:
        parts = [whole | {(attribute, value)} for value in values]
        for number in (whole, *parts):
            self._at.setdefault(number, len(self._at))
        self._rows.append(([self._at[part] for part in parts], self._at[whole]))

    def _built(self, *, whole: bool) -> Any:
        solver: Any = _core._Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.addVars(len(self._least), self._least, self._most)
        for parts, total in self._rows:
            columns = np.array([*parts, total], dtype=np.int32)
            weights = np.array([1.0] * len(parts) + [-1.0], dtype=np.float64)
            solver.addRow(0.0, 0.0, len(columns), columns, weights)
        if whole:
            every = np.arange(len(self._least), dtype=np.int32)
            solver.changeColsIntegrality(len(every), every, np.full(len(every), highspy.HighsVarType.kInteger))
        return solver

    def worked_out(self, number: Number, *, in_whole: bool = True) -> tuple[int, float]:
        """The least and the most this number can be; where the linear program leaves little, whole numbers are asked for."""
        least, most = self._ends(self._solver, number)
        if in_whole and most - least < 8:
            self._of_whole = self._of_whole or self._built(whole=True)
            least, most = self._ends(self._of_whole, number)
        return int(least), most

    def _ends(self, solver: Any, number: Number) -> tuple[float, float]:
        ends = []
        for sign in (1.0, -1.0):
            solver.changeColCost(self._at[number], sign)
            solver.run()
            status = solver.getModelStatus()
            if status == highspy.HighsModelStatus.kOptimal:
                ends.append(sign * solver.getObjectiveValue())
            else:
                raise RuntimeError(f"the attacker takes something for known that is not: {status}")
        solver.changeColCost(self._at[number], 0.0)
        return math.ceil(ends[0] - 1e-6), math.floor(ends[1] + 1e-6)
