"""A spool gives back what was written, and not a byte of it lies on the disk."""

import io
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from web.exhibits.receiving import Spool


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=100), max_size=8), st.lists(st.tuples(st.integers(0, 900), st.integers(-1, 200)), max_size=8))
def test_it_reads_as_a_file_in_memory_does(tmp_path: Path, written: list[bytes], reads: list[tuple[int, int]]) -> None:
    spool, model = Spool(tmp_path), io.BytesIO()
    for piece in written:
        assert spool.write(piece) == model.write(piece)
    for at, size in reads:
        assert spool.seek(at) == model.seek(at)
        assert spool.read(size) == model.read(size)
        assert spool.seek(min(at, 300)) == model.seek(min(at, 300))
        assert spool.readline(size) == model.readline(size)
        assert (spool.tell(), spool.seek(0, os.SEEK_END)) == (model.tell(), model.seek(0, os.SEEK_END))
    assert b"".join(spool.chunks()) == model.getvalue()
    spool.close()


def test_what_is_on_the_disk_is_neither_named_nor_readable(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.write(b"Primerov " * 1000)
    assert list(tmp_path.iterdir()) == []
    handle = spool._file.fileno()
    assert os.fstat(handle).st_mode & 0o777 == 0o600
    os.lseek(handle, 0, os.SEEK_SET)
    assert b"Primerov" not in os.read(handle, 9000)
    spool.close()


def test_the_key_stream_is_never_used_twice(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.write(b"abc")
    spool.seek(1)
    with pytest.raises(ValueError, match="1"):
        spool.write(b"x")
    spool.close()
