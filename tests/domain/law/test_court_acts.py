"""What ends a custody that needed no court: the first decision of one since it began, and no later trial's.

Each case is decided by the clock of 48 hours without a court (Constitution, art. 22(2)), for that is what is at stake.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.detention import Detention
from domain.law.answers import Clock, State
from domain.law.country import laws
from domain.law.court_acts import court_acts
from domain.law.custodies import custody_of
from domain.moment import When
from domain.proceeding import Proceeding
from domain.record import new_id
from tests.domain.recording import MOSCOW, entry

VERA, LEV = new_id(), new_id()
NOW = datetime(2022, 9, 1, tzinfo=UTC)


def at(wall: str, until: str = "") -> When:
    first = When.at_clock(datetime.fromisoformat(f"2022-{wall}"), MOSCOW)
    return When.between(first.earliest, at(until).latest, MOSCOW) if until else first


HELD = at("03-01 10:00")


def case_after(detention: UUID, **facts: Any) -> Proceeding:
    told = {"persons": (VERA,), "article": "uk-318", "kind": "criminal", "detention": detention, **facts}
    return Proceeding.open(entry(), new_id(), **told)


@pytest.fixture
def case() -> Proceeding:
    return case_after(new_id())


def acts(*cases: Proceeding, began: When | None = HELD, person: UUID = VERA) -> tuple[list[object], list[object]]:
    """The numbers of the entries that count: rulings, and steps."""
    told: Any = [(event.originator_version, event) for case in cases for event in case.pending_events]
    ruled, steps = court_acts(told, detention_of(cases[0]), [person], began)
    return [claim.ref for claim in ruled], [claim.ref for claim in steps]


def detention_of(case: Proceeding) -> UUID:
    first: Any = next(iter(case.pending_events))
    return UUID(str(first.detention))


def clock(*cases: Proceeding, held: When = HELD, code: str = "without_court_48h") -> Clock:
    told: Any = [(event.originator_version, event) for case in cases for event in case.pending_events]
    ruled, steps = court_acts(told, detention_of(cases[0]), [VERA], held)
    record = Detention.record(entry(), detention_of(cases[0]), person=VERA, when=held)
    record.deliver(entry(), when=held)
    record.draw_protocol(entry(), kind="offence", article="koap-19.3-1", when=held)
    entries: Any = [(event.originator_version, event) for event in record.pending_events]
    answer = laws()["RU"].custody(custody_of(entries, ruled=ruled, steps=steps), NOW, MOSCOW)
    return next(clock for clock in answer.clocks if clock.code == code)


def test_a_ruling_about_somebody_else_in_the_case_ends_nobody_elses_custody(case: Proceeding) -> None:
    case.rule(entry(), person=VERA, when=at("03-02 10:00"), outcome="remanded")
    assert acts(case, person=new_id()) == ([2], []), "of one defendant all of it is, under whichever of their files"
    case.join(entry(), person=LEV)
    case.rule(entry(), person=LEV, when=at("03-02 09:00"), outcome="remanded")
    case.hold_hearing(entry(), when=at("03-02 09:00"), outcome="ruled")
    assert acts(case) == ([2], [5])
    told: Any = [(event.originator_version, event) for event in case.pending_events]
    assert court_acts(told, new_id(), [VERA]) == ((), ()), "another detention has another case"


def test_a_judgment_months_after_the_remand_makes_nothing_late(case: Proceeding) -> None:
    case.rule(entry(), when=at("03-02 10:00"), outcome="remanded")
    assert clock(case).state is State.STOPPED_IN_TIME
    case.rule(entry(), when=at("05-20 10:00"), outcome="guilty", penalties=("imprisonment",))
    assert acts(case) == ([2], [])
    assert clock(case).state is State.STOPPED_IN_TIME


@pytest.mark.parametrize("outcome", ["sent_back", "quashed"])
def test_after_a_ruling_was_set_aside_the_first_still_ended_the_custody_before_it(case: Proceeding, outcome: str) -> None:
    case.rule(entry(), when=at("03-02 10:00"), outcome="guilty", penalties=("arrest",))
    case.decide_appeal(entry(), when=at("03-10 12:00"), outcome=outcome)
    case.rule(entry(), when=at("04-12 10:00"), outcome="guilty", penalties=("fine",))
    assert acts(case) == ([2], [])
    assert clock(case).state is State.STOPPED_IN_TIME


def test_of_a_custody_that_began_after_the_case_was_sent_back_the_new_trials_ruling_counts(case: Proceeding) -> None:
    case.rule(entry(), when=at("03-02 10:00"), outcome="guilty", penalties=("arrest",))
    case.decide_appeal(entry(), when=at("03-10 12:00"), outcome="sent_back")
    case.rule(entry(), when=at("04-12 10:00"), outcome="guilty", penalties=("fine",))
    assert acts(case, began=at("04-10 12:00")) == ([4], [])
    assert clock(case, held=at("04-10 12:00")).state is State.STOPPED_IN_TIME
    assert clock(case, held=at("04-10 09:59")).state is State.STOPPED_LATE_CERTAINLY, "48 hours and a minute"
    assert clock(case, held=at("04-10 10:00")).state is State.STOPPED_IN_TIME, "just in time"
    assert acts(case, began=at("03-02 10:00")) == ([2], []), "what was decided in the very minute is not over before it"


def test_competing_reports_of_one_ruling_stay_beside_each_other(case: Proceeding) -> None:
    case.rule(entry(), when=at("03-03 09:00"), outcome="guilty")
    case.rule(entry(), when=at("03-03 11:00"), outcome="acquitted")
    assert acts(case) == ([2, 3], [])
    assert clock(case).state is State.STOPPED_LATE_POSSIBLY


def test_a_ruling_whose_hour_nobody_reported_is_not_replaced_by_that_of_the_new_trial(case: Proceeding) -> None:
    case.rule(entry(), outcome="guilty", penalties=("arrest",))
    case.decide_appeal(entry(), when=at("03-10 12:00"), outcome="sent_back")
    case.rule(entry(), when=at("04-12 10:00"), outcome="guilty", penalties=("fine",))
    assert acts(case) == ([2], [])
    assert clock(case).state is State.CANNOT_TELL, "no overrun is claimed that a court's decision may have covered"


def test_a_new_trial_whose_hour_nobody_reported_takes_nothing_from_the_first(case: Proceeding) -> None:
    case.rule(entry(), when=at("03-02 10:00"), outcome="guilty")
    case.decide_appeal(entry(), when=at("03-10 12:00"), outcome="sent_back")
    case.rule(entry(), outcome="guilty")
    assert clock(case).state is State.STOPPED_IN_TIME


def test_a_remand_at_an_hour_nobody_reported_came_before_the_judgment(case: Proceeding) -> None:
    case.rule(entry(), when=at("05-20 10:00"), outcome="guilty")
    assert clock(case).state is State.STOPPED_LATE_CERTAINLY
    case.rule(entry(), outcome="remanded")
    assert clock(case).state is State.CANNOT_TELL
    known = case_after(detention_of(case))
    known.rule(entry(), when=at("03-02 10:00"), outcome="remanded")
    known.rule(entry(), outcome="guilty")
    assert acts(known) == ([2], []), "a judgment nobody dated did not come before the remand"


def test_of_two_cases_after_one_detention_the_first_decision_ends_it(case: Proceeding) -> None:
    other = case_after(detention_of(case), article="koap-20.2-5", kind="administrative")
    case.rule(entry(), when=at("03-12 10:00"), outcome="guilty")
    assert clock(case, other).state is State.STOPPED_LATE_CERTAINLY
    other.rule(entry(), when=at("03-02 10:00"), outcome="guilty")
    assert clock(case, other).state is State.STOPPED_IN_TIME
    untimed = case_after(detention_of(case))
    untimed.rule(entry(), outcome="guilty")
    assert clock(case, other, untimed).state is State.STOPPED_IN_TIME, "the first was by then at the latest"
    assert clock(case, untimed).state is State.CANNOT_TELL


def test_the_hearing_that_was_owed_is_the_first_and_one_that_did_not_take_place_is_none(case: Proceeding) -> None:
    case.set_hearing(entry(), due=at("03-02 10:00"))
    case.hold_hearing(entry(), hearing=2, when=at("03-02 10:00"), outcome="not_held")
    assert acts(case) == ([], [])
    case.set_hearing(entry(), due=at("03-03 09:00"))
    case.hold_hearing(entry(), hearing=4, when=at("03-03 09:00"), outcome="adjourned")
    case.set_hearing(entry(), due=at("03-08 09:00"))
    case.hold_hearing(entry(), hearing=6, when=at("03-08 09:00"), outcome="ruled")
    assert acts(case) == ([], [5])
    assert clock(case, code="hearing").state is State.STOPPED_IN_TIME


def test_what_was_prolonged_after_the_remand_is_not_the_prolonging_before_it(case: Proceeding) -> None:
    case.rule(entry(), when=at("03-03 09:00"), outcome="prolonged")
    case.rule(entry(), when=at("03-05 09:00"), outcome="remanded")
    assert clock(case).state is State.STOPPED_IN_TIME
    case.rule(entry(), when=at("05-03 09:00"), outcome="prolonged")
    assert acts(case) == ([3], [2])
    assert clock(case).state is State.STOPPED_IN_TIME
