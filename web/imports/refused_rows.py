"""Refused rows, written to a CSV that can be corrected and imported again: the columns of the input, then line and reason.

The file may hold what the input holds, names included: it is readable by its owner only and lies where the input lies. A cell
that a spreadsheet would take for a formula gets an apostrophe before it, which is taken away again when the file is imported.
"""

import csv
import io
import os
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from domain.errors import RuleBroken
from web.imports.csv_file import open_csv
from web.imports.errors import ImportRefused
from web.imports.mapping import FileFormat
from web.imports.rows import RawRow, Table
from web.refusals import sentence

ADDED = {"en": ("line", "reason"), "ru": ("строка", "причина")}

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GUARDED = tuple(f"'{sign}" for sign in (*_FORMULA, "'"))


_HEADER_BYTES = 1 << 16


def is_of_refused_rows(path: Path) -> bool:
    """Whether a file was written here: its header says so."""
    try:
        with path.open("rb") as file:
            start = file.read(_HEADER_BYTES).decode("utf-8-sig", "replace")
        header = next(csv.reader(io.StringIO(start, newline="")), [])
    except (OSError, csv.Error):  # whoever reads it says what is wrong
        return False
    return tuple(header[-2:]) in ADDED.values()


def open_refused_rows(path: Path) -> Table:
    """Its rows, corrected by now, as rows of the input: read as they are written here, whatever the mapping says of the input."""
    table = open_csv(path, FileFormat())
    width = len(table.columns) - 2
    rows = (replace(row, cells=list(map(unguarded, [*row.cells[:width], *row.cells[width + 2 :]]))) for row in table.rows)
    return replace(table, columns=table.columns[:width], rows=rows)


def guarded(cell: str) -> str:
    """The cell as text for a spreadsheet too. One with an apostrophe of its own gets a second, so that none is taken away."""
    return f"'{cell}" if cell.startswith((*_FORMULA, *_GUARDED)) else cell


def unguarded(cell: str) -> str:
    """The cell as it was refused."""
    return cell[1:] if cell.startswith(_GUARDED) else cell


class RefusedRows:
    """Opens its file with the first refused row; with none there is no file."""

    def __init__(self, beside: Path, given: Path | None, fallback: Path, columns: tuple[str, ...], language: str) -> None:
        name = f"{beside.name.removesuffix('.js').removesuffix('.csv').removesuffix('.xlsx')}.refused.csv"
        self._places = [given] if given is not None else [beside.with_name(name), fallback / name]
        self._input = beside
        self._columns, self._language = columns, "ru" if language == "ru" else "en"
        self._file: TextIO | None = None
        self.path: Path | None = None

    def add(self, row: RawRow, reason: RuleBroken) -> None:
        """One row with its reason. Raises ImportRefused `cannot_write` when the file cannot be made."""
        if self._file is None:
            self._file = self._opened()
            csv.writer(self._file).writerow([*self._columns, *ADDED[self._language]])
        cells = (row.cells + [""] * len(self._columns))[: max(len(self._columns), len(row.cells))]
        extra, cells = cells[len(self._columns) :], cells[: len(self._columns)]
        told = sentence(reason, self._language, in_a_file=True)
        csv.writer(self._file).writerow([*map(guarded, cells), row.line, told, *map(guarded, extra)])

    def close(self) -> None:
        """Finish the file."""
        if self._file is not None:
            self._file.close()

    def _opened(self) -> TextIO:
        why = ""
        for path in self._places:
            if path.exists() and path.samefile(self._input):
                raise ImportRefused("refused_onto_input", file=str(path))
            try:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            except OSError as error:  # the input's folder may be read-only
                why = error.strerror or str(error)
                continue
            self.path = path
            return os.fdopen(number, "w", encoding="utf-8", errors="surrogateescape", newline="")
        raise ImportRefused("cannot_write", file=str(self._places[-1]), why=why)
