"""What a custody's clocks lack is named, each with an entry that answers it; when all are recorded, nothing is missing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from domain.detention import Detention
from domain.law.answers import State
from domain.record import new_id
from tests.domain.law.test_custodies import answer, at, custody, over
from tests.domain.recording import entry

HOUR = timedelta(hours=1)
Enter = Callable[[Detention], None]
ADMINISTRATIVE: dict[str, Enter] = {
    "delivered": lambda held: held.deliver(entry(), when=at("06 16:40")),
    "delivery_protocol": lambda held: held.draw_protocol(entry(), kind="delivery"),
    "administrative_detention_protocol": lambda held: held.miss_protocol(entry(), kind="administrative_detention"),
    "offence_protocol": lambda held: held.draw_protocol(entry(), kind="offence", article="koap-20.2-5"),
    "call": lambda held: held.report_call(entry(), call="refused"),
    "relatives_told": lambda held: held.report_notice(entry(), whom="relatives", notice="given"),
    "parents_told": lambda held: held.report_notice(entry(), whom="parents", notice="refused"),
    "foreigner": lambda held: held.report_status(entry(), statuses=("citizen",)),
    "intoxicated": lambda held: held.report_status(entry(), statuses=("intoxicated",)),
    "sobered": lambda held: held.sober(entry(), when=at("06 20:00")),
}
SUSPECT: dict[str, Enter] = {
    "delivered": ADMINISTRATIVE["delivered"],
    "criminal_detention": lambda held: held.draw_protocol(entry(), kind="criminal_detention", article="uk-318"),
    "call": lambda held: held.report_call(entry(), call="made", when=at("06 17:00")),
    "relatives_told": ADMINISTRATIVE["relatives_told"],
    "prosecutor_told": lambda held: held.report_notice(entry(), whom="prosecutor", notice="given"),
    "questioned": lambda held: held.question(entry(), when=at("06 19:00")),
}


def recorded(entries: dict[str, Enter], *, without: str = "", minor: str = "yes", accused: str = "") -> Detention:
    held = Detention.record(entry(), new_id(), person=new_id(), when=at("06 15:00"), minor=minor)
    if accused:
        held.requalify(entry(), article=accused, when=at("06 18:00"))
    for name, enter in entries.items():
        if name != without:
            enter(held)
    held.release(entry(), when=at("07 15:10"))
    return held


def test_nothing_is_missing_of_an_administrative_custody_once_all_is_recorded() -> None:
    assert answer(recorded(ADMINISTRATIVE)).missing == ()


@pytest.mark.parametrize("name", [one for one in ADMINISTRATIVE if one != "intoxicated"])
def test_what_is_not_recorded_is_missing_and_nothing_else(name: str) -> None:
    assert answer(recorded(ADMINISTRATIVE, without=name)).missing == (name,)


def test_nothing_is_missing_of_a_suspects_custody_and_no_paper_of_another_code_is_asked_for() -> None:
    assert answer(recorded(SUSPECT, minor="no")).missing == ()
    for name in ("call", "relatives_told", "prosecutor_told", "questioned", "delivered"):
        assert answer(recorded(SUSPECT, minor="no", without=name)).missing == (name,)
    assert answer(recorded(SUSPECT, minor="no", accused="uk-318", without="criminal_detention")).missing == (
        "criminal_detention",
    )


def test_who_is_under_age_is_asked_and_whether_the_parents_were_told_only_then() -> None:
    assert "minor" in answer(recorded(ADMINISTRATIVE, minor="unknown")).missing
    assert answer(recorded(ADMINISTRATIVE, minor="no", without="parents_told")).missing == ()


def test_a_refused_call_is_over_the_limit_and_one_made_in_time_is_not() -> None:
    def call(**told: Any) -> State:
        held = recorded({})
        held.report_call(entry(), **told)
        return next(clock.state for clock in answer(held).clocks if clock.code == "call")

    assert call(call="refused") is State.STOPPED_LATE_CERTAINLY
    assert call(call="made", when=at("06 18:00")) is State.STOPPED_IN_TIME
    assert call(call="made", when=at("06 18:01")) is State.STOPPED_LATE_CERTAINLY
    assert next(clock.state for clock in answer(recorded({})).clocks if clock.code == "call") is State.CANNOT_TELL


def test_who_was_not_told_and_which_paper_there_is_not_are_flagged() -> None:
    held = recorded({}, minor="yes")
    assert {flag.code for flag in answer(held).flags} == set()
    held.report_notice(entry(), whom="parents", notice="refused")
    held.report_notice(entry(), whom="relatives", notice="refused")
    held.miss_protocol(entry(), kind="administrative_detention")
    assert {flag.code for flag in answer(held).flags} == {
        "not_parents_told", "not_relatives_told", "no_administrative_detention_protocol",
    }  # fmt: skip


def test_parents_are_relatives_and_the_consulate_is_neither() -> None:
    def told(whom: str, notice: str) -> set[tuple[str, str]]:
        held = recorded({})
        held.report_notice(entry(), whom=whom, notice=notice)
        return {(step.kind, step.answer) for step in custody(held).steps}

    assert told("parents", "given") == {("parents_told", "yes"), ("relatives_told", "yes")}
    assert told("parents", "refused") == {("parents_told", "no")}
    assert told("consulate", "given") == set()


def test_whether_a_foreigner_decides_which_limits_are_shown() -> None:
    def limits(*reports: str) -> set[str]:
        held = recorded({"offence_protocol": ADMINISTRATIVE["offence_protocol"]})
        for status in reports:
            held.report_status(entry(), statuses=(status,))
        return {clock.code for clock in answer(held).clocks if clock.code.startswith("custody")}

    assert limits("citizen") == {"custody_3h"}
    assert limits() == limits("citizen", "foreigner") == {"custody_3h", "custody_48h"}, "of contradictory reports both hold"


def test_of_an_intoxicated_person_the_limit_runs_from_sobering() -> None:
    told = {name: ADMINISTRATIVE[name] for name in ("delivered", "offence_protocol", "foreigner")}
    _, sober = over(answer(recorded(told)))
    _, drunk = over(answer(recorded({**told, "sobered": ADMINISTRATIVE["sobered"]})))
    assert (sober.least, drunk.least) == (19 * HOUR + HOUR / 2, 16 * HOUR + HOUR / 6), (
        "sobering says that there was something to sober from"
    )
