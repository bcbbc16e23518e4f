"""The vault: nothing is sealed without a key, and what was forgotten is forgotten everywhere."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.privacy import Sealed
from domain.record import new_id
from tests.web.vault.homes import DETENTION, Home, another_process, forget, seal_for_new
from web.vault import FORGOTTEN, NoKey, SealBroken, Unopened, Vault
from web.vault.keyring import Keyring
from web.vault.person_keys import PersonKeys
from web.vault.storage import Storage


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
    keys = PersonKeys(Storage(reader, writer), Keyring(home.key_file), kept=2)
    assert set(keys.find(persons)) == set(persons)
    assert len(keys._cache) == 2
    assert set(keys.find(persons)) == set(persons)
    reader.dispose()
    writer.dispose()


def test_a_wrap_given_to_somebody_else_opens_nothing(home: Home, vault: Vault) -> None:
    one, two = seal_for_new(vault), seal_for_new(vault)
    taken = home.run(f"SELECT wrapped FROM key_wraps WHERE person = {home.literal(two.person.bytes)}")[0][0]
    home.run(f"UPDATE key_wraps SET wrapped = {home.literal(taken)} WHERE person = {home.literal(one.person.bytes)}")
    with home.opened() as later:
        with pytest.raises(SealBroken):
            later.open(one)
        later.mint([one.person])  # leaves the wrap alone: it may be needed to find out what happened
        with pytest.raises(NoKey):
            later.seal(one.person, DETENTION, "name", "Иванов")
        assert later.open(two) == "Иванов Пётр"


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


def test_a_key_read_before_a_forgetting_is_not_kept_after_it(home: Home, vault: Vault) -> None:
    person = seal_for_new(vault).person
    reader, writer = home.engines()
    keys = PersonKeys(Storage(reader, writer), Keyring(home.key_file))
    slow = keys.find([person])[person]  # a thread that read the key and was then held up
    changes = keys._changes
    vault.forget(person)
    keys.find([])  # another thread, after the forgetting
    assert not isinstance(slow, Unopened)
    keys._remember({person: slow}, changes)
    assert keys.find([person]) == {person: FORGOTTEN}
    reader.dispose()
    writer.dispose()


def test_no_wrapped_key_of_a_forgotten_person_is_left_in_the_tables(home: Home, vault: Vault) -> None:
    person = seal_for_new(vault).person
    of_them = f"SELECT wrapped FROM key_wraps WHERE person = {home.literal(person.bytes)}"
    assert len(home.run(of_them)) == 1
    vault.forget(person)
    assert home.run(of_them) == []


def wraps_of(home: Home) -> list[bytes]:
    return [bytes(wrap) for (wrap,) in home.run("SELECT wrapped FROM key_wraps")]


@pytest.mark.parametrize("mint_id", [new_id, uuid4], ids=["as ids are", "in no order"])
def test_no_byte_of_a_forgotten_persons_key_is_left_in_any_file(tmp_path: Path, mint_id: Callable[[], UUID]) -> None:
    home = Home(tmp_path)
    with home.created() as vault:
        persons = [mint_id() for _ in range(400)]
        for start in range(0, 400, 50):  # in steps, so that the pages of the file are split and filled more than once
            vault.mint(persons[start : start + 50])
        vault.renew_recovery()
        vault.recovery_key_collected()
        before = wraps_of(home)
        kept = home.everything()
        assert len(before) == 800
        assert all(wrap[13:45] in kept for wrap in before)  # what is there can be found
        for start in range(0, 400, 40):
            vault.forget(*persons[start : start + 40 : 4])
        after, left = wraps_of(home), home.everything()
        assert len(after) == 600
        assert all(wrap[13:45] in left for wrap in after)
        assert not any(wrap[13:29] in left or wrap[-16:] in left for wrap in before)  # nobody's: all keys were renewed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["door.key", "server.key", "vault.sqlite"]


def test_no_personal_text_is_in_the_vault(home: Home, vault: Vault) -> None:
    sealed = seal_for_new(vault, "Марфа Канарейкина")
    vault.open(sealed)
    kept = home.everything()
    assert b"operator" in kept  # what is there in plain text can be found
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "koi8-r", "cp1251"):
        assert "Канарейкина".encode(encoding) not in kept
