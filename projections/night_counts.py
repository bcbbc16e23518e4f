"""How many were detained in a night: what stands behind the number of a city, a protest, a station.

Read by the watch board and by the page that explains a number; `nights.py` sums up with the same functions.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from projections.kept import loads
from projections.night_tables import extra, nights, protests, stations
from projections.reconciling import Claim, Needed, Total, needed, reconcile

KEPT = 4_096
"""So many rows are not worked out again while nothing about them changes: the board asks for the same night all night long."""


def total_of(protest: Any) -> Total:
    """What a protest's row adds to its night; a withdrawn one still has its people."""
    return _total(protest.named, protest.claims if protest.stands else "{}")


@lru_cache(KEPT)
def _total(named: int, claims: str) -> Total:
    return reconcile(named, (Claim(*claim) for claim in loads(claims).values()))


def asked_at(station: Any) -> Needed:
    return needed(standing_claims(station), station.named, perhaps=station.perhaps)


def standing_claims(station: Any) -> Iterator[Claim]:
    claims: dict[str, list[Any]] = loads(station.claims)
    return (Claim(low, high, station.station or None) for low, high, _ in claims.values() if high != 0)


class OneNight(NamedTuple):
    """What stands behind the number of one city and night."""

    protests: Sequence[Row[Any]]
    alone: int
    stations: Sequence[Row[Any]]
    extra: Total

    @property
    def at_protests(self) -> int:
        """How many are known one by one to have been detained at a protest."""
        return sum(row.named for row in self.protests)

    @property
    def total(self) -> Total:
        """Protests, people at none, and what counts ask for beyond both."""
        return _sum([*map(total_of, self.protests), Total(self.alone, self.alone), self.extra])


def one_night(db: Connection, city: int, night: int) -> OneNight:
    """A city's night as it stands; the city is 0 for what could not be placed in one."""
    return next(iter(of_night(db, night, [city]).values()), OneNight((), 0, (), Total(0, 0)))


def of_night(db: Connection, night: int, cities: Collection[int] | None = None) -> dict[int, OneNight]:
    """Every city's night, or that of these cities, where there is anything."""
    found: dict[int, list[Any]] = {}
    for index, view in enumerate((protests, nights, stations, extra)):
        chosen = select(view.table).where(view.table.c.night == night)
        if cities is not None:
            chosen = chosen.where(view.table.c.city.in_(cities))
        for row in db.execute(chosen):
            found.setdefault(row.city, [[], [], [], []])[index].append(row)
    return {
        city: OneNight(held, sum(row.alone for row in sums), at, _extra(more[0]) if more else Total(0, 0))
        for city, (held, sums, at, more) in found.items()
    }


def one_protest(db: Connection, protest: bytes) -> Row[Any] | None:
    """What is counted at one protest."""
    return db.execute(select(protests.table).where(protests.table.c.protest == protest)).one_or_none()


def claims_at(station: Any) -> list[tuple[str, Claim, int]]:
    """The reports that count at a station's row, each by its number in hexadecimal digits, with the second it tells of."""
    claims: dict[str, list[Any]] = loads(station.claims)
    return [(report, Claim(low, high, station.station or None), at) for report, (low, high, at) in claims.items()]


def unnamed_inside(station: Any, more: Iterable[Claim] = (), *, perhaps: int | None = None) -> Needed:
    """How many a station holds beyond the people known to have been there: by what was told since nobody was left there last.

    `more` are counts of protests that name the station; `perhaps` is how many of the people known may have been there, where that
    is not what its row says.
    """
    return _unnamed(station.claims, station.named, station.perhaps if perhaps is None else perhaps, tuple(more))


@lru_cache(KEPT)
def _unnamed(told: str, named: int, perhaps: int, more: tuple[Claim, ...]) -> Needed:
    claims = list(loads(told).values())
    emptied = max((at for _, high, at in claims if high == 0), default=0)
    since = [Claim(low, high, None) for low, high, at in claims if high != 0 and at >= emptied]
    return needed([*since, *(() if emptied else more)], named, perhaps=perhaps)


def claims_of(protest: Any) -> list[tuple[str, Claim]]:
    """The claims about a protest: by the version of its own count, or the number of a report."""
    claims: dict[str, list[Any]] = loads(protest.claims)
    return [(key, Claim(*claim)) for key, claim in claims.items()]


def _extra(row: Any) -> Total:
    return Total(row.low, None if row.open_ended else row.high)


def _sum(totals: Iterable[Total]) -> Total:
    found = list(totals)
    highs = [total.high for total in found]
    return Total(sum(total.low for total in found), None if None in highs else sum(high for high in highs if high is not None))
