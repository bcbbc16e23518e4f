"""When something happened, as precisely as anybody knows, and in the words it was told.

`When` is in nearly every event and read by every projection. What people write becomes a `When` in `moment_words.py`.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Self

from domain.errors import RuleBroken
from domain.privacy import Words
from domain.wall_clock import first_and_last_second, readings, zone_named

_LONGEST_DAY = timedelta(days=2)
"""No local day is longer, even where a country moved across the date line."""


@dataclass(frozen=True, slots=True)
class When:
    """An interval of world time, `earliest` to `latest`, both included, to the second, in UTC.

    A day known only by its date is its first to its last second in `zone` (an IANA name); a moment has both ends equal.

    Make one with the constructors below, which check it. Calling the class itself checks nothing: the store decodes millions
    of intervals that were checked when they were recorded. `checked()` is for an interval of unknown origin.
    """

    earliest: datetime
    latest: datetime
    zone: str
    words: Words = None

    @classmethod
    def between(cls, earliest: datetime, latest: datetime, zone: str, words: Words = None) -> Self:
        """From one instant to another, told in any offset; parts of a second are dropped.

        RuleBroken: "time_without_zone", "time_ends_before_it_begins", "unknown_zone", "no_such_date".
        """
        zone_named(zone)
        first, last = _instant(earliest), _instant(latest)
        if first > last:
            raise RuleBroken("time_ends_before_it_begins", earliest=first, latest=last)
        return cls(first, last, zone, words)

    @classmethod
    def at(cls, instant: datetime, zone: str, words: Words = None) -> Self:
        """One moment. `instant` carries its own offset; a local time without one belongs in `at_clock`."""
        return cls.between(instant, instant, zone, words)

    @classmethod
    def at_clock(cls, wall: datetime, zone: str, words: Words = None) -> Self:
        """One moment read off a local clock. In the hour in which clocks are set the interval holds both readings."""
        if wall.tzinfo is not None:
            raise RuleBroken("time_with_zone", time=wall)
        return cls.between(*readings(wall, zone_named(zone)), zone, words)

    @classmethod
    def days(cls, first: date, last: date, zone: str, words: Words = None) -> Self:
        """From the first second of one local day to the last second of another."""
        if first > last:
            raise RuleBroken("time_ends_before_it_begins", earliest=first, latest=last)
        return cls(*first_and_last_second(first, last, zone_named(zone)), zone, words)

    @classmethod
    def day(cls, day: date, zone: str, words: Words = None) -> Self:
        """The whole of one local day."""
        return cls(*first_and_last_second(day, day, zone_named(zone)), zone, words)

    @classmethod
    def month(cls, year: int, month: int, zone: str, words: Words = None) -> Self:
        """The whole of one calendar month. RuleBroken("no_such_date") where the calendar has none."""
        first = _date(year, month, 1)
        return cls.days(first, first.replace(day=monthrange(year, month)[1]), zone, words)

    @classmethod
    def year(cls, year: int, zone: str, words: Words = None) -> Self:
        """The whole of one calendar year. RuleBroken("no_such_date") where the calendar has none."""
        return cls.days(_date(year, 1, 1), _date(year, 12, 31), zone, words)

    def checked(self) -> Self:
        """Itself, if it keeps what `When` promises; otherwise RuleBroken says which promise is broken."""
        for end in (self.earliest, self.latest):
            if end.tzinfo is not None and end.utcoffset() != timedelta(0):
                raise RuleBroken("time_not_in_utc", time=end)
            if end.microsecond:
                raise RuleBroken("time_not_in_whole_seconds", time=end)
        type(self).between(self.earliest, self.latest, self.zone)
        return self

    def told(self, words: Words) -> Self:
        """The same interval in other words, or in the same words sealed."""
        return replace(self, words=words)

    def widened(self, by: timedelta) -> Self:
        """The interval with `by` (not negative) more on either side."""
        try:
            return type(self).between(self.earliest - by, self.latest + by, self.zone, self.words)
        except OverflowError:
            raise RuleBroken("no_such_date", date=self.earliest.date().isoformat()) from None

    def contains(self, instant: datetime) -> bool:
        """Whether it may have been at `instant` (an aware datetime)."""
        return self.earliest <= instant <= self.latest

    def overlaps(self, other: "When") -> bool:
        """Whether both may have been at the same time."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    @property
    def is_exact(self) -> bool:
        """Whether it is one moment, not a stretch of time."""
        return self.earliest == self.latest

    @property
    def local_day(self) -> date | None:
        """The day on the calendar of the place, where the whole interval lies in one; otherwise None."""
        return _common_day(self.earliest, self.latest, self.zone)

    @property
    def local_month(self) -> tuple[int, int] | None:
        """Year and month on the calendar of the place, where the whole interval lies in one month; otherwise None."""
        zone = zone_named(self.zone)
        first, last = self.earliest.astimezone(zone), self.latest.astimezone(zone)
        return (first.year, first.month) if (first.year, first.month) == (last.year, last.month) else None

    @property
    def local_year(self) -> int | None:
        """The year on the calendar of the place, where the whole interval lies in one; otherwise None."""
        zone = zone_named(self.zone)
        year = self.earliest.astimezone(zone).year
        return year if self.latest.astimezone(zone).year == year else None


@lru_cache(4096)
def _common_day(first: datetime, last: datetime, zone: str) -> date | None:
    """Remembered, because every view of an event asks for its day."""
    if last - first > _LONGEST_DAY:
        return None
    clock = zone_named(zone)
    day = first.astimezone(clock).date()
    return day if last == first or last.astimezone(clock).date() == day else None


def _instant(moment: datetime) -> datetime:
    """The instant in UTC and whole seconds."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise RuleBroken("time_without_zone", time=moment)
    try:
        return moment.astimezone(UTC).replace(microsecond=0, fold=0)
    except OverflowError:
        raise RuleBroken("no_such_date", date=moment.date().isoformat()) from None


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        raise RuleBroken("no_such_date", date=f"{year}-{month}-{day}") from None
