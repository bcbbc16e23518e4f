"""The exact tallies that are announced: how many were detained in each city on each day and at each protest, as of one position.

No attribute of a person is among them. What a coordinator holds back is in no number here, nor could it be worked out from one.
Every city and day ever known keeps its place, with 0 where everything was taken back, so that an address goes on answering.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from projections import statistics
from projections.days import month_of
from projections.figures import Counted
from projections.figures.outside import outside
from projections.held_back import Held, Spot
from projections.reconciling import Total, sum_of
from web.maps.outside import FIGURE
from web.wiring import Views

NOTHING = Total(0, 0)
UNKNOWN = 0
"""The month of what could not be dated to one, and the city of what could be placed in none."""

_KINDS = (statistics.PROTEST, statistics.DETENTION, statistics.INCIDENT)
"""What gives a city's day a place of its own."""


@dataclass(frozen=True, slots=True)
class OfProtest:
    """One protest: where and when it was, its form as a code, how many were detained, whether it still stands on record."""

    record: bytes
    city: int
    day: int
    form: str
    total: Total
    stands: bool
    is_held_back: bool


@dataclass(frozen=True, slots=True)
class Tallies:
    """`days` by city (UNKNOWN for none) and day, `cities` by city and month, `not_placed` by month is what is in no city."""

    position: int
    held: Held
    days: Mapping[int, Mapping[int, Total]]
    cities: Mapping[int, Mapping[int, Total]]
    not_placed: Mapping[int, Total]
    protests: Sequence[OfProtest]

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

    def is_held_back(self, city: int, day: int) -> bool:
        """Whether the number of a city's day is not told."""
        return self.held.is_all or Spot(city or None, day) in self.held.city_days

    def is_without(self, city: int, month: int) -> bool:
        """Whether the number of a city's month is told without something that is held back."""
        return self.held.is_in(city or None, month)

    def is_day_without(self, city: int, day: int) -> bool:
        """Whether the number of a city's day is told without a protest that is held back, or what is counted beside one."""
        return self.held.is_all or Spot(city or None, day) in self.held.around


def tallies_of(db: Views, position: int, held: Held) -> Tallies:
    """What is told at this position, as things are held back now."""
    days: dict[int, dict[int, list[Total]]] = defaultdict(lambda: defaultdict(list))
    for spot in held.city_days:
        days[spot.city or UNKNOWN][spot.day].append(NOTHING)
    facts = {kind: list(statistics.ever_known(db, kind, position)) for kind in _KINDS}
    for fact in (fact for some in facts.values() for fact in some):
        days[fact.city or UNKNOWN][fact.day].append(NOTHING)
    at_protests: dict[bytes, Total] = {}
    counted: Counted
    for counted in outside(FIGURE, held).count(db, position):
        days[counted.city or UNKNOWN][counted.day].append(counted.total)
        if counted.protest is not None:
            at_protests[counted.protest] = counted.total
    by_day = {city: {day: sum_of(totals) for day, totals in sorted(found.items())} for city, found in sorted(days.items())}
    by_month = {city: _by_month(found) for city, found in by_day.items()}
    protests = [
        OfProtest(
            fact.record,
            fact.city or UNKNOWN,
            fact.day,
            fact.category,
            at_protests.get(fact.record, NOTHING),
            fact.known_until is None or fact.known_until > position,
            held.is_all or fact.record in held.protests or Spot(fact.city, fact.day) in held.city_days,
        )
        for fact in sorted(facts[statistics.PROTEST], key=lambda fact: (fact.day, fact.record))
    ]
    not_placed = by_month.pop(UNKNOWN, {})
    return Tallies(position, held, by_day, by_month, not_placed, protests)


def _by_month(by_day: Mapping[int, Total]) -> dict[int, Total]:
    months: dict[int, list[Total]] = defaultdict(list)
    for day, total in by_day.items():
        months[month_of(day)].append(total)
    return {month: sum_of(totals) for month, totals in months.items()}
