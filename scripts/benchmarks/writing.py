"""Recording: one durable fact at a time, and many at once."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from uuid import UUID

from domain.moment import When
from domain.place import Place, Precision
from domain.provenance import Entry, Source
from domain.record import Record, new_id
from scripts.benchmarks.figure import Figure, rates, seconds
from scripts.benchmarks.record import INSERT, as_rows, chunks, opened, raw, stored
from web.access_log import AccessLog
from web.wiring import Tracker

ROUNDS = 30
ONE_BY_ONE = 40


def single(folder: Path, places: Path) -> Figure:
    """A durable record through the casebook beside a raw commit of the same bytes."""
    tracker = opened(folder / "single", places)
    db = raw(folder / "single.raw")
    account = tracker.vault.accounts.id_of("operator")
    rounds = []
    for _ in range(ROUNDS):
        before = tracker.log.last()
        ours = seconds(partial(record_some, tracker, filled_in(account)))
        rows = as_rows([tracker.casebook.mapper.to_stored_event(told.event) for told in tracker.log.page(before, ONE_BY_ONE)])
        rounds.append((ONE_BY_ONE, ours, seconds(partial(_one_by_one, db, rows))))
    tracker.close()
    return rates("durable single record", rounds, 0.7, "records/s")


def record_some(tracker: Tracker, forms: list[tuple[Entry, UUID, When, Place]]) -> None:
    """Protests, one by one."""
    for entry, protest, when, place in forms:
        tracker.casebook.record_protest(entry, protest, when=when, place=place, form="rally")


def filled_in(account: UUID) -> list[tuple[Entry, UUID, When, Place]]:
    """Forms as they arrive: the ids were minted when they were shown."""
    at = datetime(2024, 9, 14, 12, tzinfo=UTC)
    place = Place(Precision.CITY, "RU", "RU.48", 524901, zone="Europe/Moscow")
    when = When(at, at, "Europe/Moscow")
    return [(Entry(account, Source("monitor"), new_id()), new_id(), when, place) for _ in range(ONE_BY_ONE)]


def reading(folder: Path, places: Path) -> Figure:
    """An act of the access log, as a page with somebody's name writes one, beside a raw commit of the same bytes."""
    tracker = opened(folder / "single", places)
    db = raw(folder / "reading.raw")
    log, account = tracker.access, tracker.vault.accounts.id_of("operator")
    rounds = []
    for _ in range(ROUNDS):
        before = log.log.last()
        people = [new_id() for _ in range(ONE_BY_ONE)]
        ours = seconds(partial(_read, log, account, people))
        rows = as_rows([tracker.casebook.mapper.to_stored_event(told.event) for told in log.log.page(before, ONE_BY_ONE)])
        rounds.append((ONE_BY_ONE, ours, seconds(partial(_one_by_one, db, rows))))
    tracker.close()
    return rates("durable reading in the access log", rounds, 0.7, "acts/s")


def _read(log: AccessLog, account: UUID, people: list[UUID]) -> None:
    for person in people:
        log.read(account, {person: {"name", "words", "source"}}, "lawyers.case_file")


def bulk(folder: Path, places: Path, events: int) -> Iterator[Figure]:
    """Fills the record that the other measurements read, and times it beside raw executemany: at the start and at the end."""
    tracker = opened(folder / "record", places)
    db = raw(folder / "bulk.raw")
    rounds: list[tuple[int, float, float]] = []
    for chunk in chunks(events, places):
        ours = seconds(partial(_append, tracker, chunk))
        rounds.append((len(chunk), ours, seconds(partial(_executemany, db, as_rows(stored(tracker, chunk))))))
    tracker.close()
    full = [turn for turn in rounds if turn[0] == max(count for count, _, _ in rounds)]
    edge = max(3, min(10, len(full) // 3))
    yield rates("bulk append", full, 0.4)
    empty, late = (median(count / mine for count, mine, _ in part) for part in (full[:edge], full[-edge:]))
    yield Figure(f"bulk append at {sum(count for count, _, _ in rounds):,} beside empty", late, empty, "events/s", 0.7)


def _append(tracker: Tracker, prepared: list[Record.Event]) -> None:
    tracker.casebook.recorder.insert_events(stored(tracker, prepared))


def _executemany(db: sqlite3.Connection, rows: list[tuple[str, int, str, bytes]]) -> None:
    db.execute("BEGIN")
    db.executemany(INSERT, rows)
    db.execute("COMMIT")


def _one_by_one(db: sqlite3.Connection, rows: list[tuple[str, int, str, bytes]]) -> None:
    for row in rows:
        db.execute(INSERT, row)
