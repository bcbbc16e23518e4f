"""A citation: which figure, in which version, of what, at which position of the record; written and read again."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.errors import RuleBroken
from projections.figures import DEFINITIONS, DIMENSIONS, OF_WHOM, Definition, Figure, Span

NONE = "none"
"""How a citation names what has no value in a dimension: what could not be placed, dated or sorted."""
_UNTIL = ".."
"""Stands between the ends of a span of time, of which one may be left out: 2022-02..2022-04, 2022-02.."""


def cite(figure: str, version: int, position: int, of: Mapping[str, object] | None = None) -> str:
    """Such as `detentions.2 city=524901 month=2022-03 @41`."""
    chosen = "".join(f" {name}={value}" for name, value in (of or {}).items())
    return f"{figure}.{version}{chosen} @{position}"


@dataclass(frozen=True, slots=True)
class Citation:
    """A figure at a position: by one dimension or by none, of all or of what has these values."""

    definition: Definition
    position: int
    by: str | None = None
    only: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, figure: Figure, key: Any = ...) -> "Citation":
        """Of a whole figure, or of the one of its rows with this key."""
        if key is ... or figure.by is None:
            return cls(figure.definition, figure.position, figure.by, figure.only)
        return cls(figure.definition, figure.position, None, {**figure.only, figure.by: key})

    def __str__(self) -> str:
        by = {"by": self.by} if self.by is not None else {}
        of = {dimension: written(dimension, self.only[dimension]) for dimension in DIMENSIONS if dimension in self.only}
        return cite(self.definition.name, self.definition.version, self.position, {**by, **of})


def written(dimension: str, key: Any) -> str:
    """A value as it stands in a citation: 524901, RU.48, 2022-03, 2022-W09, 2022-03-05, 2022-03..2022-05, rally, koap-20.2-5."""
    if key is None:
        return NONE
    if isinstance(key, Span):
        return _UNTIL.join("" if end is None else written(dimension, end) for end in key)
    match dimension:
        case "month":
            return f"{key // 100:04}-{key % 100:02}"
        case "week":
            return f"{key // 100:04}-W{key % 100:02}"
        case "day":
            return f"{key // 10_000:04}-{key // 100 % 100:02}-{key % 100:02}"
    return str(key)


_CITED = re.compile(r"([a-z_]+)\.(\d{1,6})((?: [a-z_]+=[^\s=@]+)*) @(\d{1,15})")
_CODE = r"[a-z][a-z0-9_.-]{0,60}"
_TIMES = frozenset({"month", "week", "day"})
_READ: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "city": (r"[1-9]\d{0,8}", int),
    "region": (r"[A-Z]{2}\.[A-Za-z0-9]{1,7}", str),
    "month": (r"\d{4}-(0[1-9]|1[0-2])", lambda text: int(text.replace("-", ""))),
    "day": (r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", lambda text: int(text.replace("-", ""))),
    "week": (r"\d{4}-W(0[1-9]|[1-4]\d|5[0-3])", lambda text: int(text.replace("-W", ""))),
    "category": (_CODE, str),
    **dict.fromkeys(OF_WHOM, (_CODE, str)),
    "station": (r"\S{1,60}", str),
}


def read_citation(text: str, *, last: int) -> Citation:
    """What is cited. `last` is the newest position there is.

    Raises RuleBroken `citation_unreadable`, `citation_of_no_figure`, `citation_of_another_version`, `citation_ahead`,
    `figure_not_by`.
    """
    found = _CITED.fullmatch(" ".join(text.split()))
    if found is None:
        raise RuleBroken("citation_unreadable", citation=text)
    name, version, of, position = found[1], int(found[2]), dict(one.split("=") for one in found[3].split()), int(found[4])
    by = of.pop("by", None)
    if len(of) + (by is not None) != len(found[3].split()) or (by is not None and by not in DIMENSIONS):
        raise RuleBroken("citation_unreadable", citation=text)
    definition = DEFINITIONS.get(name)
    if definition is None or not of.keys() <= _READ.keys():
        raise RuleBroken("citation_of_no_figure", citation=text)
    if version != definition.version:
        raise RuleBroken("citation_of_another_version", cited=version, counted=definition.version)
    if position > last:
        raise RuleBroken("citation_ahead", position=position, last=last)
    definition.must_have([*of, *([by] if by is not None else [])])
    return Citation(definition, position, by, {dimension: _cited(text, dimension, of[dimension]) for dimension in of})


def _cited(text: str, dimension: str, told: str) -> Any:
    try:
        return read_value(dimension, told)
    except ValueError:
        raise RuleBroken("citation_unreadable", citation=text) from None


def read_value(dimension: str, told: str) -> Any:
    """A value as `written` writes it. Raises KeyError for an unknown dimension, ValueError for what is none of its values."""
    if told == NONE:
        return None
    first, until, last = told.partition(_UNTIL) if dimension in _TIMES else (told, "", "")
    if not until:
        return _one(dimension, told)
    ends = [_one(dimension, end) if end else None for end in (first, last)]
    span = Span(*ends)
    known = [end for end in ends if end is not None]
    if not known or known != sorted(set(known)):
        raise ValueError(told)
    return span


def _one(dimension: str, told: str) -> Any:
    shape, read = _READ[dimension]
    if re.fullmatch(shape, told) is None:
        raise ValueError(told)
    if dimension in _TIMES:
        _must_be(dimension, told)
    return read(told)


def _must_be(dimension: str, told: str) -> None:
    """Raises ValueError for a month, week or day that is in no calendar: 31 February, week 53 of most years."""
    if dimension == "week":
        year, _, week = told.partition("-W")
        date.fromisocalendar(int(year), int(week), 1)
    else:
        date.fromisoformat(told if dimension == "day" else f"{told}-01")
