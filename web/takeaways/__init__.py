"""What can be taken along: a table as CSV, XLSX, JSON or a data package. The same table gives the same bytes.

    csv_of(table, bom=False) -> Iterator[bytes]       cells that a spreadsheet would take for a formula begin with an apostrophe
    xlsx_of(table)           -> Iterator[bytes]       a sheet with the table (more where it is longer than one), one about it
    json_of(table) -> Iterator[bytes]                 what it is, and its rows as objects
    package_of(table) -> Iterator[bytes]              a zip with the CSV and a datapackage.json (Frictionless, tabular) beside it

    Table(name, title, columns, rows, ...)            see `table.py`; `rows` is called, and can be called again
    table_of(figure, names, language) -> Table        of a figure (`of_figures.py`); `document_of` is its JSON
    facts_of(...)                                     the coded facts that a figure was counted from (`of_facts.py`)

Rows are written as they are read, so a table may be of any length, and nothing is cut off: what no spreadsheet
can hold raises RuleBroken `cell_too_long`.
"""

from web.takeaways.comma_separated import csv_of
from web.takeaways.data_package import package_of
from web.takeaways.objects import json_of
from web.takeaways.safe_cells import safe
from web.takeaways.spreadsheet import xlsx_of
from web.takeaways.table import OPEN, Cell, Column, Kind, Licence, Table

FORMS = {"csv": csv_of, "xlsx": xlsx_of, "json": json_of, "package": package_of}
"""What writes each form."""

__all__ = [
    "FORMS", "OPEN", "Cell", "Column", "Kind", "Licence", "Table", "csv_of", "json_of", "package_of", "safe", "xlsx_of",
]  # fmt: skip
