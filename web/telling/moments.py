"""A `When` in the reader's language: as precise as it is known, on the calendar and clock of its zone."""

import re
from calendar import monthrange
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, get_timezone_location

from domain.moment import When
from domain.wall_clock import first_and_last_second, zone_named
from web.telling.words import quoted, says_more, vocabulary_of

LOCALES = {"en": "en_GB", "ru": "ru"}
"""Day before month in both languages, as chronicles have it and as no reader mistakes it."""

# What a kind of interval looks like: alone in a table, and inside a sentence.
_PATTERNS = {
    "en": {
        "day": ("{day}", "on {day}"),
        "days": ("between {day} and {last_day}", "between {day} and {last_day}"),
        "month": ("{month}", "in {month}"),
        "months": ("between {month} and {last_month}", "between {month} and {last_month}"),
        "year": ("{year}", "in {year}"),
        "years": ("between {year} and {last_year}", "between {year} and {last_year}"),
        "moment": ("{day}, {time}", "on {day} at {time}"),
        "hours": ("{day}, between {time} and {until}", "on {day} between {time} and {until}"),
        "span": ("between {time} on {day} and {until} on {last_day}", "between {time} on {day} and {until} on {last_day}"),
    },
    "ru": {
        "day": ("{day}", "{day}"),
        "days": ("с {day} по {last_day}", "в период с {day} по {last_day}"),
        "month": ("{month}", "в {in_month}"),
        "months": ("с {from_month} по {last_month}", "в период с {from_month} по {last_month}"),
        "year": ("{year} г.", "в {year} г."),
        "years": ("с {year} по {last_year} г.", "в период с {year} по {last_year} г."),
        "moment": ("{day}, {time}", "{day} в {time}"),
        "hours": ("{day}, между {time} и {until}", "{day}, между {time} и {until}"),
        "span": ("между {time} {day} и {until} {last_day}", "между {time} {day} и {until} {last_day}"),
    },
}
_BY_CLOCK = {
    "en": {"moment": "at {time}", "hours": "between {time} and {until}"},
    "ru": {"moment": "в {time}", "hours": "между {time} и {until}"},
}
_WITH_CLOCK = frozenset({"moment", "hours", "span"})
_MIDNIGHT = {"en": ("midnight", "midnight"), "ru": ("полуночью", "полуночью")}
_CLOCKS_SET = {"en": "the clocks were set in between", "ru": "в этот промежуток переводили часы"}
_ZONE = {"en": "{city} time", "ru": "часовой пояс: {city}"}
_YEAR = {"en": " y", "ru": " y 'г.'"}

_ONLY_FIGURES = re.compile(r"[\d\s.,:/TZ+–-]*")
_ABOUT = re.compile(r"[~≈?]")
_FIXED_OFFSET = re.compile(r"Etc/GMT([+-])(\d+)")


def moment(when: When, language: str) -> str:
    """As it stands alone: "24 February 2022, 19:20", "February 2022", "24 февраля 2022 г., между 14:00 и 16:00"."""
    return _told(when.earliest, when.latest, when.zone, language, 0)


def on(when: When, language: str) -> str:
    """As it stands in a sentence: "on 24 February 2022 at 19:20", "in February 2022", "в феврале 2022 г."."""
    return _told(when.earliest, when.latest, when.zone, language, 1)


def clock(when: When, language: str) -> str:
    """The time of day alone, for a reader who knows the day: "at 19:20", "between 17:20 and 18:05"."""
    here = zone_named(when.zone)
    first, last = when.earliest.astimezone(here), when.latest.astimezone(here)
    kind = _kind(when.earliest, when.latest, when.zone)
    time, until = _clock(first, kind, language), _clock(last, kind, language, ends=True)
    return _BY_CLOCK[language]["moment" if kind == "moment" else "hours"].format(time=time, until=until)


def has_clock(when: When) -> bool:
    """Whether it names a time of day, not only days."""
    return not _is_whole_days(when.earliest, when.latest, when.zone)


def zone_name(zone: str, language: str) -> str:
    """Whose clock is meant: "Yekaterinburg time", "часовой пояс: Екатеринбург"."""
    return _ZONE[language].format(city=_city_of(zone, language))


def words_beside(when: When, words: str, language: str) -> str:
    """The words in quotation marks where they say more than the interval in either language does, otherwise ""."""
    if not words or _ONLY_FIGURES.fullmatch(words):
        return ""
    more = bool(_ABOUT.search(words)) or says_more(words, _said(when.earliest, when.latest, when.zone))
    return quoted(words, language) if more else ""


def day(day: date, language: str) -> str:
    """A day of the calendar: "24 February 2022", "24 февраля 2022 г."."""
    return _date(day, "d MMMM" + _YEAR[language], language)


def day_and_month(day: date, language: str) -> str:
    """Where the year is known and space is short: "24 Feb", "24 февр."."""
    return _date(day, "d MMM", language)


@lru_cache(maxsize=4096)
def _told(earliest: datetime, latest: datetime, zone: str, language: str, form: int) -> str:
    here = zone_named(zone)
    first, last = earliest.astimezone(here), latest.astimezone(here)
    kind = _kind(earliest, latest, zone)
    parts = {"year": str(first.year), "last_year": str(last.year)}
    if kind.startswith("month"):
        parts |= _months(first, last, language)
    elif not kind.startswith("year"):
        parts["day"], parts["last_day"] = _first_day(first, last, kind, language), day(last, language)
    if kind in _WITH_CLOCK:
        parts["time"], parts["until"] = _clock(first, kind, language), _clock(last, kind, language, ends=True)
    told = _PATTERNS[language][kind][form].format(**parts)
    if kind in ("moment", "hours") and first.utcoffset() != last.utcoffset():
        told += f" ({_CLOCKS_SET[language]})"
    return told


@lru_cache(maxsize=4096)
def _said(earliest: datetime, latest: datetime, zone: str) -> frozenset[str]:
    return vocabulary_of(*(_told(earliest, latest, zone, language, 1) for language in LOCALES))


def _kind(earliest: datetime, latest: datetime, zone: str) -> str:
    here = zone_named(zone)
    first, last = earliest.astimezone(here), latest.astimezone(here)
    if not _is_whole_days(earliest, latest, zone):
        if first.date() != last.date():
            return "span"
        return "moment" if (first.hour, first.minute) == (last.hour, last.minute) else "hours"
    if first.date() == last.date():
        return "day"
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return "days"
    if first.month == 1 and last.month == 12:
        return "year" if first.year == last.year else "years"
    return "month" if (first.year, first.month) == (last.year, last.month) else "months"


@lru_cache(maxsize=4096)
def _is_whole_days(earliest: datetime, latest: datetime, zone: str) -> bool:
    here = zone_named(zone)
    days = earliest.astimezone(here).date(), latest.astimezone(here).date()
    return first_and_last_second(*days, here) == (earliest, latest)


def _first_day(first: datetime, last: datetime, kind: str, language: str) -> str:
    """Of two days in one month or year the first is told without what the second says."""
    if kind in ("days", "span") and first.year == last.year:
        same_month = kind == "days" and first.month == last.month
        return _date(first, "d" if same_month else "d MMMM", language)
    return day(first, language)


def _months(first: datetime, last: datetime, language: str) -> dict[str, str]:
    """Russian needs three cases; the prepositional, which CLDR lacks, ends in -е for all twelve."""
    nominative, year = _date(first, "LLLL", language), _date(first, _YEAR[language].strip(), language)
    year_told_later = first.year == last.year and first.month != last.month
    return {
        "month": nominative if year_told_later else f"{nominative} {year}",
        "in_month": f"{nominative.rstrip('ьй')}е {year}",
        "from_month": _date(first, "MMMM" if year_told_later else "MMMM" + _YEAR[language], language),
        "last_month": _date(last, "LLLL" + _YEAR[language], language),
    }


def _clock(local: datetime, kind: str, language: str, *, ends: bool = False) -> str:
    """Minutes; seconds only of an exact moment that has some. Midnight by name where it bounds an evening or a morning."""
    if kind == "hours" and not ends and (local.hour, local.minute) == (0, 0):
        return _MIDNIGHT[language][0]
    if kind == "hours" and ends and (local.hour, local.minute, local.second) == (23, 59, 59):
        return _MIDNIGHT[language][1]
    minute = f"{local.hour:02}:{local.minute:02}"
    return f"{minute}:{local.second:02}" if kind == "moment" and 0 < local.second < 59 else minute


@lru_cache(maxsize=4096)
def _formatted(day: date, pattern: str, language: str) -> str:
    return " ".join(format_date(day, pattern, LOCALES[language]).split())


def _date(day: date, pattern: str, language: str) -> str:
    return _formatted(day.date() if isinstance(day, datetime) else day, pattern, language)


@lru_cache(maxsize=1024)
def _city_of(zone: str, language: str) -> str:
    if offset := _FIXED_OFFSET.fullmatch(zone):  # POSIX counts them westwards: Etc/GMT-3 is three hours ahead of UTC
        return f"UTC{'+' if offset[1] == '-' else '-'}{offset[2]}"
    return str(get_timezone_location(zone, locale=LOCALES[language], return_city=True))
