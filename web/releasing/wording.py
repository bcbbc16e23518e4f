"""A released table in words: what it is of, its rows and columns, and how to cite it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from domain.released_tables import HELD, OTHER, SEVERAL, TOTAL, UNKNOWN, is_number
from projections import released_tables
from web.citing import cite
from web.gazetteer import Gazetteer
from web.languages import translated as _
from web.maps.period import month_told
from web.releasing.attributes import CITY, FIGURE, MONTH, Attribute
from web.releasing.tables import TABLES, Table

_QUARTER = re.compile(r"([12]\d{3})-[Qq]([1-4])")


def quarter_in(said: str) -> int | None:
    """The quarter that is written as 2022-Q1, by its last month, as 202203; None for anything else."""
    found = _QUARTER.fullmatch(said.strip())
    return int(found[1]) * 100 + int(found[2]) * 3 if found is not None else None


def quarter_text(quarter: int) -> str:
    """2022-Q1, as it stands in addresses, names of files and citations."""
    return f"{quarter // 100}-Q{quarter % 100 // 3}"


def quarter_told(quarter: int) -> str:
    """The quarter for a reader."""
    return _("quarter %(number)s of %(year)s", number=quarter % 100 // 3, year=quarter // 100)


def title_of(table: Table, language: str) -> str:
    """What a table is of."""
    said = int(language == "ru")
    rows, columns = (attribute.said[said] for attribute in table.attributes)
    return f"{FIGURE.unit[said].capitalize()}: {rows} × {columns}"


def label_of(names: Gazetteer, attribute: Attribute, value: str, language: str) -> str:
    """What a row or column is of."""
    said = int(language == "ru")
    if value == TOTAL:
        return _("Total")
    if value in attribute.labels:
        return attribute.labels[value][said]
    if value == OTHER and attribute.rest == (OTHER,):
        return _("another, several, or not known")
    if value in (OTHER, SEVERAL):
        return _("another") if value == OTHER else _("several")
    if attribute.name == CITY.name:
        return names.city_name(int(value), language)
    if attribute.name == MONTH.name:
        return month_told(int(value))
    if attribute.codes is not None and value in attribute.codes:
        return attribute.codes.label(value, language)
    return _("not known") if value == UNKNOWN else value


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is shown. `kept` are the columns that are as the quarter was released before."""

    value: str
    label: str
    cells: Sequence[str]
    kept: frozenset[int]

    @property
    def is_margin(self) -> bool:
        """Whether it is the total."""
        return self.value == TOTAL


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is shown: the codes of its columns, their labels, and the rows."""

    title: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Line]

    @property
    def has_held(self) -> bool:
        """Whether a number of at least the threshold is not told."""
        return any(text == HELD for line in self.rows for text in line.cells)

    @property
    def has_kept(self) -> bool:
        """Whether something is shown as it was released before."""
        return any(line.kept for line in self.rows)

    @property
    def told(self) -> int:
        """How many cells and margins show a number."""
        return sum(is_number(text) for line in self.rows for text in line.cells)


def grid_of(names: Gazetteer, table: Table, columns: Sequence[str], rows: Sequence[Any], language: str) -> Grid:
    """The grid of these values, `rows` with their cells and which of them are kept."""
    return Grid(
        title_of(table, language),
        [(value, label_of(names, table.columns, value, language)) for value in columns],
        [Line(value, label_of(names, table.rows, value, language), tuple(cells), frozenset(kept)) for value, cells, kept in rows],
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A released table as everybody sees it; `row` is what was recorded of it."""

    row: Any
    table: Table
    grid: Grid

    @property
    def citation(self) -> str:
        """How to cite it: what it is, of which quarter, and the position of its release."""
        return cite(self.row.name, self.row.version, self.row.position, {"quarter": quarter_text(self.row.quarter)})

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"{self.row.name}-{quarter_text(self.row.quarter)}-{self.row.position}"

    @property
    def released_on(self) -> str:
        """The day of the release, in UTC."""
        return datetime.fromtimestamp(self.row.released_at, UTC).date().isoformat()


def shown_of(names: Gazetteer, row: Any, language: str) -> Shown | None:
    """A release as it is shown; None where this program knows no such table."""
    table = TABLES.get(row.name)
    if table is None:
        return None
    grid = grid_of(names, table, released_tables.columns_of(row), released_tables.rows_of(row), language)
    return Shown(row, table, grid)
