"""What rests on a source, before and after something was learned of it: each fact with its tier.

Those in files the reader may open are told, the others are a number. Of who was forgotten nothing is told.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for

from domain.record import Record
from domain.verification import OnFile, Tier
from domain.vocabulary.sources import TIERS
from projections import borne_out, case_files, people, protests, sources
from projections.borne_out import Change
from web.desk import Desk
from web.languages import language
from web.vault.storage import portions
from web.wiring import Views

MOST_TOLD = 100
"""How many entries are told one by one; the others are counted."""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry that rests on the source: what it says, where it is read, and its tier before and after, in words."""

    sentence: str
    page: str
    before: str
    after: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Resting:
    """All of them in numbers, and those the reader may open. `untold` are theirs to open no more than to be told."""

    facts: int
    tiers: Sequence[tuple[str, int]]
    """How many of each tier, as it is afterwards."""
    fallen: int
    """How many have a lower tier afterwards."""
    to_unverified: int
    to_nothing: int
    told: Sequence[Told]
    untold: int


def resting(desk: Desk, db: Views, changes: Sequence[Change], *, only_changed: bool = False) -> Resting:
    """These changes as the reader may see them, those that make a difference first."""
    after = Counter(change.after for change in changes)
    changed = [change for change in changes if change.before is not change.after]
    concerned = changed if only_changed else [*changed, *(change for change in changes if change.before is change.after)]
    pages = _pages(desk, db, {change.fact.record for change in concerned})
    open_to_them = [change for change in concerned if change.fact.record in pages][:MOST_TOLD]
    return Resting(
        len(changes),
        [(TIERS.label(tier, language()), after[tier]) for tier in Tier if after[tier]],
        len(changed),
        sum(1 for change in changed if change.after is Tier.UNVERIFIED),
        sum(1 for change in changed if change.after is Tier.RETRACTED),
        _told(desk, open_to_them, pages),
        len(concerned) - len(open_to_them),
    )


def with_retraction(known: Mapping[UUID, OnFile], source: UUID, first: Any = None, last: Any = None) -> dict[UUID, OnFile]:
    """What would be known of sources if this one took back what was recorded from it between two times."""
    one = known[source]
    times = (first.earliest.timestamp() if first is not None else None, last.latest.timestamp() if last is not None else None)
    return {**known, source: OnFile(one.kind, one.reliability, one.repeats, (*one.retracted, times), one.stands)}


def would_change(db: Views, source: UUID, first: Any = None, last: Any = None) -> list[Change]:
    """What a retraction would do, before anybody records it."""
    known = sources.on_file(db)
    return borne_out.changes(db, source, known, with_retraction(known, source, first, last))


def _told(desk: Desk, changes: Sequence[Change], pages: Mapping[UUID, str]) -> list[Told]:
    history = desk.tracker.log.of({change.fact.record for change in changes})
    says: dict[tuple[UUID, int], tuple[int, Record.Event]] = {}
    for position, event in history:
        standing = event.says
        says[standing.originator_id, standing.originator_version] = position, standing
    teller = desk.teller(event for _, event in says.values())
    told = []
    for change in changes:
        position, event = says[change.fact.record, change.fact.version]
        told.append(
            Told(
                teller.tell(event, language()),
                f"{pages[change.fact.record]}#entry-{position}",
                TIERS.label(change.before, language()),
                TIERS.label(change.after, language()),
                change.before is not change.after,
            )
        )
    return told


def _pages(desk: Desk, db: Views, records: Collection[UUID]) -> dict[UUID, str]:
    """Where these records are read, those that the reader may open."""
    keys = [record.bytes for record in records]
    persons: dict[bytes, bytes] = {}
    listed: set[bytes] = set()
    for some in portions(keys):
        persons |= case_files.persons_of(db, some)
        listed |= protests.known_among(db, some)
    # A record that is neither a protest nor somebody's is a person's own file, or an incident about nobody on file.
    files = {key: persons.get(key, key) for key in keys if key not in listed}
    gone = people.forgotten_among(db, list(dict.fromkeys(files.values())))
    asked = [UUID(bytes=key) for key in dict.fromkeys(files.values()) if key not in gone]
    seen = {person.bytes for person in desk.visible(asked)}
    pages = {UUID(bytes=key): url_for("monitors.protest", protest=UUID(bytes=key)) for key in listed}
    for key, file in files.items():
        if file in seen:
            pages[UUID(bytes=key)] = url_for("lawyers.case_file", person=UUID(bytes=file))
    return pages
