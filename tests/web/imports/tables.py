"""Small tables and mappings written by the tests themselves."""

import csv
from collections.abc import Sequence
from pathlib import Path

from web.imports import Report, import_file
from web.wiring import Tracker

COUNTS = """
name = "counts"
[row]
identity = ["id"]
[time]
zone = "Europe/Moscow"
[when]
column = "date"
[place]
country = "RU"
city = { column = "city" }
[[record]]
event = "protest.recorded"
form = { column = "form", values = { "митинг" = "rally", "пикет" = "picket" }, empty = "unknown" }
[[record]]
event = "protest.detentions_counted"
count = { column = "detained" }
"""
COLUMNS = ("id", "date", "city", "form", "detained", "note")

PEOPLE = """
name = "people"
[row]
identity = ["id"]
[source]
reference = { column = "link" }
[time]
zone = "Europe/Moscow"
[when]
column = "date"
[place]
country = "RU"
city = { column = "city" }
[[record]]
event = "protest.recorded"
[[record]]
event = "detention.recorded"
protest = "protest.recorded"
words = { column = "note" }
[[record]]
event = "person.named"
name = { column = "who" }
[[record]]
event = "detention.released"
only_if = { column = "released", empty = false }
when = { column = "released" }
kind = "after_protocol"
"""
PEOPLE_COLUMNS = ("id", "date", "city", "who", "note", "released", "link")


def mapping(folder: Path, text: str, name: str = "mapping.toml") -> str:
    """A mapping in a file of one's own."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def table(path: Path, rows: Sequence[Sequence[str]], columns: Sequence[str] = COLUMNS) -> Path:
    """A CSV with these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return path


def counts(desk: Tracker, folder: Path, rows: Sequence[Sequence[str]], text: str = COUNTS) -> Report:
    """Import rows of the usual columns with the usual mapping."""
    report = import_file(desk, table(folder / "counts.csv", rows), mapping(folder, text), refused_to=folder / "refused.csv")
    assert report.read == report.recorded + report.corrected + report.known + report.left_out + report.refused
    return report
