"""A detention as it was recorded gives the clocks the facts they need, and no more than was reported."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.detention import Detention
from domain.law.answers import CustodyAnswer, Flag, State
from domain.law.country import laws
from domain.law.custodies import custody_of, zone_in
from domain.law.facts import Custody
from domain.law.span import Length
from domain.moment import When
from domain.record import new_id
from domain.states import states_of
from tests.domain.recording import MOSCOW, entry

NOW = datetime(2022, 3, 8, 9, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def at(wall: str, until: str | None = None) -> When:
    first = When.at_clock(datetime.fromisoformat(f"2022-03-{wall}"), MOSCOW)
    return first if until is None else When.between(first.earliest, at(until).latest, MOSCOW)


def held(when: When | None = None) -> Detention:
    return Detention.record(entry(), new_id(), person=new_id(), when=when)


def custody(of: Detention) -> Custody:
    """The facts of what stands, positions being versions here."""
    told = [(event.originator_version, event) for event in of.pending_events]
    return custody_of(states.last for states in states_of(told).values() if states.stands)


def answer(of: Detention) -> CustodyAnswer:
    return laws()["RU"].custody(custody(of), NOW, MOSCOW)


def over(found: CustodyAnswer, code: str = "custody_3h") -> tuple[State, Length]:
    return next((clock.state, clock.over) for clock in found.clocks if clock.code == code)


def late_change(found: CustodyAnswer) -> Flag:
    return next(flag for flag in found.flags if flag.code == "requalified_after_limit")


def worked_example(delivered: When) -> Detention:
    """Restrained 15:00-15:20, delivered, a protocol under 20.3.3 at 18:00, released the next day at 15:10."""
    record = held(at("06 15:00", "06 15:20"))
    record.deliver(entry(), when=delivered)
    record.draw_protocol(entry(), kind="offence", article="koap-20.3.3-1", when=at("06 18:00"))
    record.release(entry(), kind="after_protocol", when=at("07 15:10"))
    return record


def test_the_worked_example_recorded_as_events_gives_its_numbers() -> None:
    late = 19 * HOUR + 30 * MINUTE
    exact = answer(worked_example(at("06 16:40")))
    assert over(exact) == (State.STOPPED_LATE_CERTAINLY, Length(late, late))
    about = answer(worked_example(at("06 16:20", "06 16:40")))
    assert over(about) == (State.STOPPED_LATE_CERTAINLY, Length(late, late + 20 * MINUTE))
    swapped = worked_example(at("06 16:40"))
    swapped.requalify(entry(), article="koap-19.3-1", when=at("06 21:30"))
    assert dict(late_change(answer(swapped)).lengths)["late"] == Length(HOUR + 50 * MINUTE, HOUR + 50 * MINUTE)


def test_every_answer_rests_on_the_positions_of_its_entries() -> None:
    swapped = worked_example(at("06 16:40"))
    swapped.requalify(entry(), article="koap-19.3-1", when=at("06 21:30"))
    assert {basis.ref for basis in late_change(answer(swapped)).basis} == {2, 3, 4, 5}


def test_the_order_in_which_entries_were_made_does_not_matter_where_their_times_are_known() -> None:
    backwards = held(at("06 15:00", "06 15:20"))
    backwards.requalify(entry(), article="koap-19.3-1", when=at("06 21:30"))
    backwards.release(entry(), when=at("07 15:10"))
    backwards.draw_protocol(entry(), kind="offence", article="koap-20.3.3-1", when=at("06 18:00"))
    backwards.deliver(entry(), when=at("06 16:40"))
    assert [charge.article for charge in custody(backwards).charges] == ["koap-20.3.3-1", "koap-19.3-1"]
    assert late_change(answer(backwards)).certain


def test_where_times_do_not_tell_which_accusation_came_first_they_stand_as_they_were_recorded() -> None:
    record = held()
    record.draw_protocol(entry(), kind="offence", article="koap-20.2-5", when=at("06 18:00"))
    record.requalify(entry(), article="koap-19.3-1", when=When.day(datetime(2022, 3, 6, tzinfo=UTC).date(), MOSCOW))
    record.requalify(entry(), article="koap-20.2-5")
    assert [charge.article for charge in custody(record).charges] == ["koap-20.2-5", "koap-19.3-1", "koap-20.2-5"]


def test_competing_reports_are_all_kept() -> None:
    record = worked_example(at("06 16:40"))
    record.release(entry(), kind="after_protocol", when=at("07 17:00"))
    assert [claim.ref for claim in custody(record).released] == [4, 5]
    assert over(answer(record))[1] == Length(19 * HOUR + 30 * MINUTE, 21 * HOUR + 20 * MINUTE)


def test_a_corrected_entry_counts_as_it_reads_now_and_a_withdrawn_one_not_at_all() -> None:
    record = worked_example(at("06 16:40"))
    record.correct(entry(), 2, {"when": at("06 17:00"), "place": None}, because="mistake")
    assert [(claim.when, claim.ref) for claim in custody(record).delivered] == [(at("06 17:00"), 5)]
    record.withdraw(entry(), 4, because="mistake")
    assert custody(record).released == ()


def test_nothing_reported_is_nothing_and_never_a_no() -> None:
    facts = custody(held())
    assert (facts.delivered, facts.released, facts.ruled, facts.charges, facts.papers, facts.steps) == ((),) * 6
    assert [claim.when for claim in facts.restrained] == [None], "the detention happened; nobody knows when"


def test_who_was_moved_had_been_delivered_by_then() -> None:
    record = held(at("06 15:00"))
    record.transfer(entry(), when=at("06 20:00"))
    assert answer(record).clocks[0].start.latest == at("06 20:00").latest
    record.deliver(entry(), when=at("06 16:40"))
    assert [claim.when for claim in custody(record).delivered] == [at("06 16:40")], "a report of the delivery says more"


@pytest.mark.parametrize("kind", ["from_court", "arrest_served", "to_administrative_arrest", "to_remand", "case_ended"])
def test_who_came_out_of_a_court_is_not_certainly_overrun(kind: str) -> None:
    record = held(at("06 15:00"))
    record.deliver(entry(), when=at("06 16:40"))
    record.draw_protocol(entry(), kind="offence", article="koap-19.3-1", when=at("06 18:00"))
    record.release(entry(), kind=kind, when=at("08 17:40"))
    clocks = {clock.code: clock for clock in laws()["RU"].custody(custody(record), NOW + 30 * 24 * HOUR, MOSCOW).clocks}
    assert clocks["custody_48h"].state is State.CANNOT_TELL, "nobody has said when the court decided"
    assert "ruled" in clocks["custody_48h"].missing


def test_who_was_sent_to_serve_an_arrest_was_not_released() -> None:
    record = held(at("06 15:00"))
    record.release(entry(), kind="to_administrative_arrest", when=at("07 15:00"))
    assert custody(record).released == ()


def test_a_release_without_a_protocol_says_that_there_was_none() -> None:
    record = held(at("06 15:00"))
    record.release(entry(), kind="without_protocol", when=at("06 17:00"))
    assert [(paper.kind, paper.answer) for paper in custody(record).papers] == [("offence", "no")]


def test_a_paper_without_an_article_is_no_further_accusation_where_it_may_be_the_same_paper() -> None:
    record = held(at("06 15:00"))
    record.draw_protocol(entry(), kind="offence")
    assert [charge.article for charge in custody(record).charges] == ["unknown"]
    record.draw_protocol(entry(), kind="offence", article="koap-20.2-5", when=at("06 18:00"))
    assert [charge.article for charge in custody(record).charges] == ["koap-20.2-5"]
    record.draw_protocol(entry(), kind="offence", when=at("06 20:00"))
    assert [charge.article for charge in custody(record).charges] == ["koap-20.2-5", "unknown"]


def test_papers_of_delivery_and_of_administrative_detention_accuse_of_nothing() -> None:
    record = held(at("06 15:00"))
    for kind in ("delivery", "administrative_detention"):
        record.draw_protocol(entry(), kind=kind, article="koap-20.2-5")
    assert custody(record).charges == ()
    assert [paper.kind for paper in custody(record).papers] == ["delivery", "administrative_detention"]


def test_the_zone_is_that_of_the_place() -> None:
    assert zone_in([(1, event) for event in held().pending_events]) is None
    assert zone_in([(1, event) for event in held(at("06 15:00")).pending_events]) == MOSCOW
