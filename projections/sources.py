"""Sources: what every entry rests on, which sources are on file and what is known of them, and who used which last.

Read beside every line of a record, on the page of a source, and by the figures by tier. Invariant: a claim and what is known of a
source are closed and opened again, never overwritten, so that a tier can be computed as of any position. The rule by which it is
computed is the domain's (`domain/verification.py`); `borne_out.py` asks it.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Float,
    Integer,
    Row,
    SmallInteger,
    String,
    Text,
    and_,
    or_,
    select,
)

from domain.detention import Detention
from domain.exhibit import Exhibit, belongs_to
from domain.incident import Incident
from domain.person import Person
from domain.proceeding import Proceeding
from domain.protest import Protest
from domain.provenance import Source
from domain.record import Record
from domain.report import Report
from domain.source_on_file import SourceOnFile
from domain.topics import recorded_events
from domain.verification import OnFile, content_of, is_fact
from projections.batch import Batch
from projections.claimed import ATTESTATION, ENTRY, OPENING, closed, last_of, with_claim, written_content
from projections.projection import Projection, RecordKey, View

OPENED, RATED, RETRACTED = 1, 2, 3

projection = Projection("sources", version=3)

claims = projection.table("claims", Column("record", RecordKey, primary_key=True), Column("told", Text, nullable=False))
"""Everything ever claimed in a record (`projections/claimed.py`), in the order in which it was told."""
voices = projection.table(
    "voices",
    Column("kind", String(20), primary_key=True),
    Column("reliability", String(20), primary_key=True),
    Column("number", BigInteger, nullable=False),
)
"""The kinds of source ever named, each with how far it was relied on. A claim says only the number: the position at which one
was first named."""
citations = projection.table(
    "citations",
    Column("origin", RecordKey, primary_key=True),
    Column("record", RecordKey, primary_key=True),
)
"""In which records a source on file was ever named."""
papers = projection.table(
    "papers",
    Column("exhibit", RecordKey, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("about", RecordKey, nullable=False),
    Column("content", String(11), nullable=False),
    Column("reliability", String(20), nullable=False),
    Column("origin", RecordKey),
    Column("said", Float, nullable=False),
    Column("known_from", BigInteger, nullable=False),
    Column("known_until", BigInteger),
    index=[["about"]],
)
"""Documents that were deposited with their file, and what the entry said that each of them bears out."""
known = projection.table(
    "known",
    Column("source", RecordKey, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("says", SmallInteger, nullable=False),
    Column("kind", String(20)),
    Column("reliability", String(20)),
    Column("repeats", RecordKey),
    Column("said_from", Float),
    Column("said_until", Float),
    Column("known_from", BigInteger, nullable=False),
    Column("known_until", BigInteger),
)
used = projection.table(
    "used",
    Column("account", RecordKey, primary_key=True),
    Column("source", RecordKey, primary_key=True),
    Column("position", BigInteger, nullable=False),
)
"""Which sources an account has put on file or named, and where last."""


FACTS = tuple(happened for _, happened in recorded_events() if is_fact(happened))


@projection.on(*FACTS)
def tell(views: Batch, event: Record.Event) -> None:
    """An entry and who says so."""
    _claim(views, event, ENTRY, written_content(content_of(event)))


@projection.on(Person.Opened)
def open_file(views: Batch, event: Person.Opened) -> None:
    """That a file was opened is no fact, but a file that is withdrawn takes along what it says."""
    _claim(views, event, OPENING, "")


@projection.on(Protest.Attested, Detention.Attested, Person.Attested, Incident.Attested, Report.Attested, Proceeding.Attested)
def attest(views: Batch, event: Record.Attestation) -> None:
    """Another source says what the entry said at that time: where the entry is restated otherwise, it has not said that."""
    told = _told(views, event.originator_id.bytes)
    before = last_of(told, event.originator_version) if views.restating else None
    said = before or last_of(told, event.version)
    _claim(views, event, ATTESTATION, said.content if said is not None else "")


@projection.on(
    Protest.Withdrawn, Detention.Withdrawn, Person.Withdrawn, Incident.Withdrawn, Report.Withdrawn, Proceeding.Withdrawn
)
def take_back(views: Batch, event: Record.Withdrawal) -> None:
    """The entry, or with the first one the record: what a record taken back says is no fact while it is."""
    key = event.originator_id.bytes
    views.put(claims, key, told=closed(_told(views, key), event.version or Record.INITIAL_VERSION, views.position))


@projection.on(Exhibit.Deposited)
def deposit(views: Batch, event: Exhibit.Deposited) -> None:
    """A document confirms what the entry says that it was deposited for. A link alone confirms nothing, nor does a picture."""
    key, about = event.originator_id.bytes, belongs_to(event).bytes
    revision = _close(views, papers, key, 1) if views.restating else 0
    said = last_of(_told(views, about), event.supports or Record.INITIAL_VERSION)
    if event.kind != "document" or event.sha256 is None or said is None:
        return
    origin = event.source.origin.bytes if event.source.origin is not None else None
    views.put(
        papers,
        (key, 1, revision),
        about=about,
        content=said.content,
        reliability=str(event.source.reliability),
        origin=origin,
        said=event.timestamp.timestamp(),
        known_from=views.position,
        known_until=None,
    )
    if origin is not None:
        views.put(citations, (origin, about))


@projection.on(Exhibit.Withdrawn)
def take_back_paper(views: Batch, event: Exhibit.Withdrawn) -> None:
    """A withdrawn exhibit confirms nothing."""
    _close(views, papers, event.originator_id.bytes, event.version or 1)


@projection.on(SourceOnFile.Opened)
def open_source(views: Batch, event: SourceOnFile.Opened) -> None:
    """A source on file, or what is known of it now."""
    repeats = event.repeats.bytes if event.repeats is not None else None
    _learn(views, event, OPENED, kind=event.kind, reliability=event.reliability, repeats=repeats)
    _use(views, event, event.originator_id.bytes)


@projection.on(SourceOnFile.Rated)
def rate(views: Batch, event: SourceOnFile.Rated) -> None:
    """The latest rating that stands counts."""
    _learn(views, event, RATED, reliability=event.reliability)


@projection.on(SourceOnFile.Retracted)
def retract(views: Batch, event: SourceOnFile.Retracted) -> None:
    """What was recorded from it between these times does not count; a time left open has no end."""
    first = event.said_from.earliest.timestamp() if event.said_from is not None else None
    last = event.said_until.latest.timestamp() if event.said_until is not None else None
    _learn(views, event, RETRACTED, said_from=first, said_until=last)


@projection.on(SourceOnFile.Withdrawn)
def forget_statement(views: Batch, event: SourceOnFile.Withdrawn) -> None:
    """A rating or a retraction that was a mistake; or the source itself was."""
    _close(views, known, event.originator_id.bytes, event.version or 1)


def _claim(views: Batch, event: Record.Event, told_by: int, content: str) -> None:
    key, version, source = event.originator_id.bytes, event.originator_version, event.source
    told = _told(views, key) if version > Record.INITIAL_VERSION or views.restating else ""
    origin, said, is_new_word = None, 0.0, source.origin is not None
    if source.origin is not None:
        origin, said = source.origin.hex, event.timestamp.timestamp()
    if views.restating:
        before = last_of(told, version)
        if before is not None and before.origin == origin:
            said, is_new_word = before.said, False  # nor does whoever corrects an entry come to know its source
        told = closed(told, version, views.position)
    told = with_claim(told, version, told_by, content, _voice(views, source), views.position, None, origin, said)
    views.put(claims, key, told=told)
    if source.origin is not None and is_new_word:
        views.put(citations, (source.origin.bytes, key))
        _use(views, event, source.origin.bytes)


def _told(views: Batch, record: bytes) -> str:
    row = views.get(claims, record)
    return row.told if row is not None else ""


def _voice(views: Batch, source: Source) -> int:
    key = (source.kind, source.reliability.value)
    row = views.get(voices, key) or views.put(voices, key, number=views.position)
    number: int = row.number
    return number


def _learn(views: Batch, event: Record.Event, says: int, **told: Any) -> None:
    key, version = event.originator_id.bytes, event.originator_version
    revision = _close(views, known, key, version) if views.restating else 0
    row = {**dict.fromkeys(("kind", "reliability", "repeats", "said_from", "said_until")), **told}
    views.put(known, (key, version, revision), says=says, **row, known_from=views.position, known_until=None)


def _use(views: Batch, event: Record.Event, source: bytes) -> None:
    views.put(used, (event.recorded_by.bytes, source), position=views.position)


def _close(views: Batch, view: View, key: bytes, version: int) -> int:
    """Close the standing revision, if there is one. Returns the number of the next."""
    revision = 0
    while (row := views.get(view, (key, version, revision))) is not None:
        if row.known_until is None:
            views.set(view, (key, version, revision), known_until=views.position)
        revision += 1
    return revision


def on_file(db: Connection, position: int | None = None) -> dict[UUID, OnFile]:
    """Every source ever put on file by a position, as it was known then."""
    table = known.table
    rows = db.execute(select(table).where(_by(table, position)).order_by(table.c.version, table.c.revision)).all()
    found: dict[bytes, dict[str, Any]] = defaultdict(lambda: {"retracted": (), "stands": False, "kind": "unknown"})
    for row in rows:
        state = found[row.source]
        stands = row.known_until is None or (position is not None and row.known_until > position)
        if row.says == OPENED and (stands or not state["stands"]):
            state |= {"kind": row.kind, "repeats": UUID(bytes=row.repeats) if row.repeats else None, "stands": stands}
        if not stands:
            continue
        if row.says == RETRACTED:
            state["retracted"] += ((row.said_from, row.said_until),)
        else:
            state["reliability"] = row.reliability
    return {UUID(bytes=key): OnFile(**state) for key, state in found.items()}


def retractions(db: Connection, source: UUID) -> list[Row[Any]]:
    """Every retraction of this source, also those taken back, in order: from which position on it was known, until which."""
    table = known.table
    chosen = select(table).where(table.c.source == source.bytes, table.c.says == RETRACTED)
    return list(db.execute(chosen.order_by(table.c.known_from)).all())


def last_used(db: Connection, account: UUID, limit: int) -> list[UUID]:
    """The sources this account has put on file or named, the latest first."""
    table = used.table
    chosen = select(table.c.source).where(table.c.account == account.bytes).order_by(table.c.position.desc()).limit(limit)
    return [UUID(bytes=key) for key in db.scalars(chosen)]


def used_by(db: Connection, account: UUID, among: Collection[UUID]) -> set[UUID]:
    """Those of these sources that the account has put on file or named."""
    table = used.table
    chosen = select(table.c.source).where(table.c.account == account.bytes)
    return {UUID(bytes=key) for key in db.scalars(chosen)}.intersection(among)


def latest(db: Connection, limit: int) -> list[UUID]:
    """The sources put on file last, whoever did it."""
    table = known.table
    chosen = select(table.c.source).where(table.c.says == OPENED, table.c.revision == 0).order_by(table.c.known_from.desc())
    return [UUID(bytes=key) for key in db.scalars(chosen.limit(limit))]


def standing_at(table: Any, position: int | None) -> Any:
    """What stood at a position, or stands now."""
    if position is None:
        return table.c.known_until.is_(None)
    return and_(table.c.known_from <= position, or_(table.c.known_until.is_(None), table.c.known_until > position))


def _by(table: Any, position: int | None) -> Any:
    return table.c.known_from <= position if position is not None else table.c.known_from.is_not(None)
