"""What waits on the disk for the length of a request: encrypted under a key that is kept nowhere, readable from any byte on."""

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

_BLOCK = 16


def passed(key: bytes, at: int, content: bytes) -> bytes:
    """Encrypted or decrypted by AES-256-CTR, which is the same: the key stream begins at byte `at` of the file.

    Whoever calls sees to it that under one key no byte of the stream is used for two.
    """
    block, inside = divmod(at, _BLOCK)
    stream = Cipher(AES(key), CTR(block.to_bytes(_BLOCK))).encryptor()
    stream.update(bytes(inside))
    return stream.update(content)
