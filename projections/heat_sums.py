"""What the heat map's rows come to: by city, by cell, by month, day or hour, and for a lawyer's own people.

Read by maps and tables through `heatmap`. Every sum is over rows that were folded beforehand, so that it costs what it shows.
Invariant: for each stretch of time the cells of a city with what is in none (cell 0) add up to the city, and so do its months,
days or hours; `behind` finds as many protests as the cell counts.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Integer, Row, and_, case, func, literal, or_, select, union_all

from projections import night_tables
from projections.days import AFTER_NOON, BEFORE_NOON, EVER, NOON, SOME_HOUR, Day, Night, Period, Stretch
from projections.heat_tables import NOWHERE, cells, cities, cities_by_month, days, detentions, months, protests
from projections.reconciling import Total, at_least

COUNTS = cities.columns[1:]
PORTION = 5_000
"""So many ids one statement asks for."""

Cells = tuple[int, int]
"""From one cell of H3 resolution 9 to another, both included: all that lie in a larger cell have numbers in a row."""


def by_city(db: Connection, when: Stretch = EVER) -> Sequence[Row[Any]]:
    """Each city's counts, the most detained first; city 0 is what could not be placed."""
    counted: Any = select(cities.table) if when == EVER else _summed("city", when, in_cities=True)
    both: Any = union_all(counted, _extra(night_tables.extra.table.c.city.label("city"), when)).subquery()
    sums = _sums(both)
    chosen = select(both.c.city, *sums).group_by(both.c.city)
    return db.execute(chosen.order_by(sums[0].desc(), both.c.city)).all()


def of_city(db: Connection, city: int, when: Stretch = EVER) -> Sequence[Row[Any]]:
    """One city's counts by cell of H3 resolution 9; cell 0 is what could not be placed within the city."""
    table: Any = (cells if when == EVER else _tally_of(when)).table
    counted: Any = select(*cells.table.c[1:]) if when == EVER else _summed("cell", when)
    more = _extra(literal(NOWHERE, BigInteger).label("cell"), when).where(night_tables.extra.table.c.city == city)
    both: Any = union_all(counted.where(table.c.city == city), more).subquery()
    return db.execute(select(both.c.cell, *_sums(both)).group_by(both.c.cell)).all()


def by_month(db: Connection, city: int, period: Period = EVER) -> Sequence[Row[Any]]:
    """One city's counts by month; month 0 is what could not be dated to one."""
    night: Any = night_tables.extra.table.c.night
    month = case((night % 10_000 >= 100, night // 100), else_=0).label("month")
    counted: Any = _summed("month", period, in_cities=True).where(cities_by_month.table.c.city == city)
    more = _extra(month, period).where(night_tables.extra.table.c.city == city)
    both: Any = union_all(counted, more).subquery()
    return db.execute(select(both.c.month, *_sums(both)).group_by(both.c.month).order_by(both.c.month)).all()


def by_day(db: Connection, city: int, first: int, last: int) -> Sequence[Row[Any]]:
    """One city's counts by day, from the first to the last day as 20220224, both included."""
    table, extra = days.table, night_tables.extra.table
    counted = select(table.c.day, *(table.c[count] for count in COUNTS))
    more = _extra(extra.c.night.label("day"), EVER).where(extra.c.city == city, extra.c.night.between(first, last))
    both: Any = union_all(counted.where(table.c.city == city, table.c.day.between(first, last)), more).subquery()
    return db.execute(select(both.c.day, *_sums(both)).group_by(both.c.day).order_by(both.c.day)).all()


def by_hour(db: Connection, city: int, when: Day | Night) -> Sequence[Row[Any]]:
    """One city's counts by day and hour; hours that are not certain stand under numbers of their own (`days.SOME_HOUR`)."""
    table, extra = days.table, night_tables.extra.table
    counted: Any = select(table.c.day, table.c.hour, *(table.c[count] for count in COUNTS)).where(
        table.c.city == city, _during(table, when)
    )
    keys = [extra.c.night.label("day"), literal(SOME_HOUR, Integer).label("hour")]
    more = _extra(keys[0], when, keys[1]).where(extra.c.city == city)
    both: Any = union_all(counted, more).subquery()
    chosen = select(both.c.day, both.c.hour, *_sums(both)).group_by(both.c.day, both.c.hour)
    return db.execute(chosen.order_by(both.c.day, both.c.hour)).all()


def detained_at(db: Connection, chosen: Collection[bytes]) -> dict[bytes, Total]:
    """How many were detained at these protests, names and counts reconciled."""
    table = protests.table
    rows = db.execute(select(table).where(table.c.protest.in_(chosen)))
    return {row.protest: at_least(row.named, Total(row.counted_low, row.counted_high)) for row in rows}


def behind(db: Connection, city: int, within: Cells, when: Stretch, *, limit: int, offset: int = 0) -> Sequence[bytes]:
    """The protests that are counted in these cells, latest first; cell 0 is what could not be placed within the city."""
    table = protests.table
    chosen = select(table.c.protest).where(*_behind(city, within, when))
    return db.scalars(chosen.order_by(table.c.day.desc(), table.c.protest.desc()).limit(limit).offset(offset)).all()


def how_many_behind(db: Connection, city: int, within: Cells, when: Stretch) -> int:
    """How many protests `behind` finds in all."""
    found: int = db.execute(select(func.count()).select_from(protests.table).where(*_behind(city, within, when))).scalar_one()
    return found


def of_people(db: Connection, chosen: Collection[bytes], city: int, when: Stretch) -> Iterator[tuple[Row[Any], Any]]:
    """Of these detentions those that count in a city and a stretch of time: each with the row of the spot where it counts."""
    wanted = list(chosen)
    spots: dict[bytes, Any] = {}
    for start in range(0, len(wanted), PORTION):
        some = wanted[start : start + PORTION]
        table = detentions.table
        rows = db.execute(select(table).where(table.c.detention.in_(some), table.c.stands == 1)).all()
        at = {row.protest for row in rows if row.protest is not None} - spots.keys()
        spots |= {row.protest: row for row in db.execute(select(protests.table).where(protests.table.c.protest.in_(at)))}
        for row in rows:
            spot = spots.get(row.protest, row)
            if spot.city == city and is_in(when, spot.day, spot.hour):
                yield row, spot


def is_in(when: Stretch, day: int, hour: int) -> bool:
    """Whether what counts at a day and hour is in a stretch of time: as `_during` asks it of the database."""
    match when:
        case Day(chosen):
            return day == chosen
        case Night(begun):
            is_early = hour < NOON or hour == BEFORE_NOON
            return (day == begun and not is_early) or (day == when.next and is_early)
        case Period(first, last):
            month = day // 100
            return when == EVER or (month % 100 > 0 and (first or 0) <= month <= (last or 9999_12))


def _behind(city: int, within: Cells, when: Stretch) -> list[ColumnElement[bool]]:
    table = protests.table
    return [table.c.city == city, table.c.cell.between(*within), table.c.stands == 1, _during(table, when)]


def _during(table: Any, when: Stretch) -> ColumnElement[bool]:
    """Of a table with days and hours."""
    day, hour = table.c.day, table.c.hour
    match when:
        case Day(chosen):
            return and_(day == chosen)
        case Night(begun):
            is_early = or_(hour < NOON, hour == BEFORE_NOON)
            is_late = or_(hour.between(NOON, BEFORE_NOON - 1), hour >= AFTER_NOON)
            return or_(and_(day == begun, is_late), and_(day == when.next, is_early))
        case Period():
            return and_(True, *_months_of(day, when))


def _months_of(day: Any, period: Period) -> list[ColumnElement[bool]]:
    """Days in these months; a day of which not even the month is known is in none."""
    chosen = [day >= period.first * 100] if period.first is not None else []
    if period.last is not None:
        chosen.append(day < (period.last + 1) * 100)
    return [*chosen, day % 10_000 >= 100] if chosen else []


def _sums(rows: Any) -> list[Any]:
    return [func.sum(rows.c[count]).label(count) for count in COUNTS]


def _extra(key: Any, when: Stretch, *more_keys: Any) -> Any:
    """What counts ask for beyond protests and people, as rows of a tally. They are told by the night."""
    table: Any = night_tables.extra.table
    columns: list[Any] = [key, *more_keys, table.c.low, table.c.high, table.c.open_ended]
    columns += [literal(0, Integer).label(count) for count in COUNTS[3:]]
    chosen = select(*columns)
    if isinstance(when, Period):
        return chosen.where(*_months_of(table.c.night, when))
    return chosen.where(table.c.night == when.day)


def _tally_of(when: Stretch) -> Any:
    return months if isinstance(when, Period) else days


def _summed(by: str, when: Stretch, *, in_cities: bool = False) -> Any:
    """`in_cities`: of cities whole, which are summed up by month beforehand."""
    table = (cities_by_month if in_cities and isinstance(when, Period) else _tally_of(when)).table
    chosen = select(table.c[by], *_sums(table)).group_by(table.c[by])
    if not isinstance(when, Period):
        return chosen.where(_during(table, when))
    if when.first is not None:
        chosen = chosen.where(table.c.month >= when.first)
    if when.last is not None:
        chosen = chosen.where(table.c.month <= when.last, table.c.month > 0)
    return chosen
