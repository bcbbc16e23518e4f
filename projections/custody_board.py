"""The watch board: who is inside now, where, for how long, and what they need.

Read by monitors, lawyers and coordinators during a night. Invariant: one row for every detention, whatever became of it; its
flags say what its entries that stand say, so that a correction, a withdrawal and a reinstatement each leave the row as if nothing
else had ever been told. The reports beside them are in `board_reports.py`.
"""

from datetime import UTC, datetime
from typing import Any

from domain.detention import Detention
from domain.moment import When
from domain.protest import Protest
from domain.record import Record
from projections.batch import Batch
from projections.board_reports import left_of
from projections.board_tables import (
    ASKED,
    NO_ALARM,
    REFUSED,
    URGENT,
    custody,
    inside,
    projection,
    protests,
    reports,
    told_out,
    unsettled,
)
from projections.custody_needs import MARKS, NOTHING, in_order, noted, raised_by, without
from projections.days import night_of
from projections.kept import dumps, loads
from projections.releases import with_report, without_report

__all__ = ["projection"]


@projection.on(Protest.Recorded)
def place_protest(views: Batch, event: Protest.Recorded) -> None:
    """Where a protest is, for those of its detentions that do not say it themselves."""
    key = event.originator_id.bytes
    row = views.get(protests, key) if views.restating else None
    of = row.detentions if row is not None else b""
    views.put(protests, key, city=event.place.city or 0, night=night_of(event.when), detentions=of)
    for held in _each(of):
        if views.get(custody, held) is not None:
            views.set(custody, held)  # nothing by itself, but it may follow where and when it is


def _each(keys: bytes) -> list[bytes]:
    return [keys[start : start + 16] for start in range(0, len(keys), 16)]


@projection.on(Detention.Recorded)
def detain(views: Batch, event: Detention.Recorded) -> None:
    """Somebody is held from here on."""
    key = event.originator_id.bytes
    known = views.get(custody, key) if views.restating else None
    said = known.said if known is not None else int(event.timestamp.timestamp())
    place, protest = event.place, event.protest.bytes if event.protest is not None else None
    night = night_of(event.when) if event.when is not None else 0
    if not night:
        night = -night_of(None, datetime.fromtimestamp(said, UTC), (place.zone if place is not None else None) or "Europe/Moscow")
    views.put(
        custody,
        key,
        person=event.person.bytes,
        **_UNDERIVED,
        minor=int(event.minor == "yes"),
        changed=views.position,
        said=said,
        protest=protest,
        told_city=place.city if place is not None else None,
        told_station=place.station if place is not None else None,
        told_night=night,
        told_began=int(event.when.earliest.timestamp()) if event.when is not None else None,
        notes=known.notes if known is not None else NOTHING,
        moves=known.moves if known is not None else NOTHING,
        freed_by=known.freed_by if known is not None else "",
        stands=1,
    )
    at = views.get(protests, protest) if protest is not None else None
    if at is not None and not (views.restating and key in _each(at.detentions)):
        views.set(protests, protest, detentions=at.detentions + key)


DERIVED = (
    "city", "night", "station", "inside", "urgency", "calm", "began", "minor", "counsel", "ill", "medical", "phone",
    "no_contact", "protocol",
)  # fmt: skip
_UNDERIVED: dict[str, Any] = {name: 0 for name in DERIVED if name != "minor"} | {"station": ""}


@projection.on(Detention.Delivered, Detention.Transferred)
def move(views: Batch, event: Detention.Delivered | Detention.Transferred) -> None:
    """Where somebody is since. A delivery to no place says nothing new; a transfer, that they are not where they were."""
    place = event.place
    moved = None
    if isinstance(event, Detention.Transferred) or place is not None:
        when = event.when if isinstance(event, Detention.Delivered) else None
        began = int(when.earliest.timestamp()) if when is not None else None
        moved = (place.city if place is not None else None, (place.station if place is not None else None) or "", began)
    row = views.get(custody, event.originator_id.bytes)
    if row is not None:
        _note(views, row, event, "moves", moved)


@projection.on(*MARKS)
def note(views: Batch, event: Record.Event) -> None:
    """What an entry raises, or settles."""
    row = views.get(custody, event.originator_id.bytes)
    if row is None:
        return
    said = int(event.timestamp.timestamp())
    if views.restating:
        said = next((at[-1] for at in loads(row.notes) if at[0] == event.originator_version), said)
    when: When | None = getattr(event, "when", None)
    marks = MARKS[type(event)](event)
    told = (marks, said) if when is None else (marks, int(when.latest.timestamp()), said)
    _note(views, row, event, "notes", told)


@projection.on(Detention.Released)
def let_go(views: Batch, event: Detention.Released) -> None:
    """Not inside while one report of release stands. Whoever is sent on to remand or an arrest has left the police."""
    key = event.originator_id.bytes
    row = views.get(custody, key)
    if row is None:
        return
    freed_by = with_report(row.freed_by, event, 0, sent_on_is_gone=True)  # when is not asked here
    views.set(custody, key, freed_by=freed_by, changed=views.position)


@projection.on(Detention.Withdrawn)
def take_back(views: Batch, event: Detention.Withdrawn) -> None:
    """The whole detention, or what one entry said."""
    key = event.originator_id.bytes
    row = views.get(custody, key)
    if row is None:
        return
    if event.version is None:
        views.set(custody, key, stands=0, changed=views.position)
    else:
        notes, moves = (without(known, event.version) for known in (row.notes, row.moves))
        freed_by = without_report(row.freed_by, event.version)
        views.set(custody, key, notes=notes, moves=moves, freed_by=freed_by, changed=views.position)


@projection.on(
    Detention.Questioned, Detention.Fingerprinted, Detention.Requalified, Detention.Threatened, Detention.StatementForced
)
def mark_changed(views: Batch, event: Record.Event) -> None:
    """Nothing the board shows, but something new for whoever looks at the person."""
    if views.get(custody, event.originator_id.bytes) is not None:
        views.set(custody, event.originator_id.bytes, changed=views.position)


def _note(views: Batch, row: Any, event: Record.Event, column: str, told: tuple[Any, ...] | None) -> None:
    known: str = getattr(row, column)
    if views.restating:
        known = without(known, event.originator_version)
    if told is not None:
        known = noted(known, event.originator_version, *told)
    if views.restating:
        known = dumps(in_order(known))  # as if it had never been told otherwise
    views.set(custody, row.detention, changed=views.position, **{column: known})


@projection.on_flush
def derive(views: Batch) -> None:
    """The flags of whoever changed, from everything that stands, once for all that was told of them; then who came and who went
    at each station, and which reports came in or were settled."""
    changed = list(views.changes(custody))
    for _, after in changed:
        views.set(custody, after.detention, **_derived(views, after))
    for before, after in changed:
        for row, sign in ((before, -1), (after, 1)):
            if row is not None and row.inside:
                told = (row.minor, row.counsel == 1, row.counsel == 2, row.ill, row.medical, row.phone, row.no_contact)
                at = [row.urgency == level for level in (URGENT, REFUSED, ASKED)]
                views.add(inside, (row.night, row.city, row.station), *(sign * int(one) for one in (1, *at, *told)))
        told_by = views.get(told_out, after.detention)
        if told_by is not None and views.get(reports, told_by.report) is not None:
            views.set(reports, told_by.report)  # nothing by itself, but what is left of it may be another
    of_reports = list(views.changes(reports))
    for _, after in of_reports:
        views.set(reports, after.report, **left_of(views, after))
    for before, after in of_reports:
        for row, sign in ((before, -1), (after, 1)):
            if row is not None and row.waits:
                views.add(unsettled, (row.night, row.city), sign)


def _derived(views: Batch, row: Any) -> dict[str, Any]:
    moves = in_order(row.moves)
    at = views.get(protests, row.protest) if row.protest is not None else None
    city = next((city for _, city, _, _ in reversed(moves) if city), None) or row.told_city or (at.city if at is not None else 0)
    night = row.told_night
    if night < 0:
        night = at.night if at is not None and at.night % 100 > 0 else -night
    raised = raised_by(row.notes)
    delivered = min((began for _, _, _, began in moves if began is not None), default=None)
    urgent = row.minor or not raised.isdisjoint(("ill", "medical", "no_contact"))
    counsel = 2 if "refused" in raised else 1 if "counsel" in raised else 0
    urgency = URGENT if urgent else (NO_ALARM, ASKED, REFUSED)[counsel]
    return {
        "city": city,
        "night": night,
        "station": moves[-1][2] if moves else row.told_station or "",
        "inside": int(bool(row.stands and not row.freed_by)),
        "urgency": urgency,
        "calm": URGENT - urgency,
        "began": delivered or row.told_began or row.said,
        "counsel": counsel,
        "ill": int("ill" in raised),
        "medical": int("medical" in raised),
        "phone": int("phone" in raised),
        "no_contact": int("no_contact" in raised),
        "protocol": int("protocol" in raised),
    }
