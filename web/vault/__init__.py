"""The vault: the only place that reads or seals personal text, and the only store that may forget.

The event log and the views carry `Sealed`; the key of each person lies here, wrapped. A route mints the key, which commits it,
seals, and only then records; a page opens what it shows to somebody allowed to read it. A power cut between the two leaves a key
without a text, never a text without a key.

Also here: which entries imported rows became (identities.py) and the names of accounts (accounts.py).
First stone: the server is the one recipient of the keys. Rotation, recovery key, lawyers' own keys and locked start are to come.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, Self
from uuid import UUID

from sqlalchemy import Engine, insert, select
from sqlalchemy import Row as Kept

from domain.privacy import Sealed
from web.vault.accounts import BUILT_IN, DEMO, OPERATOR, Accounts, add_account
from web.vault.errors import KeyFileUnsafe, KeyFileUnusable, NoKey, SealBroken, VaultError
from web.vault.identities import ImportIdentities, Made, Row, Trace
from web.vault.key_file import ServerKeys, create_key_file, read_key_file
from web.vault.person_keys import PersonKeys, Unopened
from web.vault.sealing import KEY_BYTES, Broken, Cipher, close_text, context_of_secret, open_box, open_text, shut
from web.vault.storage import Storage, create_sqlite_file, sqlite_engines
from web.vault.tables import STEPS, secrets

__all__ = [
    "FORGOTTEN",
    "Accounts",
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
    "create_sqlite_file",
    "sqlite_engines",
]

FORGOTTEN: Literal[Unopened.FORGOTTEN] = Unopened.FORGOTTEN
IMPORT_KEY, FORM_KEY = "import identities", "forms"


class Sealer:
    """Seals for the people it was minted for, without asking the vault again. For one form or one page of an import: it does not
    notice a forgetting, and what it seals after one nobody can open."""

    def __init__(self, ciphers: Mapping[UUID, Cipher | Unopened]) -> None:
        self._ciphers = ciphers

    def seal(self, person: UUID, aggregate: UUID, field: str, text: str) -> Sealed:
        """Raises NoKey for a person it was not minted for, or who was forgotten."""
        cipher = self._ciphers.get(person)
        if not isinstance(cipher, Cipher):
            raise NoKey("person_forgotten" if cipher is FORGOTTEN else "no_key", person=person)
        return Sealed(person, aggregate, field, close_text(cipher, person, aggregate, field, text))


class Vault:
    """Open it once a process, after a fork; it may be used by all threads."""

    def __init__(self, reader: Engine, writer: Engine, key_file: Path) -> None:
        """Opens an existing vault; `reader` and `writer` come from `sqlite_engines`, or are the same PostgreSQL engine.

        Raises KeyFileUnsafe, KeyFileUnusable, and VaultError `vault_missing`, `vault_unsafe`, `vault_older`, `vault_newer`.
        """
        self._storage = Storage(reader, writer)
        with self._storage.reading() as db:
            shape = self._storage.shape(db)
            if shape == 0:
                raise VaultError("vault_missing")
            if shape < len(STEPS):
                raise VaultError("vault_older", found=shape, known=len(STEPS))
            self._storage.refuse_newer(shape)
            kept = {row.name: row for row in db.execute(select(secrets))}
        server = read_key_file(key_file)
        self._keys = PersonKeys(self._storage, server)
        self.identities = ImportIdentities(self._storage, _unwrapped(server, kept[IMPORT_KEY], key_file))
        self.form_key = _unwrapped(server, kept[FORM_KEY], key_file)
        """Signs the pages' forms, so that one left open outlives a restart."""
        self.accounts = Accounts(self._storage)

    @classmethod
    def create(cls, reader: Engine, writer: Engine, key_file: Path) -> Self:
        """Make what is missing (tables, key file, built-in accounts), bring older tables up to date, and open.

        A vault whose key file is gone gets no new one: everything sealed would be lost behind it. Raises KeyFileUnusable.
        """
        with Storage(reader, writer).migrating() as (db, found):
            if found == 0:
                if not key_file.exists():
                    create_key_file(key_file)
                server = read_key_file(key_file)
                for name in (IMPORT_KEY, FORM_KEY):
                    wrapped = shut(server.of(server.epoch), os.urandom(KEY_BYTES), context_of_secret(name, server.epoch))
                    db.execute(insert(secrets).values(name=name, epoch=server.epoch, wrapped=wrapped))
                for name in (OPERATOR, DEMO):
                    add_account(db, name, BUILT_IN)
        return cls(reader, writer, key_file)

    def mint(self, persons: Iterable[UUID]) -> Sealer:
        """Commit a key for each of these people who has none, in one transaction, and return what seals for them.

        Those who were forgotten get no new key; sealing for them raises NoKey.
        """
        return Sealer(self._keys.mint(persons))

    def seal(self, person: UUID, aggregate: UUID, field: str, text: str) -> Sealed:
        """One text about a person who has a key. Raises NoKey. (Many texts: `mint` once, then its `seal`.)"""
        return Sealer(self._keys.find([person])).seal(person, aggregate, field, text)

    def open(self, sealed: Sealed) -> str | Literal[Unopened.FORGOTTEN]:
        """The text, or FORGOTTEN. Raises SealBroken for what is damaged, moved, or has lost its key."""
        opened = self.open_many([sealed])[0]
        if opened is Unopened.DAMAGED:
            raise SealBroken("seal_broken", person=sealed.person, aggregate=sealed.aggregate, field=sealed.field)
        return opened

    def open_many(self, many: Iterable[Sealed]) -> list[str | Unopened]:
        """The texts of a page, in order. A damaged one is DAMAGED, not an exception: one line must not hide the other forty."""
        texts = list(many)
        ciphers = self._keys.find(text.person for text in texts)
        return [_opened(ciphers.get(text.person, Unopened.DAMAGED), text) for text in texts]

    def forget(self, person: UUID) -> None:
        """Delete this person's key: from now on no process opens anything about them, and no new key is minted for them.

        The first part of forgetting, not all of it. An older copy of the vault with the same server key still opens the texts,
        and PostgreSQL keeps the deleted wrap in dead rows and its own log for a while: both end only when the server's key is
        replaced, which comes with the rest (request, delay, rotation, backups, event). On SQLite the file is free of it at once.
        """
        self._keys.forget(person)

    def forgotten(self) -> set[UUID]:
        """Everybody whose key was deleted."""
        return self._keys.all_forgotten()

    def close(self) -> None:
        """Let go of the connections; keys in memory go with the object."""
        self._storage.dispose()


def _opened(cipher: Cipher | Unopened, sealed: Sealed) -> str | Unopened:
    if isinstance(cipher, Unopened):
        return cipher
    try:
        return open_text(cipher, sealed.person, sealed.aggregate, sealed.field, sealed.ciphertext)
    except Broken:
        return Unopened.DAMAGED


def _unwrapped(server: ServerKeys, kept: Kept[Any], key_file: Path) -> bytes:
    """A secret of the vault's own. That it does not open means that the key file belongs to another vault."""
    try:
        return open_box(server.of(kept.epoch), bytes(kept.wrapped), context_of_secret(kept.name, kept.epoch))
    except Broken:
        raise KeyFileUnusable("key_file_of_another_vault", path=str(key_file)) from None
