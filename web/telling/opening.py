"""The sealed words of a page, opened in one go: the vault is asked once for all lines, not once a word."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from enum import Enum
from functools import cache
from typing import Any, Protocol

from domain.moment import When
from domain.place import Place
from domain.privacy import Sealed
from domain.provenance import Source
from domain.record import Record
from web.telling.words import Opener, Withheld


class OpensMany(Protocol):
    """What the vault does: the text of each, or an Enum member named after the reason why not."""

    def open_many(self, many: Iterable[Sealed], /) -> Sequence[str | Enum]:
        """In the order given."""


def opened_at_once(vault: OpensMany, events: Iterable[Record.Event]) -> Opener:
    """An opener for these events and for no others; the words live as long as it does, so make one for each page."""
    texts = list(dict.fromkeys(text for event in events for text in sealed_in(event)))
    found = dict(zip(texts, vault.open_many(texts), strict=True))

    def opener(sealed: Sealed) -> str | Withheld:
        words = found.get(sealed, Withheld.SEALED)
        return Withheld(words.value) if isinstance(words, Enum) else words

    return opener


def sealed_in(event: Record.Event) -> Iterator[Sealed]:
    """Every sealed text of an event: its own, those of its times, places and source, and those of what a correction restates."""
    for name in _names(type(event)):
        match value := getattr(event, name):
            case Sealed():
                yield value
            case When(words=Sealed() as words) | Place(words=Sealed() as words) | Source(reference=Sealed() as words):
                yield words
            case Record.Event():
                yield from sealed_in(value)


@cache
def _names(happened: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(happened))
