"""Every limit at its border: a second before, on it, a second after; hours by the clock, days by the calendar of the place."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.law.answers import OVER, Clock, State
from domain.law.country import laws
from domain.law.facts import Case, Charge, Claim, Claims, Custody
from domain.moment import When

SECOND = timedelta(seconds=1)
BEFORE_OR_ON = {State.RUNNING, State.DUE_SOON}


def at(wall: str, zone: str = "Europe/Moscow") -> When:
    return When.at_clock(datetime.fromisoformat(wall), zone)


def when(wall: str, zone: str = "Europe/Moscow", **more: Any) -> Claims:
    return (Claim(at(wall, zone), **more),)


SUSPECT = {"charges": (Charge("uk-318"),), "restrained": when("2022-03-06 15:00"), "delivered": when("2022-03-06 16:40")}
NOT_DONE = tuple(Claim(answer="no", kind=kind) for kind in ("call", "prosecutor_told", "questioned", "relatives_told", "hearing"))

# Each clock with facts under which nothing stops it, and the last second that is still in time, by the clock of the place.
CUSTODY: Mapping[str, tuple[dict[str, Any], str]] = {
    "custody_3h": ({"delivered": when("2022-03-06 16:40"), "charges": (Charge("koap-20.2-5"),)}, "2022-03-06 19:40"),
    "custody_48h": ({"delivered": when("2022-03-06 16:40"), "charges": (Charge("koap-19.3-1"),)}, "2022-03-08 16:40"),
    "without_court_48h": ({"restrained": when("2022-03-06 15:00")}, "2022-03-08 15:00"),
    "call": ({"restrained": when("2022-03-06 15:00")}, "2022-03-06 18:00"),
    "hearing": ({"delivered": when("2022-03-06 16:40"), "charges": (Charge("koap-19.3-1"),)}, "2022-03-08 16:40"),
    "to_court_48h": (SUSPECT, "2022-03-08 15:00"),
    "prolonged_72h": ({**SUSPECT, "steps": when("2022-03-08 14:00", kind="prolonged")}, "2022-03-11 14:00"),
    "suspect_protocol": ({**SUSPECT, "papers": (Claim(answer="no", kind="criminal_detention"),)}, "2022-03-06 19:40"),
    "prosecutor_told": (SUSPECT, "2022-03-07 03:00"),
    "questioned": (SUSPECT, "2022-03-07 15:00"),
    "suspect_call": (SUSPECT, "2022-03-06 19:40"),
    "suspect_relatives": (SUSPECT, "2022-03-07 03:00"),
}
_NO = (Claim(answer="no"),)
CASES: Mapping[str, tuple[dict[str, Any], str]] = {
    "appeal": ({"article": "koap-20.2-5", "copy_received": when("2024-10-30 10:00")}, "2024-11-11 23:59:59"),
    "fine": ({"article": "koap-20.2-5", "in_force": when("2024-11-14 10:00"), "penalties": ("fine",)}, "2025-01-13 23:59:59"),
    "limitation": ({"article": "koap-20.2-5", "acted": when("2024-02-29 15:00"), "ruled": _NO}, "2025-02-28 23:59:59"),
    "appeal_heard": (
        {"article": "koap-20.2-5", "appealed": when("2024-12-31 10:00"), "appeal_decided": _NO},
        "2025-02-28 23:59:59",
    ),
    "arrest_appeal_heard": (
        {"article": "koap-19.3-1", "penalties": ("arrest",), "appealed": when("2025-03-01 12:00"), "appeal_decided": _NO},
        "2025-03-02 12:00",
    ),
    "remand_appeal": ({"article": "uk-318", "remanded": when("2025-03-03 10:00")}, "2025-03-06 23:59:59"),
    "sentence_appeal": ({"article": "uk-318", "ruled": when("2023-03-01 10:00"), "held": "no"}, "2023-03-16 23:59:59"),
    "cassation": (
        {"article": "uk-318", "ruled": when("2023-07-01 10:00"), "in_force": when("2023-08-31 10:00"), "held": "no"},
        "2024-02-29 23:59:59",
    ),
}


def custody_clock(name: str, now: datetime) -> Clock:
    facts = CUSTODY[name][0]
    told = {"foreigner": "no", **facts, "steps": (*facts.get("steps", ()), *NOT_DONE)}
    return next(clock for clock in laws()["RU"].custody(Custody(**told), now).clocks if clock.code == name)


def case_clock(name: str, now: datetime) -> Clock:
    return next(clock for clock in laws()["RU"].case(Case(**CASES[name][0]), now).clocks if clock.code == name)


@pytest.mark.parametrize("name", CUSTODY)
def test_a_limit_of_a_detention_is_in_time_to_its_last_second_and_over_in_the_next(name: str) -> None:
    due = at(CUSTODY[name][1]).earliest
    assert custody_clock(name, due - SECOND).state in BEFORE_OR_ON
    assert custody_clock(name, due).state in BEFORE_OR_ON
    assert custody_clock(name, due).over.most == timedelta(0)
    assert custody_clock(name, due + SECOND).state in OVER


@pytest.mark.parametrize("name", CASES)
def test_a_deadline_of_a_case_is_in_time_to_its_last_second_and_over_in_the_next(name: str) -> None:
    due = at(CASES[name][1]).earliest
    assert case_clock(name, due - SECOND).state in BEFORE_OR_ON
    assert case_clock(name, due).state in BEFORE_OR_ON
    assert case_clock(name, due + SECOND).state in OVER


def test_every_clock_that_has_a_name_has_its_border_here() -> None:
    from web.telling.clock_words import CLOCKS

    assert {*CUSTODY, *CASES} == set(CLOCKS)


@pytest.mark.parametrize("zone", ["Asia/Vladivostok", "Europe/Kaliningrad", "America/New_York", "Australia/Lord_Howe"])
def test_a_deadline_in_days_ends_with_the_day_of_the_place(zone: str) -> None:
    facts = Case("koap-20.2-5", copy_received=when("2024-10-30 23:30", zone))
    clock = laws()["RU"].case(facts, at("2024-11-01 12:00", zone).earliest).clocks[0]
    assert clock.due.latest == at("2024-11-11 23:59:59", zone).latest


@pytest.mark.parametrize(
    ("delivered", "due"),
    [
        ("2022-03-26 23:30", "2022-03-27 03:30"),  # put forward at two
        ("2022-10-30 00:30", "2022-10-30 02:30"),  # put back at three: the second half past two
    ],
)
def test_hours_are_hours_when_the_clocks_are_set(delivered: str, due: str) -> None:
    zone = "Europe/Berlin"
    facts = Custody(delivered=when(delivered, zone), charges=(Charge("koap-20.2-5"),), foreigner="no")
    clock = laws()["RU"].custody(facts, at(delivered, zone).earliest).clocks[0]
    assert clock.due.earliest == at(delivered, zone).earliest + timedelta(hours=3)
    assert clock.due.earliest == at(due, zone).latest
