"""Arithmetic with times that are known from ... to: what every clock is computed with.

Every function here keeps one promise: narrower times in, narrower times out. So whatever is certain of a wide interval stays
certain when more is learned.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.moment import When


@dataclass(frozen=True, slots=True)
class Span:
    """An instant (UTC) known to lie between two, both included. An end of None is open: nobody can say."""

    earliest: datetime | None = None
    latest: datetime | None = None

    @property
    def is_exact(self) -> bool:
        """Whether it is one instant."""
        return self.earliest is not None and self.earliest == self.latest


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time known from the least to the most; below zero it has not begun. An end of None is open."""

    least: timedelta | None = None
    most: timedelta | None = None


def span_of(when: When) -> Span:
    """The interval of a `When`, without its words."""
    return Span(when.earliest, when.latest)


def hull(spans: Iterable[Span]) -> Span:
    """One of these, nobody knows which."""
    found = list(spans)
    return Span(_least(span.earliest for span in found), _most(span.latest for span in found))


def first_of(*spans: Span) -> Span:
    """Whichever comes first."""
    return Span(_least(span.earliest for span in spans), min((span.latest for span in spans if span.latest), default=None))


def last_of(*spans: Span) -> Span:
    """Whichever comes last."""
    return Span(max((span.earliest for span in spans if span.earliest), default=None), _most(span.latest for span in spans))


def later(span: Span, by: timedelta) -> Span:
    """As much later."""
    return Span(span.earliest + by if span.earliest else None, span.latest + by if span.latest else None)


def between(first: Span, last: Span) -> Length:
    """How long from one to the other; below zero where the other came first."""
    least = last.earliest - first.latest if last.earliest and first.latest else None
    most = last.latest - first.earliest if last.latest and first.earliest else None
    return Length(least, most)


def nth_last(spans: Iterable[Span], n: int) -> Span:
    """The nth from the end in order of time (1 is the last), as far as it can be told. There must be as many."""
    found = list(spans)
    begins = sorted((span.earliest for span in found if span.earliest), reverse=True)
    open_ended = sum(1 for span in found if span.latest is None)
    ends = sorted((span.latest for span in found if span.latest), reverse=True)
    latest = None if n <= open_ended else ends[n - 1 - open_ended]
    return Span(begins[n - 1] if n <= len(begins) else None, latest)


def _least(ends: Iterable[datetime | None]) -> datetime | None:
    known = list(ends)
    return None if None in known else min((end for end in known if end), default=None)


def _most(ends: Iterable[datetime | None]) -> datetime | None:
    known = list(ends)
    return None if None in known else max((end for end in known if end), default=None)
