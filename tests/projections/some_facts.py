"""A few places, times and counts, by small numbers: what the doings of these tests are about."""

from collections.abc import Sequence
from typing import Any

from domain.count import Count
from domain.moment import When
from domain.place import Place
from tests.trackers import CELLS, MOSCOW, PETERSBURG, SMOLENSK, city, day, station

PLACES: Sequence[Place | None] = (
    city(MOSCOW, CELLS[MOSCOW]),
    city(MOSCOW),
    city(PETERSBURG, CELLS[PETERSBURG]),
    city(SMOLENSK),
    station("msk-tverskoy"),
    station("msk-arbat"),
    None,
)
TIMES: Sequence[When | None] = (
    day(3, 2),
    day(3, 3),
    day(4, 1),
    When.month(2022, 2, "Europe/Moscow"),
    When.year(2019, "Europe/Moscow"),
    None,
)


def count_of(a: int, b: int, c: int) -> dict[str, Any]:
    """A count of people, at a station or none."""
    low = a % 40
    count = Count.at_least(low) if b % 3 == 0 else Count.between(low, low + b % 7)
    return {"count": count, "place": PLACES[4 + c % 3]}
