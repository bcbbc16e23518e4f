"""The vault: the only place that reads or seals personal text, and the only store that may forget.

The event log and the views carry `Sealed`; the key of each person lies here, wrapped for the server (key_file.py) and for the
recovery key, whose private half nobody keeps who runs a server (recipients.py). A route mints the key, which commits it, seals,
and only then records; a page opens what it shows to somebody allowed to read it. A power cut between the two leaves a key
without a text, never a text without a key.

With a key file under a passphrase the vault opens locked: pages work, personal text says so, forms refuse (keyring.py).
Forgetting renews every key (renewal.py). Also here: which entries imported rows became (identities.py), the names of accounts
(accounts.py), the format of backups and what a restore does to the keys (parcel.py, revival.py).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal, Self
from uuid import UUID

from sqlalchemy import Engine

from domain.privacy import Sealed
from web.vault import forgetting
from web.vault.accounts import BUILT_IN, DEMO, OPERATOR, Accounts, add_account
from web.vault.elsewhere import BackupMade, Copies, all_forgotten
from web.vault.errors import BackupRefused, KeyFileUnsafe, KeyFileUnusable, NoKey, SealBroken, VaultError, VaultLocked
from web.vault.files import opened_file, sealed_file
from web.vault.forgetting import Aftermath
from web.vault.identities import ImportIdentities, Made, Row, Trace
from web.vault.key_file import create_key_file, stretched
from web.vault.keyring import Keyring
from web.vault.own_secrets import (
    IMPORT_KEY,
    RECOVERY_KEY,
    DoorKeys,
    drop_secret,
    kept_secrets,
    make_door,
    put_secret,
    secret_named,
)
from web.vault.person_keys import PersonKeys, Unopened
from web.vault.recipients import RECOVERY, Recipient, give_key, recipient_named, wrap_for
from web.vault.recovery_key import in_groups
from web.vault.renewal import Renewal, Renewed
from web.vault.sealer import Sealer, opened
from web.vault.sealing import new_key
from web.vault.storage import Storage, create_sqlite_file, put, sqlite_engines
from web.vault.tables import STEPS, key_wraps

__all__ = [
    "FORGOTTEN",
    "Accounts",
    "Aftermath",
    "BackupMade",
    "BackupRefused",
    "ImportIdentities",
    "KeyFileUnsafe",
    "KeyFileUnusable",
    "Made",
    "NoKey",
    "Row",
    "SealBroken",
    "Sealer",
    "Trace",
    "Unopened",
    "Vault",
    "VaultError",
    "VaultLocked",
    "create_sqlite_file",
    "sqlite_engines",
]

FORGOTTEN: Literal[Unopened.FORGOTTEN] = Unopened.FORGOTTEN
DOOR_FILE = "door.key"


class Vault:
    """Open it once a process, after a fork; it may be used by all threads."""

    def __init__(self, reader: Engine, writer: Engine, key_file: Path) -> None:
        """Opens an existing vault; `reader` and `writer` come from `sqlite_engines`, or are the same PostgreSQL engine.

        Raises KeyFileUnsafe, KeyFileUnusable, and VaultError `vault_missing`, `vault_unsafe`, `vault_older`, `vault_newer`.
        """
        self._storage = self.storage = Storage(reader, writer)
        """Where accounts, credentials and sessions lie too (`web/access/`)."""
        self._key_file = key_file
        with self._storage.reading() as db:
            shape = self._storage.shape(db)
            if shape == 0:
                raise VaultError("vault_missing")
            if shape < len(STEPS):
                raise VaultError("vault_older", found=shape, known=len(STEPS))
            self._storage.refuse_newer(shape)
            door = DoorKeys.open(db, key_file.with_name(DOOR_FILE))
        self.form_key = door.form_key
        """Signs the pages' forms, so that one left open outlives a restart. There also while locked."""
        self.door_cipher = door.cipher
        """Seals what accounts sign in with (`sealing.shut`, `open_box`), never text about a person. There also while locked."""
        self.accounts = Accounts(self._storage)
        self.copies = Copies(self._storage)
        self._keyring = Keyring(key_file)
        self._keys = PersonKeys(self._storage, self._keyring)
        self._identities: ImportIdentities | None = None
        if not self.is_locked:
            self._take_up()

    @classmethod
    def create(cls, reader: Engine, writer: Engine, key_file: Path, passphrase: str | None = None) -> Self:
        """Make what is missing (tables, key files, built-in accounts), bring older tables up to date, and open.

        A new key file is put under `passphrase` where there is one. A vault whose key file is gone gets no new one: everything
        sealed would be lost behind it. Raises KeyFileUnusable.
        """
        with Storage(reader, writer).migrating() as (db, found):
            if found == 0 and not key_file.exists():
                create_key_file(key_file, under=stretched(passphrase) if passphrase is not None else None)
            keyring = Keyring(key_file)
            if keyring.is_locked and passphrase is not None:
                keyring.unlock(passphrase)
            if found == 0:
                put_secret(db, keyring.keys(), IMPORT_KEY, new_key())
                for name in (OPERATOR, DEMO):
                    add_account(db, name, BUILT_IN)
            make_door(db, key_file.with_name(DOOR_FILE), None if keyring.is_locked else keyring.keys())
        vault = cls(reader, writer, key_file)
        if vault.is_locked and passphrase is not None:
            vault.unlock(passphrase)
        return vault

    # Sealing and opening

    def mint(self, persons: Iterable[UUID]) -> Sealer:
        """Commit a key for each of these people who has none, in one transaction, and return what seals for them.

        Those who were forgotten get no new key; sealing for them raises NoKey. Raises VaultLocked.
        """
        return Sealer(self._keys.mint(persons))

    def seal(self, person: UUID, aggregate: UUID, field: str, text: str) -> Sealed:
        """One text about a person who has a key. Raises NoKey, VaultLocked. (Many texts: `mint` once, then its `seal`.)"""
        return Sealer(self._keys.find([person])).seal(person, aggregate, field, text)

    def open(self, sealed: Sealed) -> str | Unopened:
        """The text, or why it is withheld. Raises SealBroken for what is damaged, moved, or has lost its key."""
        found = self.open_many([sealed])[0]
        if found is Unopened.DAMAGED:
            raise SealBroken("seal_broken", person=sealed.person, aggregate=sealed.aggregate, field=sealed.field)
        return found

    def open_many(self, many: Iterable[Sealed]) -> list[str | Unopened]:
        """The texts of a page, in order. A damaged one is DAMAGED, not an exception: one line must not hide the other forty."""
        texts = list(many)
        try:
            return opened(self._keys.find(text.person for text in texts), texts)
        except VaultLocked:
            return [Unopened.LOCKED] * len(texts)

    def seal_file(self, person: UUID, record: UUID, size: int, content: Iterable[bytes]) -> Iterator[bytes]:
        """A file of so many bytes, sealed piece by piece for a person who has a key. Raises NoKey, VaultLocked."""
        return sealed_file(self._keys.find([person]).get(person), person, record, size, content)

    def open_file(self, person: UUID, record: UUID, size: int, file: BinaryIO) -> Iterator[bytes]:
        """The content again, piece by piece: the last one tells whether all of it was whole. Raises SealBroken, NoKey,
        VaultLocked."""
        return opened_file(self._keys.find([person]).get(person), person, record, size, file)

    def changes(self) -> int:
        """A number that grows whenever a key goes, here or in another process: what was opened before it may not be kept."""
        return self._keys.changes()

    def without_key(self, persons: Iterable[UUID]) -> set[UUID]:
        """Those of these people whose key does not open, or is not there. Raises VaultLocked."""
        wanted = list(persons)
        found = self._keys.find(wanted)
        return {person for person in wanted if found.get(person, Unopened.DAMAGED) is Unopened.DAMAGED}

    @property
    def identities(self) -> ImportIdentities:
        """Which entries imported rows became. Raises VaultLocked."""
        if self._identities is None:
            raise VaultLocked("vault_locked")
        return self._identities

    # The passphrase

    @property
    def is_locked(self) -> bool:
        """Whether the vault waits for its passphrase."""
        return self._keyring.is_locked

    @property
    def has_passphrase(self) -> bool:
        """Whether it will wait for one at its next start."""
        return self._keyring.has_passphrase

    def unlock(self, passphrase: str) -> None:
        """For this process. Raises VaultError `wrong_passphrase`, after the same work as the right one, or `no_passphrase`."""
        self._keyring.unlock(passphrase)
        try:
            self._take_up()
        except KeyFileUnusable:
            self._keyring.lock()
            raise

    def lock(self) -> None:
        """Let go of all keys in this process. Raises VaultError `no_passphrase` for a plain key file, which cannot be locked."""
        self._keyring.lock()
        self._identities = None
        self._keys.let_go()

    def put_under_passphrase(self, passphrase: str) -> None:
        """From now on the key file opens only with this passphrase, instead of another or of none. Raises VaultLocked.

        A copy of the plain file still opens this vault; `renew_keys` after it ends that.
        """
        with self._storage.writing():
            self._keyring.put_under(passphrase)

    # Renewing and forgetting

    def renew_keys(self) -> Renewed:
        """A new key for the server: copies of the old key file open nothing that is here from now on. Raises VaultLocked."""
        return Renewal(self._storage, self._keyring).renew(server=True)

    @property
    def has_recovery(self) -> bool:
        """Whether keys are wrapped for a recovery key too; without it the loss of the key file is the loss of every name."""
        return self.recovery() is not None

    def recovery(self) -> Recipient | None:
        """The recovery key's public half and number."""
        with self._storage.reading() as db:
            return recipient_named(db, RECOVERY)

    def renew_recovery(self) -> Renewed:
        """A new recovery key in the place of any other. It waits, sealed, until it is collected. Raises VaultLocked."""
        return Renewal(self._storage, self._keyring).renew(recovery=True)

    def uncollected_recovery_key(self) -> str | None:
        """The new recovery key in groups, until `recovery_key_collected()` has destroyed it here. Raises VaultLocked."""
        with self._storage.reading() as db:
            private = secret_named(db, self._keyring.keys(), RECOVERY_KEY)
        return in_groups(private) if private is not None else None

    @property
    def must_be_collected(self) -> bool:
        """Whether a new recovery key waits for somebody to note it. Known also while locked."""
        with self._storage.reading() as db:
            return RECOVERY_KEY in kept_secrets(db)

    def recovery_key_collected(self) -> None:
        """It was noted: nobody here can read it again."""
        with self._storage.writing() as db:
            drop_secret(db, RECOVERY_KEY)

    def give(self, recipient: str, public: bytes, persons: Iterable[UUID]) -> None:
        """Wrap these people's keys for one more recipient, such as `account:<uuid>`, whose private half is kept elsewhere."""
        with self._storage.writing() as db:
            known = recipient_named(db, recipient)
            to = known if known is not None and known.public == public else give_key(db, recipient, public)
            put(db, key_wraps, list(wrap_for(db, to, self._keys.bytes_of(db, persons))), replace=True)

    def forget(self, *persons: UUID, hand_out: bool = False) -> Aftermath:
        """Delete these people's keys, for every recipient, and renew the server's and the recovery key. Raises VaultLocked.

        From now on no process opens anything about them, and no new key is minted for them; nor does a copy of the vault's file
        taken before, with the key file of now. Such a copy still opens with a copy of the old key file or with the old recovery
        key: the Aftermath names the backups. Doing it again does no harm. With `hand_out` the caller shows the new recovery key
        and then calls `recovery_key_collected`; otherwise it waits, sealed, for `khronika recovery-key --collect`.
        """
        aftermath = forgetting.forget(self._storage, self._keyring, persons, hand_out=hand_out)
        self._keys.let_go()
        return aftermath

    def forgotten(self) -> set[UUID]:
        """Everybody who was forgotten."""
        with self._storage.reading() as db:
            return all_forgotten(db)

    def close(self) -> None:
        """Let go of the connections; keys in memory go with the object."""
        self._storage.dispose()

    def _take_up(self) -> None:
        """With the keys at hand: what else needs them, and what a kill left half done. Raises KeyFileUnusable."""
        try:
            with self._storage.reading() as db:
                secret = secret_named(db, self._keyring.keys(), IMPORT_KEY)
            if secret is None:
                raise SealBroken("seal_broken")
        except SealBroken:
            raise KeyFileUnusable("key_file_of_another_vault", path=str(self._key_file)) from None
        self._identities = ImportIdentities(self._storage, secret)
        Renewal(self._storage, self._keyring).finish()
