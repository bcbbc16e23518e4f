"""A table of people and what courts did to them: each row's case is against the person of its detention."""

from pathlib import Path

import pytest

from domain.law.prosecutions import cases_of
from domain.proceeding import Proceeding
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


def test_the_case_of_a_row_is_against_its_person_and_a_second_import_changes_nothing(desk: Tracker, tmp_path: Path) -> None:
    rows = [["1", "24.02.2022", "Москва", "Иван Примеров", "Пять суток", "25.02.2022", ""]]
    told = table(tmp_path / "people.csv", rows, PEOPLE_COLUMNS)
    how = mapping(tmp_path, CASES)
    assert import_file(desk, told, how, refused_to=tmp_path / "refused.csv").recorded == 1
    last = desk.log.last()
    assert import_file(desk, told, how, refused_to=tmp_path / "refused.csv").known == 1
    assert desk.log.last() == last
    found = [(one.position, one.event) for one in desk.log.page(0, 100) if one.event.originator_id]
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
