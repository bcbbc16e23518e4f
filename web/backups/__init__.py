"""Backups: everything that cannot be computed again, in one file that the recovery key opens, made while people record.

In it are the record (events), the access log, the vault and the door's key; never the server's key, and no view. What is in which
part is in contents.py, making one in making.py, restoring one in restoring.py, and the list of forgotten people that lies beside
them in web/vault/elsewhere.py.
"""

from web.backups.making import Backup, make_backup
from web.backups.restoring import Restored, restore

__all__ = ["Backup", "Restored", "make_backup", "restore"]
