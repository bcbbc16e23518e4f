"""Russia: non-working days by year, as the Government's decrees moved them (of 2021, 1505/2022, 1314/2023,
1335/2024, 1466/2025).

Regions add days of their own, such as Uraza and Kurban Bayram; they are not here, and a deadline that meets one ends later.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache

from domain.law.calendar import WorkingDays

_EVERY_YEAR = (
    *(f"01-0{day}" for day in range(1, 9)),
    *("02-23", "03-08", "05-01", "05-09", "06-12", "11-04"),
)
_MOVED: Mapping[int, tuple[str, ...]] = {
    2022: ("03-07", "05-02", "05-03", "05-10", "06-13"),
    2023: ("02-24", "05-08", "11-06"),
    2024: ("04-29", "04-30", "05-10", "12-30", "12-31"),
    2025: ("05-02", "05-08", "06-13", "11-03", "12-31"),
    2026: ("01-09", "03-09", "05-11", "12-31"),
}
_WORKED_SATURDAYS = ("2022-03-05", "2024-04-27", "2024-11-02", "2024-12-28", "2025-11-01")


@cache
def working_days() -> WorkingDays:
    """The calendar of the years on record."""
    holidays = {year: frozenset(_dates(year, (*_EVERY_YEAR, *moved))) for year, moved in _MOVED.items()}
    return WorkingDays(holidays, frozenset(date.fromisoformat(day) for day in _WORKED_SATURDAYS))


def _dates(year: int, days: tuple[str, ...]) -> list[date]:
    return [date.fromisoformat(f"{year}-{day}") for day in days]
