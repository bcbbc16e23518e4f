"""How well people are told apart and brought together by their names: the labelled pairs of `pairs.csv`; `how.md` says how they
were made.

The matching was mended on half a and never on half b, so that the figures of b foretell a little better than those of a.
"""

import csv
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from web.likeness import comparing
from web.likeness.comparing import Weighed, weigh_all
from web.search.matching import EXACT, Likeness
from web.search.name_parts import NameParts, name_parts

PAIRS = Path(__file__).with_name("pairs.csv")
LEAST_PRECISION = {"a": 0.97, "b": 0.95}
LEAST_RECALL = {"a": 0.97, "b": 0.95}

HARD_AND_EASY = {"twins", "father and son", "another patronymic", "another gender", "diminutive", "Latin (GOST)", "initials"}


class Pair(NamedTuple):
    """A line of the list."""

    half: str
    one: list[NameParts]
    other: list[NameParts]
    same: str
    told: str
    rule: str


class Figures(NamedTuple):
    """Precision and recall, what was wrong, and how many of the undecidable ones are suggested."""

    pairs: int
    precision: float
    recall: float
    wrong: list[str]
    suggested: int
    undecidable: int


def labelled() -> list[Pair]:
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [
        Pair(row["half"], names(row["one"]), names(row["other"]), row["same"], f"{row['one']} / {row['other']}", row["rule"])
        for row in rows
    ]


def names(told: str) -> list[NameParts]:
    return [name_parts(name) for name in told.split("|")]


def is_suggested(pair: Pair) -> bool:
    weighed: Weighed | None = weigh_all(pair.one, pair.other)
    return weighed is not None and weighed.is_likely


def measured(half: str) -> Figures:
    found: Counter[tuple[str, bool]] = Counter()
    wrong = []
    for pair in labelled():
        if pair.half == half:
            suggested = is_suggested(pair)
            found[pair.same, suggested] += 1
            if pair.same != "unknown" and suggested != (pair.same == "yes"):
                wrong.append(f"{'missed' if pair.same == 'yes' else 'mistaken'}: {pair.told} ({pair.rule})")
    rightly, wrongly = found["yes", True], found["no", True]
    recall = rightly / (rightly + found["yes", False])
    undecidable = found["unknown", True] + found["unknown", False]
    return Figures(found.total(), rightly / (rightly + wrongly), recall, wrong, found["unknown", True], undecidable)


@pytest.mark.parametrize("half", ["a", "b"])
def test_files_of_one_person_are_suggested_and_those_of_two_are_not(half: str, capsys: pytest.CaptureFixture[str]) -> None:
    figures = measured(half)
    with capsys.disabled():
        print(  # noqa: T201
            f"\nhalf {half}, {figures.pairs} labelled pairs: precision {figures.precision:.3f}, recall {figures.recall:.3f}, "
            f"{figures.suggested} of {figures.undecidable} undecidable ones suggested"
        )
        for line in figures.wrong:
            print(f"  {line}")  # noqa: T201
    assert figures.precision >= LEAST_PRECISION[half]
    assert figures.recall >= LEAST_RECALL[half]


def test_the_list_is_long_enough_and_both_halves_hold_every_kind() -> None:
    pairs = labelled()
    assert len(pairs) >= 200
    assert len({pair.told for pair in pairs}) == len(pairs)
    for half in "ab":
        assert {pair.same for pair in pairs if pair.half == half} == {"yes", "no", "unknown"}
        rules = {pair.rule for pair in pairs if pair.half == half}
        assert {
            "twins",
            "father and son",
            "another patronymic",
            "another gender",
            "diminutive",
            "Latin (GOST)",
            "initials",
        } <= rules


def test_which_of_two_files_is_the_first_makes_no_difference() -> None:
    for pair in labelled():
        assert is_suggested(pair) == is_suggested(pair._replace(one=pair.other, other=pair.one)), pair.told


def test_a_matching_without_vetoes_fails_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Weighed, "is_likely", property(lambda self: self.score >= comparing.LIKELY))
    assert all(measured(half).precision < LEAST_PRECISION[half] for half in "ab")


def test_a_matching_of_equal_words_alone_fails_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing.weigh, "__defaults__", (lambda one, other: Likeness(1, EXACT) if one == other else None,))
    assert all(measured(half).recall < LEAST_RECALL[half] for half in "ab")
