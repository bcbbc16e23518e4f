"""What a map can be of: people detained, still in custody, released, reports of force, protests; and the classes of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l

from projections.reconciling import Total
from web.city_lines import total_of
from web.sightings import interval


class Numbers(NamedTuple):
    """Every number of a city, a cell or a stretch of time."""

    detained: Total
    held: int
    released: int
    force: int
    protests: int

    @classmethod
    def of(cls, rows: Iterable[Any]) -> "Numbers":
        """The sum of some rows of the heat map."""
        rows = list(rows)
        held, released = sum(row.held for row in rows), sum(row.released for row in rows)
        return cls(total_of(rows), held, released, sum(row.force for row in rows), sum(row.protests for row in rows))

    @property
    def is_nothing(self) -> bool:
        """Whether nothing at all is counted here."""
        return self == NOTHING


NOTHING = Numbers(Total(0, 0), 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Kind:
    """One of them. `classes` are where its classes begin, from class 1; class 0 is none of it where there is something else."""

    code: str
    title: Any
    legend_title: Any
    classes: tuple[int, ...]

    def total(self, numbers: Numbers) -> Total:
        """How many, as an interval."""
        found = getattr(numbers, self.code)
        return found if isinstance(found, Total) else Total(found, found)

    def told(self, numbers: Numbers, language: str) -> str:
        """How many, in words: "50", "40 to 60", "at least 12", "0"."""
        return interval(self.total(numbers), language) or "0"

    def shade(self, numbers: Numbers) -> int:
        """The class, by the lower end of the interval."""
        low = self.total(numbers).low
        return sum(low >= bound for bound in self.classes)

    @property
    def legend(self) -> list[tuple[int, str]]:
        """Each class and which numbers are in it."""
        return list(enumerate(["0", *classes_told(self.classes)]))


def classes_told(classes: Sequence[int]) -> list[str]:
    """Which numbers are in each class, from the one that begins with the first: "10–49" and so on; the last has no end."""
    ends = [(first, after - 1) for first, after in pairwise(classes)]
    spans = [str(first) if first == last else f"{first}–{last}" for first, last in ends]
    return [*spans, f"{format_decimal(classes[-1])}+"]


def shade_of(people: int) -> int:
    """The class of so many people, on every map of people: 0 below the first."""
    return sum(people >= bound for bound in PEOPLE)


PEOPLE, _EVENTS = (1, 10, 50, 200, 1000), (1, 2, 5, 20, 100)
KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("detained", _l("People detained"), _l("People detained, at least"), PEOPLE),
        Kind("held", _l("Still in custody"), _l("Known by name and still in custody"), PEOPLE),
        Kind("released", _l("Released"), _l("Known by name and released"), PEOPLE),
        Kind("force", _l("Force used"), _l("Reports of force"), _EVENTS),
        Kind("protests", _l("Protests"), _l("Protests"), _EVENTS),
    )
}
ANNOUNCED = ("detained", "protests")
"""What journalists see of a city: what the figures tell by city as well."""
