"""What the page of figures is asked for in its address: which figure, by what, of which months, and of what alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.errors import RuleBroken
from projections.figures import DEFINITIONS, Definition, Span
from web.access.roles import Role
from web.citing import Citation, read_value, written
from web.journalists.permitted import DIMENSIONS, may_open, must_have, open_dimensions, open_figures
from web.languages import translated as _
from web.maps.period import Months
from web.refusals import sentence

FIRST = "detentions"


@dataclass(frozen=True, slots=True)
class Asked:
    """`only` is what alone is counted, the months among it. `problem` says what was left out of what was asked, and why."""

    definition: Definition
    by: str
    only: Mapping[str, Any]
    months: Months
    problem: str
    is_refused: bool
    """Whether this role may not have all that was asked for: what it may have stands in its place."""
    is_senseless: bool
    """Whether the figure has no such breakdown."""
    role: Role

    @classmethod
    def read(cls, asked: Mapping[str, str], role: Role, language: str) -> "Asked":
        """From the address: `figure`, `by`, `from` and `to`, and a value of each dimension under its name, as
        citations write it. What this role may not combine is left out, and that is said."""
        figures = open_figures(role)
        definition = figures.get(asked.get("figure", ""), figures[FIRST])
        dimensions, senseless = open_dimensions(role, definition), ""
        try:
            must_have(definition, asked.get("by", ""), language)
        except RuleBroken as refused:
            senseless = sentence(refused, language)
        by = asked.get("by", "") if asked.get("by", "") in dimensions else "city"
        months, only, problem = Months.read(asked), dict[str, Any](), ""
        for dimension in dimensions:
            said = asked.get(dimension, "").strip()
            if said:
                try:
                    only[dimension] = _known(definition, dimension, read_value(dimension, said))
                except ValueError:
                    problem = _("“%(said)s” was not understood: it was left out.", said=said[:60])
        for said, known in ((asked.get("figure", ""), DEFINITIONS), (asked.get("by", ""), DIMENSIONS)):
            if said and said not in known:  # or the number of something else would be taken for the one asked for
                problem = _("“%(said)s” was not understood: it was left out.", said=said[:60])
        if months.problem or senseless:
            problem = senseless or months.problem
        elif months.query():
            first, last = months.period
            only["month"] = first if first == last else Span(first, last)
        is_too_much = not may_open(role, Citation(definition, 0, by, only))
        if is_too_much:
            problem = _("This figure is shown by one thing at a time: the period, and what it was narrowed to, were left out.")
        closed = [
            said
            for said, all_there_is, open_to_them in (
                (asked.get("figure", ""), DEFINITIONS.keys(), figures.keys()),
                (asked.get("by", ""), DIMENSIONS.keys(), dimensions.keys()),
            )
            if said in all_there_is - open_to_them
        ]
        if closed and not senseless:
            problem = _("“%(said)s” is for work inside and told to nobody else: something else is shown.", said=closed[0])
        is_refused = (
            is_too_much or bool(closed) or any(asked.get(dimension) for dimension in DIMENSIONS.keys() - dimensions.keys())
        )
        return cls(definition, by, {} if is_too_much else only, months, problem, is_refused, bool(senseless), role)

    @property
    def filters(self) -> Mapping[str, str]:
        """What it is narrowed to, as it stands in addresses."""
        return {dimension: written(dimension, value) for dimension, value in self.only.items()}

    @property
    def query(self) -> dict[str, str]:
        """All of it, as it stands in addresses."""
        return {"figure": self.definition.name, "by": self.by, **self.filters}

    def without(self, dimension: str) -> dict[str, str]:
        """The same, not narrowed to a value of this dimension."""
        return {name: value for name, value in self.query.items() if name != dimension}

    def narrowed(self, key: Any) -> dict[str, str] | None:
        """Only one of the rows, broken down by something else; None where this role may not ask for that."""
        only = {**self.only, self.by: key}
        for by in ("month" if self.by in ("city", "region") else "city", "day", "category"):
            if by not in only and may_open(self.role, Citation(self.definition, 0, by, only)):
                return {**self.query, "by": by, self.by: written(self.by, key)}
        return None

    @property
    def may_be_narrowed(self) -> bool:
        """Whether a period can be chosen too."""
        return may_open(self.role, Citation(self.definition, 0, self.by, {"month": None}))

    @property
    def categories(self) -> Mapping[str, tuple[str, str]]:
        """The categories this figure can have: code and labels; none where this role is not told of them."""
        known: dict[str, tuple[str, str]] = {}
        is_told = "category" in open_dimensions(self.role, self.definition)
        for vocabulary in self.definition.categories if is_told else ():
            known |= vocabulary.terms
        return known


def _known(definition: Definition, dimension: str, value: Any) -> Any:
    """The value, if it can be one. Raises ValueError for a category in none of the figure's lists: a word misspelt in an address
    would be answered with 0."""
    lists = definition.categories
    if dimension == "category" and value is not None and lists and not any(value in codes for codes in lists):
        raise ValueError(value)
    return value
