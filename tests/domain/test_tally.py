"""What may be decided about a number that is announced."""

from datetime import date

import pytest

from domain.errors import RuleBroken
from domain.protest import Protest
from domain.record import new_id
from domain.tally import Tally, tally_of
from tests.domain.recording import entered, entry, refused
from tests.trackers import MOSCOW, Installation, city, day

SIXTH = date(2022, 3, 6)


def test_the_number_of_a_citys_day_or_of_a_protest_is_held_back_for_a_reason_and_let_go() -> None:
    for what in ({"city": MOSCOW, "day": SIXTH}, {"protest": new_id()}):
        tally = Tally.open(entry(), **what)
        tally.hold_back(entry(), because="danger")
        assert entered(tally).because == "danger"
        assert tally.is_held_back
        tally.let_go(entry())
        assert not tally.is_held_back


def test_a_tally_is_of_one_thing() -> None:
    for what in (
        {},
        {"city": MOSCOW},
        {"day": SIXTH},
        {"city": MOSCOW, "day": SIXTH, "protest": new_id()},
        {"day": SIXTH, "protest": new_id()},
    ):
        with refused("no_such_tally"):
            Tally.open(entry(), **what)


def test_what_is_held_back_is_not_held_back_again_and_what_is_told_not_let_go() -> None:
    tally = Tally.open(entry(), city=MOSCOW, day=SIXTH)
    with refused("not_held_back", tally):
        tally.let_go(entry())
    tally.hold_back(entry(), because="asked")
    with refused("held_back_already", tally):
        tally.hold_back(entry(), because="danger")


def test_a_reason_is_asked_for_and_comes_from_the_list() -> None:
    tally = Tally.open(entry(), city=MOSCOW, day=SIXTH)
    with refused("missing_reason", tally):
        tally.hold_back(entry(), because="")
    with refused("unknown_code", tally):
        tally.hold_back(entry(), because="embarrassing")


def test_the_same_command_is_one_decision_and_two_people_meet_in_one_record(installation: Installation) -> None:
    casebook, first = installation.casebook, entry()
    assert casebook.hold_back(first, city=MOSCOW, day=SIXTH, because="asked").new
    assert not casebook.hold_back(first, city=MOSCOW, day=SIXTH, because="asked").new
    with pytest.raises(RuleBroken, match="held_back_already"):
        casebook.hold_back(entry(), city=MOSCOW, day=SIXTH, because="danger")
    casebook.let_go(entry(), tally_of(city=MOSCOW, day=SIXTH))
    assert casebook.hold_back(entry(), city=MOSCOW, day=SIXTH, because="danger").new


def test_only_the_number_of_a_protest_on_record_is_held_back(installation: Installation) -> None:
    casebook, protest = installation.casebook, new_id()
    with pytest.raises(RuleBroken, match="no_such_record"):
        casebook.hold_back(entry(), protest=protest, because="asked")
    casebook.record_protest(entry(command=protest), protest, when=day(3, 6), place=city())
    casebook.hold_back(entry(), protest=protest, because="asked")
    assert casebook.standing(Tally, tally_of(protest=protest)).is_held_back
    assert not casebook.standing(Protest, protest).withdrawn
