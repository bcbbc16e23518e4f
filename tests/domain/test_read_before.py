"""A change may say what it had read: then it is refused when that entry was changed since, on either store, to the instant."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from domain.casebook import Held
from domain.count import Count
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.protest import Protest
from domain.record import new_id
from tests.trackers import MOSCOW, Address, Installation, city, day, entry


def counted(installation: Installation) -> Any:
    protest = new_id()
    installation.casebook.record_protest(entry(), protest, when=day(3, 2), place=city(MOSCOW))
    for number in (7, 8):
        installation.casebook.count_detentions(entry(), protest, count=Count(number, number))
    return protest


def facts(number: int) -> dict[str, Any]:
    return {"when": None, "place": None, "count": Count(number, number)}


def test_what_was_changed_since_is_not_changed_again_unseen(installation: Installation) -> None:
    book, protest = installation.casebook, counted(installation)
    book.correct(Protest, entry(), protest, 2, facts(9), because="mistake", read=3)
    with pytest.raises(RuleBroken) as refused:
        book.correct(Protest, entry(), protest, 2, facts(10), because="mistake", read=3)
    assert refused.value.code == "changed_meanwhile"
    with pytest.raises(RuleBroken) as refused:
        book.withdraw(Protest, entry(), protest, 2, because="mistake", read=3)
    assert refused.value.code == "changed_meanwhile"
    book.correct(Protest, entry(), protest, 3, facts(10), because="mistake", read=3)
    book.withdraw(Protest, entry(), protest, 2, because="mistake", read=4)
    with pytest.raises(RuleBroken) as refused:
        book.reinstate(Protest, entry(), protest, 2, facts(9), because="mistake", read=5)
    assert refused.value.code == "changed_meanwhile"
    book.reinstate(Protest, entry(), protest, 2, facts(9), because="mistake", read=6)


def test_without_saying_it_nothing_is_asked_and_the_same_command_is_done(installation: Installation) -> None:
    book, protest, again = installation.casebook, counted(installation), entry()
    assert book.correct(Protest, again, protest, 2, facts(9), because="mistake", read=3).new
    assert not book.correct(Protest, again, protest, 2, facts(9), because="mistake", read=3).new
    assert book.correct(Protest, entry(), protest, 2, facts(10), because="mistake").new


@pytest.mark.parametrize("act", ["correct", "withdraw"])
def test_of_two_at_the_same_instant_one_is_told(address: Address, installation: Installation, act: str) -> None:
    """Two threads, each with stores of its own."""
    protest = counted(installation)
    barrier = threading.Barrier(2)
    outcomes: list[str] = []

    def change(number: int) -> None:
        with address.open() as opened:
            barrier.wait()
            try:
                if act == "correct":
                    opened.casebook.correct(Protest, entry(), protest, 2, facts(number), because="mistake", read=3)
                else:
                    opened.casebook.withdraw(Protest, entry(), protest, 2, because="mistake", read=3)
                outcomes.append("done")
            except RuleBroken as refused:
                outcomes.append(refused.code)

    threads = [threading.Thread(target=change, args=(number,)) for number in (40, 50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["changed_meanwhile", "done"]
    assert len(installation.log.of([protest])) == 4


def test_people_are_told_apart_all_or_nobody(installation: Installation) -> None:
    book, detention, person = installation.casebook, new_id(), new_id()
    book.record_detention(entry(), detention, person=person, when=day(3, 2))
    told: dict[str, Any] = {"when": day(3, 2), "place": None, "protest": None, "circumstances": "unknown"}
    whole = {**told, "person": person, "agency": "unknown", "minor": "unknown", "words": None}
    held = [Held(new_id(), new_id(), facts=told) for _ in range(2)]
    split: Callable[..., Any] = book.split_detention
    with pytest.raises(RuleBroken):
        split(entry(), detention, held=held, facts=whole, references={}, because="", read=1)
    assert installation.log.last() == 2
    command = entry()
    assert split(command, detention, held=held, facts=whole, references={}, read=1).new
    assert not split(command, detention, held=held, facts=whole, references={}, read=1).new
    assert installation.log.last() == 2 + 1 + 4
    for one in held:
        assert book.standing(Detention, one.detention).person == one.person
