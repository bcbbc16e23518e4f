"""Key files: small files beside the stores that only the account running Khronika may read.

The server's key, `server.key`: below a heading one line a key, `epoch` and 64 hexadecimal digits. The highest epoch is the
current one; there are two while keys are being renewed, and after a kill in the middle of that. Whoever holds this file and the
vault can read every name. Under a passphrase (locked start) the same lines are sealed by what argon2id makes of it; the salt
stands in the file, and the heading says how the passphrase is stretched.
"""

import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from argon2.low_level import Type, hash_secret_raw

from web.vault.errors import KeyFileUnsafe, KeyFileUnusable
from web.vault.sealing import KEY_BYTES, Broken, Cipher, context_of_file, new_key, open_box, shut

HEADING = "khronika server key 1"
SEALED_HEADING = "khronika server key 1 under a passphrase, argon2id t=4 m=65536 p=2"
FIRST_EPOCH = 1
SALT_BYTES = 16
ROUNDS, MEMORY_KIB, LANES = 4, 64 * 1024, 2
_LINE = re.compile(rf"([1-9][0-9]{{0,8}}) ([0-9a-f]{{{2 * KEY_BYTES}}})")
_SEALED = re.compile(rf"([0-9a-f]{{{2 * SALT_BYTES}}}) ((?:[0-9a-f]{{2}})+)")

Keys = dict[int, bytes]
"""The server's keys by epoch."""


@dataclass(frozen=True, slots=True)
class Stretched:
    """What argon2id made of a passphrase: opens the key file with this salt, and closes it again when keys are renewed."""

    salt: bytes
    cipher: Cipher = field(repr=False)


class ServerKeys:
    """The server's keys by epoch, in memory as long as the process lives or is unlocked. Never printed, never pickled."""

    def __init__(self, keys: Keys) -> None:
        self._ciphers = {epoch: Cipher(key) for epoch, key in keys.items()}
        self.epoch = max(keys)

    def of(self, epoch: int) -> Cipher:
        """The key of one epoch. Raises Broken for an epoch that is not in the file."""
        if epoch not in self._ciphers:
            raise Broken
        return self._ciphers[epoch]

    def knows(self, epoch: int) -> bool:
        """Whether the file held a key of this epoch when it was read."""
        return epoch in self._ciphers

    def __len__(self) -> int:
        return len(self._ciphers)


def stretched(passphrase: str, salt: bytes | None = None) -> Stretched:
    """Takes about a tenth of a second and 64 MiB, so that guessing does too.

    Compared as those that people sign in with: a phone writes the first letter large, and some put hyphens between the words.
    """
    spelt = " ".join(normalize("NFKC", passphrase).casefold().replace("-", " ").split()).encode()
    salt = salt or os.urandom(SALT_BYTES)
    return Stretched(salt, Cipher(hash_secret_raw(spelt, salt, ROUNDS, MEMORY_KIB, LANES, KEY_BYTES, Type.ID)))


def create_key_file(path: Path, epoch: int = FIRST_EPOCH, under: Stretched | None = None) -> None:
    """A new random key in a new file of mode 0600, on the disk when this returns. Raises FileExistsError, never replaces one."""
    place_file(path, written({epoch: new_key()}, under))


def written(keys: Keys, under: Stretched | None) -> str:
    """What the file says."""
    lines = "".join(f"{epoch} {key.hex()}\n" for epoch, key in sorted(keys.items()))
    if under is None:
        return f"{HEADING}\n{lines}"
    return f"{SEALED_HEADING}\n{under.salt.hex()} {shut(under.cipher, lines.encode(), context_of_file(under.salt)).hex()}\n"


def salt_of(path: Path) -> bytes | None:
    """The salt of a key file that is under a passphrase, None for a plain one. Raises as `read_keys` does."""
    heading, *lines = read_private(path)
    match = _SEALED.fullmatch(lines[0]) if heading == SEALED_HEADING and len(lines) == 1 else None
    return bytes.fromhex(match[1]) if match else None


def read_keys(path: Path, under: Stretched | None = None) -> Keys | None:
    """None for a file that is under a passphrase, when `under` is not of this file.

    Raises KeyFileUnsafe before a byte is read, KeyFileUnusable when it is missing or not such a file, and Broken when `under` was
    made from this file's salt and another passphrase.
    """
    heading, *lines = read_private(path)
    if heading == SEALED_HEADING and len(lines) == 1 and (match := _SEALED.fullmatch(lines[0])):
        salt, box = bytes.fromhex(match[1]), bytes.fromhex(match[2])
        if under is None or under.salt != salt:
            return None
        heading, lines = HEADING, open_box(under.cipher, box, context_of_file(salt)).decode("ascii", "replace").splitlines()
    matches = [_LINE.fullmatch(line) for line in lines]
    keys = {int(match[1]): bytes.fromhex(match[2]) for match in matches if match}
    if heading != HEADING or not keys or len(keys) != len(lines):
        raise KeyFileUnusable("key_file_damaged", path=str(path))
    return keys


def read_private(path: Path) -> list[str]:
    """The lines of a file that is ours alone; at least one, "" for an empty file. Raises KeyFileUnsafe, KeyFileUnusable."""
    while True:
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            raise KeyFileUnusable("key_file_missing", path=str(path)) from None
        except OSError:  # ELOOP for a symbolic link, EACCES for somebody else's file
            raise KeyFileUnsafe("key_file_unsafe", path=str(path)) from None
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
                raise KeyFileUnsafe("key_file_unsafe", path=str(path))
            content = os.read(handle, 1 << 16)
            # Replaced while it was read, and then overwritten with zeros: what was read may be neither old nor new.
            is_current = os.fstat(handle).st_nlink > 0
        finally:
            os.close(handle)
        if is_current:
            return content.decode("ascii", "replace").splitlines() or [""]


def place_file(path: Path, content: str, *, replace: bool = False) -> None:
    """The whole file or nothing of it, on the disk when this returns; what it replaces is overwritten.

    Raises FileExistsError where there is one, unless it is to be replaced. What a kill leaves is `<name>.new`, which the next
    call overwrites; that two calls do not meet is for the vault's write lock to prevent.
    """
    fresh = path.with_name(f"{path.name}.new")
    erase(fresh)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if not replace:
        try:
            os.link(fresh, path)
        finally:
            fresh.unlink()
        sync_folder(path.parent)
        return
    old = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.replace(fresh, path)  # noqa: PTH105 - beside the other calls of os
        sync_folder(path.parent)
        _overwrite(old)
    finally:
        os.close(old)


def erase(path: Path) -> None:
    """Overwritten, then removed: on a disk that writes in place nothing of it is left. Where there is none, nothing happens."""
    with suppress(FileNotFoundError):
        handle = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            _overwrite(handle)
        finally:
            os.close(handle)
        path.unlink()
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Or a power cut may take a new name away, and every person's key with it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _overwrite(handle: int) -> None:
    left, zeros = os.fstat(handle).st_size, bytes(1 << 20)
    while left > 0:
        left -= os.write(handle, zeros[:left])
    os.fsync(handle)
