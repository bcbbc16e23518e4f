"""Several dates in one cell, as registers write them: "21.01., 04.02.,\\n18.02.2013", "6.+7.8.2018", "05.06. - 07.06.2015".

Read by `times.py` where a mapping says `several = true`. Dates with dots, the day first, parted by commas, slashes, plus signs,
semicolons, line ends or "and" (German, Russian, English); a dash or "bis" makes a stretch of days of two. Every sign must be
understood: a cell with a word in it, or with a date that lacks a dot, is no list.

What a date leaves out it takes from the next that has it: "21.und 22.10.2016". Without any year the list begins in the year the
file gives beside it, and goes on into the next. A list that turns the year *before* its one stated year is refused: nobody
can tell which of the two was meant.
"""

import re
from dataclasses import dataclass
from datetime import date

from domain.errors import RuleBroken
from domain.spelling import plain

_TOKEN = re.compile(
    r"(?P<day>\d{1,2})\.(?:(?P<month>\d{1,2})(?:\.(?P<year>\d{4}|\d{2}))?(?!\d))?\.?(?!\d)"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})(?!\d)"
    r"|(?P<to>-|\bbis\b|\bauf\b|\bto\b|\bпо\b)"
    r"|(?P<mark>[,;/+&]|\bund\b|\bu\.|\bsowie\b|\band\b|\bи\b)"
    r"|(?P<gap>[\s.]+)"
)
_HALF_A_YEAR = 6


@dataclass(slots=True)
class _Told:
    day: int
    month: int | None
    year: int | None
    ends: bool = False
    """Whether it is the last day of a stretch that the date before it began."""


def days_in(cell: str, year: int | None) -> list[tuple[date, date]] | None:
    """First and last day of each date told; None where the cell is no list of dates. `year` is the file's own, beside the cell.

    RuleBroken: "no_such_date", "date_without_year", "ambiguous_year", "time_ends_before_it_begins".
    """
    told = _tokens(plain(cell))
    if not told or not _months(told):
        return None
    _years(told, year)
    found: list[tuple[date, date]] = []
    for one in told:
        day = _day(one)
        if not one.ends:
            found.append((day, day))
        elif day < found[-1][0]:
            raise RuleBroken("time_ends_before_it_begins", earliest=found[-1][0], latest=day)
        else:
            found[-1] = (found[-1][0], day)
    return found


def _tokens(text: str) -> list[_Told] | None:
    told: list[_Told] = []
    at, stretch, marked = 0, False, True
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            return None
        at = token.end()
        if token["day"] or token["iso"]:
            if told and told[-1].month is None and not marked:
                return None  # "1. 21.07.": a number before a date, not a day
            told.append(_date(token, stretch))
            stretch, marked = False, False
        elif token["to"]:
            if stretch or not told or told[-1].ends:
                return None
            stretch = marked = True
        elif token["mark"]:
            if stretch:
                return None
            marked = True
    return None if stretch else told


def _date(token: re.Match[str], ends: bool) -> _Told:
    if token["iso"]:
        year, month, day = token["iso"].split("-")
        return _Told(int(day), int(month), int(year), ends)
    year_told = token["year"]
    year_number = None if year_told is None else int(year_told) + (2000 if len(year_told) == 2 else 0)
    return _Told(int(token["day"]), int(token["month"]) if token["month"] else None, year_number, ends)


def _months(told: list[_Told]) -> bool:
    """Give each day its month. False where the last one has none."""
    for one, following in zip(reversed(told[:-1]), reversed(told[1:]), strict=True):
        if one.month is None:
            one.month = following.month
            one.year = one.year or following.year
    return told[-1].month is not None


def _years(told: list[_Told], year: int | None) -> None:
    following: _Told | None = None
    for one in reversed(told):
        if one.year is None and following is not None:
            if (one.month or 0) - (following.month or 0) > _HALF_A_YEAR:
                raise RuleBroken("ambiguous_year", words=f"{one.day:02}.{one.month:02}.")
            one.year = following.year
        following = one if one.year is not None else None
    before: _Told | None = None
    for one in told:
        if one.year is None:
            one.year = year if before is None else before.year
            if one.year is None:
                raise RuleBroken("date_without_year", words=f"{one.day:02}.{one.month:02}.")
            if before is not None and (before.month or 0) - (one.month or 0) > _HALF_A_YEAR:
                one.year += 1
        before = one


def _day(one: _Told) -> date:
    try:
        return date(one.year or 0, one.month or 0, one.day)
    except ValueError:
        raise RuleBroken("no_such_date", date=f"{one.day:02}.{one.month:02}.{one.year}") from None
