"""The PostgreSQL that other tests stand on: it is real, ready soon, each test's own, and gone afterwards."""

import time

import psycopg
import pytest

from tests.postgres import PostgresServer, running_postgres


def test_a_test_gets_an_empty_database_on_a_real_server(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        version = connection.execute("SELECT current_setting('server_version_num')::int").fetchone()
        tables = connection.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'").fetchone()
    assert version is not None
    assert version[0] >= 180_000
    assert tables == (0,)


def test_two_databases_know_nothing_of_each_other(postgres_server: PostgresServer) -> None:
    with postgres_server.fresh_database() as one, postgres_server.fresh_database() as other:
        with psycopg.connect(one) as connection:
            connection.execute("CREATE TABLE seen (position bigint)")
        with psycopg.connect(other) as connection:
            assert connection.execute("SELECT to_regclass('seen')").fetchone() == (None,)


def test_a_fresh_database_can_be_a_copy_of_a_prepared_one(postgres_server: PostgresServer) -> None:
    with postgres_server.fresh_database() as prepared:
        with psycopg.connect(prepared) as connection:
            connection.execute("CREATE TABLE seen AS SELECT 7 AS position")
        with postgres_server.fresh_database(template=prepared.rsplit("/", 1)[1]) as copy, psycopg.connect(copy) as connection:
            assert connection.execute("SELECT position FROM seen").fetchone() == (7,)


def test_a_database_is_dropped_even_while_somebody_is_connected(postgres_server: PostgresServer) -> None:
    with postgres_server.fresh_database() as url:
        left_open = psycopg.connect(url)
    try:
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(url)
    finally:
        left_open.close()


def test_cyrillic_is_compared_without_regard_to_case(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT lower('ЁЖИК')").fetchone() == ("ёжик",)


def test_a_durable_server_starts_soon_and_leaves_nothing_behind() -> None:
    started = time.monotonic()
    with running_postgres(durable=True) as server, psycopg.connect(server.url()) as connection:
        assert time.monotonic() - started < 15  # usually one; the margin is for a machine that does other things
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
    assert server.process.returncode is not None
    assert not server.data.parent.exists()


def test_the_server_ends_even_when_a_test_fails() -> None:
    with pytest.raises(ZeroDivisionError), running_postgres() as server:
        raise ZeroDivisionError
    assert server.process.poll() is not None
