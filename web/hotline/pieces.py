"""A line as it is taken apart: pieces that lie beside each other, and what each was understood as.

Nothing of a line is ever lost: together the pieces are the line, character for character.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.place import Candidate, Precision


class Said(StrEnum):
    """What a piece of a line says."""

    PLACE = "place"
    """Where people are held."""
    ORIGIN = "origin"
    """Where they were taken from."""
    COUNT = "count"
    MINORS = "minors"
    WHEN = "when"
    CONCERN = "concern"
    NAME = "name"
    AGE = "age"
    PASSING = "passing"
    """Words that say nothing that is recorded by itself: "automobile", "and", a comma."""
    OPEN = "open"
    """Not understood: somebody has to read it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of a line."""

    start: int
    end: int
    said: Said
    text: str
    codes: tuple[str, ...] = ()
    """Of a concern: which."""
    candidates: tuple[Candidate, ...] = ()
    """Of a place: everything it may mean, none where it is not known here."""
    number: int | None = None
    """Of an age: how old."""


def is_of_city(piece: Piece) -> bool:
    """Whether a place is a city and no more."""
    return bool(piece.candidates) and all(one.place.precision is Precision.CITY for one in piece.candidates)


def plain(text: str) -> str:
    """The same text, as long as before, in small letters and without ё: what patterns are written for."""
    lower = (small if len(small := letter.lower()) == 1 else letter for letter in text)
    return "".join(lower).translate(_ALIKE)


_ALIKE = str.maketrans("ё’ʼ`´\u00a0\u202f\t", "е''''   ")

_WORD = re.compile(r"(?:[^\s,;:()\[\]{}«»\"“”„|/\\!?…]|(?<=\d):(?=\d))+")
_BREAK = re.compile(
    r"[,;()\[\]{}«»\"“”„|/\\!?…\n\r]|:(?!\d)|(?<!\d):|(?<=\s)[-–—](?=\s)|(?<!\W\w)(?<!\.\w)(?<!^\w)(?<!\bок)(?<!\bприм)\.(?=\s|$)|(?<![\w.])(?:и|and|&|\+)(?![\w.])"
)
"""What parts one thing said from the next."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line that nobody has taken yet; `low` is how patterns see it."""

    start: int
    end: int
    text: str
    low: str


class Line:
    """A text that is taken apart, piece by piece; whoever takes first, has it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = plain(text)
        self.pieces: list[Piece] = []
        self._taken = bytearray(len(text))

    def is_free(self, start: int, end: int) -> bool:
        """Whether nobody has taken any of this."""
        return not any(self._taken[start:end])

    def take(self, start: int, end: int, piece: Said, **more: object) -> None:
        """Understand these characters as something. Where some are taken already, nothing happens."""
        if start < end and self.is_free(start, end):
            self._taken[start:end] = b"\1" * (end - start)
            self.pieces.append(Piece(start, end, piece, self.text[start:end], **more))  # type: ignore[arg-type]

    def leave_open(self, start: int, end: int) -> None:
        """Keep what is free of these characters for somebody to read: nobody may take it any more."""
        for free in re.finditer(rb"\0+", bytes(self._taken[start:end])):
            first, last = start + free.start(), start + free.end()
            said = self.text[first:last]
            if any(letter.isalnum() for letter in said):
                self.take(first, last, Said.OPEN)

    def words(self, start: int, end: int) -> list[Word]:
        """The free words between two places."""
        found = (Word(word.start(), word.end(), word[0], self.low[word.start() : word.end()]) for word in
                 _WORD.finditer(self.text, start, end))  # fmt: skip
        return [word for word in found if self.is_free(word.start, word.end)]

    def runs(self) -> Iterator[list[Word]]:
        """The free words, those together that nothing parts: neither a sign between them nor a piece that was taken."""
        edges = [*((found.start(), found.end()) for found in _BREAK.finditer(self.low)),
                 *((piece.start, piece.end) for piece in self.pieces), (len(self.text), len(self.text))]  # fmt: skip
        at = 0
        for start, end in sorted(edges):
            if start > at and (words := self.words(at, start)):
                yield words
            at = max(at, end)

    def finished(self) -> tuple[Piece, ...]:
        """All pieces in order, with what nobody took between them."""
        found: list[Piece] = []
        at = 0
        for piece in [*sorted(self.pieces, key=lambda piece: piece.start), None]:
            until = piece.start if piece is not None else len(self.text)
            if until > at:
                rest = self.text[at:until]
                said = Said.OPEN if any(letter.isalnum() for letter in rest) else Said.PASSING
                found.append(Piece(at, until, said, rest))
            if piece is not None:
                found.append(piece)
                at = piece.end
        return tuple(found)
