"""A backup is made while people record, tells nobody without the recovery key anything, and leaves nothing else behind."""

import os
import resource
import sqlite3
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.trackers import another_process
from tests.web.backups.conftest import NAME, Kept, files_under
from web.backups import make_backup, making
from web.backups.contents import NAMES
from web.vault import FORGOTTEN, BackupRefused, VaultError
from web.vault.elsewhere import LIST, read_list
from web.vault.parcel import pack
from web.wiring import open_tracker


def killed_while_packing(pipe: Connection, home: Path, folder: Path) -> None:
    pytest.MonkeyPatch().setattr(making, "pack", lambda *what: os._exit(9))  # as a power cut would, with all copies made
    make_backup(home, folder)


def on_a_full_disk(pipe: Connection, home: Path, folder: Path, limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))  # a file that grows beyond it fails to
    try:
        make_backup(home, folder)
    except Exception as failed:  # the disk may fail under a library of ours too
        pipe.send(type(failed).__name__)


def test_a_backup_is_one_file_for_its_owner_and_a_list_beside_it(kept: Kept) -> None:
    made = kept.backup()
    assert made.file.name.startswith("khronika-")
    assert made.file.name.endswith(f"-{kept.tracker.log.last()}.backup")
    assert sorted(files_under(kept.folder)) == [LIST, made.file.name]
    assert made.file.stat().st_mode & 0o777 == 0o600
    assert made.size == made.file.stat().st_size
    assert kept.tracker.vault.copies.made()[0].file == made.file
    assert not made.must_be_collected


def test_nothing_can_be_read_in_a_backup_without_the_recovery_key(kept: Kept) -> None:
    made = kept.backup().file.read_bytes()
    plain = b"".join(files_under(kept.home).values())
    for marker in (b"person.named", b"SQLite format", b"stored_events", b"khronika door key", kept.seeded.held.bytes):
        assert marker in plain  # what is there in the stores can be found
        assert marker not in made
    assert NAME.encode() not in plain


def test_the_servers_key_is_in_no_backup(kept: Kept) -> None:
    assert "server.key" not in NAMES
    kept.backup()
    kept.restore()
    assert (kept.other / "server.key").read_bytes() != (kept.home / "server.key").read_bytes()


def test_without_a_recovery_key_no_backup_is_made(kept: Kept, tmp_path: Path) -> None:
    with closing(sqlite3.connect(kept.home / "vault.sqlite")) as db, db:
        db.execute("DELETE FROM recipients")
    with pytest.raises(BackupRefused, match="no_recovery_key"):
        kept.backup()
    assert files_under(kept.folder) == {}


def test_where_there_is_no_record_there_is_no_backup(kept: Kept, tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="events_missing"):
        make_backup(tmp_path / "nowhere", kept.folder)
    assert not kept.folder.exists()


def test_two_backups_in_one_second_are_two(kept: Kept) -> None:
    assert kept.backup().file != kept.backup().file
    assert len(kept.tracker.vault.copies.made()) == 2


def test_a_second_backup_into_the_same_folder_waits_for_another_time(kept: Kept) -> None:
    kept.folder.mkdir()
    with making._alone_in(kept.folder):
        with pytest.raises(BackupRefused, match="backup_under_way"):
            kept.backup()
        assert make_backup(kept.home, kept.folder / "another").position > 0


def test_killed_in_the_middle_it_leaves_only_sealed_copies_which_the_next_one_removes(kept: Kept) -> None:
    with another_process(killed_while_packing, kept.home, kept.folder) as (_, process):
        process.join(30)
        assert process.exitcode == 9
    (left,) = kept.folder.glob(f"{making.COPIES}*")
    assert left.stat().st_mode & 0o777 == 0o700
    copies = files_under(left)
    assert {"events.sqlite", "vault.sqlite", "door.key"} <= set(copies)
    key = (kept.home / "server.key").read_text().split()[-1]
    for content in copies.values():
        assert NAME.encode() not in content
        assert key.encode() not in content
        assert bytes.fromhex(key) not in content
    assert len(kept.tracker.vault.copies.made()) == 1  # it could have been whole: a forgetting would name it
    with (left / "events.sqlite").open("rb") as held:
        made = kept.backup()
        assert set(held.read()) == {0}  # overwritten, not only removed
    assert sorted(files_under(kept.folder)) == [LIST, made.file.name]
    assert [backup.file for backup in kept.tracker.vault.copies.made()] == [made.file]


@pytest.mark.parametrize("share", [0.1, 0.4, 0.99])
def test_a_backup_that_fails_leaves_nothing(kept: Kept, share: float) -> None:
    whole = kept.backup()
    whole.file.unlink()
    limit = int(whole.size * share)
    with another_process(on_a_full_disk, kept.home, kept.folder, limit) as (pipe, _):
        assert pipe.recv() in ("OSError", "OperationalError", "DatabaseError")
    assert set(files_under(kept.folder)) <= {LIST}
    with suppress(FileNotFoundError):
        assert list(kept.folder.glob(f"{making.COPIES}*")) == []
    assert [backup.file for backup in kept.tracker.vault.copies.made()] in ([], [whole.file])
    assert kept.backup().position == kept.tracker.log.last()


def test_a_damaged_store_is_not_backed_up(kept: Kept) -> None:
    file = kept.home / "events.sqlite"
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(file.read_bytes())
    content[-4096:-4000] = b"\xff" * 96
    file.write_bytes(content)
    with pytest.raises(BackupRefused, match="store_damaged"):
        kept.backup()
    assert set(files_under(kept.folder)) <= {LIST}


def test_somebody_forgotten_while_a_backup_is_made_is_not_in_it(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = kept.recorded()

    def forget_meanwhile(*what: object) -> None:
        if kept.tracker.vault.forgotten() == set():
            aftermath = kept.tracker.vault.forget(gone.person)
            assert len(aftermath.backups) == 1  # the one that is being made: it is thrown away
        pack(*what)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "pack", forget_meanwhile)
    made = kept.backup()
    assert made.must_be_collected
    private = kept.new_recovery_key()
    assert [backup.file for backup in kept.tracker.vault.copies.made()] == [made.file]
    assert read_list(kept.folder) == {gone.person}
    (kept.folder / LIST).unlink()  # so that only the backup itself tells
    kept.restore(private=private, without_list=True)
    with closing(open_tracker(kept.restored())) as tracker:
        assert tracker.vault.open(gone) is FORGOTTEN


def test_keys_that_are_renewed_all_the_time_make_a_backup_impossible_and_it_says_so(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def renew_meanwhile(*what: object) -> None:
        pack(*what)  # type: ignore[arg-type]
        kept.tracker.vault.renew_keys()

    monkeypatch.setattr(making, "pack", renew_meanwhile)
    with pytest.raises(BackupRefused, match="keys_being_renewed"):
        kept.backup()
    assert sorted(files_under(kept.folder)) == [LIST]
    assert kept.tracker.vault.copies.made() == ()


def test_a_backup_that_was_destroyed_is_struck_off_and_an_unplugged_disk_is_not(kept: Kept, tmp_path: Path) -> None:
    first = kept.backup().file
    away = make_backup(kept.home, tmp_path / "disk").file
    away.parent.rename(tmp_path / "unplugged")
    away.parent.mkdir()
    first.unlink()
    last = kept.backup().file
    assert [backup.file for backup in kept.tracker.vault.copies.made()] == [away, last]
