"""Making a backup while the server runs.

The events are copied first and the vault last: what was recorded in between has its key in the copy all the same, and a key
without a text does no harm. Each store is copied in one step, as it was at one moment.
"""

import errno
import fcntl
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from web.backups.contents import ACCESS, DOOR, EVENTS, VAULT, Manifest, parts_of, written
from web.exhibits.originals import FOLDER
from web.vault import Vault, sqlite_engines
from web.vault.elsewhere import Standing, lengthen_list, standing_of
from web.vault.errors import BackupRefused, VaultError
from web.vault.key_file import erase, sync_folder
from web.vault.parcel import Label, pack

COPIES = ".khronika-backup-"
"""Begins the name of the folder in which plain copies lie until they are packed."""
ATTEMPTS = 3
BUSY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made, and what to know about it."""

    file: Path
    position: int
    events: int
    size: int
    recovery: int
    must_be_collected: bool
    """The recovery key that opens it has not been noted by anybody yet."""


class _Renewed(Exception):
    """Keys were renewed while the backup was made: it may hold what was just forgotten."""


def make_backup(home: Path, folder: Path) -> Backup:
    """One file in `folder`, for the recovery key. Raises BackupRefused, VaultError; then nothing of it is left.

    What a kill leaves is a folder of mode 0700 with copies of the stores, personal text in them sealed and without the server's
    key; the next backup into the same folder overwrites and removes it.
    """
    if not (home / EVENTS).exists():
        raise VaultError("events_missing", path=str(home / EVENTS))
    folder = folder.resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(Vault(*sqlite_engines(home / VAULT), home / "server.key")) as vault, _alone_in(folder):
        if not vault.has_recovery:
            raise BackupRefused("no_recovery_key")
        for left in folder.glob(f"{COPIES}*"):
            erase_folder(left)
        vault.copies.strike_destroyed()
        lengthen_list(folder, vault.forgotten())
        for _ in range(ATTEMPTS):
            try:
                made = _attempt(home, folder, vault)
            except _Renewed:
                continue
            lengthen_list(folder, vault.forgotten())
            return made
        raise BackupRefused("keys_being_renewed")


def _attempt(home: Path, folder: Path, vault: Vault) -> Backup:
    copies = Path(tempfile.mkdtemp(prefix=COPIES, dir=folder))
    try:
        _copy(home / EVENTS, copies / EVENTS, folder)
        position, events = _reached(copies / EVENTS)
        made, file = _named(folder, position)
        before = vault.copies.standing()
        if before.recovery is None:
            raise BackupRefused("no_recovery_key")
        vault.copies.note(file, made, position, before.recovery.epoch)
        try:
            size = _packed(home, copies, Manifest(made, position, events, ()), before, file, vault.forgotten())
            if vault.copies.standing() != before:
                file.unlink()
                raise _Renewed
        except BaseException as failed:
            vault.copies.strike(file)
            if isinstance(failed, FileNotFoundError) and FOLDER in Path(str(failed.filename)).parts:
                raise _Renewed from None  # an exhibit of somebody who was forgotten at this moment
            raise
        sync_folder(folder)
        return Backup(file, position, events, size, before.recovery.epoch, vault.must_be_collected)
    finally:
        erase_folder(copies)


def _packed(home: Path, copies: Path, manifest: Manifest, before: Standing, file: Path, forgotten: Collection[UUID]) -> int:
    """The size of the file, which bears its name only when it is whole."""
    if (home / ACCESS).exists():
        _copy(home / ACCESS, copies / ACCESS, file.parent)
    shutil.copy(home / DOOR, copies / DOOR)
    _copy(home / VAULT, copies / VAULT, file.parent)
    if standing_of(copies / VAULT) != before or before.recovery is None:
        raise _Renewed
    manifest = Manifest(manifest.made, manifest.position, manifest.events, parts_of(copies, home, forgotten))
    label = Label(manifest.made, manifest.position, before.recovery.epoch, before.recovery.public)
    packed = copies / "packed"
    handle = os.open(packed, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as opened:
        pack(opened, label, written(manifest, copies, home))
        opened.flush()
        os.fsync(opened.fileno())
        size = opened.tell()
    packed.rename(file)
    return size


def _copy(source: Path, target: Path, folder: Path) -> None:
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    address = f"{source.resolve().as_uri()}?mode=rw"
    try:
        with (
            closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)) as read,
            closing(sqlite3.connect(target, isolation_level=None)) as write,
        ):
            read.backup(write)
            write.execute("PRAGMA journal_mode = DELETE").fetchone()  # one file, whatever the source keeps beside it
            if write.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise BackupRefused("store_damaged", store=source.name)
    except sqlite3.OperationalError as failed:
        if getattr(failed, "sqlite_errorname", "") == "SQLITE_FULL":  # the disk of the backups, not that of the stores
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder)) from None
        raise


def _reached(events: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(events)) as db:
        position, count = db.execute("SELECT coalesce(max(notification_id), 0), count(*) FROM stored_events").fetchone()
    return position, count


def _named(folder: Path, position: int) -> tuple[datetime, Path]:
    """By the hour to the second; of two in one second the later one waits."""
    while True:
        made = datetime.now(UTC).replace(microsecond=0)
        file = folder / f"khronika-{made:%Y%m%dT%H%M%SZ}-{position}.backup"
        if not file.exists():
            return made, file
        time.sleep(0.05)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise BackupRefused("backup_under_way", folder=str(folder)) from None
    finally:
        os.close(handle)


def erase_folder(folder: Path) -> None:
    """Every file in it is overwritten before it is removed."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        elif path.is_symlink():
            path.unlink()
        else:
            erase(path)
    folder.rmdir()
