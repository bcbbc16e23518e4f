"""What a figure, its dimensions and their values are called, in the reader's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.moment import When
from projections.figures import Definition, Figure, Span
from web.gazetteer import Gazetteer
from web.journalists.permitted import DIMENSIONS
from web.languages import translated as _
from web.telling import moments

_ZONE = "Europe/Moscow"
"""Days and months are told by their names alone, so the zone does not show."""


def title_of(figure: Figure, names: Gazetteer, language: str) -> str:
    """ "Detentions, by city: March 2022"."""
    return title(figure.definition, figure.by, figure.only, names, language)


def title(definition: Definition, by: str | None, only: Mapping[str, Any], names: Gazetteer, language: str) -> str:
    """The same of a figure that is not at hand."""
    unit = definition.unit[language == "ru"]
    told_by = f", {DIMENSIONS[by]}" if by is not None else ""
    chosen = ", ".join(told for _dimension, told in filters_of(definition, only, names, language))
    return f"{unit[:1].upper()}{unit[1:]}{told_by}{': ' if chosen else ''}{chosen}"


def filters_of(definition: Definition, only: Mapping[str, Any], names: Gazetteer, language: str) -> list[tuple[str, str]]:
    """What alone is counted: each dimension with the name of its value."""
    return [(dimension, value_called(names, definition, dimension, key, language)) for dimension, key in only.items()]


def value_called(names: Gazetteer, definition: Definition, dimension: str | None, key: Any, language: str) -> str:
    """A value of a dimension."""
    if key is None:
        return _("none known")
    if isinstance(key, Span):
        ends = ["" if end is None else value_called(names, definition, dimension, end, language) for end in key]
        if "" not in ends:
            return " – ".join(ends)
        return _("from: %(time)s", time=ends[0]) if ends[0] else _("until: %(time)s", time=ends[1])
    match dimension:
        case "city":
            return names.city_name(key, language)
        case "region":
            return names.region_name(key, language)
        case "month":
            return moments.moment(When.month(key // 100, key % 100, _ZONE), language)
        case "day":
            return moments.moment(When.day(date(key // 10_000, key // 100 % 100, key % 100), _ZONE), language)
    return definition.category(key, language)
