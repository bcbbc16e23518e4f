"""Passphrases: made here, never chosen, kept only as argon2id hashes.

Seven words of the 7,776 in the Electronic Frontier Foundation's long list: 90 bits, so that a stolen hash is no use.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

WORDS = 7
AT_ONCE = 2
"""Hashes computed at the same time, of 64 MiB each: more would let strangers fill the memory."""
AT_MOST = 4
"""How many may wait or be served at once. Eight threads answer pages: strangers at the door must leave some of them free."""
PATIENCE = 10.0
"""Seconds somebody waits for their turn."""

_HASHER = PasswordHasher(time_cost=4, memory_cost=64 * 1024, parallelism=2)
_TURNS, _PLACES = BoundedSemaphore(AT_ONCE), BoundedSemaphore(AT_MOST)


class TooBusy(Exception):
    """Too many people are signing in at this moment."""


@cache
def word_list() -> tuple[str, ...]:
    """The words passphrases are made of."""
    return tuple(files("xkcdpass").joinpath("static/eff-long").read_text(encoding="utf-8").split())


def made() -> str:
    """A new passphrase, words apart by spaces."""
    return " ".join(secrets.choice(word_list()) for _ in range(WORDS))


def hashed(passphrase: str) -> str:
    """What is kept of it. Raises TooBusy."""
    with _turn():
        return _HASHER.hash(_typed(passphrase))


def is_right(kept: str, passphrase: str) -> bool:
    """The same work whatever was typed. Raises TooBusy."""
    with _turn():
        try:
            return _HASHER.verify(kept, _typed(passphrase))
        except (VerificationError, InvalidHashError):
            return False


@cache
def nobodys() -> str:
    """A hash that no passphrase fits: what is verified for a name that has no account, so that it takes as long."""
    return hashed(made())


def _typed(passphrase: str) -> str:
    """As it is compared: a phone writes the first letter large, and somebody may put hyphens between the words."""
    return " ".join(passphrase.casefold().replace("-", " ").split())[:400]


@contextmanager
def _turn() -> Iterator[None]:
    if not _PLACES.acquire(blocking=False):
        raise TooBusy
    try:
        if not _TURNS.acquire(timeout=PATIENCE):
            raise TooBusy
        try:
            yield
        finally:
            _TURNS.release()
    finally:
        _PLACES.release()
