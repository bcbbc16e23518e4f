"""What a rule is: a sentence of some law with its citation, the days it was in force, and what it gives a clock to count.

Rules are data (`russia/rules.py`). A rule that was changed is several rules with one code; a clock uses those that were in force
when the fact happened. Where that day is not known exactly, or the day of the change is not known, several may apply, and the
answer holds what follows from each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar

from domain.law.span import Span
from domain.wall_clock import zone_named

Unit = Literal["hours", "sutki", "days", "months"]
Rolls = Literal["no", "yes", "unsure"]
Spoken = tuple[str, str]
"""The same in English and in Russian."""

_LENGTHS = {
    "hours": timedelta(hours=1),
    "sutki": timedelta(days=1),
    "days": timedelta(days=1),
    "months": timedelta(days=30),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """How long: hours by the clock, or days and months by the calendar of the place.

    *Sutki* end at midnight whatever day it is; an end in *days* moves on from a non-working day where the rule `rolls`. "unsure"
    gives both ends, so that nobody relies on the later one.
    """

    amount: int
    unit: Unit = "hours"
    rolls: Rolls = "no"

    @property
    def about(self) -> timedelta:
        """Its length for telling whether the end is near."""
        return self.amount * _LENGTHS[self.unit]

    @property
    def hours(self) -> timedelta:
        """Its length where it is counted in hours."""
        return timedelta(hours=self.amount)


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence of law. `valid_from` and `valid_to` are the first and the last day; None where no such day is recorded here.

    `checked` says that the sentence was read in a source; otherwise whoever sees it is told "unverified rule". `dates_checked`
    says the same of the two days.
    """

    code: str
    citation: Spoken
    sentence: Spoken
    limit: Limit | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    checked: bool = False
    dates_checked: bool = True


@dataclass(frozen=True, slots=True)
class Article:
    """What somebody is accused of, and how long they may be held for it. `code` is that of the vocabulary of articles.

    `hours` of None says that it is not known here, and both limits are shown. `assembly` marks breaches at assemblies.
    """

    code: str
    kind: Literal["administrative", "criminal", "unknown"]
    hours: int | None
    sanction: Spoken
    valid_from: date | None = None
    valid_to: date | None = None
    checked: bool = False
    dates_checked: bool = True


Dated = TypeVar("Dated", Rule, Article)


def in_force(code: str, among: Iterable[Dated], at: Span, zone: str) -> tuple[Dated, ...]:
    """The versions of a rule that may have been in force, the oldest first; none where it certainly was not."""
    known = [one for one in among if one.code == code]
    if all(one.valid_from is None and one.valid_to is None for one in known):
        return tuple(known)
    first, last = _local_day(at.earliest, zone), _local_day(at.latest, zone)
    return tuple(one for one in known if _overlaps(one, first, last))


def _overlaps(one: Rule | Article, first: date | None, last: date | None) -> bool:
    begun = one.valid_from is None or last is None or one.valid_from <= last
    return begun and (one.valid_to is None or first is None or first <= one.valid_to)


def _local_day(instant: datetime | None, zone: str) -> date | None:
    return instant.astimezone(zone_named(zone)).date() if instant else None
