"""An open, empty installation to import into, and what is asked of it afterwards."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from domain.record import Record
from projections.figures import Figure, compute
from web.settings import Settings
from web.wiring import Tracker, open_tracker

FICTIONAL = Path(__file__).parent / "fictional"


@contextmanager
def opened(home: Path, places: Path) -> Iterator[Tracker]:
    """The installation in this folder, closed at the end."""
    tracker = open_tracker(Settings(home=home, places=places))
    try:
        yield tracker
    finally:
        tracker.close()


@pytest.fixture
def desk(tmp_path: Path, places: Path) -> Iterator[Tracker]:
    """An empty installation."""
    with opened(tmp_path / "home", places) as tracker:
        yield tracker


def events(tracker: Tracker) -> list[Record.Event]:
    """Everything that was recorded, in order."""
    return [told.event for told in tracker.log.page(0, 1_000_000)]


def topics(tracker: Tracker) -> Counter[str]:
    """How often each kind of event was recorded."""
    return Counter(event.TOPIC for event in events(tracker))  # type: ignore[attr-defined]


def of_topic(tracker: Tracker, topic: str) -> list[Any]:
    """The events of one kind."""
    return [event for event in events(tracker) if topic == event.TOPIC]  # type: ignore[attr-defined]


def figure(tracker: Tracker, name: str, by: str | None = None) -> Figure:
    """A figure as of now."""
    tracker.bring_up_to_date()
    with tracker.views() as db:
        return compute(db, name, by=by, position=tracker.log.last())
