"""What people write about when something happened, read as a `When`. Read by the forms and the imports.

Russian and English, and the German of some files. Nothing is guessed and nothing is dropped: every word must be understood, and
what has two meanings is refused with both. The interval always holds the plain meaning of the words; the same words, zone and
time of report always give the same one. The rules stand beside the tables: here, and in `date_words.py`, `clock_words.py`,
`relative_words.py` and `season_words.py`.

Relative words ("yesterday", "two hours ago", a time of day without a date) end no later than they were said. A date keeps its
whole day, so that a file imported on two days gives the same events.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.clock_words import NIGHT_BETWEEN, Hours, at_one_end, is_night, read_hours
from domain.date_words import DateOrder, Days, Unit, take_days
from domain.errors import RuleBroken
from domain.moment import When
from domain.number_words import with_digits
from domain.relative_words import Interval, just_now, with_dates
from domain.season_words import with_seasons
from domain.spelling import LONGEST, plain
from domain.wall_clock import first_and_last_second, readings, zone_named

__all__ = ["DateOrder", "parse_when"]

SLOW_WATCH = timedelta(minutes=5)
"""How far the teller's watch may be ahead: "19:20" said at 19:17 is today."""


def parse_when(words: str, *, zone: str, said_at: datetime, order: DateOrder | None = None) -> When:
    """What `words` say about when, told at `said_at` (aware) by somebody whose clock shows the time of `zone`.

    RuleBroken: "missing_time" (nothing was written), "unreadable_time" (not understood), "ambiguous_date" and "ambiguous_time"
    (two meanings: `first`, `second`), "no_such_date" (31 February), "weekday_does_not_match", "time_ends_before_it_begins",
    "unknown_zone", "time_without_zone" (`said_at` is naive).
    """
    if said_at.tzinfo is None:
        raise RuleBroken("time_without_zone", time=said_at)
    if plain_date := _PLAIN_DATE.fullmatch(words.strip()):
        quick = _plain_day(plain_date, order)
        if quick is not None:
            return When.day(quick, zone, words)
    place = zone_named(zone)
    if not words.strip():
        raise RuleBroken("missing_time")
    if len(words) > LONGEST:
        raise RuleBroken("unreadable_time", words=words)
    try:
        told = _read(plain(words), place, said_at.astimezone(UTC).replace(microsecond=0), order)
        if told is None:
            raise RuleBroken("unreadable_time", words=words)
        return When.between(*told, zone, words)
    except (OverflowError, ValueError):  # before the first or after the last day of the calendar
        raise RuleBroken("no_such_date", date=words) from None


_PLAIN_DATE = re.compile(r"(?:([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}))")
"""Nearly every cell of nearly every file: ISO 8601, or day, month, year with dots."""


def _plain_day(found: re.Match[str], order: DateOrder | None) -> date | None:
    year, month, day, dotted_day, dotted_month, dotted_year = found.groups()
    try:
        if year:
            return date(int(year), int(month), int(day))
        return None if order is DateOrder.MONTH_FIRST else date(int(dotted_year), int(dotted_month), int(dotted_day))
    except ValueError:
        raise RuleBroken("no_such_date", date=found[0]) from None


def _read(text: str, place: ZoneInfo, said: datetime, order: DateOrder | None) -> Interval | None:
    """The readings from the most to the least particular; the first that understands every word is taken."""
    if stamp := _STAMP.fullmatch(text):
        return _stamp(stamp)
    text = with_digits(_TIME_MARK.sub(" ", _ISO_SLASH.sub(" - ", text)))
    if ago := just_now(text, said):
        return ago
    text, relative = with_dates(text, said.astimezone(place), order)
    text = with_seasons(text, said.astimezone(place).date())
    told = _day_and_hours(text, place, said, order)
    if told is None:
        told = _from_to(text, place, said, order)
    return _not_after(told, said) if told and relative else told


_OFFSET = r"(?:z|utc|gmt|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)"
_MINUTE = "[0-9]{2}:[0-9]{2}"
_STAMP = re.compile(
    rf"(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:t(?P<clock>{_MINUTE}(?::[0-9]{{2}})?)|"
    rf" (?P<spaced>{_MINUTE}:[0-9]{{2}}|{_MINUTE}(?! ?-)))(?:[.,][0-9]{{1,9}})? ?(?P<offset>{_OFFSET})"
)
"""ISO 8601 and its usual spellings. "2022-02-24 08:00-10:00" is not one: with a space and no seconds it is two hours."""
_ISO_SLASH = re.compile(r"(?<=[0-9])/(?=[0-9]{4}-[0-9]{2})")  # an ISO interval: 2022-02-24/2022-02-26
_TIME_MARK = re.compile(r"(?<=-[0-9]{2})t(?=[0-9]{2}:)")  # 2022-02-24T19:20
_EMPTY_TIME = re.compile(r"00:00:00(?:\.0+)?")


def _stamp(found: re.Match[str]) -> Interval:
    """A moment with its offset: whatever the zone of the place."""
    offset = found["offset"] if found["offset"][0] in "+-" else "+00:00"
    instant = datetime.fromisoformat(f"{found['day']}T{found['clock'] or found['spaced']}{offset}").astimezone(UTC)
    return instant, instant


# Dates and hours together


_ABOUT_A_DATE = re.compile(r"(?:около|примерно|приблизительно|about|around|approximately|circa|ca\.?|etwa|~)(?: (?:в|in|on))?")
_PART_OF_MONTH = {"в начале": (1, 10), "начало": (1, 10), "early": (1, 10), "в середине": (10, 20), "mid": (10, 20),
                  "mid-": (10, 20), "в конце": (20, 31), "конец": (20, 31), "late": (20, 31)}  # fmt: skip
_LONGEST_WITH_HOURS = timedelta(days=31)
_MERE_FILLER = {"", "в", "во", "on", "in", "the", "am", "im", "за", "во время", "on the"}


def _day_and_hours(text: str, place: ZoneInfo, said: datetime, order: DateOrder | None) -> Interval | None:
    taken = take_days(text, said.astimezone(place).date(), order)
    if taken is None:
        hours = read_hours(text)
        return None if hours is None else _last_time(hours, place, said)
    days, rest = taken
    rest = rest.strip(" ,;")
    if rest in _MERE_FILLER or (_EMPTY_TIME.fullmatch(rest) and days.unit is Unit.DAY):  # how spreadsheets write a date
        return first_and_last_second(days.first, days.last, place)
    if _ABOUT_A_DATE.fullmatch(rest):
        return first_and_last_second(*_about(days), place)
    if days.unit is Unit.MONTH:
        return _part_of_month(days, rest, place)
    if days.unit is Unit.YEAR or days.last - days.first > _LONGEST_WITH_HOURS:
        return None
    if is_night(rest) and days.last - days.first == timedelta(days=1):
        return _placed(days, NIGHT_BETWEEN, place)
    hours = read_hours(rest)
    return None if hours is None else _placed(days, hours, place)


def _about(days: Days) -> tuple[date, date]:
    """ "About" beside a date: three days, a month or a year on either side of what was named."""
    if days.unit is Unit.YEAR:
        return days.first.replace(year=days.first.year - 1), days.last.replace(year=days.last.year + 1)
    slack = timedelta(days=3 if days.unit is Unit.DAY else 31)
    return days.first - slack, days.last + slack


def _part_of_month(days: Days, rest: str, place: ZoneInfo) -> Interval | None:
    if rest not in _PART_OF_MONTH or days.first.month != days.last.month:
        return None
    first, last = _PART_OF_MONTH[rest]
    return first_and_last_second(days.first.replace(day=first), days.first.replace(day=min(last, days.last.day)), place)


def _placed(days: Days, hours: Hours, place: ZoneInfo) -> Interval:
    """From the hours of the first day to the hours of the last, by the clock of the place; both readings where it was set."""
    return readings(_wall(days.first, hours.first), place)[0], readings(_wall(days.last, hours.last), place)[1]


def _wall(day: date, seconds: int) -> datetime:
    return datetime.combine(day, time.min) + timedelta(seconds=seconds)


def _last_time(hours: Hours, place: ZoneInfo, said: datetime) -> Interval:
    """The latest day on which the time told was not after the report (by a watch that may be five minutes ahead)."""
    hours = at_one_end(hours)
    today = said.astimezone(place).date()
    for day in (today - timedelta(days=back) for back in range(3)):
        told = readings(_wall(day, hours.told), place)
        if told[0] <= said + SLOW_WATCH:
            begins, ends = _placed(Days(day, day, Unit.DAY), hours, place)
            return _not_after((begins, max(ends, told[1])), said, told[0])
    raise RuleBroken("no_such_date", date=today.isoformat())


def _not_after(told: Interval, said: datetime, reading: datetime | None = None) -> Interval:
    """The interval without what had not happened when it was said. What lies wholly ahead by more than a slow watch stays:
    the aggregate refuses it with a sentence of its own. `reading` is a moment that must stay inside."""
    begins, ends = told
    if begins > said + SLOW_WATCH:
        return told
    latest = max(said, reading or begins)
    return min(begins, said), min(ends, latest)


_BETWEEN_TWO = re.compile(r" - |(?<=:[0-9]{2})-| (?:по|до|to|till|until|through|bis) ")
_AND_BETWEEN_TWO = re.compile(r" (?:и|and|und) ")
_OPENING = re.compile(r"(?:в период )?(?:с|со|c|от|from|vom|von) ")
_BETWEEN = re.compile(r"(?:между|between|zwischen) ")


def _from_to(text: str, place: ZoneInfo, said: datetime, order: DateOrder | None) -> Interval | None:
    """Two dates, each with its time: "24.02.2022 14:00 - 26.02.2022 16:00"."""
    between = _BETWEEN.match(text)
    opening = between or _OPENING.match(text)
    text = text[opening.end() :] if opening else text
    today = said.astimezone(place).date()
    for middle in (_AND_BETWEEN_TWO if between else _BETWEEN_TWO).finditer(text):
        first, last = text[: middle.start()], text[middle.end() :]
        if _names_a_day(first, today, order) and _names_a_day(last, today, order):
            begins, ends = _day_and_hours(first, place, said, order), _day_and_hours(last, place, said, order)
            if begins and ends:
                return begins[0], ends[1]
    return None


def _names_a_day(text: str, today: date, order: DateOrder | None) -> bool:
    taken = take_days(text, today, order)
    return taken is not None and taken[0].unit is Unit.DAY
