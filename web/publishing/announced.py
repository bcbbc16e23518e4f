"""All that is announced, read in one go: the tallies, the history of each, and what became of protests and incidents.

Kept in memory for the pages until the record moves on. Everything outside is made from this and from what was published for good.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID, uuid5

from flask import current_app

from projections import corrections, held_back, positions, statistics
from projections.figures import Counted
from projections.figures.at_stations import AtStation, at_stations
from projections.figures.definition import AsOf
from projections.figures.histories import Key, Step, histories
from projections.figures.outside import outside
from projections.held_back import NOTHING_HELD, Held, Spot
from projections.reconciling import Total
from projections.statistics import revisions
from web.desk import Desk
from web.maps.outside import FIGURE
from web.publishing.tallies import UNKNOWN, Tallies, tallies_of
from web.wiring import Tracker, Views

_RECORDS = UUID("3e3c7b42-6f0c-5d6f-9a51-0d3a7f8f2c11")
"""Under which a record's own id is made; any, and for good."""


@dataclass(frozen=True, slots=True)
class Life:
    """What is published of a protest or an incident: where and when it was, and at which positions it was recorded, restated,
    taken back or brought back.
    """

    record: UUID
    city: int
    day: int
    form: str
    changes: Sequence[int]
    stands: bool


@dataclass(frozen=True)
class Announced:
    """As of one position. `history` by city and day (`Spot`) and by the id of a protest; `times` of every position named."""

    tallies: Tallies
    as_of: str
    history: Mapping[Key, Sequence[Step]]
    protests: Sequence[Life]
    incidents: Sequence[Life]
    decided: Mapping[Key, int]
    """Where it was last decided to hold back the number of a city's day or a protest, or to let it go."""
    times: Mapping[int, int]
    stations: Mapping[AtStation, Total]
    """Nothing unless the organisation tells outside of stations."""
    origin: UUID
    """Of this record and no other, made of the first that was ever entered: ids in feeds are made of it."""

    @property
    def position(self) -> int:
        """Of the record."""
        return self.tallies.position

    @cached_property
    def of_protest(self) -> Mapping[bytes, Life]:
        """Each protest by its id."""
        return {life.record.bytes: life for life in self.protests}


def announced(tracker: Tracker) -> Announced:
    """What is announced now."""
    with tracker.views() as db:
        return _read(tracker, db, held_back.held(db))


def kept(desk: Desk, *, is_outside: bool) -> Announced:
    """The same, from memory as long as nothing was recorded since; inside with what is held back."""
    memory: dict[bool, Announced] = current_app.extensions.setdefault("khronika.announced", {})
    with desk.tracker.views() as db:
        held = held_back.held(db) if is_outside else NOTHING_HELD
        known = memory.get(is_outside)
        if known is None or (known.position, known.tallies.held) != (_position(db), held):
            known = memory[is_outside] = _read(desk.tracker, db, held)
        return known


def _position(db: Views) -> int:
    return min(positions.reached(db, view.projection) for view in (statistics, corrections))


def _read(tracker: Tracker, db: Views, held: Held) -> Announced:
    position = _position(db)
    tallies = tallies_of(db, position, held)

    def times_of(asked: Iterable[int]) -> Mapping[int, int]:
        return {at: int(told.event.timestamp.timestamp()) for at, told in tracker.log.at(asked).items()}

    history = {} if held.is_all else histories(db, outside(FIGURE, held), position, _keys, times_of)
    protests, incidents = (list(_lives(db, kind, position)) for kind in (statistics.PROTEST, statistics.INCIDENT))
    decided = {_decided_on(row): row.changed_at for row in held_back.ever_decided(db)}
    named = {at for life in (*protests, *incidents) for at in life.changes} | set(decided.values()) | {position}
    last = tracker.log.at([position]).get(position)
    as_of = last.event.timestamp.strftime("%Y-%m-%d %H:%M UTC") if last is not None else ""
    stations = at_stations(AsOf(db, position), held) if tracker.settings.tells_stations else {}
    return Announced(tallies, as_of, history, protests, incidents, decided, times_of(named), stations, _origin(tracker))


def _origin(tracker: Tracker) -> UUID:
    first = next(iter(tracker.log.page(0, 1)), None)
    return uuid5(_RECORDS, first.event.originator_id.hex if first is not None else "")


def _keys(counted: Counted) -> Iterable[Key]:
    yield Spot(counted.city, counted.day)
    if counted.protest is not None:
        yield counted.protest


def _decided_on(row: held_back.Decided) -> Key:
    return row.protest if row.protest is not None else Spot(row.city, row.day)


def _lives(db: Views, kind: int, position: int) -> Iterable[Life]:
    for record, rows in revisions(db, kind, position):
        changes = sorted({at for row in rows for at in (row.known_from, row.known_until) if at is not None and at <= position})
        last = rows[-1]
        stands = last.known_until is None or last.known_until > position
        form = last.category if kind == statistics.PROTEST else ""
        yield Life(UUID(bytes=record), last.city or UNKNOWN, last.day, form, changes, stands)
