"""The file of a backup: readable on the outside only as far as a restore must know, inside for the recovery key alone.

`khronika backup 1\\n` | length of the label (4) | label, JSON | sealed key (80) | nonce (12) | content | tag (16). The content is
encrypted with AES-256-GCM under a random key, which is sealed for the recovery key (HPKE, as in recipients.py). Everything before
the content is bound in, so a label exchanged for another does not open.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

from web.vault.errors import BackupRefused
from web.vault.recipients import open_with, public_half, seal_for
from web.vault.sealing import NONCE_BYTES, Broken, new_key

MAGIC = b"khronika backup 1\n"
SEALED_KEY_BYTES = 80
TAG_BYTES = 16
CHUNK = 1 << 20
LONGEST_LABEL = 10_000


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on the outside: when, up to which position, and which recovery key opens it."""

    made: datetime
    position: int
    recovery: int
    public: bytes


def fingerprint(public: bytes) -> str:
    """By which people tell recovery keys apart: the first letters of the public half."""
    return f"{public.hex()[:4]}-{public.hex()[4:8]}".upper()


def pack(file: BinaryIO, label: Label, content: Iterable[bytes]) -> None:
    """Write the whole of it."""
    key, nonce = new_key(), os.urandom(NONCE_BYTES)
    said = _said(label)
    head = said + seal_for(label.public, key, _context(said)) + nonce
    encryptor = Cipher(AES(key), GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(head)
    file.write(head)
    for chunk in content:
        file.write(encryptor.update(chunk))
    file.write(encryptor.finalize() + encryptor.tag)


class Parcel:
    """A backup being read. What `content` yields is to be used only after `verify` has gone through all of it once."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        """Raises BackupRefused `not_a_backup`, `backup_damaged`."""
        self._file, self._path = file, path
        magic, length = file.read(len(MAGIC)), int.from_bytes(file.read(4))
        if magic != MAGIC or length > LONGEST_LABEL:
            raise BackupRefused("not_a_backup", path=str(path))
        self._head = MAGIC + length.to_bytes(4) + file.read(length)
        try:
            told = json.loads(self._head[len(MAGIC) + 4 :])
            made = datetime.fromisoformat(told["made"])
            self.label = Label(made, int(told["position"]), int(told["recovery"]), bytes.fromhex(told["public"]))
        except (ValueError, KeyError, TypeError):
            raise self._damaged() from None
        self._sealed, self._nonce = file.read(SEALED_KEY_BYTES), file.read(NONCE_BYTES)
        self._start = file.tell()
        self._size = os.fstat(file.fileno()).st_size - self._start - TAG_BYTES
        if self._size < 0:
            raise self._damaged()

    def verify(self, private: bytes) -> None:
        """Raises BackupRefused `wrong_recovery_key`, `backup_damaged`."""
        if public_half(private) != self.label.public:
            number, mark = self.label.recovery, fingerprint(self.label.public)
            raise BackupRefused("wrong_recovery_key", number=number, fingerprint=mark)
        for _ in self.content(private):
            pass

    def content(self, private: bytes) -> Iterator[bytes]:
        """Decrypted piece by piece. Raises BackupRefused `backup_damaged`, in the end too."""
        try:
            key = open_with(private, self._sealed, _context(self._head))
            self._file.seek(self._start + self._size)
            decryptor = Cipher(AES(key), GCM(self._nonce, self._file.read(TAG_BYTES))).decryptor()
            decryptor.authenticate_additional_data(self._head + self._sealed + self._nonce)
            self._file.seek(self._start)
            left = self._size
            while left > 0:
                chunk = self._file.read(min(CHUNK, left))
                if not chunk:
                    raise Broken
                left -= len(chunk)
                yield decryptor.update(chunk)
            yield decryptor.finalize()
        except (Broken, InvalidTag):
            raise self._damaged() from None

    def _damaged(self) -> BackupRefused:
        return BackupRefused("backup_damaged", path=str(self._path))


def _said(label: Label) -> bytes:
    told = {"made": label.made.isoformat(), "position": label.position, "recovery": label.recovery, "public": label.public.hex()}
    written = json.dumps(told).encode()
    return MAGIC + len(written).to_bytes(4) + written


def _context(said: bytes) -> bytes:
    return b"khronika backup key " + said
