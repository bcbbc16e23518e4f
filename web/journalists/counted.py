"""A figure as of a position, kept in memory: a position is of the past, so its number stays as it is. The newest one follows the
record: what was recorded since the last look is counted, and nothing else.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from typing import Any

from flask import current_app

from domain.verification import Tier
from projections.figures import DEFINITIONS, Figure, compute
from projections.figures.outside import HELD_BACK
from projections.figures.standing import Standing, TooMuch, can_follow, follow, stand
from projections.figures_by_tier import by_tier
from projections.held_back import NOTHING_HELD, Held
from web.wiring import Tracker, Views

MOST_ROWS = 200_000
"""Rows of all figures kept at once: some tens of megabytes."""
MOST_ENTRIES = 2_000
"""Entries that are followed; after more, counting anew is as quick."""


class Kept:
    """The figures asked for last, as many as have MOST_ROWS rows together."""

    def __init__(self, most: int = MOST_ROWS) -> None:
        self._most, self._rows = most, 0
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Any:
        """What is kept under this key; None where nothing is."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: Hashable, value: Any, size: int) -> None:
        """Keep one more, of so many rows; those not asked for longest are let go."""
        with self._lock:
            self._rows += size - self._kept.pop(key, (None, 0))[1]
            self._kept[key] = value, size
            while self._rows > self._most:
                self._rows -= self._kept.popitem(last=False)[1][1]


def counted(
    tracker: Tracker,
    db: Views,
    name: str,
    *,
    by: str | None,
    position: int,
    only: Mapping[str, Any],
    held: Held = NOTHING_HELD,
) -> Figure:
    """As `compute`, but counted only as far as it is not kept. What is told without something `held` back is kept apart, and
    does not follow the record: what follows is the true number.
    """
    kept = _kept()
    if not held.is_nothing and name in HELD_BACK:
        key = (name, by, tuple(sorted(only.items(), key=lambda one: one[0])), position, held)
        told: Figure | None = kept.get(key)
        if told is None:
            told = compute(db, name, by=by, position=position, only=only, held=held)
            kept.put(key, told, len(told.rows) + 1)
        return told
    asked = (name, by, tuple(sorted(only.items(), key=lambda one: one[0])))
    figure: Figure | None = kept.get((*asked, position))
    if figure is None:
        figure = _followed(kept, tracker, db, asked, dict(only), position)
        kept.put((*asked, position), figure, len(figure.rows) + 1)
    return figure


def tiers_of(db: Views, name: str, position: int) -> Mapping[Tier, int]:
    """As `by_tier`, counted once for a position."""
    kept, key = _kept(), ("tiers", name, position)
    tiers: Mapping[Tier, int] | None = kept.get(key)
    if tiers is None:
        tiers = by_tier(db, name, position)
        kept.put(key, tiers, len(tiers))
    return tiers


def _kept() -> Kept:
    kept: Kept = current_app.extensions.setdefault("khronika.figures", Kept())
    return kept


def _followed(
    kept: Kept, tracker: Tracker, db: Views, asked: tuple[str, str | None, Hashable], only: dict[str, Any], position: int
) -> Figure:
    name, by, _of = asked
    if not can_follow(DEFINITIONS[name], [*only, *([by] if by is not None else [])]):
        return compute(db, name, by=by, position=position, only=only)
    known: Standing | None = kept.get(asked)
    if known is not None and known.position > position:  # of the past: what stands is not turned back
        return compute(db, name, by=by, position=position, only=only)
    standing = None
    if known is not None and position - known.position <= MOST_ENTRIES:
        between = tracker.log.page(known.position, max(position - known.position, 1))
        changed = {told.event.originator_id.bytes for told in between if told.position <= position}
        try:
            standing = follow(db, known, position, changed)
        except TooMuch:
            standing = None
    if standing is None:
        standing = stand(db, name, by=by, position=position, only=only)
    kept.put(asked, standing, len(standing.rows) + 1)
    return standing.figure
