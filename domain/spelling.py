"""One spelling for what people type, before it is read as a time or a number. Read by the `*_words.py` modules."""

import re

LONGEST = 200
"""Longer texts are not a time or a number but a story; they are not read at all."""

_SAME = str.maketrans({
    "ё": "е",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    "’": "'", "ʼ": "'", "`": "'",
    "≈": "~", "∼": "~",
    "\u200b": None, "\u200e": None, "\u200f": None, "\ufeff": None,
    "\x00": " ",
})  # fmt: skip
_SPACES = re.compile(r"\s+")


def plain(words: str) -> str:
    """Lower case, one kind of space, dash, apostrophe and "е"; nothing else is changed, so that no digit comes out of nowhere."""
    return _SPACES.sub(" ", words.lower().translate(_SAME)).strip()


def one_of(*alternatives: str) -> str:
    """A pattern for any of the words or patterns, the longest tried first."""
    return "(?:" + "|".join(sorted(alternatives, key=len, reverse=True)) + ")"
