"""`khronika clocks`: a case given as facts is answered in both languages; a mistake is told with its place."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from web.commands.clocks import clocks
from web.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "law.md"
WORKED: dict[str, Any] = {
    "zone": "Europe/Moscow",
    "now": "2022-03-08 12:00",
    "custody": {
        "restrained": "2022-03-06 15:00 - 15:20",
        "delivered": {"when": "2022-03-06 16:40", "ref": 1042},
        "released": "2022-03-07 15:10",
        "charges": [{"article": "koap-20.3.3-1", "when": "2022-03-06 18:00"}],
        "foreigner": "no",
    },
}


def ask(tmp_path: Path, document: object, *options: str) -> Result:
    file = tmp_path / "case.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return CliRunner().invoke(clocks, [str(file), *options], obj=Settings.read({"KHRONIKA_HOME": str(tmp_path / "home")}))


def test_the_worked_example_is_answered_in_both_languages(tmp_path: Path) -> None:
    english, russian = (ask(tmp_path, WORKED, "--language", language).output for language in ("en", "ru"))
    assert "ended over the limit by 19 h 30 min: was due on 6 March 2022 at 19:40, release on 7 March 2022 at 15:10" in english
    assert "not legal advice" in english
    assert "срок был превышен на 19 ч 30 мин: истёк 6 марта 2022 г. в 19:40, освобождение 7 марта 2022 г. в 15:10" in russian
    assert "а не юридическая консультация" in russian


def test_json_holds_numbers_references_and_both_languages(tmp_path: Path) -> None:
    said = json.loads(ask(tmp_path, WORKED, "--json").output)
    clock = said["custody"]["clocks"][0]
    assert (clock["code"], clock["state"]) == ("custody_3h", "stopped_late_certainly")
    assert clock["over"] == {"least_seconds": 70_200, "most_seconds": 70_200}
    assert clock["due"] == {"earliest": "2022-03-06T16:40:00Z", "latest": "2022-03-06T16:40:00Z"}
    assert {"part": "start:delivered", "ref": 1042} in clock["basis"]
    assert {"part": "stop:released", "ref": "custody.released"} in clock["basis"]
    assert clock["rules"][0] == {
        "code": "koap-27.5-1",
        "citation": {"en": "KoAP 27.5(1)", "ru": "ч. 1 ст. 27.5 КоАП"},
        "checked": True,
        "valid_from": None,
        "valid_to": None,
    }
    assert set(clock["text"]) == set(said["custody"]["statement"]) == set(said["notice"]) == {"en", "ru"}


def test_the_form_in_the_document_is_answered(tmp_path: Path) -> None:
    shown = re.search(r"```json\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    said = json.loads(ask(tmp_path, shown[1], "--json").output)
    assert "requalified_after_limit" in {flag["code"] for flag in said["custody"]["flags"]}
    assert [clock["code"] for clock in said["cases"][0]["clocks"]] == ["appeal", "fine"]
    assert {window["reading"] for window in said["windows"]} == {"from_effect", "after_execution"}


def changed(**custody: Any) -> dict[str, Any]:
    return {**WORKED, "custody": {**WORKED["custody"], **custody}}


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (
            changed(delivered="the other day, perhaps"),
            "case.json, custody.delivered: “the other day, perhaps” was not understood",
        ),
        (changed(delivered=["2022-03-06 16:40", {"when": "31.02.2022"}]), "custody.delivered[1].when: There is no such date"),
        (changed(delivered=12), "custody.delivered: “12” is not a time."),
        (changed(delivered={"from": "2022-03-06 17:00", "to": "2022-03-06 16:00"}), "custody.delivered: The time ends ("),
        (
            changed(deliverd="2022-03-06 16:40"),
            "custody: There is no field “deliverd” here. The fields are: restrained, delivered,",
        ),
        (changed(charges=[{"article": "20.3.3"}]), "custody.charges[0].article: “20.3.3” is not one of the values"),
        (changed(charges=[{"article": "koap-20.2-5", "replaces": "yes"}]), "charges[0].replaces: “yes” is not one of the values"),
        (changed(charges={"article": "koap-20.2-5"}), 'custody.charges: “{"article": "koap-20.2-5"}” is not a list.'),
        (
            changed(foreigner=True),
            "custody.foreigner: “true” is not one of the values that can stand here. Write one of: yes, no,",
        ),
        (
            changed(steps=[{"kind": "calls", "when": "2022-03-06 16:40"}]),
            "custody.steps[0].kind: “calls” is not one of the values",
        ),
        ({**WORKED, "zone": None}, "case.json, zone: The time zone is missing."),
        ({**WORKED, "zone": "Moscow"}, "case.json, zone: "),
        ({**WORKED, "now": "soon"}, "case.json, now: “soon” was not understood"),
        ({**WORKED, "country": "XX"}, "case.json, country: “XX” is not one of the values"),
        ({**WORKED, "cases": [{"ruled": "2022-03-06"}]}, "cases[0].article: “null” is not one of the values"),
        ({"zone": "Europe/Moscow"}, "case.json: The file gives neither a custody nor a case."),
        ([], "case.json: “[]” is not an object."),
        ('{"zone": "Europe/Moscow",}', "case.json is not JSON: line 1, column "),
        ("[" * 100_000, "case.json is not JSON"),
    ],
)
def test_a_mistake_is_told_in_a_line_with_its_place(tmp_path: Path, document: object, told: str) -> None:
    result = ask(tmp_path, document, "--language", "en")
    assert result.exit_code == 1
    assert told in result.output
    assert "Traceback" not in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_a_mistake_is_told_in_russian(tmp_path: Path) -> None:
    assert "Поля «deliverd» здесь нет." in ask(tmp_path, changed(deliverd="x"), "--language", "ru").output


@pytest.mark.parametrize("name", ["delivered", "released", "restrained"])
def test_a_field_that_nobody_filled_is_no_mistake(tmp_path: Path, name: str) -> None:
    custody = {key: value for key, value in WORKED["custody"].items() if key != name}
    assert ask(tmp_path, {**WORKED, "custody": custody}).exit_code == 0
    assert ask(tmp_path, {**WORKED, "custody": {**custody, name: None}}).exit_code == 0


def test_the_command_is_there_and_opens_no_store(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(WORKED), encoding="utf-8")
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "KHRONIKA_LANGUAGE": "ru"}
    command = [sys.executable, "-P", "-c", 'from web.cli import main; main(prog_name="khronika")', "clocks", str(file)]
    said = subprocess.run(
        command, env=known | {"KHRONIKA_HOME": str(tmp_path / "home")}, capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert said.returncode == 0, said.stderr
    assert "срок был превышен на 19 ч 30 мин" in said.stdout
    assert not (tmp_path / "home").exists()
