"""Where and when things happen in the tests of the projections: known to every degree, and not at all."""

from collections.abc import Sequence

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
