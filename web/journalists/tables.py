"""A figure's page: its numbers in the reader's language, its definition, citation, history, and how well it is borne out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.vocabulary.sources import TIERS
from projections import heatmap
from projections.figures import Figure
from projections.figures.outside import HELD_BACK
from projections.figures_by_tier import COUNTED
from web.access.roles import Role
from web.citing import Citation
from web.desk import Desk
from web.journalists.asked import Asked
from web.journalists.counted import counted, tiers_of
from web.journalists.history import Then, history_of
from web.journalists.permitted import held_from, newest, open_figures
from web.journalists.titles import title_of, value_called
from web.sightings import interval
from web.takeaways.of_figures import left_out_told
from web.telling import lengths

AT_ONCE = 50_000
"""Entries of a record of which history and tiers are counted with the page; of a longer one when they are asked for: both read
everything there is, which then takes seconds."""


@dataclass(frozen=True, slots=True)
class Row:
    """One number, its citation ("" where it is told without something), the city whose page says how it came about, what the
    figure is narrowed to by it, and what stands beside the number."""

    name: str
    number: str
    citation: str
    city: int | None
    narrowed: Mapping[str, str] | None
    beside: Sequence[str]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """What the page shows. `left_out` has no value in the dimension: it is in the total and in no row."""

    asked: Asked
    figure: Figure
    title: str
    unit: str
    method: str
    names: Sequence[tuple[str, str]]
    cities: Sequence[tuple[int, str]]
    filters: Sequence[tuple[str, str]]
    """What it is narrowed to: each dimension with the name of its value."""
    rows: Sequence[Row]
    left_out: str
    left_out_told: str
    total: str
    columns: Sequence[str]
    """What stands beside a number: the spread of lengths, what is counted apart; none where there is nothing."""
    of_lengths: bool
    median: str
    """Of lengths; "" of anything else, or where none is known."""
    beside_left_out: Sequence[str]
    beside_total: Sequence[str]
    citation: str
    is_without: bool
    """Whether something is held back from this reader, so that no number here can be relied on to hold it."""
    is_whole: bool
    """Whether history and tiers are with it."""
    history: Sequence[Then]
    tiers: Sequence[tuple[str, int]]
    """Of what was recorded one by one, how many of each tier; none where the figure is not of records, or is of a part."""


def figure_of(desk: Desk, asked: Asked, position: int) -> Figure:
    """The figure that is asked for, as of a position."""
    with desk.tracker.views() as db:
        held = held_from(asked.role, db)
        return counted(desk.tracker, db, asked.definition.name, by=asked.by, position=position, only=asked.only, held=held)


def table_of(desk: Desk, asked: Asked, language: str, *, whole: bool | None) -> FigureTable:
    """The figure as of what the views show now. `whole`: with history and tiers; None where that does not take long."""
    names = desk.tracker.gazetteer
    with desk.tracker.views() as db:
        position = newest(db)
        held = held_from(desk.reader.role, db)
        figure = counted(desk.tracker, db, asked.definition.name, by=asked.by, position=position, only=asked.only, held=held)
        is_whole = position <= AT_ONCE if whole is None else whole
        name = asked.definition.name
        tiers = tiers_of(db, name, position) if is_whole and name in COUNTED and not asked.only and held.is_nothing else {}
        cities = _cities(desk, db, language) if desk.reader.role is not Role.JOURNALIST else []
    said, is_without = int(language == "ru"), name in HELD_BACK and not held.is_nothing
    is_of_cities = asked.by == "city" and name == "detentions" and not asked.only
    return FigureTable(
        asked,
        figure,
        title_of(figure, names, language),
        figure.definition.unit[said],
        figure.definition.method[said],
        [(known.name, known.unit[said]) for known in open_figures(desk.reader.role).values()],
        cities,
        [(each, value_called(names, figure.definition, each, value, language)) for each, value in asked.only.items()],
        [
            Row(
                called(desk, figure, line.key, language),
                interval(line.total, language) or "0",
                "" if is_without else str(Citation.of(figure, line.key)),
                line.key if is_of_cities else None,
                asked.narrowed(line.key),
                lengths.cells(figure.definition, line, language),
            )
            for line in figure.rows
        ],
        _left_out(figure, language),
        left_out_told(figure),
        interval(figure.total, language) or "0",
        lengths.headings(figure.definition, language),
        figure.definition.is_of_lengths,
        lengths.length(figure.whole.spread.median, language) if figure.whole.spread is not None else "",
        lengths.cells(figure.definition, figure.nowhere, language),
        lengths.cells(figure.definition, figure.whole, language),
        "" if is_without else str(Citation.of(figure)),
        is_without,
        is_whole,
        history_of(desk, asked.definition, asked.only, position, language) if is_whole else (),
        [(TIERS.label(tier, language), number) for tier, number in tiers.items()],
    )


def _left_out(figure: Figure, language: str) -> str:
    """What has no value in the dimension; "" where nothing has none, and nothing beside it either."""
    if any(total != (0, 0) for _, total in figure.nowhere.beside):
        return interval(figure.left_out, language) or "0"
    return interval(figure.left_out, language)


def called(desk: Desk, figure: Figure, key: Any, language: str) -> str:
    """What a row is of, in the reader's language."""
    return value_called(desk.tracker.gazetteer, figure.definition, figure.by, key, language)


def _cities(desk: Desk, db: Any, language: str) -> list[tuple[int, str]]:
    """The cities on record, by name."""
    known = [row.city for row in heatmap.by_city(db) if row.city != heatmap.NOWHERE]
    return sorted(((city, desk.tracker.gazetteer.city_name(city, language)) for city in known), key=lambda one: one[1])
