"""A figure as a table in the reader's language, with its definition, version and position."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.moment import When
from domain.vocabulary.sources import TIERS
from projections.figures import Definition, Figure, compute
from projections.figures.outside import HELD_BACK
from projections.figures_by_tier import COUNTED, by_tier
from web.citing import Citation
from web.desk import HOME_ZONE, Desk
from web.journalists.permitted import held_from, newest, open_figures
from web.sightings import interval


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
    rows: Sequence[tuple[str, str, int | None, str]]
    """Each with the city whose number it is and whose page says how it came about, None where it has none; and its citation."""
    left_out: str
    total: str
    tiers: Sequence[tuple[str, int]]
    """Of what was recorded one by one, how many of each tier; none where the figure is not of records."""
    citation: str
    is_without: bool
    """Whether something is held back from this reader, so that no number here can be relied on to hold it."""


def table_of(desk: Desk, name: str, by: str, language: str) -> FigureTable:
    """The figure as of what the views show now."""
    with desk.tracker.views() as db:
        position = newest(db)
        held = held_from(desk.reader.role, db)
        figure = compute(db, name, by=by, position=position, held=held)
        tiers = by_tier(db, name, position) if name in COUNTED and held.is_nothing else {}
    said = int(language == "ru")
    return FigureTable(
        name,
        by,
        figure.definition.version,
        position,
        figure.definition.unit[said],
        figure.definition.method[said],
        [(known.name, known.unit[said]) for known in open_figures(desk.reader.role).values()],
        [
            (
                called(desk, figure, line.key, language),
                interval(line.total, language) or "0",
                line.key if by == "city" and name == "detentions" else None,
                str(Citation.of(figure, line.key)),
            )
            for line in figure.rows
        ],
        interval(figure.left_out, language),
        interval(figure.total, language) or "0",
        [(TIERS.label(tier, language), number) for tier, number in tiers.items()],
        str(Citation.of(figure)),
        name in HELD_BACK and not held.is_nothing,
    )


def called(desk: Desk, figure: Figure, key: Any, language: str) -> str:
    """What a row is of, in the reader's language."""
    return value_called(desk, figure.definition, figure.by, key, language)


def value_called(desk: Desk, definition: Definition, dimension: str | None, key: Any, language: str) -> str:
    """A value of a dimension, in the reader's language."""
    names = desk.tracker.gazetteer
    match dimension:
        case "city":
            return names.city_name(key, language)
        case "region":
            return names.region_name(key, language)
        case "month":
            return desk.teller().when(When.month(key // 100, key % 100, HOME_ZONE), language)
        case "day":
            return desk.teller().when(When.day(date(key // 10_000, key // 100 % 100, key % 100), HOME_ZONE), language)
    return definition.category(key, language)
