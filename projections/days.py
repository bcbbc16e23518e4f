"""The local calendar day of an event as one number, so that a day, a month or a year can be grouped and compared cheaply."""

from datetime import date, datetime, timedelta
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
    if when.earliest.year <= 1:  # there is no noon before the first day of the calendar
        return day_of(when)
    first = _evening(when.earliest, when.zone)
    return _numbered(first) if when.is_exact or first == _evening(when.latest, when.zone) else day_of(when)


def _evening(moment: datetime, zone: str) -> date:
    """The day on which the night of a moment began."""
    return (moment.astimezone(zone_named(zone)) - _NOON).date()


def _numbered(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def month_of(day: int) -> int:
    """202202 for any day of February 2022; 0 where the month is not known."""
    return day // 100 if day // 100 % 100 else 0


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
