"""A table as XLSX: every text a text, whatever it begins with; every number a number, every day a day.

What is longer than a sheet goes on in another. Rows are written to a file as they come: a table of any length needs the memory of
one row.
"""

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter

from domain.errors import RuleBroken
from web.languages import translated as _
from web.takeaways.pieces import pieces_of
from web.takeaways.table import Cell, Kind, Table

MOST_ROWS = 1_048_576
"""Of one sheet, its heading among them (ECMA-376 sets no limit, Excel does)."""
LONGEST = 32_767
"""Letters of one cell."""
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
FIRST_YEAR = 1900
"""Days before it are no days to a spreadsheet, and stay text."""
WIDTHS = {Kind.TEXT: 28, Kind.COUNT: 11, Kind.NUMBER: 11, Kind.DAY: 12}


def xlsx_of(table: Table, most_rows: int = MOST_ROWS) -> Iterator[bytes]:
    """The workbook, in the language of the page. Raises RuleBroken `cell_too_long`: it would be cut off in silence."""
    plainly = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with tempfile.TemporaryDirectory(prefix="khronika-") as folder, tempfile.TemporaryFile(dir=folder) as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder, **plainly})
        made = (table.as_of or NO_TIME).astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": table.title, "comments": table.citation, "created": made})
        try:
            _write_rows(book, table, most_rows)
            _write_about(book, table)
        finally:
            book.close()
        yield from pieces_of(file)


def _write_rows(book: Any, table: Table, most_rows: int) -> None:
    heading, days = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    kinds = [column.kind for column in table.columns]

    def begin(number: int) -> Any:
        name = _("Table")
        sheet = book.add_worksheet(name if number == 1 else f"{name} {number}")
        for index, column in enumerate(table.columns):
            sheet.set_column(index, index, WIDTHS[column.kind])
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(table.columns):
            sheet.write_string(0, index, column.label, heading)
        return sheet

    sheets, row = 1, 0
    sheet = begin(sheets)
    for cells in table.rows():
        if row + 1 == most_rows:
            sheets, row = sheets + 1, 0
            sheet = begin(sheets)
        row += 1
        for index, cell in enumerate(cells):
            _write(sheet, row, index, cell, kinds[index], days)


def _write(sheet: Any, row: int, index: int, cell: Cell, kind: Kind, days: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, date):
        if cell.year < FIRST_YEAR:
            sheet.write_string(row, index, cell.isoformat())
        else:
            sheet.write_datetime(row, index, cell, days)
    elif isinstance(cell, str):
        sheet.write_string(row, index, _whole(cell))
    else:
        sheet.write_number(row, index, cell)


def _write_about(book: Any, table: Table) -> None:
    """What it is, for whoever has the file and nothing else."""
    sheet = book.add_worksheet(_("About"))
    names, words = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    licence = (
        f"{table.licence.title}, {table.licence.path}" if table.licence else _("None: for work inside, not to be published.")
    )
    told = [
        (_("Title"), table.title),
        (_("What is counted"), table.unit),
        (_("Method"), table.method),
        (_("Citation"), table.citation),
        (_("As of position"), str(table.position)),
        (_("Recorded until"), table.as_of.strftime("%Y-%m-%d %H:%M UTC") if table.as_of is not None else ""),
        *((_("Source"), " ".join(part for part in source if part)) for source in table.sources),
        (_("Licence"), licence),
        *((column.label, column.about) for column in table.columns if column.about),
    ]
    for row, (name, text) in enumerate(told):
        sheet.write_string(row, 0, name, names)
        sheet.write_string(row, 1, _whole(text), words)


def _whole(text: str) -> str:
    if len(text) > LONGEST:
        raise RuleBroken("cell_too_long", longest=LONGEST)
    return text
