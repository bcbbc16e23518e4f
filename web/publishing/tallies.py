"""The exact tallies that are announced: how many were detained in each city in each month, as of one position of the record.

No attribute of a person is among them. Every city ever known keeps its place, with 0 where everything was taken back, so that an
address once published goes on answering.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from projections import statistics
from projections.days import month_of
from projections.figures import Counted
from projections.reconciling import Total, sum_of
from web.maps.outside import FIGURE
from web.wiring import Views

NOTHING = Total(0, 0)
UNKNOWN = 0
"""The month of what could not be dated to one."""


@dataclass(frozen=True, slots=True)
class Tallies:
    """`cities` by city, then by month (202203, or UNKNOWN); `not_placed` by month is what could be placed in no city."""

    position: int
    cities: Mapping[int, Mapping[int, Total]]
    not_placed: Mapping[int, Total]

    @property
    def months(self) -> list[int]:
        """Every month with anything known of it, the latest first."""
        known = {month for by_month in (*self.cities.values(), self.not_placed) for month in by_month}
        return sorted(known - {UNKNOWN}, reverse=True)

    def of_month(self, month: int) -> dict[int, Total]:
        """Each city's number of one month; cities without one are not in it."""
        return {city: by_month[month] for city, by_month in self.cities.items() if month in by_month}

    def of_all_time(self) -> dict[int, Total]:
        """Each city's number."""
        return {city: sum_of(by_month.values()) for city, by_month in self.cities.items()}


def tallies_of(db: Views, position: int) -> Tallies:
    """What is told at this position."""
    found: dict[int | None, dict[int, list[Total]]] = defaultdict(lambda: defaultdict(list))
    for kind in (statistics.PROTEST, statistics.DETENTION):
        for fact in statistics.ever_known(db, kind, position):
            if fact.city is not None:
                found[fact.city][month_of(fact.day)].append(NOTHING)
    counted: Counted
    for counted in FIGURE.count(db, position):
        found[counted.city][month_of(counted.day)].append(counted.total)
    not_placed = found.pop(None, {})
    return Tallies(
        position,
        {
            city: {month: sum_of(totals) for month, totals in sorted(by_month.items())}
            for city, by_month in sorted((city or 0, by_month) for city, by_month in found.items())
        },
        {month: sum_of(totals) for month, totals in sorted(not_placed.items())},
    )
