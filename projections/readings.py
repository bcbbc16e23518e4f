"""Readings: who did what, and who read whose file, from the access log.

Read by coordinators, who see every act, and by lawyers, who see who read the files of the people assigned to them. Folded from
the second log and from nothing else, when a page asks for it. Invariant: a row for every act, and for every file that was read,
exported or asked for in vain a row with the act's position. What an act says is read from the log.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, Select, SmallInteger, func, select

from domain.access import Access
from projections.batch import Batch
from projections.projection import Projection, RecordKey

projection = Projection("readings", version=2)

acts = projection.table(
    "acts",
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("account", RecordKey),
    Column("other", RecordKey),
    index=[["account"], ["other"]],
)
files = projection.table(
    "files",
    Column("record", RecordKey, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("was_read", SmallInteger, nullable=False),
)


@projection.on(Access.Read, Access.Exported)
def read(views: Batch, event: Access.Read | Access.Exported) -> None:
    """A row for each person in it."""
    _write(views, event.account.bytes)
    for person in event.persons:
        views.put(files, (person.bytes, views.position), was_read=1)


@projection.on(Access.ExhibitOpened)
def open_exhibit(views: Batch, event: Access.ExhibitOpened) -> None:
    """A row for the exhibit, and one for the person it is about."""
    _write(views, event.account.bytes)
    for record in filter(None, (event.exhibit, event.person)):
        views.put(files, (record.bytes, views.position), was_read=1)


@projection.on(Access.Refused)
def refuse(views: Batch, event: Access.Refused) -> None:
    """Who was refused is not always known, nor is what was asked for always a record."""
    _write(views, event.account.bytes if event.account is not None else None)
    if event.record is not None:
        views.put(files, (event.record.bytes, views.position), was_read=0)


@projection.on(Access.AccountChanged)
def change_account(views: Batch, event: Access.AccountChanged) -> None:
    """Found with the account that did it and with the one it was done to."""
    _write(views, event.by.bytes, event.account.bytes)


@projection.on(Access.Searched, Access.SignedIn, Access.SignedOut, Access.Unlocked)
def note(views: Batch, event: Access.Searched | Access.SignedIn | Access.SignedOut | Access.Unlocked) -> None:
    """An act about nobody else."""
    _write(views, event.account.bytes)


def _write(views: Batch, account: bytes | None, other: bytes | None = None) -> None:
    views.put(acts, views.position, account=account, other=other)


def latest(
    db: Connection,
    *,
    limit: int,
    before: int | None = None,
    account: bytes | None = None,
    records: Collection[bytes] | None = None,
) -> list[int]:
    """The positions of the latest acts, newest first: of one account, about one of these records, before a position."""
    table = acts.table
    chosen = select(table.c.position).order_by(table.c.position.desc()).limit(limit)
    if records is not None:
        chosen = chosen.where(table.c.position.in_(_about(records)))
    if before is not None:
        chosen = chosen.where(table.c.position < before)
    if account is None:
        return list(db.scalars(chosen))
    # Two questions, each along its own index and no further than the page: together they would sort all acts of the account.
    found = {at for role in (table.c.account, table.c.other) for at in db.scalars(chosen.where(role == account))}
    return sorted(found, reverse=True)[:limit]


def readers(db: Connection, records: Collection[bytes], *, limit: int, before: int | None = None) -> list[int]:
    """The positions of the acts by which anything of these files was read or exported, newest first."""
    found = _about(records).where(files.table.c.was_read == 1).distinct()
    if before is not None:
        found = found.where(files.table.c.position < before)
    return list(db.scalars(found.order_by(files.table.c.position.desc()).limit(limit)))


def numbered(db: Connection, ending: bytes) -> list[bytes]:
    """The records in the log whose number ends in these four bytes, as pages and sentences show it."""
    found = select(files.table.c.record).where(func.substr(files.table.c.record, 13) == ending).distinct()
    return list(db.scalars(found))


def _about(records: Collection[bytes]) -> Select[Any]:
    return select(files.table.c.position).where(files.table.c.record.in_(records))
