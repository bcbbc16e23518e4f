"""A measured figure, its bound and its goal."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` beside `bound`, both in `unit`. The ratio is what is promised: machines differ, ratios less so."""

    name: str
    value: float
    bound: float
    unit: str
    goal: float
    at_most: bool = False
    """Whether the ratio is to stay below the goal rather than above."""
    ratio_taken: float | None = None
    """The median of the ratios of interleaved rounds, where there were any."""

    @property
    def ratio(self) -> float:
        """Of value to bound."""
        if self.ratio_taken is not None:
            return self.ratio_taken
        return self.value / self.bound if self.bound else float("inf")

    @property
    def is_met(self) -> bool:
        """Whether the goal was reached in this run."""
        return self.ratio <= self.goal if self.at_most else self.ratio >= self.goal


def seconds(work: Callable[[], object]) -> float:
    """How long a call took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def rates(name: str, rounds: Iterable[tuple[int, float, float]], goal: float, unit: str = "events/s") -> Figure:
    """A figure from interleaved rounds of (how many, our seconds, the bound's seconds)."""
    taken = list(rounds)
    ours = median(count / mine for count, mine, _ in taken)
    bound = median(count / theirs for count, _, theirs in taken)
    return Figure(name, ours, bound, unit, goal, ratio_taken=median(theirs / mine for _, mine, theirs in taken))
