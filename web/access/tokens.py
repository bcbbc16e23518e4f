"""What intake bots prove themselves with: a random token of which only a digest is kept. It may send reports and nothing else."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import delete, insert, select

from web.access.sessions import digest_of
from web.vault.accounts import INTAKE, Account, Accounts, add_account
from web.vault.errors import VaultError
from web.vault.storage import Storage
from web.vault.tables import tokens

PREFIX = "khronika-"
"""So that one found in a file or a chat is known for what it is."""
_TOKEN_BYTES = 32
_LONGEST = 200


class Tokens:
    """Of every intake account."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._accounts = Accounts(storage)

    def add(self, name: str) -> str:
        """A new account of this name and its token, kept nowhere here. Raises VaultError `name_taken`, `name_unusable`."""
        token = PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        with self._storage.writing() as db:
            account = add_account(db, name, INTAKE)
            db.execute(insert(tokens).values(token=digest_of(token), account=account.bytes, made=made))
        return token

    def end(self, name: str) -> None:
        """It opens nothing from now on; the name stays beside what was sent with it. Raises VaultError `no_such_account`."""
        account = self._accounts.named(name)
        if account.role != INTAKE:
            raise VaultError("no_such_account", name=name)
        with self._storage.writing() as db:
            db.execute(delete(tokens).where(tokens.c.account == account.id.bytes))
        self._accounts.end(account.id)

    def all(self) -> Sequence[Account]:
        """Every intake account, those that are ended among them."""
        return self._accounts.all(INTAKE)

    def account_of(self, token: str) -> Account | None:
        """Whose token this is; None for one that opens nothing."""
        if not token.startswith(PREFIX) or len(token) > _LONGEST:
            return None
        with self._storage.reading() as db:
            row = db.execute(select(tokens.c.account).where(tokens.c.token == digest_of(token))).one_or_none()
        found = self._accounts.one(UUID(bytes=bytes(row.account))) if row is not None else None
        return found if found is not None and not found.is_ended and found.role == INTAKE else None
