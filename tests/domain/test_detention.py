"""What may be entered about a detention: everything people report, contradictions too; nothing readable about the person."""

from collections.abc import Callable
from typing import Any

import pytest

from domain.detention import Detention
from domain.facts import facts_of
from domain.record import new_id
from tests.domain.recording import CITY, EVENING, LATER, SQUARE, each, entered, entry, refused, sealed, tomorrow


@pytest.fixture
def held() -> Detention:
    return Detention.record(entry(), new_id(), person=new_id())


Enter = Callable[[Detention, Any], None]
EVERYTHING: dict[str, Enter] = {
    "delivered": lambda held, when: held.deliver(entry(), when=when, place=CITY),
    "transferred": lambda held, when: held.transfer(entry(), when=when),
    "protocol": lambda held, when: held.draw_protocol(entry(), kind="offence", article="koap-20.2-5", when=when),
    "protocol missing": lambda held, when: held.miss_protocol(entry(), kind="administrative_detention", when=when),
    "call": lambda held, when: held.report_call(entry(), call="refused", when=when),
    "notice": lambda held, when: held.report_notice(entry(), whom="relatives", notice="given", when=when),
    "status": lambda held, when: held.report_status(entry(), statuses=("citizen", "intoxicated"), when=when),
    "sobered": lambda held, when: held.sober(entry(), when=when),
    "requalified": lambda held, when: held.requalify(entry(), article="koap-19.3-1", when=when),
    "counsel requested": lambda held, when: held.request_counsel(entry(), when=when),
    "counsel refused": lambda held, when: held.refuse_counsel(entry(), ground="plan_krepost", when=when),
    "counsel admitted": lambda held, when: held.admit_counsel(entry(), private="no", when=when),
    "questioned": lambda held, when: held.question(entry(), agencies=("police", "security_service"), when=when),
    "fingerprinted": lambda held, when: held.take_fingerprints(entry(), forced="yes", when=when),
    "contact lost": lambda held, when: held.lose_contact(entry(), when=when),
    "help given": lambda held, when: held.give_help(entry(), kind="legal", when=when),
    "device taken": lambda held, when: held.take_device(entry(), when=when),
    "device searched": lambda held, when: held.search_device(entry(), outcome="attempted", when=when),
    "threatened": lambda held, when: held.threaten(entry(), kind="criminal_case", when=when),
    "statement forced": lambda held, when: held.force_statement(entry(), kind="explanation", when=when),
    "draft notice": lambda held, when: held.serve_draft_notice(entry(), when=when),
    "ill-treatment": lambda held, when: held.report_ill_treatment(entry(), kind="torture", when=when),
    "concern raised": lambda held, when: held.raise_concern(entry(), concerns=("counsel", "medical"), when=when),
    "hospitalised": lambda held, when: held.hospitalise(entry(), when=when),
    "released": lambda held, when: held.release(entry(), when=when),
}
everything = pytest.mark.parametrize("what", EVERYTHING)


@everything
def test_what_happened_in_custody_is_entered_with_and_without_a_time(held: Detention, what: str) -> None:
    for when in (EVENING, None):
        EVERYTHING[what](held, when)
        assert entered(held).when == when
    assert held.version == 3, "the same report twice is two claims, not a mistake"


@everything
def test_a_date_in_the_future_is_refused(held: Detention, what: str) -> None:
    with refused("future_date", held):
        EVERYTHING[what](held, tomorrow())


@everything
def test_nothing_is_entered_about_a_withdrawn_detention(held: Detention, what: str) -> None:
    held.withdraw(entry(), because="duplicate")
    with refused("record_withdrawn", held):
        EVERYTHING[what](held, EVENING)


@everything
def test_plain_words_beside_a_time_are_refused(held: Detention, what: str) -> None:
    with refused("unsealed_text", held):
        EVERYTHING[what](held, EVENING.told("вечером у метро"))
    EVERYTHING[what](held, EVENING.told(sealed(held.id)))


def test_every_entry_of_a_detention_is_tried_here() -> None:
    tried = {topic.TOPIC for topic in vars(Detention).values() if isinstance(topic, type) and hasattr(topic, "TOPIC")}
    assert len(tried) == len(EVERYTHING) + len(("recorded", "identified", "corrected", "withdrawn", "reinstated", "attested"))


def test_an_unknown_code_is_refused(held: Detention) -> None:
    for code in ("agency", "circumstances", "minor"):
        with refused("unknown_code"):
            Detention.record(entry(), new_id(), person=new_id(), **{code: "nonsense"})  # type: ignore[arg-type]
    for enter in each(
        lambda: held.draw_protocol(entry(), kind="nonsense"),
        lambda: held.draw_protocol(entry(), kind="offence", article="nonsense"),
        lambda: held.draw_protocol(entry(), kind="offence", copy_given="perhaps"),
        lambda: held.question(entry(), agencies=("police", "nonsense")),
        lambda: held.take_fingerprints(entry(), taken=("nonsense",)),
        lambda: held.release(entry(), kind="nonsense"),
        lambda: held.identify(entry(), other=new_id(), basis="nonsense"),
        lambda: held.report_ill_treatment(entry(), kind="nonsense"),
    ):
        with refused("unknown_code", held):
            enter()


def test_plain_text_is_refused_wherever_it_stands(held: Detention) -> None:
    for enter in each(
        lambda: held.deliver(entry(), place=SQUARE),
        lambda: held.release(entry("call from her mother")),
        lambda: held.withdraw(entry(), because="mistake", words="she asked for it"),
        lambda: held.question(entry(), words="..."),  # type: ignore[arg-type]
        lambda: held.identify(entry(), other=new_id(), words="..."),  # type: ignore[arg-type]
        lambda: held.correct(entry(), 1, facts(held, place=SQUARE), because="mistake"),
        lambda: held.correct(entry(), 1, facts(held), because="mistake", words="..."),
    ):
        with refused("unsealed_text", held):
            enter()
    with refused("unsealed_text"):
        Detention.record(entry(), new_id(), person=new_id(), when=EVENING.told("вечером"))


def test_text_sealed_for_another_record_is_refused(held: Detention) -> None:
    for enter in each(
        lambda: held.threaten(entry(), kind="other", words=sealed(new_id())),
        lambda: held.release(entry(sealed(new_id()))),
        lambda: held.release(entry(), when=EVENING.told(sealed(new_id()))),
        lambda: held.correct(entry(), 1, facts(held, words=sealed(new_id())), because="mistake"),
        lambda: held.withdraw(entry(), because="mistake", words=sealed(new_id())),
    ):
        with refused("sealed_for_another_record", held):
            enter()
    held.threaten(entry(sealed(held.id)), kind="other", words=sealed(held.id))


def facts(held: Detention, **changes: Any) -> dict[str, Any]:
    event = held.pending_events[0]
    return {name: getattr(event, name) for name in facts_of(type(event))} | changes  # type: ignore[arg-type]


def test_two_releases_at_different_times_stand_side_by_side(held: Detention) -> None:
    held.release(entry(), when=LATER, kind="after_protocol")
    held.release(entry(), when=EVENING, kind="without_protocol")
    assert held.version == 3


def test_a_release_before_the_detention_is_a_contradiction_and_recorded() -> None:
    held = Detention.record(entry(), new_id(), person=new_id(), when=LATER)
    held.release(entry(), when=EVENING)
    assert held.version == 2


def test_what_happens_after_a_release_is_recorded_too(held: Detention) -> None:
    held.release(entry(), when=EVENING)
    held.question(entry(), when=LATER)
    held.transfer(entry(), when=LATER)
    assert held.version == 4


def test_a_detention_is_identified_as_another_person_never_as_its_own(held: Detention) -> None:
    with refused("same_record", held):
        held.identify(entry(), other=held.person)
    other = new_id()
    held.identify(entry(), other=other, basis="photograph")
    assert (entered(held).person, entered(held).other) == (held.person, other)


def test_whose_detention_it_is_cannot_be_corrected(held: Detention) -> None:
    with refused("person_is_fixed", held):
        held.correct(entry(), 1, facts(held, person=new_id()), because="mistake")
    held.correct(entry(), 1, facts(held, when=EVENING), because="mistake")
    assert entered(held).restated.person == held.person


def test_unknown_is_its_own_answer(held: Detention) -> None:
    opened = held.pending_events[0]
    assert (opened.circumstances, opened.agency, opened.minor) == ("unknown", "unknown", "unknown")  # type: ignore[attr-defined]
    held.take_device(entry())
    assert entered(held).returned == "unknown"


def test_a_release_that_was_withdrawn_is_not_withdrawn_again(held: Detention) -> None:
    held.release(entry())
    held.withdraw(entry(), 2, because="source_retracted")
    with refused("no_such_entry", held):
        held.withdraw(entry(), 2, because="source_retracted")
    assert not held.withdrawn
