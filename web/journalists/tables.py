"""A figure as a table in the reader's language, with its definition, version and position."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from domain.moment import When
from domain.vocabulary.sources import TIERS
from projections import positions, statistics
from projections.figures import DEFINITIONS, Figure, compute
from projections.figures_by_tier import by_tier
from web.access.roles import Role
from web.desk import HOME_ZONE, Desk
from web.sightings import interval

DIMENSIONS = {
    "city": _l("by city"),
    "region": _l("by region"),
    "month": _l("by month"),
    "day": _l("by day"),
    "category": _l("by category"),
}


def open_dimensions(role: Role) -> Mapping[str, Any]:
    """What a role may ask a figure by. A category of detentions is an attribute of people: journalists get tallies alone."""
    return {name: told for name, told in DIMENSIONS.items() if name != "category" or role is not Role.JOURNALIST}


@dataclass(frozen=True, slots=True)
class FigureTable:
    """What the page shows. `left_out` has no value in the dimension: it is in the total and in no row."""

    name: str
    by: str
    version: int
    position: int
    unit: str
    method: str
    names: Sequence[tuple[str, str]]
    rows: Sequence[tuple[str, str, int | None]]
    """Each with the city whose number it is and whose page says how it came about, None where it has none."""
    left_out: str
    total: str
    tiers: Sequence[tuple[str, int]]
    """Of what was recorded one by one, how many of each tier."""


def table_of(desk: Desk, name: str, by: str, language: str) -> FigureTable:
    """The figure as of what the views show now."""
    with desk.tracker.views() as db:
        position = positions.reached(db, statistics.projection)
        figure = compute(db, name, by=by, position=position)
        tiers = by_tier(db, name, position)
    said = int(language == "ru")
    return FigureTable(
        name,
        by,
        figure.definition.version,
        position,
        figure.definition.unit[said],
        figure.definition.method[said],
        [(known.name, known.unit[said]) for known in DEFINITIONS.values()],
        [
            (
                _called(desk, figure, line.key, language),
                interval(line.total, language) or "0",
                line.key if by == "city" and name == "detentions" else None,
            )
            for line in figure.rows
        ],
        interval(figure.left_out, language),
        interval(figure.total, language) or "0",
        [(TIERS.label(tier, language), number) for tier, number in tiers.items()],
    )


def _called(desk: Desk, figure: Figure, key: Any, language: str) -> str:
    names = desk.tracker.gazetteer
    match figure.by:
        case "city":
            return names.city_name(key, language)
        case "region":
            return names.region_name(key, language)
        case "month":
            return desk.teller().when(When.month(key // 100, key % 100, HOME_ZONE), language)
        case "day":
            return desk.teller().when(When.day(date(key // 10_000, key // 100 % 100, key % 100), HOME_ZONE), language)
    return figure.definition.category(key, language)
