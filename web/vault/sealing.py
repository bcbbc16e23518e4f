"""The format of what is sealed: bytes in, bytes out. Whoever changes it makes history unreadable; tests hold known answers.

A box is `version (1 byte) | nonce (12) | ciphertext and tag`, AES-256-GCM (NIST SP 800-38D) with a random nonce. What it is for
is bound in as associated data, so a box moved to another place does not open. Five uses, told apart by their label:

- text: a field of a record under the person's key, padded to steps of 64 bytes so that its length says little;
- wrap: a person's key under the server's key of one epoch, or under a batch key of another recipient (recipients.py);
- secret: a key of the vault's own under the server's key, or under the door's (epoch 0);
- file: the server's key file under a passphrase (key_file.py);
- original: the key of one deposited file under the person's key, and each chunk of the file under that (files.py).

The nonce is random because one person's key is used by several processes; 2**32 texts of one person stay far out of reach.
"""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM as Cipher

__all__ = [
    "KEY_BYTES",
    "VERSION",
    "Broken",
    "Cipher",
    "close_text",
    "context_of_file",
    "context_of_original",
    "context_of_secret",
    "context_of_wrap",
    "new_key",
    "open_box",
    "open_text",
    "shut",
]

VERSION = b"\x01"
KEY_BYTES = 32
NONCE_BYTES = 12
STEP = 64
_TEXT, _WRAP = b"khronika text " + VERSION, b"khronika wrap " + VERSION
END_OF_TEXT = b"\x80"  # ISO/IEC 7816-4: this byte, then zeros; it is always added, so taking it off is never a guess


class Broken(Exception):
    """The box does not open under this key in this place."""


def new_key() -> bytes:
    """A random key of AES-256."""
    return os.urandom(KEY_BYTES)


def close_text(cipher: Cipher, person: UUID, aggregate: UUID, field: str, text: str) -> bytes:
    """One field of one record, sealed. The same text twice gives two different boxes."""
    return _close_text(cipher, person, aggregate, field, text, os.urandom(NONCE_BYTES))


def open_text(cipher: Cipher, person: UUID, aggregate: UUID, field: str, box: bytes) -> str:
    """The text again. Raises Broken."""
    padded = open_box(cipher, box, _context_of_text(person, aggregate, field)).rstrip(b"\0")
    if not padded.endswith(END_OF_TEXT):
        raise Broken
    return padded[:-1].decode()


def shut(cipher: Cipher, key: bytes, context: bytes) -> bytes:
    """A key, wrapped under another."""
    return _shut(cipher, key, context, os.urandom(NONCE_BYTES))


def open_box(cipher: Cipher, box: bytes, context: bytes) -> bytes:
    """What is in the box. Raises Broken."""
    if box[:1] != VERSION:
        raise Broken
    try:
        return cipher.decrypt(box[1 : 1 + NONCE_BYTES], box[1 + NONCE_BYTES :], context)
    except (InvalidTag, ValueError):  # ValueError: a nonce cut short
        raise Broken from None


def context_of_wrap(person: UUID, recipient: str, epoch: int) -> bytes:
    return _WRAP + epoch.to_bytes(4) + person.bytes + recipient.encode()


def context_of_secret(name: str, epoch: int) -> bytes:
    return b"khronika secret " + VERSION + epoch.to_bytes(4) + name.encode()


def context_of_file(salt: bytes) -> bytes:
    return b"khronika file " + VERSION + salt


def context_of_original(person: UUID, record: UUID, size: int, chunk: int | None = None) -> bytes:
    """Of the key of a deposited file, or of the chunk with this number."""
    place = b"key" if chunk is None else b"chunk" + chunk.to_bytes(8)
    return b"khronika original " + VERSION + person.bytes + record.bytes + size.to_bytes(8) + place


def _context_of_text(person: UUID, aggregate: UUID, field: str) -> bytes:
    return _TEXT + person.bytes + aggregate.bytes + field.encode()


def _close_text(cipher: Cipher, person: UUID, aggregate: UUID, field: str, text: str, nonce: bytes) -> bytes:
    ended = text.encode() + END_OF_TEXT
    return _shut(cipher, ended + bytes(-len(ended) % STEP), _context_of_text(person, aggregate, field), nonce)


def _shut(cipher: Cipher, content: bytes, context: bytes, nonce: bytes) -> bytes:
    return VERSION + nonce + cipher.encrypt(nonce, content, context)
