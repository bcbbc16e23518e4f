"""What an account proves itself with: a passphrase, an app's code, or one of ten recovery codes. Made here, shown once."""

import hmac
import secrets
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from web.access import one_time, passphrases
from web.vault.accounts import add_account
from web.vault.sealing import Broken, Cipher, context_of_secret, open_box, shut
from web.vault.storage import Storage
from web.vault.tables import credentials, recovery_codes, sessions

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Handed:
    """New credentials, to be shown once and never again. Their text is in no repr, so in no log either."""

    account: UUID
    name: str
    passphrase: str = field(repr=False)
    address: str = field(repr=False)
    """For the app, as a QR code."""
    codes: Sequence[str] = field(repr=False)


class Credentials:
    """Of every account. `key` and `cipher` are secrets of the installation's that are at hand while the vault is locked."""

    def __init__(self, storage: Storage, key: bytes, cipher: Cipher) -> None:
        self._storage = storage
        self._key = hmac.digest(key, b"khronika credentials", sha256)
        self._cipher = cipher

    def add(self, name: str, role: str, cities: Collection[int] = ()) -> Handed:
        """A new account with new credentials. Raises VaultError `name_taken`, `name_unusable`."""
        passphrase = passphrases.made()
        kept = passphrases.hashed(passphrase)
        with self._storage.writing() as db:
            account = add_account(db, name, role, cities)
            return self._hand_out(db, account, name, passphrase, kept)

    def renew(self, account: UUID, name: str, *, keep: bytes = b"") -> Handed:
        """New credentials in the place of the old ones; ends every session but the one whose token's digest is `keep`."""
        passphrase = passphrases.made()
        kept = passphrases.hashed(passphrase)
        with self._storage.writing() as db:
            for table in (credentials, recovery_codes):
                db.execute(delete(table).where(table.c.account == account.bytes))
            db.execute(delete(sessions).where(sessions.c.account == account.bytes, sessions.c.token != keep))
            return self._hand_out(db, account, name, passphrase, kept)

    def _hand_out(self, db: Connection, account: UUID, name: str, passphrase: str, kept: str) -> Handed:
        secret, codes = one_time.new_secret(), one_time.new_recovery_codes()
        sealed = self._seal(account, secret)
        db.execute(insert(credentials).values(account=account.bytes, passphrase=kept, totp=sealed, last_step=0))
        digests = [{"account": account.bytes, "digest": one_time.digest_of(self._key, code)} for code in codes]
        db.execute(insert(recovery_codes), digests)
        return Handed(account, name, passphrase, one_time.address_of(secret, name), codes)

    def are_right(self, account: UUID | None, passphrase: str, code: str, *, now: float | None = None) -> bool:
        """Whether both fit; the code is then used up. The same work for a name without an account (None)."""
        is_passphrase = self.is_passphrase(account, passphrase)
        return self._use_code(account or NOBODY, code, is_passphrase, time.time() if now is None else now)

    def is_passphrase(self, account: UUID | None, passphrase: str) -> bool:
        """Whether the passphrase alone fits. Raises TooBusy."""
        chosen = select(credentials.c.passphrase).where(credentials.c.account == (account or NOBODY).bytes)
        with self._storage.reading() as db:
            kept = db.execute(chosen).scalar()
        return passphrases.is_right(kept or passphrases.nobodys(), passphrase) and kept is not None

    def _use_code(self, account: UUID, code: str, is_passphrase: bool, now: float) -> bool:
        """A wrong passphrase uses no code up, or strangers could use up those of others."""
        with self._storage.reading() as db:
            row = db.execute(select(credentials).where(credentials.c.account == account.bytes)).one_or_none()
        secret = self._open(account, row.totp) if row is not None else b"\0" * one_time.SECRET_BYTES
        step = one_time.step_of(secret, code, now)
        digest = one_time.digest_of(self._key, code)
        if row is None or not is_passphrase:
            return False
        with self._storage.writing() as db:
            if step is not None:
                # strictly later than the last one accepted: remembering only the last code lets A, B, A through
                newer = update(credentials).where(credentials.c.account == account.bytes, credentials.c.last_step < step)
                return db.execute(newer.values(last_step=step)).rowcount == 1
            used = delete(recovery_codes).where(recovery_codes.c.account == account.bytes, recovery_codes.c.digest == digest)
            return db.execute(used).rowcount == 1

    def codes_left(self, account: UUID) -> int:
        """How many recovery codes are not used up."""
        with self._storage.reading() as db:
            return len(db.execute(select(recovery_codes.c.digest).where(recovery_codes.c.account == account.bytes)).all())

    def secret_of(self, account: UUID) -> bytes:
        """The app's secret, for the demonstration's own app; raises KeyError for an account without credentials."""
        with self._storage.reading() as db:
            sealed = db.execute(select(credentials.c.totp).where(credentials.c.account == account.bytes)).scalar()
        if sealed is None:
            raise KeyError(account)
        return self._open(account, sealed)

    def _seal(self, account: UUID, secret: bytes) -> bytes:
        return shut(self._cipher, secret, _context(account))

    def _open(self, account: UUID, sealed: bytes) -> bytes:
        try:
            return open_box(self._cipher, sealed, _context(account))
        except Broken:  # of another key: no code fits, and a new one has to be handed out
            return secrets.token_bytes(one_time.SECRET_BYTES)


def _context(account: UUID) -> bytes:
    """Bound in: moved to another account, the secret of an app opens nothing."""
    return context_of_secret(f"app {account.hex}", 0)
