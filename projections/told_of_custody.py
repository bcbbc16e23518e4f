"""What was told of each detention that the law asks for, and in the cases that detentions led to, from when until when it stood.

Read by the figures of hours held and of limits overrun, which ask the law as of any position. Invariant: as for
`projections.statistics`, an entry is never overwritten; a correction closes it and opens the next revision at the same position.
Codes, numbers of records and times, never words.
"""

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, SmallInteger, String, Text

from domain.detention import Detention
from domain.law.custodies import READ
from domain.law.prosecutions import READ_IN_CASES
from domain.proceeding import Proceeding
from domain.record import Record
from projections import kept_entries
from projections.batch import Batch
from projections.deadline_tables import COUNTRY, OF_CUSTODY, ZONE
from projections.fact_tables import close_fact
from projections.kept import dumps, loads
from projections.projection import Projection, RecordKey

RESTRAINED, LET_GO, IN_CUSTODY, CASE, IN_A_CASE = 18, 19, 20, 21, 22
"""Kinds of entries, beside those of `projections.statistics`: the detention, each report of release, what else the law asks of a
detention; the case, and what happened in it."""
KINDS = frozenset({RESTRAINED, LET_GO, IN_CUSTODY, CASE, IN_A_CASE})
OF_CASE = frozenset({"persons", "detention", "person", "when", "outcome", "hearing", "against"})
"""What is asked of a case for the custody of whoever was detained. No more is kept."""

projection = Projection("told_of_custody", version=1)

told = projection.table(
    "told",
    Column("record", RecordKey, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("kind", SmallInteger, nullable=False),
    Column("detention", RecordKey),
    Column("entry", String(30), nullable=False),
    Column("told", BigInteger, nullable=False),
    Column("begins", BigInteger),
    Column("lasts", Integer),
    Column("zone", String(40)),
    Column("place", String(50)),
    Column("says", Text),
    Column("known_from", BigInteger, nullable=False),
    Column("known_until", BigInteger),
)
"""There is a row for nearly every entry about a detention, so it is short. `told` is when the entry was first told, `begins` and
`lasts` are its time, in seconds; `zone` is None where it is Moscow's. `place` is the country and its zone, empty for those that
go without saying, None where no place was told. `says` are the other fields in the order of the event, to the last one told."""
_HOME = ["p", COUNTRY, ZONE]
_COLUMNS = frozenset({"when", "place"})


@projection.on(*READ)
def of_custody(views: Batch, event: Record.Event) -> None:
    """Something a clock may start or stop with."""
    match event:
        case Detention.Recorded():
            _open(views, event, RESTRAINED, OF_CUSTODY)
        case Detention.Released():
            _open(views, event, LET_GO, OF_CUSTODY)
        case _:
            _open(views, event, IN_CUSTODY, OF_CUSTODY)


@projection.on(Proceeding.Opened)
def case(views: Batch, event: Proceeding.Opened) -> None:
    """A case, and the detention that led to it, if one did."""
    _open(views, event, CASE, OF_CASE, event.detention.bytes if event.detention is not None else None)


@projection.on(*READ_IN_CASES)
def in_a_case(views: Batch, event: Record.Event) -> None:
    """Something in it, whatever it was: that it was told says by when everything told before was known."""
    _open(views, event, IN_A_CASE, OF_CASE)


@projection.on(Detention.Withdrawn, Proceeding.Withdrawn)
def take_back(views: Batch, event: Record.Withdrawal) -> None:
    """It was not so. Of a record that is taken back as a whole what opened it is closed alone."""
    close_fact(views, event.originator_id.bytes, event.version or 1, told)


def entry_in(row: Any, fields: frozenset[str]) -> tuple[int, Any]:
    """The entry that a row keeps, as far as these fields, with the position that says so."""
    kind = kept_entries.kind_of(row.entry)
    others = [name for name in kept_entries.kept_of(kind, fields) if name not in _COLUMNS]
    facts: dict[str, Any] = dict(zip(others, loads(row.says), strict=False)) if row.says is not None else {}
    if row.begins is not None:
        facts["when"] = ["w", row.begins, row.lasts, row.zone or ZONE]
    if row.place is not None:
        facts["place"] = ["p", *loads(row.place)] if row.place else _HOME
    return kept_entries.entry_of([row.entry, row.known_from, row.told, facts], row.record, row.version, fields)


def _open(views: Batch, event: Any, kind: int, fields: frozenset[str], detention: bytes | None = None) -> None:
    record, version = event.originator_id.bytes, event.originator_version
    revision, first = 0, int(event.timestamp.timestamp())
    if views.restating:
        revision = close_fact(views, record, version, told)
        known = views.get(told, (record, version, 0))
        first = known.told if known is not None else first
    entry, position, _, facts = kept_entries.one_of(views, event, first, fields)
    when, place = facts.pop("when", None), facts.pop("place", None)
    _, begins, lasts, zone = when or (None, None, None, None)
    views.put(
        told,
        (record, version, revision),
        kind=kind,
        detention=detention,
        entry=entry,
        told=first,
        begins=begins,
        lasts=lasts,
        zone=zone if zone != ZONE else None,
        place=None if place is None else "" if place == _HOME else dumps(place[1:]),
        says=_packed(type(event), fields, facts),
        known_from=position,
        known_until=None,
    )


def _packed(kind: type[Record.Event], fields: frozenset[str], facts: dict[str, Any]) -> str | None:
    if not facts:
        return None
    values = [facts.get(name) for name in kept_entries.kept_of(kind, fields) if name not in _COLUMNS]
    while values[-1] is None:
        values.pop()
    return dumps(values)
