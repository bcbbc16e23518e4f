"""Puts the parts together: the only place that knows all of them."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from domain.casebook import Casebook, Outcome
from projections import case_files, heatmap, people, protests, statistics
from projections.projection import Projection
from projections.projector import Projector
from projections.rebuilding import Progress, rebuild
from web.settings import Settings
from web.store import EventLog
from web.vault import Vault, sqlite_engines

PROJECTIONS: tuple[Projection, ...] = (
    case_files.projection,
    people.projection,
    protests.projection,
    heatmap.projection,
    statistics.projection,
)
PATIENCE = 2.0
"""Seconds a request waits, at most, for the views to show what it has just recorded."""
BUSY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Tracker:
    """An open installation: what is recorded, what can be seen, and what may be forgotten."""

    settings: Settings
    casebook: Casebook
    log: EventLog
    projector: Projector
    reader: Engine
    vault: Vault

    @contextmanager
    def views(self) -> Iterator[Connection]:
        """A connection that reads the views, all as of one moment."""
        with self.reader.connect() as db:
            yield db

    def catch_up(self, outcome: Outcome) -> bool:
        """Fold until the views show what was recorded, so that people see what they have just done.

        False when that took longer than PATIENCE, or when a projection is stopped: the fact is recorded all the same.
        """
        deadline = time.monotonic() + PATIENCE
        while self.projector.follow() < outcome.position:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.005)
        return True

    def bring_up_to_date(self, progress: Progress = lambda position: None) -> list[str]:
        """Build outdated views again, fold what is new. Returns the names of the views that were rebuilt."""
        self.projector.create()
        outdated = self.projector.outdated()
        behind = self.log.last() - self.projector.reached()
        if outdated or (self.projector.reached() == 0 and behind > 1000):
            rebuild(self.projector, outdated, progress)
        self.projector.follow()
        return outdated

    def close(self) -> None:
        """Let go of every connection."""
        self.casebook.close()
        self.projector.writer.dispose()
        self.reader.dispose()
        self.vault.close()


def open_tracker(settings: Settings) -> Tracker:
    """Open the stores in the data folder, making those that are missing. Call it after a fork, once a process."""
    home = settings.home
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    vault_reader, vault_writer = sqlite_engines(home / "vault.sqlite")
    vault = _vault(home, vault_reader, vault_writer)
    casebook = Casebook(
        {
            "PERSISTENCE_MODULE": "web.store:EventFactory",
            "SQLITE_DBNAME": str(home / "events.sqlite"),
            "MAPPER_TOPIC": "web.mapper:PayloadMapper",
        }
    )
    log = EventLog(casebook.recorder)  # type: ignore[arg-type]
    reader, writer = view_engines(home / "views.sqlite")
    tracker = Tracker(settings, casebook, log, Projector(writer, reader, log, PROJECTIONS), reader, vault)
    tracker.projector.create()
    return tracker


def view_engines(path: Path) -> tuple[Engine, Engine]:
    """A reader that cannot write, and a writer that takes the lock when it begins.

    With a lock taken only at the first write, concurrent processes failed or lost acknowledged changes.
    """
    writer, reader = _engine(path), _engine(path)
    event.listen(writer, "begin", lambda db: db.exec_driver_sql("BEGIN IMMEDIATE"))
    event.listen(reader, "begin", lambda db: db.exec_driver_sql("BEGIN"))
    event.listen(reader, "connect", lambda connection, _: connection.execute("PRAGMA query_only=ON").close())
    return reader, writer


def _engine(path: Path) -> Engine:
    def connect() -> Any:
        connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "temp_store=MEMORY", "cache_size=-32000"):
            connection.execute(f"PRAGMA {pragma}").close()
        return connection

    return create_engine(URL.create("sqlite", database=str(path)), creator=connect, hide_parameters=True)


def _vault(home: Path, reader: Engine, writer: Engine) -> Vault:
    from web.vault import create_sqlite_file

    create_sqlite_file(home / "vault.sqlite")
    return Vault.create(reader, writer, home / "server.key")
