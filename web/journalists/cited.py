"""A figure that was cited: what it was at its position, what it would be today, and what moved it in between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from projections import corrections
from projections.figures import Counted, Figure, Line, Total, compute
from projections.figures.changes import LEARNED, UNATTRIBUTED, Change, Size, why
from projections.figures.computing import matching
from projections.figures.outside import HELD_BACK
from projections.held_back import Held
from web.citing import Citation
from web.desk import Desk
from web.journalists.permitted import DIMENSIONS, held_from, newest
from web.journalists.tables import called
from web.journalists.titles import filters_of
from web.languages import translated as _
from web.telling import lengths

SHOWN = 12
"""Stretches of positions named for one reason; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One number then and today, with the citation that says why it changed; "" for the whole figure's own."""

    name: str
    then: str
    today: str
    citation: str
    has_changed: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """What entries with one reason moved, and where in the record they stand."""

    told: str
    low: str
    high: str
    endless: str
    entries: int
    positions: str
    """Where they stand: "12–15, 19"."""
    unnamed: int
    """How many stretches of positions more."""
    members: int = 0
    """Of how many, in a figure of lengths, it is known since that they were longer or shorter, or known at all, or no more."""


@dataclass(frozen=True, slots=True)
class Cited:
    """What the page shows. `today` is the position that today's number is of."""

    citation: Citation
    of: Sequence[tuple[str, str]]
    today: int
    rows: Sequence[Compared]
    left_out: Compared | None
    total: Compared
    reasons: Sequence[Reason]
    difference: Reason
    beside: Sequence[Compared]
    """What stands beside the whole number, then and today: percentiles of lengths, what is counted apart."""
    is_without: bool
    """Whether something is held back from this reader: the numbers are told without it, then as today."""

    @property
    def text(self) -> str:
        """The citation as it is written."""
        return str(self.citation)


def opened(desk: Desk, citation: Citation, language: str) -> Cited:
    """The figure at its position beside what it is now."""
    with desk.tracker.views() as db:
        today = max(newest(db), citation.position)
        name, by, only = citation.definition.name, citation.by, citation.only
        held = held_from(desk.reader.role, db)
        figures = [compute(db, name, by=by, position=position, only=only, held=held) for position in (citation.position, today)]
        change = why(db, name, since=citation.position, until=today, only=only, held=held)
    then, now = figures
    keys = dict.fromkeys(line.key for figure in figures for line in figure.rows)
    values = [{line.key: line for line in figure.rows} for figure in figures]
    nothing, is_without = Line(None, Total(0, 0)), name in HELD_BACK and not held.is_nothing
    rows = [
        _compared(
            called(desk, then, key, language),
            values[0].get(key, nothing),
            values[1].get(key, nothing),
            language,
            str(Citation.of(then, key)),
            may_be_held=is_without and _may_hold(held, {**only, **({by: key} if by is not None else {})}),
        )
        for key in keys
    ]
    left_out = None
    if (then.left_out, now.left_out) != (nothing.total, nothing.total):
        left_out = _compared("", then.nowhere, now.nowhere, language, str(Citation.of(then, None)))
    told = [(str(DIMENSIONS[each]), value) for each, value in filters_of(then.definition, only, desk.tracker.gazetteer, language)]
    members = change.members_by_reason()
    reasons = [
        replace(_reason(why_told(reason), size, at, change), members=members[reason])
        for reason, (size, at) in change.by_reason().items()
    ]
    difference = _reason(_("All together"), change.after.less(change.before), [], change)
    total = _compared("", then.whole, now.whole, language, "", may_be_held=is_without and _may_hold(held, only))
    beside = _beside(then, now, language)
    return Cited(citation, told, today, rows, left_out, total, reasons, difference, beside, is_without)


def _may_hold(held: Held, only: Mapping[str, Any]) -> bool:
    """Whether what is held back lies within this part of the figure, or may."""
    asked = {dimension: only[dimension] for dimension in ("city", "day", "week", "month") if dimension in only}
    spots = (Counted(Total(0, 0), spot.city, None, spot.day, ()) for spot in held.spots)
    return held.is_all or any(True for _spot in matching(spots, asked))


def _compared(name: str, then: Line, now: Line, language: str, citation: str, *, may_be_held: bool = False) -> Compared:
    """`may_be_held`: where nothing is left to tell it is said that something is held back, for a 0 would be printed."""
    before, after = (
        _("held back") if may_be_held and line.total == (0, 0) else lengths.with_median(line, language) for line in (then, now)
    )
    return Compared(name, before, after, citation, (then.total, then.spread) != (now.total, now.spread))


def _beside(then: Figure, now: Figure, language: str) -> list[Compared]:
    told = lengths.headings(then.definition, language)
    before, after = (lengths.cells(figure.definition, figure.whole, language) for figure in (then, now))
    return [Compared(name, one, other, "", one != other) for name, one, other in zip(told, before, after, strict=True)]


def _reason(told: str, size: Size, at: Sequence[int], change: Change) -> Reason:
    spans = stretches(at)
    endless = _signed(size.endless) if change.before.endless or change.after.endless or size.endless else ""
    shown = ", ".join(spans[:SHOWN])
    return Reason(told, _signed(size.low), _signed(size.high), endless, len(at), shown, max(0, len(spans) - SHOWN))


def _signed(number: int) -> str:
    return f"{number:+d}".replace("-", "−") if number else "0"


def stretches(at: Sequence[int]) -> list[str]:
    """Positions, those that follow one another joined: "12–15", "19"."""
    found: list[list[int]] = []
    for position in at:
        if found and position == found[-1][1] + 1:
            found[-1][1] = position
        else:
            found.append([position, position])
    return [str(first) if first == last else f"{first}–{last}" for first, last in found]


def why_told(reason: str) -> str:
    """A reason in the reader's language."""
    return {
        LEARNED: _("Learned later"),
        corrections.CORRECTED: _("Corrected"),
        corrections.WITHDRAWN: _("Withdrawn"),
        corrections.REINSTATED: _("Brought back"),
        corrections.JOINED: _("Found to be one person"),
        corrections.PARTED: _("Told apart"),
        UNATTRIBUTED: _("For a reason that is not known"),
    }[reason]
