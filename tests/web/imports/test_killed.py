"""An import that is killed anywhere goes on where it stopped, and records every row exactly once."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from tests.web.imports.conftest import events, figure, opened
from tests.web.imports.tables import PEOPLE, PEOPLE_COLUMNS, mapping, table
from web.imports import import_file

ROOT = Path(__file__).resolve().parents[3]
ROWS = 3000
KILLS = 6
IMPORT = """
import sys
from pathlib import Path
from web.imports import import_file
from web.settings import Settings
from web.wiring import open_tracker
home, places, file, told = sys.argv[1:]
tracker = open_tracker(Settings(home=Path(home), places=Path(places)))
print("open", flush=True)
import_file(tracker, Path(file), told, page_rows=100)
print("done", flush=True)
"""


def test_killed_at_any_moment_it_ends_with_the_same_records(tmp_path: Path, places: Path) -> None:
    rows = [(f"{n}", "10.02.2013", "Москва", f"Вымышленное имя {n}", "note", "", f"link {n}") for n in range(ROWS)]
    file, told = table(tmp_path / "people.csv", rows, PEOPLE_COLUMNS), mapping(tmp_path, PEOPLE)
    home = tmp_path / "home"
    chance = random.Random(20130210)
    command = [sys.executable, "-c", IMPORT, *map(str, (home, places, file, told))]
    killed = 0
    for _ in range(KILLS):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            assert running.stdout.readline() == "open\n"
            time.sleep(chance.uniform(0.0, 0.6))
            os.kill(running.pid, signal.SIGKILL)
            killed += running.stdout.read() == ""
    assert killed > 0, "it was never killed before it was done"
    with opened(home, places) as tracker:
        report = import_file(tracker, file, told)
        assert report.read == ROWS == report.recorded + report.known
        kinds = Counter(event.TOPIC for event in events(tracker))  # type: ignore[attr-defined]
        assert kinds == dict.fromkeys(("protest.recorded", "person.opened", "detention.recorded", "person.named"), ROWS)
        names = [event.name for event in events(tracker) if event.TOPIC == "person.named"]  # type: ignore[attr-defined]
        assert {tracker.vault.open(name) for name in names} == {row[3] for row in rows}
        assert figure(tracker, "detentions").total.low == ROWS
        before = tracker.log.last()
        again = import_file(tracker, file, told)
        assert (again.known, tracker.log.last()) == (ROWS, before)


def test_what_the_vault_knows_and_the_log_lacks_is_recorded_under_the_same_ids(tmp_path: Path, places: Path) -> None:
    rows = [(f"{n}", "10.02.2013", "Москва", f"Вымышленное имя {n}", "", "", "") for n in range(250)]
    file, told = table(tmp_path / "people.csv", rows, PEOPLE_COLUMNS), mapping(tmp_path, PEOPLE)
    home = tmp_path / "home"
    with opened(home, places) as tracker:
        import_file(tracker, file, told, page_rows=100)
        first = [(event.originator_id, event.originator_version, event.command) for event in events(tracker)]
    with closing(sqlite3.connect(home / "events.sqlite")) as db:  # as if killed after the vault's commit, before the log's
        db.execute("DELETE FROM stored_events")
        db.commit()
    for left in home.glob("views.sqlite*"):
        left.unlink()
    with opened(home, places) as tracker:
        report = import_file(tracker, file, told)
        assert (report.recorded, report.known) == (250, 0)
        assert [(event.originator_id, event.originator_version, event.command) for event in events(tracker)] == first


def test_two_imports_of_one_file_at_once_record_it_once(tmp_path: Path, places: Path) -> None:
    rows = [(f"{n}", "10.02.2013", "Москва", f"Вымышленное имя {n}", "", "", "") for n in range(1000)]
    file, told = table(tmp_path / "people.csv", rows, PEOPLE_COLUMNS), mapping(tmp_path, PEOPLE)
    home = tmp_path / "home"
    with opened(home, places):
        pass
    command = [sys.executable, "-c", IMPORT, *map(str, (home, places, file, told))]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [one.communicate(timeout=120)[0] for one in both] == ["open\ndone\n"] * 2
    with opened(home, places) as tracker:
        kinds = Counter(event.TOPIC for event in events(tracker))  # type: ignore[attr-defined]
        assert kinds == dict.fromkeys(("protest.recorded", "person.opened", "detention.recorded", "person.named"), 1000)
