"""Restoring a backup into an empty data folder: everything is made ready and verified beside the place where it is to stand.

The server's key was not in the backup: a new one is made, and everybody's key, opened with the recovery key, is wrapped for it.
Who was forgotten after the backup was made is forgotten again, by the list that lies beside it. The data folder is filled in the
end and by renaming alone; a program that opens it half filled, after a kill, refuses.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from projections.rebuilding import Progress
from web.backups.checking import Checked, check
from web.backups.contents import EVENTS, VAULT, Manifest, unpacked
from web.backups.making import erase_folder
from web.places.building import FILE_NAME, is_built
from web.settings import Settings
from web.vault.elsewhere import read_list
from web.vault.errors import BackupRefused
from web.vault.key_file import stretched, sync_folder
from web.vault.parcel import Parcel
from web.vault.revival import Revival, revive
from web.wiring import open_tracker

STAGE = ".restore"
"""The folder in the data folder in which everything is made ready."""
MOVING = "moving"
"""The file in it that lists what is being renamed, so that the next restore can take back what a kill left."""
LAST = "server.key"
"""Without it nothing opens, so it is moved last; the vault first, for without the events beside it nothing opens either."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What stands in the data folder now."""

    file: Path
    made: datetime
    position: int
    revival: Revival
    checked: Checked
    had_list: bool
    """Whether the list of forgotten people lay beside the backup."""

    @property
    def is_whole(self) -> bool:
        """Whether everything opens that should."""
        checked = self.checked
        return not (self.revival.unopened or checked.damaged or checked.keyless or checked.exhibits_not_whole)


def restore(
    source: Path,
    settings: Settings,
    private: bytes,
    *,
    passphrase: str | None = None,
    without_list: bool = False,
    progress: Progress = lambda position: None,
) -> Restored:
    """The newest backup of a folder, or the one that is given, into the data folder of the settings.

    `private` is the recovery key; `passphrase` is what the new key file is put under. Raises BackupRefused, VaultError; then the
    data folder is as empty as before.
    """
    file = newest(source)
    forgotten = read_list(file.parent)
    if forgotten is None and not without_list:
        raise BackupRefused("forgotten_list_missing", folder=str(file.parent))
    with _stage(settings.home) as stage:
        with file.open("rb") as opened:
            parcel = Parcel(opened, file)
            parcel.verify(private)
            manifest = unpacked(parcel.content(private), stage)
        forget = (forgotten or set()) | _forgotten_in(stage / EVENTS)
        under = stretched(passphrase) if passphrase is not None else None
        revival = revive(stage / VAULT, stage / LAST, private, forget, under)
        checked = _checked(settings, stage, passphrase, manifest, revival, progress)
        _move_in(stage, settings.home)
    return Restored(file, manifest.made, manifest.position, revival, checked, forgotten is not None)


def newest(source: Path) -> Path:
    """Raises BackupRefused `no_backup_here`."""
    if source.is_file():
        return source.resolve()
    found = list(source.resolve().glob("khronika-*.backup"))
    if not found:
        raise BackupRefused("no_backup_here", folder=str(source))
    return max(found, key=_age)


def _age(backup: Path) -> tuple[str, int, str]:
    """The moment in its name, then the position: two of one second are told apart by how far they go, as numbers."""
    moment, _, position = backup.stem.removeprefix("khronika-").rpartition("-")
    return moment, int(position) if position.isdecimal() else -1, backup.name


def _checked(
    settings: Settings, stage: Path, passphrase: str | None, manifest: Manifest, revival: Revival, progress: Progress
) -> Checked:
    """Opened as it will be opened, its views built, everything read once."""
    places = settings.places or (settings.home if is_built(settings.home) else None)
    with closing(open_tracker(replace(settings, home=stage, places=places), passphrase)) as tracker:
        tracker.bring_up_to_date(progress)
        tracker.originals.drop(revival.forgotten)
        return check(tracker, manifest, revival.forgotten)


def _forgotten_in(events: Path) -> set[UUID]:
    """Whom the record itself calls forgotten, the reports and the cases that name them; the vault may not have known it yet."""
    with closing(sqlite3.connect(events)) as db:
        rows = db.execute("SELECT originator_id FROM stored_events WHERE topic IN ('person.forgotten', 'source.forgotten')")
        people = {UUID(hex=person) for (person,) in rows}
        if not people:
            return people
        told = db.execute("SELECT originator_id, state FROM stored_events WHERE topic = 'report.person_recorded'")
        reports = {UUID(hex=report) for report, state in told if UUID(json.loads(state)["person"]) in people}
        named = db.execute(
            "SELECT originator_id, state FROM stored_events WHERE topic IN ('proceeding.opened', 'proceeding.defendant_joined')"
        )
        return people | reports | {UUID(hex=case) for case, state in named if _named_in(json.loads(state)) & people}


def _named_in(told: dict[str, Any]) -> set[UUID]:
    """The defendants that an entry of a case names."""
    return {UUID(person) for person in told.get("persons") or [told["person"]]}


@contextmanager
def _stage(home: Path) -> Iterator[Path]:
    """A folder in the data folder, which must be empty but for a list of places. Nothing is left of it, whatever happens."""
    is_new = not home.exists()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    stage = home / STAGE
    if stage.exists():
        _take_back(stage, home)
    if any(not path.name.startswith(FILE_NAME) for path in home.iterdir()):
        raise BackupRefused("home_not_empty", home=str(home))
    stage.mkdir(mode=0o700)
    try:
        yield stage
    except BaseException:
        _take_back(stage, home)
        if is_new and not any(home.iterdir()):
            home.rmdir()
        raise
    _take_back(stage, home, moved=True)


def _move_in(stage: Path, home: Path) -> None:
    names = sorted((path.name for path in stage.iterdir()), key=lambda name: (name == LAST, name != VAULT, name))
    with (stage / MOVING).open("w", encoding="utf-8") as file:
        file.write("\n".join(names))
        file.flush()
        os.fsync(file.fileno())
    sync_folder(stage)
    for name in names:
        (stage / name).rename(home / name)
        sync_folder(home)
    (stage / MOVING).unlink()


def _take_back(stage: Path, home: Path, *, moved: bool = False) -> None:
    """Remove the stage, and what was being moved out of it unless that was done to the end."""
    moving = stage / MOVING
    if moving.exists() and not moved:
        for name in moving.read_text(encoding="utf-8").splitlines():
            if (home / name).is_dir():
                erase_folder(home / name)
            else:
                (home / name).unlink(missing_ok=True)
    erase_folder(stage)
