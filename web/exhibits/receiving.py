"""What is sent as a file waits on the disk under a key that nobody keeps: neither a temporary folder nor a kill shows any of it.

The server takes a request in whole before a page sees it, and the form's parts are then taken apart; both are written here. A
form larger than the others is taken from somebody who is signed in, at the address for exhibits, and from nobody else.
"""

import os
import tempfile
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from flask import Request, current_app

from web.vault.streams import passed

ENDPOINT = "exhibits.deposit"
READ_AT_ONCE = 256 * 1024


class Spool:
    """A file without a name, of mode 0600, each byte of it encrypted under a key that is nowhere but in this object.

    It is written at its end alone, so no byte of the key stream is ever used for two; and read from anywhere.
    """

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - closed with the spool
        self._key = os.urandom(32)
        self._size = self._at = 0

    def write(self, content: bytes) -> int:
        """Append. Raises ValueError anywhere but at the end."""
        if self._at != self._size:
            raise ValueError(self._at)
        left = memoryview(passed(self._key, self._size, bytes(content)))
        self._file.seek(self._size)
        while left:
            left = left[self._file.write(left) :]
        self._size = self._at = self._size + len(content)
        return len(content)

    def read(self, size: int = -1) -> bytes:
        """From where it stands."""
        wanted = self._size - self._at if size < 0 else min(size, self._size - self._at)
        self._file.seek(self._at)
        found = bytearray()
        while len(found) < wanted and (piece := self._file.read(wanted - len(found))):
            found += piece
        told = passed(self._key, self._at, bytes(found))
        self._at += len(told)
        return told

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """As of any file."""
        self._at = max(0, offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence])
        return self._at

    def tell(self) -> int:
        """Where it stands."""
        return self._at

    def seekable(self) -> bool:
        """It is."""
        return True

    def chunks(self) -> Iterator[bytes]:
        """All of it, from the beginning."""
        self.seek(0)
        while piece := self.read(READ_AT_ONCE):
            yield piece

    def close(self) -> None:
        """It is gone from the disk, and the key with it."""
        self._file.close()

    def readline(self, size: int = -1) -> bytes:
        """To the end of a line; the servers' interface asks for it."""
        start, line = self._at, bytearray()
        while piece := self.read(8192):
            end = piece.find(b"\n") + 1
            line += piece[:end] if end else piece
            if end or 0 <= size <= len(line):
                break
        line = line[:size] if size >= 0 else line
        self._at = start + len(line)
        return bytes(line)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")


class Received(Request):
    """A request whose files go into a Spool. Only the form for exhibits takes any that are larger than a form."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if self.endpoint != ENDPOINT:
            return BytesIO()  # as large as a form may be
        found: Any = Spool(current_app.extensions["khronika"].tracker.originals.folder)
        self._spools.append(found)
        stream: IO[bytes] = found
        return stream

    @cached_property
    def _spools(self) -> list[Spool]:
        return []

    def close(self) -> None:
        """The spools go with the request, also where it was refused half read."""
        super().close()
        for spool in self._spools:
            spool.close()
