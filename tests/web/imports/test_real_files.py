"""The totals of the real files, which lie beside the checkout; where they do not, these tests are told as not run."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.web.imports.conftest import figure, of_topic
from web.imports import Report, import_file
from web.wiring import Tracker

OVD_2013 = "ovdinfo_2013_four_cities.csv"
OVD_2011 = "ovdinfo_2011-12_2012-09_moscow.csv"
PRESS = "pressfreedomtracker_incidents.csv.js"


@pytest.fixture
def reference(shared_data: Path) -> dict[str, Any]:
    """Totals computed from the files by other means."""
    found: dict[str, Any] = json.loads((shared_data / "reference_totals.json").read_text(encoding="utf-8"))
    return found


def bring_in(desk: Tracker, file: Path, mapping: str, tmp_path: Path) -> Report:
    report = import_file(desk, file, mapping, refused_to=tmp_path / "refused.csv")
    assert report.read == report.recorded + report.refused
    return report


def by(desk: Tracker, name: str, dimension: str) -> dict[Any, tuple[int, int | None]]:
    return {line.key: (line.total.low, line.total.high) for line in figure(desk, name, dimension).rows}


def test_ovdinfo_2013(desk: Tracker, shared_data: Path, tmp_path: Path) -> None:
    report = bring_in(desk, shared_data / OVD_2013, "ovdinfo-2013", tmp_path)
    assert (report.recorded, report.refused) == (235, 0)
    names = {desk.gazetteer.city_name(city, "ru"): total for city, total in by(desk, "detentions", "city").items()}
    assert names == {"Москва": (1462, 1462), "Санкт-Петербург": (461, 461), "Нижний Новгород": (81, 81), "Воронеж": (33, 33)}
    events = {desk.gazetteer.city_name(city, "ru"): total[0] for city, total in by(desk, "protests", "city").items()}
    assert events == {"Москва": 169, "Санкт-Петербург": 42, "Нижний Новгород": 19, "Воронеж": 5}


def test_ovdinfo_2011_2012(desk: Tracker, shared_data: Path, reference: dict[str, Any], tmp_path: Path) -> None:
    report = bring_in(desk, shared_data / OVD_2011, "ovdinfo-2011", tmp_path)
    assert (report.recorded, report.refused) == (180, 0)
    assert figure(desk, "detentions").total == (4885, 4885)
    expected = {int(month.replace("-", "")): told for month, told in reference[OVD_2011]["by_month"].items()}
    assert {month: total[0] for month, total in by(desk, "detentions", "month").items()} == {
        month: told["detentions"] for month, told in expected.items()
    }
    assert {month: total[0] for month, total in by(desk, "protests", "month").items()} == {
        month: told["events"] for month, told in expected.items()
    }
    days = {int(day.replace("-", "")): detained for day, detained in reference[OVD_2011]["by_day"].items()}
    assert {day: total[0] for day, total in by(desk, "detentions", "day").items()} == days


def test_press_freedom(desk: Tracker, shared_data: Path, tmp_path: Path) -> None:
    report = bring_in(desk, shared_data / PRESS, "pressfreedomtracker", tmp_path)
    assert (report.recorded, report.refused) == (1507, 0)
    assert figure(desk, "incidents").total == (1507, 1507)
    assert by(desk, "incidents", "category")["detention_or_charge"] == (263, 263)
    assert figure(desk, "detentions").total == (263, 263)
    assert len({incident.originator_id for incident in of_topic(desk, "incident.recorded")}) == 1507
    placed = sum(incident.place.city is not None for incident in of_topic(desk, "incident.recorded"))
    assert placed > 1507 - 250, "some without coordinates are placed by the name of the city"


@pytest.mark.parametrize(("file", "mapping", "read"), [("de_freiburg.csv", "freiburg", 3203), ("de_mainz.csv", "mainz", 1952)])
def test_german_registers(file: str, mapping: str, read: int, desk: Tracker, shared_data: Path, tmp_path: Path) -> None:
    report = bring_in(desk, shared_data / file, mapping, tmp_path)
    assert report.read == read
    assert len(report.problems) == report.refused
    codes = {note.about.code for note in report.problems}
    assert "missing_time" in codes
    assert codes <= {"missing_time", "future_date", "unreadable_time", "ambiguous_year", "unreadable_count", "no_such_date"}
    years = sorted({str(note.about.values["earliest"])[:4] for note in report.problems if note.about.code == "future_date"})
    assert years == (["2104", "2106", "2108"] if mapping == "freiburg" else [])
    protests = len(of_topic(desk, "protest.recorded"))
    assert protests >= report.recorded
    assert figure(desk, "protests").total == (protests, protests)
    if mapping == "mainz":
        words = {crowd.count.words: (crowd.count.low, crowd.count.high) for crowd in of_topic(desk, "protest.crowd_estimated")}
        assert (words["1.000"], words["ca. 50 -100"], words["05-15"]) == ((1000, 1000), (50, 100), (5, 15))
