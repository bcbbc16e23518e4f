"""The watch board: who is inside now, where, for how long, and what they need.

Read by monitors, lawyers and coordinators during a night. Invariant: one row for every detention, whatever became of it; its
flags say what its entries that stand say, so that a correction, a withdrawal and a reinstatement each leave the row as if nothing
else had ever been told. Of reports only those are kept here that raise an alarm or wait to be worked off.
"""

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, String, Text, func, select, tuple_

from domain.detention import Detention
from domain.moment import When
from domain.protest import Protest
from domain.record import Record
from domain.report import Report
from domain.vocabulary.custody import STILL_HELD
from projections.batch import Batch
from projections.days import night_of
from projections.projection import Projection, RecordKey
from projections.releases import with_report, without_report

URGENT, REFUSED, ASKED, NO_ALARM = 3, 2, 1, 0
"""How urgent somebody's case is: ill-treatment, a medical need, a minor or no contact; then counsel refused; then asked for."""

projection = Projection("custody_board", version=1)

_FLAGS = ("urgency", "began", "minor", "counsel", "ill", "medical", "phone", "no_contact", "changed")
"""In the index too, so that a station is summed up without opening its rows."""

custody = projection.table(
    "custody",
    Column("detention", RecordKey, primary_key=True),
    Column("person", RecordKey, nullable=False),
    Column("city", Integer, nullable=False),
    Column("night", Integer, nullable=False),
    Column("station", String(60), nullable=False),
    Column("inside", SmallInteger, nullable=False),
    Column("urgency", SmallInteger, nullable=False),
    Column("began", BigInteger, nullable=False),
    Column("minor", SmallInteger, nullable=False),
    Column("counsel", SmallInteger, nullable=False),
    Column("ill", SmallInteger, nullable=False),
    Column("medical", SmallInteger, nullable=False),
    Column("phone", SmallInteger, nullable=False),
    Column("no_contact", SmallInteger, nullable=False),
    Column("protocol", SmallInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("first", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("moves", Text, nullable=False),
    Column("freed_by", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["inside", "night", "city", "station", *_FLAGS], ["changed"]],
)
"""`counsel` is 1 where it was asked for and 2 where it was refused, and nobody was let in since. `changed` is the position of the
latest entry. `began` is in seconds since 1970: the delivery, else the detention, else when it was recorded."""
protests = projection.table(
    "protests",
    Column("protest", RecordKey, primary_key=True),
    Column("city", Integer, nullable=False),
    Column("night", Integer, nullable=False),
    Column("detentions", Text, nullable=False),
)
"""Whose detention says neither city nor time: both are the protest's."""
reports = projection.table(
    "reports",
    Column("report", RecordKey, primary_key=True),
    Column("city", Integer, nullable=False),
    Column("night", Integer, nullable=False),
    Column("station", String(60), nullable=False),
    Column("minors", Integer, nullable=False),
    Column("concerns", Text, nullable=False),
    Column("alarm", SmallInteger, nullable=False),
    Column("waits", SmallInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("said", BigInteger, nullable=False),
    Column("settled", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["alarm", "night", "city", "station", "concerns", "minors"], ["waits", "night", "city"], ["changed"]],
)
"""`waits` until it is settled; only then its minors and concerns are somebody's on record."""


@projection.on(Protest.Recorded)
def place_protest(views: Batch, event: Protest.Recorded) -> None:
    """Where a protest is, for those of its detentions that do not say it themselves."""
    key = event.originator_id.bytes
    row = views.get(protests, key) if views.restating else None
    of = row.detentions if row is not None else "[]"
    views.put(protests, key, city=event.place.city or 0, night=night_of(event.when), detentions=of)
    for detention in json.loads(of):
        if views.get(custody, held := bytes.fromhex(detention)) is not None:
            _derive(views, held, changed=False)


@projection.on(Detention.Recorded)
def detain(views: Batch, event: Detention.Recorded) -> None:
    """Somebody is held from here on."""
    key = event.originator_id.bytes
    known = views.get(custody, key) if views.restating else None
    said = json.loads(known.first)["said"] if known is not None else int(event.timestamp.timestamp())
    place, protest = event.place, event.protest.bytes if event.protest is not None else None
    own_night = night_of(event.when) if event.when is not None else None
    zone = (place.zone if place is not None else None) or "Europe/Moscow"
    first = {
        "said": said,
        "city": place.city if place is not None else None,
        "station": place.station if place is not None else None,
        "night": own_night,
        "evening": night_of(None, datetime.fromtimestamp(said, UTC), zone),
        "began": int(event.when.earliest.timestamp()) if event.when is not None else None,
        "protest": protest.hex() if protest is not None else None,
        "minor": event.minor == "yes",
    }
    empty: dict[str, Any] = dict.fromkeys(_DERIVED, 0) | {"station": ""}
    views.put(
        custody,
        key,
        person=event.person.bytes,
        **empty,
        changed=0,
        first=json.dumps(first),
        notes=known.notes if known is not None else "{}",
        moves=known.moves if known is not None else "{}",
        freed_by=known.freed_by if known is not None else "",
        stands=1,
    )
    at = views.get(protests, protest) if protest is not None else None
    if at is not None and key.hex() not in (of := json.loads(at.detentions)):
        views.set(protests, protest, detentions=json.dumps([*of, key.hex()]))
    _derive(views, key)


_DERIVED = (
    "city", "night", "station", "inside", "urgency", "began", "minor", "counsel", "ill", "medical", "phone",
    "no_contact", "protocol",
)  # fmt: skip


@projection.on(Detention.Delivered, Detention.Transferred)
def move(views: Batch, event: Detention.Delivered | Detention.Transferred) -> None:
    """Where somebody is since. A delivery to no place says nothing new; a transfer, that they are not where they were."""
    place = event.place
    moved = None
    if isinstance(event, Detention.Transferred) or place is not None:
        began = (
            int(event.when.earliest.timestamp()) if event.when is not None and isinstance(event, Detention.Delivered) else None
        )
        moved = [place.city if place is not None else None, (place.station if place is not None else None) or "", began]
    _note(views, event, "moves", moved)


@projection.on(
    Detention.ProtocolDrawn,
    Detention.CounselRequested,
    Detention.CounselRefused,
    Detention.CounselAdmitted,
    Detention.IllTreatmentReported,
    Detention.Hospitalised,
    Detention.ContactLost,
    Detention.HelpGiven,
    Detention.DeviceTaken,
    Detention.ConcernRaised,
)
def note(views: Batch, event: Record.Event) -> None:
    """What an entry raises, or settles."""
    row = views.get(custody, event.originator_id.bytes)
    if row is None:
        return
    before = json.loads(row.notes).get(str(event.originator_version))
    said = before[1] if before is not None else int(event.timestamp.timestamp())
    when: When | None = getattr(event, "when", None)
    at = int(when.latest.timestamp()) if when is not None else said
    _note(views, event, "notes", [_marks(event), said, at])


def _marks(event: Any) -> list[str]:
    """What an entry says, in the words of this page; with a minus, what it settles."""
    match event:
        case Detention.CounselRequested():
            return ["counsel"]
        case Detention.CounselRefused():
            return ["refused"]
        case Detention.CounselAdmitted():
            return ["-counsel", "-refused", "-no_contact"]
        case Detention.IllTreatmentReported():
            return ["ill"]
        case Detention.Hospitalised():
            return ["medical"]
        case Detention.ContactLost():
            return ["no_contact"]
        case Detention.HelpGiven():
            return {"medical": ["-medical"], "legal": ["-counsel"]}.get(event.kind, [])
        case Detention.DeviceTaken() if event.device == "phone":
            return ["-phone"] if event.returned == "yes" else ["phone"]
        case Detention.ProtocolDrawn():
            return ["protocol"]
        case Detention.ConcernRaised():
            return [_CONCERNS[concern] for concern in event.concerns if concern in _CONCERNS]
    return []


_CONCERNS = {
    "counsel": "counsel", "medical": "medical", "ill_treatment": "ill", "phone_taken": "phone", "no_contact": "no_contact",
}  # fmt: skip


@projection.on(Detention.Released)
def let_go(views: Batch, event: Detention.Released) -> None:
    """Not inside while one report of release stands. Whoever is sent on to remand or an arrest has left the police."""
    key = event.originator_id.bytes
    row = views.get(custody, key)
    if row is None:
        return
    gone = without_report(row.freed_by, event.originator_version)
    if event.kind in STILL_HELD:
        moment = event.when.latest if event.when is not None else event.timestamp
        gone = f"{gone} {event.originator_version}@{int(moment.timestamp())}".lstrip()
    else:
        gone = with_report(row.freed_by, event)
    views.set(custody, key, freed_by=gone)
    _derive(views, key)


@projection.on(Detention.Withdrawn)
def take_back(views: Batch, event: Detention.Withdrawn) -> None:
    """The whole detention, or what one entry said."""
    key = event.originator_id.bytes
    row = views.get(custody, key)
    if row is None:
        return
    if event.version is None:
        views.set(custody, key, stands=0)
    else:
        notes, moves = (_without(known, event.version) for known in (row.notes, row.moves))
        views.set(custody, key, notes=notes, moves=moves, freed_by=without_report(row.freed_by, event.version))
    _derive(views, key)


@projection.on(
    Detention.Questioned, Detention.Fingerprinted, Detention.Requalified, Detention.Threatened, Detention.StatementForced
)
def mark_changed(views: Batch, event: Record.Event) -> None:
    """Nothing the board shows, but something new for whoever looks at the person."""
    if views.get(custody, event.originator_id.bytes) is not None:
        views.set(custody, event.originator_id.bytes, changed=views.position)


def _without(known: str, version: int) -> str:
    noted = json.loads(known)
    noted.pop(str(version), None)
    return json.dumps(noted)


def _note(views: Batch, event: Record.Event, column: str, value: list[Any] | None) -> None:
    key = event.originator_id.bytes
    row = views.get(custody, key)
    if row is None:
        return
    noted = json.loads(getattr(row, column))
    noted.pop(str(event.originator_version), None)
    if value is not None:
        noted[str(event.originator_version)] = value
    views.set(custody, key, **{column: json.dumps(noted)})
    _derive(views, key)


def _derive(views: Batch, key: bytes, *, changed: bool = True) -> None:
    """The flags, from everything that stands."""
    row = views.get(custody, key)
    first, moves = json.loads(row.first), _in_order(row.moves)
    at = views.get(protests, bytes.fromhex(first["protest"])) if first["protest"] is not None else None
    last = moves[-1] if moves else [None, first["station"] or "", None]
    city = next((move[0] for move in reversed(moves) if move[0]), None) or first["city"] or (at.city if at is not None else 0)
    dated = at is not None and at.night % 100 > 0
    night = first["night"] or (at.night if at is not None and dated else first["evening"])
    raised = _raised(row.notes)
    delivered = min((move[2] for move in moves if move[2] is not None), default=None)
    urgent = first["minor"] or raised & {"ill", "medical", "no_contact"}
    counsel = 2 if "refused" in raised else 1 if "counsel" in raised else 0
    views.set(
        custody,
        key,
        city=city,
        night=night,
        station=last[1],
        inside=int(bool(row.stands and not row.freed_by)),
        urgency=URGENT if urgent else (NO_ALARM, ASKED, REFUSED)[counsel],
        began=delivered or first["began"] or first["said"],
        minor=int(first["minor"]),
        counsel=counsel,
        ill=int("ill" in raised),
        medical=int("medical" in raised),
        phone=int("phone" in raised),
        no_contact=int("no_contact" in raised),
        protocol=int("protocol" in raised),
        **({"changed": views.position} if changed else {}),
    )


def _in_order(known: str) -> list[Any]:
    """What was noted, in the order in which it was recorded."""
    return [value for _, value in sorted(json.loads(known).items(), key=lambda one: int(one[0]))]


def _raised(known: str) -> set[str]:
    """What was raised and not settled later: by the time it is told of, and of one moment by the order of recording."""
    notes = sorted(json.loads(known).items(), key=lambda one: (one[1][2], int(one[0])))
    raised: set[str] = set()
    for _, (marks, _, _) in notes:
        for mark in marks:
            if mark.startswith("-"):
                raised.discard(mark[1:])
            else:
                raised.add(mark)
    return raised


@projection.on(Report.Received)
def receive(views: Batch, event: Report.Received) -> None:
    """What a report says that somebody has to see at once."""
    key, place = event.originator_id.bytes, event.place
    known = views.get(reports, key) if views.restating else None
    said = known.said if known is not None else int(event.timestamp.timestamp())
    zone = (place.zone if place is not None else None) or "Europe/Moscow"
    concerns = [_CONCERNS[concern] for concern in event.concerns if concern in _CONCERNS]
    views.put(
        reports,
        key,
        city=(place.city if place is not None else None) or 0,
        night=night_of(event.when, datetime.fromtimestamp(said, UTC), zone),
        station=(place.station if place is not None else None) or "",
        minors=event.minors.low if event.minors is not None else 0,
        concerns=" ".join(concerns),
        alarm=0,
        waits=0,
        changed=0,
        said=said,
        settled=known.settled if known is not None else "",
        stands=1,
    )
    _settle(views, key, known.settled if known is not None else "")


@projection.on(Report.Settled)
def settle(views: Batch, event: Report.Settled) -> None:
    """Nothing is left to do about it."""
    row = views.get(reports, event.originator_id.bytes)
    if row is not None:
        known = {*row.settled.split(), str(event.originator_version)}
        _settle(views, row.report, " ".join(sorted(known)))


@projection.on(Report.Withdrawn)
def take_back_report(views: Batch, event: Report.Withdrawn) -> None:
    """The report, or that it was settled."""
    row = views.get(reports, event.originator_id.bytes)
    if row is None:
        return
    if event.version is None:
        views.set(reports, row.report, stands=0)
    known = {*row.settled.split()} - {str(event.version)}
    _settle(views, row.report, " ".join(sorted(known)))


def _settle(views: Batch, key: bytes, settled: str) -> None:
    row = views.get(reports, key)
    waits = int(bool(row.stands and not settled))
    alarm = int(bool(waits and (row.minors or row.concerns)))
    views.set(reports, key, settled=settled, waits=waits, alarm=alarm, changed=views.position)


class Station(NamedTuple):
    """What the people known one by one at a station come to; the station "" is not known."""

    city: int
    station: str
    named: int
    urgency: int
    began: int
    minors: int
    asked: int
    refused: int
    ill: int
    medical: int
    phones: int
    no_contact: int
    changed: int


def _chosen(found: Any, table: Any, nights: Collection[int], cities: Collection[int] | None) -> Any:
    found = found.where(table.c.night.in_(nights))
    return found if cities is None else found.where(table.c.city.in_(cities))


def stations(db: Connection, nights: Collection[int], cities: Collection[int] | None) -> list[Station]:
    """The stations that hold somebody of these nights, in these cities or in all."""
    table = custody.table
    counsel = table.c.counsel
    sums = [
        func.count(),
        func.max(table.c.urgency),
        func.min(table.c.began),
        func.sum(table.c.minor),
        func.sum(counsel % 2),
        func.sum(counsel / 2),
        *(func.sum(table.c[flag]) for flag in ("ill", "medical", "phone", "no_contact")),
        func.max(table.c.changed),
    ]
    found = _chosen(select(table.c.city, table.c.station, *sums).where(table.c.inside == 1), table, nights, cities)
    rows = db.execute(found.group_by(table.c.city, table.c.station)).all()
    return [Station(row[0], row[1], *(int(value) for value in row[2:])) for row in rows]


def people_at(
    db: Connection, nights: Collection[int], places: Collection[tuple[int, str]], *, limit: int | None = None
) -> dict[tuple[int, str], list[Row[Any]]]:
    """Who is inside at each of these stations of these cities: the most urgent first, of those as urgent whoever is held longest,
    at each station so many at most. One statement for all of them."""
    table = custody.table
    order = (table.c.urgency.desc(), table.c.began, table.c.detention)
    number = func.row_number().over(partition_by=(table.c.city, table.c.station), order_by=order).label("number")
    shown = (table.c[name] for name in _SHOWN)
    within = (tuple_(table.c.city, table.c.station).in_(list(places)), table.c.inside == 1)
    numbered = _chosen(select(*shown, number).where(*within), table, nights, None).subquery()
    found = select(numbered).order_by(numbered.c.number)
    at: dict[tuple[int, str], list[Row[Any]]] = {}
    for row in db.execute(found if limit is None else found.where(numbered.c.number <= limit)) if places else ():
        at.setdefault((row.city, row.station), []).append(row)
    return at


_SHOWN = (
    "detention", "person", "city", "station", "began", "minor", "counsel", "ill", "medical", "phone", "no_contact",
    "protocol", "changed",
)  # fmt: skip


class Alarm(NamedTuple):
    """So many reports about one station that wait to be worked off and raise these concerns, with so many minors in them."""

    city: int
    station: str
    concerns: str
    reports: int
    minors: int


def alarms(db: Connection, nights: Collection[int], cities: Collection[int] | None) -> list[Alarm]:
    """Reports to be worked off that speak of minors or of somebody in need."""
    table = reports.table
    alike = (table.c.city, table.c.station, table.c.concerns)
    found = _chosen(select(*alike, func.count(), func.sum(table.c.minors)).where(table.c.alarm == 1), table, nights, cities)
    return [Alarm(row[0], row[1], row[2], row[3], int(row[4])) for row in db.execute(found.group_by(*alike)).all()]


def waiting(db: Connection, nights: Collection[int], cities: Collection[int] | None) -> int:
    """How many reports wait to be worked off."""
    table = reports.table
    found: int = db.execute(
        _chosen(select(func.count()).select_from(table).where(table.c.waits == 1), table, nights, cities)
    ).scalar_one()
    return found


def changed_since(
    db: Connection, position: int, nights: Collection[int], cities: Collection[int] | None, *, limit: int = 200
) -> Sequence[tuple[bytes, int, str]]:
    """The records about which something was entered after a position, the latest first, each with its city and station."""
    found: list[tuple[int, bytes, int, str]] = []
    for table, key in ((custody.table, custody.table.c.detention), (reports.table, reports.table.c.report)):
        chosen = select(table.c.changed, key, table.c.city, table.c.station).where(table.c.changed > position)
        rows = db.execute(_chosen(chosen, table, nights, cities).order_by(table.c.changed.desc()).limit(limit))
        found += [tuple(row) for row in rows]
    return [(record, city, station) for _, record, city, station in sorted(found, reverse=True)[:limit]]


def cities_of(db: Connection, nights: Collection[int]) -> set[int]:
    """The cities in which somebody is inside, or of which a report waits."""
    held, told = custody.table, reports.table
    inside = select(held.c.city).where(held.c.inside == 1, held.c.night.in_(nights)).distinct()
    waits = select(told.c.city).where(told.c.waits == 1, told.c.night.in_(nights)).distinct()
    return {*db.scalars(inside), *db.scalars(waits)}


def of(db: Connection, detentions: Collection[bytes]) -> Sequence[Row[Any]]:
    """These custodies; at most a few hundred."""
    return db.execute(select(custody.table).where(custody.table.c.detention.in_(detentions))).all()


def one(db: Connection, detention: bytes) -> Row[Any] | None:
    """One custody, as the board has it."""
    return db.execute(select(custody.table).where(custody.table.c.detention == detention)).one_or_none()
