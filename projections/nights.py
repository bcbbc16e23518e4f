"""Nights: how many were detained in a city from noon to noon beyond the people and protests on record, as counts at stations say.

Read by the heat map, the watch board and the page that explains a number. A count reported without a protest is a claim about a
station, or about a city where it names none; whoever was told out of it is among those it counts, and so is whoever is known to
have been there that night, for certain unless they had come from another station. Invariant: `extra` holds, for
every city and night that has any, what `reconciling.beyond` says; it is zero again once the reports are taken back
(docs/decisions/0025).
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, String, Text, select

from domain.detention import Detention
from domain.place import Place
from domain.protest import Protest
from domain.report import Report
from projections.batch import Batch
from projections.days import night_of
from projections.projection import Projection, RecordKey
from projections.reconciling import NOBODY, Claim, Needed, Total, beyond, needed, reconcile

NOWHERE = 0
"""The city of what could not be placed in one."""
NO_STATION = ""

projection = Projection("nights", version=1)

protests = projection.table(
    "protests",
    Column("protest", RecordKey, primary_key=True),
    Column("city", Integer, nullable=False),
    Column("night", Integer, nullable=False),
    Column("named", Integer, nullable=False),
    Column("claims", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["night", "city"]],
    compared=True,
)
detentions = projection.table(
    "detentions",
    Column("detention", RecordKey, primary_key=True),
    Column("protest", RecordKey),
    Column("city", Integer, nullable=False),
    Column("night", Integer, nullable=False),
    Column("said", BigInteger, nullable=False),
    Column("stays", Text, nullable=False),
    Column("cells", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    compared=True,
)
told = projection.table("told", Column("detention", RecordKey, primary_key=True), Column("reports", Text, nullable=False))
"""The reports each detention was told out of. A report says so before the detention is on record."""
reports = projection.table(
    "reports",
    Column("report", RecordKey, primary_key=True),
    Column("protest", RecordKey),
    Column("city", Integer, nullable=False),
    Column("night", Integer, nullable=False),
    Column("station", String(60), nullable=False),
    Column("said", BigInteger, nullable=False),
    Column("low", Integer),
    Column("high", Integer),
    Column("at", BigInteger, nullable=False),
    Column("people", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
)
stations = projection.table(
    "stations",
    Column("night", Integer, primary_key=True),
    Column("city", Integer, primary_key=True),
    Column("station", String(60), primary_key=True),
    Column("claims", Text, nullable=False),
    Column("named", Integer, nullable=False),
    Column("perhaps", Integer, nullable=False),
    compared=True,
)
nights = projection.table(
    "nights",
    Column("night", Integer, primary_key=True),
    Column("city", Integer, primary_key=True),
    Column("low", Integer, nullable=False),
    Column("at_protests", Integer, nullable=False),
    Column("alone", Integer, nullable=False),
    Column("asked_low", Integer, nullable=False),
    Column("asked_high", Integer, nullable=False),
    Column("open_ended", Integer, nullable=False),
)
extra = projection.table(
    "extra",
    Column("night", Integer, primary_key=True),
    Column("city", Integer, primary_key=True),
    Column("low", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    Column("open_ended", SmallInteger, nullable=False),
)

Cell = tuple[int, int, str]
"""A night, a city and a station."""
Night = tuple[int, int]
"""A night and a city."""


@projection.on(Protest.Recorded)
def place_protest(views: Batch, event: Protest.Recorded) -> None:
    """A protest, placed anew where it was corrected, counted again where it was reinstated."""
    key = event.originator_id.bytes
    spot = {"city": event.place.city or NOWHERE, "night": night_of(event.when)}
    if not views.restating:
        views.put(protests, key, **spot, named=0, claims="{}", stands=1)
        return
    row = views.get(protests, key)
    if row is None:
        return
    was_there = row.stands
    views.set(protests, key, **spot, stands=1)
    if not was_there:
        _move_reports(views, views.get(protests, key))


@projection.on(Protest.DetentionsCounted)
def count(views: Batch, event: Protest.DetentionsCounted) -> None:
    """One more claim about a protest, or the same one restated."""
    station = event.place.station if event.place is not None else None
    claim = [event.count.low, event.count.high, station]
    _claim_at_protest(views, event.originator_id.bytes, str(event.originator_version), claim)


@projection.on(Protest.Withdrawn)
def take_back_protest(views: Batch, event: Protest.Withdrawn) -> None:
    """A withdrawn protest takes its counts with it; reports of their own right count at their station again."""
    key = event.originator_id.bytes
    row = views.get(protests, key)
    if row is None:
        return
    if event.version is not None:
        _claim_at_protest(views, key, str(event.version), None)
        return
    views.set(protests, key, stands=0)
    _move_reports(views, row)


@projection.on(Detention.Recorded)
def detain(views: Batch, event: Detention.Recorded) -> None:
    """One person more, at a protest or at none."""
    key = event.originator_id.bytes
    known = views.get(detentions, key) if views.restating else None
    if known is not None and known.stands:
        _name_at_protest(views, known.protest, -1)
    protest = event.protest.bytes if event.protest is not None else None
    if protest is not None and views.get(protests, protest) is None:
        protest = None
    place = event.place
    said = known.said if known is not None else int(event.timestamp.timestamp())
    views.put(
        detentions,
        key,
        protest=protest,
        city=(place.city if place is not None else None) or NOWHERE,
        night=night_of(event.when, _moment(said), _zone(place)),
        said=said,
        stays=known.stays if known is not None else "{}",
        cells=known.cells if known is not None else "[]",
        stands=1,
    )
    _name_at_protest(views, protest, 1)
    _stay(views, key, event.originator_version, [place.city or NOWHERE, None, place.station] if _is_station(place) else None)  # type: ignore[union-attr]


@projection.on(Detention.Delivered, Detention.Transferred)
def move(views: Batch, event: Detention.Delivered | Detention.Transferred) -> None:
    """A station where somebody was."""
    place = event.place
    if _is_station(place):
        night = night_of(event.when) if event.when is not None else None
        _stay(views, event.originator_id.bytes, event.originator_version, [place.city or NOWHERE, night, place.station])  # type: ignore[union-attr]
    elif views.restating:
        _stay(views, event.originator_id.bytes, event.originator_version, None)


@projection.on(Detention.Withdrawn)
def take_back_detention(views: Batch, event: Detention.Withdrawn) -> None:
    """The whole detention, or one station in it."""
    key = event.originator_id.bytes
    row = views.get(detentions, key)
    if row is None:
        return
    if event.version is not None:
        _stay(views, key, event.version, None)
    elif row.stands:
        _name_at_protest(views, row.protest, -1)
        views.set(detentions, key, stands=0)
        _lay_out(views, key)


@projection.on(Report.Received)
def receive(views: Batch, event: Report.Received) -> None:
    """A report, or the same one restated. That nobody is held any more is kept beside the claims and is none."""
    key, place, counted = event.originator_id.bytes, event.place, event.count
    known = views.get(reports, key) if views.restating else None
    if known is not None:
        _claim(views, known, is_there=False)
    protest = event.protest.bytes if event.protest is not None else None
    if protest is not None and views.get(protests, protest) is None:
        protest = None
    said = known.said if known is not None else int(event.timestamp.timestamp())
    row = views.put(
        reports,
        key,
        protest=protest,
        city=(place.city if place is not None else None) or NOWHERE,
        night=night_of(event.when, _moment(said), _zone(place)),
        station=(place.station if place is not None else None) or NO_STATION,
        said=said,
        low=counted.low if counted is not None else None,
        high=counted.high if counted is not None else None,
        at=int(event.when.latest.timestamp()) if event.when is not None else said,
        people=known.people if known is not None else "{}",
        stands=1,
    )
    _claim(views, row, is_there=True)


@projection.on(Report.PersonRecorded)
def tell_out(views: Batch, event: Report.PersonRecorded) -> None:
    """Somebody is among those a report counts."""
    _tell_out(views, event.originator_id.bytes, event.originator_version, event.detention.bytes)


@projection.on(Report.Withdrawn)
def take_back_report(views: Batch, event: Report.Withdrawn) -> None:
    """The report, or that somebody is among those it counts."""
    key = event.originator_id.bytes
    row = views.get(reports, key)
    if row is None:
        return
    if event.version is not None:
        _tell_out(views, key, event.version, None)
    elif row.stands:
        _claim(views, row, is_there=False)
        views.set(reports, key, stands=0)
        for detention in _people(row):
            _lay_out(views, detention)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _zone(place: Place | None) -> str:
    return (place.zone if place is not None else None) or "Europe/Moscow"


def _is_station(place: Place | None) -> bool:
    return place is not None and place.station is not None


def _noted(known: str, key: str, value: Any) -> dict[str, Any]:
    """What is noted under each key, with this one put in or, where it is None, taken out."""
    noted: dict[str, Any] = json.loads(known)
    noted.pop(key, None)
    return noted if value is None else {**noted, key: value}


def _claim_at_protest(views: Batch, protest: bytes, key: str, claim: list[Any] | None) -> None:
    row = views.get(protests, protest)
    if row is not None:
        views.set(protests, protest, claims=json.dumps(_noted(row.claims, key, claim)))


def _name_at_protest(views: Batch, protest: bytes | None, sign: int) -> None:
    if protest is not None:
        row = views.get(protests, protest)
        views.set(protests, protest, named=row.named + sign)


def _cell(report: Any) -> Cell:
    return (report.night, report.city, report.station)


def _is_loose(views: Batch, report: Any) -> bool:
    """Whether a report counts at its station: its protest, if it has one, was withdrawn."""
    return report.protest is None or not views.get(protests, report.protest).stands


def _claim(views: Batch, report: Any, *, is_there: bool) -> None:
    """Put the claim of a report to where it counts, or take it from wherever it did; and whoever was told out of it along."""
    is_there = is_there and bool(report.stands) and report.low is not None
    key = report.report.hex()
    if report.protest is not None:
        claim = [report.low, report.high, report.station or None] if is_there and report.high != 0 else None
        _claim_at_protest(views, report.protest, key, claim)
    if report.low is not None:
        told_at = [report.low, report.high, report.at]
        _claim_at_station(views, _cell(report), key, told_at if is_there and _is_loose(views, report) else None)
    for detention in _people(report):
        _lay_out(views, detention)


def _claim_at_station(views: Batch, cell: Cell, key: str, claim: list[Any] | None) -> None:
    row = views.get(stations, cell)
    noted = _noted(row.claims if row is not None else "{}", key, claim)
    _write_station(views, cell, noted, *((row.named, row.perhaps) if row is not None else (0, 0)))


def _write_station(views: Batch, cell: Cell, claims: dict[str, Any], named: int, perhaps: int) -> None:
    if claims or perhaps:
        views.put(stations, cell, claims=json.dumps(claims), named=named, perhaps=perhaps)
    elif views.get(stations, cell) is not None:
        views.remove(stations, cell)


def _move_reports(views: Batch, protest: Any) -> None:
    """The protest of these reports was withdrawn or came back: they count at their stations, or no longer."""
    for key in json.loads(protest.claims):
        if len(key) == 32:  # a report's number; the protest's own counts stand under their versions
            report = views.get(reports, bytes.fromhex(key))
            if report is not None:
                _claim(views, report, is_there=True)


def _tell_out(views: Batch, report: bytes, version: int, detention: bytes | None) -> None:
    row = views.get(reports, report)
    if row is None:
        return
    before = json.loads(row.people).get(str(version))
    views.set(reports, report, people=json.dumps(_noted(row.people, str(version), detention and detention.hex())))
    mark = f"{report.hex()}/{version}"
    for held, value in ((before and bytes.fromhex(before), None), (detention, 1)):
        if held is not None:
            known = views.get(told, held)
            views.put(told, held, reports=json.dumps(_noted(known.reports if known is not None else "{}", mark, value)))
            _lay_out(views, held)


def _people(report: Any) -> Iterator[bytes]:
    return (bytes.fromhex(detention) for detention in json.loads(report.people).values())


def _stay(views: Batch, detention: bytes, version: int, stay: list[Any] | None) -> None:
    row = views.get(detentions, detention)
    if row is not None:
        views.set(detentions, detention, stays=json.dumps(_noted(row.stays, str(version), stay)))
        _lay_out(views, detention)


def _lay_out(views: Batch, detention: bytes) -> None:
    """Count somebody once in each cell they belong to, and in no other."""
    row = views.get(detentions, detention)
    if row is None:
        return
    cells = _cells(views, row)
    before = {(night, city, station): is_sure for night, city, station, is_sure in json.loads(row.cells)}
    if cells == before:
        return
    views.set(detentions, detention, cells=json.dumps(sorted((*cell, is_sure) for cell, is_sure in cells.items())))
    for cell in sorted(cells.keys() | before.keys()):
        surely = int(cells.get(cell, False)) - int(before.get(cell, False))
        perhaps = int(cell in cells) - int(cell in before)
        if surely or perhaps:
            known = views.get(stations, cell)
            claims, counts = (json.loads(known.claims), (known.named, known.perhaps)) if known is not None else ({}, (0, 0))
            _write_station(views, cell, claims, counts[0] + surely, counts[1] + perhaps)


def _cells(views: Batch, row: Any) -> dict[Cell, bool]:
    """Each cell somebody belongs to, and whether for certain."""
    if not row.stands:
        return {}
    marks = views.get(told, row.detention)
    known = (views.get(reports, bytes.fromhex(mark.partition("/")[0])) for mark in (json.loads(marks.reports) if marks else ()))
    counted = [report for report in known if report and report.stands and report.low is not None and _is_loose(views, report)]
    came_from_elsewhere = any(report.station != NO_STATION for report in counted)
    found: dict[Cell, bool] = {}
    stays: dict[str, Any] = json.loads(row.stays)
    for index, (_, (city, night, station)) in enumerate(sorted(stays.items(), key=lambda stay: int(stay[0]))):
        found.setdefault((row.night if night is None else night, city, station), index == 0 and not came_from_elsewhere)
    return found | {_cell(report): True for report in counted}


def _total(protest: Any) -> Total:
    """What a protest's row adds to its night; a withdrawn one still has its people."""
    claims = (Claim(*claim) for claim in json.loads(protest.claims).values()) if protest.stands else ()
    return reconcile(protest.named, claims)


def _asked(station: Any) -> Needed:
    return needed(_standing_claims(station), station.named, perhaps=station.perhaps)


def _standing_claims(station: Any) -> Iterator[Claim]:
    claims: dict[str, list[Any]] = json.loads(station.claims)
    return (Claim(low, high, station.station or None) for low, high, _ in claims.values() if high != 0)


@projection.on_flush
def roll_up(views: Batch) -> None:
    """What changed of each night's sums, and what they come to."""
    moved: dict[Night, list[int]] = {}

    def add(row: Any, sign: int, *amounts: int) -> None:
        sums = moved.setdefault((row.night, row.city), [0] * 6)
        for index, amount in enumerate(amounts):
            sums[index] += sign * amount

    for view in (protests, detentions, stations):
        for before, after in views.changes(view):
            for row, sign in ((before, -1), (after, 1)):
                if row is None:
                    continue
                if view is protests:
                    add(row, sign, _total(row).low, row.named)
                elif view is detentions:
                    add(row, sign, 0, 0, int(row.protest is None and row.stands))
                elif row.station != NO_STATION:
                    low, high = _asked(row)
                    add(row, sign, 0, 0, 0, low, high or 0, int(high is None))
                else:
                    add(row, sign)
    for night, amounts in moved.items():
        known = views.get(nights, night)
        sums = [
            amount + (getattr(known, column) if known is not None else 0) for column, amount in zip(_SUMS, amounts, strict=True)
        ]
        if any(sums):
            views.put(nights, night, **dict(zip(_SUMS, sums, strict=True)))
        elif known is not None:
            views.remove(nights, night)
        _sum_up(views, night, *sums)


_SUMS = nights.columns[2:]


def _sum_up(views: Batch, night: Night, low: int, at_protests: int, alone: int, asked: int, high: int, open_ended: int) -> None:
    at_none = views.get(stations, (*night, NO_STATION))
    nowhere = NOBODY
    if at_none is not None:
        nowhere = needed(_standing_claims(at_none), at_none.named, perhaps=at_protests + alone)
    together = Needed(asked, None if open_ended else high)
    total = beyond(Total(low, None), at_protests, [together], nowhere, is_certain=is_certain(night))
    if total != (0, 0):
        # Where somebody's count has no upper end, the row keeps the upper ends there are, as the heat map's rows do.
        ends = high + (nowhere.high or 0) if total.high is None else total.high
        views.put(extra, night, low=total.low, high=max(total.low, ends), open_ended=int(total.high is None))
    elif views.get(extra, night) is not None:
        views.remove(extra, night)


def is_certain(night: Night) -> bool:
    """Whether it is one city and one night, and not what could not be placed or dated."""
    day, city = night
    return city != NOWHERE and day % 100 > 0


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
        return _sum([*map(_total, self.protests), Total(self.alone, self.alone), self.extra])


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


def total_of(protest: Any) -> Total:
    """How many were detained at the protest of a row, names and counts reconciled."""
    return _total(protest)


def claims_at(station: Any) -> list[tuple[str, Claim, int]]:
    """The reports that count at a station's row, each by its number in hexadecimal digits, with the second it tells of."""
    claims: dict[str, list[Any]] = json.loads(station.claims)
    return [(report, Claim(low, high, station.station or None), at) for report, (low, high, at) in claims.items()]


def unnamed_inside(station: Any, more: Iterable[Claim] = ()) -> Needed:
    """How many a station holds beyond the people known to have been there: by what was told since nobody was left there last.

    `more` are counts of protests that name the station.
    """
    told = claims_at(station)
    emptied = max((at for _, claim, at in told if claim.high == 0), default=0)
    claims = [claim for _, claim, at in told if claim.high != 0 and at >= emptied]
    return needed([*claims, *(() if emptied else more)], station.named, perhaps=station.perhaps)


def claims_of(protest: Any) -> list[tuple[str, Claim]]:
    """The claims about a protest: by the version of its own count, or the number of a report."""
    claims: dict[str, list[Any]] = json.loads(protest.claims)
    return [(key, Claim(*claim)) for key, claim in claims.items()]


def _extra(row: Any) -> Total:
    return Total(row.low, None if row.open_ended else row.high)


def _sum(totals: Iterable[Total]) -> Total:
    found = list(totals)
    highs = [total.high for total in found]
    return Total(sum(total.low for total in found), None if None in highs else sum(high for high in highs if high is not None))
