"""Forgetting, all of it: what opens afterwards, what does not, and what somebody has to destroy elsewhere."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.record import new_id
from tests.web.vault.homes import Home, seal_for_new
from tests.web.vault.test_vault_recipients import keys_with, recovery_key
from web.vault import FORGOTTEN, Vault
from web.vault.elsewhere import LIST, lengthen_list, read_list
from web.vault.errors import BackupRefused, KeyFileUnusable
from web.vault.recipients import RECOVERY
from web.vault.recovery_key import from_groups


def note(vault: Vault, file: Path) -> None:
    """A backup is made here, as far as the vault knows."""
    recovery = vault.recovery()
    assert recovery is not None
    vault.copies.note(file, datetime.now(UTC), 7, recovery.epoch)


def test_an_image_from_before_opens_with_the_old_key_file_or_the_old_recovery_key_and_not_with_the_new(tmp_path: Path) -> None:
    home, image = Home(tmp_path / "home"), Home(tmp_path / "image")
    home.folder.mkdir()
    with home.created() as vault:
        old = recovery_key(vault)
        gone, other = seal_for_new(vault), seal_for_new(vault, "Анна")
        shutil.copytree(home.folder, image.folder)
        aftermath = vault.forget(gone.person, hand_out=True)
        assert aftermath.recovery_key is not None
        new = from_groups(aftermath.recovery_key)
        vault.recovery_key_collected()
        assert vault.open_many([gone, other]) == [FORGOTTEN, "Анна"]
    with image.opened() as seized:  # shown, not hidden: an old copy with the old key file opens
        assert seized.open(gone) == "Иванов Пётр"
        assert set(keys_with(seized, RECOVERY, old, gone.person)) == {gone.person}  # and so does the old recovery key
        assert keys_with(seized, RECOVERY, new, gone.person, other.person) == {}
    shutil.copy(home.key_file, image.key_file)
    with pytest.raises(KeyFileUnusable, match="key_file_of_another_vault"), image.opened():
        pass


def test_nothing_in_any_file_opens_a_forgotten_person_with_any_key_there_is_now(home: Home, vault: Vault) -> None:
    recovery_key(vault)
    gone, other = seal_for_new(vault), seal_for_new(vault)
    before = [bytes(wrap) for (wrap,) in home.run("SELECT wrapped FROM key_wraps")]
    assert all(wrap[13:45] in home.everything() for wrap in before)
    aftermath = vault.forget(gone.person, hand_out=True)
    assert aftermath.recovery_key is not None
    assert not any(wrap[13:29] in home.everything() for wrap in before)
    assert keys_with(vault, RECOVERY, from_groups(aftermath.recovery_key), gone.person) == {}
    assert set(keys_with(vault, RECOVERY, from_groups(aftermath.recovery_key), other.person)) == {other.person}


def test_several_people_are_forgotten_at_once_and_again_does_no_harm(home: Home, vault: Vault) -> None:
    first, second, other = (seal_for_new(vault) for _ in range(3))
    aftermath = vault.forget(first.person, second.person)
    assert aftermath.persons == (first.person, second.person)
    assert (aftermath.recovery_key, aftermath.must_be_collected, aftermath.backups) == (None, False, ())
    keys = home.key_file.read_bytes()
    vault.forget(first.person)
    assert home.key_file.read_bytes() == keys  # nothing was left to renew
    vault.forget(first.person, new_id())
    assert vault.open_many([first, second, other]) == [FORGOTTEN, FORGOTTEN, "Иванов Пётр"]
    assert len(vault.forgotten()) == 3
    assert vault.forget().backups == ()


def test_a_new_recovery_key_waits_where_it_was_not_handed_out(home: Home, vault: Vault) -> None:
    recovery_key(vault)
    gone = seal_for_new(vault)
    aftermath = vault.forget(gone.person)
    assert aftermath.recovery_key is None
    assert aftermath.must_be_collected
    with home.opened() as later:
        groups = later.uncollected_recovery_key()
        assert groups is not None
        assert later.forget(gone.person, hand_out=True).recovery_key == groups
    assert groups not in repr(vault.forget(gone.person, hand_out=True))


def test_the_backups_that_still_hold_the_old_keys_are_named_and_only_those(vault: Vault, tmp_path: Path) -> None:
    recovery_key(vault)
    first, second = seal_for_new(vault), seal_for_new(vault)
    for name in ("a.backup", "b.backup"):
        note(vault, tmp_path / "disk" / name)
    assert [backup.file.name for backup in vault.forget(first.person).backups] == ["a.backup", "b.backup"]
    note(vault, tmp_path / "disk" / "c.backup")
    assert [backup.file.name for backup in vault.forget(second.person).backups] == ["a.backup", "b.backup", "c.backup"]
    assert [backup.file.name for backup in vault.forget(first.person).backups] == ["a.backup", "b.backup"]
    assert [backup.recovery for backup in vault.copies.made()] == [1, 1, 2]


def test_the_lists_beside_backups_learn_of_a_forgetting_where_they_can_be_reached(vault: Vault, tmp_path: Path) -> None:
    recovery_key(vault)
    gone = seal_for_new(vault)
    here, away = tmp_path / "here", tmp_path / "away"
    for folder in (here, away):
        note(vault, folder / "a.backup")
    here.mkdir()
    lengthen_list(here, [])
    away.mkdir()  # where a disk is plugged in on other days
    aftermath = vault.forget(gone.person)
    assert read_list(here) == {gone.person}
    assert aftermath.unreached == (away,)
    assert list(away.iterdir()) == []
    assert json.loads((here / LIST).read_text()) == {"forgotten": [gone.person.hex]}
    assert (here / LIST).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("said", ["", "{}", "[]", '{"forgotten": 3}', '{"forgotten": ["x"]}', '{"forgotten": [3]}', "{'"])
def test_a_list_that_cannot_be_read_is_neither_believed_nor_overwritten(tmp_path: Path, said: str) -> None:
    (tmp_path / LIST).write_text(said)
    with pytest.raises(BackupRefused, match="forgotten_list_damaged"):
        read_list(tmp_path)
    with pytest.raises(BackupRefused, match="forgotten_list_damaged"):
        lengthen_list(tmp_path, [new_id()])
    assert (tmp_path / LIST).read_text() == said
