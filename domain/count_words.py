"""What people write about how many, read as a `Count`. Read by the forms and the imports.

Russian and English, and the German of some files. Every word must be understood; what has two meanings is refused with both. The
interval always holds the plain meaning of the words:

| words | interval |
|---|---|
| about 50, около 50, ок. 50, ~50, ca. 50, 50 (est.) | a fifth more or less: 40-60 |
| a round word alone: a dozen, сотня, полсотни, a hundred | the same: 10-15, 80-120, 40-60 |
| at least 12, не менее 12, 12+, ≥ 12, от 12 | 12 or more, no upper end |
| more than 100, более 100, over 100, > 100 | 101 or more, no upper end |
| up to 100, до 100, at most, не более, ≤ 100 | 0-100 |
| less than 100, менее 100, < 100 | 0-99 |
| almost 100, почти 100 | a fifth less at most: 80-100 |
| 300-500, от 300 до 500, "about 300-500" | 300-500: a range already says how unsure it is |
| 2-3 тыс., две-три сотни, two or three hundred | a unit told once is of both ends: 200-300 |
| 100-200+ | 100 or more |
| couple, пара, пару | 2-3 of what follows: пара десятков is 20-30 |
| few, several, несколько, a handful | 2-9 of what follows |
| tens, десятки | 20-99 |
| dozens, several dozen | 24-99 |
| hundreds, сотни | 100-999: people who code reports write 150 |
| thousands, тысячи | 1,000-9,999 |
| tens of thousands, сотни тысяч, ... | the same, times a thousand, to the next round number less one |
"""

import re
from fractions import Fraction
from math import ceil, floor

from domain.count import Count
from domain.crowd_words import PAIR, ROUND, SAID_TO_BE_UNKNOWN, SO_MANY_ROUND, VAGUE, WHAT_WAS_COUNTED, Amount
from domain.errors import RuleBroken
from domain.number_words import THOUSANDS, number_in_words
from domain.spelling import LONGEST, one_of, plain

MOST = 10**10
"""More than all people: such a number is a telephone number or a mistake, not a count."""

ABOUT = Fraction(1, 5)
"""What "about" allows on either side."""


_BEFORE = (  # what stands before the number, and what it makes of it
    ("about", r"~|около|примерно|приблизительно|порядка|где-то|ориентировочно|ок\.?|прим\.?"),
    ("about", r"about|around|approximately|approx\.?|roughly|some|circa|ca\.?|c\.|est\.?|estimated|etwa|ungef(?:ä|ae)hr|rund"),
    ("at least", r"≥|>=|не менее(?: чем)?|не меньше|минимум|как минимум|по меньшей мере|по крайней мере|хотя бы|от"),
    ("at least", r"at least|no fewer than|not less than|no less than|min\.?|minimum|from|mindestens|mind\.|ab"),
    ("more than", r">|более(?: чем)?|больше(?: чем)?|свыше|more than|over|above|upwards of|mehr als|(?:ü|ue)ber"),
    ("at most", r"≤|<=|до|не более(?: чем)?|не больше|максимум"),
    ("at most", r"up to|at most|no more than|not more than|max\.?|maximum|bis(?: zu)?|h(?:ö|oe)chstens"),
    ("less than", r"<|менее(?: чем)?|меньше(?: чем)?|less than|fewer than|under|below|weniger als|unter"),
    ("almost", r"почти|almost|nearly|just under|close to|fast|knapp"),
)
_AFTER = (
    ("at least", r"\+|plus|or more|and more|и более|и больше|или более|или больше|und mehr|oder mehr"),
    ("more than", r"с лишним|с чем-то|odd"),
    ("about", r"\((?:est|approx|ca|примерно|оценка|ок|geschätzt)[.,]{0,2}\)"),
    ("about", r"est\.?|approx\.?|approximately|примерно|приблизительно|or so"),
)
_PREFIXES = tuple((meaning, re.compile(rf"(?:{words})(?: |(?<=[~<>=≥≤])|(?=[0-9]))")) for meaning, words in _BEFORE)
_SUFFIXES = tuple((meaning, re.compile(rf"(?: |(?<=[\w.])(?=[+(])|(?<=\+)(?=\())(?:{words})$")) for meaning, words in _AFTER)

_RANGE_WORDS = (
    re.compile(r"(?:от|from|von) (?P<low>.+?) (?:до|to|bis) (?P<high>.+)"),
    re.compile(r"(?:между|between|zwischen) (?P<low>.+?) (?:и|and|und) (?P<high>.+)"),
    re.compile(r"(?P<low>.+?)(?: ?(?:-|\.\.\.?|…) ?| (?:до|to|bis|или|or|oder) )(?P<high>.+)"),
)


def parse_count(words: str, *, thousands: str | None = None) -> Count | None:
    """What `words` say about how many; None where they say that it is not known ("unclear", "нет данных").

    `thousands` is the sign between thousands in this file ("." or ","); without it "1,000" is a thousand and "1.000" is refused.

    RuleBroken: "missing_count" (nothing was written), "unreadable_count" (not understood), "ambiguous_number" (two meanings:
    `first`, `second`).
    """
    text = plain(words)
    if not text:
        raise RuleBroken("missing_count")
    if text in SAID_TO_BE_UNKNOWN:
        return None
    if len(words) > LONGEST:
        raise RuleBroken("unreadable_count", words=words)
    interval = _read(text, thousands)
    if interval is None or interval[0] >= MOST or (interval[1] or 0) >= MOST:
        raise RuleBroken("unreadable_count", words=words)
    return Count.between(*interval, words)


def _read(text: str, thousands: str | None) -> tuple[int, int | None] | None:
    """Takes off what was counted and what qualifies the number, then reads the number."""
    text = WHAT_WAS_COUNTED.sub("", text)
    if (told := _quantity(text, thousands)) is not None:
        return _interval(told, "")
    meanings: list[str] = []
    for _ in range(2):  # "около 100+", "75-100+ (est.)"
        for meaning, pattern in _SUFFIXES:
            if found := pattern.search(text):
                text = WHAT_WAS_COUNTED.sub("", text[: found.start()].rstrip())
                meanings.append(meaning)
                break
        if (told := _quantity(text, thousands)) is not None:
            return _qualified(told, meanings)
        for meaning, pattern in _PREFIXES:
            if found := pattern.match(text):
                text = text[found.end() :].lstrip()
                meanings.append(meaning)
                break
        if (told := _quantity(text, thousands)) is not None:
            return _qualified(told, meanings)
    return None


def _qualified(told: Amount, meanings: list[str]) -> tuple[int, int | None] | None:
    """Of two qualifiers "about" gives way; two others contradict each other."""
    strict = [meaning for meaning in meanings if meaning != "about"]
    if len(set(strict)) > 1:
        return None
    return _interval(told, strict[0] if strict else "about" if meanings else "")


def _interval(told: Amount, meaning: str) -> tuple[int, int | None] | None:
    """The interval, in whole numbers; None where there is none (half a person, fewer than none)."""
    named = told.low if told.round else told.high  # "over a dozen", "fewer than several hundred"
    if meaning in ("about", "") and told.low == told.high and (meaning or told.round):
        return max(floor(told.low * (1 - ABOUT)), min(1, ceil(told.low))), ceil(told.high * (1 + ABOUT))
    if told.low.denominator != 1 or told.high.denominator != 1:
        return None
    if meaning == "at least":
        return int(told.low), None
    if meaning == "more than":
        return int(told.low) + 1, None
    if meaning == "at most":
        return 0, int(named)
    if meaning == "less than":
        return (0, int(named) - 1) if named >= 1 else None
    if meaning == "almost":
        return floor(told.low * (1 - ABOUT)), int(named)
    return int(told.low), int(told.high)


# Quantities


def _quantity(text: str, thousands: str | None) -> Amount | None:
    """One amount, or a range of two."""
    amount = _amount(text, thousands)
    if amount is not None:
        return amount
    for pattern in _RANGE_WORDS:
        if found := pattern.fullmatch(text):
            return _range(found["low"], found["high"], thousands)
    return None


def _range(low: str, high: str, thousands: str | None) -> Amount | None:
    """From the least of one to the most of the other."""
    first, last = _amount(low, thousands), _amount(high, thousands)
    if last is None:
        return None
    first = _lent(low, high, last, thousands) or first
    if first is None or first.low > last.high:
        return None  # 500-60: one of the two is a slip, and nobody knows which
    return Amount(first.low, last.high)


def _lent(low: str, high: str, last: Amount, thousands: str | None) -> Amount | None:
    """The beginning with the unit of the end: "2-3 тыс.", "две-три сотни". None where that comes out of order: "500-1 тыс."."""
    unit = _LENT.search(high)
    lent = _amount(f"{low} {unit[1]}", thousands) if unit and not _LENT.search(low) else None
    return lent if lent is not None and lent.high <= last.low else None


_GROUPED = re.compile(r"[0-9]{1,3}(?:(?P<sign>[ '.,])[0-9]{3})(?:(?P=sign)[0-9]{3})*")
_DECIMAL = re.compile(r"([0-9]{1,12})[.,]([0-9]{1,6})")
_UNIT = re.compile(rf" ?{one_of(*(re.escape(word) for word in THOUSANDS))}$")
_UNIT_WORD = one_of(*(re.escape(word) for word in (*THOUSANDS, *ROUND)))
_LENT = re.compile(rf"(?:(?<=[0-9]) ?|(?<=\S) )({_UNIT_WORD}(?: {_UNIT_WORD})?)$")


def _digits(text: str, thousands: str | None) -> Fraction | None:
    """A number in digits. A point or comma before exactly three digits may part thousands or decimals."""
    if grouped := _GROUPED.fullmatch(text):
        sign = grouped["sign"]
        if text.count(sign) == 1 and sign in ".," and (sign != thousands if thousands else sign == "."):
            whole, decimals = text.split(sign)
            raise RuleBroken("ambiguous_number", words=text, first=int(whole + decimals), second=f"{whole}.{decimals}")
        return Fraction(int(text.replace(sign, "")))
    if text.isascii() and text.isdigit() and len(text) <= 12:
        return Fraction(int(text))
    if decimal := _DECIMAL.fullmatch(text):
        return Fraction(int(decimal[1] + decimal[2]), 10 ** len(decimal[2]))
    return None


def _amount(text: str, thousands: str | None) -> Amount | None:
    """One number in digits or words, or one of the vague or round ones."""
    if text in VAGUE:
        return VAGUE[text]
    if (number := _digits(text, thousands)) is not None or (number := _in_words(text)) is not None:
        return Amount(number, number)
    if found := _UNIT.search(text):
        if not (front := text[: found.start()]):
            return None
        if front[-1].isalpha() and not found[0].startswith(" "):
            return None  # a word that merely ends like "к"
        inner = _amount(front, thousands)
        unit = THOUSANDS[found[0].strip()]
        return inner and Amount(inner.low * unit, inner.high * unit, inner.round)
    if found := SO_MANY_ROUND.fullmatch(text):
        return _so_many(found["many"], ROUND[found["unit"]])
    return None


def _so_many(many: str, unit: int) -> Amount | None:
    """ "Two dozen" is as round as a dozen; "a couple of dozen" is two or three."""
    if many in PAIR:
        return Amount(VAGUE[many].low * unit, VAGUE[many].high * unit)
    number = Fraction(many) if many.isdecimal() else _in_words(many)
    return None if number is None else Amount(number * unit, number * unit, round=True)


def _in_words(text: str) -> Fraction | None:
    number = number_in_words(text)
    return None if number is None else Fraction(number)
