"""Marks that no other text holds, and the search for them in files, whatever they were written as.

All marks of a run begin with one of two random stems, one in each alphabet, so that one search for the stems finds every mark in
every encoding; which mark it was is told by what follows.
"""

import base64
import gzip
import io
import random
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from web.search.folding import folded

_RUSSIAN, _LATIN = "бвгджзклмнпрстфхц", "bdfgklmnprstvz"
_VOWELS = {_RUSSIAN: "аиоу", _LATIN: "aiou"}
_STREAMS = (b"\x1f\x8b\x08", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
"""How gzip and zlib streams begin."""
_LONGEST_STREAM = 1 << 22
_CASE_COUNTS = ("base64",)
"""In these encodings a letter written large is another letter; elsewhere the Latin letters of a pattern may be of either case."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A mark was found. The words of it are in no report but as the encoding and the place."""

    where: str
    encoding: str
    offset: int

    def __str__(self) -> str:
        return f"{self.where}: a mark as {self.encoding} at byte {self.offset}"


@dataclass
class Markers:
    """Makes marks and finds them. `seed` makes a run repeatable."""

    seed: int
    stems: tuple[str, str] = field(init=False)
    _made: int = field(init=False, default=0)
    _chance: random.Random = field(init=False)
    _patterns: dict[str, tuple[bool, set[bytes]]] = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self.stems = (_word(self._chance, _RUSSIAN), _word(self._chance, _LATIN))
        spellings = {way(stem) for stem in self.stems for way in (str, str.upper, str.capitalize, folded)}
        self._patterns = {}
        for spelling in spellings:
            for encoding, pattern in encodings(spelling):
                is_any_case = not encoding.startswith(_CASE_COUNTS)
                self._patterns.setdefault(encoding, (is_any_case, set()))[1].add(pattern.lower() if is_any_case else pattern)

    def make(self) -> str:
        """A new mark: one word, in Russian and Latin letters by turns."""
        self._made += 1
        which = self._made % 2
        return (self.stems[which] + _word(self._chance, (_RUSSIAN, _LATIN)[which])).capitalize()

    def found_in(self, content: bytes, where: str) -> list[Hit]:
        """Every encoding in which a mark stands in these bytes, compressed streams among them opened."""
        unpacked = (self._plain(stream, f"{where}, unpacked") for stream in _streams(content))
        return [*self._plain(content, where), *(hit for hits in unpacked for hit in hits)]

    def found_under(self, *folders: Path) -> tuple[int, int, list[Hit]]:
        """How many files and bytes were searched below these folders, and what was found; names of files are searched too."""
        files, size, hits = 0, 0, list[Hit]()
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                hits += self._plain(str(path.relative_to(folder)).encode(), f"the name of {path}")
                if path.is_file() and not path.is_symlink():
                    content = path.read_bytes()
                    files, size = files + 1, size + len(content)
                    hits += self.found_in(content, str(path))
        return files, size, hits

    def _plain(self, content: bytes, where: str) -> list[Hit]:
        lower = content.lower()
        return [
            Hit(where, encoding, offset)
            for encoding, (is_any_case, patterns) in self._patterns.items()
            for offset in ((lower if is_any_case else content).find(pattern) for pattern in patterns)
            if offset >= 0
        ]

    def plant(self, folder: Path) -> dict[str, Path]:
        """A file for each encoding with a mark in it, for the control of the search."""
        folder.mkdir(parents=True)
        planted = {}
        for mark in (self.make(), self.make()):
            for number, (encoding, pattern) in enumerate(encodings(mark)):
                file = folder / f"{mark.encode().hex()[:2]}-{number}"
                file.write_bytes(bytes(100) + pattern + bytes(100))
                planted[f"{file.name} {encoding}"] = file
        packed = folder / "packed"
        packed.write_bytes(bytes(7) + gzip.compress(b"x" * 1000 + self.make().encode()) + bytes(100))
        return {**planted, "gzip": packed}


def encodings(text: str) -> Iterator[tuple[str, bytes]]:
    """A text as it may stand in a file. In base64 it looks three ways, by where it began; the edges belong to its neighbours."""
    for name in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = text.encode(name)
        yield name, raw
        yield f"hex of {name}", raw.hex().encode()
        for start in range(3):
            coded = base64.b64encode(bytes(start) + raw + bytes(3))
            inner = coded[-(-start * 8 // 6) : (start + len(raw)) * 8 // 6]
            yield f"base64 of {name}, {start}", inner
            yield f"base64url of {name}, {start}", inner.translate(bytes.maketrans(b"+/", b"-_"))
    if not text.isascii():
        yield "percent", quote(text).encode()
    escaped = text.encode("ascii", "backslashreplace")
    if b"\\" in escaped:
        yield "json", escaped
        yield "html", text.encode("ascii", "xmlcharrefreplace")


def _word(chance: random.Random, letters: str) -> str:
    """A stem of eight letters that can be read aloud."""
    return "".join(chance.choice(letters) + chance.choice(_VOWELS[letters]) for _ in range(4))


def _streams(content: bytes) -> Iterable[bytes]:
    """What was compressed by gzip or zlib inside these bytes, as far as it can be unpacked."""
    for begin in _STREAMS:
        offset = content.find(begin)
        while offset >= 0:
            unpacked = _unpacked(content, offset)
            if len(unpacked) > 8:
                yield unpacked
            offset = content.find(begin, offset + 1)


def _unpacked(content: bytes, offset: int) -> bytes:
    unpacker, taken = zlib.decompressobj(zlib.MAX_WBITS | 32), io.BytesIO()
    try:
        for start in range(offset, len(content), 1 << 14):
            taken.write(unpacker.decompress(content[start : start + (1 << 14)], _LONGEST_STREAM))
            if unpacker.eof or taken.tell() > _LONGEST_STREAM:
                break
    except zlib.error:
        pass
    return taken.getvalue()
