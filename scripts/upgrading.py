#!/usr/bin/env python3
"""Proves that a data folder of an earlier version is taken over whole: its people readable, its figures the same.

    ./scripts/drill-upgrade [COMMIT]     COMMIT: the version that made the folder (default: the last one without accounts)

The earlier version is checked out into a temporary folder, loads its demonstration and is asked for figures, for a person's
history, and for a form with its cookie. Then it is stopped, its folder copied, and today's does what docs/operations.md says:
`khronika init`, then `khronika serve`. Controls that must fail: figures of half the record do not pass for the same, and the
earlier version refuses the folder afterwards, while the copy still opens with it.
"""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WITHOUT_ACCOUNTS = "6c59938"
CODE = 'from web.cli import main; main(prog_name="khronika")'
FIGURES = [("figures", "detentions", "--by", by, "--format", "json") for by in ("month", "city")]
REFUSED_BY_OLD = "newer"
broken: list[str] = []


def hold(is_so: bool, sentence: str) -> None:
    """One thing that must be so."""
    print(("ok      " if is_so else "BROKEN  ") + sentence)
    if not is_so:
        broken.append(sentence)


def command(checkout: Path, home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A version's command on a data folder."""
    line = [sys.executable, "-P", "-c", CODE, *arguments]
    return subprocess.run(line, env=_environment(checkout, home), capture_output=True, text=True, check=False)


def _environment(checkout: Path, home: Path) -> dict[str, str]:
    known = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "KHRONIKA_LANGUAGE": "en"}
    return known | {"PYTHONPATH": str(checkout), "KHRONIKA_HOME": str(home)}


@contextmanager
def serving(checkout: Path, home: Path, verb: str) -> Iterator[str]:
    """The address of a version's pages, once they are there."""
    line = [sys.executable, "-P", "-c", CODE, verb, "--port", "0"]
    with subprocess.Popen(line, env=_environment(checkout, home), stdout=subprocess.PIPE, text=True) as server:
        try:
            yield next(found[0] for said in server.stdout or () if (found := re.search(r"http://127\.0\.0\.1:\d+", said)))
        finally:
            server.terminate()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def ask(address: str, cookie: str = "", form: bytes | None = None) -> tuple[int, str, str]:
    """Status, text and cookie of an answer; nowhere is a redirect followed."""
    asked = urllib.request.Request(address, data=form, headers={"Cookie": cookie} if cookie else {})  # noqa: S310 - ours
    try:
        with urllib.request.build_opener(_Stay).open(asked, timeout=60) as answer:
            return answer.status, answer.read().decode(), answer.headers["Set-Cookie"] or ""
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode(), ""


def found_in(page: str, pattern: str) -> str:
    """What stands on a page. Raises LookupError."""
    found = re.search(pattern, page)
    if found is None:
        raise LookupError(pattern)
    return found[1]


def figures(checkout: Path, home: Path, *more: str) -> list[Any]:
    """Rows and totals, without what a later version may say beside them."""
    said = [json.loads(command(checkout, home, *line, *more).stdout) for line in FIGURES]
    return [(one["rows"], one["total"]) for one in said]


def events(home: Path) -> int:
    """How many there are."""
    with closing(sqlite3.connect(home / "events.sqlite")) as db:
        found: int = db.execute("SELECT count(*) FROM stored_events").fetchone()[0]
    return found


def steps(home: Path) -> int:
    """How many steps the vault has taken."""
    with closing(sqlite3.connect(home / "vault.sqlite")) as db:
        found: int = db.execute("SELECT max(number) FROM migrations").fetchone()[0]
    return found


def views(home: Path) -> dict[str, tuple[int, int]]:
    """Version and number of building of each view, as they lie in the file."""
    with closing(sqlite3.connect(home / "views.sqlite")) as db:
        rows = db.execute("SELECT projection, version, generation FROM positions").fetchall()
    return {name: (version, building) for name, version, building in rows}


def drill(old: Path, work: Path) -> None:
    """See the module."""
    from web.vault.tables import STEPS

    home, copy, straight = work / "home", work / "copy", work / "straight"
    with serving(old, home, "demo") as address:
        person = found_in(ask(f"{address}/people")[1], r'/people/([0-9a-f-]{36})"')
        _, form, cookie = ask(f"{address}/protests/new")
        cookie = cookie.partition(";")[0]
    token = found_in(form, r'name="csrf_token" value="([^"]+)"')
    before, told = figures(old, home), command(old, home, "told", person).stdout
    recorded, taken = events(home), steps(home)
    shutil.copytree(home, copy)
    shutil.copytree(home, straight)
    print(f"the earlier version: {recorded} events, vault of {taken} steps, {len(told.splitlines())} lines about one person")

    began = command(ROOT, home, "init")
    hold(began.returncode == 0 and "Passphrase:" in began.stdout, "khronika init takes the folder over, with a first account")
    hold(steps(home) == len(STEPS) > taken, f"the vault has taken steps {taken + 1} to {len(STEPS)}")
    hold(events(home) == recorded, "no event was added or lost")
    status = json.loads(command(ROOT, home, "status", "--json").stdout)
    current = {row["name"] for row in status["projections"] if row["state"] == "current"}
    hold(len(current) == len(status["projections"]), f"all views are current: {', '.join(sorted(current))}")
    hold(figures(ROOT, home) == before, "the figures are the same")
    hold(figures(ROOT, home, "--as-of", str(recorded // 2)) != before, "control: figures of half the record are not")
    again = command(ROOT, home, "told", person).stdout
    hold(bool(told) and "[sealed]" not in told and again == told, "a person's history reads as before, words included")

    with serving(ROOT, home, "serve") as address:
        hold(ask(f"{address}/sign-in")[0] == 200, "khronika serve shows the page to sign in")
        hold(ask(f"{address}/people", cookie)[0] == 303, f"an earlier cookie ({cookie.partition('=')[0]}) leads to that page")
        sent = f"csrf_token={token}&when=24.02.2022&place=Moscow".encode()
        answered, page, _ = ask(f"{address}/protests/new", cookie, sent)
        hold(answered in (303, 400, 401) and "Traceback" not in page, f"a form left open with it is refused ({answered})")
    hold(events(home) == recorded, "and records nothing")

    with serving(ROOT, straight, "serve"):
        built = views(straight)
    is_built = built.keys() == views(home).keys() != views(copy).keys()
    hold(is_built, "without khronika init the views are built before serve answers")

    refused = command(old, home, "figures", "detentions")
    is_refused = refused.returncode == 1 and REFUSED_BY_OLD in refused.stderr
    hold(is_refused, f"control: the earlier version refuses: {refused.stderr.strip()}")
    hold(figures(old, copy) == before, "the copy made before still opens with the earlier version")


def main(commit: str) -> int:
    with tempfile.TemporaryDirectory(prefix="khronika-upgrade-") as folder:
        work, old = Path(folder), Path(folder, "old")
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(old), commit], check=True)
        try:
            drill(old, work)
        finally:
            subprocess.run([*git, "remove", "--force", str(old)], check=True)
    print(f"{len(broken)} broken" if broken else "an earlier version's data folder is taken over whole")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or [WITHOUT_ACCOUNTS])))
