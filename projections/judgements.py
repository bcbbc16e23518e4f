"""Who was told apart: the pairs of files of which the latest judgement that stands says that they are two people.

Read by whoever suggests that two files may be of one person, so that nobody is asked the same again. The judgements are kept by
the view of people, with those that join.
"""

from typing import NamedTuple

from sqlalchemy import Connection, select

from projections.kept import loads
from projections.people import pairs


class Apart(NamedTuple):
    """Two files told apart by the latest judgement about them that stands: at which position, and which entry says so."""

    position: int
    low: bytes
    high: bytes
    record: bytes
    version: int


def told_apart(db: Connection) -> list[Apart]:
    """Every pair of files that was told apart, the one said last first."""
    found = []
    for row in db.execute(select(pairs.table)):
        judgements = loads(row.judgements)
        if judgements:
            entry, (position, same) = max(judgements.items(), key=lambda said: said[1][0])
            if not same:
                record, _, version = entry.partition("/")
                found.append(Apart(position, row.low, row.high, bytes.fromhex(record), int(version)))
    return sorted(found, reverse=True)
