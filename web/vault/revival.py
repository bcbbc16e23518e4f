"""What a restore does to the keys: the server that wrapped them is gone, the recovery key opens them, a new server gets them."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, delete, func, select, update

from web.vault.elsewhere import all_forgotten
from web.vault.errors import BackupRefused
from web.vault.key_file import ServerKeys, Stretched, create_key_file, read_keys
from web.vault.own_secrets import revive_secrets
from web.vault.person_keys import SERVER, wrap_for_server
from web.vault.recipients import RECOVERY, Opening, Wrap
from web.vault.renewal import PORTION, forget_people
from web.vault.sealing import Broken
from web.vault.storage import Storage, of_people, put, sqlite_engines
from web.vault.tables import attempts, forgotten, key_wraps, secrets, sessions, state

_WRAP = "person, recipient, epoch, wrapped, batch"


@dataclass(frozen=True, slots=True)
class Revival:
    """How many people's keys were brought back, whose were not, and who is forgotten."""

    people: int
    unopened: tuple[UUID, ...]
    forgotten: frozenset[UUID]


def revive(file: Path, key_file: Path, private: bytes, forget: Collection[UUID], under: Stretched | None = None) -> Revival:
    """A new server's key, put under a passphrase where `under` says so; everybody's key is wrapped for it, but for those who are
    to be forgotten. Only who had a wrap for the server before gets one again. Raises BackupRefused `keys_not_in_backup`."""
    storage = Storage(*sqlite_engines(file))
    try:
        with storage.migrating():
            pass  # a backup of an older version is brought up to date first
        with storage.writing() as db:
            epoch = _newest_epoch(db) + 1
            create_key_file(key_file, epoch, under)
            keys = read_keys(key_file, under)
            if keys is None:
                raise BackupRefused("keys_not_in_backup")
            server = ServerKeys(keys)
            forget_people(db, forget, epoch)
            people, unopened = _wrap_again(db, server, Opening(db, RECOVERY, private))
            try:
                revive_secrets(db, private, server)
            except Broken:
                raise BackupRefused("keys_not_in_backup") from None
            for table in (sessions, attempts):
                db.execute(delete(table))  # whoever was signed in proves anew who they are
            db.execute(update(state).values(changes=state.c.changes + 1))
            return Revival(people, tuple(unopened), frozenset(all_forgotten(db)))
    finally:
        storage.dispose()


def _newest_epoch(db: Connection) -> int:
    """No epoch is ever used twice, or a wrap of one key would be tried with another."""
    columns = (secrets.c.epoch, forgotten.c.epoch, key_wraps.c.epoch)
    return max(db.execute(select(func.max(column))).scalar() or 0 for column in columns)


def _wrap_again(db: Connection, server: ServerKeys, opening: Opening) -> tuple[int, list[UUID]]:
    people, unopened, after = 0, list[UUID](), b""
    of_server = select(key_wraps.c.person).where(key_wraps.c.recipient == SERVER).order_by(key_wraps.c.person).limit(PORTION)
    while persons := [bytes(raw) for (raw,) in db.execute(of_server.where(key_wraps.c.person > after))]:
        after = persons[-1]
        fresh: dict[bytes, Wrap] = {}
        for raw, recipient, epoch, wrapped, batch in of_people(db, _WRAP, key_wraps, persons):
            if recipient == RECOVERY:
                try:
                    fresh[raw] = wrap_for_server(server, UUID(bytes=raw), opening.key(UUID(bytes=raw), epoch, batch, wrapped))
                except Broken:
                    continue
        put(db, key_wraps, list(fresh.values()), replace=True)
        people += len(fresh)
        unopened += [UUID(bytes=raw) for raw in persons if raw not in fresh]
    return people, unopened
