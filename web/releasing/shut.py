"""Which quarters' tables are not shown outside: those of which something is held back.

A table counts everybody. Less the tallies that are told, its margins would give about what is held back: so none is released
while that lasts, and none that was released before is shown (docs/decisions/0045).
"""

from projections.days import month_of
from projections.held_back import Held


def months_of(quarter: int) -> tuple[int, int, int]:
    """Its months, as 202201."""
    return quarter - 2, quarter - 1, quarter


def is_shut(held: Held, quarter: int) -> bool:
    """Whether something of the quarter that ends with this month is held back, or may be."""
    months = months_of(quarter)
    undated = {0, *(month // 100 for month in months)}
    return held.is_all or any(
        month_of(spot.day) in months or (not month_of(spot.day) and spot.day // 10_000 in undated) for spot in held.spots
    )
