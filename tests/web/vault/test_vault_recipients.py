"""Who may have people's keys: the server, the recovery key, and with the same means anybody with a key of their own."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.record import new_id
from tests.web.vault.homes import DETENTION, Home, seal_for_new
from web.vault import FORGOTTEN, BackupRefused, NoKey, SealBroken, Unopened, Vault
from web.vault.person_keys import SERVER
from web.vault.recipients import (
    RECOVERY,
    Opening,
    Recipient,
    context_of_batch,
    new_private_key,
    open_with,
    public_half,
    seal_for,
)
from web.vault.recovery_key import from_groups, in_groups
from web.vault.sealing import Broken, Cipher, open_text

PRIVATE = bytes(range(32))
COUNSEL = f"account:{uuid4()}"
KNOWN = (
    "9cc212471282bfd637ed097c3ee6fec679e42a037e13eaa3ec48690217e8dd4184c8f3b757cf9515da6f1b3710a8ad20"
    "54d5e155c623309616b645f60fc85332321beb953ba794c0f989f321e7fecc0b"
)
"""Thirty-two zeros, sealed for the public half of PRIVATE as the first batch key for the recovery."""


def recovery_key(vault: Vault) -> bytes:
    """Made anew, noted, and gone from the vault."""
    vault.renew_recovery()
    groups = vault.uncollected_recovery_key()
    assert groups is not None
    vault.recovery_key_collected()
    return from_groups(groups)


def keys_with(vault: Vault, recipient: str, private: bytes, *persons: UUID) -> dict[UUID, bytes]:
    """What the holder of a private half gets out of the vault's tables, without any key of the server's."""
    with vault._storage.reading() as db:
        return Opening(db, recipient, private).keys(persons)


def test_the_format_of_what_is_sealed_for_a_public_key_has_not_drifted() -> None:
    sealed = bytes.fromhex(KNOWN)
    assert open_with(PRIVATE, sealed, context_of_batch(RECOVERY, 1)) == bytes(32)
    for private, context in (
        (PRIVATE, context_of_batch(RECOVERY, 2)),
        (PRIVATE, context_of_batch("recovery2", 1)),
        (bytes(32), context_of_batch(RECOVERY, 1)),
    ):
        with pytest.raises(Broken):
            open_with(private, sealed, context)
    with pytest.raises(Broken):
        open_with(PRIVATE, sealed[:20], context_of_batch(RECOVERY, 1))


@given(st.binary(min_size=32, max_size=32))
def test_a_recovery_key_survives_being_copied_by_hand(private: bytes) -> None:
    written = in_groups(private)
    assert [len(group) for group in written.split("-")] == [4] * 14
    assert from_groups(written) == private
    assert from_groups(written.lower().replace("-", " \n").replace("0", "o").replace("1", "l")) == private
    assert from_groups(written.replace("B", "В").replace("H", "Н").replace("K", "К")) == private  # the Cyrillic ones


@given(st.binary(min_size=32, max_size=32), st.integers(0, 55), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_slip_of_the_pen_in_a_recovery_key_is_found(private: bytes, place: int, letter: str) -> None:
    letters = in_groups(private).replace("-", "")
    slipped = letters[:place] + letter + letters[place + 1 :]
    if slipped != letters:
        with pytest.raises(BackupRefused):
            from_groups(slipped)


@pytest.mark.parametrize("written", ["", "x", "Ж" * 56, "0" * 55, "0" * 57, "ключ", "-" * 56])
def test_what_is_no_recovery_key_is_refused(written: str) -> None:
    with pytest.raises(BackupRefused) as refused:
        from_groups(written)
    assert refused.value.code == "recovery_key_mistyped"


def test_a_vault_without_a_recovery_key_works_and_says_so(home: Home, vault: Vault) -> None:
    assert (vault.has_recovery, vault.open(seal_for_new(vault))) == (False, "Иванов Пётр")
    assert home.run("SELECT DISTINCT recipient FROM key_wraps") == [(SERVER,)]
    private = recovery_key(vault)
    assert (vault.has_recovery, vault.recovery()) == (True, Recipient(RECOVERY, 1, public_half(private)))


def test_the_recovery_key_opens_everybody_before_and_after_it_was_made(home: Home, vault: Vault) -> None:
    before = seal_for_new(vault, "до")
    private = recovery_key(vault)
    after = seal_for_new(vault, "после")
    keys = keys_with(vault, RECOVERY, private, before.person, after.person)
    texts = [open_text(Cipher(keys[one.person]), one.person, one.aggregate, one.field, one.ciphertext) for one in (before, after)]
    assert texts == ["до", "после"]
    assert keys_with(vault, RECOVERY, new_private_key(), before.person, after.person) == {}


def test_a_new_recovery_key_opens_everything_and_the_old_one_nothing(home: Home, vault: Vault) -> None:
    person = seal_for_new(vault).person
    old = recovery_key(vault)
    new = recovery_key(vault)
    assert keys_with(vault, RECOVERY, old, person) == {}
    assert set(keys_with(vault, RECOVERY, new, person)) == {person}
    assert vault.recovery().epoch == 2  # type: ignore[union-attr]
    assert len(home.run("SELECT id FROM batches")) == 1  # the old batch went with its wraps


def test_a_recovery_key_waits_until_it_is_collected_and_is_then_gone(home: Home, vault: Vault) -> None:
    assert (vault.must_be_collected, vault.uncollected_recovery_key()) == (False, None)
    vault.renew_recovery()
    assert (vault.must_be_collected, vault.has_recovery) == (True, True)
    with home.opened() as later:
        groups = later.uncollected_recovery_key()
        assert groups == vault.uncollected_recovery_key() is not None
        later.recovery_key_collected()
    assert (vault.must_be_collected, vault.uncollected_recovery_key()) == (False, None)
    assert groups is not None
    assert from_groups(groups) not in home.everything()
    assert groups.encode() not in home.everything()


def test_a_persons_wrap_for_the_recovery_does_not_open_for_another_person(home: Home, vault: Vault) -> None:
    private = recovery_key(vault)
    one, two = seal_for_new(vault).person, seal_for_new(vault).person
    for column in ("wrapped", "batch"):
        wanted = f"SELECT {column} FROM key_wraps WHERE recipient = 'recovery' AND person = {home.literal(two.bytes)}"
        taken = home.run(wanted)[0][0]
        literal = str(taken) if column == "batch" else home.literal(bytes(taken))
        home.run(f"UPDATE key_wraps SET {column} = {literal} WHERE recipient = 'recovery' AND person = {home.literal(one.bytes)}")
    assert set(keys_with(vault, RECOVERY, private, one, two)) == {two}


def test_somebody_whom_the_server_may_no_longer_read_still_opens_with_their_counsels_key(home: Home, vault: Vault) -> None:
    sealed, other = seal_for_new(vault, "только адвокату"), seal_for_new(vault)
    private = new_private_key()
    vault.give(COUNSEL, public_half(private), [sealed.person])
    person = home.literal(sealed.person.bytes)
    home.run(f"DELETE FROM key_wraps WHERE recipient = '{SERVER}' AND person = {person}")
    with home.opened() as later:
        assert later.open(sealed) is Unopened.SEALED
        with pytest.raises(NoKey) as refused:  # and above all no second key is made
            later.mint([sealed.person]).seal(sealed.person, DETENTION, "name", "ещё")
        assert refused.value.code == "key_not_here"
        later.renew_keys()
        recovery_key(later)
        key = keys_with(later, COUNSEL, private, sealed.person, other.person)
        assert set(key) == {sealed.person}
        opened = open_text(Cipher(key[sealed.person]), sealed.person, sealed.aggregate, sealed.field, sealed.ciphertext)
        assert opened == "только адвокату"
        later.forget(sealed.person)
        assert later.open(sealed) is FORGOTTEN
        assert keys_with(later, COUNSEL, private, sealed.person) == {}
        assert later.open(other) == "Иванов Пётр"


def test_a_damaged_wrap_is_left_alone_by_a_renewal_and_told(home: Home, vault: Vault) -> None:
    damaged, other = seal_for_new(vault), seal_for_new(vault)
    private = recovery_key(vault)
    wrap = home.run(f"SELECT wrapped FROM key_wraps WHERE recipient = 'server' AND person = {home.literal(other.person.bytes)}")
    home.run(
        f"UPDATE key_wraps SET wrapped = {home.literal(bytes(wrap[0][0]))} "
        f"WHERE recipient = 'server' AND person = {home.literal(damaged.person.bytes)}"
    )
    renewed = vault.renew_keys()
    assert (renewed.people, renewed.damaged) == (1, (damaged.person,))
    with pytest.raises(SealBroken):
        vault.open(damaged)
    assert set(keys_with(vault, RECOVERY, private, damaged.person)) == {damaged.person}
    vault.renew_recovery()
    vault.recovery_key_collected()
    assert set(keys_with(vault, RECOVERY, private, damaged.person)) == {damaged.person}  # still under the old recovery key
    assert new_id() not in vault.forgotten()


def test_the_same_secret_twice_gives_two_different_seals() -> None:
    public = public_half(PRIVATE)
    assert seal_for(public, bytes(32), b"") != seal_for(public, bytes(32), b"")
