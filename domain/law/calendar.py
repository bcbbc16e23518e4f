"""Ends of limits: hours by the clock of the world, days and months by the calendar of the place, moved where a rule says so."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.law.rules import Limit
from domain.law.span import Span, later
from domain.wall_clock import first_and_last_second, zone_named

_SATURDAY = 5
LONGEST_BREAK = timedelta(days=45)
"""Longer than any run of non-working days, that of the spring of 2020 among them: of a year whose calendar is not on record."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Which days are worked, year by year: holidays that are not, and Saturdays that are. Of other years nothing is known."""

    holidays: Mapping[int, Collection[date]]
    worked: Collection[date] = ()

    def knows(self, day: date) -> bool:
        """Whether the calendar of that year is on record."""
        return day.year in self.holidays

    def works(self, day: date) -> bool:
        """Whether work is done on a day of a known year."""
        if day in self.worked:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays.get(day.year, ())

    def next_worked(self, day: date) -> date | None:
        """The day itself, or the first one after it on which work is done; None where nobody can tell yet."""
        while self.knows(day):
            if self.works(day):
                return day
            day += timedelta(days=1)
        return None


def end_of(start: Span, limit: Limit, zone: str, calendar: WorkingDays) -> tuple[Span, bool]:
    """When a limit that starts then is over: the last second that is still in time. And whether the calendar could say.

    A limit in days or months begins on the day after its start and ends with its last day.
    """
    if limit.unit == "hours":
        return later(start, limit.hours), True
    earliest, known = _end(start.earliest, limit, zone, calendar)
    latest, also_known = _end(start.latest, limit, zone, calendar)
    return Span(earliest[0] if earliest else None, latest[1] if latest else None), known and also_known


def last_second(day: date, zone: str) -> datetime:
    """The last second of a day by the calendar of the place, in UTC."""
    return first_and_last_second(day, day, zone_named(zone))[1]


def local_day(instant: datetime, zone: str) -> date:
    """The day it is there at that instant."""
    return instant.astimezone(zone_named(zone)).date()


def months_after(day: date, months: int) -> date:
    """The same number in a later month, or that month's last day where it has no such number."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _end(
    instant: datetime | None, limit: Limit, zone: str, calendar: WorkingDays
) -> tuple[tuple[datetime, datetime] | None, bool]:
    """The earlier and the later reading of where a limit in days ends."""
    if instant is None:
        return None, True
    day = local_day(instant, zone)
    day = months_after(day, limit.amount) if limit.unit == "months" else day + timedelta(days=limit.amount)
    plain = last_second(day, zone)
    if limit.rolls == "no":
        return (plain, plain), True
    worked = calendar.next_worked(day)
    if worked is None:
        return (plain, last_second(day + LONGEST_BREAK, zone)), False
    rolled = last_second(worked, zone)
    return (rolled if limit.rolls == "yes" else plain, rolled), True
