"""Who belongs to which station's count, and which report counts where: what the handlers of `nights.py` write down.

A report counts at its protest while that stands, else at its station. Somebody is counted once in each cell they belong to.
"""

from collections.abc import Iterator
from typing import Any

from projections.batch import Batch
from projections.kept import dumps, loads
from projections.night_tables import NO_STATION, Cell, detentions, protests, reports, stations, told


def _noted(known: str, key: str, value: Any) -> dict[str, Any]:
    """What is noted under each key, with this one put in or, where it is None, taken out."""
    noted: dict[str, Any] = loads(known)
    noted.pop(key, None)
    return noted if value is None else {**noted, key: value}


def claim_at_protest(views: Batch, protest: bytes, key: str, claim: list[Any] | None) -> None:
    row = views.get(protests, protest)
    if row is not None:
        views.set(protests, protest, claims=dumps(_noted(row.claims, key, claim)))


def name_at_protest(views: Batch, protest: bytes | None, sign: int) -> None:
    if protest is not None:
        row = views.get(protests, protest)
        views.set(protests, protest, named=row.named + sign)


def _cell(report: Any) -> Cell:
    return (report.night, report.city, report.station)


def _is_loose(views: Batch, report: Any) -> bool:
    """Whether a report counts at its station: its protest, if it has one, was withdrawn."""
    return report.protest is None or not views.get(protests, report.protest).stands


def put_claim(views: Batch, report: Any, *, is_there: bool) -> None:
    """Put the claim of a report to where it counts, or take it from wherever it did; and whoever was told out of it along."""
    is_there = is_there and bool(report.stands) and report.low is not None
    key = report.report.hex()
    if report.protest is not None:
        claim = [report.low, report.high, report.station or None] if is_there and report.high != 0 else None
        claim_at_protest(views, report.protest, key, claim)
    if report.low is not None:
        told_at = [report.low, report.high, report.at]
        _claim_at_station(views, _cell(report), key, told_at if is_there and _is_loose(views, report) else None)
    for detention in people_of(report):
        lay_out(views, detention)


def _claim_at_station(views: Batch, cell: Cell, key: str, claim: list[Any] | None) -> None:
    row = views.get(stations, cell)
    noted = _noted(row.claims if row is not None else "{}", key, claim)
    _write_station(views, cell, noted, *((row.named, row.perhaps) if row is not None else (0, 0)))


def _write_station(views: Batch, cell: Cell, claims: dict[str, Any], named: int, perhaps: int) -> None:
    if claims or perhaps:
        views.put(stations, cell, claims=dumps(claims), named=named, perhaps=perhaps)
    elif views.get(stations, cell) is not None:
        views.remove(stations, cell)


def put_reports_where_they_count(views: Batch, protest: Any) -> None:
    """The protest of these reports was withdrawn or came back: they count at their stations, or no longer."""
    for key in loads(protest.claims):
        if len(key) == 32:  # a report's number; the protest's own counts stand under their versions
            report = views.get(reports, bytes.fromhex(key))
            if report is not None:
                put_claim(views, report, is_there=True)


def put_told_out(views: Batch, report: bytes, version: int, detention: bytes | None) -> None:
    row = views.get(reports, report)
    if row is None:
        return
    before = loads(row.people).get(str(version))
    views.set(reports, report, people=dumps(_noted(row.people, str(version), detention and detention.hex())))
    mark = f"{report.hex()}/{version}"
    for held, value in ((before and bytes.fromhex(before), None), (detention, 1)):
        if held is not None:
            known = views.get(told, held)
            views.put(told, held, reports=dumps(_noted(known.reports if known is not None else "{}", mark, value)))
            lay_out(views, held)


def people_of(report: Any) -> Iterator[bytes]:
    return (bytes.fromhex(detention) for detention in loads(report.people).values())


def put_stay(views: Batch, detention: bytes, version: int, stay: list[Any] | None) -> None:
    row = views.get(detentions, detention)
    if row is not None:
        views.set(detentions, detention, stays=dumps(_noted(row.stays, str(version), stay)))
        lay_out(views, detention)


def lay_out(views: Batch, detention: bytes) -> None:
    """Count somebody once in each cell they belong to, and in no other."""
    row = views.get(detentions, detention)
    if row is None:
        return
    cells = _cells(views, row)
    before = {(night, city, station): is_sure for night, city, station, is_sure in loads(row.cells)}
    if cells == before:
        return
    views.set(detentions, detention, cells=dumps(sorted((*cell, is_sure) for cell, is_sure in cells.items())))
    for cell in sorted(cells.keys() | before.keys()):
        surely = int(cells.get(cell, False)) - int(before.get(cell, False))
        perhaps = int(cell in cells) - int(cell in before)
        if surely or perhaps:
            known = views.get(stations, cell)
            claims, counts = (loads(known.claims), (known.named, known.perhaps)) if known is not None else ({}, (0, 0))
            _write_station(views, cell, claims, counts[0] + surely, counts[1] + perhaps)


def _cells(views: Batch, row: Any) -> dict[Cell, bool]:
    """Each cell somebody belongs to, and whether for certain."""
    if not row.stands:
        return {}
    marks = views.get(told, row.detention)
    known = (views.get(reports, bytes.fromhex(mark.partition("/")[0])) for mark in (loads(marks.reports) if marks else ()))
    counted = [report for report in known if report and report.stands and report.low is not None and _is_loose(views, report)]
    came_from_elsewhere = any(report.station != NO_STATION for report in counted)
    found: dict[Cell, bool] = {}
    stays: dict[str, Any] = loads(row.stays)
    for index, (_, (city, night, station)) in enumerate(sorted(stays.items(), key=lambda stay: int(stay[0]))):
        found.setdefault((row.night if night is None else night, city, station), index == 0 and not came_from_elsewhere)
    return found | {_cell(report): True for report in counted}
