"""Refused rows, written to a CSV that can be corrected and imported again: the columns of the input, then line and reason.

The file may hold what the input holds, names included: it is readable by its owner only and lies where the input lies.
"""

import csv
import os
from pathlib import Path
from typing import TextIO

from domain.errors import RuleBroken
from web.imports.errors import ImportRefused
from web.imports.rows import RawRow
from web.refusals import sentence

ADDED = {"en": ("line", "reason"), "ru": ("строка", "причина")}


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
        csv.writer(self._file).writerow([*cells, row.line, told, *extra])

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
