"""A spreadsheet as LibreOffice opens it: cell for cell what the CSV says, and no formula in it."""

import csv
import io
import subprocess
from pathlib import Path

from tests.web.takeaways.tables import ROWS, in_language, table
from web.takeaways import csv_of, xlsx_of

FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
"""Comma, quotes, UTF-8, as shown; of the first sheet."""


def opened(soffice: str, book: Path, folder: Path) -> list[list[str]]:
    home = f"-env:UserInstallation=file://{folder}/office"
    command = [soffice, home, "--headless", "--norestore", "--convert-to", FILTER, "--outdir", str(folder), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    (written,) = folder.glob("*.csv")
    return list(csv.reader(io.StringIO(written.read_text("utf-8"), newline="")))


def test_what_libreoffice_shows_is_what_the_csv_says(soffice: str, tmp_path: Path) -> None:
    rows = [row for row in ROWS if "\n" not in str(row[0])]
    with in_language():
        (tmp_path / "table.xlsx").write_bytes(b"".join(xlsx_of(table(rows))))
        ours = list(csv.reader(io.StringIO(b"".join(csv_of(table(rows))).decode(), newline="")))
    shown = opened(soffice, tmp_path / "table.xlsx", tmp_path)
    assert shown[0] == ["City", "at least", "Hours", "Day"]
    told = [[cell.removeprefix("'") for cell in row] for row in ours[1:]]
    assert [_plain(row) for row in shown[1:]] == [_plain(row) for row in told]
    assert shown[2][0] == "=1+1"


def _plain(row: list[str]) -> list[str]:
    """Numbers by what they are worth: "0.0" and "0" are one."""
    return [f"{float(cell):g}" if index in (1, 2) and cell else cell for index, cell in enumerate(row)]
