"""From the cells of a row to texts, codes and answers to conditions, as one mapping says it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.errors import RuleBroken
from domain.vocabulary import Vocabulary
from web.imports.errors import ImportRefused
from web.imports.mapping import Cell, CellOrText, Condition, Conditions

REMEMBERED = 10_000
"""Cells whose translation is kept in memory during a run."""

Row = Sequence[str] | Mapping[int, str]
"""The cells of one row by their place in the header, without the spaces around them."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a file, and the mapping that asks for them."""

    mapping: str
    columns: tuple[str, ...]

    def index(self, column: str, place: str) -> int:
        """Where a column stands. Raises ImportRefused when there is none or two of that name."""
        wanted = one_space(column)
        found = [number for number, name in enumerate(self.columns) if name == wanted]
        if not found:
            known = ", ".join(name for name in self.columns if name)
            raise ImportRefused("no_such_column", mapping=self.mapping, place=place, column=column, known=known)
        if len(found) > 1:
            raise ImportRefused("column_twice", mapping=self.mapping, place=place, column=column)
        return found[0]


def one_space(text: str) -> str:
    """The text with every run of spaces and line ends made one space."""
    return " ".join(text.split())


def _key(text: str) -> str:
    return one_space(text).casefold()


class Reader:
    """Reads one text of a row: from its columns, translated."""

    def __init__(self, told: CellOrText, header: Header, place: str, vocabulary: Vocabulary | None = None) -> None:
        cell = Cell(value=told) if isinstance(told, str) else told
        self._cell, self._vocabulary, self._place = cell, vocabulary, place
        given = [cell.value is not None, cell.column is not None, bool(cell.columns)]
        if sum(given) != 1:
            raise ImportRefused("mapping_one_of", mapping=header.mapping, place=place, keys="column, columns, value")
        names = (cell.column,) if cell.column is not None else cell.columns
        self.columns = tuple(header.index(name, place) for name in names)
        self._exact = {_key(word): code for word, code in cell.values.items() if "*" not in word}
        self._like = [(_pattern(word), code) for word, code in cell.values.items() if "*" in word]
        self._memory: dict[str, str] = {}
        self._check(header)

    def _check(self, header: Header) -> None:
        """Every code a mapping writes must be in the list it is for."""
        if self._vocabulary is None:
            return
        for code in (self._cell.value, self._cell.otherwise, self._cell.empty, *self._cell.values.values()):
            if code and code not in self._vocabulary:
                known = ", ".join(self._vocabulary)
                raise ImportRefused("mapping_unknown_code", mapping=header.mapping, place=self._place, given=code, known=known)

    def __bool__(self) -> bool:
        """Whether it can ever say anything."""
        return bool(self.columns) or bool(self._cell.value)

    def text(self, row: Row) -> str:
        """What the row says, translated; empty for nothing. RuleBroken("untranslated") for a code that is in no list."""
        if self._cell.value is not None:
            return self._cell.value
        if len(self.columns) == 1:
            told = row[self.columns[0]]
        else:
            told = self._cell.join.join(row[index] for index in self.columns if row[index])
        found = self._memory.get(told)
        if found is None:
            found = self._translated(told)
            if len(self._memory) < REMEMBERED:
                self._memory[told] = found
        return found

    def texts(self, row: Row) -> tuple[str, ...]:
        """What the row says, split by the mapping's sign; each once, in the order of the row."""
        if self._cell.value is not None:
            return (self._cell.value,) if self._cell.value else ()
        told = (row[index] for index in self.columns)
        parts = [part.strip() for cell in told for part in (cell.split(self._cell.split) if self._cell.split else [cell])]
        found = [self._translated(part) for part in parts if part] or [self._translated("")]
        return tuple(dict.fromkeys(code for code in found if code))

    def _translated(self, told: str) -> str:
        if not told:
            return self._cell.empty or ""
        code = self._looked_up(told)
        if code is None:
            code = self._cell.otherwise if self._cell.otherwise is not None else told
            if self._vocabulary is not None and code and code not in self._vocabulary:
                raise RuleBroken("untranslated", field=self._place, words=told)
        return code or self._cell.empty or ""

    def _looked_up(self, told: str) -> str | None:
        if not self._cell.values:
            return None
        key = _key(told)
        if key in self._exact:
            return self._exact[key]
        return next((code for pattern, code in self._like if pattern.fullmatch(key)), None)


def _pattern(word: str) -> re.Pattern[str]:
    """A star stands for any letters, or none."""
    return re.compile(".*".join(re.escape(part) for part in _key(word).split("*")))


class Question:
    """One or more conditions about a row; the answer is yes when all hold. None at all: yes."""

    def __init__(self, told: Conditions, header: Header, place: str) -> None:
        conditions = (told,) if isinstance(told, Condition) else told
        self._asked = [(header.index(condition.column, place), condition) for condition in conditions]
        self.columns = tuple(index for index, _ in self._asked)

    def holds(self, row: Row) -> bool:
        """Whether the row answers yes."""
        return all(_holds(row[index], condition) for index, condition in self._asked)


def _holds(cell: str, asked: Condition) -> bool:
    told = _key(cell)
    if asked.empty is not None and (not told) != asked.empty:
        return False
    if asked.equal is not None and told not in _keys(asked.equal):
        return False
    if asked.unequal is not None and told in _keys(asked.unequal):
        return False
    if asked.has is not None:
        parts = {_key(part) for part in cell.split(asked.split)}
        return any(key in parts for key in _keys(asked.has))
    return True


def _keys(told: str | tuple[str, ...]) -> Iterator[str]:
    return (_key(text) for text in ((told,) if isinstance(told, str) else told))
