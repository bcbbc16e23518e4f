"""What every test may ask for, and the count of what did not run.

Nothing is skipped silently: the run ends with `NOT RUN: n` and the reasons, `NOT RUN: 0` when everything ran.
"""

import fcntl
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

from web.places.building import build_gazetteer

pytest_plugins = ["tests.postgres", "tests.trackers"]

# A slow machine is no defect: no test here asserts a time, and neither does hypothesis.
settings.register_profile("khronika", deadline=None)
settings.load_profile("khronika")

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files that lies beside the checkout and is no part of it."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the real data files are not beside this checkout ({SHARED_DATA})")
    return SHARED_DATA


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with the gazetteer, built once for the whole run: give it to `Settings(home, places=places)`.

    The first of several workers builds it, the others wait for it.
    """
    run = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    folder = run / "gazetteer"
    with (run / "gazetteer-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        build_gazetteer(folder)
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium, for Playwright's `executable_path`; `KHRONIKA_CHROMIUM` names another."""
    found = os.environ.get("KHRONIKA_CHROMIUM") or shutil.which("chromium")
    if found is None:
        pytest.skip("no Chromium here (on Debian: apt install chromium)")
    return found


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice, which opens tables as whoever gets them does."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("no LibreOffice Calc here (on Debian: apt install libreoffice-calc-nogui)")
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what did not run, and why, just above pytest's own closing line."""
    not_run = [*terminalreporter.stats.get("skipped", []), *terminalreporter.stats.get("xfailed", [])]
    terminalreporter.write_line(f"NOT RUN: {len(not_run)}")
    for reason, times in Counter(_reason(report) for report in not_run).most_common():
        terminalreporter.write_line(f"  {times} x {reason}")


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    return f"expected to fail: {getattr(report, 'wasxfail', '')}"
