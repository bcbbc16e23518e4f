"""An installation in which somebody is on record, and what is needed to deposit something about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from domain.record import new_id
from tests.web.seeding import Seeding, opened
from web.vault.accounts import OPERATOR
from web.wiring import Tracker


@dataclass
class Known:
    """Somebody detained, with a file."""

    tracker: Tracker
    person: UUID
    detention: UUID

    @property
    def account(self) -> UUID:
        return self.tracker.vault.accounts.id_of(OPERATOR)

    def files(self) -> list[Path]:
        """What lies in the folder of exhibits, but for the lock."""
        return sorted(path for path in self.tracker.originals.folder.iterdir() if path.name != ".lock")


@pytest.fixture
def known(tmp_path: Path, places: Path) -> Iterator[Known]:
    with opened(tmp_path / "home", places) as tracker:
        person, detention = Seeding(tracker, "en").detained("Primerov Gleb")
        tracker.vault.mint([person, new_id()])
        tracker.bring_up_to_date()
        yield Known(tracker, person, detention)
