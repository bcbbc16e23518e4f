"""What is typed beside the passphrase: a code of the moment from an app (TOTP, RFC 6238), or a recovery code from paper."""

import hmac
import re
import secrets
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

STEP = 30
"""Seconds a code of the app holds."""
DRIFT = 1
"""Steps a phone's clock may be off, either way."""
SECRET_BYTES = 20
RECOVERY_CODES = 10
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without letters and digits that are taken for each other on paper."""
_DIGITS = re.compile(r"\d{6}")


def new_secret() -> bytes:
    """For an app."""
    return secrets.token_bytes(SECRET_BYTES)


def code_at(secret: bytes, step: int) -> str:
    """The code an app shows during one step."""
    return _hotp(secret).generate(step).decode()


def step_of(secret: bytes, typed: str, now: float) -> int | None:
    """The step this code belongs to, None where it fits none near `now`. That none is used twice is the caller's to see to."""
    digits = re.sub(r"\s", "", typed)
    if not digits.isascii() or not _DIGITS.fullmatch(digits):
        digits = "------"  # compared all the same, so that a wrong form takes as long as a wrong code
    current, found = int(now // STEP), None
    for step in range(current - DRIFT, current + DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step), digits):
            found = step
    return found


def address_of(secret: bytes, account: str) -> str:
    """What the QR code says to the app (otpauth). The name an app shows is neutral: a phone may be looked through."""
    return _hotp(secret).get_provisioning_uri(account, 0, "K").replace("otpauth://hotp/", "otpauth://totp/").replace(
        "&counter=0", ""
    )  # fmt: skip


def new_recovery_codes() -> list[str]:
    """Ten codes of 59 bits, each good for one sign-in without the app."""
    return ["-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3)) for _ in range(RECOVERY_CODES)]


def digest_of(key: bytes, code: str) -> bytes:
    """What is kept of a recovery code; the codes are random, so a keyed digest is enough."""
    return hmac.digest(key, b"khronika recovery code " + re.sub(r"[^0-9a-z]", "", code.casefold()).encode(), sha256)


def _hotp(secret: bytes) -> HOTP:
    return HOTP(secret, 6, SHA1(), enforce_key_length=False)  # noqa: S303 - what the apps speak; RFC 6238
