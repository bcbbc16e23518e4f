"""The originals: each in a file of its own in the data folder, sealed for the person it is about, byte for byte as it came.

A file is whole on the disk before its exhibit is recorded, so a crash leaves a file that nobody knows, never an exhibit without
its file; those are swept away a day later, until when a form that was refused can still be sent again without the file. The name
says under whose key a file is, so forgetting somebody finds all of theirs without asking anybody.
"""

import fcntl
import hashlib
import logging
import os
import re
import secrets
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from uuid import UUID

from web.vault import NoKey, SealBroken, Vault, VaultLocked
from web.vault.files import size_within
from web.vault.key_file import sync_folder

logger = logging.getLogger("khronika.exhibits")

FOLDER = "exhibits"
NAME = re.compile(r"([0-9a-f]{32})-([0-9a-f]{32})-([0-9a-f]{16})")
KEPT_FOR_A_FORM = 24 * 60 * 60
"""Seconds for which the file of a form that was not recorded waits for it to be sent again."""
_PART = ".part-"


class Condition(Enum):
    """What became of an original. Only WHOLE may be shown."""

    WHOLE = "whole"
    MISSING = "missing"
    DAMAGED = "damaged"
    """It does not open, or it is not the file that was deposited."""
    LOCKED = "locked"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Original:
    """Which file it is. `owner` is whose key seals it: the person, or the exhibit itself."""

    owner: UUID
    exhibit: UUID
    sha256: str
    size: int

    @property
    def name(self) -> str:
        """Of its file. The hash in it keeps two forms sent under one id from taking each other's place."""
        return f"{self.owner.hex}-{self.exhibit.hex}-{self.sha256[:16]}"


class OriginalRefused(Exception):
    """An original that may not be shown, and why."""

    def __init__(self, condition: Condition) -> None:
        super().__init__(condition.value)
        self.condition = condition


class Originals:
    """May be used by all threads and by several processes at once."""

    def __init__(self, home: Path, vault: Vault) -> None:
        self.folder = home / FOLDER
        self._vault = vault
        self.folder.mkdir(mode=0o700, exist_ok=True)

    def path(self, original: Original) -> Path:
        """Where its file is."""
        return self.folder / original.name

    @contextmanager
    def depositing(self) -> Iterator[None]:
        """While a file is written and its exhibit recorded: nobody sweeps meanwhile."""
        with self._lock(fcntl.LOCK_SH):
            yield

    def keep(self, original: Original, content: Iterable[bytes]) -> None:
        """Seal it; on the disk when this returns. The owner has a key. The same file again changes nothing.

        To be called within `depositing`. Raises NoKey, VaultLocked, OSError; then nothing is left.
        """
        path = self.path(original)
        if path.exists():
            os.utime(path)
            return
        part = self.folder / f"{_PART}{secrets.token_hex(8)}"
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in self._vault.seal_file(original.owner, original.exhibit, original.size, content):
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            part.rename(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        sync_folder(self.folder)

    def waiting(self, owner: UUID, exhibit: UUID) -> Original | None:
        """The file that was sent with a form under this id, the last one; read whole, for nobody remembers its hash."""
        found = sorted(self.folder.glob(f"{owner.hex}-{exhibit.hex}-*"), key=lambda path: path.stat().st_mtime_ns)
        for path in reversed(found):
            size, digest = size_within(path.stat().st_size), hashlib.sha256()
            try:
                with path.open("rb") as file:
                    for chunk in self._vault.open_file(owner, exhibit, size, file):
                        digest.update(chunk)
            except (NoKey, SealBroken, VaultLocked, OSError):
                continue
            os.utime(path)
            return Original(owner, exhibit, digest.hexdigest(), size)
        return None

    def condition(self, original: Original) -> Condition:
        """Read to the end, and compared with what was recorded. What is not whole is told to the administrator's log too."""
        digest, size = hashlib.sha256(), 0
        try:
            for chunk in self._opened(original):
                digest.update(chunk)
                size += len(chunk)
        except OriginalRefused as refused:
            found = refused.condition
        else:
            is_it = (digest.hexdigest(), size) == (original.sha256, original.size)
            found = Condition.WHOLE if is_it else Condition.DAMAGED
        if found in (Condition.MISSING, Condition.DAMAGED):
            logger.error("exhibit-not-whole %s: its original is %s", original.exhibit, found.value)
        return found

    def read(self, original: Original) -> Iterator[bytes]:
        """The original, after it was read once and found to be what was deposited. Raises OriginalRefused, before anything."""
        found = self.condition(original)
        if found is not Condition.WHOLE:
            raise OriginalRefused(found)
        return self._opened(original)

    def has_any_of(self, owner: UUID) -> bool:
        """Whether a file of this person's is there."""
        return any(self.folder.glob(f"{owner.hex}-*"))

    def drop(self, owners: Collection[UUID]) -> int:
        """Remove the files of people who were forgotten; without their key they were closed already. Returns how many."""
        gone = {owner.hex for owner in owners}
        files = [path for path in self.folder.iterdir() if (name := NAME.fullmatch(path.name)) and name[1] in gone]
        for path in files:
            path.unlink(missing_ok=True)
        if files:
            sync_folder(self.folder)
        return len(files)

    def sweep(self, is_recorded: Callable[[UUID, str], bool]) -> int:
        """Remove what no exhibit on record is: parts that a kill left, files of forms that were never recorded, a day old.

        `is_recorded` is asked of an exhibit and the beginning of its hash. Where somebody is depositing at this moment nothing is
        swept; the next start does it.
        """
        swept = 0
        with self._lock(fcntl.LOCK_EX | fcntl.LOCK_NB) as is_alone:
            if not is_alone:
                return 0
            for path in self.folder.iterdir():
                if path.name.startswith(_PART) or self._is_stale(path, is_recorded):
                    path.unlink(missing_ok=True)
                    swept += 1
        return swept

    def _is_stale(self, path: Path, is_recorded: Callable[[UUID, str], bool]) -> bool:
        name = NAME.fullmatch(path.name)
        if name is None or time.time() - path.stat().st_mtime < KEPT_FOR_A_FORM:
            return False
        return not is_recorded(UUID(name[2]), name[3])

    def _opened(self, original: Original) -> Iterator[bytes]:
        try:
            with self.path(original).open("rb") as file:
                yield from self._vault.open_file(original.owner, original.exhibit, original.size, file)
        except OSError:
            is_gone = original.owner in self._vault.forgotten()
            raise OriginalRefused(Condition.FORGOTTEN if is_gone else Condition.MISSING) from None
        except VaultLocked:
            raise OriginalRefused(Condition.LOCKED) from None
        except NoKey as refused:
            is_gone = refused.code == "person_forgotten"
            raise OriginalRefused(Condition.FORGOTTEN if is_gone else Condition.DAMAGED) from None
        except SealBroken:
            raise OriginalRefused(Condition.DAMAGED) from None

    @contextmanager
    def _lock(self, how: int) -> Iterator[bool]:
        handle = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, how)
            yield True
        except BlockingIOError:
            yield False
        finally:
            os.close(handle)
