"""A file that was written beside, handed on a piece at a time."""

from collections.abc import Iterator
from typing import IO

AT_ONCE = 64 * 1024


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """From its beginning to its end."""
    file.seek(0)
    while piece := file.read(AT_ONCE):
        yield piece
