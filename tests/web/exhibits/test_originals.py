"""An original comes back byte for byte or not at all; what was never recorded is swept away, and nothing else."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.record import new_id
from tests.web.exhibits.conftest import Known
from tests.web.exhibits.files import CAMERA, deposited, original_of, photograph, pieces
from web.exhibits.originals import KEPT_FOR_A_FORM, Condition, Original, OriginalRefused
from web.exhibits.sweeping import swept_up
from web.vault import NoKey
from web.vault.files import CHUNK, HEAD_BYTES, TAG_BYTES, size_within

SIZES = (1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7)


def kept(known: Known, content: bytes, exhibit: UUID | None = None, owner: UUID | None = None) -> Original:
    original = original_of(content, owner or known.person, exhibit or new_id())
    with known.tracker.originals.depositing():
        known.tracker.originals.keep(original, pieces(content))
    return original


def read(known: Known, original: Original) -> bytes:
    return b"".join(known.tracker.originals.read(original))


@pytest.mark.parametrize("size", SIZES)
def test_it_comes_back_byte_for_byte_and_lies_there_sealed_for_its_owner_alone(known: Known, size: int) -> None:
    content = os.urandom(max(size - 4, 0)) + b"JPEG"[: min(size, 4)]
    original = kept(known, content)
    path = known.tracker.originals.path(original)
    assert read(known, original) == content
    assert known.tracker.originals.condition(original) is Condition.WHOLE
    assert path.stat().st_mode & 0o777 == 0o600
    assert known.tracker.originals.folder.stat().st_mode & 0o777 == 0o700
    assert size_within(path.stat().st_size) == size
    assert content[:64] not in path.read_bytes() or size < 8


def test_the_name_in_a_photograph_is_in_no_file(known: Known) -> None:
    content = photograph()
    assert CAMERA.encode() in content
    deposited(known.tracker, known.account, content, known.person)
    everything = b"".join(path.read_bytes() for path in known.tracker.settings.home.rglob("*") if path.is_file())
    assert CAMERA.encode() not in everything


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 0.9999), flipped=st.integers(1, 255))
def test_no_byte_of_a_sealed_file_can_be_altered_unseen(known: Known, at: float, flipped: int) -> None:
    original = kept(known, b"x" * (CHUNK + 100))
    path = known.tracker.originals.path(original)
    whole = path.read_bytes()
    place = int(at * len(whole))
    path.write_bytes(whole[:place] + bytes([whole[place] ^ flipped]) + whole[place + 1 :])
    assert known.tracker.originals.condition(original) is Condition.DAMAGED
    with pytest.raises(OriginalRefused):
        read(known, original)


TORN: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda whole: b"",
    "its head alone": lambda whole: whole[:HEAD_BYTES],
    "cut in the middle of a chunk": lambda whole: whole[:-5],
    "its last chunk missing": lambda whole: whole[: HEAD_BYTES + 2 * (CHUNK + TAG_BYTES)],
    "a chunk twice": lambda whole: whole + whole[-(CHUNK + TAG_BYTES) :],
    "two chunks exchanged": lambda whole: (
        whole[:HEAD_BYTES]
        + whole[HEAD_BYTES + CHUNK + TAG_BYTES : HEAD_BYTES + 2 * (CHUNK + TAG_BYTES)]
        + whole[HEAD_BYTES : HEAD_BYTES + CHUNK + TAG_BYTES]
        + whole[HEAD_BYTES + 2 * (CHUNK + TAG_BYTES) :]
    ),
    "another file altogether": lambda whole: os.urandom(len(whole)),
}


@pytest.mark.parametrize("torn", TORN)
def test_what_is_torn_is_told_and_never_shown(known: Known, torn: str, caplog: pytest.LogCaptureFixture) -> None:
    original = kept(known, os.urandom(3 * CHUNK))
    path = known.tracker.originals.path(original)
    path.write_bytes(TORN[torn](path.read_bytes()))
    assert known.tracker.originals.condition(original) is Condition.DAMAGED
    assert f"exhibit-not-whole {original.exhibit}" in caplog.text


def test_a_file_in_the_place_of_another_does_not_open(known: Known) -> None:
    """Of the same person and the same size: what differs is which exhibit it is."""
    one, other = kept(known, b"a" * 1000), kept(known, b"b" * 1000)
    shutil.copy(known.tracker.originals.path(one), known.tracker.originals.path(other))
    assert known.tracker.originals.condition(other) is Condition.DAMAGED
    assert known.tracker.originals.condition(one) is Condition.WHOLE


def test_one_that_opens_and_is_not_what_was_recorded_is_damaged(known: Known) -> None:
    """The control of the hash: sealed rightly, by whoever has the keys, but another file of the same size."""
    recorded = kept(known, b"a" * 1000)
    forged = original_of(b"b" * 1000, recorded.owner, recorded.exhibit)
    with known.tracker.originals.depositing():
        known.tracker.originals.keep(forged, pieces(b"b" * 1000))
    known.tracker.originals.path(forged).replace(known.tracker.originals.path(recorded))
    assert known.tracker.originals.condition(recorded) is Condition.DAMAGED


def test_one_that_is_gone_is_missing(known: Known) -> None:
    original = kept(known, b"x")
    known.tracker.originals.path(original).unlink()
    assert known.tracker.originals.condition(original) is Condition.MISSING


def test_forgetting_removes_the_file_and_a_copy_of_it_opens_nowhere(known: Known, tmp_path: Path) -> None:
    original, other = kept(known, b"x" * 1000), kept(known, b"y", owner=known_owner(known))
    path = known.tracker.originals.path(original)
    shutil.copy(path, tmp_path / "copy")
    known.tracker.vault.forget(known.person)
    assert swept_up(known.tracker) == 1
    assert not path.exists()
    assert known.tracker.originals.condition(original) is Condition.FORGOTTEN
    shutil.copy(tmp_path / "copy", path)
    assert known.tracker.originals.condition(original) is Condition.FORGOTTEN
    assert read(known, other) == b"y"


def known_owner(known: Known) -> UUID:
    """Somebody else."""
    owner = new_id()
    known.tracker.vault.mint([owner])
    return owner


def test_nothing_is_sealed_for_somebody_without_a_key_and_nothing_is_left(known: Known) -> None:
    with pytest.raises(NoKey):
        kept(known, b"x", owner=new_id())
    assert known.files() == []


def test_a_file_that_is_not_of_the_size_that_was_told_is_not_kept(known: Known) -> None:
    with pytest.raises(ValueError), known.tracker.originals.depositing():  # noqa: PT011 - whatever it says
        known.tracker.originals.keep(original_of(b"xyz", known.person, new_id()), [b"xy"])
    assert known.files() == []


def test_the_sweep_takes_what_nobody_recorded_after_a_day_and_leaves_what_is_on_record(known: Known) -> None:
    exhibit = deposited(known.tracker, known.account, photograph(), known.person)
    stale, fresh = kept(known, b"stale"), kept(known, b"fresh")
    other_try = kept(known, b"sent once and then another", exhibit=exhibit)
    part = known.tracker.originals.folder / ".part-0123456789abcdef"
    part.write_bytes(b"half")
    long_ago = time.time() - KEPT_FOR_A_FORM - 60
    for path in known.files():
        os.utime(path, (long_ago, long_ago))
    os.utime(known.tracker.originals.path(fresh))
    with known.tracker.projector.writer.begin() as db:  # a view that knows of nothing must not cost a file
        db.exec_driver_sql("DELETE FROM exhibits_exhibits")
    assert swept_up(known.tracker) == 3
    left = {path.name for path in known.files()}
    assert known.tracker.originals.path(fresh).name in left
    assert len(left) == 2
    assert exhibit.hex in "".join(left)
    assert not {known.tracker.originals.path(gone).name for gone in (stale, other_try)} & left


def test_nothing_is_swept_while_somebody_deposits(known: Known) -> None:
    part = known.tracker.originals.folder / ".part-0123456789abcdef"
    part.write_bytes(b"half")
    with known.tracker.originals.depositing():
        assert swept_up(known.tracker) == 0
    assert swept_up(known.tracker) == 1
    assert not part.exists()


KILLED = """
import os, pathlib, sys
from uuid import UUID
from web.settings import Settings
from web.wiring import open_tracker
from web.exhibits.originals import Original
home, places, person, exhibit = sys.argv[1:]
tracker = open_tracker(Settings(pathlib.Path(home), places=pathlib.Path(places)))
def slowly():
    for number in range(1000):
        yield b"x" * 100_000
        if number == 5:
            print("half", flush=True)
            sys.stdin.read()
with tracker.originals.depositing():
    tracker.originals.keep(Original(UUID(person), UUID(exhibit), "0" * 64, 100_000_000), slowly())
"""


def test_killed_in_the_middle_nothing_is_on_record_and_the_next_start_leaves_nothing(known: Known, places: Path) -> None:
    before = known.tracker.log.last()
    home = str(known.tracker.settings.home)
    command = [sys.executable, "-c", KILLED, home, str(places), str(known.person), str(new_id())]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"half\n"
        writer.send_signal(signal.SIGKILL)
    assert [path.name[:6] for path in known.files()] == [".part-"]
    assert swept_up(known.tracker) == 1
    assert known.files() == []
    assert known.tracker.log.last() == before
