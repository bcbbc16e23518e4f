"""Who enters things: random ids in the log, names only here. Passphrases, roles and sessions come with the access policy."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select

from web.vault.errors import VaultError
from web.vault.storage import Storage
from web.vault.tables import accounts

BUILT_IN = "built-in"
OPERATOR = "operator"
"""Records what `khronika import` and other commands at the machine itself enter."""
DEMO = "demo"
"""Records the fictional data of `khronika demo`."""


class Accounts:
    """The accounts there are."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def id_of(self, name: str) -> UUID:
        """Raises VaultError `no_such_account`."""
        with self._storage.reading() as db:
            found = db.execute(select(accounts.c.id).where(accounts.c.name == name)).scalar()
        if found is None:
            raise VaultError("no_such_account")
        return UUID(bytes=bytes(found))

    def name_of(self, account: UUID) -> str | None:
        """None for an id that is no account of this vault."""
        with self._storage.reading() as db:
            return db.execute(select(accounts.c.name).where(accounts.c.id == account.bytes)).scalar()

    def names(self) -> dict[UUID, str]:
        """All accounts, for a page that tells who entered each of its lines."""
        with self._storage.reading() as db:
            return {UUID(bytes=bytes(account)): name for account, name in db.execute(select(accounts.c.id, accounts.c.name))}


def add_account(db: Connection, name: str, kind: str) -> None:
    """Under a random id: nothing about the account can be read from it."""
    created = datetime.now(UTC).isoformat(timespec="seconds")
    db.execute(insert(accounts).values(id=uuid4().bytes, name=name, kind=kind, created=created))
