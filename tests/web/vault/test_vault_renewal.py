"""New keys for old ones: nothing is lost wherever it is interrupted, and nobody goes on with the old."""

import shutil
from pathlib import Path

import pytest

from domain.privacy import Sealed
from tests.web.vault.homes import DETENTION, Home, another_process, renew_again_and_again, renew_and_stop, seal_for_new
from web.vault import FORGOTTEN, KeyFileUnusable, Vault
from web.vault.key_file import place_file, read_keys
from web.vault.person_keys import PersonKeys
from web.vault.renewal import Renewal
from web.vault.sealing import Cipher

STEPS = ["key file holds both", "deleted", "before the commit", "after the commit", "key file holds one"]
COMMITTED = {"after the commit", "key file holds one"}


def epochs(home: Home) -> list[int]:
    return sorted(read_keys(home.key_file) or {})


def renewed_and_killed(home: Home, after: str, forgotten: Sealed) -> None:
    with another_process(renew_and_stop, home, after, [forgotten.person]) as (_, process):
        process.join(30)
        assert process.exitcode == 9


def test_what_was_sealed_opens_after_the_keys_were_renewed(home: Home, vault: Vault) -> None:
    sealed = [seal_for_new(vault, str(number)) for number in range(20)]
    digest = vault.identities.digest("m", ("1",), ["x"])
    vault.renew_recovery()
    groups = vault.uncollected_recovery_key()
    assert vault.renew_keys().people == 20
    assert epochs(home) == [2]
    assert vault.open_many(sealed) == [str(number) for number in range(20)]
    with home.opened() as later:
        assert later.open_many(sealed) == [str(number) for number in range(20)]
        assert later.identities.digest("m", ("1",), ["x"]) == digest
        assert later.form_key == vault.form_key
        assert later.uncollected_recovery_key() == groups


def test_the_old_key_file_opens_nothing_of_the_renewed_vault_but_everything_of_an_old_copy(tmp_path: Path) -> None:
    home, copy = Home(tmp_path / "home"), Home(tmp_path / "copy")
    home.folder.mkdir()
    with home.created() as vault:
        sealed = seal_for_new(vault)
        shutil.copytree(home.folder, copy.folder)
        vault.renew_keys()
    with copy.opened() as old:
        assert old.open(sealed) == "Иванов Пётр"
    shutil.copy(home.file, copy.file)
    with pytest.raises(KeyFileUnusable, match="key_file_of_another_vault"), copy.opened():
        pass


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_of_a_renewal_nothing_is_lost_and_the_next_start_ends_it(home: Home, vault: Vault, step: str) -> None:
    vault.renew_recovery()
    sealed, gone = [seal_for_new(vault, str(number)) for number in range(5)], seal_for_new(vault)
    renewed_and_killed(home, step, gone)
    assert vault.open_many(sealed) == ["0", "1", "2", "3", "4"]  # a process that had been open all the time
    assert vault.open(gone) == (FORGOTTEN if step in COMMITTED else "Иванов Пётр")
    between = seal_for_new(vault, "тогда же")
    with home.opened() as later:
        assert epochs(home) == [2]
        assert later.open_many([*sealed, between]) == ["0", "1", "2", "3", "4", "тогда же"]
        assert later.open(gone) == (FORGOTTEN if step in COMMITTED else "Иванов Пётр")
        assert later.uncollected_recovery_key() is not None
        later.forget(gone.person)
        assert later.open(gone) is FORGOTTEN
    assert vault.open_many([*sealed, between, gone]) == ["0", "1", "2", "3", "4", "тогда же", FORGOTTEN]
    assert not (home.folder / "server.key.new").exists()


def test_a_step_that_fails_leaves_everything_as_it_was(home: Home, vault: Vault) -> None:
    sealed = seal_for_new(vault)

    def full(name: str) -> None:
        if name == "before the commit":
            raise OSError(28, "no space")

    with pytest.raises(OSError, match="no space"):
        Renewal(vault._storage, vault._keyring, full).renew(server=True, forget=[sealed.person])
    assert vault.open(sealed) == "Иванов Пётр"
    vault.renew_keys()
    assert (vault.open(sealed), epochs(home)) == ("Иванов Пётр", [3])


def test_a_process_goes_on_while_another_renews_the_keys_again_and_again(home: Home, vault: Vault) -> None:
    sealed = [seal_for_new(vault, "Анна")]
    with another_process(renew_again_and_again, home, 8) as (pipe, _):
        assert pipe.recv() == "ready"
        while not pipe.poll():
            sealed.append(seal_for_new(vault, "Анна"))
            vault._keys.let_go()  # so that every text asks for its wrap anew
            assert set(vault.open_many(sealed)) == {"Анна"}
        assert pipe.recv() == "done"
    assert epochs(home) == [9]
    with home.opened() as later:
        assert later.open_many(sealed) == ["Анна"] * len(sealed)


def test_two_processes_renewing_at_once_lose_nothing(home: Home, vault: Vault) -> None:
    sealed = [seal_for_new(vault, str(number)) for number in range(30)]
    with another_process(renew_again_and_again, home, 5) as (one, _), another_process(renew_again_and_again, home, 5) as (two, _):
        assert [one.recv(), two.recv()] == ["ready", "ready"]
        assert [one.recv(), two.recv()] == ["done", "done"]
    assert vault.open_many(sealed) == [str(number) for number in range(30)]
    assert epochs(home) == [11]


def test_a_process_does_not_keep_the_old_key_once_it_was_dropped(home: Home, vault: Vault) -> None:
    sealed = seal_for_new(vault)
    with home.opened() as other:
        assert other.open(sealed) == "Иванов Пётр"
        vault.renew_keys()
        assert other.open(sealed) == "Иванов Пётр"
        assert not other._keyring.keys().knows(1)


def test_a_wrap_renewed_between_two_looks_is_not_called_damaged(home: Home, vault: Vault) -> None:
    sealed = seal_for_new(vault)
    with home.opened() as other:
        keys = PersonKeys(other._storage, other._keyring)
        vault.renew_keys()  # `other` has read `changes` already, and not yet the wrap
        with other._storage.reading() as db:
            assert isinstance(keys._unwrapped(db, [sealed.person])[sealed.person], Cipher)


def test_the_old_key_is_overwritten_where_it_lay(tmp_path: Path) -> None:
    path = tmp_path / "server.key"
    place_file(path, "old " * 40)
    with path.open("rb") as held:  # the file as the disk still has it, under no name
        place_file(path, "new", replace=True)
        assert held.read() == bytes(160)
    assert path.read_text() == "new"
    assert [file.name for file in tmp_path.iterdir()] == ["server.key"]


def test_a_key_file_left_half_written_by_a_kill_is_overwritten_by_the_next_renewal(home: Home, vault: Vault) -> None:
    left = home.folder / "server.key.new"
    left.write_text("khronika server key 1\n1 " + "a" * 64)
    left.chmod(0o600)
    with left.open("rb") as held:
        vault.renew_keys()
        assert set(held.read()) == {0}
    assert not left.exists()


def test_a_reader_of_the_key_file_never_sees_it_half_replaced(home: Home, vault: Vault) -> None:
    sealed = seal_for_new(vault)
    with another_process(renew_again_and_again, home, 5) as (pipe, _):
        assert pipe.recv() == "ready"
        while not pipe.poll():
            assert read_keys(home.key_file)
        pipe.recv()
    assert vault.open(sealed) == "Иванов Пётр"
    assert vault.seal(sealed.person, DETENTION, "name", "ещё").person == sealed.person
    assert home.key_file.stat().st_mode & 0o777 == 0o600
