"""What a line of a record rests on: its tier, who says so, through whom it came, and who recorded it. Three different people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import ngettext

from domain.record import Record
from domain.verification import OnFile, Tier, chain_of
from domain.vocabulary.sources import TIERS
from projections import borne_out, sources
from projections.borne_out import Fact, Rests
from web.access.roles import Role
from web.desk import Desk
from web.languages import language
from web.languages import translated as _
from web.sources.naming import called, names_of_sources
from web.wiring import Views


@dataclass(frozen=True, slots=True)
class Basis:
    """Of an entry that says something: its tier in words, how many say so, and the entry by its number, to be attested."""

    tier: Tier
    label: str
    voices: str
    version: int


@dataclass(frozen=True, slots=True)
class Bases:
    """Those of the lines of one page. `speakers` are the sources on file that the reader may be told of."""

    standing: Mapping[Fact, Rests]
    on_file: Mapping[UUID, OnFile]
    speakers: Mapping[UUID, str]
    recorders: Mapping[UUID, str]
    reader: UUID

    def of(self, record: UUID, version: int) -> Basis | None:
        """None for what says nothing that could be true or false, and for what was taken back."""
        rests = self.standing.get(Fact(record, version))
        if rests is None:
            return None
        said = len(rests.claims)
        voices = ngettext("said %(num)d time", "said %(num)d times", said) if said > 1 else ""
        return Basis(rests.tier, TIERS.label(rests.tier, language()), voices, version)

    def speaker(self, event: Record.Event) -> tuple[str, UUID | None]:
        """Who on file says so and who passed it on, with the source to be opened; nothing for whoever may not be told."""
        origin = event.source.origin
        if origin is None or origin not in self.speakers:
            return "", None
        chain = chain_of(origin, self.on_file)
        if len(chain) == 1:
            return _("Source on file: %(who)s.", who=called(origin, self.speakers)), origin
        first = called(chain[-1], self.speakers) if chain[-1] in self.speakers else _("another source on file")
        return _("Source on file: %(who)s, passed on by %(via)s.", who=first, via=called(origin, self.speakers)), origin

    def recorder(self, event: Record.Event) -> str:
        """Who recorded it: oneself, by name for whoever may know, and otherwise a colleague."""
        if event.recorded_by == self.reader:
            return _("by you")
        name = self.recorders.get(event.recorded_by)
        return _("by %(who)s", who=name) if name else _("by a colleague")


def tiers_of(db: Views, records: Iterable[UUID]) -> dict[UUID, str]:
    """For a list: how well each of these records is borne out, in words. One question for a whole page."""
    return {record: TIERS.label(tier, language()) for record, tier in borne_out.records(db, records).items()}


def bases_of(desk: Desk, db: Views, records: Iterable[UUID], events: Iterable[Record.Event], until: int | None = None) -> Bases:
    """The bases of every entry of these records, with `until` as of that position; `events` are those told on the page."""
    known = sources.on_file(db, until)
    named = {event.source.origin for event in events if event.source.origin is not None}
    speakers = {one for origin in named for one in chain_of(origin, known)}
    account = desk.reader.account
    return Bases(
        borne_out.standings(db, records, until, sources=known),
        known,
        names_of_sources(desk, speakers) if speakers else {},
        desk.tracker.vault.accounts.names() if desk.reader.role is Role.COORDINATOR else {},
        account.id,
    )
