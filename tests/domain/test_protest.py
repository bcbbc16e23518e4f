"""What may be entered about a protest, and what is refused because it cannot be meant."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.count import Count
from domain.facts import CLOCK_TOLERANCE, facts_of
from domain.moment import When
from domain.protest import Protest
from domain.record import new_id
from tests.domain.recording import ACCOUNT, CITY, EVENING, LATER, MOSCOW, SQUARE, each, entered, entry, refused, sealed, tomorrow


@pytest.fixture
def protest() -> Protest:
    return Protest.record(entry(), new_id(), when=EVENING, place=SQUARE)


def facts(protest: Protest, version: int = 1, **changes: Any) -> dict[str, Any]:
    """What an entry says, with changes: a correction restates all of it."""
    event = next(event for event in protest.pending_events if event.originator_version == version)
    return {name: getattr(event, name) for name in facts_of(type(event))} | changes  # type: ignore[arg-type]


def test_a_protest_is_opened_under_the_id_minted_with_the_form() -> None:
    protest, form = new_id(), entry("https://example.org/photo")
    opened = Protest.record(form, protest, when=EVENING, place=SQUARE, form="rally", agreement="not_agreed", about="мир")
    event = entered(opened)
    assert opened.id == protest
    assert (event.when, event.place, event.form, event.agreement, event.about) == (EVENING, SQUARE, "rally", "not_agreed", "мир")
    assert (event.recorded_by, event.source, event.command) == (ACCOUNT, form.source, form.command)


def test_what_is_not_known_of_a_protest_is_recorded_as_unknown() -> None:
    event = entered(Protest.record(entry(), new_id(), when=EVENING, place=CITY))
    assert (event.form, event.agreement, event.about, event.organiser) == ("unknown", "unknown", None, None)


def test_the_words_of_a_protest_are_plain(protest: Protest) -> None:
    protest.report_police_measure(entry("call 14"), kind="area_closed", when=EVENING.told("вечером"), place=SQUARE)
    assert entered(protest).place.words == "Пушкинская площадь"


def test_a_date_in_the_future_is_refused(protest: Protest) -> None:
    with refused("future_date"):
        Protest.record(entry(), new_id(), when=tomorrow(), place=CITY)
    for enter in each(
        lambda: protest.estimate_crowd(entry(), count=Count.exactly(5), when=tomorrow()),
        lambda: protest.count_detentions(entry(), count=Count.exactly(5), when=tomorrow()),
        lambda: protest.report_force(entry(), kind="baton", when=tomorrow()),
        lambda: protest.report_police_measure(entry(), kind="kettling", when=tomorrow()),
        lambda: protest.end(entry(), when=tomorrow()),
        lambda: protest.correct(entry(), 1, facts(protest, when=tomorrow()), because="mistake"),
    ):
        with refused("future_date", protest):
            enter()


def test_a_clock_a_little_ahead_is_no_future_and_today_is_none_either(protest: Protest) -> None:
    ahead = datetime.now(UTC) + CLOCK_TOLERANCE / 2
    protest.end(entry(), when=When.at(ahead, MOSCOW))
    protest.end(entry(), when=When.day(datetime.now(UTC).date(), "UTC"))
    protest.end(entry(), when=When.between(ahead - timedelta(hours=1), ahead + timedelta(days=3), MOSCOW))
    assert protest.version == 4


def test_an_unknown_code_is_refused(protest: Protest) -> None:
    with refused("unknown_code"):
        Protest.record(entry(), new_id(), when=EVENING, place=CITY, form="riot")
    with refused("unknown_code"):
        Protest.record(entry(), new_id(), when=EVENING, place=CITY, agreement="illegal")
    for enter in each(
        lambda: protest.report_force(entry(), kind="kindness"),
        lambda: protest.report_police_measure(entry(), kind="tea"),
        lambda: protest.end(entry(), kind="well"),
        lambda: protest.withdraw(entry(), because="boredom"),
        lambda: protest.correct(entry(), 1, facts(protest), because="boredom"),
        lambda: protest.correct(entry(), 1, facts(protest, form="riot"), because="mistake"),
    ):
        with refused("unknown_code", protest):
            enter()


def test_contradictions_are_recorded_side_by_side(protest: Protest) -> None:
    for count in (Count.at_least(100), Count.at_least(60), Count.between(24, 99, "several dozen")):
        protest.count_detentions(entry(), count=count)
    protest.end(entry(), kind="by_itself", when=EVENING)
    protest.end(entry(), kind="dispersed", when=LATER)
    assert protest.version == 6


def test_a_police_measure_may_come_before_the_protest(protest: Protest) -> None:
    protest.report_police_measure(entry(), kind="area_closed", when=When.day(EVENING.earliest.date() - timedelta(days=9), MOSCOW))


def test_a_correction_restates_the_entry_as_it_should_have_been(protest: Protest) -> None:
    protest.count_detentions(entry(), count=Count.exactly(40))
    protest.correct(entry(), 2, facts(protest, 2, count=Count.exactly(45)), because="new_information", words="второй список")
    event = entered(protest)
    assert (event.originator_version, event.version, event.because, event.words) == (3, 2, "new_information", "второй список")
    assert type(event.restated) is Protest.DetentionsCounted
    assert (event.restated.originator_version, event.restated.count) == (2, Count.exactly(45))


def test_the_same_entry_can_be_corrected_again_and_again(protest: Protest) -> None:
    for number in (45, 44, 46):
        protest.correct(entry(), 1, facts(protest, about=str(number)), because="new_information")
    assert protest.version == 4


def test_a_correction_or_withdrawal_without_a_reason_is_refused(protest: Protest) -> None:
    with refused("missing_reason", protest):
        protest.correct(entry(), 1, facts(protest), because="")
    with refused("missing_reason", protest):
        protest.withdraw(entry(), because="")
    with refused("missing_reason", protest):
        protest.withdraw(entry(), because="other")
    protest.withdraw(entry(), because="other", words="двойник из чата")


@pytest.mark.parametrize("version", [0, -1, 2, 99])
def test_an_entry_that_is_not_there_can_be_neither_corrected_nor_withdrawn(protest: Protest, version: int) -> None:
    with refused("no_such_entry", protest):
        protest.correct(entry(), version, {}, because="mistake")
    with refused("no_such_entry", protest):
        protest.withdraw(entry(), version, because="mistake")


def test_corrections_and_withdrawals_are_themselves_neither_corrected_nor_withdrawn(protest: Protest) -> None:
    protest.correct(entry(), 1, facts(protest, about="мир"), because="mistake")
    protest.end(entry())
    protest.withdraw(entry(), 3, because="mistake")
    for version in (2, 3, 4):
        with refused("no_such_entry", protest):
            protest.correct(entry(), version, {}, because="mistake")
        with refused("no_such_entry", protest):
            protest.withdraw(entry(), version, because="mistake")


def test_to_withdraw_the_entry_that_opened_a_record_is_to_withdraw_the_record(protest: Protest) -> None:
    protest.withdraw(entry(), 1, because="duplicate")
    assert entered(protest).version is None
    assert protest.withdrawn


def test_nothing_is_entered_about_a_withdrawn_record(protest: Protest) -> None:
    opened = facts(protest)
    protest.withdraw(entry(), because="test")
    for enter in each(
        lambda: protest.estimate_crowd(entry(), count=Count.exactly(5)),
        lambda: protest.count_detentions(entry(), count=Count.exactly(5)),
        lambda: protest.report_force(entry(), kind="baton"),
        lambda: protest.report_police_measure(entry(), kind="kettling", place=CITY),
        lambda: protest.end(entry()),
        lambda: protest.correct(entry(), 1, opened, because="mistake"),
        lambda: protest.withdraw(entry(), because="test"),
    ):
        with refused("record_withdrawn", protest):
            enter()


def test_text_sealed_for_another_record_is_refused(protest: Protest) -> None:
    with refused("sealed_for_another_record", protest):
        protest.end(entry(sealed(new_id())))
    with refused("sealed_for_another_record", protest):
        protest.withdraw(entry(), because="mistake", words=sealed(new_id()))
