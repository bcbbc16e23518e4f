"""One night's number: every report could be true, nobody is counted twice, and the order of recording does not matter.

The laws are asked of whole installations: a world of people is made up, reported on truthfully, and the interval must hold it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.casebook import Casebook
from domain.casebook.reports import Held
from domain.count import Count
from domain.protest import Protest
from domain.record import new_id
from domain.report import Report
from projections import figures, heatmap, night_counts
from projections.reconciling import Total
from tests.projections.homes import fresh, thoroughly
from tests.trackers import MOSCOW, Installation, city, clock, day, entry, station

NIGHT = 20220302
STATIONS = ("msk-tverskoy", "msk-arbat", "msk-yakimanka")


class Watch:
    """An evening in Moscow as a hotline records it."""

    def __init__(self, installation: Installation) -> None:
        self.casebook: Casebook = installation.casebook
        self._installation = installation
        self._projector = installation.projector()

    def report(self, count: Count, at: str | None = STATIONS[0], protest: UUID | None = None, hour: int = 20) -> UUID:
        report = new_id()
        place = station(at) if at is not None else city()
        self.casebook.receive_report(entry(), report, when=clock(2, hour), place=place, protest=protest, count=count)
        return report

    def protest(self) -> UUID:
        protest = new_id()
        self.casebook.record_protest(entry(), protest, when=clock(2, 19), place=city())
        return protest

    def held(self, at: str | None = None, protest: UUID | None = None) -> UUID:
        detention = new_id()
        facts: dict[str, Any] = {"when": clock(2, 19, 30), "place": city(), "protest": protest}
        self.casebook.record_detention(entry(), detention, person=new_id(), **facts)
        if at is not None:
            self.casebook.record_delivery(entry(), detention, place=station(at))
        return detention

    def split(self, report: UUID, many: int) -> list[UUID]:
        told = [Held(new_id(), new_id(), facts={"when": clock(2, 19, 30), "place": city()}) for _ in range(many)]
        self.casebook.split_report(entry(), report, held=told)
        return [held.detention for held in told]

    def restate(self, report: UUID, **changes: Any) -> None:
        received = self._installation.log.of([report])[0].event
        facts = {name: getattr(received, name) for name in ("when", "place", "protest", "count", "minors", "concerns", "words")}
        self.casebook.correct(Report, entry(), report, 1, {**facts, **changes}, because="new_information")

    def total(self, position: int | None = None) -> Total:
        """What figure, heat map and night say, which is one number."""
        self._projector.follow()
        with self._installation.views() as db:
            figure = figures.compute(db, "detentions", by="city", position=position or self._installation.log.last())
            if position is None:
                rows = [row for row in heatmap.by_city(db) if row.city == MOSCOW]
                heat = Total(rows[0].detained_low, None if rows[0].open_ended else rows[0].detained_high) if rows else Total(0, 0)
                assert heat == night_counts.one_night(db, MOSCOW, NIGHT).total == figure.total
        return figure.total


@pytest.fixture
def watch(installation: Installation) -> Watch:
    return Watch(installation)


def test_a_report_without_a_protest_counts_at_its_station(watch: Watch) -> None:
    watch.report(Count.exactly(15))
    assert watch.total() == Total(15, 15)


def test_two_reports_about_one_station_compete_and_of_two_stations_are_added(watch: Watch) -> None:
    watch.report(Count.exactly(15))
    watch.report(Count.between(10, 12))
    assert watch.total() == Total(10, 15)
    watch.report(Count.at_least(3), at=STATIONS[1])
    assert watch.total() == Total(13, None)


def test_whoever_is_told_out_of_a_report_is_among_those_it_counts(watch: Watch) -> None:
    report = watch.report(Count.exactly(15))
    held = watch.split(report, 3)
    assert watch.total() == Total(15, 15)
    watch.casebook.record_delivery(entry(), held[0], place=station(STATIONS[1]))
    assert watch.total() == Total(15, 15), "brought to another station, still one of the fifteen"
    watch.split(report, 13)
    assert watch.total() == Total(16, 16), "sixteen are known one by one"


def test_whoever_is_known_to_have_been_at_a_station_is_among_those_counted_there(watch: Watch) -> None:
    watch.held(at=STATIONS[0])
    watch.held()
    watch.report(Count.exactly(15))
    assert watch.total() == Total(16, 16)


def test_a_count_at_a_station_may_be_of_the_people_of_a_protest_or_of_others(watch: Watch) -> None:
    protest = watch.protest()
    watch.casebook.count_detentions(entry(), protest, count=Count.exactly(20))
    report = watch.report(Count.exactly(15))
    assert watch.total() == Total(20, 35)
    watch.restate(report, protest=protest)
    assert watch.total() == Total(20, 20), "as a count of one of the protest's stations it is of its people"


def test_a_group_counted_at_no_station_may_be_any_of_the_others(watch: Watch) -> None:
    watch.report(Count.exactly(15), at=None)
    assert watch.total() == Total(15, 15)
    watch.report(Count.exactly(20), at=STATIONS[0])
    assert watch.total() == Total(20, 35)


def test_that_nobody_is_held_any_more_is_no_count_of_those_who_were(watch: Watch) -> None:
    watch.report(Count.exactly(15))
    watch.report(Count.exactly(0), hour=23)
    assert watch.total() == Total(15, 15)


def test_what_cannot_be_placed_in_a_city_raises_the_high_end_alone(watch: Watch, installation: Installation) -> None:
    watch.casebook.receive_report(entry(), new_id(), when=clock(2, 20), count=Count.exactly(15))
    installation.projector().follow()
    with installation.views() as db:
        assert figures.compute(db, "detentions", by="city", position=1).total == Total(0, 15)
        assert [(row.detained_low, row.detained_high) for row in heatmap.by_city(db)] == [(0, 15)]


def test_after_midnight_it_is_still_the_same_night(watch: Watch) -> None:
    watch.held(at=STATIONS[0])
    report = new_id()
    watch.casebook.receive_report(entry(), report, when=clock(3, 2), place=station(STATIONS[0]), count=Count.exactly(1))
    assert watch.total() == Total(1, 1)
    watch.casebook.receive_report(entry(), new_id(), when=day(3, 2), place=station(STATIONS[0]), count=Count.exactly(4))
    assert watch.total() == Total(1, 4)


def test_a_report_taken_back_asks_for_nobody_and_reinstated_for_all_of_them(watch: Watch) -> None:
    report = watch.report(Count.exactly(15))
    before = watch.total()
    watch.casebook.withdraw(Report, entry(), report, because="duplicate")
    assert watch.total() == Total(0, 0)
    facts = {"when": clock(2, 20), "place": station(STATIONS[0]), "count": Count.exactly(15)}
    more = {"protest": None, "minors": None, "concerns": ("unknown",), "words": None}
    watch.casebook.reinstate(Report, entry(), report, 1, {**facts, **more}, because="mistake")
    assert watch.total() == before


def test_a_report_outlives_the_protest_it_was_given_to(watch: Watch) -> None:
    protest = watch.protest()
    watch.casebook.count_detentions(entry(), protest, count=Count.exactly(40))
    watch.report(Count.exactly(15), protest=protest)
    watch.casebook.withdraw(Protest, entry(), protest, because="mistake")
    assert watch.total() == Total(15, 15)


def test_what_was_known_before_a_correction_can_still_be_asked(watch: Watch, installation: Installation) -> None:
    report = watch.report(Count.exactly(15))
    then = installation.log.last()
    watch.restate(report, count=Count.exactly(9))
    assert (watch.total(then), watch.total()) == (Total(15, 15), Total(9, 9))


# The laws.


@dataclass(frozen=True)
class World:
    """Who was really held where: for each person the station, whether at the protest, and whether their name came through."""

    people: Sequence[tuple[int, bool, bool]]

    def at(self, station: int) -> int:
        return sum(1 for known, _, _ in self.people if known == station)


WORLDS = st.builds(World, st.lists(st.tuples(st.integers(0, 2), st.booleans(), st.booleans()), max_size=14))
SLACK = st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans())


def around(true: int, slack: tuple[int, int, bool]) -> Count:
    """A truthful count: the interval holds the true number."""
    less, more, is_open = slack
    return Count(max(0, true - less), None if is_open else true + more)


def tell(watch: Watch, world: World, slacks: Sequence[tuple[int, int, bool]], order: Sequence[int]) -> None:
    """Everything true of the world that the slacks say is told, in the order given."""
    protest = watch.protest()
    told: list[Any] = [
        lambda at=at, of=of: watch.held(at=STATIONS[at], protest=protest if of else None)
        for at, of, is_named in world.people
        if is_named
    ]
    told += [
        lambda at=index % 3, slack=slack: watch.report(around(world.at(at), slack), at=STATIONS[at])
        for index, slack in enumerate(slacks)
    ]
    if any(of for _, of, _ in world.people):
        count = Count.exactly(sum(1 for _, of, _ in world.people if of))
        told.append(lambda: watch.casebook.count_detentions(entry(), protest, count=count))
    for _, act in sorted(enumerate(told), key=lambda one: order[one[0] % len(order)] if order else 0):
        act()


@given(WORLDS, st.lists(SLACK, max_size=6), st.permutations(range(12)))
@thoroughly
def test_of_true_reports_the_number_holds_the_truth(world: World, slacks: list[tuple[int, int, bool]], order: list[int]) -> None:
    """At the low end nobody is added twice; where every station was counted, the high end leaves nobody out."""
    with fresh() as address, address.open() as opened:
        watch = Watch(opened)
        tell(watch, world, slacks, order)
        low, high = watch.total()
        assert low <= len(world.people)
        if len(slacks) >= len(STATIONS):
            assert high is None or high >= len(world.people)
        for index, slack in enumerate(slacks):
            claim = around(world.at(index % 3), slack)
            assert high is None or high >= claim.low, "each single report can be true"


@given(WORLDS, st.lists(SLACK, max_size=6), st.permutations(range(12)))
@settings(thoroughly, max_examples=10)
def test_the_order_of_recording_does_not_matter(world: World, slacks: list[tuple[int, int, bool]], order: list[int]) -> None:
    totals = []
    for way in (list(range(12)), order):
        with fresh() as address, address.open() as opened:
            watch = Watch(opened)
            tell(watch, world, slacks, way)
            totals.append(watch.total())
    assert totals[0] == totals[1]


Step = tuple[int, int, int]


@given(WORLDS, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 20), st.integers(0, 2)), max_size=10))
@thoroughly
def test_splitting_moving_and_attesting_never_count_anybody_twice(world: World, steps: list[Step]) -> None:
    """The unnamed of each station are told out of its one true report, moved on, and claimed by the protest they were at."""
    with fresh() as address, address.open() as opened:
        watch = Watch(opened)
        protest = watch.protest()
        reports = [watch.report(Count.exactly(world.at(at)), at=STATIONS[at]) for at in range(3)]
        waiting = [world.at(at) for at in range(3)]
        held: list[UUID] = []
        moved = False
        for verb, which, at in steps:
            if verb == 0 and waiting[at]:
                held += watch.split(reports[at], 1)
                waiting[at] -= 1
            elif verb == 1 and held:
                detention = held[which % len(held)]
                facts = {"when": clock(2, 19, 30), "place": city(), "protest": protest, "circumstances": "at_protest"}
                person = watch.casebook.standing(_detention(), detention).person
                more = {"person": person, "agency": "unknown", "minor": "unknown", "words": None}
                watch.casebook.correct(_detention(), entry(), detention, 1, {**facts, **more}, because="new_information")
            elif verb == 2:
                watch.casebook.attest(Report, entry("media"), reports[at], 1)
            elif verb == 3 and held:
                watch.casebook.record_transfer(entry(), held[which % len(held)], place=station(STATIONS[at]))
                moved = True
            low, high = watch.total()
            assert high is not None
            assert low <= len(world.people) <= high
            assert moved or low == high, "whoever is moved on may be among those counted at the other station, or not"


def _detention() -> Any:
    from domain.detention import Detention

    return Detention
