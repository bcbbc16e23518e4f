"""A recorded installation with a recovery key, and what is done to its backups."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from domain.privacy import Sealed
from domain.record import new_id
from tests.web.seeding import Seeded, Seeding, opened, seed
from web.backups import Backup, Restored, make_backup, restore
from web.settings import Settings
from web.vault.recovery_key import from_groups
from web.wiring import Tracker

NAME = "Primerov Gleb"


@dataclass
class Kept:
    """An open installation, the recovery key of the hour, the folder of its backups, and the folder of one to restore into."""

    tracker: Tracker
    seeded: Seeded
    private: bytes
    folder: Path
    other: Path

    @property
    def home(self) -> Path:
        return self.tracker.settings.home

    def backup(self) -> Backup:
        return make_backup(self.home, self.folder)

    def restore(self, source: Path | None = None, private: bytes | None = None, **asked: bool) -> Restored:
        settings = replace(self.tracker.settings, home=self.other)
        return restore(source or self.folder, settings, private or self.private, **asked)  # type: ignore[arg-type]

    def restored(self) -> Settings:
        return replace(self.tracker.settings, home=self.other)

    def recorded(self, name: str = NAME) -> Sealed:
        """Somebody more is detained; their sealed name."""
        person, _ = Seeding(self.tracker, "en").detained(name)
        return self.tracker.vault.seal(person, person, "name", name)

    def new_recovery_key(self) -> bytes:
        groups = self.tracker.vault.uncollected_recovery_key()
        assert groups is not None
        self.tracker.vault.recovery_key_collected()
        return from_groups(groups)


@pytest.fixture
def kept(tmp_path: Path, places: Path) -> Iterator[Kept]:
    with opened(tmp_path / "home", places) as tracker:
        tracker.vault.renew_recovery()
        kept = Kept(tracker, seed(tracker), b"", tmp_path / "backups", tmp_path / "other")
        kept.private = kept.new_recovery_key()
        yield kept


def files_under(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, also what is hidden."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def nobody() -> bytes:
    """Thirty-two bytes that are nobody's key."""
    return new_id().bytes * 2
