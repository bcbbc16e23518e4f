"""A locked start: with the key file under a passphrase nothing about people opens until somebody enters it."""

import re
from pathlib import Path

import pytest

from tests.web.vault.homes import DETENTION, Home, seal_for_new
from web.vault import FORGOTTEN, KeyFileUnusable, Unopened, Vault, VaultError, VaultLocked
from web.vault.key_file import SEALED_HEADING, create_key_file, read_keys, stretched
from web.vault.sealing import Broken, context_of_secret, open_box, shut

PASSPHRASE = "семь слов которые никто не угадает пожалуй"


def test_a_vault_opens_locked_and_says_so_of_every_text(home: Home) -> None:
    with home.created(PASSPHRASE) as vault:
        assert not vault.is_locked
        sealed, gone = seal_for_new(vault), seal_for_new(vault)
        vault.forget(gone.person)
    with home.opened() as vault:
        assert vault.is_locked
        assert vault.open_many([sealed, gone]) == [Unopened.LOCKED, Unopened.LOCKED]
        assert vault.open_many([]) == []
        vault.unlock(PASSPHRASE)
        assert vault.open_many([sealed, gone]) == ["Иванов Пётр", FORGOTTEN]
        vault.lock()
        assert vault.is_locked
        assert vault.open(sealed) is Unopened.LOCKED


def test_a_locked_vault_seals_nothing_and_renews_nothing(home: Home) -> None:
    with home.created(PASSPHRASE) as vault:
        person = seal_for_new(vault).person
    with home.opened() as vault:
        for attempt in (
            lambda: vault.mint([person]),
            lambda: vault.seal(person, DETENTION, "name", "Иванов"),
            lambda: vault.identities,
            lambda: vault.forget(person),
            vault.renew_keys,
            vault.renew_recovery,
            vault.uncollected_recovery_key,
            lambda: vault.put_under_passphrase("другая"),
        ):
            with pytest.raises(VaultLocked) as refused:
                attempt()
            assert refused.value.code == "vault_locked"
        assert vault.forgotten() == set()


def test_what_signs_forms_and_seals_accounts_works_while_locked(home: Home) -> None:
    context = context_of_secret("totp", 0)
    with home.created(PASSPHRASE) as vault:
        form_key, box = vault.form_key, shut(vault.door_cipher, b"secret", context)
    with home.opened() as vault:
        assert vault.is_locked
        assert vault.form_key == form_key
        assert open_box(vault.door_cipher, box, context) == b"secret"


def test_the_doors_key_opens_nothing_about_people(home: Home, vault: Vault) -> None:
    sealed = seal_for_new(vault)
    wrapped = bytes(home.run("SELECT wrapped FROM key_wraps")[0][0])
    for box in (sealed.ciphertext, wrapped):
        with pytest.raises(Broken):
            open_box(vault.door_cipher, box, b"")
    names = dict(home.run("SELECT name, epoch FROM secrets"))
    assert names == {"import identities": 1, "forms": 0, "accounts": 0}
    assert (home.folder / "door.key").stat().st_mode & 0o777 == 0o600


def test_a_wrong_passphrase_opens_nothing_and_does_the_same_work(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with home.created(PASSPHRASE):
        pass
    work = []

    def counted(passphrase: str, salt: bytes | None = None) -> object:
        work.append(passphrase)
        return stretched(passphrase, salt)

    monkeypatch.setattr("web.vault.keyring.stretched", counted)
    with home.opened() as vault:
        for wrong in ("", "неверная", PASSPHRASE + "!", PASSPHRASE[:-1]):
            with pytest.raises(VaultError) as refused:
                vault.unlock(wrong)
            assert refused.value.code == "wrong_passphrase"
            assert refused.value.values == {}
            assert vault.is_locked
        vault.unlock(f"  {PASSPHRASE.capitalize().replace(' ', ' - ')} ")
        assert not vault.is_locked
    assert len(work) == 5


def test_a_plain_key_file_can_be_put_under_a_passphrase_and_under_another(home: Home) -> None:
    with home.created() as vault:
        sealed = seal_for_new(vault)
        assert (vault.has_passphrase, vault.is_locked) == (False, False)
        plain = (read_keys(home.key_file) or {})[1]
        vault.put_under_passphrase(PASSPHRASE)
        assert (vault.has_passphrase, vault.open(sealed)) == (True, "Иванов Пётр")
    assert plain.hex().encode() not in home.everything()
    assert read_keys(home.key_file) is None
    with home.opened() as vault:
        vault.unlock(PASSPHRASE)
        vault.put_under_passphrase("другая")
    with home.opened() as vault:
        with pytest.raises(VaultError, match="wrong_passphrase"):
            vault.unlock(PASSPHRASE)
        vault.unlock("другая")
        assert vault.open(sealed) == "Иванов Пётр"


def test_keys_are_renewed_under_the_same_passphrase_and_a_process_that_is_unlocked_goes_on(home: Home) -> None:
    with home.created(PASSPHRASE) as vault, home.opened() as other:
        sealed = seal_for_new(vault)
        other.unlock(PASSPHRASE)
        assert other.open(sealed) == "Иванов Пётр"
        vault.renew_keys()
        assert other.open(sealed) == "Иванов Пётр"
        vault.put_under_passphrase("другая")
        assert other.open(sealed) == "Иванов Пётр"  # what it holds opens
        vault.renew_keys()
        assert other.open(sealed) is Unopened.LOCKED  # until the file says something that it cannot read
        assert other.is_locked
        other.unlock("другая")
        assert other.open(sealed) == "Иванов Пётр"


def test_a_text_opened_before_the_vault_was_locked_leaves_no_key_behind(home: Home) -> None:
    with home.created(PASSPHRASE) as vault:
        sealed = seal_for_new(vault)
        assert vault.open(sealed) == "Иванов Пётр"
        found = vault._keys.find([sealed.person])  # a page that was being made
        vault.lock()
        vault._keys._remember(found, vault._keys._changes)  # type: ignore[arg-type]
        assert not vault._keys._cache


def test_a_plain_key_file_is_neither_locked_nor_unlocked(vault: Vault) -> None:
    for attempt in (vault.lock, lambda: vault.unlock(PASSPHRASE)):
        with pytest.raises(VaultError) as refused:
            attempt()
        assert refused.value.code == "no_passphrase"
    assert not vault.is_locked


def test_a_key_file_under_a_passphrase_that_was_altered_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "server.key"
    create_key_file(path, under=stretched(PASSPHRASE))
    said = path.read_text()
    heading, salt, box = re.split(r"[\n ](?=[0-9a-f]{32})", said.strip())
    assert heading == SEALED_HEADING
    assert PASSPHRASE not in said
    under = stretched(PASSPHRASE, bytes.fromhex(salt))
    assert read_keys(path, under)
    for altered in (f"{heading}\n{salt}\n", f"{heading}\n{salt[2:]} {box}\n", f"{heading}\n{box}\n", heading):
        path.write_text(altered)
        with pytest.raises(KeyFileUnusable, match="key_file_damaged"):
            read_keys(path, under)
    path.write_text(f"{heading}\n{salt} {box[:-2]}{int(box[-2:], 16) ^ 1:02x}\n")
    with pytest.raises(Broken):
        read_keys(path, under)


def test_a_door_key_that_is_missing_damaged_or_anothers_is_refused(home: Home) -> None:
    door = home.folder / "door.key"
    with home.created():
        pass
    said = door.read_text()
    anothers = f"{said.splitlines()[0]}\n{'a' * 64}\n"
    for altered, code in ((said[:-3], "key_file_damaged"), (anothers, "key_file_of_another_vault")):
        door.write_text(altered)
        for start in (home.opened, home.created):
            with pytest.raises(KeyFileUnusable, match=code), start():
                pass
    door.unlink()
    for start in (home.opened, home.created):
        with pytest.raises(KeyFileUnusable, match="key_file_missing"), start():
            pass
    assert not door.exists()
