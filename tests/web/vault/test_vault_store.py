"""Where the vault is kept: what several processes do to it at once, what it promises, and who its accounts are."""

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect

from domain.privacy import Sealed
from domain.record import new_id
from tests.web.vault.homes import (
    DETENTION,
    Home,
    another_process,
    create_and_tell,
    mint_and_seal,
    mint_until_killed,
    seal_for_new,
)
from web.vault import (
    Vault,
    VaultError,
    create_sqlite_file,
    sqlite_engines,
)
from web.vault.key_file import create_key_file
from web.vault.keyring import Keyring
from web.vault.sealing import Cipher, close_text, context_of_secret, context_of_wrap, new_key, shut
from web.vault.storage import SCHEMA
from web.vault.tables import FIRST, WORDS, metadata


def test_four_processes_creating_at_once_make_one_vault(home: Home) -> None:
    with (
        another_process(create_and_tell, home) as (one, _),
        another_process(create_and_tell, home) as (two, _),
        another_process(create_and_tell, home) as (three, _),
        another_process(create_and_tell, home) as (four, _),
    ):
        pipes = [one, two, three, four]
        for pipe in pipes:
            pipe.send("go")
        told = [pipe.recv() for pipe in pipes]
    assert sorted(told[0].values()) == ["demo", "operator"]
    assert all(names == told[0] for names in told)


def test_two_processes_minting_for_the_same_people_agree_on_their_keys(home: Home, vault: Vault) -> None:
    persons = [new_id() for _ in range(300)]
    with (
        another_process(mint_and_seal, home, persons, DETENTION) as (one, _),
        another_process(mint_and_seal, home, persons[::-1], DETENTION) as (two, _),
    ):
        for pipe in (one, two):
            assert pipe.recv() == "ready"
        for pipe in (one, two):
            pipe.send("go")
        sealed = [*one.recv(), *two.recv()]
    assert len(sealed) == 600
    assert vault.open_many(sealed) == [str(text.person) for text in sealed]


def test_every_key_told_of_before_a_kill_is_there_after_it(home: Home, vault: Vault) -> None:
    with another_process(mint_until_killed, home) as (pipe, process):
        told = [pipe.recv() for _ in range(20)]
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        while pipe.poll():
            try:
                told.append(pipe.recv())
            except EOFError:
                break
    assert vault.open_many(told) == ["Анна"] * len(told)
    assert vault.open(seal_for_new(vault)) == "Иванов Пётр"


def test_opening_never_creates(home: Home) -> None:
    with pytest.raises(VaultError) as refused, home.opened():
        pass
    assert refused.value.code == "vault_missing"
    assert list(home.folder.iterdir()) == []
    if home.url is None:
        create_sqlite_file(home.file)
        with pytest.raises(VaultError, match="vault_missing"), home.opened():
            pass


def test_creating_again_keeps_what_is_there(home: Home) -> None:
    with home.created() as vault:
        sealed, names = seal_for_new(vault), vault.accounts.names()
    with home.created() as vault:
        assert vault.open(sealed) == "Иванов Пётр"
        assert vault.accounts.names() == names


def test_a_vault_made_by_the_first_version_opens_all_it_held(tmp_path: Path) -> None:
    home, person, key = Home(tmp_path), new_id(), new_key()
    create_sqlite_file(home.file)
    create_key_file(home.key_file)
    server = Keyring(home.key_file).keys().of(1)
    with closing(sqlite3.connect(home.file)) as db, db:
        db.execute("CREATE TABLE migrations (number INTEGER PRIMARY KEY, applied TEXT NOT NULL)")
        for statement in FIRST:
            db.execute(statement.format(**WORDS["sqlite"]))
        db.execute("INSERT INTO migrations VALUES (1, 'long ago')")
        wrapped = shut(server, key, context_of_wrap(person, "server", 1))
        db.execute("INSERT INTO key_wraps VALUES (?, 'server', 1, ?)", [person.bytes, wrapped])
        secret = {name: new_key() for name in ("import identities", "forms")}
        for name, kept in secret.items():
            db.execute("INSERT INTO secrets VALUES (?, 1, ?)", [name, shut(server, kept, context_of_secret(name, 1))])
        db.execute("INSERT INTO accounts VALUES (?, 'operator', 'built-in', 'long ago')", [new_id().bytes])
    with pytest.raises(VaultError, match="vault_older"), home.opened():
        pass
    sealed = Sealed(person, DETENTION, "name", close_text(Cipher(key), person, DETENTION, "name", "Иванов Пётр"))
    with home.created() as vault:
        assert vault.open(sealed) == "Иванов Пётр"
        assert vault.form_key == secret["forms"]  # forms left open are still good
        assert vault.identities._secret == secret["import identities"]
        vault.renew_recovery()
        vault.renew_keys()
    with home.created() as vault:
        assert vault.open(sealed) == "Иванов Пётр"
        assert vault.form_key == secret["forms"]
        assert list(vault.accounts.names().values()) == ["operator"]


def test_a_vault_made_by_a_newer_version_is_refused(home: Home) -> None:
    with home.created():
        pass
    home.run("INSERT INTO migrations (number, applied) VALUES (1000, 'in the future')")
    for start in (home.created, home.opened):
        with pytest.raises(VaultError, match="vault_newer"), start():
            pass


def test_the_steps_lead_to_the_tables_that_are_declared(home: Home, vault: Vault) -> None:
    reader, writer = home.engines()
    schema = SCHEMA if home.url else None
    found = {
        table: {column["name"] for column in inspect(reader).get_columns(table, schema=schema)}
        for table in inspect(reader).get_table_names(schema=schema)
    }
    reader.dispose()
    writer.dispose()
    assert found == {name: set(table.columns.keys()) for name, table in metadata.tables.items()}


def test_the_file_keeps_its_promises_on_every_connection(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.created():
        pass
    assert home.file.stat().st_mode & 0o777 == 0o600
    for engine in home.engines():
        with engine.connect() as db:
            said = {
                name: db.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "secure_delete", "synchronous")
            }
            assert said == {"journal_mode": "delete", "secure_delete": 1, "synchronous": 3}
        engine.dispose()


def test_a_file_that_will_not_keep_its_promises_is_refused(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.created():
        pass
    with closing(sqlite3.connect(home.file)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("SELECT * FROM accounts").fetchall()
        with pytest.raises(VaultError, match="vault_unsafe"), home.opened():
            pass


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.created():
        pass
    reader, writer = sqlite_engines(home.file)
    with reader.connect() as db, pytest.raises(Exception, match="readonly"):
        db.exec_driver_sql("DELETE FROM accounts")
    reader.dispose()
    writer.dispose()


def test_the_built_in_accounts_have_ids_that_say_nothing(
    home: Home, vault: Vault, tmp_path_factory: pytest.TempPathFactory
) -> None:
    operator = vault.accounts.id_of("operator")
    assert operator.version == 4
    assert vault.accounts.name_of(operator) == "operator"
    assert vault.accounts.names() == {operator: "operator", vault.accounts.id_of("demo"): "demo"}
    with Home(tmp_path_factory.mktemp("other")).created() as other:
        assert other.accounts.id_of("operator") != operator
        assert other.accounts.name_of(operator) is None


def test_an_account_that_is_not_there_is_refused(vault: Vault) -> None:
    with pytest.raises(VaultError, match="no_such_account"):
        vault.accounts.id_of("Марфа")
