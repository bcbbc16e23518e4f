"""Fresh installations for tests that make many of them, on each engine."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.postgres import PostgresServer
from tests.trackers import Address

Fresh = Callable[[], AbstractContextManager[Address]]


@pytest.fixture(params=["sqlite", "postgresql"], scope="session")
def fresh(request: pytest.FixtureRequest) -> Fresh:
    """Makes an empty installation that is gone afterwards: one for each example that Hypothesis tries."""
    if request.param == "sqlite":
        return _fresh_on_sqlite
    server: PostgresServer = request.getfixturevalue("postgres_server")

    @contextmanager
    def on_postgres() -> Iterator[Address]:
        with server.fresh_database() as url:
            yield Address(Path("/nowhere"), url)

    return on_postgres


@contextmanager
def _fresh_on_sqlite() -> Iterator[Address]:
    with tempfile.TemporaryDirectory(prefix="khronika-", dir=_memory()) as folder:
        yield Address(Path(folder))


def _memory() -> Path | None:
    """In memory where there is such a folder: these examples are about what is written, not about how durably."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None
