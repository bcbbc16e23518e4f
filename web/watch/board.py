"""The board: stations with people inside, the most urgent first, each with whom the reader may see of those held there.

The rule, as the page says it: first where somebody was ill-treated, needs a doctor, is a minor or cannot be reached; then where
counsel was refused; then where it was asked for; among those alike, where somebody is held longest.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.record import new_id
from projections import custody_board, night_counts, positions, who_is_inside
from projections.board_tables import ASKED, NO_ALARM, REFUSED, URGENT
from projections.reconciling import NOBODY, Claim, Needed, Total, needed
from web.desk import Desk
from web.naming import names_of
from web.sightings import interval
from web.watch.choosing import Watch
from web.wiring import Views

STATIONS_SHOWN = 20
PEOPLE_SHOWN, FEW_SHOWN, FEW_STATIONS = 20, 5, 5
"""People at each station where there are few stations. Of many, so many people at the most urgent alone: whoever looks at the
whole country sees where to look closer, and the page comes at once. The others are on their station's own page."""
MOST_AT_ONE = 150
NO_TIME = 1 << 40
FLAGS = ("ill", "medical", "minor", "no_contact", "refused", "asked", "phone")
"""What is told of somebody, and counted at a station, in this order."""


@dataclass(frozen=True, slots=True)
class Person:
    """One row. `seconds` held, `flags` among FLAGS; `name` is "" where nobody knows it."""

    detention: UUID
    person: UUID
    command: UUID
    number: str
    name: str
    seconds: int
    flags: Sequence[str]
    has_protocol: bool
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Station:
    """One station, or "" for people of whom nobody knows where they are. `seconds` is how long the longest is held, None unknown.

    `counts` are the people known one by one of whom each flag is told, `alarms` what reports say of others.
    """

    city: int
    city_name: str
    code: str
    name: str
    night: int
    named: int
    unnamed: str
    urgency: int
    seconds: int | None
    counts: Mapping[str, int]
    alarms: Mapping[str, int]
    is_changed: bool
    people: Sequence[Person]
    unlisted: int
    """Inside and not listed here: beyond the most that are shown."""
    withheld: int
    """Inside and not for this reader."""


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the page shows, as of one moment."""

    position: int
    stations: Sequence[Station]
    more: int
    named: int
    unnamed: str
    detained: str
    to_work_off: int
    cities: Sequence[tuple[int, str]]


@dataclass(slots=True)
class _Gathered:
    """What is known of one station before it is told."""

    held: who_is_inside.Station | None = None
    unnamed: Needed = NOBODY
    alarms: dict[str, int] | None = None

    @property
    def urgency(self) -> int:
        raised = self.alarms or {}
        by_reports = URGENT if raised.keys() - {"refused", "asked", "phone"} else ASKED if "asked" in raised else NO_ALARM
        return max(self.held.urgency if self.held is not None else NO_ALARM, by_reports)

    @property
    def began(self) -> int:
        return self.held.began if self.held is not None else NO_TIME


def board_of(desk: Desk, watch: Watch, language: str, *, only: tuple[int, str] | None = None, whole: bool = False) -> Board:
    """The board; of one station alone with `only` (city and code); with `whole` without a limit, to print."""
    with desk.tracker.views() as db:
        position = positions.reached(db, custody_board.projection)
        cities = watch.among if only is None else (only[0],)
        gathered, total = _gathered(desk, db, watch, cities)
        order = sorted(gathered, key=lambda at: (-gathered[at].urgency, gathered[at].began, -gathered[at].unnamed.low, at))
        shown = order if whole else [at for at in order if only is None or at == only][:STATIONS_SHOWN]
        are_few = len(shown) <= FEW_STATIONS
        limit = None if whole else MOST_AT_ONE if only is not None else PEOPLE_SHOWN if are_few else FEW_SHOWN
        listed = [at for at in (shown if whole else shown[:FEW_STATIONS]) if gathered[at].held is not None]
        rows = who_is_inside.people_at(db, watch.nights, listed, limit=limit)
        visible = desk.visible([UUID(bytes=row.person) for found in rows.values() for row in found])
        seen = {at: [row for row in found if UUID(bytes=row.person) in visible] for at, found in rows.items()}
        names = names_of(desk, db, {row.person for found in seen.values() for row in found})
        waiting = who_is_inside.waiting(db, watch.nights)
        known = who_is_inside.cities_of(db, watch.nights) | waiting.keys()
        changed = who_is_inside.changed_at(db, watch.seen, watch.nights) if watch.seen else set()
    now = int(watch.now.timestamp())
    unnamed = _unnamed_in_all(gathered)
    return Board(
        position,
        [
            _station(desk, watch, language, at, gathered[at], seen.get(at, ()), len(rows.get(at, ())), names, now, at in changed)
            for at in shown
        ],
        len(order) - len(shown) if only is None else 0,
        sum(at.held.named for at in gathered.values() if at.held is not None),
        interval(unnamed, language) or "0",
        interval(total, language) or "0",
        sum(number for city, number in waiting.items() if cities is None or city in cities),
        sorted(((city, city_called(desk, city, language)) for city in known), key=lambda one: one[1]),
    )


def _gathered(
    desk: Desk, db: Views, watch: Watch, cities: Sequence[int] | None
) -> tuple[dict[tuple[int, str], _Gathered], Total]:
    """What is known of every station, and how many were detained that night in all."""
    gathered: dict[tuple[int, str], _Gathered] = {}

    def at(city: int, station: str) -> _Gathered:
        return gathered.setdefault((city, station), _Gathered())

    for held in who_is_inside.stations(db, watch.nights, cities):
        at(held.city, held.station).held = held
    totals: list[Total] = []
    in_city: Callable[[int], int] = _remembered(lambda city: watch.night_in(desk, city))
    for night in watch.latest:
        for city, found in night_counts.of_night(db, night, cities).items():
            if in_city(city) != night:
                continue
            totals.append(found.total)
            for code, asked in unnamed_at(found).items():
                at(city, code).unnamed = asked
    for alarm in who_is_inside.alarms(db, watch.nights, cities):
        known = at(alarm.city, alarm.station)
        known.alarms = known.alarms or {}
        for flag in (*alarm.concerns.split(), *(("minor",) if alarm.minors else ())):
            told = "asked" if flag == "counsel" else flag
            before = known.alarms.get(told, 0)
            known.alarms[told] = max(before, alarm.minors) if told == "minor" else before + alarm.reports
    return {
        key: found for key, found in gathered.items() if found.held is not None or found.unnamed != NOBODY or found.alarms
    }, _sum(totals)


def unnamed_at(found: night_counts.OneNight) -> dict[str, Needed]:
    """How many each station holds beyond the people known to have been there, by reports and by the counts of protests."""
    by_protests: dict[str, list[Claim]] = {}
    for protest in found.protests:
        for _key, claim in night_counts.claims_of(protest) if protest.stands else ():
            if claim.station is not None and claim.high != 0:
                by_protests.setdefault(claim.station, []).append(claim)
    anybody = found.at_protests + found.alone
    asked = {
        row.station: night_counts.unnamed_inside(row, by_protests.pop(row.station, ()), perhaps=None if row.station else anybody)
        for row in found.stations
    }
    asked |= {station: needed(claims, 0) for station, claims in by_protests.items()}
    return {station: others for station, others in asked.items() if others != NOBODY}


def _unnamed_in_all(gathered: Mapping[tuple[int, str], _Gathered]) -> Total:
    """Everybody without a name. Those of no station may be the ones at the stations of their city, and those of no city anybody:
    they are added at the high end alone, as in the number of everybody detained."""
    low = 0
    for city in {city for city, _station in gathered if city}:
        placed = sum(found.unnamed.low for (at, station), found in gathered.items() if at == city and station)
        low += max(placed, gathered[city, ""].unnamed.low if (city, "") in gathered else 0)
    return Total(low, _sum([found.unnamed for found in gathered.values()]).high)


def _remembered(find: Callable[[int], int]) -> Callable[[int], int]:
    known: dict[int, int] = {}

    def found(city: int) -> int:
        if city not in known:
            known[city] = find(city)
        return known[city]

    return found


def _sum(intervals: Sequence[Any]) -> Total:
    highs = [found.high for found in intervals]
    return Total(sum(found.low for found in intervals), None if None in highs else sum(highs))


def city_called(desk: Desk, city: int, language: str) -> str:
    """The name of a city, "" for what could not be placed in one."""
    return desk.tracker.gazetteer.city_name(city, language) if city else ""


def station_called(desk: Desk, code: str, language: str) -> str:
    """The name of a station, "" for one nobody knows."""
    return desk.tracker.gazetteer.station_name(code, language) if code else ""


def _station(
    desk: Desk,
    watch: Watch,
    language: str,
    at: tuple[int, str],
    known: _Gathered,
    people: Sequence[Any],
    listed: int,
    names: Mapping[bytes, str],
    now: int,
    is_changed: bool,
) -> Station:
    held = known.held
    named = held.named if held is not None else 0
    counts = (
        {
            "ill": held.ill,
            "medical": held.medical,
            "minor": held.minors,
            "no_contact": held.no_contact,
            "refused": held.refused,
            "asked": held.asked,
            "phone": held.phones,
        }
        if held is not None
        else {}
    )
    return Station(
        at[0],
        city_called(desk, at[0], language),
        at[1],
        station_called(desk, at[1], language),
        watch.night_in(desk, at[0]),
        named,
        interval(Total(*known.unnamed), language),
        known.urgency,
        max(0, now - held.began) if held is not None else None,
        {flag: count for flag, count in counts.items() if count},
        known.alarms or {},
        is_changed,
        [_person(row, names, watch, now) for row in people],
        named - listed,
        listed - len(people),
    )


def _person(row: Any, names: Mapping[bytes, str], watch: Watch, now: int) -> Person:
    told = {
        "ill": row.ill,
        "medical": row.medical,
        "minor": row.minor,
        "no_contact": row.no_contact,
        "refused": row.counsel == REFUSED,
        "asked": row.counsel == ASKED,
        "phone": row.phone,
    }
    return Person(
        UUID(bytes=row.detention),
        UUID(bytes=row.person),
        new_id(),
        row.person.hex()[-8:],
        names.get(row.person, ""),
        max(0, now - row.began),
        [flag for flag in FLAGS if told[flag]],
        bool(row.protocol),
        bool(watch.seen and row.changed > watch.seen),
    )
