"""Papers hold what was said as text, whatever it looks like, and setting them reaches nothing but the sheets and the fonts."""

import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from web.papers import press
from web.papers.press import SHEETS, NotPressed, pressed

AT = datetime(2022, 3, 1, 12, tzinfo=UTC)
PLAIN = '#let paper(content) = { set document(title: "x"); set text(font: "Noto Sans"); content.told }'


def sheet(folder: Path, text: str) -> Path:
    """A folder of sheets with this one in it."""
    folder.mkdir(exist_ok=True)
    (folder / "tried.typ").write_text(text, encoding="utf-8")
    return folder


def read(made: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


def told(folder: Path, words: str) -> str:
    """What can be read where these words were set."""
    return read(pressed("tried", {"told": words}, at=AT, sheets=sheet(folder, PLAIN)))


@pytest.mark.parametrize(
    "words",
    [
        '#read("/etc/passwd")',
        "*Элла*_<script>alert(1)</script>",
        "$x^2$ `raw` \\ // no @preview/x:1.0.0",
        "= Ой #panic()",
        "<a> @b",
    ],
)
def test_what_looks_like_markup_is_printed_as_it_is_spelled(tmp_path: Path, words: str) -> None:
    assert told(tmp_path, words) == words


def test_the_control_words_that_are_evaluated_are_not_printed(tmp_path: Path) -> None:
    evaluated = PLAIN.replace("content.told }", 'eval(content.told, mode: "markup") }')
    made = pressed("tried", {"told": "*Элла* #(1+1)"}, at=AT, sheets=sheet(tmp_path, evaluated))
    assert read(made) == "Элла 2"


def test_russian_and_other_letters_can_be_read_out_of_it(tmp_path: Path) -> None:
    assert told(tmp_path, "Ёлкина Һаргы Ӏ 5 000 ₽ № 7 «да» — нет") == "Ёлкина Һаргы Ӏ 5 000 ₽ № 7 «да» — нет"


def test_a_character_that_no_font_has_is_named_and_costs_nothing_else(tmp_path: Path) -> None:
    assert told(tmp_path, "Ли 李 😀\x00\ud800.") == "Ли [U+674E] [U+1F600][U+0000][U+D800]."


def test_marks_that_turn_the_order_of_letters_are_shown(tmp_path: Path) -> None:
    assert told(tmp_path, "abc\u202edef") == "abc[U+202E]def"


def test_every_character_taken_for_usual_can_be_set(tmp_path: Path) -> None:
    usual = "".join(chr(code) for code in range(0x10000) if press._USUAL.match(chr(code)))
    assert len(usual) > 800
    made = pressed("tried", {"told": usual}, at=AT, sheets=sheet(tmp_path, PLAIN))
    assert "[U+" not in read(made)


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.txt", "/../secret.txt", "../../../../../../etc/passwd"])
def test_a_sheet_reads_nothing_outside_its_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    with pytest.raises(NotPressed):
        pressed("tried", {}, at=AT, sheets=sheet(tmp_path / "sheets", reading(path)))


def test_the_control_a_sheet_reads_what_lies_beside_it(tmp_path: Path) -> None:
    folder = sheet(tmp_path / "sheets", reading("beside.txt"))
    (folder / "beside.txt").write_text("beside")
    assert read(pressed("tried", {}, at=AT, sheets=folder)) == "beside"


def reading(path: str) -> str:
    return f'#let paper(content) = {{ set document(title: "x"); set text(font: "Noto Sans"); read("{path}") }}'


PACKAGE = (
    '#import "@{}/found:1.0.0": words\n#let paper(content) = { set document(title: "x"); set text(font: "Noto Sans"); words }'
)


@pytest.mark.parametrize("whose", ["preview", "local"])
def test_a_sheet_finds_no_package(tmp_path: Path, whose: str) -> None:
    with pytest.raises(NotPressed):
        pressed("tried", {}, at=AT, sheets=sheet(tmp_path, PACKAGE.replace("{}", whose, 1)))


def test_the_control_the_same_sheet_is_set_where_packages_are_found(tmp_path: Path) -> None:
    import typst

    package = tmp_path / "packages" / "preview" / "found" / "1.0.0"
    package.mkdir(parents=True)
    (package / "typst.toml").write_text('[package]\nname = "found"\nversion = "1.0.0"\nentrypoint = "it.typ"\n')
    (package / "it.typ").write_text('#let words = "found"')
    asked = PACKAGE.replace("{}", "preview", 1) + "\n#paper(none)"
    where: dict[str, Any] = {"package_path": str(tmp_path / "packages"), "package_cache_path": str(tmp_path / "none")}
    assert read(bytes(typst.compile(asked.encode(), root=str(tmp_path), **where))) == "found"


def test_what_asks_for_a_package_of_others_is_sent_nowhere() -> None:
    proxies = {value for name, value in press._ENVIRONMENT.items() if name.lower().endswith("_proxy")}
    assert proxies == {press._NOWHERE}


def test_no_sheet_of_ours_imports_a_package_or_evaluates_anything() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in SHEETS.iterdir()}
    assert "paper.typ" in texts
    for name, text in texts.items():
        code = [line for line in text.splitlines() if not line.startswith("//")]
        assert not [line for line in code if "@" in line or "eval" in line or "read(" in line or "plugin" in line], name


def test_a_paper_is_tagged_archivable_and_bears_the_fonts_of_the_installation(tmp_path: Path) -> None:
    made = PdfReader(io.BytesIO(pressed("tried", {"told": "Дело"}, at=AT, sheets=sheet(tmp_path, PLAIN))))
    catalogue: Any = made.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/StructTreeRoot"]
    metadata = catalogue["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2<" in metadata
    assert "<pdfaid:conformance>A<" in metadata
    assert "<pdfuaid:part>1<" in metadata
    resources: Any = made.pages[0]["/Resources"]
    fonts = {str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values()}
    assert all("NotoSans" in font for font in fonts), fonts


def test_the_same_content_at_the_same_time_is_the_same_bytes(tmp_path: Path) -> None:
    folder = sheet(tmp_path, PLAIN)
    one, again = (pressed("tried", {"told": "Дело"}, at=AT, sheets=folder) for _ in range(2))
    assert one == again
    assert pressed("tried", {"told": "Дело."}, at=AT, sheets=folder) != one


def test_what_could_not_be_set_is_said_without_a_word_of_it(tmp_path: Path) -> None:
    with pytest.raises(NotPressed) as failed:
        pressed("tried", {"told": "secret"}, at=AT, sheets=sheet(tmp_path, "#let paper(content) = panic(content.told)"))
    assert "secret" not in str(failed.value)
    asked = json.dumps({"sheets": str(tmp_path), "sheet": "tried", "at": 0, "content": {"told": "secret"}})
    ran = subprocess.run([sys.executable, "-I", press.__file__], input=asked.encode(), capture_output=True, check=False, cwd="/")
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, b"", b"")
