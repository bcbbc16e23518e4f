"""Codes of the app and of paper: RFC 6238's own vectors, strictly newer steps, and a secret that only its own account opens."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.seeding import opened
from web.access import one_time
from web.access.credentials import Credentials, Handed
from web.access.roles import Role
from web.vault.sealing import Cipher
from web.wiring import Tracker

RFC_6238 = b"12345678901234567890"
NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("second", "code"), [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (20000000000, "353130")]
)
def test_the_codes_are_those_of_the_standard(second: int, code: str) -> None:
    assert one_time.code_at(RFC_6238, second // one_time.STEP) == code


def test_a_clock_may_be_off_by_one_step_and_no_more() -> None:
    step = int(NOW // one_time.STEP)
    for off, expected in ((-2, None), (-1, step - 1), (0, step), (1, step + 1), (2, None)):
        assert one_time.step_of(RFC_6238, one_time.code_at(RFC_6238, step + off), NOW) == expected


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "٤٧١١٤٧", "0" * 5000, "\x00" * 6])
def test_what_is_no_code_fits_no_step(typed: str) -> None:
    assert one_time.step_of(RFC_6238, typed, NOW) is None


@pytest.fixture
def tracker(tmp_path: Path, places: Path) -> Iterator[Tracker]:
    with opened(tmp_path / "home", places) as found:
        yield found


@pytest.fixture
def handed(tracker: Tracker) -> Handed:
    return tracker.door.credentials.add("vera", Role.MONITOR)


def code(tracker: Tracker, handed: Handed, now: float) -> str:
    return one_time.code_at(tracker.door.credentials.secret_of(handed.account), int(now // one_time.STEP))


def test_a_code_is_good_once_and_no_older_one_after_it(tracker: Tracker, handed: Handed) -> None:
    """A, B, A: remembering only the last code lets the first be replayed while the clock's tolerance still reaches it."""
    credentials = tracker.door.credentials
    first, second = code(tracker, handed, NOW), code(tracker, handed, NOW + one_time.STEP)
    assert credentials.are_right(handed.account, handed.passphrase, first, now=NOW)
    assert not credentials.are_right(handed.account, handed.passphrase, first, now=NOW)
    assert credentials.are_right(handed.account, handed.passphrase, second, now=NOW)
    assert not credentials.are_right(handed.account, handed.passphrase, first, now=NOW), "A after B"
    assert not credentials.are_right(handed.account, handed.passphrase, second, now=NOW + one_time.STEP)


def test_a_wrong_passphrase_uses_no_code_up(tracker: Tracker, handed: Handed) -> None:
    credentials = tracker.door.credentials
    assert not credentials.are_right(handed.account, "not the passphrase", code(tracker, handed, NOW), now=NOW)
    assert not credentials.are_right(handed.account, "not the passphrase", handed.codes[0], now=NOW)
    assert credentials.are_right(handed.account, handed.passphrase, code(tracker, handed, NOW), now=NOW)
    assert credentials.codes_left(handed.account) == one_time.RECOVERY_CODES


def test_each_recovery_code_opens_once_however_it_is_typed(tracker: Tracker, handed: Handed) -> None:
    credentials, typed = tracker.door.credentials, handed.codes[3].upper().replace("-", " ")
    assert credentials.are_right(handed.account, handed.passphrase, typed, now=NOW)
    assert not credentials.are_right(handed.account, handed.passphrase, handed.codes[3], now=NOW)
    assert credentials.codes_left(handed.account) == one_time.RECOVERY_CODES - 1
    assert not credentials.are_right(handed.account, handed.passphrase, "", now=NOW)


def test_new_credentials_end_the_old_ones(tracker: Tracker, handed: Handed) -> None:
    credentials = tracker.door.credentials
    again = credentials.renew(handed.account, handed.name)
    assert not credentials.are_right(handed.account, handed.passphrase, code(tracker, again, NOW), now=NOW)
    assert not credentials.are_right(handed.account, again.passphrase, handed.codes[0], now=NOW)
    assert credentials.are_right(handed.account, again.passphrase, again.codes[0], now=NOW)


def test_the_vault_holds_neither_passphrase_nor_secret_nor_code(tracker: Tracker, handed: Handed) -> None:
    secret = tracker.door.credentials.secret_of(handed.account)
    for file in filter(Path.is_file, tracker.settings.home.rglob("*")):
        kept = file.read_bytes()
        for told in (handed.passphrase, handed.codes[0], handed.codes[0].replace("-", "")):
            assert told.encode() not in kept, file.name
        assert secret not in kept, file.name
    assert handed.passphrase not in repr(handed)


def test_a_secret_moved_to_another_account_opens_nothing(tracker: Tracker, handed: Handed) -> None:
    other = tracker.door.credentials.add("nadya", Role.ADMIN)
    stolen = code(tracker, handed, NOW)
    with tracker.vault.storage.writing() as db:
        db.exec_driver_sql(
            "UPDATE credentials SET totp = (SELECT totp FROM credentials WHERE account = ?) WHERE account = ?",
            (handed.account.bytes, other.account.bytes),
        )
    assert not tracker.door.credentials.are_right(other.account, other.passphrase, stolen, now=NOW)


def test_a_key_of_another_installation_opens_no_secret(tracker: Tracker, handed: Handed) -> None:
    stranger = Credentials(tracker.vault.storage, tracker.vault.form_key, Cipher(bytes(32)))
    assert not stranger.are_right(handed.account, handed.passphrase, code(tracker, handed, NOW), now=NOW)
