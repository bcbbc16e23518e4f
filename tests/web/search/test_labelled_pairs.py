"""How well names are told apart and brought together, on a labelled list: `pairs.csv` says how it was made."""

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from web.search import matching
from web.search.matching import Likeness, compared
from web.search.name_parts import name_parts

PAIRS = Path(__file__).with_name("pairs.csv")
LEAST_PRECISION, LEAST_RECALL = 0.95, 0.95


class Figures(NamedTuple):
    """What was found of what is the same, and what of what was found is the same."""

    precision: float
    recall: float
    missed: list[str]
    mistaken: list[str]


def pairs() -> list[dict[str, str]]:
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def measured() -> Figures:
    alike = {"yes": [0, 0], "no": [0, 0]}
    wrong: dict[str, list[str]] = {"yes": [], "no": []}
    for pair in pairs():
        found = compared(name_parts(pair["one"]), name_parts(pair["other"])) is not None
        alike[pair["same"]][found] += 1
        if found != (pair["same"] == "yes"):
            wrong[pair["same"]].append(f"{pair['one']} / {pair['other']} ({pair['about']})")
    found_rightly, found_wrongly = alike["yes"][True], alike["no"][True]
    return Figures(found_rightly / (found_rightly + found_wrongly), found_rightly / sum(alike["yes"]), wrong["yes"], wrong["no"])


def test_names_of_one_person_are_found_and_those_of_two_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(pairs()) >= 80
    figures = measured()
    with capsys.disabled():
        print(f"\n{len(pairs())} labelled pairs: precision {figures.precision:.3f}, recall {figures.recall:.3f}")  # noqa: T201
        for told, wrong in (("missed", figures.missed), ("mistaken", figures.mistaken)):
            for pair in wrong:
                print(f"  {told}: {pair}")  # noqa: T201
    assert figures.precision >= LEAST_PRECISION
    assert figures.recall >= LEAST_RECALL


def test_which_of_the_two_is_asked_for_makes_no_difference() -> None:
    for pair in pairs():
        one, other = name_parts(pair["one"]), name_parts(pair["other"])
        assert (compared(one, other) is None) == (compared(other, one) is None), pair


def test_a_matching_that_takes_everything_for_alike_fails_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "likeness", lambda one, other: Likeness(1, matching.EXACT))
    assert measured().precision < LEAST_PRECISION


def test_a_matching_of_equal_words_alone_fails_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "likeness", lambda one, other: Likeness(1, matching.EXACT) if one == other else None)
    assert measured().recall < LEAST_RECALL
