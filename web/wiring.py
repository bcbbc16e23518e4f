"""Puts the parts together: the only place that knows all of them."""

import logging
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateSchema

from domain.access import Acts
from domain.casebook import Casebook, Outcome
from projections import (
    assignments,
    case_files,
    consents,
    corrections,
    custody_board,
    deadlines,
    exhibits,
    forgettings,
    heatmap,
    held_back,
    nights,
    people,
    proceedings,
    protests,
    published_cells,
    readings,
    released_tables,
    reports,
    sources,
    stations,
    statistics,
    told_of_custody,
    unplaced,
)
from projections.projection import Projection
from projections.projector import Projector, describe
from projections.rebuilding import Progress, rebuild
from web.access.door import Door
from web.access_log import AccessLog
from web.connecting import connected
from web.exhibits.originals import Originals
from web.gazetteer import Gazetteer, open_gazetteer
from web.geocoding import GazetteerGeocoder, open_geocoder
from web.likeness.pairs import LikelyPairs
from web.places.added import AddedStations
from web.places.building import is_built
from web.search.index import NameIndex
from web.settings import PASSPHRASE, Settings
from web.store import EventLog
from web.vault import Vault, VaultError, create_sqlite_file, sqlite_engines

logger = logging.getLogger("khronika")

PROJECTIONS: tuple[Projection, ...] = tuple(
    view.projection
    for view in (
        case_files, people, protests, heatmap, nights, statistics, told_of_custody, assignments, consents, custody_board,
        deadlines, forgettings, stations, unplaced, exhibits, reports, sources, corrections, proceedings, published_cells,
        held_back, released_tables,
    )
)  # fmt: skip
ACCESS_PROJECTIONS: tuple[Projection, ...] = (readings.projection,)
"""What is folded from the access log. A view belongs to one log, so its name tells which log its position is of."""
Views = Connection
"""A connection that reads the views, for what asks for one and may not know SQLAlchemy."""

PATIENCE = 2.0
"""Seconds a request waits, at most, for the views to show what it has just recorded."""
BUSY_SECONDS = 30
_VIEW_PRAGMAS = (
    "auto_vacuum=INCREMENTAL",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "temp_store=MEMORY",
    "cache_size=-32000",
    "wal_autocheckpoint=10000",
)
"""Views may be lost and are rebuilt. A checkpoint waits for the disk: every 40 MB of changes, not within one save in thirty."""


@dataclass(frozen=True, slots=True)
class Tracker:
    """An open installation: what is recorded, what can be seen, and what may be forgotten."""

    settings: Settings
    casebook: Casebook
    log: EventLog
    projector: Projector
    reader: Engine
    vault: Vault
    door: Door
    gazetteer: Gazetteer
    geocoder: GazetteerGeocoder
    access: AccessLog
    originals: Originals
    readings: Projector
    """Keeps the views of the access log up; whoever shows one lets it follow first."""
    names: NameIndex = field(default_factory=NameIndex)
    """For the search by name, in memory alone; filled by the first search."""
    pairs: LikelyPairs = field(default_factory=LikelyPairs)
    """Files that are likely of one person, found with those names and gone with them."""

    @contextmanager
    def views(self) -> Iterator[Connection]:
        """A connection that reads the views, all as of one moment."""
        with self.reader.connect() as db:
            yield db

    def catch_up(self, outcome: Outcome) -> bool:
        """Fold until the views show what was recorded, so that people see what they have just done.

        A stopped projection is not waited for. False when the views could not be reached or took longer than PATIENCE (a wait
        for another process's write may add to that): the fact is recorded all the same.
        """
        deadline = time.monotonic() + PATIENCE
        try:
            while self.projector.follow() < outcome.position:
                if time.monotonic() > deadline:
                    return False
                time.sleep(0.005)
        except DBAPIError as failure:
            logger.error("the views could not be written: %s", type(failure).__name__)
            return False
        return True

    def bring_up_to_date(self, progress: Progress = lambda position: None) -> list[str]:
        """Build outdated views again, fold what is new. Returns the names of the views that were rebuilt."""
        return [*_bring_up_to_date(self.projector, progress), *_bring_up_to_date(self.readings)]

    def close(self) -> None:
        """Let go of every connection, and of the names in memory."""
        self.names.clear()
        self.casebook.close()
        self.access.close()
        self.projector.writer.dispose()
        self.reader.dispose()
        self.vault.close()


def open_tracker(settings: Settings, passphrase: str | None = None) -> Tracker:
    """Open the stores in the data folder, making those that are missing. Call it after a fork, once a process.

    `passphrase` opens the vault, and is what the key file of a new one is put under. Without it a vault that asks for one stays
    locked.

    Raises VaultError when events are there but the vault that holds their keys is not: a new one could open nothing. The same
    when the vault is there but the events are not: an empty record beside it would pass for the real one. And the same when the
    views know of acts and the access log is empty: nobody may take away unseen who read what.
    """
    home = settings.home
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    events = home / "events.sqlite"
    if (home / "vault.sqlite").exists() and not events.exists():
        raise VaultError("events_missing", path=str(events))
    for file in (events, home / "access.sqlite", home / "views.sqlite"):
        create_sqlite_file(file)  # before SQLite does, which would let everybody read it; its -wal and -shm take the same mode
    casebook = Casebook(_kept_in(events))
    access = AccessLog(Acts(_kept_in(home / "access.sqlite")))
    log = EventLog(casebook.recorder)  # type: ignore[arg-type]
    vault = _vault(settings, passphrase, is_new=log.last() == 0)
    reader, writer = view_engines(home / "views.sqlite")
    projector = Projector(writer, reader, log, PROJECTIONS)
    projector.create()
    folded_access = Projector(writer, reader, access.log, ACCESS_PROJECTIONS)
    folded_access.create()
    gazetteer = open_gazetteer(_with_gazetteer(settings.places or home), AddedStations(reader.connect))
    geocoder = open_geocoder(gazetteer, settings.geocoder)
    door = Door.of(vault)
    originals = Originals(home, vault)
    tracker = Tracker(
        settings, casebook, log, projector, reader, vault, door, gazetteer, geocoder, access, originals, folded_access
    )
    if access.log.last() == 0 and folded_access.standings()[readings.projection.name].position > 0:
        tracker.close()
        raise VaultError("access_log_missing", path=str(home / "access.sqlite"), views=str(home / "views.sqlite"))
    return tracker


def _kept_in(file: Path) -> dict[str, str]:
    """What an application is told so that it keeps its events in this file."""
    return {
        "PERSISTENCE_MODULE": "web.store:EventFactory",
        "SQLITE_DBNAME": str(file),
        "MAPPER_TOPIC": "web.mapper:PayloadMapper",
    }


def _bring_up_to_date(projector: Projector, progress: Progress = lambda position: None) -> list[str]:
    projector.create()
    outdated = projector.outdated()
    behind = projector.log.last() - projector.reached()
    if outdated or (projector.reached() == 0 and behind > 1000):
        try:
            rebuild(projector, outdated, progress)
        except Exception as failure:
            # The old views stay and are not followed; whoever looks at `khronika status` or a page is told.
            logger.error("views could not be built again: %s", describe(failure))
    projector.follow()
    return outdated


class GazetteerFailed(Exception):
    """The list of places could not be built in this folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder


def _with_gazetteer(folder: Path) -> Path:
    """Built in a process of its own, because the world's cities in memory would stay with the server for good.

    Raises GazetteerFailed.
    """
    if not is_built(folder):
        build = "import pathlib, sys; from web.places.building import build_gazetteer; build_gazetteer(pathlib.Path(sys.argv[1]))"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        command = [sys.executable, "-P", "-c", build, str(folder)]
        built = subprocess.run(command, env=environment, capture_output=True, check=False)
        if built.returncode != 0:
            raise GazetteerFailed(folder)
    return folder


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
        for pragma in _VIEW_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
        return connection

    return create_engine(URL.create("sqlite", database=str(path)), creator=lambda: connected(connect), hide_parameters=True)


def postgres_view_engines(url: str, schema: str = "views") -> tuple[Engine, Engine]:
    """Reader and writer of the views in the PostgreSQL at `url`; the schema is made where it is missing.

    Both read what is committed at each statement. Holding one moment for a whole page instead would show empty tables to a
    reader in whose middle a rebuilt view was swapped in.
    """
    address = make_url(url).set(drivername="postgresql+psycopg")

    def engine(options: str) -> Engine:
        options = f"-c search_path={schema} {options}"
        return create_engine(address, connect_args={"options": options}, isolation_level="READ COMMITTED", hide_parameters=True)

    # Made beforehand: SQLAlchemy asks for the default schema once, on the first connection.
    maker = create_engine(address, hide_parameters=True)
    with maker.begin() as db:
        db.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('views'))")
        db.execute(CreateSchema(schema, if_not_exists=True))
    maker.dispose()
    return engine("-c default_transaction_read_only=on"), engine("")


def _vault(settings: Settings, passphrase: str | None, *, is_new: bool) -> Vault:
    """A key file that should be under a passphrase and is not is refused: somebody believes that the keys are protected."""
    file, key_file = settings.home / "vault.sqlite", settings.home / "server.key"
    if settings.unlock == PASSPHRASE and passphrase is None and (is_new and not key_file.exists()):
        raise VaultError("passphrase_needed")
    if is_new or file.exists():
        create_sqlite_file(file)
        vault = Vault.create(*sqlite_engines(file), key_file, passphrase)
    else:
        vault = Vault(*sqlite_engines(file), key_file)
    if settings.unlock == PASSPHRASE and not vault.has_passphrase:
        vault.close()
        raise VaultError("passphrase_needed")
    return vault
