"""A case that several people may share: each entry is about one of them or about all."""

from typing import Any

import pytest

from domain.errors import RuleBroken
from domain.facts import facts_of
from domain.person import Person
from domain.proceeding import Proceeding
from domain.record import new_id
from tests.domain.recording import EVENING, LATER, entered, entry, refused, sealed, tomorrow
from tests.trackers import Installation, forget

VERA, LEV, STRANGER = new_id(), new_id(), new_id()


@pytest.fixture
def case() -> Proceeding:
    return Proceeding.open(entry(), new_id(), persons=(VERA, LEV), kind="administrative", article="koap-20.2-5")


def restated(event: Any, **changes: Any) -> dict[str, Any]:
    return {name: getattr(event, name) for name in facts_of(event.__class__)} | changes


def test_a_case_is_against_somebody_and_names_nobody_twice() -> None:
    with refused("proceeding_of_nobody"):
        Proceeding.open(entry(), new_id(), persons=())
    with refused("defendant_already"):
        Proceeding.open(entry(), new_id(), persons=(VERA, VERA))


def test_what_happens_concerns_one_defendant_or_all_and_nobody_else(case: Proceeding) -> None:
    case.rule(entry(), person=VERA, outcome="guilty", penalties=("fine",))
    case.close(entry(), outcome="executed")
    assert case.said_of(2) == {VERA}
    assert case.said_of(3) == {VERA, LEV}
    with refused("not_a_defendant", case):
        case.appeal(entry(), person=STRANGER)


def test_a_further_defendant_joins_once_and_is_none_any_more_when_that_is_withdrawn(case: Proceeding) -> None:
    case.join(entry(), person=STRANGER)
    with refused("defendant_already", case):
        case.join(entry(), person=STRANGER)
    case.appeal(entry(), person=STRANGER)
    case.withdraw(entry(), 2, because="mistake")
    with refused("not_a_defendant", case):
        case.appeal(entry(), person=STRANGER)
    assert case.ever == {VERA, LEV, STRANGER}, "what was said of them is still forgotten with them"


def test_a_hearing_lies_ahead_and_a_ruling_does_not(case: Proceeding) -> None:
    case.set_hearing(entry(), due=tomorrow())
    with refused("future_date", case):
        case.rule(entry(), when=tomorrow())


def test_a_hearing_of_one_is_none_of_another(case: Proceeding) -> None:
    case.set_hearing(entry(), due=EVENING, person=VERA)
    with refused("no_such_hearing", case):
        case.hold_hearing(entry(), hearing=2, person=LEV)
    case.hold_hearing(entry(), hearing=2)
    assert entered(case).hearing == 2, "what is said of all is said of each"


def test_what_is_moved_and_held_is_the_last_hearing_set_for_this_person(case: Proceeding) -> None:
    case.set_hearing(entry(), due=EVENING, person=VERA)
    case.set_hearing(entry(), due=EVENING, person=LEV)
    case.move_hearing(entry(), due=LATER, person=VERA)
    assert entered(case).hearing == 2
    case.hold_hearing(entry(), person=VERA)
    assert entered(case).hearing == 2
    case.hold_hearing(entry(), person=VERA)
    assert entered(case).hearing is None, "one nobody had told of"
    case.withdraw(entry(), 5, because="mistake")
    case.hold_hearing(entry(), person=VERA)
    assert entered(case).hearing == 2
    with refused("no_such_hearing", case):
        case.move_hearing(entry(), hearing=1)


def test_a_second_report_of_a_ruling_stands_beside_the_first(case: Proceeding) -> None:
    case.rule(entry(), when=EVENING, outcome="guilty", person=VERA)
    case.rule(entry(), when=LATER, outcome="acquitted", person=VERA)
    assert case.version == 3


def test_whom_an_entry_is_about_is_not_corrected(case: Proceeding) -> None:
    opened = entered(case)
    case.rule(entry(), outcome="guilty", person=VERA)
    ruled = entered(case)
    with refused("person_is_fixed", case):
        case.correct(entry(), 2, restated(ruled, person=LEV), because="mistake")
    with refused("person_is_fixed", case):
        case.correct(entry(), 1, restated(opened, persons=(VERA,)), because="mistake")
    case.correct(entry(), 2, restated(ruled, outcome="acquitted"), because="mistake")
    case.correct(entry(), 1, restated(opened, article="koap-20.2-8"), because="mistake")


def test_plain_words_are_refused(case: Proceeding) -> None:
    with refused("unsealed_text", case):
        case.rule(entry(), words="Пять суток")  # type: ignore[arg-type]
    case.rule(entry(), words=sealed(case.id))


def test_of_a_forgotten_defendant_nothing_more_is_told_and_of_the_others_it_is(installation: Installation) -> None:
    casebook, vera, lev, case = installation.casebook, new_id(), new_id(), new_id()
    for person in (vera, lev):
        casebook.open_person(entry(), person)
    casebook.open_proceeding(entry(command=case), case, persons=(vera, lev))
    casebook.record_ruling(entry(), case, person=vera, outcome="guilty")
    casebook.record_ruling(entry(), case, person=lev, outcome="guilty")
    forget(casebook, vera)
    (_, told), *_ = reversed([one for one in installation.log.of([case]) if one.event.originator_version == 2])
    facts = restated(told)

    def code(act: Any) -> str:
        with pytest.raises(RuleBroken) as broken:
            act()
        return broken.value.code

    assert code(lambda: casebook.record_appeal(entry(), case, person=vera)) == "person_forgotten"
    assert code(lambda: casebook.record_appeal(entry(), case)) == "defendant_forgotten"
    assert code(lambda: casebook.join_proceeding(entry(), case, person=new_id())) == "no_such_record"
    assert code(lambda: casebook.attest(Proceeding, entry(), case, 2)) == "person_forgotten"
    assert code(lambda: casebook.correct(Proceeding, entry(), case, 2, facts, because="mistake")) == "person_forgotten"
    casebook.record_appeal(entry(), case, person=lev)
    casebook.attest(Proceeding, entry(), case, 3)
    casebook.withdraw(Proceeding, entry(), case, 2, because="mistake")


def test_a_case_follows_from_a_detention_of_one_of_its_defendants(installation: Installation) -> None:
    casebook, held, vera, lev = installation.casebook, new_id(), new_id(), new_id()
    casebook.record_detention(entry(command=held), held, person=vera)
    casebook.open_person(entry(), lev)
    with pytest.raises(RuleBroken, match="proceeding_of_another"):
        casebook.open_proceeding(entry(), new_id(), persons=(lev,), detention=held)
    casebook.open_proceeding(entry(), new_id(), persons=(lev, vera), detention=held)
    assert not casebook.standing(Person, vera).forgotten
