"""Which numbers are held back from readers outside. Read by everything that leaves the inside, and by coordinators.

Invariant: one row for every tally about which anything was decided, with the position that holds it back, None while it is told.
Whatever was held back says nothing outside at any position of the record: not as it was before it was held back either.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, String, select

from domain.record import Record
from domain.tally import Tally
from projections import positions
from projections.batch import Batch
from projections.days import month_of
from projections.projection import Projection, RecordKey
from projections.statistics import facts

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
    """What is held back now. `spots` are the days it lies on, `around` those whose counts at stations could give it away.

    `is_all`: the view stands still, and a decision may be among what it has not read. Then nothing is told.
    """

    protests: frozenset[bytes] = frozenset()
    city_days: frozenset[Spot] = frozenset()
    spots: frozenset[Spot] = frozenset()
    around: frozenset[Spot] = frozenset()
    is_all: bool = False

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
        if self.is_all or counted.protest in self.protests or spot in self.city_days:
            return True
        return counted.protest is None and not counted.categories and spot in self.around

    def is_in(self, city: int | None, month: int) -> bool:
        """Whether anything of this city and month, as 202203 (0 for none), is held back, or left out because it is."""
        return self.is_all or any(spot.city == city and month_of(spot.day) == month for spot in self.around)


NOTHING_HELD = Held()


def held(db: Connection) -> Held:
    """What is held back as things are now, whatever position is asked about."""
    if not positions.are_current(db, projection):
        return Held(is_all=True)
    rows = standing(db)
    protests = frozenset(row.protest for row in rows if row.protest is not None)
    city_days = frozenset(Spot(row.city, row.day) for row in rows if row.protest is None)
    table = facts.table
    chosen = select(table.c.city, table.c.day).where(table.c.record.in_(protests), table.c.version == 1)
    spots = city_days | frozenset(Spot(row.city, row.day) for row in db.execute(chosen))
    around = frozenset(near for spot in spots for near in _around(spot))
    return Held(protests, city_days, spots, around)


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
