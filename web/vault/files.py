"""A deposited file, sealed: chunk by chunk, so that neither a long one nor a hostile one needs much memory.

`khronika original 1\\n` | key of the file, wrapped (61) | chunks, each with its tag (16). Every file has a key of its own,
wrapped under the key of the person it is about, so the nonce of a chunk is its number and never used twice. Bound into each chunk
are person, record, the size of the whole and the chunk's number: chunks that were exchanged, repeated or left out do not open,
nor does a file that was put in another's place.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag

from web.vault.errors import NoKey, SealBroken
from web.vault.person_keys import Unopened
from web.vault.sealing import (
    KEY_BYTES,
    NONCE_BYTES,
    Broken,
    Cipher,
    context_of_original,
    new_key,
    open_box,
    shut,
)

MAGIC = b"khronika original 1\n"
CHUNK = 64 * 1024
TAG_BYTES = 16
WRAPPED_BYTES = 1 + NONCE_BYTES + KEY_BYTES + TAG_BYTES
HEAD_BYTES = len(MAGIC) + WRAPPED_BYTES
_WITHOUT_KEY = {Unopened.FORGOTTEN: "person_forgotten", Unopened.SEALED: "key_not_here"}


def sealed_file(
    cipher: Cipher | Unopened | None, person: UUID, record: UUID, size: int, content: Iterable[bytes]
) -> Iterator[bytes]:
    """See Vault.seal_file. Raises ValueError where the content is not of this size: nothing was sealed then that opens."""
    own = _usable(cipher, person)
    key = new_key()
    yield MAGIC + shut(own, key, context_of_original(person, record, size))
    sealing, sealed = Cipher(key), 0
    for number, chunk in enumerate(_cut(content)):
        sealed += len(chunk)
        yield sealing.encrypt(_nonce(number), chunk, context_of_original(person, record, size, number))
    if sealed != size:
        raise ValueError(sealed, size)


def opened_file(cipher: Cipher | Unopened | None, person: UUID, record: UUID, size: int, file: BinaryIO) -> Iterator[bytes]:
    """See Vault.open_file."""
    own = _usable(cipher, person)
    try:
        if file.read(len(MAGIC)) != MAGIC:
            raise Broken
        opening = Cipher(open_box(own, file.read(WRAPPED_BYTES), context_of_original(person, record, size)))
        for number in range(-(-size // CHUNK)):
            chunk = file.read(CHUNK + TAG_BYTES)
            yield opening.decrypt(_nonce(number), chunk, context_of_original(person, record, size, number))
        if file.read(1):
            raise Broken
    except (Broken, InvalidTag, ValueError):  # ValueError: less than a tag
        raise SealBroken("seal_broken", person=person, aggregate=record, field="original") from None


def size_within(sealed: int) -> int:
    """The size of the content of a sealed file of this size. What is too small to be one is of no size."""
    body = max(sealed - HEAD_BYTES, 0)
    return body - TAG_BYTES * -(-body // (CHUNK + TAG_BYTES))


def _usable(cipher: Cipher | Unopened | None, person: UUID) -> Cipher:
    if not isinstance(cipher, Cipher):
        raise NoKey(_WITHOUT_KEY.get(cipher or Unopened.DAMAGED, "no_key"), person=person)
    return cipher


def _nonce(number: int) -> bytes:
    return number.to_bytes(NONCE_BYTES)


def _cut(content: Iterable[bytes]) -> Iterator[bytes]:
    """Chunks of one size, but for the last."""
    kept = bytearray()
    for piece in content:
        kept += piece
        while len(kept) >= CHUNK:
            yield bytes(kept[:CHUNK])
            del kept[:CHUNK]
    if kept:
        yield bytes(kept)
