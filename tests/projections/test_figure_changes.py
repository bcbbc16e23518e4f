"""Why a figure changed: what each entry moved adds up to the difference, and is told by its reason."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.count import Count
from domain.detention import Detention
from domain.protest import Protest
from domain.record import new_id
from projections import corrections
from projections.figures import DEFINITIONS, compute
from projections.figures.changes import LEARNED, UNATTRIBUTED, Change, Size, why
from tests.projections.doings import Doing, Doings, doings
from tests.projections.homes import fresh, thoroughly
from tests.trackers import MOSCOW, PETERSBURG, Installation, city, day, entry
from web.wiring import PROJECTIONS


def agrees(size: Size, low: int, high: int | None) -> bool:
    return size.low == low and (size.endless > 0 if high is None else (size.high, size.endless) == (high, 0))


@given(doings(least=15, most=60), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), min_size=2, max_size=4))
@settings(thoroughly, max_examples=25)
def test_what_moved_a_figure_adds_up_to_the_difference_and_all_of_it_has_a_reason(
    what: list[Doing], between: list[tuple[int, int]]
) -> None:
    with fresh() as address, address.open() as opened:
        last = Doings(opened.casebook).do(what)
        opened.projector().follow()
        with opened.views() as db:
            for pair in between:
                since, until = sorted(position % (last + 1) for position in pair)
                for name in DEFINITIONS:
                    by_city = compute(db, name, by="city", position=until)
                    finest = DEFINITIONS[name].dimensions[-1]
                    of_whom = [
                        {finest: None},
                        *({finest: line.key} for line in compute(db, name, by=finest, position=until).rows),
                    ]
                    for only in ({}, *({"city": line.key} for line in by_city.rows[:2]), *of_whom[:2]):
                        change = why(db, name, since=since, until=until, only=only)
                        for position, size in ((since, change.before), (until, change.after)):
                            found = compute(db, name, by=None, position=position, only=only).total
                            assert agrees(size, *found)
                        total = change.before
                        for size, _ in change.by_reason().values():
                            total = total.more(size)
                        assert total == change.after
                        assert UNATTRIBUTED not in change.by_reason()
                        assert all(since < position <= until for move in change.moves for position in move.positions)


@given(doings(least=15, most=50))
@settings(thoroughly, max_examples=10)
def test_a_row_is_the_figure_of_what_has_its_value(what: list[Doing]) -> None:
    with fresh() as address, address.open() as opened:
        position = Doings(opened.casebook).do(what)
        opened.projector().follow()
        with opened.views() as db:
            for name in DEFINITIONS:
                for by in DEFINITIONS[name].dimensions:
                    figure = compute(db, name, by=by, position=position)
                    for line in figure.rows:
                        assert compute(db, name, by=None, position=position, only={by: line.key}).total == line.total
                    nowhere = compute(db, name, by=None, position=position, only={by: None}).total
                    assert nowhere.low >= figure.left_out.low


# By hand.


def march(installation: Installation, told: int) -> tuple[UUID, int]:
    protest = new_id()
    installation.casebook.record_protest(entry(), protest, when=day(3, 2), place=city(MOSCOW))
    position = installation.casebook.count_detentions(entry(), protest, count=Count.exactly(told)).position
    return protest, position


def changed(installation: Installation, since: int, **only: int) -> Change:
    installation.projector().follow()
    with installation.views() as db:
        return why(db, "detentions", since=since, until=installation.log.last(), only=only)


def told(change: Change) -> dict[str, tuple[int, int, int]]:
    return {reason: tuple(size) for reason, (size, _) in change.by_reason().items()}  # type: ignore[misc]


def test_people_below_a_count_move_nothing_until_they_are_more(installation: Installation) -> None:
    protest, since = march(installation, 3)
    positions = [
        installation.casebook.record_detention(entry(), new_id(), person=new_id(), protest=protest).position for _ in range(5)
    ]
    change = changed(installation, since)
    assert told(change) == {LEARNED: (2, 2, 0)}
    assert set(change.by_reason()[LEARNED][1]) <= set(range(since + 1, positions[-1] + 1))


def test_each_reason_has_what_it_moved(installation: Installation) -> None:
    protest, since = march(installation, 40)
    facts = {"when": None, "count": Count.exactly(46), "place": None}
    installation.casebook.correct(Protest, entry(), protest, 2, facts, because="new_information")
    late, _ = march(installation, 7)
    installation.casebook.withdraw(Protest, entry(), protest, 2, because="mistake")
    detention = new_id()
    installation.casebook.record_detention(entry(), detention, person=new_id(), protest=protest)
    installation.casebook.withdraw(Detention, entry(), detention, because="mistake")
    held = installation.casebook.standing(Detention, detention)
    again: dict[str, Any] = {"person": held.person, "when": None, "place": None}
    again |= {"protest": protest, "circumstances": "unknown", "agency": "unknown", "minor": "unknown", "words": None}
    installation.casebook.reinstate(Detention, entry(), detention, 1, again, because="new_information")
    change = changed(installation, since)
    assert told(change) == {
        LEARNED: (8, 8, 0),
        corrections.CORRECTED: (6, 6, 0),
        corrections.WITHDRAWN: (-47, -47, 0),
        corrections.REINSTATED: (1, 1, 0),
    }
    assert change.after.less(change.before) == (-32, -32, 0)
    assert late != protest


def test_a_count_without_an_upper_end_is_told_beside_the_numbers(installation: Installation) -> None:
    protest, since = march(installation, 40)
    installation.casebook.count_detentions(entry(), protest, count=Count(60, None))
    assert told(changed(installation, since)) == {LEARNED: (0, 0, 1)}
    installation.casebook.withdraw(Protest, entry(), protest, 2, because="mistake")
    assert told(changed(installation, since)) == {LEARNED: (0, 0, 1), corrections.WITHDRAWN: (20, 20, 0)}


def test_what_moves_to_another_city_is_corrected_in_both(installation: Installation) -> None:
    protest, since = march(installation, 5)
    facts = {
        "when": day(3, 2),
        "place": city(PETERSBURG),
        "form": "march",
        "agreement": "unknown",
        "about": None,
        "organiser": None,
    }
    installation.casebook.correct(Protest, entry(), protest, 1, facts, because="mistake")
    assert told(changed(installation, since)) == {}
    assert told(changed(installation, since, city=MOSCOW)) == {corrections.CORRECTED: (-5, -5, 0)}
    assert told(changed(installation, since, city=PETERSBURG)) == {corrections.CORRECTED: (5, 5, 0)}


def test_what_no_reason_is_known_for_is_a_line_of_its_own(installation: Installation) -> None:
    """The control: the view of corrections stands still, and nothing after it is taken for news."""
    _, since = march(installation, 5)
    installation.projector().follow()
    march(installation, 7)
    installation.projector([p for p in PROJECTIONS if p is not corrections.projection]).follow()
    with installation.views() as db:
        change = why(db, "detentions", since=since, until=installation.log.last())
    assert told(change) == {UNATTRIBUTED: (7, 7, 0)}


def test_an_unknown_dimension_is_an_error(installation: Installation) -> None:
    installation.projector()
    with installation.views() as db, pytest.raises(KeyError):
        compute(db, "detentions", by=None, position=0, only={"colour": "red"})
