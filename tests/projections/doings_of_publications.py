"""What a coordinator does for readers outside: a verb for `tests.projections.doings`."""

from typing import Any

from domain.publication import PublishedCell, PublishedCity
from tests.trackers import MOSCOW, PETERSBURG, entry

CITIES = (
    PublishedCity(MOSCOW, 90, 3, (PublishedCell("8711aa7abffffff", 2),)),
    PublishedCity(PETERSBURG, 20, 3, (PublishedCell("871106065ffffff", 1),)),
)


def publish_a_month(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """One of three months, with a cell or two; a second time is refused."""
    rule = {"definition": 2, "resolution": 7, "people": 10, "incidents": 2, "left_over": 5}
    doings.casebook.publish_cells(entry(), 202202 + b % 3, **rule, classes=(10, 50), cities=CITIES[: 1 + c % 2])
