"""Instants and lengths of the law in the reader's language: "between 17:20 and 18:05", "at least 4 h 10 min, at most 6 h".

A length is never told as more certain than it is: the least is rounded down to the minute, the most up.
"""

from datetime import datetime, timedelta

from domain.law.calendar import last_second, local_day
from domain.law.span import Length, Span
from domain.moment import When
from web.telling import moments

_ZERO = timedelta(0)
_MINUTE = timedelta(minutes=1)
_IN_DAYS = timedelta(days=5)

_OPEN = {
    "en": {"from": "not before {time}", "to": "not after {time}", "none": "not known when"},
    "ru": {"from": "не раньше чем {time}", "to": "не позже чем {time}", "none": "неизвестно когда"},
}
_DAY_END = {
    "en": ("at the end of {day}", "at the end of a day between {day} and {last}", "the end of {day}"),
    "ru": ("в конце дня {day}", "в конце одного из дней с {day} по {last}", "в конце дня {day}"),
}
_UNITS = {"en": ("h", "min", "days"), "ru": ("ч", "мин", "дн.")}
_BOUNDS = {
    "en": {"both": "at least {least}, at most {most}", "least": "at least {least}", "most": "at most {most}"},
    "ru": {"both": "не менее {least}, не более {most}", "least": "не менее {least}", "most": "не более {most}"},
}
_UNDER_A_MINUTE = {"en": "less than a minute", "ru": "менее минуты"}
_UNKNOWN = {"en": "an unknown time", "ru": "неизвестно сколько"}


def at(span: Span, zone: str, language: str, now: datetime | None = None) -> str:
    """As it stands in a sentence. On the day of `now` the date is left out."""
    if span.earliest is None or span.latest is None:
        end = span.earliest or span.latest
        if end is None:
            return _OPEN[language]["none"]
        side = "from" if span.earliest else "to"
        return _OPEN[language][side].format(time=_alone(end, zone, language))
    return _one(span, zone, language, now)


def length(told: Length, language: str) -> str:
    """ "19 h 30 min", "at least 4 h 10 min, at most 6 h"; below zero counts as nothing."""
    least = max(told.least, _ZERO) if told.least is not None else None
    most = max(told.most, _ZERO) if told.most is not None else None
    lower = duration(least, language) if least is not None else ""
    upper = duration(most, language, up=True) if most is not None else ""
    if lower and (lower == upper or least == most):
        return lower
    if least is not None and least > _ZERO and most is not None:
        return _BOUNDS[language]["both"].format(least=lower, most=upper)
    if most is not None:
        return _BOUNDS[language]["most"].format(most=upper)
    if least is not None and least > _ZERO:
        return _BOUNDS[language]["least"].format(least=lower)
    return _UNKNOWN[language]


def by(told: Length, language: str, preposition: str = "на") -> str:
    """The same after a verb: «не менее чем на 4 ч 10 мин и не более чем на 6 ч»; English has "by" of its own there."""
    if language != "ru":
        return length(told, language)
    plain = length(told, language)
    if not plain.startswith("не "):
        return f"{preposition} {plain}"
    bounds = [part.replace("не менее ", f"не менее чем {preposition} ").replace("не более ", f"не более чем {preposition} ")
              for part in plain.split(", ")]  # fmt: skip
    return " и ".join(bounds)


def duration(length: timedelta, language: str, *, up: bool = False) -> str:
    """Hours and minutes; from five days on, days and hours."""
    hour, minute, day = _UNITS[language]
    minutes = -(-length // _MINUTE) if up else length // _MINUTE
    if length >= _IN_DAYS:
        hours = -(-minutes // 60) if up else minutes // 60
        return " ".join(part for part in (f"{hours // 24} {day}", f"{hours % 24} {hour}" if hours % 24 else "") if part)
    if minutes == 0:
        return _UNDER_A_MINUTE[language] if length > _ZERO else f"0 {minute}"
    hours, left = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} {hour}" if hours else "", f"{left} {minute}" if left else "") if part)


def _alone(end: datetime, zone: str, language: str) -> str:
    day = local_day(end, zone)
    if end == last_second(day, zone):
        return _DAY_END[language][2].format(day=moments.day(day, language))
    return moments.moment(When(end, end, zone), language)


def _one(span: Span, zone: str, language: str, now: datetime | None) -> str:
    assert span.earliest is not None and span.latest is not None  # noqa: PT018, S101 - both were asked for
    first, last = local_day(span.earliest, zone), local_day(span.latest, zone)
    if span.earliest == last_second(first, zone) and span.latest == last_second(last, zone):
        one, several, _ = _DAY_END[language]
        days = {"day": moments.day(first, language), "last": moments.day(last, language)}
        return (one if first == last else several).format(**days)
    when = When(span.earliest, span.latest, zone)
    if now is not None and first == last == local_day(now, zone) and moments.has_clock(when):
        return moments.clock(when, language)
    return moments.on(when, language)
