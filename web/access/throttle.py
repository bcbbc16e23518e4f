"""Slows guessing down: five attempts a minute for each name that is typed, be it an account's or not. Never a lock-out.

Attempts are counted apart by what they are at: a stranger who types somebody's name at the door keeps nobody inside from proving
who they are.
"""

import hmac
import time
from hashlib import sha256
from uuid import uuid4

from sqlalchemy import delete, func, insert, select

from web.vault.storage import Storage
from web.vault.tables import attempts

AT_THE_DOOR, INSIDE, AT_THE_VAULT = "sign_in", "confirm", "unlock"
"""What an attempt is at: signing in, proving again who one is, opening the vault."""
A_MINUTE = 60
MOST = 5


class Throttle:
    """Kept in the vault, so that a restart forgives nothing; names as keyed digests: one may be a mistyped passphrase."""

    def __init__(self, storage: Storage, key: bytes) -> None:
        self._storage = storage
        self._key = hmac.digest(key, b"khronika attempts", sha256)

    def seconds_to_wait(self, name: str, at: str = AT_THE_DOOR, *, now: float | None = None) -> int:
        """0 when this attempt may be made, which counts it; else how long until the next one may."""
        moment = int(time.time() if now is None else now)
        told = f"{at} {' '.join(name.split()).casefold()}"
        digest = hmac.digest(self._key, told.encode(), sha256)
        with self._storage.writing() as db:
            db.execute(delete(attempts).where(attempts.c.at <= moment - A_MINUTE))
            found = db.execute(select(func.count(), func.min(attempts.c.at)).where(attempts.c.name == digest)).one()
            if found[0] >= MOST:
                return max(1, int(found[1]) + A_MINUTE - moment)
            db.execute(insert(attempts).values(number=uuid4().bytes, name=digest, at=moment))
        return 0
