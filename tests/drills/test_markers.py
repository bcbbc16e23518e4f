"""The search for marks finds what it must and nothing else; and a drill whose control does not fail is not clean."""

import base64
import gzip
import json
from pathlib import Path
from urllib.parse import quote

import pytest

from scripts.drills.findings import Findings
from scripts.drills.markers import Markers
from web.search.folding import folded


@pytest.fixture
def markers() -> Markers:
    return Markers(7)


def test_every_planted_mark_is_found(markers: Markers, tmp_path: Path) -> None:
    planted = markers.plant(tmp_path / "planted")
    assert len(planted) > 40
    assert [name for name, file in planted.items() if not markers.found_in(file.read_bytes(), name)] == []


@pytest.mark.parametrize("start", range(4))
def test_a_mark_is_found_wherever_it_stands_in_what_was_encoded(markers: Markers, start: int) -> None:
    for mark in (markers.make(), markers.make()):
        around = f"{'x' * start}{mark} and more"
        for written in (
            base64.b64encode(around.encode()),
            base64.urlsafe_b64encode(around.encode("utf-16-le")),
            around.encode().hex().upper().encode(),
            quote(around).lower().encode(),
            json.dumps(around).encode(),
            around.upper().encode("utf-16-be"),
            b"rest" + gzip.compress(around.encode()),
        ):
            assert markers.found_in(written, "here"), written


def test_a_transliterated_mark_is_found(markers: Markers) -> None:
    assert all(markers.found_in(folded(markers.make()).encode(), "here") for _ in range(4))


def test_other_text_and_random_bytes_hold_no_mark(markers: Markers) -> None:
    other = Markers(8)
    assert markers.found_in("".join(other.make() for _ in range(200)).encode() + gzip.compress(bytes(10_000)), "here") == []


def test_a_report_does_not_hold_the_mark_itself(markers: Markers) -> None:
    mark = markers.make()
    assert mark not in str(markers.found_in(mark.encode(), "a file")[0])


def test_only_a_run_whose_controls_failed_and_that_found_nothing_is_clean() -> None:
    findings = Findings("x")
    assert "NOT CLEAN" in list(findings.lines())[-1], "without a control nothing was shown"
    findings.control("planted", failed=True)
    assert list(findings.lines())[-1] == "drill x: clean"
    findings.control("spoilt", failed=False)
    assert "NOT CLEAN" in list(findings.lines())[-1]
    findings.control("spoilt", failed=True)
    findings.violate("something")
    assert "NOT CLEAN" in list(findings.lines())[-1]
