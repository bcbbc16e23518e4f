"""The server's key: a small file beside the stores that only the account running Khronika may read.

One line a key, `epoch` and 64 hexadecimal digits, below a heading. The highest epoch is the current one. Today there is one;
a rotation will need two for a moment. Whoever holds this file and the vault can read every name.
"""

import os
import re
import stat
from pathlib import Path

from web.vault.errors import KeyFileUnsafe, KeyFileUnusable
from web.vault.sealing import KEY_BYTES, Broken, Cipher

HEADING = "khronika server key 1"
FIRST_EPOCH = 1
_LINE = re.compile(rf"([1-9][0-9]{{0,8}}) ([0-9a-f]{{{2 * KEY_BYTES}}})")


class ServerKeys:
    """The server's keys by epoch, in memory as long as the process lives. Never printed, never pickled."""

    def __init__(self, keys: dict[int, bytes]) -> None:
        self._ciphers = {epoch: Cipher(key) for epoch, key in keys.items()}
        self.epoch = max(keys)

    def of(self, epoch: int) -> Cipher:
        """The key of one epoch. Raises Broken for an epoch that is not in the file."""
        if epoch not in self._ciphers:
            raise Broken
        return self._ciphers[epoch]


def create_key_file(path: Path) -> None:
    """A new random key in a new file of mode 0600, on the disk when this returns. Raises FileExistsError, never replaces one."""
    line = f"{HEADING}\n{FIRST_EPOCH} {os.urandom(KEY_BYTES).hex()}\n"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)  # or a power cut may take the name away, and every person's key with it
    finally:
        os.close(folder)


def read_key_file(path: Path) -> ServerKeys:
    """Raises KeyFileUnsafe before a byte is read, KeyFileUnusable when it is missing or not such a file."""
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
        heading, *lines = os.read(handle, 1 << 16).decode("ascii", "replace").splitlines() or [""]
    finally:
        os.close(handle)
    matches = [_LINE.fullmatch(line) for line in lines]
    keys = {int(match[1]): bytes.fromhex(match[2]) for match in matches if match}
    if heading != HEADING or not keys or len(keys) != len(lines):
        raise KeyFileUnusable("key_file_damaged", path=str(path))
    return ServerKeys(keys)
