"""The vault: people's keys are there before anything is sealed with them, and once forgotten they are nowhere."""

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import inspect

from domain.privacy import Sealed
from domain.record import new_id
from tests.web.vault_home import Home, another_process, create_and_tell, forget, mint_and_seal, mint_until_killed
from web.vault import (
    FORGOTTEN,
    KeyFileUnsafe,
    KeyFileUnusable,
    NoKey,
    SealBroken,
    Unopened,
    Vault,
    VaultError,
    create_sqlite_file,
    sqlite_engines,
)
from web.vault.key_file import create_key_file, read_key_file
from web.vault.person_keys import PersonKeys
from web.vault.storage import SCHEMA, Storage
from web.vault.tables import metadata

ENGINES = ["sqlite", "postgresql"]
DETENTION = new_id()


@pytest.fixture(params=ENGINES)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    return Home(tmp_path, request.getfixturevalue("postgres_url") if request.param == "postgresql" else None)


@pytest.fixture
def vault(home: Home) -> Iterator[Vault]:
    with home.created() as vault:
        yield vault


def seal_for_new(vault: Vault, text: str = "Иванов Пётр") -> Sealed:
    person = new_id()
    return vault.mint([person]).seal(person, DETENTION, "name", text)


# Sealing and opening


def test_what_was_sealed_opens_in_another_process_later(home: Home, vault: Vault) -> None:
    sealed = seal_for_new(vault, "Иванов Пётр")
    with home.opened() as later:
        assert later.open(sealed) == "Иванов Пётр"


def test_nothing_is_sealed_for_a_person_without_a_key(vault: Vault) -> None:
    person = new_id()
    with pytest.raises(NoKey) as refused:
        vault.seal(person, DETENTION, "name", "Иванов")
    assert refused.value.code == "no_key"
    assert "Иванов" not in str(refused.value)
    with pytest.raises(NoKey):
        vault.mint([new_id()]).seal(person, DETENTION, "name", "Иванов")


def test_minting_again_leaves_the_key_as_it_is(vault: Vault) -> None:
    person, other = new_id(), new_id()
    vault.mint([person])
    before = vault.seal(person, DETENTION, "name", "Иванов")
    after = vault.mint([person, other, person]).seal(person, DETENTION, "name", "Петров")
    assert vault.open_many([before, after]) == ["Иванов", "Петров"]


def test_a_text_about_another_person_or_from_another_field_does_not_open(vault: Vault) -> None:
    one, two = seal_for_new(vault), seal_for_new(vault)
    for moved in (
        Sealed(two.person, one.aggregate, one.field, one.ciphertext),
        Sealed(one.person, new_id(), one.field, one.ciphertext),
        Sealed(one.person, one.aggregate, "phone", one.ciphertext),
    ):
        with pytest.raises(SealBroken):
            vault.open(moved)


def test_a_page_is_opened_in_its_order_and_one_damaged_line_does_not_hide_the_others(vault: Vault) -> None:
    first, damaged, gone, last = (seal_for_new(vault, text) for text in ("раз", "два", "три", "четыре"))
    vault.forget(gone.person)
    damaged = Sealed(damaged.person, damaged.aggregate, damaged.field, damaged.ciphertext[:-1])
    assert vault.open_many([last, gone, first, damaged, last]) == ["четыре", FORGOTTEN, "раз", Unopened.DAMAGED, "четыре"]
    assert vault.open_many([]) == []


def test_more_people_than_one_statement_asks_for_are_all_opened(home: Home, vault: Vault) -> None:
    persons = [new_id() for _ in range(1234)]
    sealer = vault.mint(persons)
    sealed = [sealer.seal(person, DETENTION, "name", str(person)) for person in persons]
    with home.opened() as later:
        assert later.open_many(sealed) == [str(person) for person in persons]


def test_only_so_many_keys_stay_in_memory_and_the_others_are_found_again(home: Home, vault: Vault) -> None:
    persons = [new_id() for _ in range(5)]
    vault.mint(persons)
    reader, writer = home.engines()
    keys = PersonKeys(Storage(reader, writer), read_key_file(home.key_file), kept=2)
    assert set(keys.find(persons)) == set(persons)
    assert len(keys._cache) == 2
    assert set(keys.find(persons)) == set(persons)
    reader.dispose()
    writer.dispose()


def test_a_wrap_given_to_somebody_else_opens_nothing(home: Home, vault: Vault) -> None:
    one, two = seal_for_new(vault), seal_for_new(vault)
    taken = home.run(f"SELECT wrapped FROM key_wraps WHERE person = {literal(home, two.person)}")[0][0]
    wrapped = f"X'{taken.hex()}'" if home.url is None else f"'\\x{taken.hex()}'"
    home.run(f"UPDATE key_wraps SET wrapped = {wrapped} WHERE person = {literal(home, one.person)}")
    with home.opened() as later:
        with pytest.raises(SealBroken):
            later.open(one)
        later.mint([one.person])  # leaves the wrap alone: it may be needed to find out what happened
        with pytest.raises(NoKey):
            later.seal(one.person, DETENTION, "name", "Иванов")
        assert later.open(two) == "Иванов Пётр"


# Forgetting


def test_a_forgotten_person_is_forgotten_and_nobody_else(vault: Vault) -> None:
    one, two = seal_for_new(vault), seal_for_new(vault)
    vault.forget(one.person)
    assert vault.open(one) is FORGOTTEN
    assert vault.open(two) == "Иванов Пётр"


def test_a_forgotten_person_never_gets_another_key(vault: Vault) -> None:
    person = seal_for_new(vault).person
    vault.forget(person)
    sealer = vault.mint([person])
    for seal in (sealer.seal, vault.seal):
        with pytest.raises(NoKey) as refused:
            seal(person, DETENTION, "name", "Иванов")
        assert refused.value.code == "person_forgotten"


def test_forgetting_again_or_somebody_without_a_key_does_no_harm(vault: Vault) -> None:
    one, unknown = seal_for_new(vault), new_id()
    for person in (one.person, one.person, unknown):
        vault.forget(person)
    assert vault.open(one) is FORGOTTEN
    assert vault.open(Sealed(unknown, DETENTION, "name", one.ciphertext)) is FORGOTTEN


def test_a_key_that_was_lost_is_not_called_forgotten(home: Home, vault: Vault) -> None:
    one = seal_for_new(vault)
    home.run("DELETE FROM key_wraps")
    with home.opened() as later, pytest.raises(SealBroken):
        later.open(one)


def test_a_person_forgotten_by_another_process_is_forgotten_here_at_once(home: Home, vault: Vault) -> None:
    one, two = seal_for_new(vault), seal_for_new(vault)
    assert vault.open_many([one, two]) == ["Иванов Пётр", "Иванов Пётр"]
    with another_process(forget, home, one.person) as (pipe, _):
        assert pipe.recv() == "forgotten"
        assert vault.open_many([one, two]) == [FORGOTTEN, "Иванов Пётр"]
        with pytest.raises(NoKey):
            vault.seal(one.person, DETENTION, "name", "Иванов")


def test_no_wrapped_key_of_a_forgotten_person_is_left_in_the_tables(home: Home, vault: Vault) -> None:
    person = seal_for_new(vault).person
    of_them = f"SELECT wrapped FROM key_wraps WHERE person = {literal(home, person)}"
    assert len(home.run(of_them)) == 1
    vault.forget(person)
    assert home.run(of_them) == []


@pytest.mark.parametrize("mint_id", [new_id, uuid4], ids=["as ids are", "in no order"])
def test_no_byte_of_a_forgotten_persons_key_is_left_in_any_file(tmp_path: Path, mint_id: Callable[[], UUID]) -> None:
    home = Home(tmp_path)
    with home.created() as vault:
        persons = [mint_id() for _ in range(400)]
        for start in range(0, 400, 50):  # in steps, so that the pages of the file are split and filled more than once
            vault.mint(persons[start : start + 50])
        wraps = {bytes(person): bytes(wrap) for person, wrap in home.run("SELECT person, wrapped FROM key_wraps")}
        before = home.everything()
        assert all(wrap[13:45] in before for wrap in wraps.values())  # what is there can be found
        for person in persons[::4]:
            vault.forget(person)
        left = home.everything()
        for number, person in enumerate(persons):
            wrap = wraps[person.bytes]
            assert (wrap[13:29] in left, wrap[-16:] in left) == (number % 4 > 0, number % 4 > 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["server.key", "vault.sqlite"]


def test_no_personal_text_is_in_the_vault(home: Home, vault: Vault) -> None:
    sealed = seal_for_new(vault, "Марфа Канарейкина")
    vault.open(sealed)
    kept = home.everything()
    assert b"operator" in kept  # what is there in plain text can be found
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "koi8-r", "cp1251"):
        assert "Канарейкина".encode(encoding) not in kept


# Several processes


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


# The key file


def test_the_key_file_is_for_its_owner_only(home: Home, vault: Vault) -> None:
    assert home.key_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o666])
def test_a_key_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "server.key"
    create_key_file(path)
    read_key_file(path)
    path.chmod(mode)
    with pytest.raises(KeyFileUnsafe):
        read_key_file(path)


def test_a_key_file_that_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    create_key_file(tmp_path / "elsewhere")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "folder").mkdir(mode=0o700)
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name in ("link", "folder", "pipe"):
        with pytest.raises(KeyFileUnsafe):
            read_key_file(tmp_path / name)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another account")
def test_a_key_file_of_another_account_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "server.key"
    create_key_file(path)
    os.chown(path, 65534, 65534)
    with pytest.raises(KeyFileUnsafe):
        read_key_file(path)


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
        read_key_file(path)
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


# The store


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


# Accounts


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


def test_an_account_that_is_not_there_is_refused_without_its_name(vault: Vault) -> None:
    with pytest.raises(VaultError) as refused:
        vault.accounts.id_of("Марфа")
    assert "Марфа" not in str(refused.value)


def literal(home: Home, person: UUID) -> str:
    """A person's id as both engines want it in a statement."""
    return f"X'{person.hex}'" if home.url is None else f"'\\x{person.hex}'"
