"""Each drill in its short version: the real server, real sign-ins, a real browser; clean, and with controls that failed."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts.drills import browser, canaries, disclosure, heat, requests
from scripts.drills.disclosure import QUARTERS
from scripts.drills.findings import Findings
from scripts.drills.night.drill import drill as night

SHORT = ("city_by_minor", "city_by_counsel", "city_by_ill_treatment", "counsel_by_ill_treatment")


def assert_clean(findings: Findings) -> None:
    told = "\n".join(findings.lines())
    print(told)  # noqa: T201 - the drill's counts, shown where it fails
    assert findings.is_clean, told


def test_no_file_holds_a_mark_after_every_flow(tmp_path: Path, places: Path) -> None:
    findings = canaries.drill(tmp_path, places, people=2)
    assert findings.counts["marks recorded"] > 100
    assert findings.counts["files searched"] > 20
    assert_clean(findings)


def test_no_request_breaks_a_rule(tmp_path: Path, places: Path) -> None:
    findings = requests.drill(tmp_path, places, requests=800, seed=17)
    assert findings.counts["requests over the socket"] >= 80
    assert findings.counts["entries recorded"] > 0, "what is sound is recorded: the rest was refused for what is wrong with it"
    assert_clean(findings)


def test_a_night_is_recorded_once_and_counted_as_it_was_told(tmp_path: Path, places: Path) -> None:
    findings = night(tmp_path, places, reports=120, seed=17, typing=0)
    assert findings.counts["cities whose total was counted again"] == 50
    assert_clean(findings)


def test_maps_add_up_and_give_no_hidden_cell_back(tmp_path: Path, places: Path) -> None:
    findings = heat.drill(tmp_path, places, detentions=3000, months=2, seed=5)
    assert_clean(findings)
    assert findings.counts["cells shown outside"] > 0


def test_released_tables_give_no_number_back(tmp_path: Path, places: Path) -> None:
    findings = disclosure.drill(tmp_path, places, people=900, seed=3, together=0, quarters=QUARTERS[:1], names=SHORT)
    assert_clean(findings)
    assert findings.counts["numbers told"] > 0
    assert findings.counts["released tables asked for in part"] > 0


def test_a_browsers_profile_holds_no_mark_after_a_session(tmp_path: Path, places: Path, chromium: str) -> None:
    # In a thread of its own: Playwright's loop of the browser tests may still be running in this one.
    with ThreadPoolExecutor(1) as apart:
        findings = apart.submit(browser.drill, tmp_path, places).result()
    assert findings.counts["sessions in the browser"] == 2
    assert_clean(findings)
