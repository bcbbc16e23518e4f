"""A key for each person, wrapped in the vault, unwrapped in memory for a while; forgetting a person deletes it."""

import os
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from enum import Enum
from threading import Lock
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from web.vault.key_file import ServerKeys
from web.vault.sealing import KEY_BYTES, Broken, Cipher, context_of_wrap, open_box, shut
from web.vault.storage import Storage, portions
from web.vault.tables import forgotten, key_wraps, state

SERVER = "server"
"""The one recipient of today. A recovery key and a lawyer's own key will be others."""

KEPT = 4096
"""People whose keys stay unwrapped in memory, about 2.7 kB each."""


_CHANGES = select(state.c.changes)
_WRAPS = select(key_wraps.c.person, key_wraps.c.epoch, key_wraps.c.wrapped).where(key_wraps.c.recipient == SERVER)


class Unopened(Enum):
    """Why a sealed text cannot be shown. No text is ever equal to one of these."""

    FORGOTTEN = "forgotten"
    DAMAGED = "damaged"


class PersonKeys:
    """Finds, makes and deletes people's keys.

    What it finds is a Cipher, FORGOTTEN, or DAMAGED for a wrap that does not open; who never had a key is not in the answer.
    The cache never outlives a forgetting: every call first reads the vault's `changes`, so a person forgotten by another process
    is forgotten here with the next call.
    """

    def __init__(self, storage: Storage, server: ServerKeys, kept: int = KEPT) -> None:
        self._storage = storage
        self._server = server
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

    def forgotten(self) -> set[UUID]:
        """Everybody whose key was deleted on purpose."""
        with self._storage.reading() as db:
            return {UUID(bytes=raw) for (raw,) in db.execute(select(forgotten.c.person))}

    def mint(self, persons: Iterable[UUID]) -> dict[UUID, Cipher | Unopened]:
        """The keys of these people, made for those who never had one, committed when this returns."""
        wanted = list(dict.fromkeys(persons))
        with self._storage.writing() as db:
            found, changes = self._find(db, wanted)
            keys = {person: os.urandom(KEY_BYTES) for person in wanted if person not in found}
            if keys:
                db.execute(insert(key_wraps), [self._wrap(person, key) for person, key in keys.items()])
        minted = {person: Cipher(key) for person, key in keys.items()}
        self._remember(minted, changes)
        return {**found, **minted}

    def forget(self, person: UUID) -> None:
        """Delete every wrap of this person's key and remember that it was deleted; again, or without a key, does no harm."""
        with self._storage.writing() as db:
            db.execute(delete(key_wraps).where(key_wraps.c.person == person.bytes))
            if db.execute(select(forgotten).where(forgotten.c.person == person.bytes)).first() is None:
                db.execute(insert(forgotten).values(person=person.bytes))
            db.execute(update(state).values(changes=state.c.changes + 1))
        with self._lock:
            self._cache.clear()

    def all_forgotten(self) -> set[UUID]:
        """Everybody whose key was deleted."""
        with self._storage.reading() as db:
            return {UUID(bytes=bytes(person)) for person in db.scalars(select(forgotten.c.person))}

    def _find(self, db: Connection, wanted: list[UUID]) -> tuple[dict[UUID, Cipher | Unopened], int]:
        # `changes` before the wraps: of a forgetting in between the old number is kept, and the next call starts afresh
        changes: int = db.execute(_CHANGES).scalar_one()
        found = self._remembered(wanted, changes)
        if len(found) < len(wanted):
            missing = [person for person in wanted if person not in found]
            unwrapped = self._unwrapped(db, missing)
            self._remember({person: cipher for person, cipher in unwrapped.items() if isinstance(cipher, Cipher)}, changes)
            found |= unwrapped
            found |= self._forgotten(db, [person for person in missing if person not in unwrapped])
        return found, changes

    def _unwrapped(self, db: Connection, persons: list[UUID]) -> dict[UUID, Cipher | Unopened]:
        found: dict[UUID, Cipher | Unopened] = {}
        for some in portions([person.bytes for person in persons]):
            for raw, epoch, wrapped in db.execute(_WRAPS.where(key_wraps.c.person.in_(some))):
                person = UUID(bytes=raw)
                try:
                    key = open_box(self._server.of(epoch), wrapped, context_of_wrap(person, SERVER, epoch))
                except Broken:
                    found[person] = Unopened.DAMAGED
                else:
                    found[person] = Cipher(key)
        return found

    def _forgotten(self, db: Connection, persons: list[UUID]) -> dict[UUID, Cipher | Unopened]:
        found: dict[UUID, Cipher | Unopened] = {}
        for some in portions([person.bytes for person in persons]):
            for (raw,) in db.execute(select(forgotten.c.person).where(forgotten.c.person.in_(some))):
                found[UUID(bytes=raw)] = Unopened.FORGOTTEN
        return found

    def _wrap(self, person: UUID, key: bytes) -> dict[str, object]:
        epoch = self._server.epoch
        wrapped = shut(self._server.of(epoch), key, context_of_wrap(person, SERVER, epoch))
        return {"person": person.bytes, "recipient": SERVER, "epoch": epoch, "wrapped": wrapped}

    def _remembered(self, wanted: list[UUID], changes: int) -> dict[UUID, Cipher | Unopened]:
        with self._lock:
            if changes != self._changes:
                self._cache.clear()
                self._changes = changes
            found: dict[UUID, Cipher | Unopened] = {person: self._cache[person] for person in wanted if person in self._cache}
            for person in found:
                self._cache.move_to_end(person)
        return found

    def _remember(self, ciphers: Mapping[UUID, Cipher], changes: int) -> None:
        with self._lock:
            if changes == self._changes:  # otherwise one of these may have been forgotten since it was read
                self._cache.update(ciphers)
                while len(self._cache) > self._kept:
                    self._cache.popitem(last=False)
