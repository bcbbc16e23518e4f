"""How long, in the reader's language: lengths of time in minutes, known from ... to; and what stands beside a figure of them."""

from collections.abc import Sequence
from typing import Any

from domain.count import Count
from projections.figures import PERCENTILES, Definition, Line, Spread, Total
from web.telling.numbers import number

HOUR = 60
_UNITS = {"en": ("h", "min"), "ru": ("ч", "мин")}
_BOUNDS = {"en": ("at least {0}", "{0} to {1}"), "ru": ("не менее {0}", "от {0} до {1}")}
_POINTS = {
    "en": ("10th percentile", "25th percentile", "median", "75th percentile", "90th percentile"),
    "ru": ("10-й процентиль", "25-й процентиль", "медиана", "75-й процентиль", "90-й процентиль"),
}
_MEDIAN = {"en": "{0}; median {1}", "ru": "{0}; медиана {1}"}
UNKNOWN = "—"
"""What stands for a length where none is known."""


def length(minutes: Total, language: str) -> str:
    """ "2 h 40 min", "3 h to 26 h 5 min", "не менее 3 ч"."""
    low = _exact(minutes.low, language)
    if minutes.low == minutes.high:
        return low
    bound = _BOUNDS[language][minutes.high is not None]
    return bound.format(low, "" if minutes.high is None else _exact(minutes.high, language))


def _exact(minutes: int, language: str) -> str:
    hour, minute = _UNITS[language]
    hours, rest = divmod(minutes, HOUR)
    told = [f"{hours} {hour}"] if hours else []
    return " ".join([*told, f"{rest} {minute}"] if rest or not hours else told)


def headings(definition: Definition, language: str) -> list[str]:
    """What the cells after the number are called; none where a figure is a number alone."""
    points = _POINTS[language] if definition.is_of_lengths else ()
    return [*points, *(told[language == "ru"] for told in definition.columns.values())]


def cells(definition: Definition, line: Line, language: str) -> list[str]:
    """The cells under these headings."""
    return [*_points(definition, line.spread, language), *(_number(total, language) for _, total in line.beside)]


def with_median(line: Line, language: str) -> str:
    """The number, and the median where it is of lengths."""
    told = _number(line.total, language)
    return _MEDIAN[language].format(told, length(line.spread.median, language)) if line.spread is not None else told


def names(definition: Definition) -> list[str]:
    """The headings for programs: of each percentile, in minutes, and of each column."""
    points = [f"p{percent}_minutes" for percent in PERCENTILES] if definition.is_of_lengths else []
    return [*points, *definition.columns]


def coded(definition: Definition, line: Line) -> list[int | None]:
    """Both ends under each of these; what is not known, or has no upper end, is None."""
    points: Sequence[Total | None] = ()
    if definition.is_of_lengths:
        points = line.spread.points if line.spread is not None else [None] * len(PERCENTILES)
    return [end for total in (*points, *(total for _, total in line.beside)) for end in (total or (None, None))]


def document(definition: Definition, line: Line) -> dict[str, Any]:
    """The same for JSON: nothing where a figure is a number alone."""
    found: dict[str, Any] = {}
    if definition.is_of_lengths:
        known = zip(PERCENTILES, line.spread.points, strict=True) if line.spread is not None else ()
        found["spread"] = {"unit": "minutes", **{f"p{percent}": total._asdict() for percent, total in known}}
    if definition.columns:
        found["beside"] = {code: total._asdict() for code, total in line.beside}
    return found


def _points(definition: Definition, spread: Spread | None, language: str) -> list[str]:
    if not definition.is_of_lengths:
        return []
    return [in_a_cell(point) for point in spread.points] if spread is not None else [UNKNOWN] * len(PERCENTILES)


def in_a_cell(minutes: Total) -> str:
    """ "2:40", "3:00–26:05", "3:00–" without an upper end: the same in every language."""
    ends = [f"{end // HOUR}:{end % HOUR:02}" if end is not None else "" for end in minutes]
    return ends[0] if minutes.low == minutes.high else "–".join(ends)


def _number(total: Total, language: str) -> str:
    return number(Count(total.low, total.high), language)
