"""Fresh installations for tests that make many of them: one for each example that Hypothesis tries."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings

from tests.trackers import Address, Installation, Tables, tables

thoroughly = settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shortening a failing list takes minutes: add Phase.shrink when needed
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
"""Each example is a real installation with real commits."""


@contextmanager
def fresh() -> Iterator[Address]:
    """An empty installation on SQLite, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="khronika-", dir=_memory()) as folder:
        yield Address(Path(folder))


def _memory() -> Path | None:
    """In memory where there is such a folder: these examples are about what is written, not about how durably."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None


def folded(address: Address, name: str, limit: int = 10_000) -> Tables:
    """The views of this log under another name, folded from its beginning in pages of `limit`."""
    with replace(address, views=f"{name}.sqlite").open() as opened:
        opened.projector().follow(limit)
        return seen(opened)


def seen(installation: Installation) -> Tables:
    """Everything the views hold."""
    with installation.views() as db:
        return tables(db)
