"""What a number was at earlier hours: as of the end of a few days, each to be cited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.moment import When
from domain.wall_clock import zone_named
from projections.figures import Definition, Total
from projections.figures.outside import HELD_BACK
from web.citing import Citation
from web.desk import HOME_ZONE, Desk
from web.journalists.counted import counted
from web.journalists.permitted import held_from
from web.journalists.taking import recorded_at
from web.sightings import interval
from web.telling import moments

DAYS_AGO = (365, 180, 90, 60, 30, 14, 7, 3, 2, 1)
"""How long before the last entry, in days: further apart the longer ago."""


@dataclass(frozen=True, slots=True)
class Then:
    """The number as it was known when a day ended; the last one is as it is now."""

    day: str
    short: str
    number: str
    total: Total
    position: int
    citation: str
    has_changed: bool
    """Whether it is another than the one before."""


def history_of(desk: Desk, definition: Definition, only: Mapping[str, Any], position: int, language: str) -> Sequence[Then]:
    """Up to a position, from the oldest; days with the same entries behind them are told once."""
    latest = recorded_at(desk.tracker, position)
    if latest is None:
        return ()
    found: list[Then] = []
    with desk.tracker.views() as db:
        held = held_from(desk.reader.role, db)
        is_without = definition.name in HELD_BACK and not held.is_nothing
        for at, ended in _ends(desk, latest, position):
            total = counted(desk.tracker, db, definition.name, by=None, position=at, only=only, held=held).total
            day = ended.date()
            when = When.at(latest.replace(second=0, microsecond=0), HOME_ZONE)
            told = moments.moment(when, language) if at == position else moments.day(day, language)
            found.append(
                Then(
                    told,
                    moments.day_and_month(day, language),
                    interval(total, language) or "0",
                    total,
                    at,
                    "" if is_without else str(Citation(definition, at, None, only)),
                    bool(found) and found[-1].total != total,
                )
            )
    return found


def _ends(desk: Desk, latest: datetime, position: int) -> list[tuple[int, datetime]]:
    """The positions that had been reached when these days were over, each with the last moment of its day."""
    here = latest.astimezone(zone_named(HOME_ZONE))
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    known: dict[int, datetime] = {}
    for days in DAYS_AGO:
        end = midnight - timedelta(days=days - 1)
        at = min(desk.tracker.log.before(end.timestamp()), position)
        if at > 0:
            known[at] = end - timedelta(microseconds=1)
    known.pop(position, None)
    return [*sorted(known.items()), (position, here)]
