"""Who is inside now: what the watch board shows, read from the tables of `custody_board.py`."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select, tuple_

from projections.board_tables import custody, reports


class Station(NamedTuple):
    """What the people known one by one at a station come to; the station "" is not known."""

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
    changed: int


def _chosen(found: Any, table: Any, nights: Collection[int], cities: Collection[int] | None) -> Any:
    found = found.where(table.c.night.in_(nights))
    return found if cities is None else found.where(table.c.city.in_(cities))


def stations(db: Connection, nights: Collection[int], cities: Collection[int] | None) -> list[Station]:
    """The stations that hold somebody of these nights, in these cities or in all."""
    table = custody.table
    counsel = table.c.counsel
    sums = [
        func.count(),
        func.max(table.c.urgency),
        func.min(table.c.began),
        func.sum(table.c.minor),
        func.sum(counsel % 2),
        func.sum(counsel / 2),
        *(func.sum(table.c[flag]) for flag in ("ill", "medical", "phone", "no_contact")),
        func.max(table.c.changed),
    ]
    found = _chosen(select(table.c.city, table.c.station, *sums).where(table.c.inside == 1), table, nights, cities)
    rows = db.execute(found.group_by(table.c.city, table.c.station)).all()
    return [Station(row[0], row[1], *(int(value) for value in row[2:])) for row in rows]


def people_at(
    db: Connection, nights: Collection[int], places: Collection[tuple[int, str]], *, limit: int | None = None
) -> dict[tuple[int, str], list[Row[Any]]]:
    """Who is inside at each of these stations of these cities: the most urgent first, of those as urgent whoever is held longest,
    at each station so many at most. One statement for all of them."""
    table = custody.table
    order = (table.c.urgency.desc(), table.c.began, table.c.detention)
    number = func.row_number().over(partition_by=(table.c.city, table.c.station), order_by=order).label("number")
    shown = (table.c[name] for name in _SHOWN)
    within = (tuple_(table.c.city, table.c.station).in_(list(places)), table.c.inside == 1)
    numbered = _chosen(select(*shown, number).where(*within), table, nights, None).subquery()
    found = select(numbered).order_by(numbered.c.number)
    at: dict[tuple[int, str], list[Row[Any]]] = {}
    for row in db.execute(found if limit is None else found.where(numbered.c.number <= limit)) if places else ():
        at.setdefault((row.city, row.station), []).append(row)
    return at


_SHOWN = (
    "detention", "person", "city", "station", "began", "minor", "counsel", "ill", "medical", "phone", "no_contact",
    "protocol", "changed",
)  # fmt: skip


class Alarm(NamedTuple):
    """So many reports about one station that wait to be worked off and raise these concerns, with so many minors in them."""

    city: int
    station: str
    concerns: str
    reports: int
    minors: int


def alarms(db: Connection, nights: Collection[int], cities: Collection[int] | None) -> list[Alarm]:
    """Reports to be worked off that speak of minors or of somebody in need."""
    table = reports.table
    alike = (table.c.city, table.c.station, table.c.concerns)
    found = _chosen(select(*alike, func.count(), func.sum(table.c.minors)).where(table.c.alarm == 1), table, nights, cities)
    return [Alarm(row[0], row[1], row[2], row[3], int(row[4])) for row in db.execute(found.group_by(*alike)).all()]


def waiting(db: Connection, nights: Collection[int], cities: Collection[int] | None) -> int:
    """How many reports wait to be worked off."""
    table = reports.table
    found: int = db.execute(
        _chosen(select(func.count()).select_from(table).where(table.c.waits == 1), table, nights, cities)
    ).scalar_one()
    return found


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
    """The cities in which somebody is inside, or of which a report waits."""
    held, told = custody.table, reports.table
    inside = select(held.c.city).where(held.c.inside == 1, held.c.night.in_(nights)).distinct()
    waits = select(told.c.city).where(told.c.waits == 1, told.c.night.in_(nights)).distinct()
    return {*db.scalars(inside), *db.scalars(waits)}


def of(db: Connection, detentions: Collection[bytes]) -> Sequence[Row[Any]]:
    """These custodies; at most a few hundred."""
    return db.execute(select(custody.table).where(custody.table.c.detention.in_(detentions))).all()


def one(db: Connection, detention: bytes) -> Row[Any] | None:
    """One custody, as the board has it."""
    return db.execute(select(custody.table).where(custody.table.c.detention == detention)).one_or_none()
