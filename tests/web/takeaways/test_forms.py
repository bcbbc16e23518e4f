"""Every form is read back by a reader that is not ours, says the same as the table, and is the same bytes each time."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import frictionless
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from domain.errors import RuleBroken
from tests.web.takeaways.tables import COLUMNS, ROWS, in_language, table
from web.takeaways import FORMS, Cell, Column, Table, csv_of, json_of, package_of, safe, xlsx_of

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
DANGEROUS = st.builds(lambda sign, text: sign + text, st.sampled_from(["=", "+", "-", "@", "\t", "\r", ";=", " =", '"=']), TEXTS)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def read_xlsx(content: bytes, sheet: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(sheet).to_python(skip_empty_area=False)


def whole(pieces: Iterator[bytes]) -> bytes:
    with in_language():
        return b"".join(pieces)


def test_a_csv_says_what_the_table_says_and_begins_no_cell_like_a_formula() -> None:
    read = read_csv(whole(csv_of(table())))
    assert read[0] == ["city", "low", "hours", "day"]
    assert read[1] == ["Москва", "3711", "2.5", "2022-02-24"]
    assert read[2] == ["'=1+1", "-4", "-0.25", ""]
    assert read[3] == ['a "quoted", text;\n\'=2+2', "", "", "2024-12-31"]
    assert read[4][0] == "'@SUM(A1)"
    assert len(read) == 1 + len(ROWS)


def test_a_mark_for_excel_is_written_when_asked_for_and_not_otherwise() -> None:
    assert whole(csv_of(table(), bom=True)) == b"\xef\xbb\xbf" + whole(csv_of(table()))


@given(st.lists(TEXTS | DANGEROUS, min_size=1, max_size=8))
def test_no_text_becomes_a_formula_and_none_is_lost(texts: list[str]) -> None:
    """Neither as CSV, whichever of comma, semicolon and tab a program takes for the end of a cell, nor as XLSX."""
    rows = [(text,) for text in texts]
    content = whole(csv_of(table(rows, (Column("text", "Text"),))))
    assert [row[0] if row else "" for row in read_csv(content)[1:]] == [safe(text) for text in texts]
    for separator in ",;\t":
        cells = [cell for row in csv.reader(io.StringIO(content.decode(), newline=""), delimiter=separator) for cell in row]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@", "-"))]
    assert all(safe(text).replace("'", "") == text.replace("'", "") for text in texts)
    book = whole(xlsx_of(table(rows, (Column("text", "Text"),))))
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_a_text_that_looks_like_a_formula_is_guarded_however_it_begins() -> None:
    """The control: without the guard a reader would find the formula."""
    assert safe("plain") == "plain"
    assert safe("20.2-5") == "20.2-5"
    unguarded = "=1+1"
    assert read_csv(unguarded.encode())[0][0].startswith("=")
    assert not safe(unguarded).startswith("=")


def test_a_spreadsheet_holds_texts_as_texts_numbers_as_numbers_and_days_as_days() -> None:
    read = read_xlsx(whole(xlsx_of(table())))
    assert read[0] == ["City", "at least", "Hours", "Day"]
    assert [row[0] for row in read[1:]] == [row[0] for row in ROWS]
    assert [row[1] for row in read[1:]] == [row[1] if row[1] is not None else "" for row in ROWS]
    assert [row[3] for row in read[1:]] == [row[3] if row[3] is not None else "" for row in ROWS]


@pytest.mark.parametrize(("language", "citation"), [("en", "Citation"), ("ru", "Ссылка")])
def test_a_second_sheet_says_what_the_table_is_and_how_it_is_cited(language: str, citation: str) -> None:
    with in_language(language):
        content = b"".join(xlsx_of(table()))
    about = {row[0]: row[1] for row in read_xlsx(content, 1)}
    assert about[citation] == "detentions.2 by=city @41"
    assert "Counted one by one." in about.values()
    assert any("Creative Commons" in str(value) for value in about.values())


def test_what_is_longer_than_a_sheet_goes_on_in_the_next() -> None:
    rows = [(str(number),) for number in range(25)]
    content = whole(xlsx_of(table(rows, (Column("n", "N"),)), most_rows=11))
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert sheets == ["Table", "Table 2", "Table 3", "About"]
    read = [row for sheet in range(3) for row in read_xlsx(content, sheet)]
    assert [row[0] for row in read if row[0] != "N"] == [row[0] for row in rows]


def test_a_text_that_no_cell_can_hold_is_refused_and_not_cut_off() -> None:
    rows = [("x" * 40_000,)]
    with pytest.raises(RuleBroken) as refused:
        whole(xlsx_of(table(rows, (Column("text", "Text"),))))
    assert refused.value.code == "cell_too_long"
    assert read_csv(whole(csv_of(table(rows, (Column("text", "Text"),)))))[1] == ["x" * 40_000]


def test_json_has_the_rows_as_objects_and_says_what_they_are() -> None:
    read = json.loads(whole(json_of(table())))
    assert read["citation"] == "detentions.2 by=city @41"
    assert read["rows"][0] == {"city": "Москва", "low": 3711, "hours": 2.5, "day": "2022-02-24"}
    assert [row["city"] for row in read["rows"]] == [row[0] for row in ROWS]
    assert json.loads(whole(json_of(table([]))))["rows"] == []


def test_a_data_package_is_valid_and_says_where_it_is_from(tmp_path: Path) -> None:
    (tmp_path / "package.zip").write_bytes(whole(package_of(table())))
    with zipfile.ZipFile(tmp_path / "package.zip") as packed:
        packed.extractall(tmp_path)
    described = tmp_path / "datapackage.json"
    report = frictionless.validate(str(described))
    assert report.valid, report.to_summary()
    told = json.loads(described.read_text("utf-8"))
    assert told["khronika"]["citation"] == "detentions.2 by=city @41"
    assert told["licenses"][0]["name"] == "CC-BY-4.0"
    assert told["sources"][0]["title"] == "GeoNames, CC BY 4.0"
    resource: Any = frictionless.Package(str(described)).resources[0]
    rows = resource.read_rows()
    assert [row["low"] for row in rows] == [row[1] for row in ROWS]


def test_a_data_package_whose_table_was_changed_is_not_valid(tmp_path: Path) -> None:
    """The control: the hash in it is looked at."""
    (tmp_path / "package.zip").write_bytes(whole(package_of(table())))
    with zipfile.ZipFile(tmp_path / "package.zip") as packed:
        packed.extractall(tmp_path)
    changed = tmp_path / "detentions-by-city-at-41.csv"
    changed.write_bytes(changed.read_bytes().replace(b"3711", b"3893"))
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


@pytest.mark.parametrize("form", FORMS)
def test_the_same_table_gives_the_same_bytes(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write: Callable[[Table], Iterator[bytes]] = FORMS[form]
    once = whole(write(table()))
    monkeypatch.setenv("TZ", "Asia/Kamchatka")
    assert whole(write(table())) == once


def test_rows_are_read_as_they_are_written_and_not_before() -> None:
    taken = 0

    def rows() -> Iterator[Sequence[Cell]]:
        nonlocal taken
        for number in range(100_000):
            taken += 1
            yield (str(number), number, None, None)

    whole_table = table()
    endless = Table(whole_table.name, "", COLUMNS, rows, "", 1, "")
    pieces = csv_of(endless)
    next(pieces)
    assert 0 < taken < 2_000
    assert len(read_csv(b"".join(pieces))) == 100_000 - 500
