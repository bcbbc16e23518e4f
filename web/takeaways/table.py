"""A table to be taken along: plain values, and nothing that is looked up anywhere."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

Cell = str | int | float | date | None
"""None is a cell that nothing is known of, or an interval without an upper end: it is left empty."""
Rows = Callable[[], Iterator[Sequence[Cell]]]


class Kind(Enum):
    """What the cells of a column are, under the names of the Table Schema (Frictionless)."""

    TEXT = "string"
    COUNT = "integer"
    NUMBER = "number"
    DAY = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is for programs and the same in every language, `label` for readers; `about` says what the cells mean."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    about: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """Under what others may use a table."""

    name: str
    title: str
    path: str


OPEN = Licence("CC-BY-4.0", "Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/")
"""What is announced may be used by anybody who says where it comes from; the names of places ask for the same (GeoNames)."""


@dataclass(frozen=True, slots=True)
class Table:
    """What leaves as a file.

    `name` is the file's, without its ending: letters, digits, points, dashes and underscores. `rows` begins anew with each call
    and gives the same each time. `unit` says what is counted, `method` how. `as_of` is when the entry at `position` was recorded:
    the time that files carry inside, so that they are the same whenever they are made; None where nothing is recorded yet.
    Without a `licence` it is for work inside, and the files say so. `sources` are (title, address) of what else is in it.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Rows
    citation: str
    position: int
    method: str
    unit: str = ""
    as_of: datetime | None = None
    licence: Licence | None = None
    sources: Sequence[tuple[str, str]] = ()

    @property
    def is_public(self) -> bool:
        """Whether others may have it."""
        return self.licence is not None
