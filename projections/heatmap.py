"""City heat: how many were detained where and when, how many of them are still held, and where force was used.

Read by everybody, through maps and tables. Invariant: for every city and day the cells and what could not be placed in a cell
(cell 0) add up to the city's total; whole cities that could not be placed stand under city 0. People detained at a protest
count at the protest's place and day, others at their own; at each protest names and counts are reconciled, never added. What
counts told without a protest ask for beyond both is added from `nights`, in the city of that night and in no cell.
"""

from typing import Any, NamedTuple

from domain.detention import Detention
from domain.moment import When
from domain.place import Place
from domain.protest import Protest
from domain.report import Report
from projections.batch import Batch
from projections.days import day_of, hour_of, month_of
from projections.heat_sums import behind, by_city, by_day, by_hour, by_month, detained_at, how_many_behind, of_city, of_people
from projections.heat_tables import (
    NOWHERE,
    cells,
    cities,
    cities_by_month,
    days,
    detentions,
    months,
    projection,
    protests,
    reports,
)
from projections.kept import dumps, loads
from projections.reconciling import Claim, Total, at_least, is_a_claim, reconcile
from projections.releases import with_report, without_report

__all__ = [
    "NOWHERE", "behind", "by_city", "by_day", "by_hour", "by_month", "cells", "cities", "cities_by_month", "days",
    "detained_at", "detentions", "how_many_behind", "months", "of_city", "of_people", "projection", "protests",
]  # fmt: skip


class Spot(NamedTuple):
    """Where and when something counts."""

    city: int
    day: int
    hour: int
    cell: int


_OF_ITS_PROTEST = Spot(0, 0, 0, 0)
"""Stands in the row of a detention that counts at its protest's spot."""

_NOTHING_YET: dict[str, Any] = {"stands": 1, "named": 0, "held": 0, "counted_low": 0, "counted_high": 0, "force": 0}
_NOTHING_YET |= {"claims": "{}", "reports": "{}"}

Counts = tuple[int, int, int, int, int, int, int]


@projection.on(Protest.Recorded)
def place_protest(views: Batch, event: Protest.Recorded) -> None:
    """A protest, or its corrected place or time, which takes everything counted at it along; one that was withdrawn counts again
    with all of that.
    """
    key, spot = event.originator_id.bytes, _spot(event.place, event.when)
    if views.restating:
        row = views.get(protests, key)
        if row is not None:
            views.set(protests, key, **spot._asdict(), stands=1)
            _recount(views, row)
        return
    views.put(protests, key, **spot._asdict(), **_NOTHING_YET)


@projection.on(Protest.DetentionsCounted)
def count(views: Batch, event: Protest.DetentionsCounted) -> None:
    """One more claim about how many, or the same one restated."""
    row = views.get(protests, event.originator_id.bytes)
    if row is not None:
        station = event.place.station if event.place is not None else None
        _claim(views, row, str(event.originator_version), [event.count.low, event.count.high, station])


@projection.on(Report.Received)
def receive(views: Batch, event: Report.Received) -> None:
    """A report's count is a claim about its protest, if it names one."""
    key = event.originator_id.bytes
    if views.restating:
        _drop_report(views, key)
    row = views.get(protests, event.protest.bytes) if event.protest is not None else None
    if row is not None and event.count is not None and is_a_claim(event.count):
        views.put(reports, key, protest=row.protest)
        station = event.place.station if event.place is not None else None
        _claim(views, row, key.hex(), [event.count.low, event.count.high, station])


@projection.on(Report.Withdrawn)
def take_back_report(views: Batch, event: Report.Withdrawn) -> None:
    """What it counted, it counts no longer."""
    if event.version is None:
        _drop_report(views, event.originator_id.bytes)


def _drop_report(views: Batch, report: bytes) -> None:
    known = views.get(reports, report)
    if known is not None:
        _claim(views, views.get(protests, known.protest), report.hex(), None)
        views.remove(reports, report)


@projection.on(Protest.ForceReported)
def report_force(views: Batch, event: Protest.ForceReported) -> None:
    """One more report of force."""
    row = views.get(protests, event.originator_id.bytes)
    if row is not None:
        _report(views, row, event.originator_version, event.kind)


@projection.on(Protest.Withdrawn)
def take_back_protest(views: Batch, event: Protest.Withdrawn) -> None:
    """A withdrawn protest takes its counts with it; people known one by one stay counted where it had been placed."""
    row = views.get(protests, event.originator_id.bytes)
    if row is None:
        return
    if event.version is None:
        views.set(protests, row.protest, stands=0, counted_low=0, counted_high=0, force=0)
    else:
        _claim(views, row, str(event.version), None)
        _report(views, row, event.version, None)


@projection.on(Detention.Recorded)
def detain(views: Batch, event: Detention.Recorded) -> None:
    """One person more, at the protest's spot or, where there was none, the detention's own."""
    key = event.originator_id.bytes
    freed_by = ""
    if views.restating:
        known = views.get(detentions, key)
        if known is not None:
            freed_by = known.freed_by
            if known.stands:
                _count_person(views, known, -1)
    protest = event.protest.bytes if event.protest is not None else None
    if protest is not None and views.get(protests, protest) is None:
        protest = None
    spot = _spot(event.place, event.when) if protest is None else _OF_ITS_PROTEST
    row = views.put(detentions, key, protest=protest, **spot._asdict(), freed_by=freed_by, stands=1)
    _count_person(views, row, 1)


@projection.on(Detention.Released)
def let_go(views: Batch, event: Detention.Released) -> None:
    """Free while at least one report stands that sets free."""
    row = views.get(detentions, event.originator_id.bytes)
    if row is not None:
        _free(views, row, with_report(row.freed_by, event, 0))


@projection.on(Detention.Withdrawn)
def take_back_detention(views: Batch, event: Detention.Withdrawn) -> None:
    """A withdrawn detention no longer counts; a withdrawn release puts the person back into custody."""
    row = views.get(detentions, event.originator_id.bytes)
    if row is None:
        return
    if event.version is not None:
        _free(views, row, without_report(row.freed_by, event.version))
    elif row.stands:
        _count_person(views, row, -1)
        views.set(detentions, row.detention, stands=0)


def _spot(place: Place | None, when: When | None) -> Spot:
    if place is None or place.city is None:
        return Spot(NOWHERE, day_of(when), hour_of(when), NOWHERE)
    return Spot(place.city, day_of(when), hour_of(when), int(place.cell, 16) if place.cell is not None else NOWHERE)


def _claim(views: Batch, row: Any, key: str, claim: list[Any] | None) -> None:
    """What is counted under the version of the protest's own count or the number of a report, or None to take it away."""
    views.set(protests, row.protest, claims=dumps(_noted(row.claims, key, claim), sort_keys=True))
    _recount(views, row)


def _report(views: Batch, row: Any, version: int, kind: str | None) -> None:
    views.set(protests, row.protest, reports=dumps(_noted(row.reports, str(version), kind), sort_keys=True))
    _recount(views, row)


def _recount(views: Batch, row: Any) -> None:
    """What the protest's counts and reports come to, while it stands."""
    if row.stands:
        counted = reconcile(0, (Claim(*known) for known in loads(row.claims).values()))
        force = len(loads(row.reports))
        views.set(protests, row.protest, counted_low=counted.low, counted_high=counted.high, force=force)


def _noted(known: str, key: str, value: Any) -> dict[str, Any]:
    """What is noted under each key, with this one put in or, where it is None, taken out."""
    noted: dict[str, Any] = loads(known)
    noted.pop(key, None)
    return noted if value is None else {**noted, key: value}


def _count_person(views: Batch, row: Any, sign: int) -> None:
    if row.protest is not None:
        _count_named(views, row.protest, sign, 0 if row.freed_by else sign)


def _free(views: Batch, row: Any, freed_by: str) -> None:
    held = bool(row.freed_by) - bool(freed_by)
    views.set(detentions, row.detention, freed_by=freed_by)
    if held and row.stands and row.protest is not None:
        _count_named(views, row.protest, 0, held)


def _count_named(views: Batch, protest: bytes, named: int, held: int) -> None:
    """So many people more known one by one at a protest, so many of them held."""
    row = views.get(protests, protest)
    views.set(protests, protest, named=row.named + named, held=row.held + held)


def _of_protest(row: Any) -> Counts:
    """What a protest's row adds to the tallies at its spot."""
    low, high = at_least(row.named, Total(row.counted_low, row.counted_high))
    return (low, low if high is None else high, int(high is None), row.held, row.named - row.held, row.force, row.stands)


def _of_detention(row: Any) -> Counts | None:
    """What a detention's row adds: nothing where it counts at its protest's spot, or was withdrawn."""
    if row.protest is not None or not row.stands:
        return None
    held = 0 if row.freed_by else 1
    return (1, 1, 0, held, 1 - held, 0, 0)


@projection.on_flush
def roll_up(views: Batch) -> None:
    """What rows add that changed, less what they added before: once a page instead of once an event."""
    for view, added_by in ((protests, _of_protest), (detentions, _of_detention)):
        for before, after in views.changes(view):
            for row, sign in ((before, -1), (after, 1)):
                if row is not None and (added := added_by(row)) is not None:
                    views.add(days, (row.city, row.day, row.hour, row.cell), *(sign * count for count in added))
    for (city, day, _hour, cell), counts in views.added(days):
        views.add(months, (city, month_of(day), cell), *counts)
        views.add(cells, (city, cell), *counts)
        views.add(cities, city, *counts)
        views.add(cities_by_month, (city, month_of(day)), *counts)
