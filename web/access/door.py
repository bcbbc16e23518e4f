"""The door of an installation: credentials, sessions and the throttle together, and the one decision of signing in."""

import time
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from web.access.credentials import Credentials
from web.access.passphrases import TooBusy
from web.access.sessions import Session, Sessions
from web.access.throttle import AT_THE_DOOR, INSIDE, Throttle
from web.access.tokens import Tokens
from web.vault import Vault, VaultError
from web.vault.accounts import BUILT_IN, INTAKE, Account, Accounts


@dataclass(frozen=True, slots=True)
class Answer:
    """Of the door. `account` is None unless somebody may come in; `refused` says why not, `wait` for how many seconds.

    `known` is the account whose name was typed, for the access log; it is never shown to whoever was refused.
    """

    account: Account | None
    refused: str = ""
    wait: int = 0
    known: UUID | None = None

    @property
    def noted(self) -> str:
        """What the access log calls the refusal."""
        return self.refused if self.refused != "too_busy" else "throttled"


@dataclass(frozen=True, slots=True)
class Door:
    """See the module."""

    accounts: Accounts
    credentials: Credentials
    sessions: Sessions
    throttle: Throttle
    tokens: Tokens

    @classmethod
    def of(cls, vault: Vault) -> Self:
        """The door of the installation whose vault this is; it opens while the vault is locked."""
        storage, key = vault.storage, vault.form_key
        return cls(
            vault.accounts,
            Credentials(storage, key, vault.door_cipher),
            Sessions(storage),
            Throttle(storage, key),
            Tokens(storage),
        )

    def knock(self, name: str, passphrase: str, code: str, at: str = AT_THE_DOOR, *, now: float | None = None) -> Answer:
        """Whether name, passphrase and code open. One answer for whatever was wrong, after the same work."""
        moment = time.time() if now is None else now
        wait = self.throttle.seconds_to_wait(name, at, now=moment)
        account = self._account(name)
        known = account.id if account is not None else None
        if wait:
            return Answer(None, "throttled", wait, known)
        try:
            is_right = self.credentials.are_right(known, passphrase, code, now=moment)
        except TooBusy:
            return Answer(None, "too_busy", 10, known)
        if not is_right or account is None:
            return Answer(None, "wrong_credentials", 0, known)
        return Answer(account, known=known)

    def confirm(self, session: Session, passphrase: str, code: str | None, *, now: float | None = None) -> Answer:
        """Whether the owner of a session is there: by the passphrase alone (`code` None) or with a code as well."""
        account = session.account
        if code is not None:
            return self.knock(account.name, passphrase, code, INSIDE, now=now)
        wait = self.throttle.seconds_to_wait(account.name, INSIDE, now=now)
        if wait:
            return Answer(None, "throttled", wait, account.id)
        try:
            is_right = self.credentials.is_passphrase(account.id, passphrase)
        except TooBusy:
            return Answer(None, "too_busy", 10, account.id)
        return Answer(account, known=account.id) if is_right else Answer(None, "wrong_credentials", 0, account.id)

    def _account(self, name: str) -> Account | None:
        try:
            found = self.accounts.named(name)
        except VaultError:
            return None
        return None if found.is_ended or found.role in (BUILT_IN, INTAKE) else found
