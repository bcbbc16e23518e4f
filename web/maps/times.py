"""The strip of time of a city: its months, days or hours, each with its number and a way to the map of it.

Invariant: the bars and what could not be dated to any of them add up to the city's number for the time that is shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import format_date

from projections import heatmap, positions
from projections.days import BEFORE_NOON, NOON, SOME_HOUR, Day, Night
from web.desk import Desk
from web.languages import translated as _
from web.maps.asked import Asked
from web.maps.drawing import Bar, Palette, Strip
from web.maps.kinds import NOTHING, Numbers
from web.maps.period import date_of, month_text
from web.maps.picture import cited

MOST_BARS = 400


@dataclass(frozen=True, slots=True)
class Time:
    """One bar: its name in full and below the bar, its numbers, and what leads to its map; none for an hour."""

    name: str
    short: str
    numbers: Numbers
    address: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Times:
    """The bars of a strip; `undated` is what could not be dated to one of them."""

    title: str
    times: Sequence[Time]
    undated: Numbers
    position: int

    def foot(self, asked: Asked, language: str) -> list[str]:
        """What stands below the bars."""
        number = asked.kind.total(self.undated)
        undated = [_("Not certain to one of these: %(number)s.", number=asked.kind.told(self.undated, language))]
        return [*(undated if number.low or number.high != 0 else []), cited(self.position)]

    @property
    def is_shown(self) -> bool:
        """Whether there is more than one bar to compare."""
        return len(self.times) > 1


def times_of(desk: Desk, city: int, asked: Asked) -> Times:
    """By the hour for a day or a night, by the day for a month or two, else by the month."""
    with desk.tracker.views() as db:
        position = positions.reached(db, heatmap.projection)
        if asked.moment is not None:
            return _hours(heatmap.by_hour(db, city, asked.moment), asked.moment, position)
        if asked.is_short:
            first, last = asked.months.period
            return _days(heatmap.by_day(db, city, (first or 0) * 100, (last or 0) * 100 + 99), asked, position)
        return _months(heatmap.by_month(db, city, asked.months.period), asked, position)


def strip_of(times: Times, asked: Asked, language: str, palette: Palette, width: int) -> Strip:
    """The strip as it is drawn."""
    bars = []
    for time in times.times:
        total = asked.kind.total(time.numbers)
        bars.append(Bar(time.short, total.low, total.high))
    return Strip(f"{asked.kind.title}, {times.title}", bars, times.foot(asked, language), palette, width)


def _hours(rows: Sequence[Any], moment: Day | Night, position: int) -> Times:
    order = [(moment.day, hour) for hour in range(NOON if isinstance(moment, Night) else 0, 24)]
    order += [(moment.next, hour) for hour in range(NOON)] if isinstance(moment, Night) else []
    found = {(row.day, row.hour): Numbers.of([row]) for row in rows}
    times = [Time(f"{hour:02}:00", f"{hour:02}", found.get((day, hour), NOTHING), None) for day, hour in order]
    return Times(_("by hour"), times, Numbers.of(row for row in rows if row.hour in _UNCERTAIN), position)


_UNCERTAIN = range(BEFORE_NOON, SOME_HOUR + 1)


def _days(rows: Sequence[Any], asked: Asked, position: int) -> Times:
    first, last = asked.months.period
    found = {row.day: Numbers.of([row]) for row in rows}
    day = date_of((first or 0) * 100 + 1)
    times = []
    while day.year * 100 + day.month <= (last or 0):
        number = day.year * 10_000 + day.month * 100 + day.day
        numbers = found.get(number, NOTHING)
        address = None if numbers.is_nothing else asked.at(day=day.isoformat())
        times.append(Time(str(format_date(day, "long")), str(day.day), numbers, address))
        day += timedelta(days=1)
    return Times(_("by day"), times, Numbers.of(row for row in rows if row.day % 100 == 0), position)


def _months(rows: Sequence[Any], asked: Asked, position: int) -> Times:
    found = {row.month: Numbers.of([row]) for row in rows}
    times = []
    for month in _from_first_to_last(month for month in found if month):
        text = month_text(month)
        numbers = found.get(month, NOTHING)
        address = None if numbers.is_nothing else asked.at(**{"from": text, "to": text})
        times.append(Time(str(format_date(date_of(month * 100 + 1), "LLLL y")), text, numbers, address))
    return Times(_("by month"), times, found.get(0, NOTHING), position)


def _from_first_to_last(known: Iterable[int]) -> list[int]:
    """Every month from the first to the last; where that would be too many, only those with something in them."""
    months = sorted(known)
    if not months:
        return []
    first, last = (month // 100 * 12 + month % 100 - 1 for month in (months[0], months[-1]))
    if last - first >= MOST_BARS:
        return months[-MOST_BARS:]
    return [number // 12 * 100 + number % 12 + 1 for number in range(first, last + 1)]
