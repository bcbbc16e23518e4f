"""How many, as precisely as anybody knows, and in the words it was told.

What people write becomes a `Count` in `count_words.py`. What is counted (people, police vans) is said by the field's name.
"""

from dataclasses import dataclass, replace
from typing import Self

from domain.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people (or whatever the field's name says) as an interval, both ends included.

    `high` is None where the words set no upper end ("at least 12").

    Make one with the constructors below, which check it; calling the class itself checks nothing, because the store decodes
    what was checked when it was recorded. `checked()` is for a count of unknown origin.
    """

    low: int
    high: int | None
    words: str | None = None

    @classmethod
    def between(cls, low: int, high: int | None, words: str | None = None) -> Self:
        """From `low` to `high`. RuleBroken: "count_below_zero", "count_ends_before_it_begins"."""
        if low < 0:
            raise RuleBroken("count_below_zero", low=low)
        if high is not None and high < low:
            raise RuleBroken("count_ends_before_it_begins", low=low, high=high)
        return cls(low, high, words)

    @classmethod
    def exactly(cls, number: int, words: str | None = None) -> Self:
        """One number. RuleBroken("count_below_zero")."""
        return cls.between(number, number, words)

    @classmethod
    def at_least(cls, number: int, words: str | None = None) -> Self:
        """That many or more. RuleBroken("count_below_zero")."""
        return cls.between(number, None, words)

    def checked(self) -> Self:
        """Itself, if it keeps what `Count` promises; otherwise RuleBroken says which promise is broken."""
        type(self).between(self.low, self.high)
        return self

    def told(self, words: str | None) -> Self:
        """The same interval in other words."""
        return replace(self, words=words)

    def contains(self, number: float) -> bool:
        """Whether it may have been that many; a mean of two counts need not be whole."""
        return self.low <= number and (self.high is None or number <= self.high)

    @property
    def is_exact(self) -> bool:
        """Whether it is one number, not a range."""
        return self.low == self.high
