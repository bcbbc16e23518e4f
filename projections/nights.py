"""Nights: how many were detained in a city from noon to noon beyond the people and protests on record, as counts at stations say.

Read by the heat map, the watch board and the page that explains a number. A count reported without a protest is a claim about a
station, or about a city where it names none; whoever was told out of it is among those it counts, and so is whoever is known to
have been there that night, for certain unless they had come from another station. Invariant: `extra` holds, for
every city and night that has any, what `reconciling.beyond` says; it is zero again once the reports are taken back
(docs/decisions/0025).
"""

from datetime import UTC, datetime
from typing import Any

from domain.detention import Detention
from domain.place import Place
from domain.protest import Protest
from domain.report import Report
from projections.batch import Batch
from projections.days import night_of
from projections.night_cells import (
    claim_at_protest,
    lay_out,
    name_at_protest,
    people_of,
    put_claim,
    put_reports_where_they_count,
    put_stay,
    put_told_out,
)
from projections.night_counts import asked_at, standing_claims, total_of
from projections.night_tables import (
    NO_STATION,
    NOWHERE,
    Night,
    detentions,
    extra,
    is_certain,
    nights,
    projection,
    protests,
    reports,
    stations,
    told,
)
from projections.reconciling import NOBODY, Needed, Total, beyond, needed

__all__ = ["projection"]


@projection.on(Protest.Recorded)
def place_protest(views: Batch, event: Protest.Recorded) -> None:
    """A protest, placed anew where it was corrected, counted again where it was reinstated."""
    key = event.originator_id.bytes
    spot = {"city": event.place.city or NOWHERE, "night": night_of(event.when)}
    if not views.restating:
        views.put(protests, key, **spot, named=0, claims="{}", stands=1)
        return
    row = views.get(protests, key)
    if row is None:
        return
    was_there = row.stands
    views.set(protests, key, **spot, stands=1)
    if not was_there:
        put_reports_where_they_count(views, views.get(protests, key))


@projection.on(Protest.DetentionsCounted)
def count(views: Batch, event: Protest.DetentionsCounted) -> None:
    """One more claim about a protest, or the same one restated."""
    station = event.place.station if event.place is not None else None
    claim = [event.count.low, event.count.high, station]
    claim_at_protest(views, event.originator_id.bytes, str(event.originator_version), claim)


@projection.on(Protest.Withdrawn)
def take_back_protest(views: Batch, event: Protest.Withdrawn) -> None:
    """A withdrawn protest takes its counts with it; reports of their own right count at their station again."""
    key = event.originator_id.bytes
    row = views.get(protests, key)
    if row is None:
        return
    if event.version is not None:
        claim_at_protest(views, key, str(event.version), None)
        return
    views.set(protests, key, stands=0)
    put_reports_where_they_count(views, row)


@projection.on(Detention.Recorded)
def detain(views: Batch, event: Detention.Recorded) -> None:
    """One person more, at a protest or at none."""
    key = event.originator_id.bytes
    known = views.get(detentions, key) if views.restating else None
    if known is not None and known.stands:
        name_at_protest(views, known.protest, -1)
    protest = event.protest.bytes if event.protest is not None else None
    if protest is not None and views.get(protests, protest) is None:
        protest = None
    place = event.place
    said = known.said if known is not None else int(event.timestamp.timestamp())
    views.put(
        detentions,
        key,
        protest=protest,
        city=(place.city if place is not None else None) or NOWHERE,
        night=night_of(event.when, _moment(said), _zone(place)),
        said=said,
        stays=known.stays if known is not None else "{}",
        cells=known.cells if known is not None else "[]",
        stands=1,
    )
    name_at_protest(views, protest, 1)
    if (
        views.restating or _is_station(place) or views.get(told, key) is not None
    ):  # mostly there is nothing to count anybody by yet
        stay = [place.city or NOWHERE, None, place.station] if _is_station(place) else None  # type: ignore[union-attr]
        put_stay(views, key, event.originator_version, stay)


@projection.on(Detention.Delivered, Detention.Transferred)
def move(views: Batch, event: Detention.Delivered | Detention.Transferred) -> None:
    """A station where somebody was."""
    place = event.place
    if _is_station(place):
        night = night_of(event.when) if event.when is not None else None
        put_stay(views, event.originator_id.bytes, event.originator_version, [place.city or NOWHERE, night, place.station])  # type: ignore[union-attr]
    elif views.restating:
        put_stay(views, event.originator_id.bytes, event.originator_version, None)


@projection.on(Detention.Withdrawn)
def take_back_detention(views: Batch, event: Detention.Withdrawn) -> None:
    """The whole detention, or one station in it."""
    key = event.originator_id.bytes
    row = views.get(detentions, key)
    if row is None:
        return
    if event.version is not None:
        put_stay(views, key, event.version, None)
    elif row.stands:
        name_at_protest(views, row.protest, -1)
        views.set(detentions, key, stands=0)
        lay_out(views, key)


@projection.on(Report.Received)
def receive(views: Batch, event: Report.Received) -> None:
    """A report, or the same one restated. That nobody is held any more is kept beside the claims and is none."""
    key, place, counted = event.originator_id.bytes, event.place, event.count
    known = views.get(reports, key) if views.restating else None
    if known is not None:
        put_claim(views, known, is_there=False)
    protest = event.protest.bytes if event.protest is not None else None
    if protest is not None and views.get(protests, protest) is None:
        protest = None
    said = known.said if known is not None else int(event.timestamp.timestamp())
    row = views.put(
        reports,
        key,
        protest=protest,
        city=(place.city if place is not None else None) or NOWHERE,
        night=night_of(event.when, _moment(said), _zone(place)),
        station=(place.station if place is not None else None) or NO_STATION,
        said=said,
        low=counted.low if counted is not None else None,
        high=counted.high if counted is not None else None,
        at=int(event.when.latest.timestamp()) if event.when is not None else said,
        people=known.people if known is not None else "{}",
        stands=1,
    )
    put_claim(views, row, is_there=True)


@projection.on(Report.PersonRecorded)
def tell_out(views: Batch, event: Report.PersonRecorded) -> None:
    """Somebody is among those a report counts."""
    put_told_out(views, event.originator_id.bytes, event.originator_version, event.detention.bytes)


@projection.on(Report.Withdrawn)
def take_back_report(views: Batch, event: Report.Withdrawn) -> None:
    """The report, or that somebody is among those it counts."""
    key = event.originator_id.bytes
    row = views.get(reports, key)
    if row is None:
        return
    if event.version is not None:
        put_told_out(views, key, event.version, None)
    elif row.stands:
        put_claim(views, row, is_there=False)
        views.set(reports, key, stands=0)
        for detention in people_of(row):
            lay_out(views, detention)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _zone(place: Place | None) -> str:
    return (place.zone if place is not None else None) or "Europe/Moscow"


def _is_station(place: Place | None) -> bool:
    return place is not None and place.station is not None


@projection.on_flush
def roll_up(views: Batch) -> None:
    """What changed of each night's sums, and what they come to."""
    moved: dict[Night, list[int]] = {}

    def add(row: Any, sign: int, *amounts: int) -> None:
        sums = moved.setdefault((row.night, row.city), [0] * 6)
        for index, amount in enumerate(amounts):
            sums[index] += sign * amount

    for view in (protests, detentions, stations):
        for before, after in views.changes(view):
            for row, sign in ((before, -1), (after, 1)):
                if row is None:
                    continue
                if view is protests:
                    add(row, sign, total_of(row).low, row.named)
                elif view is detentions:
                    add(row, sign, 0, 0, int(row.protest is None and row.stands))
                elif row.station != NO_STATION:
                    low, high = asked_at(row)
                    add(row, sign, 0, 0, 0, low, high or 0, int(high is None))
                else:
                    add(row, sign)
    for night, amounts in moved.items():
        known = views.get(nights, night)
        sums = [
            amount + (getattr(known, column) if known is not None else 0) for column, amount in zip(_SUMS, amounts, strict=True)
        ]
        if any(sums):
            views.put(nights, night, **dict(zip(_SUMS, sums, strict=True)))
        elif known is not None:
            views.remove(nights, night)
        _sum_up(views, night, *sums)


_SUMS = nights.columns[2:]


def _sum_up(views: Batch, night: Night, low: int, at_protests: int, alone: int, asked: int, high: int, open_ended: int) -> None:
    at_none = views.get(stations, (*night, NO_STATION))
    nowhere = NOBODY
    if at_none is not None:
        nowhere = needed(standing_claims(at_none), at_none.named, perhaps=at_protests + alone)
    together = Needed(asked, None if open_ended else high)
    total = beyond(Total(low, None), at_protests, [together], nowhere, is_certain=is_certain(night))
    if total != (0, 0):
        # Where somebody's count has no upper end, the row keeps the upper ends there are, as the heat map's rows do.
        ends = high + (nowhere.high or 0) if total.high is None else total.high
        views.put(extra, night, low=total.low, high=max(total.low, ends), open_ended=int(total.high is None))
    elif views.get(extra, night) is not None:
        views.remove(extra, night)
