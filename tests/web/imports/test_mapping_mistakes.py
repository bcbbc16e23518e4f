"""A mistake in a mapping is told in one sentence with its place, before any row is read."""

from pathlib import Path

import pytest

from tests.web.imports.tables import COUNTS, mapping, table
from web.imports import ImportRefused, import_file
from web.refusals import sentence
from web.wiring import Tracker

ROW = ("1", "10.02.2013", "Москва", "митинг", "4", "")

ENDED = '[[record]]\nevent = "protest.ended"\n'
ZONE = 'zone = "Europe/Moscow"'
TWICE = 'count = { column = "detained", value = "5" }'

MISTAKES = {
    "an unknown table": (COUNTS + "[colour]\nx = 1\n", "mapping_unknown_key", "colour"),
    "an unknown key": (COUNTS.replace('identity = ["id"]', 'identitiy = ["id"]'), "mapping_unknown_key", "identitiy"),
    "an unknown field": (COUNTS.replace("count = {", "number = {"), "mapping_unknown_key", "number"),
    "an unknown key of a field": (COUNTS.replace("count = { column", "count = { colum"), "mapping_unknown_key", "colum"),
    "a column that is not there": (COUNTS.replace('"detained"', '"held"'), "no_such_column", "record 2 (protest.detention"),
    "an identity that is not there": (COUNTS.replace('["id"]', '["Nr."]'), "no_such_column", "row, identity"),
    "an unknown event": (COUNTS.replace("protest.recorded", "protest.seen"), "mapping_unknown_event", "protest.seen"),
    "an unknown code": (COUNTS.replace('"rally"', '"meeting"'), "mapping_unknown_code", "meeting"),
    "an unknown zone": (COUNTS.replace("Europe/Moscow", "Moscow"), "mapping_unknown_zone", "Moscow"),
    "no zone": (COUNTS.replace('zone = "Europe/Moscow"', ""), "mapping_lacks", "zone"),
    "no name": (COUNTS.replace('name = "counts"', ""), "mapping_lacks", "name"),
    "a number for a text": (COUNTS.replace('name = "counts"', "name = 7"), "mapping_wrong_type", "name"),
    "an unknown order": (COUNTS.replace(ZONE, ZONE + '\norder = "dmy"'), "mapping_wrong_value", "dmy"),
    "no two letters of a country": (COUNTS.replace('country = "RU"', 'country = "Russia"'), "mapping_wrong_value", "Russia"),
    "a header above the file": (COUNTS + "[file]\nheader_row = -1\n", "mapping_wrong", "header_row"),
    "no count": (COUNTS.replace('count = { column = "detained" }', ""), "mapping_lacks", "count"),
    "not TOML": (COUNTS + "[[record\n", "mapping_not_toml", "mapping.toml"),
    "two of one name": (COUNTS + '[[record]]\nevent = "protest.recorded"\n', "mapping_name_twice", "protest.recorded"),
    "a record that nothing opens": (COUNTS + '[[record]]\nevent = "detention.released"\n', "mapping_no_such_record", "detention"),
    "nothing opened": (COUNTS.partition("[[record]]")[0] + ENDED, "mapping_no_such_record", "protest"),
    "column and constant": (
        COUNTS.replace('count = { column = "detained" }', 'count = { column = "detained", value = "5" }'),
        "mapping_one_of",
        "count",
    ),
    "several dates in a field": (
        COUNTS + '[[record]]\nevent = "protest.ended"\nwhen = { column = "date", several = true }\n',
        "mapping_several_not_here",
        "record 3 (protest.ended), when",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_place_and_nothing_is_recorded(mistake: str, desk: Tracker, tmp_path: Path) -> None:
    text, code, told = MISTAKES[mistake]
    with pytest.raises(ImportRefused) as refused:
        import_file(desk, table(tmp_path / "counts.csv", [ROW]), mapping(tmp_path, text))
    assert refused.value.code == code
    for language in ("en", "ru"):
        spoken = sentence(refused.value, language)
        assert told in spoken
        assert "\n" not in spoken
    assert desk.log.last() == 0


def test_an_unknown_mapping_names_those_there_are(desk: Tracker, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        import_file(desk, table(tmp_path / "counts.csv", [ROW]), "ovdinfo")
    assert "ovdinfo-2011, ovdinfo-2013" in sentence(refused.value, "en")
    with pytest.raises(ImportRefused, match="unreadable_file"):
        import_file(desk, table(tmp_path / "counts.csv", [ROW]), str(tmp_path / "missing.toml"))


def test_a_file_that_is_not_there_is_told(desk: Tracker, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        import_file(desk, tmp_path / "missing.csv", mapping(tmp_path, COUNTS))
    assert "missing.csv" in sentence(refused.value, "ru")


def test_another_file_with_other_columns_needs_only_a_mapping(desk: Tracker, tmp_path: Path) -> None:
    told = """
        name = "other"
        [file]
        delimiter = ";"
        encoding = "cp1251"
        header_row = 3
        [row]
        skip = { column = "Статус", is = "черновик" }
        [time]
        zone = "Asia/Yekaterinburg"
        [when]
        column = "Когда"
        [place]
        city = "Екатеринбург"
        [[record]]
        event = "protest.recorded"
        form = { columns = ["Вид", "Подвид"], join = " ", values = { "пикет*" = "picket" }, otherwise = "other" }
        [[record]]
        event = "protest.force_reported"
        only_if = [{ column = "Сила", empty = false }, { column = "Сила", is_not = ["нет", "-"] }]
        kind = { column = "Сила", values = { "дубинки" = "baton" } }
        people = { column = "Пострадало" }
    """
    text = (
        "Отчёт\r\n;;\r\nКогда;Вид;Подвид;Сила;Пострадало;Статус\r\n"
        "3 марта 2021;пикет;одиночный;дубинки;около 10;\r\n"
        "04.03.2021;сход;;нет;;\r\n"
        "05.03.2021;сход;;дубинки;;черновик\r\n"
        "вчера;сход;;-;;\r\n"
    )
    file = tmp_path / "other.csv"
    file.write_bytes(text.encode("cp1251"))
    report = import_file(desk, file, mapping(tmp_path, told), refused_to=tmp_path / "refused.csv")
    assert (report.read, report.recorded, report.left_out, report.refused) == (4, 2, 1, 1)
    assert report.events == {"protest.recorded": 2, "protest.force_reported": 1}
    assert report.problems[0].about.code == "time_of_report_unknown"
