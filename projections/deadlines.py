"""Deadlines: of everybody whose file a lawyer has, or had, when the limits of each detention run out.

Read by the lawyers' desk, which sorts hundreds of people by the time left. Invariant: a row for every detention; in the rows that
are `wanted` the instants are those that `domain.law` gives for the entries that stand. An instant does not move with the clock,
so what is certain, possible or still to come at any moment is found by comparing it with that moment. The law is asked once for a
detention and a page of the log, and only for people whom a lawyer was given: it costs a hundred times what a fold does.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from eventsourcing.utils import get_topic, resolve_topic
from sqlalchemy import BigInteger, Column, SmallInteger, Text

from domain.detention import Detention
from domain.facts import CLOCK_TOLERANCE
from domain.law.answers import Clock, CustodyAnswer, State
from domain.law.country import laws
from domain.law.custodies import custody_of
from domain.moment import When
from domain.person import Person
from domain.record import Record
from domain.vocabulary.custody import STILL_HELD
from projections.batch import Batch
from projections.projection import Projection, RecordKey

LIMITS = ("custody_3h", "custody_48h", "without_court_48h", "to_court_48h", "prolonged_72h")
"""The clocks at the end of which somebody has to be let go, or brought before a judge."""
_LATE = {State.STOPPED_LATE_CERTAINLY: 2, State.STOPPED_LATE_POSSIBLY: 1}
_SAID = ("kind", "article", "minor")
_COUNTRY = "RU"
_RELEASED = "detention.released"
STANDS = 6
"""Where in what was told of an entry it is said whether it stands."""
UNASKED: Mapping[str, Any] = {"running": 0, "first_due": None, "sure_due": None, "late": 0}

projection = Projection("deadlines", version=1)

custody = projection.table(
    "custody",
    Column("detention", RecordKey, primary_key=True),
    Column("person", RecordKey, nullable=False),
    Column("wanted", SmallInteger, nullable=False),
    Column("inside", SmallInteger, nullable=False),
    Column("running", SmallInteger, nullable=False),
    Column("first_due", BigInteger),
    Column("sure_due", BigInteger),
    Column("late", SmallInteger, nullable=False),
    Column("told", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["person"]],
    compared=True,
)
persons = projection.table(
    "persons",
    Column("person", RecordKey, primary_key=True),
    Column("wanted", SmallInteger, nullable=False),
    Column("detentions", Text, nullable=False),
    Column("told", Text, nullable=False),
)


@projection.on(Detention.Recorded)
def begin(views: Batch, event: Detention.Recorded) -> None:
    """Somebody is held from here on."""
    key, person = event.originator_id.bytes, event.person.bytes
    known, file = views.get(custody, key), views.get(persons, person)
    held = json.loads(file.detentions) if file is not None else []
    wanted, of_file = (file.wanted, file.told) if file is not None else (0, "{}")
    if key.hex() not in held:
        views.put(persons, person, wanted=wanted, detentions=json.dumps([*held, key.hex()]), told=of_file)
    told = known.told if known is not None else "{}"
    views.put(custody, key, person=person, wanted=wanted, inside=1, **UNASKED, told=told, stands=1)
    _note(views, event)


@projection.on(
    Detention.Delivered,
    Detention.Transferred,
    Detention.ProtocolDrawn,
    Detention.Requalified,
    Detention.Questioned,
    Detention.Released,
)
def note(views: Batch, event: Record.Event) -> None:
    """Something a clock may start or stop with."""
    if views.get(custody, event.originator_id.bytes) is not None:
        _note(views, event)


@projection.on(Detention.Withdrawn)
def take_back(views: Batch, event: Detention.Withdrawn) -> None:
    """The whole detention, or what one entry said."""
    row = views.get(custody, event.originator_id.bytes)
    if row is None:
        return
    if event.version is None:
        views.set(custody, row.detention, stands=0)
    elif str(event.version) in (told := json.loads(row.told)):
        told[str(event.version)][STANDS] = False
        _write(views, row.detention, told)


@projection.on(Person.CounselAssigned)
def want(views: Batch, event: Person.CounselAssigned) -> None:
    """From here on the law is asked about this person, whoever has the file later."""
    _want(views, event.originator_id.bytes, event.originator_version, stands=True)


@projection.on(Person.Withdrawn)
def want_no_more(views: Batch, event: Person.Withdrawn) -> None:
    """An assignment that was withdrawn never was."""
    file = views.get(persons, event.originator_id.bytes)
    if file is not None and str(event.version) in json.loads(file.told):
        _want(views, file.person, event.version or 0, stands=False)


@projection.on_flush
def ask_the_law(views: Batch) -> None:
    """About every wanted detention that changed on this page of the log."""
    for _, row in list(views.changes(custody)):
        if row is not None:
            views.set(custody, row.detention, **(instants_of(row) if row.wanted else UNASKED))


def _want(views: Batch, person: bytes, version: int, *, stands: bool) -> None:
    file = views.get(persons, person)
    told = json.loads(file.told) if file is not None else {}
    told[str(version)] = stands
    held = file.detentions if file is not None else "[]"
    wanted = int(any(told.values()))
    views.put(persons, person, wanted=wanted, detentions=held, told=json.dumps(told))
    for detention in json.loads(held):
        if views.get(custody, key := bytes.fromhex(detention)) is not None:
            views.set(custody, key, wanted=wanted)


def _note(views: Batch, event: Any) -> None:
    """What the clocks ask of an entry; when it was recorded is when it was first told."""
    row, version = views.get(custody, event.originator_id.bytes), str(event.originator_version)
    told = json.loads(row.told)
    before = told.get(version)
    when, place = event.when, getattr(event, "place", None)
    told[version] = [
        get_topic(type(event)),
        views.position,
        before[2] if before is not None else int(event.timestamp.timestamp()),
        [int(when.earliest.timestamp()), int(when.latest.timestamp()), when.zone] if when is not None else None,
        place.zone if place is not None else None,
        {name: getattr(event, name) for name in _SAID if hasattr(event, name)},
        True,
    ]
    _write(views, row.detention, told)


def _write(views: Batch, detention: bytes, told: Mapping[str, Any]) -> None:
    freed = any(one[STANDS] and one[0] == _RELEASED and one[5]["kind"] not in STILL_HELD for one in told.values())
    views.set(custody, detention, told=json.dumps(told), inside=int(not freed))


def _entries(told: Mapping[str, Any]) -> Iterator[tuple[int, Any]]:
    """The entries that stand, with as much of them as the clocks ask."""
    for version, (topic, position, said, when, _, rest, stands) in told.items():
        if stands:
            kind = resolve_topic(topic)
            entry = kind.__new__(kind)
            moment = When(_at(when[0]), _at(when[1]), when[2]) if when is not None else None
            entry.__dict__.update(originator_version=int(version), timestamp=_at(said), when=moment, **rest)
            yield position, entry


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def answer_of(row: Any, now: datetime | None = None) -> CustodyAnswer:
    """What the law says of a detention at a moment, or when the last of its entries was told."""
    told = json.loads(row.told)
    zone = next((zone for *_, zone, _, stands in told.values() if zone and stands), None)
    last = max((said for _, _, said, *_ in told.values()), default=0)
    return laws()[_COUNTRY].custody(custody_of(_entries(told)), now or _at(last) + CLOCK_TOLERANCE, zone)


def instants_of(row: Any) -> dict[str, Any]:
    """Whether any limit runs, from when it may and from when it must be over, and whether one was exceeded before it ended."""
    answer = answer_of(row)
    running = running_in(answer)
    return {
        "running": int(bool(running)),
        "first_due": min((_seconds(clock.due.earliest) for clock in running if clock.due.earliest), default=None),
        "sure_due": min((_seconds(clock.due.latest) for clock in running if clock.due.latest), default=None),
        "late": max((_LATE.get(clock.state, 0) for clock in answer.clocks if clock.code in LIMITS), default=0),
    }


def running_in(answer: CustodyAnswer) -> list[Clock]:
    """The limits that nothing has ended."""
    return [clock for clock in answer.clocks if clock.code in LIMITS and clock.stop is None]


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())
