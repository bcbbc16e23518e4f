"""The command line as somebody at the machine uses it: a real process, a data folder of its own, both languages."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from web.protection import HEADERS

ROOT = Path(__file__).resolve().parents[2]
CODE = 'from web.cli import main; main(prog_name="khronika")'
ROWS = """Id,date,region,agreement,agreement_eng,event_type,event_type_eng,subject,subject_eng,organizer,organizer_eng,description,description_eng,ovd,place,number_of_detentions,links
1,12.01.2013,Москва,не согласовано,Unauthorised,акция,Direct action,социальная,Social,другое,Other,,,ОВД Тверское,"Тверская, 14",5,http://example.org/1
2,14.02.2013,Воронеж,согласовано,Authorised,митинг,Rally,экология,Environmental,другое,Other,,,,,3,http://example.org/2
"""  # noqa: E501 - as the file has it

Khronika = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def khronika(tmp_path: Path, places: Path) -> Khronika:
    """Runs the command with a home of its own."""

    def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "KHRONIKA_LANGUAGE": "en"}
        chosen = known | {"KHRONIKA_HOME": str(tmp_path / "home"), "KHRONIKA_PLACES": str(places)} | environment
        command = [sys.executable, "-P", "-c", CODE, *arguments]
        return subprocess.run(command, env=chosen, capture_output=True, text=True, check=False, cwd=tmp_path)

    return run


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Two fictional rows in the columns of OVD-Info's file."""
    file = tmp_path / "rows.csv"
    file.write_text(ROWS, encoding="utf-8")
    return file


def test_a_command_on_an_empty_home_makes_the_stores(khronika: Khronika, tmp_path: Path) -> None:
    said = json.loads(khronika("status", "--json").stdout)
    assert said["position"] == 0
    assert said["access_position"] == 0
    assert {row["state"] for row in said["projections"]} == {"current"}
    assert {row["name"] for row in said["projections"]} >= {"case_files", "readings"}
    files = {file.name for file in (tmp_path / "home").iterdir()}
    assert {"events.sqlite", "access.sqlite", "views.sqlite", "vault.sqlite", "server.key"} <= files
    assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700


def test_an_imported_file_comes_out_as_a_figure_by_city(khronika: Khronika, rows: Path) -> None:
    assert khronika("import", str(rows), "--mapping", "ovdinfo-2013").returncode == 0
    said = json.loads(khronika("figures", "detentions", "--by", "city", "--format", "json", "--language", "ru").stdout)
    rows_told = [{name: row[name] for name in ("city", "low", "high")} for row in said["rows"]]
    assert rows_told == [{"city": "Москва", "low": 5, "high": 5}, {"city": "Воронеж", "low": 3, "high": 3}]
    assert [row["citation"] for row in said["rows"]] == ["detentions.2 city=524901 @4", "detentions.2 city=472045 @4"]
    assert said["total"] == {"low": 8, "high": 8, "not_placed": 0}
    assert said["position"] == 4


def test_an_import_again_records_nothing(khronika: Khronika, rows: Path) -> None:
    khronika("import", str(rows), "--mapping", "ovdinfo-2013")
    again = khronika("import", str(rows), "--mapping", "ovdinfo-2013")
    assert "already known: 2" in again.stdout
    assert json.loads(khronika("status", "--json").stdout)["position"] == 4


def test_a_dry_run_records_nothing(khronika: Khronika, rows: Path) -> None:
    khronika("import", str(rows), "--mapping", "ovdinfo-2013", "--dry-run")
    assert json.loads(khronika("status", "--json").stdout)["position"] == 0


def test_deleted_views_come_back_the_same(khronika: Khronika, rows: Path, tmp_path: Path) -> None:
    khronika("import", str(rows), "--mapping", "ovdinfo-2013")
    before = khronika("figures", "detentions", "--by", "month", "--format", "csv").stdout
    for file in (tmp_path / "home").glob("views.sqlite*"):
        file.unlink()
    assert khronika("rebuild").returncode == 0
    assert khronika("figures", "detentions", "--by", "month", "--format", "csv").stdout == before != ""


def test_a_figure_can_be_asked_for_as_it_was_known(khronika: Khronika, rows: Path) -> None:
    khronika("import", str(rows), "--mapping", "ovdinfo-2013")
    said = json.loads(khronika("figures", "detentions", "--as-of", "2", "--format", "json").stdout)
    assert (said["total"]["low"], said["position"]) == (5, 2)


def test_a_figure_can_be_asked_for_by_tier(khronika: Khronika, rows: Path) -> None:
    khronika("import", str(rows), "--mapping", "ovdinfo-2013")
    of_each = [
        json.loads(khronika("figures", "protests", "--tier", tier, "--format", "json").stdout)["count"]
        for tier in ("confirmed", "corroborated", "unverified", "retracted")
    ]
    whole = json.loads(khronika("figures", "protests", "--format", "json").stdout)["total"]["low"]
    assert sum(of_each) == of_each[2] == whole > 0
    assert "unverified" in khronika("figures", "protests", "--tier", "unverified", "--language", "en").stdout


def test_what_stands_at_a_position_is_told_in_either_language(khronika: Khronika, rows: Path) -> None:
    khronika("import", str(rows), "--mapping", "ovdinfo-2013")
    assert "12 January 2013" in khronika("told", "1").stdout
    assert "12 января 2013" in khronika("told", "1", "--language", "ru").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("figures", "nothing"),
        ("told", "not-an-id"),
        ("told", "999"),
        ("rebuild", "nothing"),
        ("import", "missing.csv", "--mapping", "ovdinfo-2013"),
        ("serve", "--host", "0.0.0.0"),  # noqa: S104
        ("figures", "detentions", "--by", "weather"),
        ("nonsense",),
    ],
)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_cannot_be_done_is_refused_in_one_sentence(khronika: Khronika, arguments: tuple[str, ...], language: str) -> None:
    said = khronika(*arguments, KHRONIKA_LANGUAGE=language)
    assert said.returncode not in (0, 70)
    assert said.stdout == ""
    assert said.stderr.startswith("khronika: ")
    assert len(said.stderr.strip().splitlines()) == 1
    assert any("а" <= letter <= "я" for letter in said.stderr) == (language == "ru")


def test_the_language_follows_the_locale(khronika: Khronika) -> None:
    said = khronika("--help", KHRONIKA_LANGUAGE="ru")
    assert "Команды" in said.stdout
    assert "Options" not in said.stdout


def test_a_demonstration_never_mixes_with_a_record(khronika: Khronika, rows: Path) -> None:
    khronika("import", str(rows), "--mapping", "ovdinfo-2013")
    said = khronika("demo", "--port", "0")
    assert said.returncode == 1
    assert "not a demonstration" in said.stderr


def test_no_store_can_be_read_by_others_even_in_a_folder_that_is_open(khronika: Khronika, rows: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    (home / "views.sqlite").touch(mode=0o644)
    khronika("import", str(rows), "--mapping", "ovdinfo-2013")
    modes = {file.name: oct(file.stat().st_mode & 0o777) for file in home.iterdir()}
    assert {"events.sqlite", "views.sqlite", "vault.sqlite", "server.key"} <= modes.keys()
    assert modes.pop("exhibits") == "0o700"
    assert set(modes.values()) == {"0o600"}


def test_a_record_that_is_gone_is_not_replaced_by_an_empty_one(khronika: Khronika, rows: Path, tmp_path: Path) -> None:
    khronika("import", str(rows), "--mapping", "ovdinfo-2013")
    events = tmp_path / "home" / "events.sqlite"
    elsewhere = events.rename(tmp_path / "elsewhere.sqlite")
    said = khronika("figures", "detentions")
    assert said.returncode == 1
    assert "Restore events.sqlite" in said.stderr
    assert not events.exists()
    elsewhere.rename(events)
    assert "8" in khronika("figures", "detentions").stdout


@pytest.mark.parametrize("store", ["events", "views", "vault"])
def test_a_damaged_store_is_told_in_one_sentence(khronika: Khronika, rows: Path, tmp_path: Path, store: str) -> None:
    khronika("import", str(rows), "--mapping", "ovdinfo-2013")
    (tmp_path / "home" / f"{store}.sqlite").write_text("no database " * 500)
    said = khronika("status")
    assert said.returncode == 1
    assert "is damaged" in said.stderr
    assert len(said.stderr.strip().splitlines()) == 1


def test_a_folder_that_takes_no_list_of_places_is_told_in_one_sentence(khronika: Khronika) -> None:
    said = khronika("init", KHRONIKA_PLACES="/proc/places")
    assert said.returncode == 1
    assert said.stderr.startswith("khronika: The list of places")
    assert len(said.stderr.strip().splitlines()) == 1


def test_the_password_of_a_database_is_not_repeated(khronika: Khronika) -> None:
    said = khronika("status", KHRONIKA_DATABASE="postgresql://khronika:swordfish@127.0.0.1/khronika")
    assert said.returncode == 1
    assert "KHRONIKA_DATABASE" in said.stderr
    assert "swordfish" not in said.stderr


def test_an_address_with_a_scope_is_refused_like_any_other(khronika: Khronika) -> None:
    said = khronika("serve", "--host", "::1%lo", "--port", "0")
    assert said.returncode == 1
    assert "is not an address of this machine alone" in said.stderr


def test_what_is_refused_before_the_pages_see_it_carries_their_headers(tmp_path: Path, places: Path) -> None:
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "KHRONIKA_LANGUAGE": "en"}
    chosen = known | {"KHRONIKA_HOME": str(tmp_path / "home"), "KHRONIKA_PLACES": str(places)}
    command = [sys.executable, "-P", "-c", CODE, "serve", "--port", "0"]
    with subprocess.Popen(command, env=chosen, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline().split("127.0.0.1:")[1].split("/")[0])
            with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
                line.sendall(b"GARBAGE\r\n\r\n")
                said = line.makefile("rb").read().decode()
        finally:
            server.terminate()
    assert said.startswith("HTTP/1.0 400")
    for name, value in HEADERS.items():
        assert f"{name}: {value}\r\n" in said
    assert "Cache-Control: no-store" in said


def test_a_bundle_is_published_for_the_address_it_will_have(khronika: Khronika, rows: Path, tmp_path: Path) -> None:
    assert khronika("import", str(rows), "--mapping", "ovdinfo-2013").returncode == 0
    bundle = tmp_path / "bundle"
    for wrong in ("example.org", "ftp://example.org/", "https://", "https://[x/"):
        refused = khronika("publish", str(bundle), "--address", wrong)
        assert (refused.returncode, bundle.exists()) == (1, False)
        assert f"{wrong} is not an address such as https://example.org/numbers." in refused.stderr
    written = khronika("publish", str(bundle), "--address", "https://example.org/numbers/")
    assert written.returncode == 0, written.stderr
    feed = json.loads((bundle / "en" / "feed.json").read_text(encoding="utf-8"))
    assert feed["items"][0]["url"].startswith("https://example.org/numbers/en/city-")
