"""City heat: it adds up, it agrees with the figures, and whatever is counted can be taken back."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from sqlalchemy import Connection, select

from domain.casebook import Casebook
from domain.count import Count
from domain.detention import Detention
from domain.protest import Protest
from domain.record import new_id
from projections import figures, heatmap, night_tables, statistics
from projections.days import EVER, Period
from projections.heatmap import NOWHERE
from projections.projection import View
from projections.projector import Projector
from tests.projections.doings import Doing, Doings, doings
from tests.projections.homes import fresh, thoroughly
from tests.trackers import CELLS, MOSCOW, PETERSBURG, Installation, city, day, entry, station

COUNTS = heatmap.cities.columns[1:]
Sums = dict[int, tuple[int, ...]]


def summed(db: Connection, view: View) -> Sums:
    """The counts of a table, added up by city."""
    sums: dict[int, list[int]] = defaultdict(lambda: [0] * len(COUNTS))
    for row in db.execute(select(view.table)):
        for index, count in enumerate(COUNTS):
            sums[row.city][index] += getattr(row, count)
    return {number: tuple(found) for number, found in sums.items()}


@given(doings(least=10, most=60))
@thoroughly
def test_cells_days_and_months_add_up_to_the_cities_and_to_the_figures(what: list[Doing]) -> None:
    with fresh() as address, address.open() as opened:
        position = Doings(opened.casebook).do(what)
        opened.projector().follow(7)
        with opened.views() as db:
            cities = summed(db, heatmap.cities)
            for view in (heatmap.days, heatmap.months, heatmap.cells, heatmap.cities_by_month):
                assert summed(db, view) == cities
                rows = db.execute(select(*(view.table.c[count] for count in COUNTS))).all()
                assert all(any(row) and min(row) >= 0 for row in rows), "no row of nothing, and nothing below it"
            heat = {row.city: row for row in heatmap.by_city(db)}
            for row in heat.values():
                assert row.detained_low <= row.detained_high
                assert row.held + row.released <= row.detained_low
            figure = figures.compute(db, "detentions", by="city", position=position)
            protests = figures.compute(db, "protests", by="city", position=position)
            _agree(heat, figure, "detained_low")
            _agree(heat, protests, "protests")
            for line in figure.rows:
                assert (line.total.high is None) == bool(heat[line.key].open_ended)
                assert line.total.high in (None, heat[line.key].detained_high)


def _agree(heat: dict[int, Any], figure: figures.Figure, column: str) -> None:
    shown = {number: getattr(row, column) for number, row in heat.items() if number != NOWHERE and getattr(row, column)}
    assert {line.key: line.total.low for line in figure.rows if line.total.low} == shown
    assert figure.left_out.low == (getattr(heat[NOWHERE], column) if NOWHERE in heat else 0)
    assert figure.total.low == sum(getattr(row, column) for row in heat.values())


@given(doings(least=10, most=40))
@thoroughly
def test_what_is_counted_at_each_protest_is_what_the_figure_counts_there(what: list[Doing]) -> None:
    with fresh() as address, address.open() as opened:
        done = Doings(opened.casebook)
        done.do(what)
        opened.projector().follow()
        with opened.views() as db:
            at = heatmap.detained_at(db, [protest.bytes for protest in done.protests])
            assert set(at) == {protest.bytes for protest in done.protests}
            elsewhere = [row for row in db.execute(select(heatmap.detentions.table)) if row.stands and row.protest is None]
            total = figures.compute(db, "detentions", by=None, position=opened.log.last()).total
            beyond = sum(row.low for row in db.execute(select(night_tables.extra.table)))
            assert total.low == sum(found.low for found in at.values()) + len(elsewhere) + beyond


# Each counter in both directions.


class Evening:
    """A protest in Moscow, one person detained there and one elsewhere in the city, and what the heat says."""

    def __init__(self, installation: Installation) -> None:
        self.casebook: Casebook = installation.casebook
        self._installation = installation
        self._projector: Projector = installation.projector()
        self.protest, self.held, self.elsewhere = new_id(), new_id(), new_id()
        spot = city(MOSCOW, CELLS[MOSCOW])
        self.casebook.record_protest(entry(), self.protest, when=day(3, 2), place=spot)
        self.casebook.record_detention(entry(), self.held, person=new_id(), protest=self.protest)
        self.casebook.record_detention(entry(), self.elsewhere, person=new_id(), when=day(3, 3), place=city(MOSCOW))

    def heat(self, number: int = MOSCOW) -> dict[str, int]:
        """What is counted in a city, without the zeros."""
        self._projector.follow()
        with self._installation.views() as db:
            row = next((row for row in heatmap.by_city(db) if row.city == number), None)
            return {count: getattr(row, count) for count in COUNTS if getattr(row, count)} if row is not None else {}

    def facts_of(self, record: UUID, version: int) -> dict[str, Any]:
        """What an entry says, to be restated with changes."""
        told = next(t.event for t in self._installation.log.of([record]) if t.event.originator_version == version)
        common = ("originator_id", "originator_version", "originator_topic", "timestamp", "recorded_by", "source", "command")
        return {name: value for name, value in vars(told).items() if name not in common}

    def last_version(self, record: UUID) -> int:
        return self._installation.log.of([record])[-1].event.originator_version


TWO_HELD = {"detained_low": 2, "detained_high": 2, "held": 2, "protests": 1}


@pytest.fixture
def evening(installation: Installation) -> Evening:
    return Evening(installation)


def test_one_evening_is_counted(evening: Evening) -> None:
    assert evening.heat() == TWO_HELD
    assert evening.heat(PETERSBURG) == {}


Change = tuple[Callable[[Evening], object], dict[str, int], str]
CHANGES: dict[str, Change] = {
    "a release": (
        lambda e: e.casebook.record_release(entry(), e.held, kind="after_protocol"),
        {"held": 1, "released": 1},
        "held",
    ),
    "a release elsewhere": (
        lambda e: e.casebook.record_release(entry(), e.elsewhere),
        {"held": 1, "released": 1},
        "elsewhere",
    ),
    "remand, which frees nobody": (lambda e: e.casebook.record_release(entry(), e.held, kind="to_remand"), {}, "held"),
    "a count": (
        lambda e: e.casebook.count_detentions(entry(), e.protest, count=Count.between(5, 8)),
        {"detained_low": 6, "detained_high": 9},
        "protest",
    ),
    "a count without an upper end": (
        lambda e: e.casebook.count_detentions(entry(), e.protest, count=Count.at_least(5)),
        {"detained_low": 6, "detained_high": 6, "open_ended": 1},
        "protest",
    ),
    "a count below the names": (
        lambda e: e.casebook.count_detentions(entry(), e.protest, count=Count.exactly(0)),
        {},
        "protest",
    ),
    "a count at a station": (
        lambda e: e.casebook.count_detentions(entry(), e.protest, count=Count.exactly(3), place=station("msk-arbat")),
        {"detained_low": 4, "detained_high": 4},
        "protest",
    ),
    "force": (lambda e: e.casebook.report_force(entry(), e.protest, kind="baton"), {"force": 1}, "protest"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_counted_is_taken_back_when_its_entry_is_withdrawn(evening: Evening, change: str) -> None:
    act, expected, record = CHANGES[change]
    act(evening)
    assert evening.heat() == {name: count for name, count in (TWO_HELD | expected).items() if count}
    changed = getattr(evening, record)
    kind = Protest if record == "protest" else Detention
    evening.casebook.withdraw(kind, entry(), changed, evening.last_version(changed), because="mistake")
    assert evening.heat() == TWO_HELD


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_counted_is_taken_back_when_its_record_is_withdrawn(evening: Evening, change: str) -> None:
    act, _, _ = CHANGES[change]
    act(evening)
    for kind, record in ((Detention, evening.held), (Detention, evening.elsewhere), (Protest, evening.protest)):
        evening.casebook.withdraw(kind, entry(), record, because="duplicate")
    assert evening.heat() == {}


def test_a_withdrawn_protest_takes_its_counts_along_and_leaves_the_people(evening: Evening) -> None:
    evening.casebook.count_detentions(entry(), evening.protest, count=Count.exactly(40))
    evening.casebook.report_force(entry(), evening.protest, kind="baton")
    evening.casebook.withdraw(Protest, entry(), evening.protest, because="source_retracted")
    assert evening.heat() == {"detained_low": 2, "detained_high": 2, "held": 2}


def test_a_corrected_release_is_counted_as_it_should_have_been(evening: Evening) -> None:
    evening.casebook.record_release(entry(), evening.held, kind="after_protocol")
    for kind, held in (("to_remand", 2), ("from_court", 1), ("to_administrative_arrest", 2), ("unknown", 1)):
        evening.casebook.correct(Detention, entry(), evening.held, 2, {"when": None, "kind": kind}, because="new_information")
        assert evening.heat()["held"] == held
        assert evening.heat().get("released", 0) == 2 - held


def test_somebody_is_free_while_one_of_two_reports_of_release_stands(evening: Evening) -> None:
    evening.casebook.record_release(entry(), evening.held, when=day(3, 3))
    evening.casebook.record_release(entry(), evening.held, when=day(3, 4))
    assert evening.heat()["released"] == 1
    evening.casebook.withdraw(Detention, entry(), evening.held, 2, because="mistake")
    assert evening.heat()["released"] == 1
    evening.casebook.withdraw(Detention, entry(), evening.held, 3, because="mistake")
    assert evening.heat() == TWO_HELD


def test_a_corrected_place_takes_everything_counted_there_along_and_back(evening: Evening) -> None:
    evening.casebook.count_detentions(entry(), evening.protest, count=Count.between(5, 8))
    evening.casebook.report_force(entry(), evening.protest, kind="baton")
    before = evening.heat()
    facts = evening.facts_of(evening.protest, 1)
    moved = {**facts, "place": city(PETERSBURG)}
    evening.casebook.correct(Protest, entry(), evening.protest, 1, moved, because="mistake")
    assert evening.heat() == {"detained_low": 1, "detained_high": 1, "held": 1}
    assert evening.heat(PETERSBURG) == {
        "detained_low": 5, "detained_high": 8, "held": 1, "force": 1, "protests": 1,
    }  # fmt: skip
    evening.casebook.correct(Protest, entry(), evening.protest, 1, facts, because="mistake")
    assert evening.heat() == before
    assert evening.heat(PETERSBURG) == {}


def test_a_detention_can_be_moved_to_a_protest_and_away_from_it(evening: Evening) -> None:
    facts = evening.facts_of(evening.elsewhere, 1)
    moved = {**facts, "protest": evening.protest, "place": city(PETERSBURG)}
    evening.casebook.correct(Detention, entry(), evening.elsewhere, 1, moved, because="mistake")
    assert evening.heat() == TWO_HELD, "at a protest people count where the protest was"
    away = {**facts, "protest": None, "place": city(PETERSBURG)}
    evening.casebook.correct(Detention, entry(), evening.elsewhere, 1, away, because="mistake")
    assert evening.heat() == {"detained_low": 1, "detained_high": 1, "held": 1, "protests": 1}
    assert evening.heat(PETERSBURG) == {"detained_low": 1, "detained_high": 1, "held": 1}


def test_what_has_no_place_is_counted_as_not_placed(installation: Installation) -> None:
    installation.casebook.record_detention(entry(), new_id(), person=new_id())
    installation.projector().follow()
    with installation.views() as db:
        (row,) = heatmap.by_city(db)
        assert (row.city, row.detained_low) == (NOWHERE, 1)
        figure = figures.compute(db, "detentions", by="city", position=2)
        assert (figure.rows, figure.left_out.low, figure.total.low) == ((), 1, 1)


def test_a_period_shows_what_surely_happened_in_it(evening: Evening, installation: Installation) -> None:
    april = new_id()
    evening.casebook.record_detention(entry(), april, person=new_id(), when=day(4, 1), place=city(MOSCOW))
    evening.heat()
    with installation.views() as db:
        for period, detained in ((EVER, 3), (Period(202203, 202203), 2), (Period(202204, None), 1), (Period(None, 202203), 2)):
            (row,) = heatmap.by_city(db, period)
            assert row.detained_low == detained
            assert sum(cell.detained_low for cell in heatmap.of_city(db, MOSCOW, period)) == detained
        assert [(row.day, row.detained_low) for row in heatmap.by_day(db, MOSCOW, 20220301, 20220331)] == [
            (20220302, 1),
            (20220303, 1),
        ]
        assert [row.low for row in statistics.known(db, statistics.DETENTION, 99)] == [1, 1, 1]
