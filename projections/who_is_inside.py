"""Who is inside now: what the watch board shows, read from the tables of `custody_board.py`."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select, tuple_

from projections.board_tables import NO_ALARM, URGENT, custody, inside, reports, unsettled


class Station(NamedTuple):
    """What the people known one by one at a station come to; the station "" is not known. `began` is when the one who is held
    longest came, in seconds since 1970."""

    city: int
    station: str
    named: int
    urgency: int
    began: int
    minors: int
    asked: int
    refused: int
    ill: int
    medical: int
    phones: int
    no_contact: int


def _chosen(found: Any, table: Any, nights: Collection[int], cities: Collection[int] | None) -> Any:
    found = found.where(table.c.night.in_(nights))
    return found if cities is None else found.where(table.c.city.in_(cities))


@cache
def _sums() -> Any:
    """Of each station and night. Who came first is looked up at each urgency by itself: each is the first of its index."""
    at, held = inside.table, custody.table

    def first(calm: int) -> Any:
        same = (held.c.night == at.c.night, held.c.city == at.c.city, held.c.station == at.c.station)
        return select(func.min(held.c.began)).where(held.c.inside == 1, *same, held.c.calm == calm).scalar_subquery()

    return select(at, *(first(calm).label(f"first_{calm}") for calm in range(URGENT + 1)))


def stations(db: Connection, nights: Collection[int], cities: Collection[int] | None) -> list[Station]:
    """The stations that hold somebody of these nights, in these cities or in all."""
    found: dict[tuple[int, str], list[int]] = {}
    for row in db.execute(_chosen(_sums(), inside.table, nights, cities)):
        _, city, station, named, *levels = row[:7]
        urgency = next((URGENT - index for index, some in enumerate(levels) if some), NO_ALARM)
        began = min(first for first in row[14:] if first is not None)
        known = found.get((city, station))
        if known is None:
            found[city, station] = [named, urgency, began, *row[7:14]]
        else:
            sums = [had + more for had, more in zip(known[3:], row[7:14], strict=True)]
            found[city, station] = [known[0] + named, max(known[1], urgency), min(known[2], began), *sums]
    return [Station(*at, *sums) for at, sums in found.items()]


def changed_at(db: Connection, position: int, nights: Collection[int]) -> set[tuple[int, str]]:
    """The stations that hold somebody about whom something was entered after a position."""
    table = custody.table
    changed = select(table.c.city, table.c.station).where(table.c.changed > position, table.c.inside == 1)
    return {(city, station) for city, station in db.execute(_chosen(changed, table, nights, None).distinct())}


def people_at(
    db: Connection, nights: Collection[int], places: Collection[tuple[int, str]], *, limit: int | None = None
) -> dict[tuple[int, str], list[Row[Any]]]:
    """Who is inside at each of these stations of these cities: the most urgent first, of those as urgent whoever is held longest,
    at each station so many at most. One statement for all of them."""
    if not places:
        return {}
    table = custody.table
    order = (table.c.calm, table.c.began, table.c.detention)
    at = (table.c.night, table.c.city, table.c.station)
    number = func.row_number().over(partition_by=at, order_by=order).label("number")
    # The cities and stations one by one too: SQLite finds no way into an index by pairs.
    one_by_one = (table.c.city.in_({city for city, _ in places}), table.c.station.in_({station for _, station in places}))
    within = (table.c.inside == 1, *one_by_one, tuple_(table.c.city, table.c.station).in_(list(places)))
    found = select(*(table.c[name] for name in _SHOWN))
    if limit is None:
        found = _chosen(found.where(*within), table, nights, None)
    else:
        numbered = _chosen(select(table.c.detention, number).where(*within), table, nights, None).subquery()
        first = select(numbered.c.detention).where(numbered.c.number <= limit)
        found = found.where(table.c.detention.in_(first))
    people: dict[tuple[int, str], list[Row[Any]]] = {}
    for row in sorted(db.execute(found), key=lambda row: (row.calm, row.began, row.detention)):
        listed = people.setdefault((row.city, row.station), [])
        if limit is None or len(listed) < limit:
            listed.append(row)
    return people


_SHOWN = (
    "detention", "person", "city", "station", "calm", "began", "minor", "counsel", "ill", "medical", "phone", "no_contact",
    "protocol", "changed",
)  # fmt: skip


class Alarm(NamedTuple):
    """So many reports about one station raise these concerns, and nobody on record is known to be meant. `minors` is the most one
    of them tells of: the same children stand behind several."""

    city: int
    station: str
    concerns: str
    reports: int
    minors: int


def alarms(db: Connection, nights: Collection[int], cities: Collection[int] | None) -> list[Alarm]:
    """Reports to be worked off that speak of minors or of somebody in need."""
    table = reports.table
    alike = (table.c.city, table.c.station, table.c.concerns)
    found = _chosen(select(*alike, func.count(), func.max(table.c.minors)).where(table.c.alarm == 1), table, nights, cities)
    return [Alarm(row[0], row[1], row[2], row[3], int(row[4])) for row in db.execute(found.group_by(*alike)).all()]


def waiting(db: Connection, nights: Collection[int]) -> dict[int, int]:
    """How many reports wait to be worked off, by city."""
    table = unsettled.table
    found = _chosen(select(table.c.city, func.sum(table.c.reports)), table, nights, None)
    return {city: int(number) for city, number in db.execute(found.group_by(table.c.city))}


def changed_since(
    db: Connection, position: int, nights: Collection[int], cities: Collection[int] | None, *, limit: int = 200
) -> Sequence[tuple[bytes, int, str]]:
    """The records about which something was entered after a position, the latest first, each with its city and station."""
    found: list[tuple[int, bytes, int, str]] = []
    for table, key in ((custody.table, custody.table.c.detention), (reports.table, reports.table.c.report)):
        chosen = select(table.c.changed, key, table.c.city, table.c.station).where(table.c.changed > position)
        rows = db.execute(_chosen(chosen, table, nights, cities).order_by(table.c.changed.desc()).limit(limit))
        found += [tuple(row) for row in rows]
    return [(record, city, station) for _, record, city, station in sorted(found, reverse=True)[:limit]]


def cities_of(db: Connection, nights: Collection[int]) -> set[int]:
    """The cities in which somebody is inside."""
    return set(db.scalars(select(inside.table.c.city).where(inside.table.c.night.in_(nights)).distinct()))


def of(db: Connection, detentions: Collection[bytes]) -> Sequence[Row[Any]]:
    """These custodies; at most a few hundred."""
    return db.execute(select(custody.table).where(custody.table.c.detention.in_(detentions))).all()


def one(db: Connection, detention: bytes) -> Row[Any] | None:
    """One custody, as the board has it."""
    return db.execute(select(custody.table).where(custody.table.c.detention == detention)).one_or_none()
