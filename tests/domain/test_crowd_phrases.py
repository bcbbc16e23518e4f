"""`parse_count` on the phrases of real reports, against the numbers people coded for them (docs/crowd_phrases.md)."""

import csv
import re
from pathlib import Path

import pytest

from domain.count import Count
from domain.count_words import parse_count
from domain.errors import RuleBroken

ROOT = Path(__file__).resolve().parents[2]


def _coded(cell: str) -> float | None:
    found = re.fullmatch(r"([0-9][0-9,]*(?:\.[0-9]+)?)(?: \(est\.?\))?", cell.strip(), re.IGNORECASE)
    return float(found[1].replace(",", "")) if found else None


def _read_as(count: Count) -> str:
    return f"{count.low}+" if count.high is None else f"{count.low}-{count.high}"


def test_the_phrases_of_real_reports_fit_but_for_those_the_page_lists(shared_data: Path) -> None:
    path = shared_data / "crowd_size_phrases.csv"
    if not path.exists():
        pytest.skip(f"the phrases are not beside this checkout ({path})")
    outcomes = {"holds": 0, "unknown": 0, "missing": 0}
    others: list[tuple[str, str, str]] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            coded = _coded(row["parsed"])
            try:
                count = parse_count(row["raw"])
            except RuleBroken as refusal:
                if refusal.code == "missing_count" and coded is None:
                    outcomes["missing"] += 1
                else:
                    others.append((row["raw"], row["parsed"], "refused"))
                continue
            if count is None and coded is None:
                outcomes["unknown"] += 1
            elif count is not None and coded is not None and count.contains(coded):
                outcomes["holds"] += 1
            else:
                others.append((row["raw"], row["parsed"], "unknown" if count is None else _read_as(count)))
    page = (ROOT / "docs" / "crowd_phrases.md").read_text(encoding="utf-8")
    assert sorted(others) == sorted(re.findall(r"^\| `(.+?)` \| (.+?) \| (.+?) \|", page, re.MULTILINE))
    assert outcomes == {"holds": 435, "unknown": 4, "missing": 1}
    assert [int(n) for n in re.findall(r"^\| [^`|]+ \| ([0-9]+) \|$", page, re.MULTILINE)] == [435, 4, 1, len(others)]
    assert sum(outcomes.values()) + len(others) == 451
