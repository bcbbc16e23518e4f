"""The recovery key as people copy it: fourteen groups of four letters and digits, the last of which find a slip of the pen.

Letters that are easily taken for others (I, L, O, U) are not used, and are read as what they look like; so are their Cyrillic
doubles.
"""

from base64 import b32decode, b32encode
from hashlib import sha256

from web.vault.errors import BackupRefused
from web.vault.sealing import KEY_BYTES

CHECK_BYTES = 3
GROUP = 4
LETTERS = 56
_OURS, _THEIRS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_WRITE = str.maketrans(_THEIRS, _OURS)
_READ = str.maketrans(_OURS, _THEIRS)
_LOOKS_LIKE = str.maketrans("OILUАВЕКМНРСТХО", "011VABEKMHPCTX0")


def in_groups(private: bytes) -> str:
    """`J3K0-…`, 14 groups."""
    letters = b32encode(private + _check(private)).decode().translate(_WRITE)
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def from_groups(written: str) -> bytes:
    """Raises BackupRefused `recovery_key_mistyped`. Spaces, hyphens, line ends and case do not matter."""
    letters = "".join(letter for letter in written.upper() if letter.isalnum()).translate(_LOOKS_LIKE)
    try:
        found = b32decode(letters.translate(_READ))
    except ValueError:
        found = b""
    private, check = found[:KEY_BYTES], found[KEY_BYTES:]
    if len(private) != KEY_BYTES or check != _check(private):
        raise BackupRefused("recovery_key_mistyped")
    return private


def _check(private: bytes) -> bytes:
    return sha256(b"khronika recovery key" + private).digest()[:CHECK_BYTES]
