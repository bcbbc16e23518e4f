"""Who enters things: random ids in the log, names and roles only here. Passphrases and sessions are `web/access/`'s."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select, update

from web.vault.errors import VaultError
from web.vault.storage import Storage
from web.vault.tables import accounts, credentials, recovery_codes, sessions, tokens

BUILT_IN = "built-in"
ADMIN = "admin"
INTAKE = "intake"
"""Whoever holds a token of such an account may send reports, and nothing else: nobody signs in with it."""
"""The role of those who can make accounts: one of them must always be left."""
OPERATOR = "operator"
"""Records what `khronika import` and other commands at the machine itself enter."""
DEMO = "demo"
"""Records the fictional data of `khronika demo`."""
_NAME = re.compile(r"[^\W_](?:[\w. -]{0,38}[^\W_])?")


@dataclass(frozen=True, slots=True)
class Account:
    """One account. `cities` are those whose people a monitor sees, empty for all; an ended one can do nothing any more."""

    id: UUID
    name: str
    role: str
    cities: tuple[int, ...]
    is_ended: bool


class Accounts:
    """The accounts there are."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def id_of(self, name: str) -> UUID:
        """Raises VaultError `no_such_account`."""
        return self.named(name).id

    def named(self, name: str) -> Account:
        """Raises VaultError `no_such_account`."""
        with self._storage.reading() as db:
            found = db.execute(_ALL.where(accounts.c.name == _folded(name))).one_or_none()
        if found is None:
            raise VaultError("no_such_account", name=name)
        return _account(found)

    def one(self, account: UUID) -> Account | None:
        """None for an id that is no account of this vault."""
        with self._storage.reading() as db:
            found = db.execute(_ALL.where(accounts.c.id == account.bytes)).one_or_none()
        return _account(found) if found is not None else None

    def name_of(self, account: UUID) -> str | None:
        """None for an id that is no account of this vault."""
        found = self.one(account)
        return found.name if found is not None else None

    def names(self) -> dict[UUID, str]:
        """All accounts, for a page that tells who entered each of its lines."""
        return {account.id: account.name for account in self.all()}

    def all(self, *roles: str) -> Sequence[Account]:
        """Every account, or those of some roles, by name."""
        with self._storage.reading() as db:
            found = [_account(row) for row in db.execute(_ALL.order_by(accounts.c.name))]
        return [account for account in found if not roles or account.role in roles]

    def change_role(self, account: UUID, role: str, cities: Collection[int] = ()) -> None:
        """What it may do from the next request on. Raises VaultError `last_admin` where nobody else could make accounts."""
        with self._storage.writing() as db:
            _leave_one_admin(db, account)
            changed = update(accounts).where(accounts.c.id == account.bytes, accounts.c.kind != BUILT_IN)
            db.execute(changed.values(kind=role, cities=" ".join(map(str, cities))))

    def end(self, account: UUID) -> None:
        """Close an account for good: its name stays beside what it entered, its credentials and sessions go.

        Raises VaultError `last_admin` where nobody else could make accounts.
        """
        with self._storage.writing() as db:
            _leave_one_admin(db, account)
            chosen = accounts.c.id == account.bytes
            db.execute(update(accounts).where(chosen, accounts.c.kind != BUILT_IN).values(ended=_now()))
            for table in (credentials, recovery_codes, sessions, tokens):
                db.execute(table.delete().where(table.c.account == account.bytes))


def add_account(db: Connection, name: str, kind: str, cities: Collection[int] = ()) -> UUID:
    """Under a random id: nothing about the account can be read from it. Raises VaultError `name_taken`, `name_unusable`."""
    folded = _folded(name)
    if not _NAME.fullmatch(folded):
        raise VaultError("name_unusable")
    if db.execute(select(accounts.c.id).where(accounts.c.name == folded)).first() is not None:
        raise VaultError("name_taken", name=folded)
    account, chosen = uuid4(), {"name": folded, "kind": kind, "created": _now()}
    if cities:
        chosen["cities"] = " ".join(map(str, cities))
    db.execute(insert(accounts).values(id=account.bytes, **chosen))
    return account


def _leave_one_admin(db: Connection, account: UUID) -> None:
    """Asked in the transaction that changes an account: two administrators may be ending each other."""
    admins = db.scalars(select(accounts.c.id).where(accounts.c.kind == ADMIN, accounts.c.ended.is_(None))).all()
    if [bytes(admin) for admin in admins] == [account.bytes]:
        raise VaultError("last_admin")


_ALL = select(accounts.c.id, accounts.c.name, accounts.c.kind, accounts.c.cities, accounts.c.ended)


def _account(row: Any) -> Account:
    cities = tuple(int(city) for city in row.cities.split())
    return Account(UUID(bytes=bytes(row.id)), row.name, row.kind, cities, row.ended is not None)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
