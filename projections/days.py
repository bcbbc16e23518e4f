"""The local calendar day of an event as one number, so that a day, a month or a year can be grouped and compared cheaply."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from domain.moment import When
from domain.wall_clock import zone_named

UNDATED = 0
"""The day of what nobody could date."""


NOON = 12
BEFORE_NOON, AFTER_NOON, SOME_HOUR = 24, 25, 26
"""What stands for the hour where it is not certain."""
_NOON = timedelta(hours=NOON)


def day_of(when: When | None) -> int:
    """20220224 for a day; 20220200 where only the month is certain, 20220000 for the year, 0 for less.

    Certain means that the whole interval lies in it, on the calendar of the interval's own time zone.
    """
    if when is None:
        return UNDATED
    day = when.local_day
    if day is not None:
        return day.year * 10_000 + day.month * 100 + day.day
    month = when.local_month
    if month is not None:
        return month[0] * 10_000 + month[1] * 100
    return (when.local_year or 0) * 10_000


def hour_of(when: When | None) -> int:
    """The hour on the clock of the place, 0 to 23; or, where it is not certain, BEFORE_NOON, AFTER_NOON or SOME_HOUR.

    It belongs to the day that `day_of` says; where that is not certain, nothing of it is.
    """
    if when is None or when.local_day is None:
        return SOME_HOUR
    zone = zone_named(when.zone)
    first, last = when.earliest.astimezone(zone).hour, when.latest.astimezone(zone).hour
    if first == last:
        return first
    if last < NOON:
        return BEFORE_NOON
    return AFTER_NOON if first >= NOON else SOME_HOUR


def night_of(when: When | None, said: datetime | None = None, zone: str = "Europe/Moscow") -> int:
    """The night, named by the day on which it began: from noon to noon on the clock of the interval's own time zone.

    What is dated by its day alone is of the night that began on it; what is certain to less, as `day_of` says. With `said`, the
    moment at which it was recorded, what has no time is of that night, on the clock of `zone`.
    """
    if when is None:
        return UNDATED if said is None else _numbered(_evening(said, zone))
    return _common_night(when.earliest, when.latest, when.zone) or day_of(when)


@lru_cache(4096)
def _common_night(earliest: datetime, latest: datetime, zone: str) -> int | None:
    """The night in which the whole interval lies. Remembered, because several views of an event ask for it."""
    if earliest.year <= 1:  # there is no noon before the first day of the calendar
        return None
    first = _evening(earliest, zone)
    return _numbered(first) if latest == earliest or first == _evening(latest, zone) else None


def _evening(moment: datetime, zone: str) -> date:
    """The day on which the night of a moment began."""
    return (moment.astimezone(zone_named(zone)) - _NOON).date()


def _numbered(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def month_of(day: int) -> int:
    """202202 for any day of February 2022; 0 where the month is not known."""
    return day // 100 if day // 100 % 100 else 0


def common_day(days: Iterable[int]) -> int:
    """What all of these days have in common: the day, else the month, else the year, else 0."""
    told = set(days)
    for unit in (1, 100, 10_000):
        whole = {day // unit for day in told}
        if len(whole) == 1:
            return whole.pop() * unit
    return UNDATED


@lru_cache(4096)
def week_of(day: int) -> int:
    """202209 for any day of the ISO week 2022-W09, of which the year is that of its Thursday; 0 where the day is not known."""
    if not day % 100:
        return 0
    year, week, _ = date(day // 10_000, day // 100 % 100, day % 100).isocalendar()
    return year * 100 + week


def sort_time(when: When | None) -> int:
    """Seconds since 1970 of the earliest it can have been, for ordering; 0 where no time was reported."""
    return int(when.earliest.timestamp()) if when is not None else 0


class Period(NamedTuple):
    """From one month to another, both included, as 202202; None leaves that end open."""

    first: int | None = None
    last: int | None = None


EVER = Period()


class Day(NamedTuple):
    """One calendar day, as 20220224."""

    day: int


class Night(NamedTuple):
    """From noon of this day, as 20220224, to noon of the next. What is dated by its day alone is of the night it began."""

    day: int

    @property
    def next(self) -> int:
        """The day on which it ends."""
        begun = date(self.day // 10_000, self.day // 100 % 100, self.day % 100)
        return _numbered(begun + timedelta(days=1))


Stretch = Period | Day | Night
"""What a map may be of."""
