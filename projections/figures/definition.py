"""What a figure is made of: its definition, the facts it may read, and what it finds in them."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Row

from domain.errors import RuleBroken
from domain.vocabulary import Vocabulary
from domain.vocabulary.articles import ARTICLES
from domain.vocabulary.custody import AGENCIES
from domain.vocabulary.people import AGE_BANDS, GENDERS
from projections import people, statistics, told_of_custody
from projections.projection import View
from projections.reconciling import Total

EVERYWHERE = ("city", "region", "month", "week", "day", "category")
"""What any figure can be broken down by."""
OF_WHOM = ("article", "agency", "station", "age_band", "gender")
"""What is known of somebody held, or charged, and of nothing else that is counted."""
CODES = {"article": ARTICLES, "agency": AGENCIES, "age_band": AGE_BANDS, "gender": GENDERS}
"""The lists their codes come from. A station has a name of its own."""
Of = Callable[[str], tuple[str, ...]]
"""What is known of somebody in one of these dimensions, all that was told; nothing where nobody told."""


class Counted(NamedTuple):
    """Some people or things, with where, when and as what they count.

    `cell` is that of H3 resolution 9, and `protest` the one they belong to, None where there is none or none is known. The same
    `who` counts once in each row and once in the total, however often they are told of; None is nobody else. `of` is asked only
    by a breakdown that needs it, and looks it up then. What stands `beside` is counted in that column of its definition and in no
    total. `length` is how long, in minutes, where that is what is asked.
    """

    total: Total
    city: int | None
    region: str | None
    day: int
    categories: tuple[str, ...]
    cell: int | None = None
    protest: bytes | None = None
    who: bytes | None = None
    of: Of | None = None
    beside: str = ""
    length: Total | None = None


Tie = Hashable
"""What facts have in common that must be counted together: a protest, a detention, a person, a city and a night."""


class Facts(Protocol):
    """What was known at one position: all a definition may read."""

    def known(self, kind: int) -> Iterator[Row[Any]]:
        """The facts of one kind of `projections.statistics` or `projections.told_of_custody` that stood."""

    def ever_known(self, kind: int) -> Iterator[Row[Any]]:
        """The last revision of each that had been known, standing or since taken back."""

    def joined(self) -> Sequence[tuple[bytes, bytes]]:
        """The pairs of files that were found to be of one person."""


def kept_in(kind: int) -> View:
    """The table that keeps the facts of this kind."""
    return told_of_custody.told if kind in told_of_custody.KINDS else statistics.facts


@dataclass(frozen=True, slots=True)
class AsOf:
    """The facts as the views keep them, at a position."""

    db: Connection
    position: int

    def known(self, kind: int) -> Iterator[Row[Any]]:
        """Those that stood."""
        return statistics.known(self.db, kind, self.position, kept_in(kind))

    def ever_known(self, kind: int) -> Iterator[Row[Any]]:
        """Those that had ever been known."""
        return statistics.ever_known(self.db, kind, self.position, kept_in(kind))

    def joined(self) -> Sequence[tuple[bytes, bytes]]:
        """As people were joined."""
        return people.edges(self.db, as_of=self.position)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure means: its unit, how it finds what it counts, and the lists its categories come from.

    Raise `version` when the meaning changes.
    """

    name: str
    version: int
    unit: tuple[str, str]
    method: tuple[str, str]
    count_in: Callable[[Facts], Iterator[Counted]]
    ties: Callable[[Sequence[Any]], Callable[[Any], Iterator[Tie]]]
    """Of all facts, how each is tied to others: what is not tied, however far round, can be counted apart and added up."""
    kinds: tuple[int, ...]
    """The kinds of facts it reads."""
    categories: tuple[Vocabulary, ...]
    dimensions: tuple[str, ...] = EVERYWHERE
    """What it can be broken down by; anything else would be of nothing it counts."""
    whom: tuple[int, ...] = ()
    """The kinds of facts that only `OF_WHOM` reads."""
    is_of_people: bool = field(kw_only=True)
    """Whether it tells of people what was done to them or who they are: nothing of it leaves the inside."""
    is_of_lengths: bool = False
    """Whether it asks how long: then its number is of how many that is known, and beside it stands the spread of lengths."""
    columns: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """What is counted beside the number, and in no total: by its code, what it is called in English and Russian."""

    def must_have(self, dimensions: Iterable[str]) -> None:
        """Raises RuleBroken `figure_not_by` for one that makes no sense for it."""
        for dimension in dimensions:
            if dimension not in self.dimensions:
                raise RuleBroken("figure_not_by", figure=self.name, dimension=dimension, known=", ".join(self.dimensions))

    def kinds_for(self, dimensions: Collection[str]) -> tuple[int, ...]:
        """The kinds of facts that are read where these dimensions are asked for."""
        return tuple(dict.fromkeys((*self.kinds, *self.whom))) if any(name in OF_WHOM for name in dimensions) else self.kinds

    def count(self, db: Connection, position: int) -> Iterator[Counted]:
        """What it counts, as of a position."""
        return self.count_in(AsOf(db, position))

    def category(self, code: str, language: str) -> str:
        """The label of a category for a reader; a code newer than this program is shown as it stands."""
        return next((codes.label(code, language) for codes in self.categories if code in codes), code)

    def value(self, dimension: str | None, code: str, language: str) -> str:
        """The label of a code in a dimension, likewise; a category where it is none of somebody's."""
        codes = CODES.get(dimension or "")
        return codes.label(code, language) if codes is not None else self.category(code, language)


def each(kind: int) -> Callable[[Facts], Iterator[Counted]]:
    """Counts the facts of one kind, one by one."""

    def count(facts: Facts) -> Iterator[Counted]:
        for row in facts.known(kind):
            yield Counted(Total(1, 1), row.city, row.region, row.day, tuple((row.category or "").split()))

    return count


def alone(rows: Sequence[Any]) -> Callable[[Any], Iterator[Tie]]:
    """Every record counts for itself."""
    return lambda row: iter((row.record,))
