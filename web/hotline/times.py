"""When a line says it was: "~19:20", "полчаса назад", "yesterday at 7 pm". Read by the same rules as every other time."""

import re
from datetime import datetime

from domain.errors import RuleBroken
from domain.moment import When
from domain.moment_words import parse_when
from web.hotline.pieces import Line, Said, Word, plain

_LONGEST = 6
"""Words of the longest time that is looked for."""
_CLOCK = re.compile(r"[~≈]?(?:[01]?\d|2[0-4]):[0-5]\d(?::\d\d)?(?:мск|msk)?")
_DOTTED = re.compile(r"[~≈]?(?:[01]?\d|2[0-3])[.-][0-5]\d")
_TRIGGERS = re.compile(
    r"назад|ago|позавчера|вчера|сегодня|сейчас|только|ноч\w{1,3}|утр\w{1,3}|днем|вечер\w{0,3}|час|часа|часов|часу|полчаса|"
    r"минут\w?|мин\.?|yesterday|today|tonight|now|just|night|morning|noon|evening|afternoon|midnight|полночь|полуноч\w|полдень|"
    r"полудня|\d{1,2}(?:am|pm|ч|h)\.?|am|pm|a\.m\.?|p\.m\.?|o'clock|понедельник\w?|вторник\w?|сред[ауы]|четверг\w?|пятниц\w|суббот\w|"
    r"воскресень\w|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)|\d{4}-\d\d-\d\d|"
    r"(?:январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w{0,2}|"
    r"january|february|march|april|june|july|august|september|october|november|december"
)
_SO_LONG = re.compile(r"(?:[1-9]|1[0-2]) час(?:а|ов)?|\d{1,2} hours?")
"""How long, and not when: "держат 3 часа", where "в 3 часа" would be a time."""
_BEFORE_A_TIME = frozenset(
    "в во к около примерно где-то с со после до at about around by since after before approx ca ~ ≈".split()
)
_NOT_A_TIME = frozenset(
    "ст ст. статья статье статьи статью ч ч. по протокол протоколы протокола article art art. section".split()
)


def find_time(line: Line, zone: str, said_at: datetime) -> When | None:
    """Take the first time the line tells; None where it tells none. What it tells further stays to be read."""
    for run in line.runs():
        for at in range(len(run)):
            if _may_be_a_time(run, at):
                found = _longest_around(line, run, at, zone, said_at)
                if found is not None:
                    start, end, when = found
                    line.take(start, end, Said.WHEN)
                    return when
    return None


def _may_be_a_time(run: list[Word], at: int) -> bool:
    low = run[at].low.rstrip(".")
    before = run[at - 1].low if at else ""
    if _CLOCK.fullmatch(low) or (_TRIGGERS.fullmatch(run[at].low) or _TRIGGERS.fullmatch(low)) is not None:
        return True
    if _DOTTED.fullmatch(low) is None or before in _NOT_A_TIME:
        return False
    return before in _BEFORE_A_TIME or low[0] in "~≈" or len(run) == 1


def _longest_around(line: Line, run: list[Word], at: int, zone: str, said_at: datetime) -> tuple[int, int, When] | None:
    """The longest words around this one that are a time as a whole."""
    windows = ((first, last) for first in range(max(0, at - _LONGEST + 1), at + 1)
               for last in range(at, min(len(run), first + _LONGEST)))  # fmt: skip
    for first, last in sorted(windows, key=lambda window: window[0] - window[1]):
        start, end = run[first].start, run[last].end
        text = line.text[start:end].rstrip(".")
        when = _time(text, zone, said_at)
        if when is not None:
            return start, start + len(text), when
    return None


def _time(text: str, zone: str, said_at: datetime) -> When | None:
    if not text.strip("~≈ .:-–—") or text.strip().isdecimal():
        return None
    if _SO_LONG.fullmatch(plain(text)):
        return None
    if _DOTTED.fullmatch(text):
        return _dotted(text, zone, said_at)
    try:
        return parse_when(re.sub(r"\s*(?:мск|msk|по мск)$", "", text, flags=re.IGNORECASE), zone=zone, said_at=said_at).told(text)
    except RuleBroken:
        return None


def _dotted(text: str, zone: str, said_at: datetime) -> When | None:
    """ "19.20" with nothing beside it is a time where it is no date; "19.10" may be either, and is left to be read."""
    try:
        parse_when(text, zone=zone, said_at=said_at)
    except RuleBroken as refused:
        try:
            at_that = parse_when(f"в {text}", zone=zone, said_at=said_at) if refused.code == "no_such_date" else None
        except RuleBroken:
            return None
        return at_that.told(text) if at_that is not None else None
    return None
