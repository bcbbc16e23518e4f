"""The list of sources on file: who they are, how far they are relied on, whether they took anything back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.vocabulary.general import RELIABILITY, SOURCE_KINDS
from projections import sources
from web.access.roles import Role
from web.desk import Desk
from web.sources.naming import called, names_of_sources

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """One source's row."""

    id: UUID
    name: str
    kind: str
    reliability: str
    retracted: bool
    stands: bool


def listed_sources(desk: Desk, language: str) -> Sequence[Listed]:
    """Those put on file last come first for a coordinator, those named last for a monitor."""
    with desk.tracker.views() as db:
        is_everybodys = desk.reader.role is Role.COORDINATOR
        own = sources.last_used(db, desk.reader.account.id, MOST_LISTED)
        found = sources.latest(db, MOST_LISTED) if is_everybodys else own
        known = sources.on_file(db)
    names = names_of_sources(desk, found)
    return [
        Listed(
            source,
            called(source, names),
            SOURCE_KINDS.label(known[source].kind, language),
            RELIABILITY.label(known[source].reliability, language),
            bool(known[source].retracted),
            known[source].stands,
        )
        for source in found
        if source in known
    ]
