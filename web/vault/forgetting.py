"""What is left to be done when people's keys are gone: somebody has to note a new key, and to destroy what lies elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from web.vault.elsewhere import BackupMade, all_forgotten, backups_before, forgotten_since, lengthen_lists
from web.vault.keyring import Keyring
from web.vault.own_secrets import RECOVERY_KEY, secret_named
from web.vault.recipients import RECOVERY, recipient_named
from web.vault.recovery_key import in_groups
from web.vault.renewal import Renewal
from web.vault.storage import Storage


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What forgetting leaves to do. Empty fields mean that there is nothing."""

    persons: tuple[UUID, ...]
    recovery_key: str | None = field(repr=False)
    """The new recovery key in groups, where it was to be handed out: to be shown once, then `recovery_key_collected()`."""
    must_be_collected: bool
    """A new recovery key waits, sealed, for `khronika recovery-key --collect`."""
    backups: tuple[BackupMade, ...]
    """They still hold the old wraps, for whoever has the recovery key of their hour: destroy them, or that key."""
    unreached: tuple[Path, ...]
    """Folders of backups that could not be told: a restore from there would not forget. The next backup into them tells them."""
    damaged: tuple[UUID, ...]
    """People whose wraps did not open under the old key and will not under the new one."""


def forget(storage: Storage, keyring: Keyring, persons: Sequence[UUID], *, hand_out: bool) -> Aftermath:
    """See Vault.forget."""
    keyring.keys()  # or VaultLocked: others' keys could not be wrapped anew
    with storage.reading() as db:
        is_done = all_forgotten(db).issuperset(persons)
        has_recovery = recipient_named(db, RECOVERY) is not None
    damaged: tuple[UUID, ...] = ()
    renewal = Renewal(storage, keyring)
    if is_done:
        renewal.finish()
    else:
        damaged = renewal.renew(server=True, recovery=has_recovery, forget=persons).damaged
    with storage.reading() as db:
        private = secret_named(db, keyring.keys(), RECOVERY_KEY)
        backups = backups_before(db, forgotten_since(db, persons)) if persons else ()
        folders = [backup.file.parent for backup in backups_before(db, None)]
        everybody = all_forgotten(db)
    unreached = lengthen_lists(folders, everybody)
    groups = in_groups(private) if private is not None and hand_out else None
    return Aftermath(tuple(persons), groups, private is not None, backups, unreached, damaged)
