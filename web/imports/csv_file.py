"""CSV files, read line by line: no row is lost, whatever is wrong with it.

A quotation mark that is never closed would swallow the rest of the file into one cell. So quoting is read strictly, and after a
row that cannot be read the reading goes on with the very next line.
"""

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from domain.errors import RuleBroken
from web.imports.cells import one_space
from web.imports.errors import ImportRefused
from web.imports.mapping import FileFormat
from web.imports.rows import RawRow, Table


def open_csv(path: Path, told: FileFormat) -> Table:
    """The table of a CSV file.

    Raises ImportRefused `unreadable_file`, `unknown_encoding`, `other_encoding`, `no_header`, `marks_not_found`.
    """
    try:
        "x".encode(told.encoding, "surrogateescape")  # some encode no text at all, some take no such errors
        encoding = codecs.lookup(told.encoding).name
    except (LookupError, UnicodeError):
        raise ImportRefused("unknown_encoding", encoding=told.encoding) from None
    try:
        raw = path.open("rb")
        size = max(path.stat().st_size, 1)
    except OSError as error:
        raise ImportRefused("unreadable_file", file=str(path), why=error.strerror or str(error)) from None
    text = io.TextIOWrapper(raw, "utf-8-sig" if encoding == "utf-8" else encoding, errors="surrogateescape", newline="")
    try:
        lines = _Lines(_decoded(text, path), told.between)
        rows = _rows(lines, told, path)
        columns = _header(rows, lines, told, path) if told.header_row else list(told.columns)
    except BaseException:
        text.close()
        raise
    named = tuple(one_space(column) for column in columns)
    return Table(named, rows, lambda: min(raw.tell() / size, 1.0), text.close)


def _header(rows: Iterator[RawRow], lines: "_Lines", told: FileFormat, path: Path) -> list[str]:
    header = next((row for row in rows if row.line >= told.header_row), None)
    if header is not None and header.problem is not None and header.problem.code == "undecodable_text":
        raise ImportRefused("other_encoding", file=str(path), encoding=told.encoding)
    if header is None or header.problem is not None:
        raise ImportRefused("marks_not_found" if told.between and not lines.begun else "no_header", file=str(path))
    return header.cells


def _decoded(text: io.TextIOWrapper, path: Path) -> Iterator[str]:
    try:
        for line in text:  # noqa: UP028 - `yield from` would close the file together with this generator
            yield line
    except UnicodeError as error:
        raise ImportRefused("unreadable_file", file=str(path), why=str(error)) from None


class _Lines:
    """The lines of the table, numbered as in the file, that can be taken back."""

    def __init__(self, lines: Iterator[str], between: str | tuple[str, str] | None) -> None:
        self.number = 0
        self.begun = between is None
        self.taken: list[str] = []
        self._again: deque[str] = deque()
        marks = (between, between) if isinstance(between, str) else between
        self._source = lines if marks is None else self._inside(lines, *marks)

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._source)
        self.number += 1
        self.taken.append(line)
        return line

    def give_back(self) -> None:
        """All lines of the present row but its first are to be read again."""
        back = self.taken[1:]
        self.number -= len(back)
        self._again.extendleft(reversed(back))
        self.taken.clear()

    def _inside(self, lines: Iterator[str], opening: str, closing: str) -> Iterator[str]:
        for line in lines:
            _, mark, line = line.partition(opening)
            if mark:
                break
            self.number += 1
        else:
            return
        self.begun = True
        while True:
            line, mark, _ = line.partition(closing)
            if line:
                yield line
            if mark:
                return
            following = next(lines, None)
            if following is None:
                return
            line = following


def _rows(lines: _Lines, told: FileFormat, path: Path) -> Iterator[RawRow]:
    def parser() -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=told.delimiter, quotechar=told.quote, strict=True)

    try:
        reader = parser()
    except (TypeError, ValueError):
        signs = f"{told.delimiter} {told.quote}"
        raise ImportRefused("mapping_wrong_value", mapping=str(path), place="file, delimiter, quote", given=signs) from None
    while True:
        lines.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = [line.rstrip("\r\n") for line in lines.taken[:1]]
            lines.give_back()
            reader = parser()
            yield RawRow(lines.number, row, problem=RuleBroken("unreadable_row"))
            continue
        first = lines.number - len(lines.taken) + 1
        yield RawRow(first, [cell.strip() for cell in cells], problem=_undecoded(cells))


def _undecoded(cells: list[str]) -> RuleBroken | None:
    """Bytes that are no letters of the file's encoding came through as half of a pair."""
    return RuleBroken("undecodable_text") if _HALF.search("".join(cells)) else None


_HALF = re.compile("[\ud800-\udfff]")
