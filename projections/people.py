"""People: what lists and search need of everybody on record, and which files are of one person.

Read by monitors, lawyers and coordinators. Invariant: a row for every person opened, keyed by the person as recorded for ever.
Two files found to be of one person are joined by an undirected edge with the time it was known; taking the finding back closes
it, so that un-merging restores both exactly. Names are not here: a row says at which position the sealed name stands.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, Text, func, or_, select

from domain.detention import Detention
from domain.person import Person
from domain.record import Record
from projections.batch import Batch
from projections.projection import Projection, RecordKey
from projections.spans import is_joined, settled

projection = Projection("people", version=2)

AT_ONCE = 500
"""People asked for in one statement."""

people = projection.table(
    "people",
    Column("person", RecordKey, primary_key=True),
    Column("opened", BigInteger, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    Column("forgotten", SmallInteger, nullable=False),
    index=[["opened"]],
)
names = projection.table(
    "names",
    Column("person", RecordKey, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("until", BigInteger),
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
    Column("said", BigInteger, nullable=False),
    Column("same", SmallInteger, nullable=False),
    Column("stands", SmallInteger, nullable=False),
)
judging = projection.table(
    "judging",
    Column("record", RecordKey, primary_key=True),
    Column("versions", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
)


@projection.on(Person.Opened)
def open_file(views: Batch, event: Person.Opened) -> None:
    """A new row. Restated, a file that was withdrawn is on the lists again, and joined as it was."""
    if not views.restating:
        views.put(people, event.originator_id.bytes, opened=views.position, stands=1, forgotten=0)
    elif views.get(people, event.originator_id.bytes) is not None:
        views.set(people, event.originator_id.bytes, stands=1)
        _weigh_all(views, event.originator_id.bytes, stands=1)


@projection.on(Person.Named)
def write_name(views: Batch, event: Person.Named) -> None:
    """Where the sealed name stands in the log, and until when; a corrected name stands where its correction does."""
    person, version = event.originator_id.bytes, event.originator_version
    revision = _close_name(views, person, version) if views.restating else 0
    views.put(names, (person, version, revision), position=views.position, until=None)


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
    _judge(views, event, event.person, event.other, same=True)


@projection.on(Detention.Recorded)
def bring_back_detention(views: Batch, event: Detention.Recorded) -> None:
    """An identification joins again when the detention it stands in counts again."""
    if views.restating:
        _weigh_all(views, event.originator_id.bytes, stands=1)


@projection.on(Detention.Withdrawn)
def take_back_detention(views: Batch, event: Detention.Withdrawn) -> None:
    """A withdrawn identification no longer joins, nor does one in a detention withdrawn as a whole."""
    _take_back(views, event)


@projection.on(Person.Withdrawn)
def take_back_person(views: Batch, event: Person.Withdrawn) -> None:
    """A withdrawn name is not shown, a withdrawn finding no longer joins, a withdrawn file leaves the lists."""
    key = event.originator_id.bytes
    if event.version is not None:
        _close_name(views, key, event.version)
    elif views.get(people, key) is not None:
        views.set(people, key, stands=0)
    _take_back(views, event)


def _close_name(views: Batch, person: bytes, version: int) -> int:
    """The name does not stand any more. Returns the number of its next revision."""
    revision = 0
    while (row := views.get(names, (person, version, revision))) is not None:
        if row.until is None:
            views.set(names, (person, version, revision), until=views.position)
        revision += 1
    return revision


def _take_back(views: Batch, event: Record.Withdrawal) -> None:
    """What was withdrawn no longer judges. It is kept, for it may be brought back, and then was said when it was said."""
    record = event.originator_id.bytes
    if event.version is None:
        _weigh_all(views, record, stands=0)
    elif (row := views.get(judged, (record, event.version))) is not None:
        views.set(judged, (record, event.version), stands=0)
        _weigh(views, row, counts=False)


def _weigh_all(views: Batch, record: bytes, *, stands: int) -> None:
    """Everything judged in a record that was withdrawn or counts again, but what was withdrawn for itself."""
    known = views.get(judging, record)
    if known is None or known.stands == stands:
        return
    views.set(judging, record, stands=stands)
    for version in json.loads(known.versions):
        row = views.get(judged, (record, version))
        if row.stands:
            _weigh(views, row, counts=bool(stands))


def _judge(views: Batch, event: Record.Event, one: UUID, other: UUID, *, same: bool) -> None:
    record, version = event.originator_id.bytes, event.originator_version
    known = views.get(judged, (record, version)) if views.restating else None
    said = views.position
    if known is not None:
        # Restated, it still was said when it was: what was judged after it goes on deciding.
        said = known.said
        _weigh(views, known, counts=False)
    else:
        all_of_it = views.get(judging, record)
        versions = json.loads(all_of_it.versions) if all_of_it is not None else []
        views.put(judging, record, versions=json.dumps([*versions, version]), stands=1)
    low, high = sorted((one.bytes, other.bytes))
    _weigh(views, views.put(judged, (record, version), low=low, high=high, said=said, same=int(same), stands=1), counts=True)


def _weigh(views: Batch, row: Any, *, counts: bool) -> None:
    """Let a judgement count for its pair, or not any more. A file and itself are no pair."""
    pair = views.get(pairs, (row.low, row.high))
    if row.low == row.high or (pair is None and not counts):
        return
    judgements = json.loads(pair.judgements) if pair is not None else {}
    judgements.pop(entry := f"{row.record.hex()}/{row.version}", None)
    if counts:
        judgements[entry] = [row.said, bool(row.same)]
    spans = settled(judgements, json.loads(pair.spans) if pair is not None else [], views.position)
    views.put(pairs, (row.low, row.high), judgements=json.dumps(judgements, sort_keys=True), spans=json.dumps(spans))


def cluster(db: Connection, person: bytes, *, as_of: int | None = None) -> list[bytes]:
    """All files of one person, the given one first, as joined now or as it was known at a position."""
    found = [person]
    for known in found:
        rows = db.execute(select(pairs.table).where(or_(pairs.table.c.low == known, pairs.table.c.high == known)))
        for row in rows:
            other = row.high if row.low == known else row.low
            if other not in found and is_joined(json.loads(row.spans), as_of):
                found.append(other)
    return found


def clusters(db: Connection, persons: Collection[bytes]) -> dict[bytes, list[bytes]]:
    """For each of these people all of their files as joined now, the given one first: a few statements for the whole list."""
    joined: dict[bytes, list[bytes]] = {}
    asked: set[bytes] = set()
    while wanted := ({*persons, *joined} - asked):
        asked |= wanted
        for some in portions(wanted):
            for row in db.execute(select(pairs.table).where(or_(pairs.table.c.low.in_(some), pairs.table.c.high.in_(some)))):
                if is_joined(json.loads(row.spans), None) and row.high not in joined.setdefault(row.low, []):
                    joined[row.low].append(row.high)
                    joined.setdefault(row.high, []).append(row.low)
    return {person: _together(joined, person) for person in persons}


def _together(joined: dict[bytes, list[bytes]], person: bytes) -> list[bytes]:
    found = [person]
    for known in found:
        found += [other for other in joined.get(known, ()) if other not in found]
    return found


def forgotten_among(db: Connection, persons: Collection[bytes]) -> set[bytes]:
    """Those of these files whose person was forgotten. No page says anything of them but that."""
    table, found = people.table, set[bytes]()
    for some in portions(persons):
        found |= set(db.scalars(select(table.c.person).where(table.c.person.in_(some), table.c.forgotten == 1)))
    return found


def once_joined(db: Connection, persons: Collection[bytes]) -> list[bytes]:
    """Files that were found to be of the person of these files and no longer are, in the order of their numbers."""
    table = pairs.table
    rows = db.execute(select(table).where(or_(table.c.low.in_(persons), table.c.high.in_(persons))))
    return sorted({file for row in rows if json.loads(row.spans) for file in (row.low, row.high)} - set(persons))


def how_many(db: Connection) -> int:
    """The files that stand."""
    return db.execute(select(func.count()).select_from(people.table).where(people.table.c.stands == 1)).scalar_one()


def portions(keys: Collection[bytes]) -> Iterator[list[bytes]]:
    """As many of these as one statement asks for at a time."""
    listed = list(keys)
    return (listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE))


def edges(db: Connection, *, as_of: int | None = None) -> list[tuple[bytes, bytes]]:
    """Every pair of files joined now, or as it was known at a position."""
    rows = db.execute(select(pairs.table)).all()
    return [(row.low, row.high) for row in rows if is_joined(json.loads(row.spans), as_of)]


def rows_of(db: Connection, persons: Collection[bytes]) -> Sequence[Row[Any]]:
    """The rows of these people."""
    return db.execute(select(people.table).where(people.table.c.person.in_(persons))).all()


def latest(
    db: Connection, *, limit: int, before: int | None = None, among: Collection[bytes] | None = None
) -> Sequence[Row[Any]]:
    """The people opened last, newest first; `before` is the `opened` of the last one of the page before.

    `among` are the people to choose from, None for everybody.
    """
    found = select(people.table).where(people.table.c.stands == 1).order_by(people.table.c.opened.desc()).limit(limit)
    if before is not None:
        found = found.where(people.table.c.opened < before)
    if among is None:
        return db.execute(found).all()
    chosen = list(among)
    portions = (chosen[start : start + AT_ONCE] for start in range(0, len(chosen), AT_ONCE))
    rows = [row for some in portions for row in db.execute(found.where(people.table.c.person.in_(some)))]
    return sorted(rows, key=lambda row: -row.opened)[:limit]


def names_of(db: Connection, persons: Collection[bytes], *, as_of: int | None = None) -> dict[bytes, list[int]]:
    """For each person the positions of the names that stand, or stood as of a position, in the order in which they were given.

    One that was corrected, or withdrawn and brought back, was given when it was. People without a name are left out.
    """
    table = names.table
    found = select(table).where(table.c.person.in_(persons)).order_by(table.c.person, table.c.version)
    if as_of is None:
        found = found.where(table.c.until.is_(None))
    else:
        found = found.where(table.c.position <= as_of, or_(table.c.until.is_(None), table.c.until > as_of))
    known: dict[bytes, list[int]] = {}
    for row in db.execute(found):
        known.setdefault(row.person, []).append(row.position)
    return known
