"""Which numbers are held back from readers outside. Read by everything that leaves the inside, and by coordinators.

Invariant: one row for every tally about which anything was decided, with the position that holds it back, None while it is told.
Whatever was held back says nothing outside at any position of the record: not as it was before it was held back either.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, String, and_, or_, select, tuple_

from domain.record import Record
from domain.tally import Tally
from projections import people, positions
from projections.batch import Batch
from projections.days import month_of
from projections.projection import Projection, RecordKey
from projections.statistics import DETENTION, PROTEST, REPORT, STAY, TOLD_OUT, facts

projection = Projection("held_back", version=1)

tallies = projection.table(
    "tallies",
    Column("tally", RecordKey, primary_key=True),
    Column("city", Integer),
    Column("day", Integer),
    Column("protest", RecordKey),
    Column("because", String(20)),
    Column("held_at", BigInteger),
    Column("changed_at", BigInteger, nullable=False),
)


@projection.on(Tally.Opened)
def open_tally(views: Batch, event: Tally.Opened) -> None:
    """What number it is about."""
    views.put(
        tallies,
        event.originator_id.bytes,
        city=event.city,
        day=int(event.day.strftime("%Y%m%d")) if event.day is not None else None,
        protest=event.protest.bytes if event.protest is not None else None,
        because=None,
        held_at=None,
        changed_at=views.position,
    )


@projection.on(Tally.HeldBack)
def hold_back(views: Batch, event: Tally.HeldBack) -> None:
    """Not told from here on."""
    at = views.position
    _decide(views, event, because=event.because, held_at=at, changed_at=at)


@projection.on(Tally.LetGo)
def let_go(views: Batch, event: Tally.LetGo) -> None:
    """Told again."""
    _decide(views, event, because=None, held_at=None, changed_at=views.position)


def _decide(views: Batch, event: Record.Event, **decided: Any) -> None:
    if views.get(tallies, event.originator_id.bytes) is not None:
        views.set(tallies, event.originator_id.bytes, **decided)


Decided = Row[Any]
"""What is decided about one tally, with where that last changed."""


class Spot(NamedTuple):
    """A city (None where none is known) and a day, or a month or year where no day is."""

    city: int | None
    day: int


class Held(NamedTuple):
    """What is held back now. `spots` are the days it lies on, `around` those whose counts at stations could give it away:
    the days beside them, and wherever anybody of it was brought, in whatever city.

    `is_all`: the view stands still, and a decision may be among what it has not read. Then nothing is told. `within` are the
    protests held back and those of the days held back, wherever they were said to be before: as of an earlier position they are
    told on no other day either. `moved` are detentions and reports that now belong to something held back, and once did not.
    """

    protests: frozenset[bytes] = frozenset()
    city_days: frozenset[Spot] = frozenset()
    spots: frozenset[Spot] = frozenset()
    around: frozenset[Spot] = frozenset()
    is_all: bool = False
    within: frozenset[bytes] = frozenset()
    moved: frozenset[bytes] = frozenset()

    @property
    def is_nothing(self) -> bool:
        """Whether everything is told."""
        return not (self.is_all or self.protests or self.city_days)

    def hides(self, counted: Any) -> bool:
        """Whether what was counted is told to nobody outside: what is held back itself, and what counts at police stations ask
        for beyond a protest that is held back, from which the protest's number could be worked out.
        """
        if self.is_nothing:
            return False
        spot = Spot(counted.city, counted.day)
        if self.is_all or counted.protest in self.within or spot in self.city_days:
            return True
        return is_beyond(counted) and spot in self.around

    def is_in(self, city: int | None, month: int) -> bool:
        """Whether anything of this city and month, as 202203 (0 for none), is held back, or left out because it is."""
        return self.is_all or any(spot.city == city and month_of(spot.day) == month for spot in self.around)


NOTHING_HELD = Held()


def is_beyond(counted: Any) -> bool:
    """Whether it is what counts at police stations ask for beyond protests and people."""
    return counted.protest is None and not counted.categories


def held(db: Connection) -> Held:
    """What is held back as things are now, whatever position is asked about."""
    if not positions.are_current(db, projection):
        return Held(is_all=True)
    rows = standing(db)
    protests = frozenset(row.protest for row in rows if row.protest is not None)
    city_days = frozenset(Spot(row.city, row.day) for row in rows if row.protest is None)
    within = protests | _on(db, city_days)
    placed = {spot for _, spot in _spots_of(db, within)}
    moved, were_on = _moved(db, within, city_days)
    spots = city_days | placed | were_on
    around = frozenset(near for spot in spots | _brought_to(db, within, city_days) for near in _around(spot))
    return Held(protests, city_days, spots, around, within=within, moved=moved)


def _on(db: Connection, city_days: Collection[Spot]) -> frozenset[bytes]:
    """The protests of these days, as they were said to be last."""
    if not city_days:
        return frozenset()
    table = facts.table
    some = select(table.c.record).where(table.c.kind == PROTEST, tuple_(table.c.city, table.c.day).in_(city_days))
    last = dict(_spots_of(db, frozenset(db.scalars(some))))
    return frozenset(record for record, spot in last.items() if spot in city_days)


def _spots_of(db: Connection, records: Collection[bytes]) -> Sequence[tuple[bytes, Spot]]:
    """Wherever and whenever these were ever said to be, the latest said last."""
    table = facts.table
    chosen = select(table.c.record, table.c.city, table.c.day).where(table.c.record.in_(records), table.c.version == 1)
    return [(row.record, Spot(row.city, row.day)) for row in db.execute(chosen.order_by(table.c.record, table.c.revision))]


def _moved(db: Connection, within: Collection[bytes], city_days: Collection[Spot]) -> tuple[frozenset[bytes], frozenset[Spot]]:
    """The detentions and reports that were corrected to belong to these, and the days on which they counted before."""
    table = facts.table
    alone = and_(table.c.protest.is_(None), tuple_(table.c.city, table.c.day).in_(city_days))
    belongs = or_(table.c.protest.in_(within), alone)
    corrected = select(table.c.record).where(table.c.kind.in_((DETENTION, REPORT)), table.c.revision > 0, belongs)
    chosen = select(table).where(table.c.record.in_(corrected), table.c.version == 1)
    said: dict[bytes, list[Row[Any]]] = {}
    for row in db.execute(chosen.order_by(table.c.record, table.c.revision)):
        said.setdefault(row.record, []).append(row)

    def is_held(row: Row[Any]) -> bool:
        return row.protest in within or (row.protest is None and Spot(row.city, row.day) in city_days)

    moved = {record: rows for record, rows in said.items() if is_held(rows[-1]) and not all(map(is_held, rows))}
    before = [row for rows in moved.values() for row in rows]
    others = _spots_of(db, {row.protest for row in before if row.protest is not None})
    alone_on = {Spot(row.city, row.night if row.kind == REPORT else row.day) for row in before if row.protest is None}
    return frozenset(moved), frozenset({spot for _, spot in others} | {spot for spot in alone_on if spot.day})


def _brought_to(db: Connection, within: Collection[bytes], city_days: Collection[Spot]) -> frozenset[Spot]:
    """The cities and nights in which anybody of these was ever at a station, or among those a report counted: what counts there
    ask for beyond the people known depends on how many of those were of what is held back."""
    table = facts.table
    alone = and_(table.c.protest.is_(None), tuple_(table.c.city, table.c.day).in_(city_days))
    chosen = select(table.c.record, table.c.night).where(
        table.c.kind == DETENTION, or_(table.c.protest.in_(within), alone) if city_days else table.c.protest.in_(within)
    )
    nights: dict[bytes, set[int]] = defaultdict(set)
    for row in db.execute(chosen):
        nights[row.record].add(row.night)
    found: set[Spot] = set()
    for some in people.portions(nights):
        stays = select(table.c.record, table.c.city, table.c.night).where(table.c.kind == STAY, table.c.record.in_(some))
        for stay in db.execute(stays):
            found |= {Spot(stay.city, night) for night in ({stay.night} if stay.night is not None else nights[stay.record])}
        reports = select(table.c.record).where(table.c.kind == TOLD_OUT, table.c.detention.in_(some))
        counted = select(table.c.city, table.c.night).where(table.c.kind == REPORT, table.c.record.in_(reports))
        found |= {Spot(city, night) for city, night in db.execute(counted)}
    return frozenset(found)


def standing(db: Connection) -> Sequence[Decided]:
    """Every tally that is held back, the latest first."""
    table = tallies.table
    return db.execute(select(table).where(table.c.held_at.is_not(None)).order_by(table.c.held_at.desc())).all()


def ever_decided(db: Connection) -> Sequence[Decided]:
    """Every tally about which anything was ever decided, with where that last changed."""
    return db.execute(select(tallies.table)).all()


def one(db: Connection, tally: UUID) -> Decided | None:
    """What is decided about one tally, None where nothing ever was."""
    table = tallies.table
    return db.execute(select(table).where(table.c.tally == tally.bytes)).first()


def _around(spot: Spot) -> Sequence[Spot]:
    """The day with those before and after it, since nights begin at noon; of a spot without a day every day it may be of."""
    year, month, number = spot.day // 10_000, spot.day // 100 % 100, spot.day % 100
    if number:
        day = date(year, month, number)
        return [Spot(spot.city, int((day + timedelta(days=step)).strftime("%Y%m%d"))) for step in (-1, 0, 1)] + [
            Spot(spot.city, year * 10_000 + month * 100), Spot(spot.city, year * 10_000), Spot(spot.city, 0),
        ]  # fmt: skip
    days = range(32) if month else ()
    return [Spot(spot.city, year * 10_000 + month * 100 + number) for number in days] + [spot, Spot(spot.city, 0)]
