"""The server's key: for its owner only, never replaced, never another vault's."""

import os
from pathlib import Path

import pytest

from tests.web.vault.homes import (
    Home,
    seal_for_new,
)
from web.vault import (
    KeyFileUnsafe,
    KeyFileUnusable,
    Vault,
)
from web.vault.key_file import create_key_file, read_keys


def test_the_key_file_is_for_its_owner_only(home: Home, vault: Vault) -> None:
    assert home.key_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o666])
def test_a_key_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "server.key"
    create_key_file(path)
    read_keys(path)
    path.chmod(mode)
    with pytest.raises(KeyFileUnsafe):
        read_keys(path)


def test_a_key_file_that_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    create_key_file(tmp_path / "elsewhere")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "folder").mkdir(mode=0o700)
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name in ("link", "folder", "pipe"):
        with pytest.raises(KeyFileUnsafe):
            read_keys(tmp_path / name)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another account")
def test_a_key_file_of_another_account_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "server.key"
    create_key_file(path)
    os.chown(path, 65534, 65534)
    with pytest.raises(KeyFileUnsafe):
        read_keys(path)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "khronika server key 1\n",
        f"khronika server key 1\n1 {'a' * 63}\n",
        f"khronika server key 1\n0 {'a' * 64}\n",
        f"khronika server key 1\n1 {'a' * 64}\nх\n",
        f"khronika server key 2\n1 {'a' * 64}\n",
        "-----BEGIN PRIVATE KEY-----\n",
    ],
)
def test_a_damaged_key_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "server.key"
    path.touch(0o600)
    path.write_text(content)
    with pytest.raises(KeyFileUnusable) as refused:
        read_keys(path)
    assert refused.value.code == "key_file_damaged"


def test_a_key_file_is_never_replaced(tmp_path: Path) -> None:
    create_key_file(tmp_path / "server.key")
    before = (tmp_path / "server.key").read_bytes()
    with pytest.raises(FileExistsError):
        create_key_file(tmp_path / "server.key")
    assert (tmp_path / "server.key").read_bytes() == before


def test_a_vault_whose_key_file_is_gone_gets_no_new_one(home: Home) -> None:
    with home.created() as vault:
        sealed = seal_for_new(vault)
    away = home.key_file.rename(home.folder / "away")
    for start in (home.created, home.opened):
        with pytest.raises(KeyFileUnusable) as refused, start():
            pass
        assert refused.value.code == "key_file_missing"
        assert not home.key_file.exists()
    away.rename(home.key_file)
    with home.opened() as vault:
        assert vault.open(sealed) == "Иванов Пётр"


def test_the_key_file_of_another_vault_is_refused(home: Home) -> None:
    with home.created():
        pass
    home.key_file.unlink()
    create_key_file(home.key_file)
    for start in (home.created, home.opened):
        with pytest.raises(KeyFileUnusable) as refused, start():
            pass
        assert refused.value.code == "key_file_of_another_vault"
