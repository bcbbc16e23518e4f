"""Deadlines: when the limits of detentions and the deadlines of cases run out, of everybody whose file a lawyer has, or had.

Read by the lawyers' desk, which sorts hundreds of people by the time left. Invariant: a row for every detention, and one for each
defendant in a case; in the rows that are `wanted` the instants are those that `domain.law` gives for the entries that stand. An
instant does not move with the clock, so what is certain, possible or still to come at any moment is found by comparing it with
that moment. The law is asked once for a row and a page of the log, and only for people whom a lawyer was given: it costs some
hundred times what a fold does.
"""

from typing import Any

from domain.detention import Detention
from domain.law.custodies import READ
from domain.law.prosecutions import READ_IN_CASES
from domain.person import Person
from domain.proceeding import Proceeding
from domain.record import Record
from domain.vocabulary.custody import STILL_HELD
from projections import kept_entries
from projections.batch import Batch
from projections.deadline_tables import (
    OF_CUSTODY,
    UNASKED,
    against,
    case_answer,
    cases,
    custody,
    custody_answer,
    defendants_in,
    dues_in,
    instants_in,
    persons,
    projection,
)
from projections.kept import dumps, loads

__all__ = ["projection"]


@projection.on(Detention.Recorded)
def begin(views: Batch, event: Detention.Recorded) -> None:
    """Somebody is held from here on."""
    key = event.originator_id.bytes
    file = _list(views, event.person.bytes, "detentions", key)
    known = views.get(custody, key) if views.restating else None
    told = kept_entries.NOTHING
    if known is None:
        told = kept_entries.with_new(told, views, event, OF_CUSTODY)
    led_to = known.cases if known is not None else "[]"
    views.put(custody, key, person=file.person, wanted=file.wanted, inside=1, **UNASKED, cases=led_to, told=told, stands=1)
    if known is not None:
        _write(views, key, kept_entries.keep(kept_entries.read(known.told), views, event, OF_CUSTODY))


@projection.on(*(kind for kind in READ if kind is not Detention.Recorded))
def note(views: Batch, event: Record.Event) -> None:
    """Something a clock may start or stop with."""
    row = views.get(custody, event.originator_id.bytes)
    if row is None:
        return
    if views.restating:
        _write(views, row.detention, kept_entries.keep(kept_entries.read(row.told), views, event, OF_CUSTODY))
        return
    freed = isinstance(event, Detention.Released) and event.kind not in STILL_HELD
    told = kept_entries.with_new(row.told, views, event, OF_CUSTODY)
    views.set(custody, row.detention, told=told, inside=0 if freed else row.inside)


@projection.on(Detention.Withdrawn)
def take_back(views: Batch, event: Detention.Withdrawn) -> None:
    """The whole detention, or what one entry said."""
    row = views.get(custody, event.originator_id.bytes)
    if row is not None and event.version is None:
        views.set(custody, row.detention, stands=0)
    elif row is not None:
        _write(views, row.detention, kept_entries.without(kept_entries.read(row.told), event.version or 0))


@projection.on(Proceeding.Opened)
def open_case(views: Batch, event: Proceeding.Opened) -> None:
    """A case, or the same one restated."""
    known = views.get(cases, event.originator_id.bytes)
    views.put(cases, event.originator_id.bytes, told=known.told if known is not None else "{}", stands=1)
    _note_in_case(views, event)
    if event.detention is not None and (row := views.get(custody, event.detention.bytes)) is not None:
        led_to = sorted({*loads(row.cases), event.originator_id.hex})
        views.set(custody, row.detention, cases=dumps(led_to))


@projection.on(*READ_IN_CASES)
def note_in_case(views: Batch, event: Record.Event) -> None:
    """Something a deadline may start or stop with."""
    if views.get(cases, event.originator_id.bytes) is not None:
        _note_in_case(views, event)


@projection.on(Proceeding.Withdrawn)
def take_back_in_case(views: Batch, event: Proceeding.Withdrawn) -> None:
    """The whole case, or what one entry said."""
    row = views.get(cases, event.originator_id.bytes)
    if row is not None and event.version is None:
        views.set(cases, row.proceeding, stands=0)
        _touch_custody(views, row)
    elif row is not None:
        told = kept_entries.without(kept_entries.read(row.told), event.version or 0)
        views.set(cases, row.proceeding, told=kept_entries.written(told))
        _touch_custody(views, row)


@projection.on(Person.CounselAssigned)
def want(views: Batch, event: Person.CounselAssigned) -> None:
    """From here on the law is asked about this person, whoever has the file later."""
    _want(views, event.originator_id.bytes, event.originator_version, stands=True)


@projection.on(Person.Withdrawn)
def want_no_more(views: Batch, event: Person.Withdrawn) -> None:
    """An assignment that was withdrawn never was."""
    file = views.get(persons, event.originator_id.bytes)
    if file is not None and str(event.version) in loads(file.told):
        _want(views, file.person, event.version or 0, stands=False)


@projection.on_flush
def ask_the_law(views: Batch) -> None:
    """About every wanted detention and defendant that something changed for on this page of the log."""
    for row in views.changed(custody):
        if row.wanted or row.running or row.late:
            views.set(custody, row.detention, **(_of_custody(views, row) if row.wanted else UNASKED))
    for row in views.changed(cases):
        _of_case(views, row)


def _of_custody(views: Batch, row: Any) -> dict[str, Any]:
    led_to = [views.get(cases, bytes.fromhex(case)) for case in loads(row.cases)]
    told = [(case.proceeding, case.told) for case in led_to if case is not None and case.stands]
    return instants_in(custody_answer(row, told))


def _of_case(views: Batch, row: Any) -> None:
    """A row for each who is, or was said to be, a defendant."""
    standing = defendants_in(row.told, row.proceeding) if row.stands else set()
    for person in _ever_in(row):
        file = views.get(persons, person)
        wanted = file.wanted if file is not None else 0
        asked = person in standing and wanted
        dues = dues_in(case_answer(row.told, row.proceeding, person)) if asked else "[]"
        views.put(against, (row.proceeding, person), wanted=wanted, dues=dues, stands=int(person in standing))


def _ever_in(row: Any) -> set[bytes]:
    """Whoever was ever said to be a defendant."""
    kept = kept_entries.read(row.told)
    return defendants_in(kept_entries.written(kept_entries.as_if_none_was_taken_back(kept)), row.proceeding)


def _file(views: Batch, person: bytes) -> Any:
    known = views.get(persons, person)
    return known or views.put(persons, person, wanted=0, detentions="[]", cases="[]", told="{}")


def _list(views: Batch, person: bytes, column: str, record: bytes) -> Any:
    """The person's row, with this record in one of its lists, which need not be read for it."""
    file, number = _file(views, person), f'"{record.hex()}"'
    listed: str = getattr(file, column)
    if number not in listed:
        views.set(persons, person, **{column: f"{listed[:-1]},{number}]" if len(listed) > len("[]") else f"[{number}]"})
    return file


def _want(views: Batch, person: bytes, version: int, *, stands: bool) -> None:
    file = _file(views, person)
    told = {**loads(file.told), str(version): stands}
    wanted = int(any(told.values()))
    views.set(persons, person, wanted=wanted, told=dumps(told))
    for detention in loads(file.detentions):
        if views.get(custody, key := bytes.fromhex(detention)) is not None:
            views.set(custody, key, wanted=wanted)
    for case in loads(file.cases):
        if (row := views.get(cases, bytes.fromhex(case))) is not None:
            views.set(cases, row.proceeding, stands=row.stands)  # changed by this: the law is asked at the end of the page


def _write(views: Batch, detention: bytes, kept: kept_entries.Kept) -> None:
    freed = any(kind not in STILL_HELD for kind in kept_entries.codes(kept, Detention.Released.TOPIC, "kind"))
    views.set(custody, detention, told=kept_entries.written(kept), inside=int(not freed))


def _note_in_case(views: Batch, event: Any) -> None:
    row = views.get(cases, event.originator_id.bytes)
    told = kept_entries.written(kept_entries.keep(kept_entries.read(row.told), views, event))
    views.set(cases, row.proceeding, told=told)
    for person in defendants_in(told, row.proceeding):
        _list(views, person, "cases", row.proceeding)
    _touch_custody(views, row)


def _touch_custody(views: Batch, row: Any) -> None:
    """A ruling ends a custody clock too."""
    for _, event in kept_entries.entries(kept_entries.read(row.told), row.proceeding):
        if isinstance(event, Proceeding.Opened) and event.detention is not None:
            held = views.get(custody, event.detention.bytes)
            if held is not None:
                views.set(custody, held.detention, wanted=held.wanted)  # changed by this
