"""What the vault refuses, as codes; the sentences in both languages are told further out, as for domain.errors.RuleBroken."""


class VaultError(Exception):
    """The vault did nothing. Carries a stable `code` and the `values` its sentence needs: paths and ids, never personal text."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class KeyFileUnsafe(VaultError):
    """The key file can be read by others, belongs to another account, or is no ordinary file. It is not read."""


class KeyFileUnusable(VaultError):
    """The key file is missing, damaged, or belongs to another vault."""


class NoKey(VaultError):
    """Something was to be sealed for a person for whom no key was minted, or who was forgotten."""


class VaultLocked(VaultError):
    """The vault waits for its passphrase: nothing is sealed, nothing is opened, nothing was done."""


class BackupRefused(VaultError):
    """A backup was not made, or not restored. Nothing is left of it."""


class SealBroken(VaultError):
    """A sealed text does not open: altered, moved from another record, person or field, or its key is lost. Nothing is shown."""
