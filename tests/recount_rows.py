"""What a recount counts, and its rows: by a dimension, what is in none of them, and the total."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

Interval = tuple[int, int | None]


class One(NamedTuple):
    """Something counted, from `low` to `high`; what has the same `who` is the same one. `of` is what is known of
    somebody in each dimension. What stands `beside` is in no total; `length` is in minutes."""

    low: int
    high: int | None
    city: int | None
    region: str | None
    day: int
    categories: tuple[str, ...]
    who: Any = None
    of: Mapping[str, Collection[str]] = {}
    is_sure: bool = True
    beside: str = ""
    length: tuple[int, int] | None = None


def greatest(highs: Iterable[int | None]) -> int | None:
    """The highest of these ends; None where one has none."""
    known = list(highs)
    return None if None in known else max(high or 0 for high in known)


def week(day: int) -> int | None:
    """Weeks begin on Monday, and the first of a year is the one that 4 January is in."""
    if not day % 100:
        return None
    on = date(day // 10_000, day // 100 % 100, day % 100)
    thursday = on + timedelta(days=3 - on.weekday())
    return thursday.year * 100 + (thursday - date(thursday.year, 1, 1)).days // 7 + 1


def values_of(one: One, by: str | None) -> tuple[Any, ...]:
    """What it is in a dimension, None where it has no value there."""
    match by:
        case "month":
            return (one.day // 100 if one.day // 100 % 100 else None,)
        case "day":
            return (one.day if one.day % 100 else None,)
        case "week":
            return (week(one.day),)
        case "category":
            return one.categories or (None,)
        case "article" | "agency" | "station" | "age_band" | "gender":
            return tuple(one.of.get(by, ())) or (None,)
    return (getattr(one, by or "city"),)


def added(counted: list[One], by: str | None) -> tuple[dict[Any, Interval], Interval, Interval]:
    """The rows by a dimension, what is in none of them, and the total."""

    def values(one: One) -> tuple[Any, ...]:
        return values_of(one, by)

    def summed(some: list[One]) -> Interval:
        different: dict[Any, list[One]] = defaultdict(list)
        for index, one in enumerate(some):
            different[index if one.who is None else one.who].append(one)
        low = sum(max(one.low for one in same) for same in different.values())
        highs = [greatest(one.high for one in same) for same in different.values()]
        return low, None if None in highs else sum(high or 0 for high in highs)

    if by is None:
        return {}, (0, 0), summed(counted)
    members: dict[Any, list[One]] = defaultdict(list)
    for one in counted:
        for key in set(values(one)) - {None}:
            members[key].append(one)
    rows = {key: summed(some) for key, some in members.items()}
    placed = {one.who for one in counted if one.who is not None and values(one) != (None,)}
    nowhere = summed([one for one in counted if values(one) == (None,) and one.who not in placed])
    return rows, nowhere, summed(counted)
