"""The accounts of the demonstration, one or two a role. They have no credentials: only a demonstration lets anybody take them."""

from collections.abc import Mapping

from web.access.roles import Role
from web.vault import Vault, VaultError
from web.vault.accounts import add_account

ACCOUNTS: Mapping[str, Role] = {
    "olga": Role.COORDINATOR,
    "nikita": Role.MONITOR,
    "anna": Role.LAWYER,
    "boris": Role.LAWYER,
    "press": Role.JOURNALIST,
    "admin": Role.ADMIN,
}
SECOND_LAWYER = "second lawyer"
"""How the chapters call boris; every other lawyer in them is anna."""


def add_accounts(vault: Vault) -> None:
    """Those that are missing."""
    for name, role in ACCOUNTS.items():
        try:
            vault.accounts.named(name)
        except VaultError:
            with vault.storage.writing() as db:
                add_account(db, name, role)


def lawyer_called(name: str) -> str:
    """The account of a lawyer whom a chapter names."""
    return "boris" if name == SECOND_LAWYER else "anna"
