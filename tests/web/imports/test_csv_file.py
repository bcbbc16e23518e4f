"""CSV files as people have them: line numbers are real, no row is lost, and a broken one takes no other with it."""

import csv
from pathlib import Path

import pytest

from tests.web.imports.conftest import of_topic
from tests.web.imports.tables import COUNTS, mapping
from web.imports import ImportRefused, Report, import_file
from web.wiring import Tracker

HEADER = "id,date,city,form,detained,note\n"


def bring_in(desk: Tracker, folder: Path, data: str | bytes, told: str = COUNTS, name: str = "some.csv") -> Report:
    file = folder / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    report = import_file(desk, file, mapping(folder, told))
    assert report.read == report.recorded + report.corrected + report.known + report.left_out + report.refused
    return report


def problems(report: Report) -> list[tuple[int, str]]:
    return [(note.line, note.about.code) for note in report.problems]


def test_a_line_number_is_the_first_line_of_the_row_in_the_file(desk: Tracker, tmp_path: Path) -> None:
    text = HEADER + '1,10.02.2013,Москва,митинг,4,"two\nlines"\n\n2,x,Москва,митинг,4,"and\nthree\nmore"\n3,y,Москва,митинг,4,\n'
    assert problems(bring_in(desk, tmp_path, text)) == [(5, "unreadable_time"), (8, "unreadable_time")]


def test_a_quotation_mark_that_is_never_closed_takes_no_other_row_with_it(desk: Tracker, tmp_path: Path) -> None:
    text = (
        HEADER
        + '1,10.02.2013,Москва,митинг,4,\n2,10.02.2013,"Москва,митинг,4,\n'
        + "".join(f"{number},10.02.2013,Москва,митинг,4,\n" for number in range(3, 9000))
    )
    report = bring_in(desk, tmp_path, text)
    assert (report.read, report.recorded) == (8999, 8998)
    assert problems(report) == [(3, "unreadable_row")]


def test_text_after_a_closing_quotation_mark_is_refused_not_guessed(desk: Tracker, tmp_path: Path) -> None:
    text = HEADER + '1,10.02.2013,"Москва"x,митинг,4,\n2,10.02.2013,Москва,митинг,4,\n'
    assert problems(bring_in(desk, tmp_path, text)) == [(2, "unreadable_row")]


def test_too_many_cells_are_refused_and_too_few_are_empty(desk: Tracker, tmp_path: Path) -> None:
    report = bring_in(desk, tmp_path, HEADER + "1,10.02.2013,Москва\n2,10.02.2013,Москва,митинг,4,,x\n3,10.02.2013,Москва,,,,,\n")
    assert report.recorded == 2
    assert problems(report) == [(3, "too_many_cells")]


def test_rows_without_content_are_no_rows(desk: Tracker, tmp_path: Path) -> None:
    report = bring_in(desk, tmp_path, HEADER + "\n,,,,,\n1,10.02.2013,Москва,,,\n, ,,,,\n\n")
    assert (report.read, report.recorded, report.blank) == (1, 1, 2)


def test_bytes_that_are_no_letters_are_refused_row_by_row_and_kept_in_the_refused_rows(desk: Tracker, tmp_path: Path) -> None:
    broken = "1,10.02.2013,Воронеж,митинг,4,\n".encode("cp1251")
    report = bring_in(desk, tmp_path, HEADER.encode() + broken + "2,10.02.2013,Москва,митинг,4,\n".encode())
    assert (report.recorded, problems(report)) == (1, [(2, "undecodable_text")])
    assert report.refused_to is not None
    assert "Воронеж".encode("cp1251") in report.refused_to.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_at_the_beginning_is_no_part_of_the_first_column(encoding: str, desk: Tracker, tmp_path: Path) -> None:
    told = COUNTS if encoding == "utf-8-sig" else COUNTS + '[file]\nencoding = "utf-16"\n'
    assert bring_in(desk, tmp_path, (HEADER + "1,10.02.2013,Москва,митинг,4,\n").encode(encoding), told).recorded == 1


def test_text_that_is_not_utf_16_at_all_is_told_in_a_sentence(desk: Tracker, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"unreadable_file|no_header"):
        bring_in(desk, tmp_path, b"\xff\xfei", COUNTS + '[file]\nencoding = "utf-16"\n')


def test_an_unknown_encoding_and_an_impossible_delimiter_are_told(desk: Tracker, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="unknown_encoding"):
        bring_in(desk, tmp_path, HEADER, COUNTS + '[file]\nencoding = "latin-7"\n')
    with pytest.raises(ImportRefused, match="mapping_wrong_value"):
        bring_in(desk, tmp_path, HEADER, COUNTS + '[file]\ndelimiter = ";;"\n')


def test_an_empty_file_has_no_header(desk: Tracker, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="no_header"):
        bring_in(desk, tmp_path, "")
    with pytest.raises(ImportRefused, match="marks_not_found"):
        bring_in(desk, tmp_path, HEADER, COUNTS + '[file]\nbetween = "`"\n')


def test_a_file_without_a_header_has_its_columns_named_by_the_mapping(desk: Tracker, tmp_path: Path) -> None:
    told = COUNTS + '[file]\nheader_row = 0\ncolumns = ["id", "date", "city", "form", "detained"]\n'
    assert bring_in(desk, tmp_path, "1,10.02.2013,Москва,митинг,4\n", told).recorded == 1


def test_a_table_between_marks_keeps_the_line_numbers_of_its_file(desk: Tracker, tmp_path: Path) -> None:
    told = COUNTS + '[file]\nbetween = ["<<", ">>"]\n'
    text = "some\nother text\nx = <<" + HEADER + "1,10.02.2013,Москва,митинг,4,\n2,x,Москва,митинг,4,>>\n3,y,ignored\n"
    report = bring_in(desk, tmp_path, text, told)
    assert (report.read, report.recorded, problems(report)) == (2, 1, [(5, "unreadable_time")])


def test_refused_rows_can_be_corrected_and_imported_again(desk: Tracker, tmp_path: Path) -> None:
    report = bring_in(desk, tmp_path, HEADER + "1,x,Москва,митинг,4,a note\n2,10.02.2013,Москва,митинг,4,\n")
    refused = tmp_path / "some.refused.csv"
    assert report.refused_to == refused
    assert refused.stat().st_mode & 0o777 == 0o600
    rows = list(csv.DictReader(refused.read_text(encoding="utf-8").splitlines()))
    assert [(row["id"], row["date"], row["note"], row["line"]) for row in rows] == [("1", "x", "a note", "2")]
    assert "“x” was not understood as a time" in rows[0]["reason"]
    refused.write_text(refused.read_text(encoding="utf-8").replace(",x,", ",11.02.2013,"), encoding="utf-8")
    again = import_file(desk, refused, mapping(tmp_path, COUNTS))
    assert (again.recorded, len(of_topic(desk, "protest.recorded"))) == (1, 2)


def test_refused_rows_go_in_again_with_a_mapping_for_another_kind_of_file(desk: Tracker, tmp_path: Path) -> None:
    told = COUNTS.replace('identity = ["id"]', "") + '[file]\nencoding = "cp1251"\ndelimiter = ";"\nheader_row = 2\n'
    text = "a title\n" + HEADER + "1,x,Москва,митинг,4,\n2,y,Москва,митинг,4,=A1\n2,y,Москва,митинг,4,'=A1\n"
    report = bring_in(desk, tmp_path, text.replace(",", ";").encode("cp1251"), told)
    assert report.refused == 3
    refused = tmp_path / "some.refused.csv"
    assert [cell for cell in refused.read_text(encoding="utf-8").split(",") if "A1" in cell] == ["'=A1", "''=A1"]
    refused.write_text(refused.read_text(encoding="utf-8").replace(",x,", ",11.02.2013,"), encoding="utf-8")
    again = import_file(desk, refused, mapping(tmp_path, told))
    assert (again.recorded, again.refused) == (1, 2)
    right = text.replace("1,x", "1,11.02.2013").replace(",", ";").encode("cp1251")
    assert bring_in(desk, tmp_path, right, told, "right.csv").known == 1


def test_a_header_in_another_encoding_is_told_as_such(desk: Tracker, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="other_encoding"):
        bring_in(desk, tmp_path, "№;дата\n".encode("cp1251"))


@pytest.mark.parametrize("encoding", ["base64", "rot13", "idna", "windovs"])
def test_what_is_no_encoding_of_texts_is_refused(desk: Tracker, tmp_path: Path, encoding: str) -> None:
    with pytest.raises(ImportRefused, match="unknown_encoding"):
        bring_in(desk, tmp_path, HEADER, COUNTS + f'[file]\nencoding = "{encoding}"\n')


def test_a_country_that_is_none_refuses_its_row(desk: Tracker, tmp_path: Path) -> None:
    told = COUNTS.replace('country = "RU"', 'country = { column = "note" }')
    report = bring_in(desk, tmp_path, HEADER + "1,10.02.2013,Москва,митинг,4,ru\n2,10.02.2013,Москва,митинг,4,Россия\n", told)
    assert (report.recorded, problems(report)) == (1, [(3, "unknown_country")])


def test_where_the_folder_of_the_file_takes_nothing_the_refused_rows_go_to_the_data_folder(desk: Tracker, tmp_path: Path) -> None:
    file = tmp_path / "some.csv"
    file.write_text(HEADER + "1,x,,,,\n", encoding="utf-8")
    (tmp_path / "some.refused.csv").mkdir()
    report = import_file(desk, file, mapping(tmp_path, COUNTS))
    assert report.refused_to == desk.settings.home / "refused" / "some.refused.csv"


def test_the_refused_rows_are_never_written_over_the_file_itself(desk: Tracker, tmp_path: Path) -> None:
    file = tmp_path / "some.csv"
    file.write_text(HEADER + "1,x,,,,\n", encoding="utf-8")
    with pytest.raises(ImportRefused, match="refused_onto_input"):
        import_file(desk, file, mapping(tmp_path, COUNTS), refused_to=file)
    assert file.read_text(encoding="utf-8") == HEADER + "1,x,,,,\n"
