"""Who is signed in: rows in the vault, known to a browser by a random token of which only a digest is kept.

A session ends after a while without a page (15 minutes; a monitor on watch 60), and after 8 hours in any case.
"""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import Row, delete, insert, select, update

from web.access.roles import Role
from web.vault.accounts import Account
from web.vault.storage import Storage
from web.vault.tables import accounts, sessions

IDLE = 15 * 60
IDLE_ON_WATCH = 60 * 60
ABSOLUTE = 8 * 60 * 60
CONFIRMED_FOR = 5 * 60
"""Seconds for which a proof of identity counts for what asks for a fresh one."""
NOTED_EVERY = 30
"""Seconds after which a session in use is written down as seen again: not at every page."""
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """One browser's. `number` names it where a person looks over their own; times are seconds since 1970."""

    digest: bytes
    number: UUID
    account: Account
    begun: int
    seen: int
    confirmed: int

    def is_over(self, now: float) -> bool:
        """Past its absolute end: nothing but signing in again helps."""
        return now >= self.begun + ABSOLUTE

    def is_idle(self, now: float) -> bool:
        """Nothing was asked for too long; the passphrase alone takes it up again until its absolute end."""
        return now >= self.seen + (IDLE_ON_WATCH if self.account.role == Role.MONITOR else IDLE)

    def is_fresh(self, now: float) -> bool:
        """Whether somebody proved a moment ago who they are."""
        return now < self.confirmed + CONFIRMED_FOR


class Sessions:
    """Of every account."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def begin(self, account: UUID, *, now: float | None = None) -> str:
        """A new session; returns what goes into the cookie, which is kept nowhere here."""
        token, moment = secrets.token_urlsafe(_TOKEN_BYTES), int(time.time() if now is None else now)
        with self._storage.writing() as db:
            db.execute(delete(sessions).where(sessions.c.begun < moment - ABSOLUTE))
            db.execute(
                insert(sessions).values(
                    token=digest_of(token), number=uuid4().bytes, account=account.bytes,
                    begun=moment, seen=moment, confirmed=moment,
                )
            )  # fmt: skip
        return token

    def find(self, token: str) -> Session | None:
        """The session of a cookie and its account as it stands now; None for one that is not there or whose account is ended."""
        chosen = select(sessions, accounts).join(accounts, accounts.c.id == sessions.c.account)
        with self._storage.reading() as db:
            row = db.execute(chosen.where(sessions.c.token == digest_of(token), accounts.c.ended.is_(None))).one_or_none()
        return _session(row) if row is not None else None

    def note(self, session: Session, now: float) -> None:
        """It is in use."""
        if now - session.seen >= NOTED_EVERY:
            with self._storage.writing() as db:
                db.execute(update(sessions).where(sessions.c.token == session.digest).values(seen=int(now)))

    def take_up(self, session: Session, *, confirmed: bool, now: float) -> str:
        """The same session under a new token, after its owner proved to be there; returns what goes into the cookie."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        proven = {"confirmed": int(now)} if confirmed else {}
        with self._storage.writing() as db:
            chosen = update(sessions).where(sessions.c.token == session.digest)
            db.execute(chosen.values(token=digest_of(token), seen=int(now), **proven))
        return token

    def end(self, session: Session) -> None:
        """Signed out."""
        with self._storage.writing() as db:
            db.execute(delete(sessions).where(sessions.c.token == session.digest))

    def end_of(self, account: UUID, number: UUID | None = None, *, but: bytes = b"") -> int:
        """End one session of an account by its number, or all of them but that of one digest. Returns how many."""
        chosen = delete(sessions).where(sessions.c.account == account.bytes, sessions.c.token != but)
        if number is not None:
            chosen = chosen.where(sessions.c.number == number.bytes)
        with self._storage.writing() as db:
            return db.execute(chosen).rowcount

    def of(self, account: UUID) -> Sequence[Session]:
        """The sessions of one account, the latest first."""
        chosen = select(sessions, accounts).join(accounts, accounts.c.id == sessions.c.account)
        with self._storage.reading() as db:
            rows = db.execute(chosen.where(sessions.c.account == account.bytes).order_by(sessions.c.seen.desc())).all()
        return [_session(row) for row in rows]


def digest_of(token: str) -> bytes:
    """What is kept of a token: whoever reads the vault cannot sign in with it."""
    return sha256(token.encode()).digest()


def _session(row: Row[tuple[object, ...]]) -> Session:
    cities = tuple(int(city) for city in row.cities.split())
    account = Account(UUID(bytes=bytes(row.account)), row.name, row.kind, cities, row.ended is not None)
    return Session(bytes(row.token), UUID(bytes=bytes(row.number)), account, row.begun, row.seen, row.confirmed)
