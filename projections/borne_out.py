"""How well entries are borne out, as of any position: what each rests on, and what changes when a source takes something back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Row, select

from domain.record import Record
from domain.verification import Claim, OnFile, Tier, chain_of, tier_of
from projections.sources import ENTRY, OPENING, citations, claims, on_file, papers, standing_at

AT_ONCE = 500
"""Records asked for in one statement."""


class Fact(NamedTuple):
    """One entry that says something: the record and the entry's number."""

    record: UUID
    version: int


class Rests(NamedTuple):
    """What a fact rests on: its tier, and every claim, those of attestations and of entries that say the same among them."""

    tier: Tier
    claims: tuple[Claim, ...]


class Change(NamedTuple):
    """What a fact's tier was, and what it is afterwards."""

    fact: Fact
    before: Tier
    after: Tier


def standings(
    db: Connection, records: Iterable[UUID], position: int | None = None, *, sources: Mapping[UUID, OnFile] | None = None
) -> dict[Fact, Rests]:
    """What every entry of these records that says something and stands rests on, as of a position."""
    keys = [record.bytes for record in dict.fromkeys(records)]
    told: list[Row[Any]] = []
    shown: list[Row[Any]] = []
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        told += _standing(db, claims.table, position, claims.table.c.record.in_(some))
        shown += _standing(db, papers.table, position, papers.table.c.about.in_(some))
    return _rests(told, shown, on_file(db, position) if sources is None else sources)


def records(db: Connection, told: Iterable[UUID]) -> dict[UUID, Tier]:
    """How well it is borne out that each of these records is so at all: the tier of its first entry, as a list shows it. None of
    records that were withdrawn, or whose first entry says nothing that could be true or false.
    """
    rests = standings(db, told)
    return {fact.record: found.tier for fact, found in rests.items() if fact.version == Record.INITIAL_VERSION}


def everything(db: Connection, position: int | None = None) -> dict[Fact, Rests]:
    """The same of every record there is, for figures."""
    told, shown = (_standing(db, view.table, position) for view in (claims, papers))
    return _rests(told, shown, on_file(db, position))


def resting_on(db: Connection, source: UUID, sources: Mapping[UUID, OnFile]) -> set[UUID]:
    """The records in which this source was ever named, or one that passes it on."""
    passing_on = [one.bytes for one in sources if source in chain_of(one, sources)]
    table = citations.table
    return {UUID(bytes=key) for key in db.scalars(select(table.c.record).where(table.c.origin.in_([source.bytes, *passing_on])))}


def changes(
    db: Connection, source: UUID, before: Mapping[UUID, OnFile], after: Mapping[UUID, OnFile], position: int | None = None
) -> list[Change]:
    """The facts that rest on this source, as claimed at a position, with their tier under what is known of sources before and
    after something was learned. Those whose tier does not change are among them."""
    records = resting_on(db, source, after)
    was, now = (standings(db, records, position, sources=known) for known in (before, after))
    return [
        Change(fact, was[fact].tier, rests.tier)
        for fact, rests in sorted(now.items())
        if any(source in chain_of(claim.origin, after) for claim in rests.claims)
    ]


def _rests(rows: Sequence[Row[Any]], shown: Sequence[Row[Any]], sources: Mapping[UUID, OnFile]) -> dict[Fact, Rests]:
    standing = {row.record for row in rows if row.version == 1}
    told: dict[tuple[bytes, bytes], list[Claim]] = defaultdict(list)
    entries: list[Row[Any]] = []
    for row in rows:
        if row.record in standing and row.told_by != OPENING:
            told[row.record, row.content].append(Claim(row.kind, row.reliability, _id(row.origin), row.said))
            if row.told_by == ENTRY:
                entries.append(row)
    for row in shown:
        if (row.about, row.content) in told:
            told[row.about, row.content].append(Claim("document", row.reliability, _id(row.origin), row.said))
    tiers = {key: Rests(tier_of(said, sources), tuple(said)) for key, said in told.items()}
    return {Fact(UUID(bytes=row.record), row.version): tiers[row.record, row.content] for row in entries}


def _standing(db: Connection, table: Any, position: int | None, *chosen: Any) -> Sequence[Row[Any]]:
    return db.execute(select(table).where(standing_at(table, position), *chosen)).all()


def _id(key: bytes | None) -> UUID | None:
    return UUID(bytes=key) if key is not None else None
