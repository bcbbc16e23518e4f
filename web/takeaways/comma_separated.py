"""A table as CSV (RFC 4180, UTF-8), a piece at a time: numbers stay numbers, days are ISO 8601, what is not known is empty."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from web.takeaways.safe_cells import safe
from web.takeaways.table import Cell, Kind, Table

BOM = "\ufeff"
"""Tells Excel that the file is UTF-8; other programs may take it for a part of the first heading."""
AT_ONCE = 500
"""Rows to a piece: some tens of kilobytes."""


def csv_of(table: Table, *, bom: bool = False) -> Iterator[bytes]:
    """The table with its heading, the names of its columns."""
    out = io.StringIO()
    writer = csv.writer(out)
    if bom:
        out.write(BOM)
    writer.writerow([safe(column.name) for column in table.columns])
    texts = [index for index, column in enumerate(table.columns) if column.kind is Kind.TEXT]
    rows = table.rows()
    is_more = True
    while is_more:
        taken = list(islice(rows, AT_ONCE))
        writer.writerows(_safe_rows(taken, texts))
        is_more = len(taken) == AT_ONCE
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()


def _safe_rows(rows: Iterable[Sequence[Cell]], texts: Sequence[int]) -> Iterator[Sequence[Cell]]:
    """Only text can hold a formula; a number that is less than nothing is none."""
    for row in rows:
        told = list(row)
        for index in texts:
            cell = told[index]
            if isinstance(cell, str):
                told[index] = safe(cell)
        yield told
