"""What is in a backup: a list of its parts, then the parts one after the other. Written and read piece by piece, never whole.

`length of the list (8) | list, JSON | parts`. The list says of each part its name, size and SHA-256. Stores are copied before, as
they were at one moment; exhibits never change and are read where they lie, sealed as they are.
"""

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from uuid import UUID

from web.exhibits.originals import FOLDER, NAME
from web.vault.errors import BackupRefused

EVENTS, ACCESS, VAULT, DOOR = "events.sqlite", "access.sqlite", "vault.sqlite", "door.key"
NAMES = (EVENTS, ACCESS, VAULT, DOOR)
FORMAT = 1
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the data folder as it lies in a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list: what was put in, when, and of which moment of the record."""

    made: datetime
    position: int
    events: int
    parts: tuple[Part, ...]

    def said(self) -> bytes:
        """As it is written."""
        told = {
            "format": FORMAT,
            "khronika": _version(),
            "made": self.made.isoformat(),
            "position": self.position,
            "events": self.events,
            "parts": [{"name": part.name, "size": part.size, "sha256": part.sha256} for part in self.parts],
        }
        return json.dumps(told, indent=1).encode()


def parts_of(copies: Path, home: Path, forgotten: Collection[UUID]) -> tuple[Part, ...]:
    """The copies of the stores, and the exhibits in the data folder of everybody who is not forgotten.

    To be called after the events were copied: an exhibit's file is there before the exhibit is recorded.
    """
    stores = tuple(_part(copies, name) for name in NAMES if (copies / name).exists())
    gone = {person.hex for person in forgotten}
    files = sorted(path.name for path in (home / FOLDER).glob("*") if (name := NAME.fullmatch(path.name)) and name[1] not in gone)
    return stores + tuple(_part(home, f"{FOLDER}/{name}") for name in files)


def written(manifest: Manifest, copies: Path, home: Path) -> Iterator[bytes]:
    """The content of a backup."""
    said = manifest.said()
    yield len(said).to_bytes(8) + said
    for part in manifest.parts:
        yield from _chunks((copies if part.name in NAMES else home) / part.name)


def unpacked(content: Iterable[bytes], folder: Path) -> Manifest:
    """Put the parts into this folder, each for its owner only. Raises BackupRefused `backup_newer`, `part_damaged`."""
    pieces = _Pieces(content)
    manifest = _read(pieces.take(int.from_bytes(pieces.take(8))))
    for part in manifest.parts:
        (folder / part.name).parent.mkdir(mode=0o700, exist_ok=True)
        digest = hashlib.sha256()
        handle = os.open(folder / part.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "wb") as file:
            for chunk in pieces.next(part.size):
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if digest.hexdigest() != part.sha256:
            raise BackupRefused("part_damaged", part=part.name)
    pieces.end()
    return manifest


def _read(said: bytes) -> Manifest:
    told: dict[str, Any] = json.loads(said)
    names = [part["name"] for part in told["parts"]]
    if told["format"] != FORMAT or not all(map(_is_known, names)) or len(set(names)) < len(names):
        raise BackupRefused("backup_newer", version=told["khronika"])
    parts = tuple(Part(part["name"], part["size"], part["sha256"]) for part in told["parts"])
    return Manifest(datetime.fromisoformat(told["made"]), told["position"], told["events"], parts)


def _is_known(name: str) -> bool:
    """No other name is written to: a part must not lead out of the folder."""
    folder, _, file = name.partition("/")
    return name in NAMES or (folder == FOLDER and NAME.fullmatch(file) is not None)


def _part(folder: Path, name: str) -> Part:
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(folder / name):
        digest.update(chunk)
        size += len(chunk)
    return Part(name, size, digest.hexdigest())


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _version() -> str:
    try:
        return version("khronika")
    except PackageNotFoundError:  # run from a checkout
        return "?"


class _Pieces:
    """Cuts a stream of chunks into pieces of given lengths."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._left = b""

    def take(self, size: int) -> bytes:
        return b"".join(self.next(size))

    def next(self, size: int) -> Iterator[bytes]:
        while size > 0:
            if not self._left:
                self._left = next(self._chunks, b"")
                if not self._left:
                    raise BackupRefused("part_damaged", part="?")
            piece, self._left = self._left[:size], self._left[size:]
            size -= len(piece)
            yield piece

    def end(self) -> None:
        """Draws the last, empty piece, with which the seal of the whole is verified once more."""
        rest: Sequence[bytes] = [self._left, *self._chunks]
        if any(rest):
            raise BackupRefused("part_damaged", part="?")
