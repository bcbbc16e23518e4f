"""After a forgetting no byte that could open the person is in any file of the installation, in the list or in a new backup."""

from tests.web.backups.conftest import Kept, files_under
from web.vault.person_keys import SERVER
from web.vault.recipients import RECOVERY
from web.vault.tables import key_wraps


def wraps(kept: Kept) -> dict[tuple[bytes, str], bytes]:
    with kept.tracker.vault._storage.reading() as db:
        return {(bytes(row.person), row.recipient): bytes(row.wrapped) for row in db.execute(key_wraps.select())}


def test_no_file_of_the_installation_holds_a_key_of_somebody_forgotten(kept: Kept) -> None:
    gone = kept.recorded()
    kept.tracker.bring_up_to_date()
    kept.backup()
    with kept.tracker.vault._storage.reading() as db:
        key = kept.tracker.vault._keys.bytes_of(db, [gone.person])[gone.person]
    before = wraps(kept)
    (old,) = [line.split()[1] for line in (kept.home / "server.key").read_text().splitlines()[1:]]
    held = b"".join(files_under(kept.home).values())
    assert before[gone.person.bytes, SERVER] in held  # what is there can be found
    assert before[gone.person.bytes, RECOVERY] in held
    assert old.encode() in held
    assert key not in held
    aftermath = kept.tracker.vault.forget(gone.person)
    assert len(aftermath.backups) == 1
    kept.private = kept.new_recovery_key()
    aftermath.backups[0].file.unlink()
    kept.backup()
    kept.restore()
    for folder in (kept.home, kept.folder, kept.other):
        for name, content in files_under(folder).items():
            for wrap in before.values():
                assert wrap[13:29] not in content, name
            for secret in (key, key.hex().encode(), old.encode(), bytes.fromhex(old)):
                assert secret not in content, name
    assert wraps(kept)[kept.seeded.held.bytes, SERVER] in b"".join(files_under(kept.home).values())
