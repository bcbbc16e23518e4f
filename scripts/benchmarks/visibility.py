"""How long after a save the views show it, beside the save alone."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from domain.moment import When
from domain.place import Place, Precision
from domain.provenance import Entry, Source
from domain.record import new_id
from scripts.benchmarks.figure import Figure
from scripts.benchmarks.record import opened

SAVES = 1_500


def figures(home: Path, places: Path) -> Iterator[Figure]:
    """The 99th percentiles of the same saves: acknowledged, and visible."""
    tracker = opened(home, places)
    tracker.bring_up_to_date()
    account = tracker.vault.accounts.id_of("operator")
    at = datetime(2024, 9, 14, 12, tzinfo=UTC)
    place = Place(Precision.CITY, "RU", "RU.48", 1, zone="Europe/Moscow")
    saved, visible = [], []
    for _ in range(SAVES):
        entry = Entry(account, Source("monitor"), new_id())
        start = time.perf_counter()
        outcome = tracker.casebook.record_detention(
            entry, new_id(), person=new_id(), when=When(at, at, "Europe/Moscow"), place=place
        )
        acknowledged = time.perf_counter()
        tracker.catch_up(outcome)
        saved.append(acknowledged - start)
        visible.append(time.perf_counter() - start)
    tracker.close()
    yield Figure("save to visible, 99th percentile", _p99(visible) * 1e3, _p99(saved) * 1e3, "ms", 5, at_most=True)


def _p99(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.99)]
