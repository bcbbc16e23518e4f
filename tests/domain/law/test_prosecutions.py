"""From entries to the facts of law: for each defendant their own, competing reports beside each other, nothing made up."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.law.country import laws
from domain.law.facts import Case
from domain.law.prosecutions import case_of, cases_of
from domain.moment import When
from domain.proceeding import Proceeding
from domain.record import new_id
from tests.domain.recording import entry

VERA, LEV = new_id(), new_id()
ZONE = "Europe/Moscow"


def day(month: int, number: int) -> When:
    return When.day(date(2025, month, number), ZONE)


@pytest.fixture
def case() -> Proceeding:
    return Proceeding.open(entry(), new_id(), persons=(VERA, LEV), article="koap-20.3.3-1", acted=day(1, 10))


def facts(case: Proceeding, *persons: Any) -> Case:
    """Positions are the numbers of the entries; nothing was corrected."""
    return case_of([(event.originator_version, event) for event in case.pending_events], persons or (VERA,))  # type: ignore[misc]


def test_each_defendant_has_their_own_ruling_and_what_concerns_all(case: Proceeding) -> None:
    case.rule(entry(), person=VERA, when=day(2, 3), outcome="guilty", penalties=("fine",))
    case.rule(entry(), person=LEV, when=day(2, 4), outcome="guilty", penalties=("arrest",))
    case.receive_ruling(entry(), when=day(2, 5))
    vera, lev = facts(case, VERA), facts(case, LEV)
    assert (vera.penalties, lev.penalties) == (("fine",), ("arrest",))
    assert ([claim.ref for claim in vera.ruled], [claim.ref for claim in lev.ruled]) == ([2], [3])
    assert vera.copy_received == lev.copy_received != ()
    assert vera.acted[0].when == day(1, 10)


def test_competing_reports_stay_side_by_side(case: Proceeding) -> None:
    case.receive_ruling(entry(), person=VERA, when=day(2, 5))
    case.receive_ruling(entry(), person=VERA, when=day(2, 7))
    assert [claim.when for claim in facts(case).copy_received] == [day(2, 5), day(2, 7)]


def test_the_article_is_the_one_recorded_last_and_an_unknown_one_changes_nothing(case: Proceeding) -> None:
    case.change_charge(entry(), article="koap-19.3-1", person=VERA)
    case.change_charge(entry(), article="unknown", person=VERA)
    assert (facts(case, VERA).article, facts(case, LEV).article) == ("koap-19.3-1", "koap-20.3.3-1")


def test_an_acquittal_starts_no_clock_and_opens_no_window(case: Proceeding) -> None:
    case.rule(entry(), when=day(2, 3), outcome="acquitted")
    assert facts(case).ruled == ()
    now = datetime(2025, 6, 1, tzinfo=UTC)
    assert laws()["RU"].exposure([facts(case)], now, ZONE) == ()
    case.rule(entry(), when=day(2, 3), outcome="guilty")
    assert laws()["RU"].exposure([facts(case)], now, ZONE) != ()


def test_custody_before_a_judgment_is_no_ruling_on_the_merits(case: Proceeding) -> None:
    case.rule(entry(), when=day(2, 3), outcome="remanded")
    case.appeal(entry(), when=day(2, 4), against="remand")
    found = facts(case)
    assert (len(found.remanded), len(found.remand_appealed), found.ruled, found.appealed) == (1, 1, (), ())


def test_a_part_of_a_fine_is_no_fine_paid(case: Proceeding) -> None:
    case.pay_fine(entry(), when=day(3, 1), in_full="no")
    assert (facts(case).paid, facts(case).executed) == ((), ())
    case.pay_fine(entry(), when=day(3, 9), in_full="yes")
    assert [claim.ref for claim in facts(case).paid] == [claim.ref for claim in facts(case).executed] == [3]


def test_an_appeal_against_nobody_knows_what_stops_nothing(case: Proceeding) -> None:
    case.rule(entry(), when=day(2, 3), outcome="guilty")
    case.appeal(entry(), when=day(2, 4), against="unknown")
    assert facts(case).appealed == ()


def test_a_ruling_set_aside_counts_no_more_once_there_is_a_new_one(case: Proceeding) -> None:
    case.rule(entry(), when=day(2, 3), outcome="guilty", penalties=("arrest",))
    case.decide_appeal(entry(), when=day(3, 3), outcome="sent_back")
    assert [claim.ref for claim in facts(case).quashed] == [3]
    assert facts(case).final == ()
    case.rule(entry(), when=day(4, 3), outcome="guilty", penalties=("fine",))
    found = facts(case)
    assert ([claim.ref for claim in found.ruled], found.quashed, found.penalties) == ([4], (), ("fine",))


def test_a_ruling_nobody_dated_that_was_told_before_it_was_set_aside_is_no_new_one(case: Proceeding) -> None:
    case.rule(entry(), outcome="guilty", penalties=("arrest",), when=day(2, 3))
    case.rule(entry(), outcome="guilty", penalties=("arrest",))
    case.decide_appeal(entry(), when=day(3, 3), outcome="sent_back")
    found = facts(case)
    assert ([claim.ref for claim in found.ruled], [claim.ref for claim in found.quashed]) == ([2, 3], [4])
    case.rule(entry(), outcome="guilty", penalties=("fine",))
    found = facts(case)
    assert ([claim.ref for claim in found.ruled], found.quashed) == ([5], ())


def test_the_last_domestic_decision_is_that_of_cassation_where_there_was_one(case: Proceeding) -> None:
    case.decide_appeal(entry(), when=day(3, 3), outcome="upheld")
    assert [claim.ref for claim in facts(case).final] == [2]
    case.decide_appeal(entry(), when=day(5, 3), outcome="upheld", against="cassation")
    assert [claim.ref for claim in facts(case).final] == [3]


def test_a_file_has_a_case_only_where_its_person_is_a_defendant(case: Proceeding) -> None:
    stranger = new_id()
    case.join(entry(), person=stranger)
    told: Any = [(event.originator_version, event) for event in case.pending_events]
    assert set(cases_of(told, [stranger])) == {case.id}
    assert cases_of(told, [new_id()]) == {}
    assert cases_of(told[:1], [stranger]) == {}, "where the entry that adds them does not stand"
