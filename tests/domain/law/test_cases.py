"""The table of cases, `cases.toml`: what the law answers, case by case, each resting on the sentence of a rule."""

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.law.answers import CaseAnswer, CustodyAnswer
from domain.law.country import laws
from domain.law.span import Length, Span
from domain.wall_clock import zone_named
from web.commands.clock_answers import Answered, answered
from web.commands.clock_facts import read_facts

TABLE = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]
RULES = laws()["RU"].rules
FORM = ("zone", "now", "custody", "cases")

Case = dict[str, Any]


def answer(case: Case) -> Answered:
    given = {"zone": "Europe/Moscow", **{name: case[name] for name in FORM if name in case}}
    return answered(read_facts(given, datetime(2030, 1, 1, tzinfo=UTC)))


def complaints(case: Case) -> list[str]:
    """Every expectation of a case that the answer does not meet."""
    found, zone = answer(case), case.get("zone", "Europe/Moscow")
    return [f"{wanted}: {told}" for wanted in case["expect"] if (told := _unmet(wanted, found, zone))]


def _unmet(wanted: Case, found: Answered, zone: str) -> str:
    answers: list[CustodyAnswer | CaseAnswer] = [*([found.custody] if found.custody else []), *found.cases]
    clocks = {clock.code: clock for one in answers for clock in one.clocks}
    flags = {flag.code: flag for one in answers for flag in one.flags}
    named: dict[str, tuple[dict[str, Any], str]] = {
        "clock": (clocks, "there is no such clock"),
        "flag": (flags, "there is no such flag"),
        "elapsed": ({one.code: one for one in found.custody.elapsed} if found.custody else {}, "there is no such time"),
        "window": ({one.reading: one for one in found.windows}, "there is no such window"),
        "forum": ({one.code: one for case in found.cases for one in case.forums}, "there is no such forum"),
    }
    for kind, (known, absent) in named.items():
        if (unwanted := wanted.get(f"no_{kind}")) is not None:
            return f"there is {known[unwanted]}" if unwanted in known else ""
        if kind in wanted:
            told = known.get(wanted[kind])
            return absent if told is None else _differs({name: wanted[name] for name in wanted if name != kind}, told, zone)
    if "missing" in wanted and found.custody:
        return "" if wanted["missing"] in found.custody.missing else f"missing are {found.custody.missing}"
    told_effect = _local(found.cases[0].in_force or Span(), zone)
    return "" if told_effect == wanted["in_force"] else f"takes effect {told_effect}"


def _differs(wanted: Case, told: Any, zone: str) -> str:
    read: dict[str, Callable[[], object]] = {
        "over": lambda: _hours(told.over),
        "length": lambda: _hours(told.length),
        "due": lambda: _local(told.due or Span(), zone),
        "closes": lambda: _local(told.closes or Span(), zone),
        "count": lambda: str(told.least) if told.least == told.most else f"{told.least}..{told.most}",
        "late": lambda: _hours(dict(told.lengths)["late"]),
        "disregarding": lambda: _hours(dict(told.lengths)["disregarding"]),
        "limit_ran_out": lambda: _local(dict(told.times)["limit_ran_out"], zone),
        "recorded": lambda: _local(dict(told.times)["recorded"], zone),
    }
    differing = []
    for name, value in wanted.items():
        got = read[name]() if name in read else getattr(told, name)
        if (list(got) if isinstance(got, tuple) else got) != value:
            differing.append(f"{name} is {got}")
    return ", ".join(differing)


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first}..{last}"


def _local(span: Span, zone: str) -> str:
    def one(instant: datetime | None) -> str:
        return f"{instant.astimezone(zone_named(zone)):%Y-%m-%d %H:%M:%S}".removesuffix(":00") if instant else ""

    return _range(one(span.earliest), one(span.latest)) if span != Span() else ".."


def _hours(length: Length) -> str:
    def one(told: timedelta | None) -> str:
        if told is None:
            return ""
        seconds = int(abs(told).total_seconds())
        sign, rest = "-" if told < timedelta(0) else "", f":{seconds % 60:02}" if seconds % 60 else ""
        return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}{rest}"

    return _range(one(length.least), one(length.most))


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["name"])
def test_the_law_answers_the_case(case: Case) -> None:
    assert complaints(case) == []


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["name"])
def test_the_case_rests_on_the_sentence_of_a_rule(case: Case) -> None:
    assert case["sentence"] in [rule.sentence[0] for rule in RULES if rule.code == case["rule"]]


def test_there_are_at_least_sixty_cases_and_every_rule_that_gives_a_limit_has_one() -> None:
    assert len(TABLE) >= 60
    assert len({case["name"] for case in TABLE}) == len(TABLE)
    assert {rule.code for rule in RULES if rule.limit is not None} <= {case["rule"] for case in TABLE}


def test_a_wrong_expectation_is_noticed() -> None:
    worked = TABLE[0]
    for wrong in (
        {"clock": "custody_3h", "state": "stopped_in_time"},
        {"clock": "custody_3h", "over": "19:31"},
        {"clock": "custody_3h", "due": "2022-03-06 19:41"},
        {"clock": "nothing"},
        {"no_clock": "custody_3h"},
        {"flag": "requalified_after_limit"},
        {"missing": "restrained"},
    ):
        assert complaints({**worked, "expect": [wrong]}) != [], wrong
