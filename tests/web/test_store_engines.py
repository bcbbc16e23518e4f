"""What each engine promises of the event store by itself: SQLite its durability and keys, PostgreSQL its order of ids."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import psycopg
import pytest
from eventsourcing.persistence import ProgrammingError

from domain.casebook import Casebook
from domain.record import new_id
from tests.trackers import MOSCOW, Address, city, day, entry
from web.store import NotDurable


def _record(casebook: Casebook, protest: UUID | None = None) -> int:
    return casebook.record_protest(entry(), protest or new_id(), when=day(3, 2), place=city(MOSCOW)).position


def _run(address: Address, statement: str) -> list[tuple[Any, ...]]:
    """One statement past the store, as somebody with the file or the database would; `events` is the table's name."""
    if address.url is None:
        with closing(sqlite3.connect(address.events_file)) as db, db:
            return db.execute(statement.format(events="stored_events")).fetchall()
    with psycopg.connect(address.url) as postgres:
        cursor = postgres.execute(statement.format(events="events.khronika_events").encode())
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Address:
    return Address(tmp_path)


@pytest.fixture
def on_postgres(tmp_path: Path, postgres_url: str) -> Address:
    return Address(tmp_path, postgres_url)


def test_positions_survive_a_vacuum(on_sqlite: Address) -> None:
    with on_sqlite.open() as opened:
        for _ in range(5):
            _record(opened.casebook)
        # A hole, as no version of this program makes one: without a key of its own the table would be numbered anew.
        _run(on_sqlite, "DELETE FROM {events} WHERE notification_id IN (1, 3)")
        before = [(told.position, told.event.originator_id) for told in opened.log.page(0, 10)]
    with closing(sqlite3.connect(on_sqlite.events_file, isolation_level=None)) as db:
        db.execute("VACUUM")
    with on_sqlite.open() as opened:
        assert [(told.position, told.event.originator_id) for told in opened.log.page(0, 10)] == before
        assert _record(opened.casebook) == 6


def test_the_events_are_kept_in_wal_and_synchronous_full(on_sqlite: Address) -> None:
    with on_sqlite.open() as opened:
        datastore = cast(Any, opened.casebook.recorder).datastore
        for commit in (False, True):
            with datastore.get_connection(commit=commit) as connection:
                cursor = connection.cursor()
                cursor.execute("PRAGMA journal_mode")
                assert cursor.fetchone()[0] == "wal"
                cursor.execute("PRAGMA synchronous")
                assert cursor.fetchone()[0] == 2


def test_every_further_connection_makes_the_same_promise(on_sqlite: Address) -> None:
    with on_sqlite.open() as opened:
        datastore = cast(Any, opened.casebook.recorder).datastore

        def synchronous(_: int) -> int:
            with datastore.get_connection(commit=False) as connection:
                barrier.wait(10)
                cursor = connection.cursor()
                cursor.execute("PRAGMA synchronous")
                found: int = cursor.fetchone()[0]
                return found

        barrier = threading.Barrier(4)
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(synchronous, range(4))) == [2, 2, 2, 2]


@contextmanager
def _deaf_to(pragma: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """SQLite itself, with a lesser default, and told to pass over one setting in silence: what an odd build would do."""
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def authorize(action: int, name: str | None, value: str | None, *_: object) -> int:
        deaf = action == sqlite3.SQLITE_PRAGMA and name == pragma and value
        return sqlite3.SQLITE_IGNORE if deaf else sqlite3.SQLITE_OK

    def connected(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.set_authorizer(authorize)
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", connected)
        yield


@pytest.mark.parametrize(("pragma", "told"), [("synchronous", "synchronous=1"), ("journal_mode", "journal_mode=delete")])
def test_a_database_that_will_not_promise_to_keep_events_is_refused(
    pragma: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _deaf_to(pragma, monkeypatch), pytest.raises(NotDurable, match=told), Address(tmp_path).open():
        pass
    with _deaf_to("nothing", monkeypatch), Address(tmp_path).open():
        pass


def test_a_file_system_that_cannot_do_wal_is_refused(tmp_path: Path) -> None:
    address = Address(tmp_path)
    without_shared_memory = f"file:{address.events_file}?vfs=unix-dotfile"
    with pytest.raises(NotDurable, match="journal_mode=delete"), address.open(SQLITE_DBNAME=without_shared_memory):
        pass


def test_workers_may_open_without_making_tables(on_postgres: Address) -> None:
    with on_postgres.open(CREATE_TABLE="no") as worker:
        with pytest.raises(ProgrammingError):
            _record(worker.casebook)
        with on_postgres.open():
            pass
        assert _record(worker.casebook) == 1


def test_the_schema_holds_one_table_and_nothing_of_the_librarys(on_postgres: Address) -> None:
    with on_postgres.open():
        pass
    assert _run(
        on_postgres, "SELECT relname::text FROM pg_class WHERE relnamespace = 'events'::regnamespace AND relkind = 'r'"
    ) == [("khronika_events",)]
    assert _run(on_postgres, "SELECT count(*) FROM pg_type WHERE typname LIKE 'stored_event%'") == [(0,)]


def test_a_save_goes_to_the_disk_even_where_the_server_need_not_wait(on_postgres: Address) -> None:
    with on_postgres.open() as opened:
        connection_pool = cast(Any, opened.casebook.recorder).datastore
        with connection_pool.transaction(commit=True) as cursor:
            cursor.execute("SET LOCAL synchronous_commit = 'off'")
            cursor.execute("SELECT events.insert_khronika_events('{}'::uuid[], '{}'::int[], '{}'::text[], '{}'::bytea[])")
            assert cursor.execute("SELECT current_setting('synchronous_commit') AS found").fetchone() == {"found": "on"}
        with connection_pool.transaction(commit=True) as cursor:
            cursor.execute("SET LOCAL synchronous_commit = 'remote_apply'")
            cursor.execute("SELECT events.insert_khronika_events('{}'::uuid[], '{}'::int[], '{}'::text[], '{}'::bytea[])")
            assert cursor.execute("SELECT current_setting('synchronous_commit') AS found").fetchone() == {"found": "remote_apply"}


def test_an_insert_waits_for_another_that_is_not_committed_yet(on_postgres: Address) -> None:
    """The control of `misses nothing`: had the second not waited, its id could be seen before the first one's."""
    assert on_postgres.url is not None
    with on_postgres.open() as opened, psycopg.connect(on_postgres.url) as slow:
        slow.execute(
            "SELECT events.insert_khronika_events(%s::uuid[], '{1}', '{protest.ended}', %s::bytea[])", ([new_id()], [b"{}"])
        )
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(_record, opened.casebook)
            with psycopg.connect(on_postgres.url, autocommit=True) as look:
                while not look.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").fetchone():
                    assert not waiting.done()
            assert opened.log.last() == 0
            slow.commit()
            assert waiting.result(30) == 2
        assert [row.id for row in opened.casebook.recorder.select_notifications(None, 10)] == [1, 2]


def test_an_index_build_does_not_stop_the_saves(on_postgres: Address) -> None:
    assert on_postgres.url is not None
    with on_postgres.open() as opened, psycopg.connect(on_postgres.url) as keeper:
        keeper.execute("LOCK TABLE events.khronika_events IN SHARE UPDATE EXCLUSIVE MODE")  # what ANALYZE and VACUUM take
        assert _record(opened.casebook) == 1


def test_all_words_of_the_address_reach_the_server(on_postgres: Address) -> None:
    address = Address(on_postgres.folder, f"{on_postgres.url}?application_name=khronika-drill&sslmode=disable")
    with address.open() as opened, cast(Any, opened.casebook.recorder).datastore.cursor() as cursor:
        assert cursor.execute("SELECT current_setting('application_name') AS name").fetchone() == {"name": "khronika-drill"}
