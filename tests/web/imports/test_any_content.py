"""Whatever stands in a file: no exception, and every row is accounted for."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.imports.conftest import FICTIONAL, events
from tests.web.imports.tables import COLUMNS, COUNTS, mapping
from web.imports import ImportRefused, Report, import_file, shipped
from web.wiring import Tracker

USUAL = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

_dates = ["10.02.2013", "2013-02-10", "вчера", "02/03/2013", "10.02.2104"]
_said = st.sampled_from(["", "1", "2", *_dates, "Москва", "Кировск", "митинг", "около 50", "1.000"])
_cell = _said | st.text(max_size=12)
_rows = st.lists(st.lists(_cell, min_size=0, max_size=8), max_size=12)


def adds_up(report: Report) -> bool:
    return report.read == report.recorded + report.corrected + report.known + report.left_out + report.refused


@USUAL
@given(_rows, st.sampled_from([COUNTS, COUNTS.replace('identity = ["id"]', "")]))
def test_any_cells_are_recorded_known_corrected_or_refused(
    desk: Tracker, tmp_path: Path, rows: list[list[str]], told: str
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([COLUMNS, *rows])
    file = tmp_path / "any.csv"
    file.write_text(text.getvalue(), encoding="utf-8", errors="surrogatepass", newline="")
    before = desk.log.last()
    report = import_file(desk, file, mapping(tmp_path, told), refused_to=tmp_path / "refused.csv", page_rows=5)
    assert adds_up(report)
    assert report.read + report.blank + sum(not row for row in rows) == len(rows)
    assert desk.log.last() - before == sum(report.events.values())
    again = import_file(desk, file, mapping(tmp_path, told), refused_to=tmp_path / "refused.csv")
    assert adds_up(again)
    assert (again.recorded, again.corrected, again.refused, again.read) == (0, 0, report.refused, report.read)


@USUAL
@given(st.binary(max_size=300), st.sampled_from(["", '[file]\nencoding = "cp1251"\n', '[file]\nencoding = "utf-16"\n']))
def test_any_bytes_at_all_are_told_about_and_never_an_exception(desk: Tracker, tmp_path: Path, data: bytes, told: str) -> None:
    file = tmp_path / "any.csv"
    file.write_bytes("id,date,city,form,detained\n1,10.02.2013,Москва,митинг,4\n".encode() + data)
    before = desk.log.last()
    try:
        report = import_file(desk, file, mapping(tmp_path, COUNTS + told), refused_to=tmp_path / "refused.csv")
    except ImportRefused:
        return
    assert adds_up(report)
    assert desk.log.last() - before == sum(report.events.values())


@pytest.mark.parametrize("name", shipped())
@settings(USUAL, max_examples=15)
@given(data=st.data())
def test_any_damage_to_a_file_is_told_row_by_row(name: str, desk: Tracker, tmp_path: Path, data: st.DataObject) -> None:
    text = next(FICTIONAL.glob(f"{name}.*")).read_text(encoding="utf-8")
    header = text.index("\n", text.index("sheet_name" if "sheet_name" in text else "date")) + 1
    at = data.draw(st.integers(header, len(text)))
    damaged = text[:at] + data.draw(_cell | st.sampled_from(['"', ",", "\n", '",', "\x00", "`"])) + text[at:]
    file = tmp_path / "damaged.csv"
    file.write_text(damaged, encoding="utf-8", errors="surrogatepass", newline="")
    report = import_file(desk, file, name, refused_to=tmp_path / "refused.csv")
    assert adds_up(report)
    assert len(events(desk)) == desk.log.last()
