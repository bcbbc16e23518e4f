"""The same file again: nothing new, what the source changed is corrected, what somebody corrected by hand stays."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.count import Count
from domain.protest import Protest
from domain.provenance import Entry, Source
from domain.record import new_id
from tests.trackers import forget
from tests.web.imports.conftest import events, figure, of_topic, topics
from tests.web.imports.tables import COUNTS, PEOPLE, PEOPLE_COLUMNS, counts, mapping, table
from web.imports import import_file
from web.wiring import Tracker

FIRST = ("1", "10.02.2013", "Москва", "митинг", "4", "")
SECOND = ("2", "11.02.2013", "Воронеж", "пикет", "2", "")


def by_hand(desk: Tracker) -> Entry:
    return Entry(desk.vault.accounts.id_of("demo"), Source("monitor"), new_id())


def total(desk: Tracker) -> int:
    return figure(desk, "detentions").total.low


def test_a_changed_cell_corrects_the_entry_it_belongs_to_and_no_other(desk: Tracker, tmp_path: Path) -> None:
    counts(desk, tmp_path, [FIRST, SECOND])
    report = counts(desk, tmp_path, [("1", "10.02.2013", "Москва", "митинг", "5", ""), SECOND])
    assert (report.recorded, report.corrected, report.known) == (0, 1, 1)
    corrected = events(desk)[-1]
    assert isinstance(corrected, Protest.Corrected)
    assert (corrected.version, corrected.because) == (2, "source_changed")
    assert (corrected.restated.count.low, total(desk)) == (5, 7)


def test_a_correction_is_made_once(desk: Tracker, tmp_path: Path) -> None:
    changed = ("1", "10.02.2013", "Москва", "митинг", "5", "")
    counts(desk, tmp_path, [FIRST])
    counts(desk, tmp_path, [changed])
    before = desk.log.last()
    again = counts(desk, tmp_path, [changed])
    assert (again.corrected, again.known, desk.log.last()) == (0, 1, before)
    back = counts(desk, tmp_path, [FIRST])
    assert (back.corrected, total(desk)) == (1, 4)


def test_a_changed_column_that_no_entry_is_made_from_changes_nothing(desk: Tracker, tmp_path: Path) -> None:
    counts(desk, tmp_path, [FIRST])
    report = counts(desk, tmp_path, [(*FIRST[:5], "a note of no consequence")])
    assert (report.corrected, report.known, desk.log.last()) == (0, 1, 2)


def test_a_cell_spelt_otherwise_that_says_the_same_corrects_nothing(desk: Tracker, tmp_path: Path) -> None:
    counts(desk, tmp_path, [FIRST])
    report = counts(desk, tmp_path, [("1", "10.02.2013", "Москва", "Митинг ", "4", "")])
    assert (report.corrected, report.known, desk.log.last()) == (0, 1, 2)


def test_a_number_that_is_gone_from_the_row_is_taken_back_and_comes_back_as_a_new_entry(desk: Tracker, tmp_path: Path) -> None:
    counts(desk, tmp_path, [FIRST])
    report = counts(desk, tmp_path, [("1", "10.02.2013", "Москва", "митинг", "", "")])
    assert (report.corrected, total(desk)) == (1, 0)
    assert topics(desk)["protest.withdrawn"] == 1
    assert counts(desk, tmp_path, [("1", "10.02.2013", "Москва", "митинг", "", "")]).known == 1
    assert (counts(desk, tmp_path, [FIRST]).corrected, total(desk)) == (1, 4)
    assert topics(desk)["protest.detentions_counted"] == 2


def test_a_row_that_disappears_is_told_and_not_withdrawn(desk: Tracker, tmp_path: Path) -> None:
    counts(desk, tmp_path, [FIRST, SECOND])
    report = counts(desk, tmp_path, [FIRST])
    assert (report.known, report.gone, total(desk)) == (1, 1, 6)
    gone = next(event for event in events(desk) if isinstance(event, Protest.Recorded) and event.form == "picket")
    assert report.gone_records == [gone.originator_id]
    assert "Nothing was withdrawn" in "\n".join(report.lines("en"))


def test_a_row_that_was_corrected_by_hand_and_changed_at_the_source_is_left_to_people(desk: Tracker, tmp_path: Path) -> None:
    counts(desk, tmp_path, [FIRST])
    record: UUID = events(desk)[0].originator_id
    facts: dict[str, Any] = {"when": None, "count": Count.exactly(6), "place": None}
    desk.casebook.correct(Protest, by_hand(desk), record, 2, facts, because="new_information")
    changed = [("1", "10.02.2013", "Москва", "митинг", "5", "")]
    for _ in range(2):
        report = counts(desk, tmp_path, changed)
        assert [note.about.code for note in report.problems] == ["corrected_by_hand"]
        assert total(desk) == 6
    assert counts(desk, tmp_path, [FIRST]).known == 1, "an unchanged row is known, whatever was corrected since"


def test_a_source_that_comes_to_say_what_was_corrected_by_hand_is_known(desk: Tracker, tmp_path: Path) -> None:
    counts(desk, tmp_path, [FIRST])
    record: UUID = events(desk)[0].originator_id
    facts: dict[str, Any] = {"when": None, "count": Count.exactly(5, "5"), "place": None}
    desk.casebook.correct(Protest, by_hand(desk), record, 2, facts, because="new_information")
    report = counts(desk, tmp_path, [("1", "10.02.2013", "Москва", "митинг", "5", "")])
    assert (report.known, report.refused, total(desk)) == (1, 0, 5)


def test_a_record_withdrawn_by_hand_stays_withdrawn(desk: Tracker, tmp_path: Path) -> None:
    counts(desk, tmp_path, [FIRST])
    desk.casebook.withdraw(Protest, by_hand(desk), events(desk)[0].originator_id, because="duplicate")
    assert counts(desk, tmp_path, [FIRST]).known == 1
    report = counts(desk, tmp_path, [("1", "10.02.2013", "Москва", "митинг", "5", "")])
    assert [note.about.code for note in report.problems] == ["withdrawn_by_hand"]
    assert total(desk) == 0


def test_a_new_record_in_the_mapping_is_added_to_rows_that_are_known(desk: Tracker, tmp_path: Path) -> None:
    counts(desk, tmp_path, [FIRST])
    more = COUNTS + '[[record]]\nevent = "protest.ended"\nkind = "dispersed"\n'
    assert counts(desk, tmp_path, [FIRST], more).corrected == 1
    assert topics(desk)["protest.ended"] == 1
    assert counts(desk, tmp_path, [FIRST], more).known == 1


def test_a_changed_mapping_alone_rewrites_nothing(desk: Tracker, tmp_path: Path) -> None:
    counts(desk, tmp_path, [FIRST])
    other = COUNTS.replace('"митинг" = "rally"', '"митинг" = "march"')
    assert counts(desk, tmp_path, [FIRST], other).known == 1
    assert desk.log.last() == 2


def test_the_same_row_twice_is_one_and_another_with_its_identity_is_refused(desk: Tracker, tmp_path: Path) -> None:
    report = counts(desk, tmp_path, [FIRST, FIRST, ("1", "10.02.2013", "Москва", "пикет", "9", "")])
    assert (report.recorded, report.known, report.refused) == (1, 1, 1)
    assert report.problems[0].about.code == "identity_twice"
    bad = ("3", "когда-то", "Москва", "пикет", "9", "")
    assert [counts(desk, tmp_path, [bad, bad]).refused for _ in range(2)] == [2, 2]


def test_equal_rows_without_identity_are_as_many_as_there_are_and_a_changed_one_is_new(desk: Tracker, tmp_path: Path) -> None:
    nameless = COUNTS.replace('identity = ["id"]', "")
    assert counts(desk, tmp_path, [FIRST, FIRST], nameless).recorded == 2
    report = counts(desk, tmp_path, [FIRST, FIRST, FIRST, (*FIRST[:4], "5", "")], nameless)
    assert (report.recorded, report.known, report.gone) == (2, 2, 0)


def test_rows_with_people_are_sealed_and_read_again_as_known(desk: Tracker, tmp_path: Path) -> None:
    row = (
        "1",
        "10.02.2013",
        "Москва",
        "Анна Вымышленная",
        "держали в автозаке",
        "11.02.2013 02:00",
        "https://news.example.org/1",
    )
    file, told = table(tmp_path / "people.csv", [row], PEOPLE_COLUMNS), mapping(tmp_path, PEOPLE)
    report = import_file(desk, file, told)
    assert report.events == {
        "protest.recorded": 1,
        "person.opened": 1,
        "detention.recorded": 1,
        "person.named": 1,
        "detention.released": 1,
    }
    assert desk.vault.open(of_topic(desk, "person.named")[0].name) == "Анна Вымышленная"
    detention = of_topic(desk, "detention.recorded")[0]
    assert desk.vault.open(detention.words) == "держали в автозаке"
    assert desk.vault.open(detention.source.reference) == "https://news.example.org/1"
    assert desk.vault.open(of_topic(desk, "detention.released")[0].when.words) == "11.02.2013 02:00"
    assert detention.protest == of_topic(desk, "protest.recorded")[0].originator_id
    stored = (tmp_path / "home" / "events.sqlite").read_bytes() + (tmp_path / "home" / "events.sqlite-wal").read_bytes()
    assert "Вымышленная".encode() not in stored
    assert "автозаке".encode() not in stored
    assert import_file(desk, file, told).known == 1
    renamed = table(tmp_path / "people.csv", [(*row[:3], "Анна Придуманная", *row[4:])], PEOPLE_COLUMNS)
    assert (import_file(desk, renamed, told).corrected, import_file(desk, renamed, told).known) == (1, 1)


def test_a_changed_row_about_a_forgotten_person_is_refused_and_an_unchanged_one_is_known(desk: Tracker, tmp_path: Path) -> None:
    row = ("1", "10.02.2013", "Москва", "Анна Вымышленная", "", "", "https://news.example.org/1")
    file, told = table(tmp_path / "people.csv", [row], PEOPLE_COLUMNS), mapping(tmp_path, PEOPLE)
    assert import_file(desk, file, told).recorded == 1
    person = of_topic(desk, "detention.recorded")[0].person
    desk.vault.forget(person)
    forget(desk.casebook, person)
    before = desk.log.last()
    assert import_file(desk, file, told).known == 1
    for changed in ((*row[:5], "11.02.2013 02:00", row[6]), (*row[:3], "Анна Придуманная", *row[4:])):
        table(file, [changed], PEOPLE_COLUMNS)
        report = import_file(desk, file, told, refused_to=tmp_path / "refused.csv")
        assert (report.refused, report.corrected, report.recorded) == (1, 0, 0)
    assert desk.log.last() == before


@pytest.mark.parametrize("page_rows", [1, 2, 500])
def test_the_size_of_a_page_makes_no_difference(page_rows: int, desk: Tracker, tmp_path: Path) -> None:
    file, told = table(tmp_path / "counts.csv", [FIRST, SECOND, FIRST]), mapping(tmp_path, COUNTS)
    report = import_file(desk, file, told, page_rows=page_rows)
    assert (report.recorded, report.known, desk.log.last()) == (2, 1, 4)
    assert import_file(desk, file, told, page_rows=page_rows).known == 3
