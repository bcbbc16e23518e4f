"""Words as they were said: made fit for a line of text, quoted, left out where they add nothing, held back where they must be.

What is opened here is never kept: no cache in this package holds words, so that forgetting a person leaves none behind.
"""

import re
from collections.abc import Callable
from enum import Enum

from domain.privacy import Sealed, Words


class Withheld(Enum):
    """Why sealed words are not shown."""

    SEALED = "sealed"
    FORGOTTEN = "forgotten"
    DAMAGED = "damaged"
    LOCKED = "locked"


Opener = Callable[[Sealed], str | Withheld | None]
"""Opens sealed words for the reader of the moment, or says why not; None is the same as Withheld.SEALED."""


class Mark(str):
    """Stands in the place of words that are held back; it is nobody's words and never quoted."""


_MARKS = {
    "en": {
        Withheld.SEALED: Mark("[sealed]"),
        Withheld.FORGOTTEN: Mark("[forgotten]"),
        Withheld.DAMAGED: Mark("[damaged]"),
        Withheld.LOCKED: Mark("[locked]"),
    },
    "ru": {
        Withheld.SEALED: Mark("[скрыто]"),
        Withheld.FORGOTTEN: Mark("[забыто]"),
        Withheld.DAMAGED: Mark("[повреждено]"),
        Withheld.LOCKED: Mark("[заперто]"),
    },
}

_QUOTES = {"en": ("“", "”", "‘", "’"), "ru": ("«", "»", "„", "“")}
"""Opening and closing quotation marks, and those that stand inside them."""

# Escape sequences would reach the terminal of the command line, and turned-round text would change what a line seems to say.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WORD = re.compile(r"\w+")


def mark(why: Withheld, language: str) -> Mark:
    """What stands on a page in the place of words that are held back."""
    return _MARKS[language][why]


def one_line(text: str) -> str:
    """The text on one line, without control characters and without marks that turn the direction of writing."""
    if not text.isprintable():
        text = _INVISIBLE.sub("", _CONTROLS.sub(" ", text))
    return " ".join(text.split())


def opened(words: Words, opener: Opener, language: str) -> str:
    """The words on one line, a `Mark` where they are held back, "" where there are none."""
    if words is None:
        return ""
    if isinstance(words, Sealed):
        found = opener(words)
        if found is None:
            return mark(Withheld.SEALED, language)
        if isinstance(found, Withheld):
            return mark(found, language)
        words = found
    return one_line(words)


def shown(words: Words, opener: Opener, language: str) -> str:
    """As `opened`, but "" where they are held back on purpose: for words beside something that says enough without them."""
    text = opened(words, opener, language)
    return "" if isinstance(text, Mark) and text != mark(Withheld.DAMAGED, language) else text


def quoted(text: str, language: str) -> str:
    """In the quotation marks of the reader's language. A closing full stop is left to the sentence around it."""
    if not text or isinstance(text, Mark):
        return text
    opening, closing, inner_opening, inner_closing = _QUOTES[language]
    if text.endswith(".") and not text.endswith(".."):
        text = text[:-1]
    if text[0] == opening and text[-1] == closing and opening not in text[1:]:
        text = text[1:-1]
    return f"{opening}{text.replace(opening, inner_opening).replace(closing, inner_closing)}{closing}"


def compared(text: str) -> str:
    """How two spellings are compared here: without case, ё as е."""
    return text.casefold().replace("ё", "е")


def vocabulary_of(*tellings: str) -> frozenset[str]:
    """Every word that is said in them, as it is compared."""
    return frozenset(word for telling in tellings for word in _WORD.findall(compared(telling)))


def says_more(words: str, told: frozenset[str]) -> bool:
    """Whether the words say anything that is not among what was told already."""
    return not told.issuperset(_WORD.findall(compared(words)))
