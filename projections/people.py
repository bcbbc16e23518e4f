"""People: what lists and search need of everybody on record, and which files are of one person.

Read by monitors, lawyers and coordinators. Invariant: a row for every person opened, keyed by the person as recorded for ever.
Two files found to be of one person are joined by an undirected edge with the time it was known; taking the finding back closes
it, so that un-merging restores both exactly. Names are not here: a row says at which position the sealed name stands.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, Text, or_, select

from domain.detention import Detention
from domain.person import Person
from domain.record import Record
from projections.batch import Batch
from projections.days import day_of
from projections.projection import Projection, RecordKey
from projections.releases import Releases

projection = Projection("people", version=1)

people = projection.table(
    "people",
    Column("person", RecordKey, primary_key=True),
    Column("opened", BigInteger, nullable=False),
    Column("detentions", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    Column("city", Integer),
    Column("day", Integer, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    Column("forgotten", SmallInteger, nullable=False),
    index=[["opened"]],
)
names = projection.table(
    "names",
    Column("person", RecordKey, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("position", BigInteger, nullable=False),
)
holdings = projection.table(
    "holdings",
    Column("detention", RecordKey, primary_key=True),
    Column("person", RecordKey, nullable=False),
    Column("freed", Integer, nullable=False),
    Column("stands", SmallInteger, nullable=False),
)
pairs = projection.table(
    "pairs",
    Column("low", RecordKey, primary_key=True),
    Column("high", RecordKey, primary_key=True),
    Column("judgements", Text, nullable=False),
    Column("spans", Text, nullable=False),
    index=[["high"]],
)
judged = projection.table(
    "judged",
    Column("record", RecordKey, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("low", RecordKey, nullable=False),
    Column("high", RecordKey, nullable=False),
)
releases = Releases(projection)


@projection.on(Person.Opened)
def open_file(views: Batch, event: Person.Opened) -> None:
    """A new row, unless the opening was only restated."""
    if not views.restating:
        views.put(
            people,
            event.originator_id.bytes,
            opened=views.position,
            detentions=0,
            held=0,
            city=None,
            day=0,
            stands=1,
            forgotten=0,
        )


@projection.on(Person.Named)
def write_name(views: Batch, event: Person.Named) -> None:
    """Where the sealed name stands in the log."""
    views.put(names, (event.originator_id.bytes, event.originator_version), position=views.position)


@projection.on(Person.Forgotten)
def forget(views: Batch, event: Person.Forgotten) -> None:
    """The row stays, for the totals; pages say "forgotten"."""
    if views.get(people, event.originator_id.bytes) is not None:
        views.set(people, event.originator_id.bytes, forgotten=1)


@projection.on(Person.FoundToBe)
def join(views: Batch, event: Person.FoundToBe) -> None:
    """Two files are of one person."""
    _judge(views, event, event.originator_id, event.other, same=True)


@projection.on(Person.ToldApart)
def part(views: Batch, event: Person.ToldApart) -> None:
    """Two files are of two people."""
    _judge(views, event, event.originator_id, event.other, same=False)


@projection.on(Detention.Identified)
def identify(views: Batch, event: Detention.Identified) -> None:
    """Whoever was held is the person of another file."""
    held = views.get(holdings, event.originator_id.bytes)
    if held is not None:
        _judge(views, event, UUID(bytes=held.person), event.other, same=True)


@projection.on(Detention.Recorded)
def hold(views: Batch, event: Detention.Recorded) -> None:
    """One detention more for its person."""
    key, person = event.originator_id.bytes, event.person.bytes
    known = views.get(holdings, key) if views.restating else None
    freed = 0
    if known is not None:
        freed = known.freed
        _count(views, known.person, -1, -int(freed <= 0))
    views.put(holdings, key, person=person, freed=freed, stands=1)
    _count(views, person, 1, int(freed <= 0))
    row = views.get(people, person)
    if row is not None:
        views.set(people, person, day=day_of(event.when), city=event.place.city if event.place is not None else row.city)


@projection.on(Detention.Released)
def let_go(views: Batch, event: Detention.Released) -> None:
    """Free while at least one report stands that sets free."""
    _free(views, event.originator_id.bytes, releases.report(views, event))


@projection.on(Detention.Withdrawn)
def take_back_detention(views: Batch, event: Detention.Withdrawn) -> None:
    """A withdrawn detention no longer counts for its person; a withdrawn identification no longer joins."""
    key = event.originator_id.bytes
    if event.version is not None:
        _free(views, key, releases.take_back(views, key, event.version))
        _unjudge(views, key, event.version)
        return
    held = views.get(holdings, key)
    if held is not None and held.stands:
        _count(views, held.person, -1, -int(held.freed <= 0))
        views.set(holdings, key, stands=0)
    _unjudge_all(views, key, event.originator_version)


@projection.on(Person.Withdrawn)
def take_back_person(views: Batch, event: Person.Withdrawn) -> None:
    """A withdrawn name is not shown, a withdrawn finding no longer joins, a withdrawn file leaves the lists."""
    key = event.originator_id.bytes
    if event.version is not None:
        views.remove(names, (key, event.version))
        _unjudge(views, key, event.version)
        return
    if views.get(people, key) is not None:
        views.set(people, key, stands=0)
    _unjudge_all(views, key, event.originator_version)


def _count(views: Batch, person: bytes, detentions: int, held: int) -> None:
    row = views.get(people, person)
    if row is not None:
        views.set(people, person, detentions=row.detentions + detentions, held=row.held + held)


def _free(views: Batch, key: bytes, change: int) -> None:
    held = views.get(holdings, key) if change else None
    if held is None:
        return
    before, after = int(held.freed <= 0), int(held.freed + change <= 0)
    views.set(holdings, key, freed=held.freed + change)
    if held.stands:
        _count(views, held.person, 0, after - before)


def _judge(views: Batch, event: Record.Event, one: UUID, other: UUID, *, same: bool) -> None:
    record, version = event.originator_id.bytes, event.originator_version
    if views.restating:
        _unjudge(views, record, version)
    low, high = sorted((one.bytes, other.bytes))
    if low == high:
        return
    views.put(judged, (record, version), low=low, high=high)
    pair = views.get(pairs, (low, high))
    judgements = json.loads(pair.judgements) if pair is not None else {}
    spans = json.loads(pair.spans) if pair is not None else []
    judgements[f"{event.originator_id.hex}/{version}"] = [views.position, same]
    _settle(views, (low, high), judgements, spans)


def _unjudge(views: Batch, record: bytes, version: int) -> None:
    row = views.get(judged, (record, version))
    if row is None:
        return
    views.remove(judged, (record, version))
    pair = views.get(pairs, (row.low, row.high))
    judgements = json.loads(pair.judgements)
    judgements.pop(f"{record.hex()}/{version}", None)
    _settle(views, (row.low, row.high), judgements, json.loads(pair.spans))


def _unjudge_all(views: Batch, record: bytes, until: int) -> None:
    for version in range(1, until):
        _unjudge(views, record, version)


def _settle(
    views: Batch, key: tuple[bytes, bytes], judgements: dict[str, tuple[int, bool]], spans: list[list[int | None]]
) -> None:
    """The latest judgement that stands decides; an edge opens or closes at the position where that changed."""
    joined = max(judgements.values(), default=(0, False))[1]
    is_open = bool(spans) and spans[-1][1] is None
    if joined and not is_open:
        spans.append([views.position, None])
    elif is_open and not joined:
        spans[-1][1] = views.position
    views.put(pairs, key, judgements=json.dumps(judgements), spans=json.dumps(spans))


def cluster(db: Connection, person: bytes, *, as_of: int | None = None) -> list[bytes]:
    """All files of one person, the given one first, as joined now or as it was known at a position."""
    found = [person]
    for known in found:
        rows = db.execute(select(pairs.table).where(or_(pairs.table.c.low == known, pairs.table.c.high == known)))
        for row in rows:
            other = row.high if row.low == known else row.low
            if other not in found and _joined(json.loads(row.spans), as_of):
                found.append(other)
    return found


def edges(db: Connection, *, as_of: int | None = None) -> list[tuple[bytes, bytes]]:
    """Every pair of files joined now, or as it was known at a position."""
    rows = db.execute(select(pairs.table)).all()
    return [(row.low, row.high) for row in rows if _joined(json.loads(row.spans), as_of)]


def _joined(spans: list[list[int | None]], as_of: int | None) -> bool:
    if as_of is None:
        return bool(spans) and spans[-1][1] is None
    return any(since is not None and since <= as_of and (until is None or until > as_of) for since, until in spans)


def rows_of(db: Connection, persons: Collection[bytes]) -> Sequence[Row[Any]]:
    """The rows of these people."""
    return db.execute(select(people.table).where(people.table.c.person.in_(persons))).all()


def latest(db: Connection, *, limit: int, before: int | None = None) -> Sequence[Row[Any]]:
    """The people opened last, newest first; `before` is the `opened` of the last one of the page before."""
    found = select(people.table).where(people.table.c.stands == 1).order_by(people.table.c.opened.desc()).limit(limit)
    if before is not None:
        found = found.where(people.table.c.opened < before)
    return db.execute(found).all()


def names_of(db: Connection, persons: Collection[bytes], *, as_of: int | None = None) -> dict[bytes, list[int]]:
    """For each person the positions of the names that stand, earliest first; people without a name are left out."""
    found = select(names.table).where(names.table.c.person.in_(persons)).order_by(names.table.c.position)
    if as_of is not None:
        found = found.where(names.table.c.position <= as_of)
    known: dict[bytes, list[int]] = {}
    for row in db.execute(found):
        known.setdefault(row.person, []).append(row.position)
    return known
