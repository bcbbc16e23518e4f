"""A workbook gives the same rows as a CSV of the same table: real dates, real numbers, one sheet or several."""

from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.web.imports.conftest import of_topic
from tests.web.imports.tables import COLUMNS, COUNTS, counts, mapping
from web.imports import ImportRefused, import_file
from web.refusals import sentence
from web.wiring import Tracker

ROWS: list[list[Any]] = [
    ["1", datetime(2013, 2, 10), "Москва", "митинг", 4, ""],  # noqa: DTZ001 - a cell knows no zone
    [2, datetime(2013, 2, 11, 18, 30), "Воронеж", "пикет", "около 10", ""],  # noqa: DTZ001
    [3, "12.02.2013", "Воронеж", "", None, ""],
]


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime | time):
                        sheet.write_datetime(number, column, cell, day)
                    else:
                        sheet.write(number, column, cell)
    return path


def test_a_workbook_gives_the_same_events_as_the_csv(desk: Tracker, tmp_path: Path) -> None:
    file = workbook(tmp_path / "counts.xlsx", {"Лист1": [list(COLUMNS), *ROWS]})
    report = import_file(desk, file, mapping(tmp_path, COUNTS))
    assert (report.read, report.recorded) == (3, 3)
    told = [["1", "2013-02-10", "Москва", "митинг", "4", ""], ["2", "2013-02-11 18:30:00", "Воронеж", "пикет", "около 10", ""]]
    again = counts(desk, tmp_path, [*told, ["3", "12.02.2013", "Воронеж", "", "", ""]])
    assert (again.known, again.corrected, again.recorded) == (3, 0, 0)
    assert [event.count.low for event in of_topic(desk, "protest.detentions_counted")] == [4, 8]


def test_every_sheet_is_read_and_its_name_is_a_column(desk: Tracker, tmp_path: Path) -> None:
    header = ["Nr.", "Datum", "Art der Versammlung", "Thema", "Ort bzw. Wegstrecke"]
    file = workbook(
        tmp_path / "freiburg.xlsx",
        {
            "2013": [header, [1, datetime(2013, 1, 12), "dem. Aktion", "", "Rathausplatz"]],  # noqa: DTZ001
            "2015": [header, ["", "25.08.,26.08.,02.09.", "Mahnwache", "", ""], ["", "dann", "", "", ""]],
        },
    )
    report = import_file(desk, file, "freiburg")
    assert [str(event.when.local_day) for event in of_topic(desk, "protest.recorded")] == [
        "2013-01-12",
        "2015-08-25",
        "2015-08-26",
        "2015-09-02",
    ]
    assert [note.told("en").partition(": ")[0] for note in report.problems] == ["sheet 2015, line 3"]


def test_a_workbook_that_is_none_and_a_sheet_that_is_missing_are_told(desk: Tracker, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(ImportRefused, match="unreadable_file"):
        import_file(desk, broken, mapping(tmp_path, COUNTS))
    file = workbook(tmp_path / "counts.xlsx", {"Лист1": [list(COLUMNS)]})
    with pytest.raises(ImportRefused) as refused:
        import_file(desk, file, mapping(tmp_path, COUNTS + '[file]\nsheets = ["2013"]\n'))
    assert "Лист1" in sentence(refused.value, "ru")
    with pytest.raises(ImportRefused, match="no_header"):
        import_file(desk, workbook(tmp_path / "empty.xlsx", {"Лист1": []}), mapping(tmp_path, COUNTS))
    other = workbook(tmp_path / "two.xlsx", {"A": [list(COLUMNS)], "B": [["other"]]})
    with pytest.raises(ImportRefused, match="sheets_differ"):
        import_file(desk, other, mapping(tmp_path, COUNTS + '[file]\nsheet_column = "sheet"\n'))
