"""A figure as of a position, counted once and kept in memory: a position is of the past, so its number stays as it is."""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from typing import Any

from flask import current_app

from projections.figures import Figure, compute
from web.wiring import Views

MOST_ROWS = 200_000
"""Rows of all figures kept at once: some tens of megabytes."""


class Kept:
    """The figures asked for last, as many as have MOST_ROWS rows together."""

    def __init__(self, most: int = MOST_ROWS) -> None:
        self._most, self._rows = most, 0
        self._kept: OrderedDict[Hashable, Figure] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Figure | None:
        """What was counted under this key, if it is still kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, figure: Figure) -> None:
        """Keep one more; those not asked for longest are let go."""
        with self._lock:
            known = self._kept.pop(key, None)
            self._rows += len(figure.rows) + 1 - (len(known.rows) + 1 if known is not None else 0)
            self._kept[key] = figure
            while self._rows > self._most:
                self._rows -= len(self._kept.popitem(last=False)[1].rows) + 1


def counted(db: Views, name: str, *, by: str | None, position: int, only: Mapping[str, Any]) -> Figure:
    """As `compute`, but counted only if it is not kept."""
    kept: Kept = current_app.extensions.setdefault("khronika.figures", Kept())
    key = (name, by, position, tuple(sorted(only.items())))
    figure = kept.get(key)
    if figure is None:
        figure = compute(db, name, by=by, position=position, only=only)
        kept.put(key, figure)
    return figure
