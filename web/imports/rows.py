"""What every reader of a format gives: a header, and rows of cells with the line they stand in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from domain.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stands in the file. `line` is the number of its first line (in a sheet: its row).

    `problem`: why its cells could not be read; then `cells` holds what could be.
    """

    line: int
    cells: list[str]
    sheet: str | None = None
    problem: RuleBroken | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A file, opened. `rows` is read once, as it is asked for; `share` tells how much of the file has been read, 0 to 1."""

    columns: tuple[str, ...]
    rows: Iterator[RawRow]
    share: Callable[[], float]
    close: Callable[[], None]
