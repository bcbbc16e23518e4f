"""A source named for the first time is put on file with the entry that names it, so that nobody leaves the form for it."""

from dataclasses import dataclass, replace
from uuid import UUID

from domain.provenance import Source
from web.desk import Desk
from web.entries.sealing import sealer


@dataclass(frozen=True, slots=True)
class NewSource:
    """Its id, minted with the form, and its name."""

    id: UUID
    name: str


def put_on_file(desk: Desk, source: Source, new: NewSource | None) -> Source:
    """The source of the entry, from the one on file. The same form sent again puts nothing on file twice."""
    if new is None:
        return source
    name = sealer(desk.tracker.vault, new.id, new.id)("name", new.name)
    known = {"kind": source.kind, "reliability": str(source.reliability), "name": name}
    desk.tracker.casebook.open_source(desk.entry(Source("monitor"), new.id), new.id, **known)
    return replace(source, origin=new.id)
