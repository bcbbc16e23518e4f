"""What a number was, position by position: every step is the figure as of there, and nothing is left out between two steps."""

from collections.abc import Iterable, Mapping

from hypothesis import given, settings

from domain.count import Count
from domain.protest import Protest
from domain.record import new_id
from projections import corrections
from projections.figures import DEFINITIONS, Counted, compute
from projections.figures.changes import LEARNED
from projections.figures.histories import Key, Step, histories
from projections.figures.outside import outside
from projections.held_back import held
from projections.reconciling import Total
from tests.projections.doings import Doing, Doings, doings
from tests.projections.homes import fresh, thoroughly
from tests.trackers import MOSCOW, Installation, city, day, entry

DETENTIONS = DEFINITIONS["detentions"]
NOBODY = Total(0, 0)


def spot(counted: Counted) -> list[tuple[int | None, int]]:
    """The city and the day it counts on."""
    return [(counted.city, counted.day)]


def every_position_its_own_minute(positions: Iterable[int]) -> Mapping[int, int]:
    return {position: position * 60 for position in positions}


def all_at_once(positions: Iterable[int]) -> Mapping[int, int]:
    return dict.fromkeys(positions, 0)


def number_at(steps: Iterable[Step], position: int) -> Total:
    return next((step.total for step in reversed(list(steps)) if step.position <= position), NOBODY)


@given(doings(least=15, most=60))
@settings(thoroughly, max_examples=20)
def test_a_history_says_at_every_position_what_the_figure_said(what: list[Doing]) -> None:
    with fresh() as address, address.open() as opened:
        last = Doings(opened.casebook).do(what)
        opened.projector().follow()
        with opened.views() as db:
            definition = outside(DETENTIONS, held(db))
            found = histories(db, definition, last, spot, every_position_its_own_minute)
            for position in range(last + 1):
                then: dict[Key, list[Total]] = {}
                for counted in definition.count(db, position):
                    then.setdefault((counted.city, counted.day), []).append(counted.total)
                for key in {*then, *found}:
                    low = sum(total.low for total in then.get(key, ()))
                    highs = [total.high for total in then.get(key, ())]
                    high = None if None in highs else sum(high for high in highs if high is not None)
                    assert number_at(found.get(key, ()), position) == (low, high), (key, position)


@given(doings(least=15, most=60))
@settings(thoroughly, max_examples=10)
def test_new_entries_of_one_minute_are_one_step_and_corrections_each_their_own(what: list[Doing]) -> None:
    with fresh() as address, address.open() as opened:
        last = Doings(opened.casebook).do(what)
        opened.projector().follow()
        with opened.views() as db:
            exact = histories(db, DETENTIONS, last, spot, every_position_its_own_minute)
            told = histories(db, DETENTIONS, last, spot, all_at_once)
            for key, steps in told.items():
                assert all(number_at(exact[key], step.position) == step.total for step in steps)
                assert number_at(steps, last) == number_at(exact[key], last)
                for step in exact[key]:
                    if step.reason != LEARNED:
                        assert number_at(steps, step.position) == step.total


def test_a_number_that_was_corrected_and_withdrawn_says_so(installation: Installation) -> None:
    casebook, protest = installation.casebook, new_id()
    casebook.record_protest(entry(command=protest), protest, when=day(3, 6), place=city())
    casebook.count_detentions(entry(), protest, count=Count(30, 30))
    casebook.correct(Protest, entry(), protest, 2, {"when": None, "count": Count(34, None), "place": None}, because="mistake")
    casebook.withdraw(Protest, entry(), protest, 2, because="mistake")
    installation.projector().follow()
    with installation.views() as db:
        (steps,) = histories(db, DETENTIONS, 4, spot, all_at_once).values()
    assert [(step.position, step.total, step.reason) for step in steps] == [
        (2, (30, 30), LEARNED),
        (3, (34, None), corrections.CORRECTED),
        (4, (0, 0), corrections.WITHDRAWN),
    ]


def test_what_is_held_back_has_no_history_outside_and_comes_back_whole(installation: Installation) -> None:
    casebook, protest, other = installation.casebook, new_id(), new_id()
    for one, people in ((protest, 30), (other, 4)):
        casebook.record_protest(entry(command=one), one, when=day(3, 6), place=city())
        casebook.count_detentions(entry(), one, count=Count(people, people))
    casebook.hold_back(entry(), protest=protest, because="danger")
    installation.projector().follow()
    with installation.views() as db:
        known = held(db)
        (steps,) = histories(db, outside(DETENTIONS, known), 6, spot, every_position_its_own_minute).values()
        told = compute(db, "detentions", by="city", position=6, held=known)
        inside = compute(db, "detentions", by="city", position=6)
    assert [step.total for step in steps] == [(4, 4)]
    assert ([line.total for line in told.rows], [line.total for line in inside.rows]) == ([(4, 4)], [(34, 34)])
    assert known.is_in(MOSCOW, 202203)
    assert not known.is_in(MOSCOW, 202204)
    tally = next(event.originator_id for _, event in installation.log.page(0, 10) if type(event).__name__ == "HeldBack")
    casebook.let_go(entry(), tally)
    installation.projector().follow()
    with installation.views() as db:
        assert held(db).is_nothing
        (steps,) = histories(db, DETENTIONS, 7, spot, every_position_its_own_minute).values()
    assert [step.total for step in steps] == [(30, 30), (34, 34)]
