"""What a coordinator does for readers outside: a verb for `tests.projections.doings`."""

from typing import Any

from domain.publication import PublishedCell
from tests.trackers import MOSCOW, PETERSBURG, entry

CELLS = (PublishedCell(MOSCOW, "8711aa7abffffff", 2), PublishedCell(PETERSBURG, "871106065ffffff", 1))


def publish_a_month(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """One of three months, with a cell or two; a second time is refused."""
    rule = {"counted_at": a, "definition": 2, "resolution": 7, "people": 10, "incidents": 2, "left_over": 5}
    doings.casebook.publish_cells(entry(), 202202 + b % 3, **rule, classes=(10, 50), cells=CELLS[: 1 + c % 2])
