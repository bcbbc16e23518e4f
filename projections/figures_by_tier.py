"""Figures by how well what they count is borne out: of what was recorded one by one, how many of each tier, counted exactly.

A count of unnamed people is a claim to a number, not to so many facts: it is in the figure, and here in none of the rows.
"""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Connection

from domain.verification import Tier
from projections import borne_out, statistics
from projections.borne_out import Fact

COUNTED: Mapping[str, int] = {
    "detentions": statistics.DETENTION,
    "protests": statistics.PROTEST,
    "incidents": statistics.INCIDENT,
}


def by_tier(db: Connection, name: str, position: int) -> dict[Tier, int]:
    """How many of each tier as of a position, every tier named. Raises KeyError for a figure that is not of single facts."""
    rests = borne_out.everything(db, position)
    counted: Counter[Tier] = Counter()
    for row in statistics.known(db, COUNTED[name], position):
        counted[rests[Fact(UUID(bytes=row.record), row.version)].tier] += 1
    return {tier: counted[tier] for tier in Tier}
