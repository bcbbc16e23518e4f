"""Not placed: every standing entry that tells in words where something was, and no city is known. Read by whoever works it off.

Invariant: a row for each such entry of any kind of record; it leaves as soon as a correction says the city, or the entry or its
record is withdrawn. Whose person was forgotten is left out when it is read: of them nothing is told, and nothing can be placed.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, String, Text, func, or_, select

from domain.facts import facts_of
from domain.person import Person
from domain.place import Place
from domain.record import Record
from domain.topics import recorded_events
from projections import case_files
from projections.batch import Batch
from projections.projection import Projection, RecordKey

projection = Projection("unplaced", version=1)

entries = projection.table(
    "entries",
    Column("record", RecordKey, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("topic", String(60), nullable=False),
    Column("words", Text),
    Column("stands", SmallInteger, nullable=False),
    index=[["position"]],
)
records = projection.table(
    "records",
    Column("record", RecordKey, primary_key=True),
    Column("stands", SmallInteger, nullable=False),
)
forgotten = projection.table("forgotten", Column("person", RecordKey, primary_key=True), Column("position", BigInteger))


def _tells_a_place(happened: type[Record.Event]) -> bool:
    fact = facts_of(happened).get("place")
    return fact is not None and Place in (fact.type, *getattr(fact.type, "__args__", ()))


PLACED = tuple(event for _, event in recorded_events() if _tells_a_place(event))
"""Every event that may say where: one that is new is in the list by itself."""
_WITHDRAWALS = tuple(event for _, event in recorded_events() if issubclass(event, Record.Withdrawal))


@projection.on(*PLACED)
def look_at(views: Batch, event: Any) -> None:
    """An entry that may say where, or its restatement."""
    key, place = (event.originator_id.bytes, event.originator_version), event.place
    if views.restating and issubclass(type(event), Record.Created) and views.get(records, key[0]) is not None:
        views.set(records, key[0], stands=1)  # a record that was withdrawn is restated to count again
    known = views.get(entries, key) if views.restating else None
    if place is None or place.words is None or place.city is not None:
        if known is not None:
            views.set(entries, key, stands=0)
        return
    words = place.words if isinstance(place.words, str) else None
    position = known.position if known is not None else views.position
    views.put(entries, key, position=position, topic=event.TOPIC, words=words, stands=1)
    if views.get(records, event.originator_id.bytes) is None:
        views.put(records, event.originator_id.bytes, stands=1)


@projection.on(*_WITHDRAWALS)
def take_back(views: Batch, event: Record.Withdrawal) -> None:
    """An entry that counts nowhere need not be placed."""
    record = event.originator_id.bytes
    if views.get(records, record) is None:
        return
    if event.version is None:
        views.set(records, record, stands=0)
    elif views.get(entries, (record, event.version)) is not None:
        views.set(entries, (record, event.version), stands=0)


@projection.on(Person.Forgotten)
def forget(views: Batch, event: Person.Forgotten) -> None:
    """Nothing is told of them any more."""
    views.put(forgotten, event.originator_id.bytes, position=views.position)


def _standing(chosen: Any) -> Any:
    """The standing entries, without those about people who were forgotten."""
    custody, incidents = case_files.custody.table, case_files.incidents.table
    gone, told = select(forgotten.table.c.person), entries.table
    held = select(custody.c.detention).where(custody.c.person.in_(gone))
    hurt = select(incidents.c.incident).where(incidents.c.person.in_(gone))
    return (
        chosen.select_from(told.join(records.table, told.c.record == records.table.c.record))
        .where(told.c.stands == 1, records.table.c.stands == 1)
        .where(told.c.record.not_in(held), told.c.record.not_in(hurt))
    )


def listed(db: Connection, *, limit: int = 50, offset: int = 0) -> Sequence[Row[Any]]:
    """The entries that are not placed, the newest first."""
    order = entries.table.c.position.desc(), entries.table.c.version
    return db.execute(_standing(select(entries.table)).order_by(*order).limit(limit).offset(offset)).all()


def how_many(db: Connection) -> int:
    """How many there are: the number beside maps and totals."""
    found: int = db.execute(_standing(select(func.count()))).scalar_one()
    return found


def with_words(db: Connection, words: str) -> Sequence[Row[Any]]:
    """Those that tell the place in just these words, in records that are about nobody."""
    return db.execute(
        _standing(select(entries.table)).where(entries.table.c.words == words).order_by(entries.table.c.position)
    ).all()


def shared(db: Connection, words: Iterable[str]) -> dict[str, int]:
    """How many entries tell their place in each of these words."""
    chosen = _standing(select(entries.table.c.words, func.count().label("number")))
    found = db.execute(chosen.where(or_(False, entries.table.c.words.in_(list(words)))).group_by(entries.table.c.words))
    return {row.words: row.number for row in found}


def one(db: Connection, position: int) -> Row[Any] | None:
    """The entry recorded at this position, where it is not placed."""
    return db.execute(_standing(select(entries.table)).where(entries.table.c.position == position)).one_or_none()
