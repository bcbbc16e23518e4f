"""Dates as people write them: every shape in one table. Read by `moment_words.py`.

A date keeps its whole day, month or year. A year that is not told is the latest that puts the date (of a range: its beginning)
not after the day of the report. Two-digit years follow POSIX: 69-99 is 1969-1999, 00-68 is 2000-2068, whenever they are read.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import RuleBroken
from domain.spelling import one_of


class DateOrder(StrEnum):
    """In which order a file writes its numeric dates. It holds for every date that does not begin with a four-digit year."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    YEAR_FIRST = "year_first"


class Unit(StrEnum):
    """What the words named: with a day a time of day makes sense, with a month it does not."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last local day, both included."""

    first: date
    last: date
    unit: Unit


@dataclass(frozen=True, slots=True)
class Told:
    """A date as far as it was told; None is what was left out."""

    year: int | None
    month: int | None
    day: int | None


MONTHS = {
    form: number
    for number, forms in enumerate(
        (
            "январь января январе янв january jan januar jänner",
            "февраль февраля феврале фев февр february feb februar",
            "март марта марте мар march mar märz maerz mrz",
            "апрель апреля апреле апр april apr",
            "май мая мае may mai",
            "июнь июня июне июн june jun juni",
            "июль июля июле июл july jul juli",
            "август августа августе авг august aug",
            "сентябрь сентября сентябре сен сент september sept sep",
            "октябрь октября октябре окт october oct oktober okt",
            "ноябрь ноября ноябре ноя нояб november nov",
            "декабрь декабря декабре дек december dec dezember dez",
        ),
        start=1,
    )
    for form in forms.split()
}

_FIELDS = {
    "Y": "[0-9]{4}",
    "C": "1[89][0-9]{2}|2[01][0-9]{2}",
    "y": "[0-9]{4}|[0-9]{2}",
    "m": "0?[1-9]|1[0-2]",
    "d": "[0-9]{1,2}",
    "a": "[0-9]{1,2}",  # day or month: the order decides
    "b": "[0-9]{1,2}",
    "mm": "[0-9]{2}",
    "dd": "[0-9]{2}",
    "name": one_of(*MONTHS) + r"\b\.?",
}
_YEAR_WORD = r"(?:,? ?(?:г\.|г\b|год(?:а|у|ом)?\b|year\b))?"
_ORDINAL = r"(?:st|nd|rd|th|-го|-е|\.)?"

_SHAPES = tuple(
    shape.replace("<г>", _YEAR_WORD).replace("<th>", _ORDINAL)
    for shape in (
        "{Y}-{m}-{d}",  # 2022-02-24
        r"{Y}\.{m}\.{d}",
        "{Y}/{m}/{d}",
        r"{a}\.{b}\.{y}<г>",  # 24.02.2022, 24.02.22: the day first unless an order is given
        "{a}/{b}/{y}",  # 02/03/2013: refused where both may be the month, unless an order is given
        "{a}-{b}-{y}",
        "{d}<th> (?:of )?{name},? {Y}<г>",  # 24 февраля 2022 г., 24th of February 2022, 24. Februar 2022
        "{name} {d}<th>,? {Y}",  # February 24, 2022
        "{d}<th> (?:of )?{name}",  # 24 февраля
        "{name} {d}<th>",  # February 24
        "{name},? (?:of )?{Y}<г>",  # февраль 2022 года
        "{Y}-{m}",  # 2022-02
        r"{m}\.{Y}<г>",  # 02.2022
        "{m}/{Y}",
        "{name}",  # в феврале
        r"{a}\.{b}\.?",  # 24.02
        "{a}/{b}",  # 24/02
        "{Y}{mm}{dd}",  # 20220224
        "{C}<г>",  # 2019, в 2019 году; four digits that are no year of our time are not understood
    )
)
_BEFORE = r"(?<![\w:.,/])"
_AFTER = r"(?!\w|[.:/,][0-9])"
_NOT_A_CLOCK = "".join(rf"(?<!\b{word} )" for word in ("в", "at", "um", "около", "about", "around", "ca.", "circa")) + "(?<!~)"
""" "в 19.02" is a time, "19.02" a date."""


def _with_names(shape: str) -> str:
    return re.sub(r"\{([a-zA-Z]+)\}", lambda field: f"(?P<{field[1]}>{_FIELDS[field[1]]})", shape)


def _without_names(shape: str) -> str:
    return re.sub(r"\{([a-zA-Z]+)\}", lambda field: f"(?:{_FIELDS[field[1]]})", shape)


def _searchable(shape: str) -> str:
    return (_NOT_A_CLOCK if shape.startswith(r"{a}\.{b}\.?") else "") + _BEFORE + _with_names(shape) + _AFTER


_SINGLE = tuple(re.compile(_searchable(shape)) for shape in _SHAPES)
_ANY = _BEFORE + "(?:" + "|".join(f"(?:{_without_names(shape)})" for shape in _SHAPES) + ")" + _AFTER
_RANGE = re.compile(
    r"(?:(?<!\w)(?:в период )?(?P<open>с|со|c|от|from|between|между|vom|von|zwischen) )?"
    rf"(?P<from>{_ANY}|(?<![\w:.,/-])[0-9]{{1,2}}\.?(?!\w))"  # the day alone: 24-26 февраля
    r"(?: ?- ?| (?P<middle>по|до|на|и|to|till|until|through|and|bis|und) )"
    rf"(?P<to>{_ANY})"
)

_MONTH_FIRST_RANGE = re.compile(rf"\b({one_of(*MONTHS)})\.? ([0-9]{{1,2}}) ?- ?([0-9]{{1,2}})(?![\w:]),? ?([0-9]{{4}}\b)?")
"""February 24-26, 2022; read as "24-26 February 2022"."""


def take_days(text: str, said: date, order: DateOrder | None) -> tuple[Days, str] | None:
    """The date or range of dates in a `plain` text, and the text around it; None where it has none.

    RuleBroken("ambiguous_date"), ("no_such_date"), ("time_ends_before_it_begins").
    """
    text = _MONTH_FIRST_RANGE.sub(r"\2 - \3 \1 \4", text)
    if found := _RANGE.search(text):
        first, last = _told(found["from"], order), _told(found["to"], order)
        if first and last and (days := _range(first, last, said)) and not _is_a_list(found, days):
            return days, _around(text, found)
    for shape in _SINGLE:
        if found := shape.search(text):
            return _single(_read(found, order), said), _around(text, found)
    return None


def _is_a_list(found: re.Match[str], days: Days) -> bool:
    """ "20 and 27 March" are two days and no stretch of time, unless they follow one another or it says "between"."""
    if found["middle"] not in ("и", "and", "und") or found["open"] in ("between", "между", "zwischen"):
        return False
    return days.unit is not Unit.DAY or days.last - days.first > timedelta(days=1)


def _around(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()].strip()} {text[found.end() :].strip()}".strip()


def _told(text: str, order: DateOrder | None) -> Told | None:
    if text.rstrip(".").isdecimal() and len(text.rstrip(".")) <= 2:
        return Told(None, None, int(text.rstrip(".")))
    return next((_read(found, order) for shape in _SINGLE if (found := shape.fullmatch(text))), None)


def _read(found: re.Match[str], order: DateOrder | None) -> Told:
    field = found.groupdict()
    if "a" in field:
        return _in_order(found[0], field["a"], field["b"], field.get("y"), order)
    month = MONTHS[field["name"].rstrip(".")] if field.get("name") else _number(field.get("m") or field.get("mm"))
    return Told(_number(field.get("Y") or field.get("C")), month, _number(field.get("d") or field.get("dd")))


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _in_order(text: str, a: str, b: str, y: str | None, order: DateOrder | None) -> Told:
    """A date in numbers alone. Dots mean the day first, as wherever dates are written with dots; other signs mean nothing."""
    if order is DateOrder.YEAR_FIRST and y is not None and len(y) == 2:
        return Told(_century(a), int(b), int(y))
    year = None if y is None else _century(y)
    day_first, month_first = Told(year, int(b), int(a)), Told(year, int(a), int(b))
    if order is DateOrder.DAY_FIRST or (order is not DateOrder.MONTH_FIRST and "." in text):
        return day_first
    if order is DateOrder.MONTH_FIRST or int(b) > 12:
        return month_first
    if int(a) > 12 or a == b or int(a) == int(b):
        return day_first
    raise RuleBroken("ambiguous_date", words=text, first=_iso(day_first), second=_iso(month_first))


def _century(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= 69 else 2000)


def _iso(told: Told) -> str:
    """For a message: what the words would mean; without the year where none was told."""
    year = None if told.year is None else f"{told.year:04}"
    return "-".join(part for part in (year, *(f"{n:02}" for n in (told.month, told.day) if n is not None)) if part is not None)


def _single(told: Told, said: date) -> Days:
    if told.year is None:
        told = Told(_latest_year(told, said), told.month, told.day)
    return _days(told, told)


def _range(first: Told, last: Told, said: date) -> Days | None:
    """Both ends with what each left out taken from the other; None where they are not of one kind ("24.02 - 2022")."""
    if (first.day is None) != (last.day is None) or (first.month is None and last.month is None and first.day is not None):
        return None
    only_day = first.month is None and last.month is not None
    if only_day:
        first = Told(last.year, last.month, first.day)
    if (first.month is None) != (last.month is None):
        return None
    if first.year is None and last.year is None:  # the beginning decides; the end is the next such date
        first = Told(_latest_year(first, said), first.month, first.day)
        last = _not_before(first, last)
    elif first.year is None:
        first = Told(last.year, first.month, first.day)
        if not only_day and _key(first) > _key(last):  # 30 декабря - 2 января 2022
            first = Told((last.year or 0) - 1, first.month, first.day)
    elif last.year is None:
        last = _not_before(first, last)
    return _days(first, last)


def _not_before(first: Told, last: Told) -> Told:
    same_year = Told(first.year, last.month, last.day)
    return same_year if _key(first) <= _key(same_year) else Told((first.year or 0) + 1, last.month, last.day)


def _key(told: Told) -> tuple[int, int, int]:
    return told.year or 0, told.month or 0, told.day or 0


def _latest_year(told: Told, said: date) -> int:
    """The latest year in which the date exists and is not after `said`; 29 February may be eight years back."""
    month, day = told.month or 1, told.day or 1
    for year in range(said.year, max(said.year - 9, 0), -1):
        if 1 <= day <= monthrange(year, month)[1] and date(year, month, day) <= said:
            return year
    raise RuleBroken("no_such_date", date=_iso(told))


def _days(first: Told, last: Told) -> Days:
    unit = Unit.DAY if last.day is not None else Unit.MONTH if last.month is not None else Unit.YEAR
    try:
        begins = date(first.year or 0, first.month or 1, first.day or 1)
        month = last.month or 12
        ends = date(last.year or 0, month, last.day if last.day is not None else monthrange(last.year or 0, month)[1])
    except (ValueError, OverflowError):
        raise RuleBroken("no_such_date", date=_iso(first) if first == last else f"{_iso(first)} - {_iso(last)}") from None
    if begins > ends:
        raise RuleBroken("time_ends_before_it_begins", earliest=begins, latest=ends)
    return Days(begins, ends, unit)
