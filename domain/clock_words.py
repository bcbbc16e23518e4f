"""Times of day as people write them: clock readings, ranges and the parts of the day. Read by `moment_words.py`.

A reading is the moment it begins with: "в 19 часов" is 19:00:00. "7:20", "7 часов", "7 Uhr" are read on a clock of 24 hours; an
hour alone that may be of the morning or the evening ("at 7", "с 2 до 4") is refused.
"""

import re
from dataclasses import dataclass

from domain.errors import RuleBroken
from domain.spelling import one_of

HOUR = 3600
DAY = 24 * HOUR
ABOUT = 15 * 60
"""Seconds on either side of a time told as "about", "около", "~"."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Seconds from the local midnight a day begins with. `last` may lie after the next midnight; `told` is the reading itself
    (of a range, its beginning), which decides the day when none is told."""

    first: int
    last: int
    told: int


def _whole(begins: float, ends: float) -> Hours:
    """A part of the day in hours; one that ends with the day ends with its last second."""
    last = int(ends * HOUR)
    return Hours(int(begins * HOUR), last - 1 if last == DAY else last, int(begins * HOUR))


MIDNIGHT = Hours(0, DAY, 0)
"""It belongs to the end of a day as much as to its beginning: both are kept."""

ABOUT_MIDNIGHT = Hours(-ABOUT, DAY + ABOUT, 0)
BY_MIDNIGHT = Hours(0, DAY, DAY)
"""The midnight a day ends with."""

NIGHT_BEFORE = Hours(-2 * HOUR, 6 * HOUR, -2 * HOUR)
"""The night that ends in the morning of the day: "в ночь на 24 февраля"."""

NIGHT_BETWEEN = Hours(22 * HOUR, 6 * HOUR, 22 * HOUR)
"""From the evening of the first to the morning of the second of two days: "в ночь с 23 на 24 февраля"."""

_PARTS_OF_DAY = (
    (r"рано утром|early (?:in the )?morning|fr(?:ü|ue)h ?morgens", _whole(4, 9)),
    (r"под утро|на рассвете|(?:at )?dawn", _whole(3, 8)),
    (r"early hours|small hours", _whole(0, 6)),
    (r"утром|утро|утра|с утра|morning|morgens|am morgen", _whole(5, 12)),
    (r"до полудня|до обеда|before noon|в первой половине дня|vormittags?", _whole(0, 12)),
    (r"днем|день|daytime|during the day|tags(?:ü|ue)ber", _whole(9, 18)),
    (r"обед|lunch ?time|mittags", _whole(11, 15)),
    (r"после обеда|afternoon|nachmittags?", _whole(12, 18)),
    (r"после полудня|после 12 дня|во второй половине дня|after noon", _whole(12, 24)),
    (r"вечером|вечер|вечера|evening|abends?|am abend", _whole(17, 24)),
    (r"поздно вечером|late (?:in the )?evening|sp(?:ä|ae)t ?abends", _whole(20, 24)),
    # The night of a day may be the one it begins with or the one it ends in: both are kept.
    (r"(?:поздно |глубокой )?ночью|ночь|(?:late )?(?:at )?night|overnight|nachts|in der nacht", _whole(0, 30)),
    (r"(?:в )?ночь на|night before", NIGHT_BEFORE),
    (r"last-night", _whole(18, 30)),  # what "last night" and "tonight" are rewritten to
    (r"this-night", _whole(22, 30)),
    (r"these-nights", _whole(22, 54)),
    (r"(?:ближе )?к полуночи|(?:by|towards?) midnight", BY_MIDNIGHT),
    (r"(?:около|в районе) полуночи|(?:at )?(?:about|around|approximately) midnight|gegen mitternacht", ABOUT_MIDNIGHT),
    (r"до полуночи|before midnight|vor mitternacht", _whole(0, 24)),
    (r"после полуночи|after midnight|nach mitternacht", _whole(0, 30)),
    (r"полночь|midnight|mitternacht", MIDNIGHT),
    (r"полдень|noon|midday|high noon", Hours(12 * HOUR - ABOUT, 12 * HOUR + ABOUT, 12 * HOUR)),
)
_PARTS = tuple((re.compile(pattern), hours) for pattern, hours in _PARTS_OF_DAY)
_IS_NIGHT = re.compile(r"(?:в )?(?:ночь|ночью|night|nacht|at night|in der nacht)")

_LEADING = re.compile(r"^(?:[,;(] ?|(?:в|во|in|on|the|der|am|of|,) )+")
_TRAILING = re.compile(r"(?:[,;).]| (?:of|on|the|in|,))+$")

_HALF = one_of(
    r"a\.?m\b\.?", r"p\.?m\b\.?", "in the morning", "in the afternoon", "in the evening", "at night",
    "утра", "дня", "вечера", "ночи", "morgens", "nachmittags", "abends", "nachts",
)  # fmt: skip
_CLOCK = (
    r"(?P<h{0}>[01]?[0-9]|2[0-4])"
    r"(?:[:.](?P<m{0}>[0-5][0-9])(?::(?P<s{0}>[0-5][0-9])(?:[.,][0-9]{{1,9}})?)?"
    r"| ?(?:ч\.?|час(?:ов|а)?|h) ?(?P<n{0}>[0-5]?[0-9])(?: ?(?:мин(?:ут[ыа]?)?\.?|м\.?|min))?)?"
    r"(?P<u{0}> ?(?:час(?:ов|а|у|ам)?|ч\.?|uhr|hrs?|h|o'?clock)(?!\w))?"
    rf"(?: ?(?P<p{{0}}>{_HALF}))?"
)
_FIRST, _SECOND = _CLOCK.format(1), _CLOCK.format(2)
_ONE_O_CLOCK = re.compile(r"(?<![0-9] )(?<!\w)час(?= (?:дня|ночи))")  # час дня: the one is not said
_LIKE_A_DATE = re.compile(r"(?:0?[1-9]|[12][0-9]|3[01])\.(?:0?[1-9]|1[0-2])")  # 04.02

_ABOUT = (
    r"~ ?|(?:(?:где-то|примерно|приблизительно|ориентировочно) (?:в |около )?|(?:в )?(?:около|районе) "
    r"|(?:at )?(?:about|around|approximately|approx\.?|circa|roughly) |(?:gegen|etwa|um ca\.?|ca\.?|c\.) )"
)
_AT = re.compile(rf"(?P<word>(?:в|at|um|at exactly|ровно в) ?)?{_FIRST}")
_AT_DASH = re.compile(r"(?:в|at) (?P<h>[01]?[0-9]|2[0-3])-(?P<m>2[5-9]|[3-5][0-9])")  # в 19-30
_ABOUT_AT = re.compile(rf"(?P<word>{_ABOUT}){_FIRST}")
_AT_ABOUT = re.compile(rf"(?P<word>){_FIRST},? (?:примерно|приблизительно|approximately|approx\.?|or so)")
_FROM_TO = re.compile(
    rf"(?P<word>(?:в|с|со|c|от|between|from|между|zwischen|von|at) )?{_FIRST}"
    rf"(?P<to> ?- ?| (?:до|по|и|to|and|till|until|und|bis) ){_SECOND}"
)
_HOUR_ORDINALS = "перв втор треть четверт пят шест седьм восьм девят десят одиннадцат двенадцат".split()
_IN_THE_HOUR = re.compile(
    rf"(?:(?P<n>[0-9]{{1,2}})(?:-?о?м)?|(?P<name>{one_of(*_HOUR_ORDINALS)})[ео]м) часу(?: (?P<half>утра|дня|вечера|ночи))?"
)
_BEFORE = re.compile(rf"(?P<word>до|к|не позднее|раньше|before|until|till|by|not later than|vor|bis) {_FIRST}")
_AFTER = re.compile(rf"(?P<word>после|с|позже|не ранее|after|since|from|nach|ab) {_FIRST}")


def read_hours(text: str) -> Hours | None:
    """The time of day a `plain` text tells; None where it is not understood. RuleBroken("ambiguous_time") for "at 7"."""
    text = _ONE_O_CLOCK.sub("1 час", _TRAILING.sub("", text))
    for candidate in (text, _LEADING.sub("", text), text.removesuffix(" am")):  # 1 am; 19 Uhr am 24.02.
        for pattern, hours in _PARTS:
            if pattern.fullmatch(candidate):
                return hours
        for pattern, meaning in _READINGS:
            if (found := pattern.fullmatch(candidate)) and (read := meaning(found)):
                return read
    return None


def at_one_end(hours: Hours) -> Hours:
    """Midnight with no day to choose an end of."""
    if hours == MIDNIGHT:
        return Hours(0, 0, 0)
    return Hours(-ABOUT, ABOUT, 0) if hours == ABOUT_MIDNIGHT else hours


def is_night(text: str) -> bool:
    """Whether the text says no more than "in the night"."""
    return _IS_NIGHT.fullmatch(_TRAILING.sub("", _LEADING.sub("", text))) is not None


def _at(found: re.Match[str]) -> Hours | None:
    if not (found["word"] or found["m1"] or found["n1"] or found["u1"] or found["p1"]):
        return None  # a number alone is no time
    if not found["word"] and _LIKE_A_DATE.fullmatch(found[0]):
        return None  # "21.01., 04.02." are two dates
    return _moment(found)


def _moment(found: re.Match[str]) -> Hours | None:
    _refuse_half_told(found)
    told = _seconds(found, "1", found["p1"])
    if told == 0 and found["p1"] in ("ночи", "at night", "nachts"):
        return MIDNIGHT
    return None if told is None else Hours(told, told, told)


def _in_the_hour(found: re.Match[str]) -> Hours | None:
    """ "в девятом часу вечера" is the hour before nine. The first twelve are refused without their half of the day."""
    hour = (int(found["n"]) if found["n"] else _HOUR_ORDINALS.index(found["name"]) + 1) - 1
    half = found["half"] or ""
    if not 0 <= hour <= 23:
        return None
    if hour < 12 and not half:
        early, late = (f"{begins:02}:00-{begins:02}:59" for begins in (hour, hour + 12))
        raise RuleBroken("ambiguous_time", words=found[0], first=early, second=late)
    begins = _hour(hour, half)
    if begins is None and hour == 0:
        begins = _hour(12, half)  # в первом часу дня
    return None if begins is None else Hours(begins * HOUR, begins * HOUR + HOUR - 1, begins * HOUR)


def _at_dash(found: re.Match[str]) -> Hours:
    told = int(found["h"]) * HOUR + int(found["m"]) * 60
    return Hours(told, told, told)


def _about(found: re.Match[str]) -> Hours | None:
    at = _moment(found) if found["word"] else _at(found)
    if at == MIDNIGHT:
        return ABOUT_MIDNIGHT
    return at and Hours(at.told - ABOUT, at.told + ABOUT, at.told)


def _before(found: re.Match[str]) -> Hours | None:
    at = _moment(found)
    return at and Hours(0, at.last, 0)


def _after(found: re.Match[str]) -> Hours | None:
    at = _moment(found)
    if at == MIDNIGHT:
        return _whole(0, 30)
    return at and Hours(at.told, max(at.told, DAY - 1), at.told)


def _from_to(found: re.Match[str]) -> Hours | None:
    """Both ends. "2 to 4 pm" lends its half of the day to the beginning where that comes out in order; 22-2 crosses midnight."""
    _refuse_half_told(found)
    last = _seconds(found, "2", found["p2"])
    first = _seconds(found, "1", found["p1"])
    if first is None or last is None:
        return None
    if found["p2"] and not found["p1"] and int(found["h1"]) <= 12:
        first = _lent(found, first, last)
    return Hours(first, last if first <= last else last + DAY, first)


def _lent(found: re.Match[str], bare: int, last: int) -> int:
    """The beginning in the half of the day its end was told in, or in the other: the one that comes before the end."""
    half = found["p2"].replace(".", "")
    same = _seconds(found, "1", half)
    other = _seconds(found, "1", _OTHER_HALF[half]) if half in _OTHER_HALF else None
    told = [begins for begins in (other, same) if begins is not None]
    return next((begins for begins in reversed(told) if begins <= last), told[0] if told else bare)


_OTHER_HALF = {"am": "pm", "pm": "am"}


def _seconds(found: re.Match[str], end: str, half: str | None) -> int | None:
    """One clock reading in seconds from midnight; None for what no clock shows ("24:30", "13 am")."""
    minutes = int(found["m" + end] or found["n" + end] or 0)
    hour = _hour(int(found["h" + end]), (half or "").replace(".", ""))
    if hour is None or (hour == 24 and minutes):
        return None
    return hour * HOUR + minutes * 60 + int(found["s" + end] or 0)


_HALVES = {
    # the words that say which half of the day; the hours they go with, and what the hours are on a clock of 24
    ("am",): {hour: hour % 12 for hour in range(13)},
    ("pm",): {hour: hour % 12 + 12 for hour in range(1, 13)} | {hour: hour for hour in range(13, 24)},
    ("утра", "in the morning", "morgens"): {hour: hour for hour in range(12)},
    ("дня", "in the afternoon", "nachmittags"): {h: h + 12 for h in range(1, 7)} | {h: h for h in (10, 11, *range(12, 19))},
    ("вечера", "in the evening", "abends"): {h: h + 12 for h in range(4, 12)} | {h: h for h in range(16, 24)},
    ("ночи", "at night", "nachts"): {12: 0} | {h: h for h in (*range(6), *range(21, 25))} | {h: h + 12 for h in range(8, 12)},
}
_HALF_OF_DAY = {word: hours for words, hours in _HALVES.items() for word in words}


def _hour(hour: int, half: str) -> int | None:
    """The hour on a clock of 24; None where nobody says so ("13 am", "12 вечера")."""
    return _HALF_OF_DAY[half].get(hour) if half else hour


def _refuse_half_told(found: re.Match[str]) -> None:
    """A bare "at 7", "в 7", "between 2 and 4" does not say which half of the day, and is asked for instead of guessed."""
    ends = ["1", "2"] if "h2" in found.groupdict() else ["1"]
    if any(found[part + end] for end in ends for part in "mnp"):
        return
    if any(found["u" + end] and "clock" not in found["u" + end] for end in ends):  # "в 7 часов", "7 Uhr", "7h": 24 hours
        return
    hours = [int(found["h" + end]) for end in ends]
    if all(1 <= hour <= 12 for hour in hours) and set(hours) != {12}:
        early, late = hours[0] % 12, hours[0] % 12 + 12
        raise RuleBroken("ambiguous_time", words=found[0], first=f"{early:02}:00", second=f"{late:02}:00")


_READINGS = (
    (_AT, _at),
    (_AT_DASH, _at_dash),
    (_IN_THE_HOUR, _in_the_hour),
    (_ABOUT_AT, _about),
    (_AT_ABOUT, _about),
    (_FROM_TO, _from_to),
    (_BEFORE, _before),
    (_AFTER, _after),
)
