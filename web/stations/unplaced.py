"""The entries that are not placed yet, and how what many of them share is placed once for all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from eventsourcing.utils import resolve_topic

from domain.casebook import Outcome
from domain.facts import facts_of
from domain.place import Place
from domain.provenance import Entry
from domain.record import Record, new_id
from projections import unplaced
from web.desk import Desk, recorded_at
from web.entries.changing import standing_entry
from web.entries.offers import KINDS, kind_of, name_of
from web.entries.routes import CHANGED
from web.entries.subject import subject

AT_ONCE = 50
BECAUSE = "new_information"


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """One entry: what it says as far as this reader may read it, and where it can be placed. `alike` is how many entries of
    records that are about nobody tell their place in the same words."""

    position: int
    kind: str
    name: str
    record: UUID
    version: int
    sentence: str
    recorded: str
    may_open: bool
    alike: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list, and how long the whole of it is."""

    entries: Sequence[NotPlaced]
    total: int
    earlier: int | None
    later: int | None


def page_of(desk: Desk, offset: int, language: str) -> Page:
    """The entries that are not placed, the newest first."""
    with desk.tracker.views() as db:
        rows, total = unplaced.listed(db, limit=AT_ONCE, offset=offset), unplaced.how_many(db)
        alike = unplaced.shared(db, {row.words for row in rows if row.words is not None})
    history = desk.tracker.log.of({UUID(bytes=row.record) for row in rows})
    standing: dict[tuple[bytes, int], Record.Event] = {}
    persons: dict[bytes, UUID] = {}
    for one in history:
        event: Any = one.event
        record = event.originator_id.bytes
        if isinstance(event, Record.Correction):
            standing[record, event.version] = event.restated
        elif not isinstance(event, Record.Withdrawal):
            standing[record, event.originator_version] = event
        if (person := getattr(event, "person", None)) is not None:
            persons[record] = person
    shown = [standing[row.record, row.version] for row in rows]
    teller, visible = desk.teller(shown), desk.visible(set(persons.values()))
    entries = [
        NotPlaced(
            row.position,
            kind_of(type(event)),
            name_of(type(event)),
            event.originator_id,
            row.version,
            teller.tell(event, language),
            recorded_at(event.timestamp, teller),
            kind_of(type(event)) in CHANGED and (row.record not in persons or persons[row.record] in visible),
            alike.get(row.words, 0) if row.words is not None else 0,
        )
        for row, event in zip(rows, shown, strict=True)
    ]
    later = max(offset - AT_ONCE, 0) if offset else None
    return Page(entries, total, offset + AT_ONCE if offset + AT_ONCE < total else None, later)


def how_many(desk: Desk) -> int:
    """How many entries are not placed: what stands beside maps and totals."""
    with desk.tracker.views() as db:
        return unplaced.how_many(db)


def words_at(desk: Desk, position: int) -> str | None:
    """The words in which the entry at this position tells its place; None where it is placed, or about a person."""
    with desk.tracker.views() as db:
        row = unplaced.one(db, position)
    return row.words if row is not None else None


def place_all(desk: Desk, words: str, place: Place, typed: str) -> Outcome | None:
    """Correct every entry whose place is told in these words, in records that are about nobody. Sent again it finds what is left.

    The words stay as they were told; how they were placed is the reason's.
    """
    with desk.tracker.views() as db:
        rows = unplaced.with_words(db, words)
    outcome = None
    for row in rows:
        record = UUID(bytes=row.record)
        kind = kind_of(resolve_topic(row.topic))
        entry = standing_entry(subject(desk, kind, record), row.version)
        if entry is None or entry.place is None or entry.place.city is not None:
            continue  # somebody was quicker
        told: type[Record.Event] = type(entry)
        facts = {name: getattr(entry, name) for name in facts_of(told)} | {"place": replace(place, words=words)}
        given = Entry(desk.reader.account.id, entry.source, new_id())
        outcome = desk.tracker.casebook.correct(
            KINDS[kind], given, record, row.version, facts, because=BECAUSE, words=None if typed == words else typed
        )
    return outcome
