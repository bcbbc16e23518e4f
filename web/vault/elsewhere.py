"""Copies of the vault that lie elsewhere: the backups that were made, and the list of forgotten people that goes with them.

A backup from before a forgetting still holds the forgotten person's key, for whoever has the recovery key of that hour. We can
not reach into it: we can name it, so that it is destroyed, and leave a list beside it, so that a restore forgets again. The list
holds random ids and nothing else.
"""

import json
import os
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, delete, func, select

from web.vault.errors import BackupRefused
from web.vault.key_file import erase, sync_folder
from web.vault.own_secrets import IMPORT_KEY
from web.vault.recipients import RECOVERY, Recipient, recipient_named
from web.vault.storage import Storage, put, sqlite_engines
from web.vault.tables import backups, forgotten, secrets, state

LIST = "forgotten.json"


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup: its file, when it was made, up to which position of the record, and which recovery key opens it."""

    file: Path
    made: datetime
    position: int
    recovery: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A vault as a backup must know it: how often its keys were renewed, and whose recovery key its people are wrapped for."""

    changes: int
    recovery: Recipient | None


class Copies:
    """The backups of this vault."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def standing(self) -> Standing:
        """As it is now."""
        with self._storage.writing() as db:  # both of one moment
            return Standing(db.execute(select(state.c.changes)).scalar_one(), recipient_named(db, RECOVERY))

    def note(self, file: Path, made: datetime, position: int, recovery: int) -> None:
        """Committed before the vault is copied: a forgetting in the middle of a backup must know of it."""
        with self._storage.writing() as db:
            epoch = db.execute(select(secrets.c.epoch).where(secrets.c.name == IMPORT_KEY)).scalar_one()
            put(db, backups, [(file.name, str(file.parent), made.isoformat(), position, epoch, recovery)], replace=True)

    def strike(self, file: Path) -> None:
        """It was not made after all."""
        with self._storage.writing() as db:
            db.execute(delete(backups).where(backups.c.name == file.name, backups.c.folder == str(file.parent)))

    def strike_destroyed(self) -> None:
        """Those whose folder is there, by the list in it, and whose file is not. An unplugged disk says nothing."""
        for backup in self.made():
            if (backup.file.parent / LIST).exists() and not backup.file.exists():
                self.strike(backup.file)

    def made(self) -> tuple[BackupMade, ...]:
        """Those that are not known to be destroyed, in the order they were made."""
        with self._storage.reading() as db:
            return backups_before(db, None)

    def still_holding(self, persons: Collection[UUID]) -> tuple[BackupMade, ...]:
        """Those not known to be destroyed that were made before these people were forgotten, and hold their keys."""
        with self._storage.reading() as db:
            since = forgotten_since(db, persons)
            return backups_before(db, since) if since is not None else ()


def standing_of(file: Path) -> Standing:
    """Of a copy of a vault's file."""
    storage = Storage(*sqlite_engines(file))
    try:
        return Copies(storage).standing()
    finally:
        storage.dispose()


def backups_before(db: Connection, epoch: int | None) -> tuple[BackupMade, ...]:
    """Those made under an older key of the server than that of `epoch`, or all; in the order they were made."""
    wanted = select(backups).order_by(backups.c.made)
    if epoch is not None:
        wanted = wanted.where(backups.c.epoch < epoch)
    return tuple(
        BackupMade(Path(row.folder) / row.name, datetime.fromisoformat(row.made).astimezone(UTC), row.position, row.recovery)
        for row in db.execute(wanted)
    )


def forgotten_since(db: Connection, persons: Collection[UUID]) -> int | None:
    """The epoch from which on no copy holds any of these people's keys; None where nobody was forgotten."""
    wanted = [person.bytes for person in persons]
    found: int | None = db.execute(select(func.max(forgotten.c.epoch)).where(forgotten.c.person.in_(wanted))).scalar()
    return found


def all_forgotten(db: Connection) -> set[UUID]:
    return {UUID(bytes=bytes(raw)) for (raw,) in db.execute(select(forgotten.c.person))}


def lengthen_lists(folders: Iterable[Path], persons: Collection[UUID]) -> tuple[Path, ...]:
    """Add these people to the list in each of the folders; those that cannot be reached now are returned.

    A folder without a list is one: where a disk is not plugged in there may be an empty folder.
    """
    unreached = []
    for folder in dict.fromkeys(folders):
        try:
            if (folder / LIST).exists():
                lengthen_list(folder, persons)
            else:
                unreached.append(folder)
        except (OSError, BackupRefused):
            unreached.append(folder)
    return tuple(unreached)


def lengthen_list(folder: Path, persons: Collection[UUID]) -> None:
    """The list in this folder names these people too. Raises OSError, and BackupRefused for a list that cannot be read."""
    known = read_list(folder) or set()
    if known.issuperset(persons) and (folder / LIST).exists():
        return
    fresh = folder / f"{LIST}.new"
    erase(fresh)
    content = json.dumps({"forgotten": sorted(person.hex for person in known.union(persons))}, indent=0)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(content + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / LIST)
    sync_folder(folder)


def read_list(folder: Path) -> set[UUID] | None:
    """None where there is no list. Raises BackupRefused `forgotten_list_damaged`: somebody's wish may be in what is lost."""
    path = folder / LIST
    with suppress(FileNotFoundError):
        try:
            return {UUID(hex=person) for person in json.loads(path.read_text(encoding="ascii"))["forgotten"]}
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BackupRefused("forgotten_list_damaged", path=str(path)) from None
    return None
