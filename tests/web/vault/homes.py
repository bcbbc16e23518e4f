"""A vault for tests, on either engine, and what other processes do to it."""

import multiprocessing
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import Engine, create_engine

from domain.privacy import Sealed
from domain.record import new_id
from web.vault import Vault, create_sqlite_file, sqlite_engines
from web.vault.renewal import Renewal
from web.vault.tables import metadata


@dataclass(frozen=True)
class Home:
    """A folder with a key file, and a vault in it or in the PostgreSQL at `url`. Can be handed to another process."""

    folder: Path
    url: str | None = None

    @property
    def key_file(self) -> Path:
        return self.folder / "server.key"

    @property
    def file(self) -> Path:
        return self.folder / "vault.sqlite"

    def engines(self) -> tuple[Engine, Engine]:
        if self.url is None:
            return sqlite_engines(self.file)
        engine = create_engine(self.url, hide_parameters=True)
        return engine, engine

    @contextmanager
    def created(self, passphrase: str | None = None) -> Iterator[Vault]:
        if self.url is None:
            create_sqlite_file(self.file)
        with self._kept_open(partial(Vault.create, passphrase=passphrase)) as vault:
            yield vault

    @contextmanager
    def opened(self) -> Iterator[Vault]:
        with self._kept_open(Vault) as vault:
            yield vault

    @contextmanager
    def _kept_open(self, start: Callable[[Engine, Engine, Path], Vault]) -> Iterator[Vault]:
        reader, writer = self.engines()
        try:
            yield start(reader, writer, self.key_file)
        finally:
            reader.dispose()
            writer.dispose()

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        """One statement past the vault, as somebody with the file or the database would."""
        if self.url is None:
            with closing(sqlite3.connect(self.file)) as db, db:
                return db.execute(statement).fetchall()
        with psycopg.connect(self.url, options="-c search_path=vault") as postgres:
            cursor = postgres.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def literal(self, value: bytes) -> str:
        """Bytes as this engine wants them in a statement."""
        return f"X'{value.hex()}'" if self.url is None else f"'\\x{value.hex()}'"

    def everything(self) -> bytes:
        """All bytes of all files of the folder, and on PostgreSQL all rows as well."""
        files = b"".join(path.read_bytes() for path in self.folder.rglob("*") if path.is_file())
        if self.url is None:
            return files
        rows = (row for table in metadata.tables for row in self.run(f"SELECT * FROM {table}"))
        return files + b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode() for row in rows for cell in row)


DETENTION = new_id()


def seal_for_new(vault: Vault, text: str = "Иванов Пётр") -> Sealed:
    """A text about somebody who got a key just now."""
    person = new_id()
    return vault.mint([person]).seal(person, DETENTION, "name", text)


@contextmanager
def another_process(
    task: Callable[..., None], *details: object
) -> Iterator[tuple[Connection, "multiprocessing.process.BaseProcess"]]:
    """Runs `task(pipe, *details)` in a new interpreter; the caller holds the other end of the pipe."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=task, args=(there, *details), daemon=True)
    process.start()
    there.close()
    try:
        yield here, process
    finally:
        process.join(30)
        if process.is_alive():
            process.kill()
            process.join()
        process.close()
        here.close()


def create_and_tell(pipe: Connection, home: Home) -> None:
    pipe.recv()
    with home.created() as vault:
        pipe.send(vault.accounts.names())


def mint_and_seal(pipe: Connection, home: Home, persons: list[UUID], aggregate: UUID) -> None:
    with home.opened() as vault:
        pipe.send("ready")
        pipe.recv()
        sealer = vault.mint(persons)
        pipe.send([sealer.seal(person, aggregate, "name", str(person)) for person in persons])


def forget(pipe: Connection, home: Home, person: UUID) -> None:
    with home.opened() as vault:
        vault.forget(person)
    pipe.send("forgotten")


def renew_and_stop(pipe: Connection, home: Home, stop_after: str, forgotten: list[UUID]) -> None:
    """Killed, as by a power cut, after this step of a renewal."""

    def step(name: str) -> None:
        if name == stop_after:
            os._exit(9)

    with home.opened() as vault:
        renewal = Renewal(vault._storage, vault._keyring, step)
        renewal.renew(server=True, recovery=vault.has_recovery, forget=forgotten)


def renew_again_and_again(pipe: Connection, home: Home, times: int) -> None:
    with home.opened() as vault:
        pipe.send("ready")
        for _ in range(times):
            vault.renew_keys()
    pipe.send("done")


def mint_until_killed(pipe: Connection, home: Home) -> None:
    with home.opened() as vault:
        while True:
            person = new_id()
            sealed: Sealed = vault.mint([person]).seal(person, person, "name", "Анна")
            pipe.send(sealed)
