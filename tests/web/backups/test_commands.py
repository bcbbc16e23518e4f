"""The commands that keep keys and record: what they print, what they refuse, and that a secret is printed once."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.test_cli import ROWS

ROOT = Path(__file__).resolve().parents[3]
CODE = 'from web.cli import main; main(prog_name="khronika")'
GROUPS = re.compile(r"(?:[0-9A-Z]{4}\s+){13}[0-9A-Z]{4}")
PASSPHRASE = "много слов подряд и ни одного лишнего"

Khronika = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def khronika(tmp_path: Path, places: Path) -> Khronika:
    """Runs the command with a home of its own; `said` is piped in."""

    def run(*arguments: str, said: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
        known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "KHRONIKA_LANGUAGE": "en"}
        chosen = known | {"KHRONIKA_HOME": str(tmp_path / "home"), "KHRONIKA_PLACES": str(places)} | environment
        command = [sys.executable, "-P", "-c", CODE, *arguments]
        return subprocess.run(command, env=chosen, capture_output=True, text=True, check=False, cwd=tmp_path, input=said)

    return run


def groups_in(said: str) -> str:
    (found,) = GROUPS.findall(said)
    return str(found)


def test_init_shows_the_recovery_key_once(khronika: Khronika, tmp_path: Path) -> None:
    first, again = khronika("init"), khronika("init")
    groups = groups_in(first.stdout)
    assert "number 1" in first.stdout
    assert GROUPS.findall(again.stdout) == []
    assert again.returncode == 0
    for file in filter(Path.is_file, (tmp_path / "home").rglob("*")):
        assert groups.replace(" ", "")[:12].encode() not in file.read_bytes()


def test_a_backup_comes_back_into_another_home(khronika: Khronika, tmp_path: Path) -> None:
    groups = groups_in(khronika("init").stdout)
    made = khronika("backup", "copies", "--json")
    assert (made.returncode, made.stderr) == (0, "")
    assert json.loads(made.stdout)["recovery_key"] == 1
    other = str(tmp_path / "other")
    said = khronika("restore", "copies", "--json", said=f"{groups}\n", KHRONIKA_HOME=other)
    assert (said.returncode, said.stderr) == (0, "")
    found = json.loads(said.stdout)
    assert (found["position"], found["keys_not_opened"], found["had_list"]) == (0, [], True)
    assert json.loads(khronika("status", "--json", KHRONIKA_HOME=other).stdout)["position"] == 0
    assert "\n" in groups  # as it is printed it stands on two lines, and may be typed so
    (tmp_path / "key.txt").write_text(groups.replace("  ", "-").lower())
    in_words = khronika("restore", "copies", "--recovery-key-file", "key.txt", KHRONIKA_HOME=str(tmp_path / "third"))
    assert in_words.returncode == 0
    assert "Forgotten people who stay forgotten: 0." in in_words.stdout


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_cannot_be_restored_is_refused_in_one_sentence_and_leaves_nothing(
    khronika: Khronika, tmp_path: Path, language: str
) -> None:
    groups, stranger = groups_in(khronika("init").stdout), groups_in(khronika("recovery-key").stdout)
    backup = Path(json.loads(khronika("backup", "copies", "--json").stdout)["file"])
    broken = backup.with_name("broken.backup")
    broken.write_bytes(backup.read_bytes()[:-1] + b"?")
    other = str(tmp_path / "other")
    for source, key in ((backup, groups), (broken, stranger), (backup, "ABCD"), (backup, ""), (tmp_path / "home", stranger)):
        said = khronika("restore", str(source), said=f"{key}\n", KHRONIKA_HOME=other, KHRONIKA_LANGUAGE=language)
        assert (said.returncode, said.stdout) == (1, "")
        assert said.stderr.startswith("khronika: ")
        assert len(said.stderr.strip().splitlines()) == 1
        assert bool(re.search("[а-я]", said.stderr)) == (language == "ru")
        assert not Path(other).exists()
    assert khronika("restore", str(backup), said=f"{stranger}\n", KHRONIKA_HOME=other).returncode == 0


def test_without_a_recovery_key_a_backup_is_refused_with_what_to_do(khronika: Khronika, tmp_path: Path) -> None:
    khronika("status")  # makes the stores, and no recovery key
    said = khronika("backup", "copies")
    assert said.returncode == 1
    assert "khronika recovery-key" in said.stderr
    assert not list(tmp_path.glob("copies/*"))
    assert "number 1" in khronika("recovery-key").stdout
    assert khronika("backup", "copies").returncode == 0


def test_a_new_recovery_key_is_shown_and_nothing_is_left_to_collect(khronika: Khronika) -> None:
    first = groups_in(khronika("init").stdout)
    khronika("backup", "copies")
    second = khronika("recovery-key")
    assert groups_in(second.stdout) != first
    assert "Backups made before" in second.stdout
    nothing = khronika("recovery-key", "--collect")
    assert nothing.returncode == 1
    assert "waits to be collected" in nothing.stderr
    assert GROUPS.findall(nothing.stdout) == []


def test_a_servers_key_is_replaced(khronika: Khronika, tmp_path: Path) -> None:
    khronika("init")
    before = (tmp_path / "home" / "server.key").read_text()
    said = khronika("rotate-key")
    assert (said.returncode, said.stderr) == (0, "")
    assert before.splitlines()[1] not in (tmp_path / "home" / "server.key").read_text()
    assert khronika("status").returncode == 0


def test_a_key_file_is_put_under_a_passphrase_and_asks_for_it(khronika: Khronika, tmp_path: Path) -> None:
    khronika("init")
    plain = (tmp_path / "home" / "server.key").read_text().split()[-1]
    said = khronika("lock-with-passphrase", said=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert (said.returncode, said.stderr) == (0, "")
    assert plain not in (tmp_path / "home" / "server.key").read_text()
    for wrong in ("", "не та"):
        refused = khronika("rotate-key", said=f"{wrong}\n")
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "does not open the key file" in refused.stderr
    assert khronika("rotate-key", said=f"{PASSPHRASE}\n").returncode == 0
    assert khronika("status", KHRONIKA_UNLOCK="passphrase").returncode == 0
    assert khronika("backup", "copies").returncode == 0  # also while locked


def test_a_passphrase_that_is_short_or_not_the_same_twice_is_refused(khronika: Khronika, tmp_path: Path) -> None:
    khronika("init")
    before = (tmp_path / "home" / "server.key").read_text()
    for said in ("короткая\n", f"{PASSPHRASE}\nи другая совсем\n"):
        refused = khronika("lock-with-passphrase", said=said)
        assert refused.returncode == 1
        assert len(refused.stderr.strip().splitlines()) == 1
    assert (tmp_path / "home" / "server.key").read_text() == before
    made = khronika("lock-with-passphrase", said="\n")
    words = re.search(r"once: ((?:[a-z-]+ ){6}[a-z-]+)", made.stdout)
    assert words is not None
    assert khronika("rotate-key", said=f"{words[1]}\n").returncode == 0


def test_a_setting_that_asks_for_a_passphrase_is_not_content_with_a_plain_key_file(khronika: Khronika, tmp_path: Path) -> None:
    refused = khronika("status", KHRONIKA_UNLOCK="passphrase")
    assert (refused.returncode, (tmp_path / "home" / "server.key").exists()) == (1, False)
    assert "lock-with-passphrase" in refused.stderr
    made = khronika("init", said=f"{PASSPHRASE}\n{PASSPHRASE}\n", KHRONIKA_UNLOCK="passphrase")
    assert (made.returncode, "khronika:" in made.stderr) == (0, False), made.stderr  # it may say what it sees of the disk
    groups_in(made.stdout)
    assert "under a passphrase" in (tmp_path / "home" / "server.key").read_text()
    assert khronika("status", KHRONIKA_UNLOCK="passphrase").returncode == 0
    plain = str(tmp_path / "plain")
    khronika("init", KHRONIKA_HOME=plain)
    assert khronika("status", KHRONIKA_HOME=plain, KHRONIKA_UNLOCK="passphrase").returncode == 1
    assert khronika("status", KHRONIKA_UNLOCK="never").returncode == 1


def test_an_import_into_a_locked_vault_records_nothing_and_says_why(khronika: Khronika, tmp_path: Path) -> None:
    khronika("init", said="\n", KHRONIKA_UNLOCK="passphrase")
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    said = khronika("import", "rows.csv", "--mapping", "ovdinfo-2013")
    assert said.returncode == 1
    assert "The vault is locked" in said.stderr
    assert json.loads(khronika("status", "--json").stdout)["position"] == 0
