"""A linear program: what is known of how many people are of which values, and the least and the most each number can then be."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import highspy
import numpy as np
from highspy import _core

Term = tuple[str, str]
"""An attribute and a value of it."""
Key = tuple[int, frozenset[Term]]
"""A number of people: the position it was counted at, and the values they have; without one, everybody."""

ENDLESS = 1_000_000.0
"""Stands for no most: more people than any quarter has."""
_ANSWERS = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
TOLERANCE = 1e-6
"""What the solver may be wrong by; numbers of people are whole."""


class Infeasible(Exception):
    """What is taken to be known contradicts itself: nobody who takes it to be so learns a true number from it."""


class Program:
    """Collects equations and bounds; the first question builds the solver, after it nothing can be added."""

    def __init__(self) -> None:
        self._index: dict[Key, int] = {}
        self._least: list[float] = []
        self._most: list[float] = []
        self._rows: list[tuple[Mapping[int, float], float, float]] = []
        self._solver: Any = None
        self._asked: list[int] = []
        self.seen_least: Any = None
        self.seen_most: Any = None

    def number(self, key: Key) -> int:
        """The variable of this number, which is at least 0."""
        if key not in self._index:
            self._index[key] = len(self._least)
            self._least.append(0)
            self._most.append(ENDLESS)
        return self._index[key]

    def between(self, key: Key, least: float, most: float | None) -> None:
        """It is known to lie between these."""
        at = self.number(key)
        self._least[at] = max(self._least[at], least)
        self._most[at] = min(self._most[at], ENDLESS if most is None else most)

    def adds_up(self, whole: Key, parts: Iterable[Key]) -> None:
        """The parts are the whole."""
        row = {self.number(part): 1.0 for part in parts}
        row[self.number(whole)] = -1.0
        self._rows.append((row, 0, 0))

    def limited(self, weights: Mapping[Key, float], least: float, most: float) -> None:
        """So much of these together lies between these."""
        self._rows.append(({self.number(key): weight for key, weight in weights.items()}, least, most))

    def seen(self, key: Key) -> tuple[int, int]:
        """The whole numbers between which this one was, in all answers so far, for certain."""
        at = self.number(key)
        return _whole(self.seen_least[at], self.seen_most[at])

    def bounds(self, key: Key) -> tuple[int, int | None]:
        """The least and the most it can be; None where there is no most."""
        least, most = self.least({key: 1.0}), -self.least({key: -1.0})
        if most >= ENDLESS:
            return math.ceil(least - TOLERANCE), None
        return _whole(least, most)

    def least(self, weights: Mapping[Key, float]) -> float:
        """The least that so much of these can be together. Raises Infeasible."""
        solver = self._ready()
        for at in self._asked:
            solver.changeColCost(at, 0.0)
        self._asked = [self.number(key) for key in weights]
        for key, weight in weights.items():
            solver.changeColCost(self.number(key), weight)
        if self._solved(solver) == highspy.HighsModelStatus.kInfeasible:
            raise Infeasible
        answer = np.asarray(solver.getSolution().col_value)
        self.seen_least = answer if self.seen_least is None else np.minimum(self.seen_least, answer)
        self.seen_most = answer if self.seen_most is None else np.maximum(self.seen_most, answer)
        return float(solver.getObjectiveValue())

    def _solved(self, solver: Any) -> Any:
        """How it ended. What it cannot answer from where the question before it ended it is asked from the beginning."""
        solver.run()
        if solver.getModelStatus() not in _ANSWERS:
            solver.clearSolver()
            solver.run()
        if solver.getModelStatus() not in _ANSWERS:
            raise RuntimeError(f"no answer from the solver: {solver.getModelStatus()}")
        return solver.getModelStatus()

    def _ready(self) -> Any:
        if self._solver is None:
            if any(least > most for least, most in zip(self._least, self._most, strict=True)):
                raise Infeasible
            solver: Any = _core._Highs()  # the public class writes a banner to the standard output, where commands answer
            solver.setOptionValue("output_flag", False)
            solver.setOptionValue("threads", 1)
            solver.addVars(len(self._least), np.array(self._least), np.array(self._most))
            starts, columns = [0], list[int]()
            weights: list[float] = []
            for row, _, _ in self._rows:
                columns += row.keys()
                weights += row.values()
                starts.append(len(columns))
            solver.addRows(
                len(self._rows),
                np.array([least for _, least, _ in self._rows], dtype=np.float64),
                np.array([most for _, _, most in self._rows], dtype=np.float64),
                len(columns),
                np.array(starts[:-1], dtype=np.int32),
                np.array(columns, dtype=np.int32),
                np.array(weights, dtype=np.float64),
            )
            self._solver = solver
            self.least({})
        return self._solver


def _whole(least: float, most: float) -> tuple[int, int]:
    """The whole numbers from one end to the other."""
    return math.ceil(least - TOLERANCE), math.floor(most + TOLERANCE)
