"""How well entries are borne out, as of any position: what each rests on, and what changes when a source takes something back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Row, select

from domain.record import Record
from domain.verification import Claim, OnFile, Tier, chain_of, tier_of
from projections.claimed import ENTRY, OPENING, claims_in
from projections.sources import citations, claims, on_file, papers, standing_at, voices

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
    told: list[Said] = []
    shown: list[Row[Any]] = []
    kinds = _kinds(db)
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        told += _claimed(db, kinds, position, claims.table.c.record.in_(some))
        shown += _shown(db, position, papers.table.c.about.in_(some))
    return _rests(told, shown, on_file(db, position) if sources is None else sources)


def records(db: Connection, told: Iterable[UUID]) -> dict[UUID, Tier]:
    """How well it is borne out that each of these records is so at all: the tier of its first entry, as a list shows it. None of
    records that were withdrawn, or whose first entry says nothing that could be true or false.
    """
    rests = standings(db, told)
    return {fact.record: found.tier for fact, found in rests.items() if fact.version == Record.INITIAL_VERSION}


def everything(db: Connection, position: int | None = None) -> dict[Fact, Rests]:
    """The same of every record there is, for figures."""
    return _rests(_claimed(db, _kinds(db), position), _shown(db, position), on_file(db, position))


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


class Said(NamedTuple):
    """A claim that stood at some position, in its record."""

    record: bytes
    version: int
    told_by: int
    content: str
    claim: Claim


def _rests(said: Sequence[Said], shown: Sequence[Row[Any]], sources: Mapping[UUID, OnFile]) -> dict[Fact, Rests]:
    standing = {one.record for one in said if one.version == Record.INITIAL_VERSION}
    told: dict[tuple[bytes, str], list[Claim]] = defaultdict(list)
    entries: list[Said] = []
    for one in said:
        if one.record in standing and one.told_by != OPENING:
            told[one.record, one.content].append(one.claim)
            if one.told_by == ENTRY:
                entries.append(one)
    for row in shown:
        if (key := (row.about, row.content)) in told:
            origin = UUID(bytes=row.origin) if row.origin is not None else None
            told[key].append(Claim("document", row.reliability, origin, row.said))
    tiers = {key: Rests(tier_of(claimed, sources), tuple(claimed)) for key, claimed in told.items()}
    return {Fact(UUID(bytes=one.record), one.version): tiers[one.record, one.content] for one in entries}


def _claimed(db: Connection, kinds: Mapping[int, tuple[str, str]], position: int | None, *chosen: Any) -> list[Said]:
    return [
        Said(
            row.record,
            claim.version,
            claim.told_by,
            claim.content,
            Claim(*kinds[claim.voice], UUID(hex=claim.origin) if claim.origin is not None else None, claim.said),
        )
        for row in db.execute(select(claims.table).where(*chosen))
        for claim in claims_in(row.told)
        if claim.stood(position)
    ]


def _kinds(db: Connection) -> dict[int, tuple[str, str]]:
    return {row.number: (row.kind, row.reliability) for row in db.execute(select(voices.table))}


def _shown(db: Connection, position: int | None, *chosen: Any) -> Sequence[Row[Any]]:
    return db.execute(select(papers.table).where(standing_at(papers.table, position), *chosen)).all()
