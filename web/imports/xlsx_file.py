"""Workbooks (XLSX, XLS, ODS): their cells become the texts a CSV of the same table would have.

A date becomes "2013-01-12", a whole number loses its ".0": a table gives the same rows whichever way it was saved.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from web.imports.cells import one_space
from web.imports.errors import ImportRefused
from web.imports.mapping import FileFormat
from web.imports.rows import RawRow, Table


def open_workbook(path: Path, told: FileFormat) -> Table:
    """The sheets of a workbook as one table; each has the same header. Raises ImportRefused."""
    try:
        book = CalamineWorkbook.from_path(path)
        names = list(told.sheets) or (book.sheet_names if told.sheet_column else book.sheet_names[:1])
        for name in names:
            if name not in book.sheet_names:
                raise ImportRefused("no_such_sheet", sheet=name, known=", ".join(book.sheet_names))
        sheets = [book.get_sheet_by_name(name) for name in names]
        total = max(sum(sheet.end[0] + 1 for sheet in sheets if sheet.end), 1)
    except (CalamineError, OSError, ValueError) as error:
        raise ImportRefused("unreadable_file", file=str(path), why=str(error)) from None
    reader = _Reader(path, told, sheets)
    return Table(reader.columns, reader.rows(), lambda: min(reader.done / total, 1.0), book.close)


class _Reader:
    def __init__(self, path: Path, told: FileFormat, sheets: list[CalamineSheet]) -> None:
        self._path, self._told, self._sheets = path, told, sheets
        self.done = 0
        self.columns = self._header(sheets[0]) if sheets else ()
        if not self.columns:
            raise ImportRefused("no_header", file=str(path))

    def _header(self, sheet: CalamineSheet) -> tuple[str, ...]:
        columns = self._told.columns
        if self._told.header_row:
            columns = next((tuple(cells) for line, cells in _lines(sheet) if line == self._told.header_row), ())
        named = tuple(one_space(column) for column in columns)
        while named and not named[-1]:
            named = named[:-1]
        own = self._told.sheet_column
        return (*named, own) if named and own and own not in named else named

    def rows(self) -> Iterator[RawRow]:
        for sheet in self._sheets:
            own = self._header(sheet)
            if own != self.columns:
                raise ImportRefused("sheets_differ", sheet=sheet.name, file=str(self._path), known=", ".join(self.columns))
            width = len(self.columns) - (1 if self._adds_sheet(sheet) else 0)
            for line, cells in _lines(sheet):
                self.done += 1
                if line <= self._told.header_row:
                    continue
                if self._adds_sheet(sheet) and any(cells):
                    cells = [*(cells + [""] * width)[:width], sheet.name, *[cell for cell in cells[width:] if cell]]
                yield RawRow(line, cells, sheet.name if len(self._sheets) > 1 else None)

    def _adds_sheet(self, sheet: CalamineSheet) -> bool:
        own = self._told.sheet_column
        if own is None or self.columns[-1] != own:
            return False
        header = next((cells for line, cells in _lines(sheet) if line == self._told.header_row), [])
        return own not in [one_space(cell) for cell in header]


def _lines(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield number, [text_of(cell) for cell in cells]


def text_of(cell: Any) -> str:
    """What stands in a cell, as text."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell).strip()
