"""Who may open people's keys beside the server: holders of an X25519 key whose private half is kept elsewhere.

Sealing for such a key (HPKE, RFC 9180) costs thirty times what a wrap costs. So what is wrapped in one go shares a random batch
key: it wraps each person's key as the server's key does, is itself sealed once for the recipient, and is then dropped. Whoever
has the private half opens the batch key and with it the wraps; the server, which made them, can not.

Today the one such recipient is `recovery`. A lawyer's account can be another, `account:<uuid>`, under the same rules.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from sqlalchemy import Connection, delete, func, insert, select

from web.vault.sealing import VERSION, Broken, Cipher, context_of_wrap, new_key, open_box, shut
from web.vault.storage import put
from web.vault.tables import batches, key_wraps, recipients

RECOVERY = "recovery"
"""The offline key: everybody's key is wrapped for it, as soon as there is one."""

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

Wrap = tuple[bytes, str, int, bytes, int | None]
"""A row of `key_wraps`, its columns in their order."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who, which of their keys, and its public half."""

    name: str
    epoch: int
    public: bytes


def new_private_key() -> bytes:
    """The 32 bytes of a fresh private half."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_half(private: bytes) -> bytes:
    """What may be known of it."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal_for(public: bytes, secret: bytes, context: bytes) -> bytes:
    """HPKE in base mode: 32 bytes of encapsulated key, then the ciphertext and its tag."""
    return SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(public), context)


def open_with(private: bytes, sealed: bytes, context: bytes) -> bytes:
    """Raises Broken."""
    try:
        return SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(private), context)
    except (InvalidTag, ValueError):
        raise Broken from None


def context_of_batch(recipient: str, epoch: int) -> bytes:
    """Batch keys are random, so the place of one among the others need not be bound in."""
    return b"khronika batch " + VERSION + epoch.to_bytes(4) + recipient.encode()


def recipient_named(db: Connection, name: str) -> Recipient | None:
    """None for one who has no key yet."""
    row = db.execute(select(recipients).where(recipients.c.name == name)).first()
    return Recipient(row.name, row.epoch, bytes(row.public)) if row is not None else None


def give_key(db: Connection, name: str, public: bytes) -> Recipient:
    """From now on `public` is this recipient's key; what was wrapped for an earlier one stays as it is."""
    known = recipient_named(db, name)
    given = Recipient(name, known.epoch + 1 if known is not None else 1, public)
    since = datetime.now(UTC).isoformat(timespec="seconds")
    put(db, recipients, [(name, given.epoch, public, since)], replace=True)
    return given


def wrap_for(db: Connection, to: Recipient, keys: Mapping[UUID, bytes]) -> Iterator[Wrap]:
    """The rows for these people, under a batch key of their own, which is stored with the first row. Call it once for many."""
    key = new_key()
    number = (db.execute(select(func.max(batches.c.id))).scalar() or 0) + 1
    sealed = seal_for(to.public, key, context_of_batch(to.name, to.epoch))
    db.execute(insert(batches).values(id=number, recipient=to.name, epoch=to.epoch, sealed=sealed))
    cipher = Cipher(key)
    for person, secret in keys.items():
        yield person.bytes, to.name, to.epoch, shut(cipher, secret, context_of_wrap(person, to.name, to.epoch)), number


def drop_unused_batches(db: Connection) -> None:
    """Batch keys none of whose wraps is left."""
    used = select(key_wraps.c.batch).where(key_wraps.c.batch.is_not(None))
    db.execute(delete(batches).where(batches.c.id.not_in(used)))


class Opening:
    """Opens what was wrapped for one recipient, with the private half: for a restore, and one day on a lawyer's own machine."""

    def __init__(self, db: Connection, recipient: str, private: bytes) -> None:
        self._db, self._recipient, self._private = db, recipient, private
        self._batches: dict[int, Cipher | None] = {}

    def key(self, person: UUID, epoch: int, batch: int, wrapped: bytes) -> bytes:
        """A person's key. Raises Broken."""
        cipher = self._batch(batch)
        if cipher is None:
            raise Broken
        return open_box(cipher, wrapped, context_of_wrap(person, self._recipient, epoch))

    def keys(self, persons: Iterable[UUID]) -> dict[UUID, bytes]:
        """The keys of these people, without those that do not open."""
        found = {}
        wanted = select(key_wraps).where(key_wraps.c.recipient == self._recipient)
        for person in persons:
            for row in self._db.execute(wanted.where(key_wraps.c.person == person.bytes)):
                try:
                    found[person] = self.key(person, row.epoch, row.batch, bytes(row.wrapped))
                except Broken:
                    continue
        return found

    def _batch(self, number: int) -> Cipher | None:
        if number not in self._batches:
            row = self._db.execute(select(batches).where(batches.c.id == number)).first()
            self._batches[number] = None
            if row is not None:
                try:
                    key = open_with(self._private, bytes(row.sealed), context_of_batch(row.recipient, row.epoch))
                    self._batches[number] = Cipher(key)
                except Broken:
                    pass
        return self._batches[number]
