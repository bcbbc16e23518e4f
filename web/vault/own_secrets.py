"""The vault's own secrets: what names imported rows, what signs forms, what seals accounts, a recovery key nobody has noted yet.

Those of epoch 0 are wrapped by the door's key, `door.key`: forms are signed and people sign in also while the vault is locked.
That key never opens anything about a person. The others are wrapped by the server's key of their epoch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, delete, select
from sqlalchemy import Row as Kept

from web.vault.errors import KeyFileUnusable, SealBroken
from web.vault.key_file import ServerKeys, place_file, read_private
from web.vault.recipients import RECOVERY, Recipient, open_with, seal_for
from web.vault.sealing import KEY_BYTES, VERSION, Broken, Cipher, context_of_secret, new_key, open_box, shut
from web.vault.storage import put
from web.vault.tables import secret_wraps, secrets

IMPORT_KEY, FORM_KEY, ACCOUNT_KEY = "import identities", "forms", "accounts"
RECOVERY_KEY = "recovery key to be collected"
DOOR_HEADING = "khronika door key 1"
DOOR_EPOCH = 0


@dataclass(frozen=True, slots=True)
class DoorKeys:
    """What works while the vault is locked: a key that signs forms and sessions, one that seals what accounts sign in with."""

    form_key: bytes = field(repr=False)
    cipher: Cipher = field(repr=False)

    @classmethod
    def open(cls, db: Connection, path: Path) -> Self:
        """Raises KeyFileUnsafe, KeyFileUnusable."""
        door, kept = read_door_key(path), kept_secrets(db)
        try:
            return cls(_unwrapped(door, kept[FORM_KEY]), Cipher(_unwrapped(door, kept[ACCOUNT_KEY])))
        except Broken:
            raise KeyFileUnusable("key_file_of_another_vault", path=str(path)) from None


def make_door(db: Connection, path: Path, server: ServerKeys | None) -> None:
    """Make what is missing of it. `server` opens what an older version had wrapped for the server alone."""
    kept = kept_secrets(db)
    if ACCOUNT_KEY in kept:
        return
    if not path.exists():
        place_file(path, f"{DOOR_HEADING}\n{new_key().hex()}\n")
    door = read_door_key(path)
    form_key = _of_older(kept[FORM_KEY], server) if FORM_KEY in kept and server is not None else new_key()
    for name, secret in {FORM_KEY: form_key, ACCOUNT_KEY: new_key()}.items():
        _put(db, door, DOOR_EPOCH, name, secret)


def read_door_key(path: Path) -> Cipher:
    """Raises KeyFileUnsafe, KeyFileUnusable."""
    heading, *lines = read_private(path)
    try:
        key = bytes.fromhex(lines[0]) if heading == DOOR_HEADING and len(lines) == 1 else b""
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyFileUnusable("key_file_damaged", path=str(path))
    return Cipher(key)


def kept_secrets(db: Connection) -> Mapping[str, Kept[Any]]:
    """All rows by name."""
    return {row.name: row for row in db.execute(select(secrets))}


def put_secret(db: Connection, server: ServerKeys, name: str, secret: bytes) -> None:
    """Wrapped by the newest of the server's keys."""
    _put(db, server.of(server.epoch), server.epoch, name, secret)


def secret_named(db: Connection, server: ServerKeys, name: str) -> bytes | None:
    """None for one that is not there. Raises SealBroken: it was altered, or the key file belongs to another vault."""
    row = db.execute(select(secrets).where(secrets.c.name == name)).first()
    try:
        return _unwrapped(server.of(row.epoch), row) if row is not None else None
    except Broken:
        raise SealBroken("seal_broken") from None


def drop_secret(db: Connection, name: str) -> None:
    db.execute(delete(secrets).where(secrets.c.name == name))


def renew_secrets(db: Connection, server: ServerKeys) -> None:
    """Wrap by the newest of the server's keys what an older one wrapped. Raises SealBroken, and then nothing may be committed."""
    for row in kept_secrets(db).values():
        if DOOR_EPOCH < row.epoch < server.epoch:
            try:
                put_secret(db, server, row.name, _unwrapped(server.of(row.epoch), row))
            except Broken:
                raise SealBroken("seal_broken") from None


def seal_secrets_for(db: Connection, to: Recipient, server: ServerKeys) -> None:
    """What must survive the loss of the server: without it every imported row would look new."""
    secret = secret_named(db, server, IMPORT_KEY)
    if secret is None:
        raise SealBroken("seal_broken")
    sealed = seal_for(to.public, secret, _context(IMPORT_KEY, to.name, to.epoch))
    put(db, secret_wraps, [(IMPORT_KEY, to.name, to.epoch, sealed)], replace=True)


def revive_secrets(db: Connection, private: bytes, server: ServerKeys) -> None:
    """After the loss of the server's key: what the recovery key opens is wrapped for a new one. Raises Broken."""
    for row in db.execute(select(secret_wraps).where(secret_wraps.c.recipient == RECOVERY)).all():
        secret = open_with(private, bytes(row.sealed), _context(row.name, row.recipient, row.epoch))
        put_secret(db, server, row.name, secret)
    db.execute(delete(secrets).where(secrets.c.epoch.between(DOOR_EPOCH + 1, server.epoch - 1)))


def _put(db: Connection, cipher: Cipher, epoch: int, name: str, secret: bytes) -> None:
    put(db, secrets, [(name, epoch, shut(cipher, secret, context_of_secret(name, epoch)))], replace=True)


def _unwrapped(cipher: Cipher, kept: Kept[Any]) -> bytes:
    return open_box(cipher, bytes(kept.wrapped), context_of_secret(kept.name, kept.epoch))


def _of_older(kept: Kept[Any], server: ServerKeys) -> bytes:
    """The key that signed forms before there was a door. Where it does not open, forms left open have to be opened anew."""
    try:
        return _unwrapped(server.of(kept.epoch), kept)
    except Broken:
        return new_key()


def _context(name: str, recipient: str, epoch: int) -> bytes:
    return b"khronika secret for " + VERSION + epoch.to_bytes(4) + recipient.encode() + b"\0" + name.encode()
