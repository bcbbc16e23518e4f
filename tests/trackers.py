"""Open installations for tests: a casebook, its log and its views, on SQLite and on a real PostgreSQL.

`installation` runs a test on both. An `Address` can be handed to another process, which opens the same stores there. What is
recorded is real and goes through the Casebook; only what is sealed is not really encrypted, the vault has tests of its own.
"""

import multiprocessing
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection, Engine, select

from domain.casebook import Casebook, Outcome
from domain.moment import When
from domain.person import Person
from domain.place import Place, Precision
from domain.privacy import Sealed
from domain.provenance import Entry, Source
from domain.record import new_id
from projections.projection import Projection
from projections.projector import Projector
from tests.postgres import PostgresServer
from web import store_postgres
from web.settings import Settings
from web.store import EventLog
from web.wiring import PROJECTIONS, Tracker, open_tracker, postgres_view_engines, view_engines

ACCOUNT = UUID("0190f3a2-0000-7000-8000-0000000000c3")
COLLEAGUE = UUID("0190f3a2-0000-7000-8000-0000000000c4")
WISH: dict[str, Any] = {"asked_by": "person", "verified_by": "in_person", "because": "wish"}
MOSCOW_TIME = "Europe/Moscow"
MOSCOW, PETERSBURG, SMOLENSK = 524901, 498817, 491687
CELLS = {MOSCOW: "8911aa7ac97ffff", PETERSBURG: "89110661c9bffff", SMOLENSK: None}
REGIONS = {MOSCOW: "RU.48", PETERSBURG: "RU.66", SMOLENSK: "RU.69"}

Tables = dict[str, list[tuple[Any, ...]]]


def entry(kind: str = "witness", command: UUID | None = None, account: UUID = ACCOUNT) -> Entry:
    """Somebody enters something; each call is a command of its own."""
    return Entry(account, Source(kind), command or new_id())


def forget(casebook: Casebook, person: UUID, files: Sequence[UUID] = ()) -> Outcome:
    """By the rules: requested, approved by a colleague, the delay waived. No vault is asked."""
    casebook.request_forgetting(entry(), person, **WISH, waives_delay="yes", waived_by="person")
    asked = casebook.standing(Person, person).forgetting
    assert asked is not None
    casebook.approve_forgetting(entry(account=COLLEAGUE), person, request=asked.request)
    return casebook.forget(entry(), person, request=asked.request, files=files)


def day(month: int, number: int, year: int = 2022) -> When:
    """A day in Moscow."""
    return When.day(datetime(year, month, number, tzinfo=UTC).date(), MOSCOW_TIME)


def clock(number: int, hour: int, minute: int = 0, *, month: int = 3) -> When:
    """A moment in Moscow in 2022."""
    return When.at_clock(datetime(2022, month, number, hour, minute), MOSCOW_TIME)  # noqa: DTZ001 - a wall clock


def city(number: int = MOSCOW, cell: str | None = None) -> Place:
    """A city, or a spot in it."""
    precision = Precision.CITY if cell is None else Precision.STREET
    return Place(precision, "RU", REGIONS.get(number), number, cell=cell, zone=MOSCOW_TIME)


def station(code: str) -> Place:
    """A police station in Moscow."""
    return Place(Precision.STATION, "RU", REGIONS[MOSCOW], MOSCOW, code, zone=MOSCOW_TIME)


def sealed(record: UUID, text: str = "...", *, person: UUID | None = None, field: str = "words") -> Sealed:
    """Looks sealed for this record; nothing is encrypted."""
    return Sealed(person or record, record, field, text.encode())


@dataclass
class Installation:
    """One process's open stores. `views` are read through `reader` and folded by any number of projectors."""

    casebook: Casebook
    log: EventLog
    reader: Engine
    writer: Engine

    def projector(self, projections: Sequence[Projection] = PROJECTIONS) -> Projector:
        """A new one, as a new process would have it: nothing cached, tables made where there are none."""
        projector = Projector(self.writer, self.reader, self.log, projections)
        projector.create()
        return projector

    @contextmanager
    def views(self) -> Iterator[Connection]:
        """The views as they are now."""
        with self.reader.connect() as db:
            yield db

    def close(self) -> None:
        self.casebook.close()
        self.reader.dispose()
        self.writer.dispose()


@dataclass(frozen=True)
class Address:
    """Where an installation is: a folder, or with `url` a database of a PostgreSQL."""

    folder: Path
    url: str | None = None
    views: str = "views.sqlite"
    """Another file, for other views of the same log."""

    @property
    def events_file(self) -> Path:
        return self.folder / "events.sqlite"

    def environment(self) -> dict[str, str]:
        if self.url is not None:
            return {**store_postgres.environment(self.url), "POSTGRES_POOL_SIZE": "1"}
        return {
            "PERSISTENCE_MODULE": "web.store:EventFactory",
            "SQLITE_DBNAME": str(self.events_file),
            "MAPPER_TOPIC": "web.mapper:PayloadMapper",
        }

    def open(self, **more: str) -> "closing[Installation]":
        """Its stores, made where they are missing; `more` goes into the application's environment."""
        casebook = Casebook({**self.environment(), **more})
        if self.url is not None:
            reader, writer = postgres_view_engines(self.url, schema=self.views.removesuffix(".sqlite"))
        else:
            reader, writer = view_engines(self.folder / self.views)
        return closing(Installation(casebook, EventLog(casebook.recorder), reader, writer))  # type: ignore[arg-type]


def tables(db: Connection, projections: Sequence[Projection] = PROJECTIONS) -> Tables:
    """Everything the views hold, in an order of its own."""
    return {
        view.name: sorted((tuple(row) for row in db.execute(select(view.table))), key=repr)
        for projection in projections
        for view in projection.views
    }


@contextmanager
def another_process(task: Callable[..., None], *details: object) -> Iterator[tuple[Pipe, "multiprocessing.process.BaseProcess"]]:
    """Runs `task(pipe, *details)` in a new interpreter; the caller holds the other end of the pipe."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=task, args=(there, *details), daemon=True)
    process.start()
    there.close()
    try:
        yield here, process
    finally:
        process.join(60)
        if process.is_alive():
            process.kill()
            process.join()
        process.close()
        here.close()


@pytest.fixture(scope="session")
def shared_database(postgres_server: PostgresServer) -> Iterator[str]:
    """One database for the many tests that need an empty one: emptying it is ten times as fast as making another."""
    with postgres_server.fresh_database() as url:
        yield url


def emptied(url: str) -> str:
    """The same database without a schema of ours, and without anybody left over in it."""
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s",
                      [owner.info.backend_pid])  # fmt: skip
        ours = "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname NOT IN ('public', 'information_schema')"
        for (schema,) in owner.execute(ours).fetchall():
            owner.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(schema)))
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """An empty installation, once on each engine."""
    url = emptied(request.getfixturevalue("shared_database")) if request.param == "postgresql" else None
    return Address(tmp_path, url)


@pytest.fixture
def installation(address: Address) -> Iterator[Installation]:
    """An empty installation, open, once on each engine."""
    with address.open() as opened:
        yield opened


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that was opened once: the gazetteer in it takes seconds to build and is the same in every home."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    open_tracker(Settings(home=home)).close()
    return home


@pytest.fixture
def tracker(tmp_path: Path, prepared_home: Path) -> Iterator[Tracker]:
    """A whole installation as `serve` opens it, on SQLite, with its vault and gazetteer, and nothing recorded."""
    home = tmp_path / "home"
    shutil.copytree(prepared_home, home)
    with closing(open_tracker(Settings(home=home))) as opened:
        yield opened
