"""The reports on the watch board: which wait to be worked off, and what of them is told of nobody on record.

Read by the board beside the people known one by one. Invariant: one row for every report; it waits exactly while it stands in the
list of reports to work off.
"""

from datetime import UTC, datetime
from typing import Any

from domain.report import Report
from projections.batch import Batch
from projections.board_tables import custody, projection, reports, told_out
from projections.custody_needs import CONCERNS, told_of
from projections.days import night_of
from projections.kept import dumps, loads

__all__ = ["left_of"]


def left_of(views: Batch, row: Any) -> dict[str, Any]:
    """Whether a report waits, and what of it is told of nobody on record: from everything that stands."""
    told = [views.get(custody, bytes.fromhex(detention)) for detention in loads(row.told).values()]
    people = [one for one in told if one is not None and one.stands]
    counts = bool(row.stands and not row.settled)
    waits = counts and not (row.placed and people and len(people) >= row.least)
    minors, concerns = (row.young, row.asks.split()) if counts else (0, [])
    if counts and not waits:
        minors = max(0, minors - sum(one.minor for one in people))
        concerns = [concern for concern in concerns if all(concern not in told_of(one.notes) for one in people)]
    left = {"minors": minors, "concerns": " ".join(concerns), "alarm": int(bool(minors or concerns))}
    return {"waits": int(waits), **left}


@projection.on(Report.Received)
def receive(views: Batch, event: Report.Received) -> None:
    """What a report says that somebody has to see at once."""
    key, place = event.originator_id.bytes, event.place
    known = views.get(reports, key) if views.restating else None
    said = known.said if known is not None else int(event.timestamp.timestamp())
    zone = (place.zone if place is not None else None) or "Europe/Moscow"
    concerns = [CONCERNS[concern] for concern in event.concerns if concern in CONCERNS]
    views.put(
        reports,
        key,
        city=(place.city if place is not None else None) or 0,
        night=night_of(event.when, datetime.fromtimestamp(said, UTC), zone),
        station=(place.station if place is not None else None) or "",
        minors=0,
        concerns="",
        alarm=0,
        waits=0,
        changed=views.position,
        said=said,
        young=event.minors.low if event.minors is not None else 0,
        asks=" ".join(concerns),
        least=event.count.low if event.count is not None else 0,
        placed=int(place is not None and bool(place.city) and bool(place.station or place.cell)),
        told=known.told if known is not None else "{}",
        settled=known.settled if known is not None else "",
        stands=1,
    )


@projection.on(Report.PersonRecorded)
def tell_out(views: Batch, event: Report.PersonRecorded) -> None:
    """One of its people is on record: what the report says of them is told there from here on."""
    row = views.get(reports, event.originator_id.bytes)
    if row is not None:
        views.put(told_out, event.detention.bytes, report=row.report)
        told = loads(row.told) | {str(event.originator_version): event.detention.hex}
        views.set(reports, row.report, told=dumps(told, sort_keys=True), changed=views.position)


@projection.on(Report.Settled)
def settle(views: Batch, event: Report.Settled) -> None:
    """Nothing is left to do about it."""
    row = views.get(reports, event.originator_id.bytes)
    if row is not None:
        known = {*row.settled.split(), str(event.originator_version)}
        views.set(reports, row.report, settled=" ".join(sorted(known)), changed=views.position)


@projection.on(Report.Withdrawn)
def take_back_report(views: Batch, event: Report.Withdrawn) -> None:
    """The report, that it was settled, or that somebody was told out of it."""
    row = views.get(reports, event.originator_id.bytes)
    if row is None:
        return
    if event.version is None:
        views.set(reports, row.report, stands=0, changed=views.position)
        return
    settled = " ".join(sorted({*row.settled.split()} - {str(event.version)}))
    told = loads(row.told)
    told.pop(str(event.version), None)
    views.set(reports, row.report, settled=settled, told=dumps(told), changed=views.position)
