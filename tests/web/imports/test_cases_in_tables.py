"""A table of people and what courts did to them: each row's case is against the person of its detention."""

from pathlib import Path

import pytest

from domain.law.prosecutions import cases_of
from domain.proceeding import Proceeding
from tests.web.imports.conftest import of_topic
from tests.web.imports.tables import PEOPLE, PEOPLE_COLUMNS, mapping, table
from web.imports import ImportRefused, import_file
from web.wiring import Tracker

CASES = (
    PEOPLE
    + """
[[record]]
event = "proceeding.opened"
detention = "detention.recorded"
kind = "administrative"
article = "koap-19.3-1"
[[record]]
event = "proceeding.ruled"
only_if = { column = "released", empty = false }
when = { column = "released" }
outcome = "guilty"
penalties = "arrest"
words = { column = "note" }
"""
)


def test_gender_and_age_of_a_row_are_said_of_its_person_and_a_row_without_either_is_refused(
    desk: Tracker, tmp_path: Path
) -> None:
    described = """
[[record]]
event = "person.described"
when = { column = "date" }
gender = { column = "note", values = { "ж" = "woman", "м" = "man" }, otherwise = "unknown" }
age_band = { column = "link", values = { "17" = "from_16_to_17" }, otherwise = "unknown" }
"""
    told = [("1", "ж", "17"), ("2", "м", ""), ("3", "", "")]
    rows = [[number, "24.02.2022", "Москва", "Иван Примеров", gender, "", age] for number, gender, age in told]
    how = mapping(
        tmp_path, PEOPLE.replace('reference = { column = "link" }', "").replace('words = { column = "note" }', "") + described
    )
    report = import_file(desk, table(tmp_path / "people.csv", rows, PEOPLE_COLUMNS), how, refused_to=tmp_path / "refused.csv")
    assert (report.recorded, report.refused) == (2, 1)
    held = {event.person for event in of_topic(desk, "detention.recorded")}
    assert {event.originator_id for event in of_topic(desk, "person.described")} == held
    said = [(event.gender, event.age_band) for event in of_topic(desk, "person.described")]
    assert said == [("woman", "from_16_to_17"), ("man", "unknown")]


def test_the_case_of_a_row_is_against_its_person_and_a_second_import_changes_nothing(desk: Tracker, tmp_path: Path) -> None:
    rows = [["1", "24.02.2022", "Москва", "Иван Примеров", "Пять суток", "25.02.2022", ""]]
    told = table(tmp_path / "people.csv", rows, PEOPLE_COLUMNS)
    how = mapping(tmp_path, CASES)
    assert import_file(desk, told, how, refused_to=tmp_path / "refused.csv").recorded == 1
    last = desk.log.last()
    assert import_file(desk, told, how, refused_to=tmp_path / "refused.csv").known == 1
    assert desk.log.last() == last
    found = [(one.position, one.event) for one in desk.log.page(0, 100)]
    (opened,) = [event for _, event in found if isinstance(event, Proceeding.Opened)]
    (ruled,) = [event for _, event in found if isinstance(event, Proceeding.Ruled)]
    (person,) = opened.persons
    assert ruled.person == person
    assert ruled.words is not None
    assert ruled.words.person == person
    assert desk.vault.open(ruled.words) == "Пять суток"
    assert opened.when is None, "the row's date is that of the detention"
    (case,) = cases_of(found, [person]).values()
    assert (case.article, case.penalties, len(case.ruled)) == ("koap-19.3-1", ("arrest",), 1)


def test_a_case_names_the_detention_it_follows_from(desk: Tracker, tmp_path: Path) -> None:
    told = table(tmp_path / "people.csv", [], PEOPLE_COLUMNS)
    with pytest.raises(ImportRefused) as refused:
        import_file(desk, told, mapping(tmp_path, CASES.replace('detention = "detention.recorded"\n', "")))
    assert refused.value.code == "mapping_lacks"
