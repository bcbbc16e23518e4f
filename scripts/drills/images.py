"""Tries a vault's file with a key: what somebody can read who has both."""

import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from domain.privacy import Sealed
from web.vault import Vault, VaultError, sqlite_engines
from web.vault.recipients import RECOVERY, Opening
from web.vault.recovery_key import from_groups
from web.vault.sealing import Broken, Cipher, open_text
from web.vault.storage import Storage


def opens_with_server_key(vault: Path, key: Path, text: Sealed) -> bool:
    """Whether the vault of one home opens a text with the key file of another (or of its own)."""
    with tempfile.TemporaryDirectory() as folder:
        for file in (vault / "vault.sqlite", vault / "door.key", key / "server.key"):
            shutil.copy2(file, folder)
        try:
            with closing(Vault(*sqlite_engines(Path(folder) / "vault.sqlite"), Path(folder) / "server.key")) as opened:
                return isinstance(opened.open_many([text])[0], str)
        except VaultError:
            return False


def opens_with_recovery_key(vault: Path, groups: str, text: Sealed) -> bool:
    """Whether a wrap for the recovery in this vault opens with this recovery key, and the text with what is in it."""
    with tempfile.TemporaryDirectory() as folder:
        storage = Storage(*sqlite_engines(Path(shutil.copy2(vault / "vault.sqlite", folder))))
        asked = "SELECT epoch, batch, wrapped FROM key_wraps WHERE recipient = ? AND person = ?"
        try:
            with storage.reading() as db:
                opening = Opening(db, RECOVERY, from_groups(groups))
                for epoch, batch, wrapped in db.exec_driver_sql(asked, (RECOVERY, text.person.bytes)).all():
                    key = opening.key(text.person, epoch, batch, wrapped)
                    return bool(open_text(Cipher(key), text.person, text.aggregate, text.field, text.ciphertext))
        except Broken:
            return False
        finally:
            storage.dispose()
    return False
