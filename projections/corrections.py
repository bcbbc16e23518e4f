"""Corrections: what was corrected, withdrawn, brought back, joined or told apart, and where in the log it says so.

Read by monitors, coordinators and lawyers, each of what they may see, and by whoever asks why a number changed. Invariant: one
row for every such entry, for ever, keyed by its position; the reason as a code, the words stay in the log.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Row, Select, String, select

from domain.detention import Detention
from domain.exhibit import Exhibit
from domain.incident import Incident
from domain.person import Person
from domain.proceeding import Proceeding
from domain.protest import Protest
from domain.record import Record
from domain.report import Report
from domain.source_on_file import SourceOnFile
from domain.station import Station
from projections.batch import Batch
from projections.projection import Projection, RecordKey

CORRECTED, WITHDRAWN, REINSTATED, JOINED, PARTED = "corrected", "withdrawn", "reinstated", "joined", "parted"
ACTS = (CORRECTED, WITHDRAWN, REINSTATED, JOINED, PARTED)

projection = Projection("corrections", version=2)

changes = projection.table(
    "changes",
    Column("position", BigInteger, primary_key=True),
    Column("act", String(12), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("record", RecordKey, nullable=False),
    Column("person", RecordKey),
    Column("because", String(30)),
    Column("recorded", BigInteger, nullable=False),
    Column("recorded_by", RecordKey, nullable=False),
    index=[["person"], ["recorded_by"]],
)
owners = projection.table(
    "owners",
    Column("record", RecordKey, primary_key=True),
    Column("person", RecordKey, nullable=False),
)

KINDS: Mapping[type[Record], str] = {
    Protest: "protests",
    Detention: "detentions",
    Person: "people",
    Incident: "incidents",
    Report: "reports",
    Station: "stations",
    Exhibit: "exhibits",
    SourceOnFile: "sources",
    Proceeding: "proceedings",
}


@projection.on(Detention.Recorded, Incident.Recorded, Exhibit.Deposited)
def note_whose(views: Batch, event: Detention.Recorded | Incident.Recorded | Exhibit.Deposited) -> None:
    """In whose file the record is, where it is in anybody's."""
    if event.person is not None:
        views.put(owners, event.originator_id.bytes, person=event.person.bytes)
    elif views.get(owners, event.originator_id.bytes) is not None:
        views.remove(owners, event.originator_id.bytes)


@projection.on(
    *(getattr(kind, change) for kind in KINDS for change in ("Corrected", "Withdrawn", "Reinstated")),
    Person.FoundToBe,
    Person.ToldApart,
    Detention.Identified,
)
def list_change(views: Batch, event: Any) -> None:
    """One more change, at the position where it is told."""
    if isinstance(event, Record.Correction) and isinstance(event.restated, Incident.Recorded | Exhibit.Deposited):
        note_whose(views, event.restated)
    record = event.originator_id.bytes
    owner = views.get(owners, record)
    kind = next(name for kind, name in KINDS.items() if type(event) in vars(kind).values())
    views.put(
        changes,
        views.position,
        act=_act(event),
        kind=kind,
        record=record,
        person=record if kind == "people" else owner.person if owner is not None else None,
        because=event.because if isinstance(event, Record.Correction | Record.Withdrawal) else None,
        recorded=int(event.timestamp.timestamp()),
        recorded_by=event.recorded_by.bytes,
    )


def _act(event: Any) -> str:
    match event:
        case Record.Reinstatement():
            return REINSTATED
        case Record.Correction():
            return CORRECTED
        case Record.Withdrawal():
            return WITHDRAWN
        case Person.ToldApart():
            return PARTED
    return JOINED


def latest(
    db: Connection,
    *,
    act: str | None = None,
    kind: str | None = None,
    because: str | None = None,
    first: int | None = None,
    last: int | None = None,
    before: int | None = None,
    limit: int | None = None,
) -> Sequence[Row[Any]]:
    """The changes chosen, newest first; `first` and `last` in seconds since 1970, `last` and `before` (a position) excluded."""
    found = _chosen(select(changes.table), act, kind, because, first, last)
    if before is not None:
        found = found.where(changes.table.c.position < before)
    return db.execute(found.order_by(changes.table.c.position.desc()).limit(limit)).all()


def reasons(
    db: Connection, *, after: int, until: int, records: Collection[bytes] | None = None
) -> Mapping[tuple[str, str | None], int]:
    """How many changes of which kind and for which reason lie between two positions: why a number changed."""
    table = changes.table
    found = select(table.c.act, table.c.because, table.c.record).where(table.c.position > after, table.c.position <= until)
    rows = db.execute(found)
    return Counter((row.act, row.because) for row in rows if records is None or row.record in records)


def _chosen(
    found: Select[Any], act: str | None, kind: str | None, because: str | None, first: int | None, last: int | None
) -> Select[Any]:
    table = changes.table
    for column, value in ((table.c.act, act), (table.c.kind, kind), (table.c.because, because)):
        if value is not None:
            found = found.where(column == value)
    if first is not None:
        found = found.where(table.c.recorded >= first)
    return found.where(table.c.recorded < last) if last is not None else found
