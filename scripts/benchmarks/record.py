"""A record of many events in a data folder, and the raw SQLite files that the bounds are taken from."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from eventsourcing.persistence import StoredEvent

from domain.record import Record
from scripts.benchmarks.years import Years
from web.gazetteer import open_gazetteer
from web.settings import Settings
from web.wiring import Tracker, open_tracker

CHUNK = 10_000
EVENTS_A_PERSON = 8.7
CITIES = 200

TABLE = (
    "CREATE TABLE stored_events (notification_id INTEGER PRIMARY KEY, originator_id TEXT NOT NULL, "
    "originator_version INTEGER NOT NULL, topic TEXT NOT NULL, state BLOB NOT NULL, UNIQUE (originator_id, originator_version))"
)
INSERT = "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?,?,?,?)"


def chunks(events: int, places: Path) -> Iterator[list[Record.Event]]:
    """About so many synthetic events in the order of recording, in the largest cities of Russia."""
    cities = open_gazetteer(places).cities_in("RU")[:CITIES]
    years = Years(int(events / EVENTS_A_PERSON), cities).events()
    while chunk := list(islice(years, CHUNK)):
        yield chunk


def opened(home: Path, places: Path) -> Tracker:
    """An installation in a folder of its own."""
    return open_tracker(Settings(home, places=places))


def stored(tracker: Tracker, chunk: Sequence[Record.Event]) -> list[StoredEvent]:
    """Through our mapper."""
    return [tracker.casebook.mapper.to_stored_event(event) for event in chunk]


def raw(file: Path) -> sqlite3.Connection:
    """The same table and the same promise, without any of us: what the bounds write to."""
    is_new = not file.exists()
    db = sqlite3.connect(file, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    if is_new:
        db.execute(TABLE)
    return db


def as_rows(events: Sequence[StoredEvent]) -> list[tuple[str, int, str, bytes]]:
    """As they are inserted."""
    return [(event.originator_id.hex, event.originator_version, event.topic, event.state) for event in events]  # type: ignore[union-attr]
