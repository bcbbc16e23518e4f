"""Every mapping that comes with the program, on a small fictional file in the columns of its source."""

from pathlib import Path

import pytest

from domain.place import Precision
from tests.web.imports.conftest import FICTIONAL, figure, of_topic, topics
from web.imports import Report, import_file, shipped
from web.wiring import Tracker

MOSCOW, PETERSBURG, NIZHNY, VORONEZH = 524901, 498817, 520555, 472045


def bring_in(desk: Tracker, mapping: str, tmp_path: Path) -> Report:
    file = next(FICTIONAL.glob(f"{mapping}.*"))
    report = import_file(desk, file, mapping, refused_to=tmp_path / "refused.csv")
    assert report.read == report.recorded + report.corrected + report.known + report.left_out + report.refused
    return report


def reasons(report: Report) -> dict[int, str]:
    return {note.line: note.about.code for note in report.problems}


def test_every_shipped_mapping_has_a_fictional_file() -> None:
    assert shipped() == sorted(path.name.partition(".")[0] for path in FICTIONAL.iterdir())


def test_ovdinfo_2013_gives_protests_with_counts_by_city(desk: Tracker, tmp_path: Path) -> None:
    report = bring_in(desk, "ovdinfo-2013", tmp_path)
    assert (report.read, report.recorded) == (7, 5)
    assert reasons(report) == {8: "no_such_date", 9: "untranslated"}
    assert topics(desk) == {"protest.recorded": 5, "protest.detentions_counted": 4}
    detained = {line.key: line.total.low for line in figure(desk, "detentions", "city").rows}
    assert detained == {MOSCOW: 9, NIZHNY: 12, PETERSBURG: 1}


def test_a_single_station_is_the_place_of_the_count_and_several_are_none(desk: Tracker, tmp_path: Path) -> None:
    bring_in(desk, "ovdinfo-2013", tmp_path)
    counted = of_topic(desk, "protest.detentions_counted")
    assert [count.place and count.place.station for count in counted] == ["moscow-tverskoy", None, "spb-78", None]
    assert [count.place and count.place.words for count in counted] == [None] * 4


def test_a_known_square_has_a_cell_and_an_unknown_alley_keeps_its_words_in_the_city(desk: Tracker, tmp_path: Path) -> None:
    bring_in(desk, "ovdinfo-2013", tmp_path)
    square, alley = [protest.place for protest in of_topic(desk, "protest.recorded")][:2]
    assert square.cell is not None
    assert square.city == MOSCOW
    assert (alley.precision, alley.city, alley.cell, alley.words) == (Precision.CITY, MOSCOW, None, "Выдуманный тупик")


def test_the_links_of_a_row_are_its_source_and_descriptions_are_left_out(desk: Tracker, tmp_path: Path) -> None:
    bring_in(desk, "ovdinfo-2013", tmp_path)
    protests = of_topic(desk, "protest.recorded")
    assert protests[0].source.reference == "https://news.example.org/1"
    assert protests[1].source.reference.count("https://") == 3
    assert all(protest.source.kind == "dataset" for protest in protests)
    assert "Вымышленный" not in repr(protests)


def test_ovdinfo_2011_is_of_moscow_though_no_column_says_so(desk: Tracker, tmp_path: Path) -> None:
    report = bring_in(desk, "ovdinfo-2011", tmp_path)
    assert (report.recorded, report.refused) == (4, 0)
    assert {line.key: line.total.low for line in figure(desk, "detentions", "city").rows} == {MOSCOW: 51}
    assert {line.key: line.total.low for line in figure(desk, "detentions", "month").rows} == {201112: 50, 201201: 1}
    assert "Верзилов" not in repr(of_topic(desk, "protest.recorded"))


def test_equal_rows_of_the_press_freedom_file_are_separate_incidents(desk: Tracker, tmp_path: Path) -> None:
    report = bring_in(desk, "pressfreedomtracker", tmp_path)
    assert (report.recorded, report.refused) == (9, 0)
    assert topics(desk) == {"person.opened": 2, "detention.recorded": 2, "incident.recorded": 9}


def test_an_arrested_journalist_has_a_detention_that_the_incident_names(desk: Tracker, tmp_path: Path) -> None:
    bring_in(desk, "pressfreedomtracker", tmp_path)
    detentions = of_topic(desk, "detention.recorded")
    incidents = of_topic(desk, "incident.recorded")
    assert [incident.detention for incident in incidents[:3]] == [detentions[0].originator_id, detentions[1].originator_id, None]
    assert incidents[0].person == detentions[0].person
    assert incidents[0].categories == ("detention_or_charge", "physical_attack")


def test_places_abroad_and_places_nobody_knows_are_kept_and_none_is_guessed(desk: Tracker, tmp_path: Path) -> None:
    report = bring_in(desk, "pressfreedomtracker", tmp_path)
    places = [incident.place for incident in of_topic(desk, "incident.recorded")]
    assert [(place.precision.value, place.country, place.region) for place in places[3:]] == [
        ("city", "US", "US.WA"),
        ("region", "US", "US.KS"),
        ("region", "US", "US.FL"),
        ("country", "US", None),
        ("city", "FI", places[7].region),
        ("country", "US", None),
    ]
    assert [(note.line, note.about.code) for note in report.remarks] == [(7, "place_not_found"), (11, "ambiguous_place")]
    assert not any(isinstance(place.words, str) for place in places)


def test_several_dates_in_a_cell_are_several_assemblies(desk: Tracker, tmp_path: Path) -> None:
    report = bring_in(desk, "freiburg", tmp_path)
    assert (report.read, report.recorded) == (8, 4)
    assert reasons(report) == {7: "future_date", 8: "missing_time", 9: "unreadable_time", 10: "ambiguous_year"}
    days = [(str(protest.when.local_day), protest.form) for protest in of_topic(desk, "protest.recorded")]
    assert days == [
        ("2013-01-12", "demonstration"),
        ("2013-01-21", "rally_and_march"),
        ("2013-02-04", "rally_and_march"),
        ("2013-02-18", "rally_and_march"),
        ("2015-08-25", "picket"),
        ("2015-08-26", "picket"),
        ("2015-09-02", "picket"),
        ("None", "information_stand"),
    ]


def test_mainz_gives_hours_and_crowds_where_there_are_any(desk: Tracker, tmp_path: Path) -> None:
    report = bring_in(desk, "mainz", tmp_path)
    assert (report.read, report.recorded) == (8, 6)
    assert reasons(report) == {8: "missing_time", 9: "unreadable_count"}
    crowds = [(crowd.count.low, crowd.count.high) for crowd in of_topic(desk, "protest.crowd_estimated")]
    assert crowds == [(80, 120), (30, 50), (30, 50), (1000, 1000)]
    evening = of_topic(desk, "protest.recorded")[1].when
    assert [str(end) for end in (evening.earliest, evening.latest)] == ["2020-01-15 17:00:00+00:00", "2020-01-15 18:30:00+00:00"]


@pytest.mark.parametrize("mapping", shipped())
def test_the_same_file_again_records_nothing(mapping: str, desk: Tracker, tmp_path: Path) -> None:
    first = bring_in(desk, mapping, tmp_path)
    before = desk.log.last()
    again = bring_in(desk, mapping, tmp_path)
    assert desk.log.last() == before
    assert (again.recorded, again.corrected, again.known, again.refused) == (0, 0, first.recorded, first.refused)
    assert again.gone == 0


@pytest.mark.parametrize("mapping", shipped())
def test_a_dry_run_says_what_the_real_run_does_and_records_nothing(mapping: str, desk: Tracker, tmp_path: Path) -> None:
    file = next(FICTIONAL.glob(f"{mapping}.*"))
    dry = import_file(desk, file, mapping, dry_run=True)
    assert desk.log.last() == 0
    assert desk.vault.identities.count(mapping) == 0
    assert dry.refused_to is None
    real = bring_in(desk, mapping, tmp_path)
    told = [(dry.read, dry.recorded, dry.refused, dry.events), (real.read, real.recorded, real.refused, real.events)]
    assert told[0] == told[1]
    assert [(note.line, note.about.code) for note in dry.problems] == [(note.line, note.about.code) for note in real.problems]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_report_tells_every_problem_in_both_languages(language: str, desk: Tracker, tmp_path: Path) -> None:
    lines = bring_in(desk, "freiburg", tmp_path).lines(language)
    text = "\n".join(lines)
    assert ("rows read: 8" if language == "en" else "прочитано строк: 8") in text
    assert ("line 7: The time lies in the future: 2104-" if language == "en" else "строка 7: Время в будущем: 2104-") in text
    assert "?" not in text.replace("Welches Jahr?", "")
