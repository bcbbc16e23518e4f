"""The server's keys as this process holds them: read from the key file, or not held while the vault is locked.

Whoever renews keys holds the vault's write lock while it calls `add_epoch` and `drop_old`, so the file has one writer at a time.
"""

from pathlib import Path
from threading import RLock

from web.vault.errors import KeyFileUnusable, VaultError, VaultLocked
from web.vault.key_file import Keys, ServerKeys, Stretched, place_file, read_keys, salt_of, stretched, written
from web.vault.sealing import Broken, new_key


class Keyring:
    """May be used by all threads. While unlocked it keeps what the passphrase was stretched to, to write the file again."""

    def __init__(self, path: Path) -> None:
        """Raises KeyFileUnsafe, KeyFileUnusable. A file under a passphrase leaves it locked."""
        self._path = path
        self._under: Stretched | None = None
        self._keys: ServerKeys | None = None
        self._lock = RLock()
        self._read()

    @property
    def is_locked(self) -> bool:
        """Whether a passphrase is needed first."""
        return self._keys is None

    @property
    def has_passphrase(self) -> bool:
        """Whether the file is under a passphrase."""
        return salt_of(self._path) is not None

    def keys(self) -> ServerKeys:
        """What was read last. Raises VaultLocked."""
        found = self._keys
        if found is None:
            raise VaultLocked("vault_locked")
        return found

    def read_again(self) -> ServerKeys:
        """After another process renewed keys. Raises VaultLocked also when the passphrase is another one since."""
        with self._lock:
            if self._keys is not None:
                self._read()
            return self.keys()

    def unlock(self, passphrase: str) -> None:
        """Raises VaultError `wrong_passphrase`, after the same work as the right one; `no_passphrase` for a plain file."""
        salt = salt_of(self._path)
        if salt is None:
            raise VaultError("no_passphrase")
        under = stretched(passphrase, salt)
        with self._lock:
            try:
                keys = read_keys(self._path, under)
            except Broken:
                raise VaultError("wrong_passphrase") from None
            if keys is None:  # another passphrase was set in this very moment
                raise VaultError("wrong_passphrase")
            self._under, self._keys = under, ServerKeys(keys)

    def lock(self) -> None:
        """Let go of the keys. Raises VaultError `no_passphrase` where the next call would only read them again."""
        with self._lock:
            if not self.has_passphrase:
                raise VaultError("no_passphrase")
            self._under = self._keys = None

    def put_under(self, passphrase: str) -> None:
        """From now on the file opens with this passphrase. The caller holds the vault's write lock. Raises VaultLocked."""
        with self._lock:
            keys, under = self._held(), stretched(passphrase)
            place_file(self._path, written(keys, under), replace=True)
            self._under, self._keys = under, ServerKeys(keys)

    def add_epoch(self) -> ServerKeys:
        """A new key beside those there are; on the disk when this returns. Raises VaultLocked."""
        with self._lock:
            keys = self._held()
            return self._write(keys | {max(keys) + 1: new_key()})

    def drop_old(self) -> None:
        """Leave only the newest key. Raises VaultLocked."""
        with self._lock:
            keys = self._held()
            if len(keys) > 1:
                newest = max(keys)
                self._write({newest: keys[newest]})

    def _read(self) -> None:
        try:
            keys = read_keys(self._path, self._under)
        except Broken:  # the salt is the same, the box is not what we would have written
            raise KeyFileUnusable("key_file_damaged", path=str(self._path)) from None
        if keys is None:
            self._under = None
        self._keys = ServerKeys(keys) if keys is not None else None

    def _held(self) -> Keys:
        """The file as it is now: another process may have renewed keys since."""
        keys = read_keys(self._path, self._under) if self._keys is not None else None
        if keys is None:
            raise VaultLocked("vault_locked")
        return keys

    def _write(self, keys: Keys) -> ServerKeys:
        place_file(self._path, written(keys, self._under), replace=True)
        self._keys = ServerKeys(keys)
        return self._keys
