"""New keys in the place of old ones: the server's, the recovery key's, and with either of them people may be forgotten.

In this order, so that a kill at any point loses nothing and brings nothing back:

1. the key file gets a new key beside the old one, on the disk;
2. in one transaction: the wraps of those who are to be forgotten go, everybody else's are made for the new keys, `changes` grows;
3. under the lock again: the key file keeps the newest key alone, and `changes` grows once more, so that no process goes on
   holding the old one.

Killed between 1 and 2 nothing was renewed and both keys open what they opened; killed between 2 and 3 the old key lies in the
file and opens nothing any more. `finish` at the next start takes up either.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Select, delete, select, update

from web.vault.key_file import ServerKeys
from web.vault.keyring import Keyring
from web.vault.own_secrets import RECOVERY_KEY, put_secret, renew_secrets, seal_secrets_for
from web.vault.person_keys import SERVER, unwrapped_by_server, wrap_for_server
from web.vault.recipients import RECOVERY, Recipient, drop_unused_batches, give_key, new_private_key, public_half, wrap_for
from web.vault.sealing import Broken
from web.vault.storage import Storage, of_people, portions, put
from web.vault.tables import forgotten, key_wraps, state

PORTION = 5000
"""People whose keys are in memory at once."""

Step = Callable[[str], None]
"""Called after each step with its name; tests stop there, as a kill would."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """How many people's keys were wrapped anew, and whose did not open: their wraps were left as they are."""

    people: int
    damaged: tuple[UUID, ...]


class Renewal:
    """Renews the keys of one vault."""

    def __init__(self, storage: Storage, keyring: Keyring, step: Step = lambda name: None) -> None:
        self._storage, self._keyring, self._step = storage, keyring, step

    def renew(self, *, server: bool = False, recovery: bool = False, forget: Collection[UUID] = ()) -> Renewed:
        """New keys for the server, for the recovery, or both. A new recovery key is kept, sealed, until it is collected.

        Raises VaultLocked; then, as with any failure before the commit, everything is as it was.
        """
        with self._storage.writing() as db:
            keys = self._keyring.read_again()
            if server:
                keys = self._keyring.add_epoch()
                self._step("key file holds both")
            forget_people(db, forget, keys.epoch)
            self._step("deleted")
            renewed = self._renew_wraps(db, keys, _new_recovery(db, keys) if recovery else None)
            _count_change(db)
            self._step("before the commit")
        self._step("after the commit")
        self.finish()
        return renewed

    def finish(self) -> None:
        """Take the old key out of the file once nothing needs it. Cheap where there is one key; raises VaultLocked."""
        if len(self._keyring.keys()) == 1:
            return
        with self._storage.writing() as db:
            self._renew_wraps(db, self._keyring.read_again(), None)
            _count_change(db)
        with self._storage.writing() as db:
            # Other processes may have renewed keys in between, so what is left to do is looked at under the lock.
            keys = self._keyring.read_again()
            if not any(epoch < keys.epoch for epoch in _openable_epochs(db, keys)):
                self._keyring.drop_old()
            self._step("key file holds one")
            _count_change(db)

    def _renew_wraps(self, db: Connection, keys: ServerKeys, recovery: Recipient | None) -> Renewed:
        people, damaged = 0, list[UUID]()
        wanted = _wraps(None if recovery is not None else keys.epoch)
        for rows in _portions(db, wanted):
            found = dict[UUID, bytes]()
            for raw, epoch, wrapped in rows:
                person = UUID(bytes=bytes(raw))
                try:
                    found[person] = unwrapped_by_server(keys, person, epoch, wrapped)
                except Broken:
                    damaged.append(person)
            put(db, key_wraps, [wrap_for_server(keys, person, key) for person, key in found.items()], replace=True)
            if recovery is not None and found:
                put(db, key_wraps, list(wrap_for(db, recovery, found)), replace=True)
            people += len(found)
        renew_secrets(db, keys)
        if recovery is not None:
            seal_secrets_for(db, recovery, keys)
            drop_unused_batches(db)
        return Renewed(people, tuple(damaged))


def forget_people(db: Connection, persons: Iterable[UUID], epoch: int) -> None:
    """Every wrap of their keys goes, whoever it was for; that it was on purpose, and since which epoch, stays."""
    for some in portions([person.bytes for person in dict.fromkeys(persons)]):
        db.execute(delete(key_wraps).where(key_wraps.c.person.in_(some)))
        known = {raw for (raw,) in of_people(db, "person", forgotten, some)}
        put(db, forgotten, [(person, epoch) for person in some if person not in known])


def _new_recovery(db: Connection, keys: ServerKeys) -> Recipient:
    private = new_private_key()
    put_secret(db, keys, RECOVERY_KEY, private)
    return give_key(db, RECOVERY, public_half(private))


def _wraps(older_than: int | None) -> Select[bytes, int, bytes]:
    of_server = select(key_wraps.c.person, key_wraps.c.epoch, key_wraps.c.wrapped).where(key_wraps.c.recipient == SERVER)
    return of_server if older_than is None else of_server.where(key_wraps.c.epoch < older_than)


def _portions(db: Connection, wanted: Select[bytes, int, bytes]) -> Iterable[Sequence[tuple[bytes, int, bytes]]]:
    after = b""
    while rows := db.execute(wanted.where(key_wraps.c.person > after).order_by(key_wraps.c.person).limit(PORTION)).all():
        yield [(bytes(raw), epoch, bytes(wrapped)) for raw, epoch, wrapped in rows]
        after = bytes(rows[-1][0])


def _openable_epochs(db: Connection, keys: ServerKeys) -> Iterable[int]:
    """Of wraps under an older key: those that still open. What is damaged would keep the old key in the file for ever."""
    for rows in _portions(db, _wraps(keys.epoch)):
        for raw, epoch, wrapped in rows:
            try:
                unwrapped_by_server(keys, UUID(bytes=raw), epoch, wrapped)
            except Broken:
                continue
            yield epoch


def _count_change(db: Connection) -> None:
    db.execute(update(state).values(changes=state.c.changes + 1))
