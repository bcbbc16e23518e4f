"""Every vault test runs on SQLite and on PostgreSQL; those of the file itself make their own Home."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.vault.homes import Home
from web.vault import Vault


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    return Home(tmp_path, request.getfixturevalue("postgres_url") if request.param == "postgresql" else None)


@pytest.fixture
def vault(home: Home) -> Iterator[Vault]:
    with home.created() as vault:
        yield vault
