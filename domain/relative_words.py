"""Times told by the moment of telling: "two hours ago", "yesterday", "on Monday", "tomorrow". Read by `moment_words.py`.

Minutes and hours become an interval. Days become dates: the words are rewritten as the ISO date they mean, and read on as if that
date had been written.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from math import ceil

from domain.date_words import DateOrder, take_days
from domain.errors import RuleBroken
from domain.spelling import one_of, plain

Interval = tuple[datetime, datetime]

_NOW = {"сейчас": 5, "прямо сейчас": 5, "now": 5, "right now": 5, "jetzt": 5, "только что": 10, "just now": 10, "gerade eben": 10}
"""Minutes back from the moment of saying."""

_HOW_MANY = (
    {"": (1, 1), "a": (1, 1), "an": (1, 1), "half an": (0.5, 0.5), "half a": (0.5, 0.5), "полтора": (1.5, 1.5)}
    | dict.fromkeys(("пару", "пара", "couple of", "a couple of"), (2, 3))
    | dict.fromkeys(("несколько", "several", "few", "a few"), (2, 9))
)
_UNITS = (
    (r"сек(?:унд[уы]?)?\.?|seconds?|secs?|sekunden?", timedelta(seconds=1)),
    (r"мин(?:ут[уы]?)?\.?|minutes?|mins?|minuten?", timedelta(minutes=1)),
    (r"полчаса", timedelta(minutes=30)),
    (r"четверть часа|quarter of an hour", timedelta(minutes=15)),
    (r"час(?:а|ов)?|ч\.?|hours?|hrs?|stunden?", timedelta(hours=1)),
    (r"день|дня|дней|days?|tage?n?|сутки|суток", timedelta(days=1)),
    (r"недел[юиь]|недель|weeks?|wochen?", timedelta(days=7)),
    (r"месяц(?:а|ев)?|months?|monate?n?", timedelta(days=30)),
    (r"год|года|лет|years?|jahre?n?", timedelta(days=365)),
)
_NUMBER = rf"(?P<n>[0-9]{{1,4}}|{one_of(*(re.escape(word) for word in _HOW_MANY if word))})?"
_UNIT = "|".join(f"(?P<u{i}>{unit})" for i, (unit, _) in enumerate(_UNITS))
_SOME = r"(?:(?:около|примерно|где-то|about|around|approximately|ca\.?|etwa) |~ ?)?"
_AGO = re.compile(rf"(?<!\w){_SOME}(?:{_NUMBER} ?(?:{_UNIT}) (?:тому )?(?:назад|ago))(?!\w)")
_AGO_GERMAN = re.compile(rf"(?<!\w)vor {_SOME}{_NUMBER} ?(?:{_UNIT})(?!\w)")
_WITHIN = re.compile(rf"(?:в течение|за|within|in|during)(?: the)?(?: last| past| последн\w+)? {_NUMBER} ?(?:{_UNIT})")


def _amount(found: re.Match[str]) -> tuple[float, float, timedelta]:
    """At least, at most, and of what."""
    least, most = (int(found["n"]),) * 2 if (found["n"] or "").isdecimal() else _HOW_MANY[found["n"] or ""]
    return least, most, next(length for i, (_, length) in enumerate(_UNITS) if found[f"u{i}"])


def just_now(text: str, said: datetime) -> Interval | None:
    """Minutes and hours back from the report; None where the text tells no such thing.

    "Two hours ago" is a quarter of that more or less, at least five minutes. "Within the last hour" begins an hour back.
    """
    if text in _NOW:
        return said - timedelta(minutes=_NOW[text]), said
    if found := _WITHIN.fullmatch(text):
        _, most, unit = _amount(found)
        return said - most * unit, said
    found = _AGO.fullmatch(text) or _AGO_GERMAN.fullmatch(text)
    if found is None:
        return None
    least, most, unit = _amount(found)
    if unit >= timedelta(days=1):
        return None  # days are days of the calendar: see with_dates
    slack = timedelta(minutes=5)
    begins = said - most * unit - max(most * unit / 4, slack)
    ends = min(said, said - least * unit + max(least * unit / 4, slack))
    return begins, ends.replace(microsecond=0)


# Words that name a day by the day of the report: rewritten as the dates they mean


def _iso(day: date) -> str:
    return day.isoformat()


def _from(first: date, last: date) -> str:
    return f"{first.isoformat()} - {last.isoformat()}"


def _back(days: int) -> Callable[[datetime], str]:
    return lambda said: _iso(said.date() - timedelta(days=days))


def _month_back(months: int) -> Callable[[datetime], str]:
    def rewritten(said: datetime) -> str:
        year, month = divmod(said.year * 12 + said.month - 1 - months, 12)
        return f"{year:04}-{month + 1:02}"

    return rewritten


def _week_back(weeks: int) -> Callable[[datetime], str]:
    def rewritten(said: datetime) -> str:
        monday = said.date() - timedelta(days=said.weekday() + 7 * weeks)
        return _from(monday, monday + timedelta(days=6))

    return rewritten


def _this_night(said: datetime) -> str:
    """The night before the day of the report. Said between 22:00 and midnight it may as well be the night just begun: both."""
    return f"{_iso(said.date() - timedelta(days=1))} {'these-nights' if said.hour >= 22 else 'this-night'}"


_RELATIVE = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), rewritten)
    for pattern, rewritten in (
        (
            r"^(?:сегодня ночью|этой ночью|прошлой ночью|ночью|ночью сегодня|heute nacht|in the night|at night|nachts)$",
            _this_night,
        ),
        (r"last night|yesterday night|gestern nacht|letzte nacht", lambda said: f"{_back(1)(said)} last-night"),
        (r"tonight", lambda said: f"{_back(1 if said.hour < 6 else 0)(said)} last-night"),
        (r"(?:the )?day before yesterday|позавчера|vorgestern", _back(2)),
        (r"yesterday|вчера|gestern|last(?= evening| afternoon)", _back(1)),
        (r"today|сегодня|heute|this(?= morning| afternoon| evening)|this day", _back(0)),
        (r"на прошлой неделе|last week|letzte woche", _week_back(1)),
        (r"на этой неделе|this week|diese woche", _week_back(0)),
        (r"в прошлом месяце|last month|letzten monat", _month_back(1)),
        (r"в этом месяце|this month|diesen monat", _month_back(0)),
        (r"(?:в )?прошл(?:ом|ого) год[уа]|last year|letztes jahr", lambda said: f"{said.year - 1:04}"),
        (r"(?:в )?(?:этом|этого|текущего) год[уа]|с\. ?г\.|this year|dieses jahr", lambda said: f"{said.year:04}"),
    )
)
_AHEAD = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), days)
    for pattern, days in ((r"(?:the )?day after tomorrow|послезавтра|übermorgen", 2), (r"tomorrow|завтра", 1))
)
"""What is still to come: a hearing. (German "morgen" is a morning as well.)"""
_WEEKDAYS = {
    form: number
    for number, forms in enumerate(
        (
            "понедельник пн monday mon montag",
            "вторник вт tuesday tue dienstag",
            "среда среду ср wednesday wed mittwoch",
            "четверг чт thursday thu donnerstag",
            "пятница пятницу пт friday fri freitag",
            "суббота субботу сб saturday sat samstag",
            "воскресенье вс sunday sun sonntag",
        )
    )
    for form in forms.split()
}
_WEEKDAY = re.compile(
    rf"(?<!\w)(?P<last>в прошл\w+ |last )?(?:(?:в|во|on|am) )?(?:\(?(?P<day>{one_of(*_WEEKDAYS)})(?:\.(?=,| |$)|\b)\)?)(?!\w),?"
)


def with_dates(text: str, said: datetime, order: DateOrder | None) -> tuple[str, bool]:
    """The text with every such word replaced by its ISO date, and whether there was one that tells of what has been."""
    for pattern, days in _AHEAD:  # not of the words below: these end when they were said
        text = pattern.sub(_back(-days)(said), text, count=1)
    before = text
    for pattern, rewritten in _RELATIVE:
        if pattern.search(text):
            text = pattern.sub(rewritten(said), text, count=1)
    if found := _AGO.search(text) or _AGO_GERMAN.search(text):
        text = f"{text[: found.start()]}{_days_ago(found, said.date())}{text[found.end() :]}"
    relative = text != before
    if weekday := _WEEKDAY.search(text):
        rest = f"{text[: weekday.start()]} {text[weekday.end() :]}".strip()
        if dated := take_days(rest, said.date(), order):
            if dated[0].first != dated[0].last:
                return text, relative  # "Friday, February 2022" says more than we understand
            _check_weekday(weekday, dated[0].first)
            return plain(rest), relative
        return f"{text[: weekday.start()]}{_weekday(weekday, said.date())} {text[weekday.end() :]}".strip(), True
    return text, relative


def _days_ago(found: re.Match[str], said: date) -> str:
    """Two days ago is that day of the calendar; weeks, months and years are a quarter more or less."""
    least, most, unit = _amount(found)
    slack = 0 if unit == timedelta(days=1) else ceil(most * unit.days / 4)
    if unit < timedelta(days=1):
        return found[0]  # "вечером два часа назад" is left unread
    return _from(
        said - timedelta(days=ceil(most * unit.days) + slack), said - timedelta(days=max(0, int(least * unit.days) - slack))
    )


def _weekday(found: re.Match[str], said: date) -> str:
    """The latest such day before the day of the report. On such a day itself, and with "last", it may be one of two."""
    back = (said.weekday() - _WEEKDAYS[found["day"]]) % 7
    latest = said - timedelta(days=back)
    if back == 0 or found["last"]:
        nearer = latest if back else said
        raise RuleBroken(
            "ambiguous_date", words=found[0].strip(" ,"), first=_iso(nearer), second=_iso(nearer - timedelta(days=7))
        )
    return _iso(latest)


def _check_weekday(found: re.Match[str], day: date) -> None:
    if day.weekday() != _WEEKDAYS[found["day"]]:
        raise RuleBroken("weekday_does_not_match", words=found["day"], date=_iso(day))
