"""Files to deposit, all of them made here: a picture with what a camera writes into it, and what somebody hostile would send."""

import hashlib
import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from PIL import Image

from domain.provenance import Entry, Source
from domain.record import new_id
from web.exhibits.forms_of_files import form_of_file
from web.exhibits.originals import Original
from web.wiring import Tracker

CAMERA = "Ivanova's phone"
PLACE = (55.0, 45.0, 30.0)


def photograph(size: tuple[int, int] = (60, 40), *, orientation: int = 1, kind: str = "JPEG") -> bytes:
    """Red above, blue below, with a name, a place and a comment in it."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (0, size[1] // 2, *size))
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = CAMERA, orientation
    exif.get_ifd(0x8825).update({1: "N", 2: PLACE, 3: "E", 4: PLACE})
    written: dict[str, Any] = {"exif": exif, "quality": 95}
    if kind in ("JPEG", "GIF"):
        written["comment"] = CAMERA.encode()
    made = io.BytesIO()
    picture.save(made, kind, **written)
    return made.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A few hundred kilobytes that say they are so many pixels, and unpack to as many."""
    row = b"\0" * (1 + width // 8)
    pressed = zlib.compressobj(9)
    data = b"".join(pressed.compress(row) for _ in range(height)) + pressed.flush()
    chunks = (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), (b"IDAT", data), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def pieces(content: bytes, size: int = 1000) -> Iterator[bytes]:
    """The content, a little at a time."""
    return (content[start : start + size] for start in range(0, len(content), size))


def original_of(content: bytes, owner: UUID, exhibit: UUID) -> Original:
    """As it would be recorded."""
    return Original(owner, exhibit, hashlib.sha256(content).hexdigest(), len(content))


def deposited(tracker: Tracker, account: UUID, content: bytes, person: UUID | None = None, **facts: Any) -> UUID:
    """An exhibit on record, its file in its place, the views up to date."""
    exhibit = new_id()
    owner = person or exhibit
    tracker.vault.mint([owner])
    original = original_of(content, owner, exhibit)
    with tracker.originals.depositing():
        tracker.originals.keep(original, pieces(content))
        found = {"sha256": original.sha256, "size": original.size, "media": form_of_file(content[:4096]), **facts}
        entry = Entry(account, Source("witness"), exhibit)
        told = {"kind": "photograph", "person": person, **found}
        tracker.catch_up(tracker.casebook.deposit_exhibit(entry, exhibit, **told))
    return exhibit
