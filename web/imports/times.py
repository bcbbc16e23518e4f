"""From the cells of a row to the time, or the several times, it tells."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache

from domain.errors import RuleBroken
from domain.moment import When
from domain.moment_words import DateOrder, parse_when
from domain.place import Place
from domain.wall_clock import zone_named
from web.imports.cells import Header, Row
from web.imports.date_lists import days_in
from web.imports.errors import ImportRefused
from web.imports.mapping import Time, TimeRules

REMEMBERED = 65_536
"""Times kept in memory during a run: the rows of a file share their days."""

_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}")
_EMPTY_TIME = re.compile(r"[ T]00:00(?::00(?:\.0+)?)?$")
_YEAR = re.compile(r"\d{4}(?:\.0)?")
_TWO_READERS = (datetime(2021, 3, 31, 11, 0, tzinfo=UTC), datetime(2023, 11, 2, 20, 30, tzinfo=UTC))
"""Two days on which a file might be read. What they read differently ("yesterday", "24 February") is not told by the file."""


class TimeReader:
    """Reads one `[when]` of a mapping. The same cells always give the same times, on whatever day they are read."""

    def __init__(self, told: Time, rules: TimeRules, header: Header, place: str) -> None:
        try:
            zone_named(rules.zone)
        except RuleBroken:
            raise ImportRefused("mapping_unknown_zone", mapping=header.mapping, place="time, zone", zone=rules.zone) from None
        self._told, self._rules = told, rules
        self._order = DateOrder(rules.order) if rules.order else None
        self._date = header.index(told.column, f"{place}, column")
        self._hours = self._optional(header, told.time, f"{place}, time")
        self._year = self._optional(header, told.year, f"{place}, year")
        self._said = self._optional(header, told.said, f"{place}, said")
        self.columns = tuple(index for index in (self._date, self._hours, self._year, self._said) if index is not None)
        self.several = told.several
        self.keeps_words = told.keep_words
        self._read: Callable[[str, str, int | None, str], tuple[When, ...]] = lru_cache(REMEMBERED)(self._reading)

    def _optional(self, header: Header, column: str | None, place: str) -> int | None:
        return None if column is None else header.index(column, place)

    def at(self, row: Row, place: Place | None) -> tuple[When, ...]:
        """The times the row tells: one, unless the mapping says that a cell may hold several. Empty where it tells none."""
        told = _EMPTY_TIME.sub("", row[self._date])
        if not told:
            return ()
        if self._hours is not None and row[self._hours]:
            told = f"{told} {row[self._hours]}"
        zone = place.zone if self._rules.zone_of_place and place is not None and place.zone else self._rules.zone
        year = self._year_of(row) if self._year is not None else None
        return self._read(told, zone, year, row[self._said] if self._said is not None else "")

    def _year_of(self, row: Row) -> int | None:
        told = row[self._year or 0]
        return int(told[:4]) if _YEAR.fullmatch(told) and 1 <= int(told[:4]) <= 9998 else None

    def _reading(self, told: str, zone: str, year: int | None, said: str) -> tuple[When, ...]:
        words = told if self._told.keep_words else None
        if self.several and not _FULL_DATE.fullmatch(told):
            days = days_in(told, year)
            if days:
                return tuple(When.days(first, last, zone, _words(first, last) if words else None) for first, last in days)
        return (self._single(told, zone, year, said).told(words),)

    def _single(self, told: str, zone: str, year: int | None, said: str) -> When:
        if _FULL_DATE.fullmatch(told):
            return parse_when(told, zone=zone, said_at=_TWO_READERS[0], order=self._order)
        if said:
            report = parse_when(_EMPTY_TIME.sub("", said), zone=zone, said_at=_TWO_READERS[0], order=self._order)
            return parse_when(told, zone=zone, said_at=report.latest, order=self._order)
        if year is not None:
            last = When.day(date(year, 12, 31), zone).latest
            return parse_when(told, zone=zone, said_at=last, order=self._order)
        one, other = (parse_when(told, zone=zone, said_at=reader, order=self._order) for reader in _TWO_READERS)
        if one != other:
            raise RuleBroken("time_of_report_unknown", words=told)
        return one


def _words(first: date, last: date) -> str:
    return f"{first:%d.%m.%Y}" if first == last else f"{first:%d.%m.%Y} - {last:%d.%m.%Y}"


def is_plain(words: object) -> bool:
    """Whether these words say a full date and nothing more, so that leaving them out loses nothing."""
    return isinstance(words, str) and _FULL_DATE.fullmatch(words) is not None
