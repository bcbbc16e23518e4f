"""The sums of the heat map add up for every stretch of time, and lead to the protests and the people they count."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import h3
import pytest
from hypothesis import given
from sqlalchemy import Connection, select

from domain.moment import When
from domain.record import new_id
from projections import heatmap
from projections.days import AFTER_NOON, BEFORE_NOON, EVER, SOME_HOUR, Day, Night, Period, Stretch, hour_of
from projections.heat_sums import COUNTS, is_in
from tests.projections.doings import Doing, Doings, doings
from tests.projections.homes import fresh, thoroughly
from tests.trackers import CELLS, MOSCOW, MOSCOW_TIME, Installation, city, clock, entry


def added(rows: Sequence[Any]) -> list[int]:
    return [sum(getattr(row, count) for row in rows) for count in COUNTS]


def stretches(db: Connection) -> list[Stretch]:
    """Every month, day and night on record, and some that lie across."""
    known = {row.day for row in db.execute(select(heatmap.days.table.c.day))}
    whole = sorted(day for day in known if day % 100)
    months = {day // 100 for day in known if day // 100 % 100}
    ends = [(first, last) for first in (None, *months) for last in (None, *months)]
    return [EVER, *(Period(*some) for some in ends), *map(Day, whole), *map(Night, whole)]


@given(doings(least=10, most=40))
@thoroughly
def test_for_every_stretch_of_time_the_cells_months_days_and_hours_add_up(what: list[Doing]) -> None:
    with fresh() as address, address.open() as opened:
        Doings(opened.casebook).do(what)
        opened.projector().follow(7)
        with opened.views() as db:
            for when in stretches(db):
                for row in heatmap.by_city(db, when):
                    total = added([row])
                    rows = heatmap.of_city(db, row.city, when)
                    assert added(rows) == total, when
                    by_cell = {cell.cell: cell.protests for cell in rows}
                    for cell, protests in by_cell.items():
                        assert heatmap.how_many_behind(db, row.city, (cell, cell), when) == protests
                        assert len(heatmap.behind(db, row.city, (cell, cell), when, limit=1000)) == protests
                    if isinstance(when, Period):
                        assert added(heatmap.by_month(db, row.city, when)) == total
                        continue
                    hours = heatmap.by_hour(db, row.city, when)
                    assert added(hours) == total
                    assert all(is_in(when, hour.day, hour.hour) for hour in hours)
                    if isinstance(when, Day):
                        assert added(heatmap.by_day(db, row.city, when.day, when.day)) == total


@given(doings(least=10, most=40))
@thoroughly
def test_people_are_found_where_they_are_counted(what: list[Doing]) -> None:
    with fresh() as address, address.open() as opened:
        Doings(opened.casebook).do(what)
        opened.projector().follow(7)
        with opened.views() as db:
            everybody = [row.detention for row in db.execute(select(heatmap.detentions.table))]
            for when in stretches(db):
                for row in heatmap.by_city(db, when):
                    found = list(heatmap.of_people(db, everybody, row.city, when))
                    assert sum(not who.freed_by for who, _ in found) == row.held
                    assert sum(bool(who.freed_by) for who, _ in found) == row.released
                    in_cells = Counter(spot.cell for _, spot in found)
                    assert in_cells == Counter(
                        {cell.cell: cell.held + cell.released for cell in heatmap.of_city(db, row.city, when)}
                    )


@pytest.mark.parametrize(
    ("when", "hour"),
    [
        (clock(2, 19, 30), 19),
        (When.between(clock(2, 19).earliest, clock(2, 19, 59).latest, MOSCOW_TIME), 19),
        (When.between(clock(2, 19).earliest, clock(2, 22).latest, MOSCOW_TIME), AFTER_NOON),
        (When.between(clock(2, 1).earliest, clock(2, 5).latest, MOSCOW_TIME), BEFORE_NOON),
        (When.between(clock(2, 11).earliest, clock(2, 13).latest, MOSCOW_TIME), SOME_HOUR),
        (When.day(datetime(2022, 3, 2).date(), MOSCOW_TIME), SOME_HOUR),  # noqa: DTZ001 - a wall clock
        (When.month(2022, 3, MOSCOW_TIME), SOME_HOUR),
        (None, SOME_HOUR),
    ],
)
def test_an_hour_is_certain_or_says_what_of_the_day_it_is(when: When | None, hour: int) -> None:
    assert hour_of(when) == hour


def test_a_night_goes_from_noon_to_noon(installation: Installation) -> None:
    spot = city(MOSCOW, CELLS[MOSCOW])
    early = When.between(clock(3, 1).earliest, clock(3, 5).latest, MOSCOW_TIME)
    day = When.day(datetime(2022, 3, 2).date(), MOSCOW_TIME)  # noqa: DTZ001 - a wall clock
    for when in (clock(2, 11), clock(2, 19), clock(3, 2), clock(3, 12), early, day):
        installation.casebook.record_protest(entry(), new_id(), when=when, place=spot)
    installation.projector().follow()
    with installation.views() as db:
        hours = heatmap.by_hour(db, MOSCOW, Night(20220302))
        assert [(row.day, row.hour, row.protests) for row in hours] == [
            (20220302, 19, 1),
            (20220302, SOME_HOUR, 1),
            (20220303, 2, 1),
            (20220303, BEFORE_NOON, 1),
        ]
        children = sorted(int(child, 16) for child in h3.cell_to_children(h3.cell_to_parent(CELLS[MOSCOW], 7), 9))
        assert heatmap.how_many_behind(db, MOSCOW, (children[0], children[-1]), Night(20220302)) == 4
        assert heatmap.how_many_behind(db, MOSCOW, (children[0], children[-1]), EVER) == 6
