"""A key for each person, wrapped in the vault, unwrapped in memory for a while. Forgetting a person deletes it (renewal.py)."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import Enum
from threading import Lock
from uuid import UUID

from sqlalchemy import Connection, select

from web.vault.key_file import ServerKeys
from web.vault.keyring import Keyring
from web.vault.recipients import RECOVERY, Wrap, recipient_named, wrap_for
from web.vault.sealing import Broken, Cipher, context_of_wrap, new_key, open_box, shut
from web.vault.storage import Storage, of_people, put
from web.vault.tables import forgotten, key_wraps, state

SERVER = "server"
"""The recipient whose wraps are under the key file's keys. The others are in recipients.py."""

KEPT = 4096
"""People whose keys stay unwrapped in memory, about 2.7 kB each."""


_CHANGES = select(state.c.changes)
_WRAP = "person, recipient, epoch, wrapped"


class Unopened(Enum):
    """Why a sealed text cannot be shown. No text is ever equal to one of these."""

    FORGOTTEN = "forgotten"
    DAMAGED = "damaged"
    LOCKED = "locked"
    """The vault waits for its passphrase."""
    SEALED = "sealed"
    """The server was never given this person's key, or it was taken away; another recipient has it."""


class PersonKeys:
    """Finds, makes and deletes people's keys.

    What it finds is a Cipher, FORGOTTEN, SEALED, or DAMAGED for a wrap that does not open; who never had a key is not in the
    answer. The cache never outlives a forgetting: every call first reads the vault's `changes`, so a person forgotten by another
    process is forgotten here with the next call. With other changes the key file is read again, for it may have been renewed.
    Every method raises VaultLocked.
    """

    def __init__(self, storage: Storage, keyring: Keyring, kept: int = KEPT) -> None:
        self._storage = storage
        self._keyring = keyring
        self._kept = kept
        self._cache: OrderedDict[UUID, Cipher] = OrderedDict()
        self._changes = -1
        self._lock = Lock()

    def find(self, persons: Iterable[UUID]) -> dict[UUID, Cipher | Unopened]:
        """The keys of these people: one short statement, and two for every 500 who are not in memory."""
        with self._storage.reading() as db:
            return self._find(db, list(dict.fromkeys(persons)))[0]

    def changes(self) -> int:
        """The vault's `changes`."""
        with self._storage.reading() as db:
            found: int = db.execute(_CHANGES).scalar_one()
            return found

    def mint(self, persons: Iterable[UUID]) -> dict[UUID, Cipher | Unopened]:
        """The keys of these people, made for those who never had one, committed when this returns."""
        wanted = list(dict.fromkeys(persons))
        with self._storage.writing() as db:
            found, changes = self._find(db, wanted)
            keys = {person: new_key() for person in wanted if person not in found}
            if keys:
                server = self._keyring.keys()
                rows = [wrap_for_server(server, person, key) for person, key in keys.items()]
                recovery = recipient_named(db, RECOVERY)
                put(db, key_wraps, [*rows, *(wrap_for(db, recovery, keys) if recovery is not None else ())])
        minted = {person: Cipher(key) for person, key in keys.items()}
        self._remember(minted, changes)
        return {**found, **minted}

    def bytes_of(self, db: Connection, persons: Iterable[UUID]) -> dict[UUID, bytes]:
        """The keys themselves, to be wrapped for somebody else; without those that cannot be had."""
        server, found = self._keyring.read_again(), dict[UUID, bytes]()
        for raw, recipient, epoch, wrapped in of_people(db, _WRAP, key_wraps, [person.bytes for person in persons]):
            with suppress(Broken):
                if recipient == SERVER:
                    found[UUID(bytes=raw)] = unwrapped_by_server(server, UUID(bytes=raw), epoch, wrapped)
        return found

    def let_go(self) -> None:
        """Forget what was unwrapped."""
        with self._lock:
            self._cache.clear()

    def _find(self, db: Connection, wanted: list[UUID]) -> tuple[dict[UUID, Cipher | Unopened], int]:
        self._keyring.keys()  # or VaultLocked, whatever is still in memory
        # `changes` before the wraps: of a forgetting in between the old number is kept, and the next call starts afresh
        changes: int = db.execute(_CHANGES).scalar_one()
        found = self._remembered(wanted, changes)
        if len(found) < len(wanted):
            missing = [person for person in wanted if person not in found]
            unwrapped = self._unwrapped(db, missing)
            self._remember({person: cipher for person, cipher in unwrapped.items() if isinstance(cipher, Cipher)}, changes)
            found |= unwrapped
            keyless = [person.bytes for person in missing if person not in unwrapped]
            found |= {UUID(bytes=raw): Unopened.FORGOTTEN for (raw,) in of_people(db, "person", forgotten, keyless)}
        return found, changes

    def _unwrapped(self, db: Connection, persons: list[UUID]) -> dict[UUID, Cipher | Unopened]:
        found: dict[UUID, Cipher | Unopened] = {}
        # The keys before the wraps: wraps that were renewed in between are under a key that the file has by now
        server = self._keyring.keys()
        for raw, recipient, epoch, wrapped in of_people(db, _WRAP, key_wraps, [person.bytes for person in persons]):
            person = UUID(bytes=raw)
            if recipient != SERVER:
                found.setdefault(person, Unopened.SEALED)
                continue
            if epoch > server.epoch:
                server = self._keyring.read_again()
            try:
                found[person] = Cipher(unwrapped_by_server(server, person, epoch, wrapped))
            except Broken:
                found[person] = Unopened.DAMAGED
        return found

    def _remembered(self, wanted: list[UUID], changes: int) -> dict[UUID, Cipher | Unopened]:
        with self._lock:
            if changes != self._changes:
                self._cache.clear()
                self._keyring.read_again()
                self._changes = changes
            found: dict[UUID, Cipher | Unopened] = {person: self._cache[person] for person in wanted if person in self._cache}
            for person in found:
                self._cache.move_to_end(person)
        return found

    def _remember(self, ciphers: Mapping[UUID, Cipher], changes: int) -> None:
        with self._lock:
            # otherwise one of these may have been forgotten since it was read, or the vault was locked
            if changes == self._changes and not self._keyring.is_locked:
                self._cache.update(ciphers)
                while len(self._cache) > self._kept:
                    self._cache.popitem(last=False)


def wrap_for_server(server: ServerKeys, person: UUID, key: bytes) -> Wrap:
    """The row for a person, under the newest of the server's keys."""
    wrapped = shut(server.of(server.epoch), key, context_of_wrap(person, SERVER, server.epoch))
    return person.bytes, SERVER, server.epoch, wrapped, None


def unwrapped_by_server(server: ServerKeys, person: UUID, epoch: int, wrapped: bytes) -> bytes:
    """Raises Broken."""
    return open_box(server.of(epoch), bytes(wrapped), context_of_wrap(person, SERVER, epoch))
