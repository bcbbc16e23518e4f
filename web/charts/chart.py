"""What is drawn on one chart: plain values, and nothing that is looked up anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.maps.drawing import LIGHT, NARROW, WIDE, Palette

__all__ = ["LIGHT", "NARROW", "WIDE", "Bar", "Chart", "Key", "Palette"]


@dataclass(frozen=True, slots=True)
class Bar:
    """From `low` to `high`, None where no upper end is known; `told` is the number in words: "40 to 60".

    `is_apart`: it is of what has no place among the others, such as what could not be placed. A time of which nothing is recorded
    has a bar without height, and no words.
    """

    name: str
    low: float
    high: float | None
    told: str = ""
    is_apart: bool = False

    @property
    def end(self) -> float:
        """As far as it is drawn to scale."""
        return self.low if self.high is None else self.high


@dataclass(frozen=True, slots=True)
class Key:
    """What the ways of filling mean, in the reader's language; each stands on the chart only where it occurs."""

    certain: str
    perhaps: str
    endless: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`title` above; below it the bars, the key, and the lines of `foot`: what is not in it, source, citation.

    `is_of_time`: the bars are times in their order, each as long as the next.
    """

    title: str
    bars: Sequence[Bar]
    key: Key
    foot: Sequence[str] = ()
    is_of_time: bool = False
    palette: Palette = LIGHT
    width: int = WIDE

    @property
    def largest(self) -> float:
        """The end of the longest bar."""
        return max((bar.end for bar in self.bars), default=0)
