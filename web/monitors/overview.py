"""The first page: what is on record now, in numbers that say as of which position they were counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from projections import heatmap, positions, protests
from web.city_lines import CityLine, city_line, not_placed, total_of
from web.desk import Desk
from web.sightings import Listed, interval, told_protests
from web.sources.basis import tiers_of

LATEST = 10
MOST_DETAINED = 10


@dataclass(frozen=True, slots=True)
class Overview:
    """`detained` reconciles names and counts; `held` and `released` are of people known one by one."""

    position: int
    protests: int
    detained: str
    held: int
    released: int
    force: int
    not_placed: str
    cities: Sequence[CityLine]
    latest: Sequence[Listed]
    tiers: Mapping[UUID, str]
    """How well each of the latest is borne out."""


def overview_of(desk: Desk, language: str) -> Overview:
    """Everything the page shows, as of one moment."""
    with desk.tracker.views() as db:
        rows = heatmap.by_city(db)
        position = positions.reached(db, heatmap.projection)
        latest = told_protests(desk, db, protests.listed(db, limit=LATEST), language)
        tiers = tiers_of(db, (one.id for one in latest))
    placed = [row for row in rows if row.city != heatmap.NOWHERE]
    return Overview(
        position,
        sum(row.protests for row in rows),
        interval(total_of(rows), language) or "0",
        sum(row.held for row in rows),
        sum(row.released for row in rows),
        sum(row.force for row in rows),
        not_placed(rows, language),
        [city_line(desk, row, language) for row in placed[:MOST_DETAINED]],
        latest,
        tiers,
    )
