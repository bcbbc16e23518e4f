"""A table of a million rows as CSV: beside Python's own writer with the same rows, and the memory it takes."""

import csv
import io
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from statistics import median

from scripts.benchmarks.figure import Figure, seconds
from web.takeaways import Cell, Column, Kind, Table, csv_of

REPEATS = 3
MOST = 100.0
"""Megabytes above idle."""
COLUMNS = (
    Column("record", "Record"),
    Column("day", "Day"),
    Column("city", "City", Kind.COUNT),
    Column("city_name", "Name of the city"),
    Column("category", "Category"),
    Column("low", "at least", Kind.COUNT),
    Column("high", "at most", Kind.COUNT),
)


class Nowhere(io.StringIO):
    """Takes what is written and keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)


def rows(number: int) -> Iterator[Sequence[Cell]]:
    """So many rows, made as they are asked for."""
    for index in range(number):
        name = "Moscow" if index % 3 else "Kamensk-Uralsky"
        yield (f"017f4aca-485a-7d52-be26-{index:012x}", f"2022-03-{index % 28 + 1:02}", 524901, name, "at_protest", 1, index % 5)


def figures(number: int) -> Iterator[Figure]:
    """Time and memory for so many rows."""
    ours, bound = [], []
    for _ in range(REPEATS):
        ours.append(seconds(partial(_stream, number)))
        bound.append(seconds(partial(_write, number)))
    yield Figure(f"CSV of {number:,} rows, beside Python's writer", median(ours), median(bound), "s", 4, at_most=True)
    told = subprocess.run([sys.executable, "-m", __name__, str(number)], check=True, capture_output=True, text=True).stdout
    yield Figure(f"memory of a CSV of {number:,} rows above idle", float(told), MOST, "MB", 1, at_most=True)


def _stream(number: int) -> int:
    return sum(map(len, csv_of(Table("rows", "Rows", COLUMNS, partial(rows, number), "", 0, ""))))


def _write(number: int) -> None:
    csv.writer(Nowhere()).writerows(rows(number))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    _stream(1_000)
    idle = _peak()
    _stream(int(sys.argv[1]))
    sys.stdout.write(f"{_peak() - idle:.1f}\n")
