"""The figures of OVD-Info's files against another program: DuckDB reads the files themselves and adds up their rows in SQL.

Neither the mapping nor any event is between the two.
"""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.web.imports.conftest import figure
from web.imports import import_file
from web.wiring import Tracker

KEYS = {
    "day": "strftime(strptime(date, '%d.%m.%Y'), '%Y%m%d')::INTEGER",
    "week": "strftime(strptime(date, '%d.%m.%Y'), '%G%V')::INTEGER",
    "month": "strftime(strptime(date, '%d.%m.%Y'), '%Y%m')::INTEGER",
}
FIGURES = {"detentions": "sum(told::INTEGER)", "protests": "count(*)"}
FILES = {
    "ovdinfo-2011": ("ovdinfo_2011-12_2012-09_moscow.csv", "total", "'Москва'"),
    "ovdinfo-2013": ("ovdinfo_2013_four_cities.csv", "number_of_detentions", "region"),
}
"""Per mapping the file, its column of people detained and what says the city."""

Counted = dict[tuple[str, str], dict[Any, int]]


def in_sql(file: Path, mapping: str, rows: str = "TRUE") -> Counted:
    _, told, city = FILES[mapping]
    with duckdb.connect() as db:
        db.execute(f"CREATE TABLE file AS SELECT *, {told} AS told FROM read_csv('{file}', header=true, all_varchar=true)")
        return {
            (name, by): dict(db.execute(f"SELECT {key}, {counts} FROM file WHERE {rows} GROUP BY ALL").fetchall())
            for name, counts in FIGURES.items()
            for by, key in {**KEYS, "city": city}.items()
        }


def as_published(desk: Tracker) -> Counted:
    counted: Counted = {}
    for name in FIGURES:
        for by in (*KEYS, "city"):
            told = figure(desk, name, by)
            assert tuple(told.left_out) == (0, 0)
            assert all(row.total.low == row.total.high for row in told.rows)
            rows = {row.key: row.total.low for row in told.rows}
            counted[name, by] = {desk.gazetteer.city_name(key, "ru"): n for key, n in rows.items()} if by == "city" else rows
    return counted


@pytest.mark.parametrize("mapping", FILES)
def test_the_rows_of_a_file_add_up_to_its_figures(mapping: str, desk: Tracker, shared_data: Path, tmp_path: Path) -> None:
    file = shared_data / FILES[mapping][0]
    import_file(desk, file, mapping, refused_to=tmp_path / "refused.csv")
    published = as_published(desk)
    assert published == in_sql(file, mapping)
    assert published != in_sql(file, mapping, rows="id <> '7'"), "the control: one row less is seen"
