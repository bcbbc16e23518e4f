"""What sources on file are called, opened at the moment a page shows it, for whoever may be told."""

from collections.abc import Collection, Mapping
from uuid import UUID

from domain.source_on_file import SourceOnFile
from web.desk import Desk
from web.languages import translated as _
from web.telling import short_id

AS_IT_STANDS = "as-it-stands"
"""What stands in a form for a source on file that whoever fills it in may not be told of."""


def names_of_sources(desk: Desk, sources: Collection[UUID]) -> dict[UUID, str]:
    """The name of each of these sources that the reader may be told; "" where it has none or nobody can read it any more."""
    known = desk.reader.knows(desk.tracker, sources)
    opened: dict[UUID, SourceOnFile.Opened] = {}
    for told in desk.tracker.log.of(known):
        event = told.event.says
        if isinstance(event, SourceOnFile.Opened):
            opened[event.originator_id] = event
    teller = desk.teller(opened.values())
    return {source: teller.name(event.name) for source, event in opened.items()}


def called(source: UUID, names: Mapping[UUID, str]) -> str:
    """A source in a list or beside an entry, for whoever may be told: its name, or a number in place of one."""
    return names.get(source) or _("Source %(number)s", number=short_id(source))
