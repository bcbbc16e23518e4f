"""The lines of a protest's or a person's page: every entry as a sentence, with its source, its position and what became of it.

A corrected or withdrawn line stays where it happened, struck through, with the reason and the position of what changed it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.facts import facts_of
from domain.record import Record
from domain.vocabulary.general import REASONS
from projections import case_files
from web.desk import Desk, PageTeller, recorded_at
from web.entries.offers import kind_of, name_of
from web.languages import language
from web.sources.basis import Bases, Basis, bases_of

STANDS, CORRECTED, WITHDRAWN = "stands", "corrected", "withdrawn"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry. `state` is stands, corrected or withdrawn; `because` and `changed_at` say why and where it was changed."""

    position: int
    kind: str
    name: str
    """What it says, as a word of the policy."""
    record: UUID
    version: int
    sentence: str
    source: str
    recorded: str
    recorder: str
    """Who entered it, for whoever may know: neither the source, nor whoever was there."""
    timestamp: str
    state: str
    because: str
    changed_at: int | None
    may_correct: bool
    may_withdraw: bool
    basis: Basis | None
    """What it rests on, where it is as it stands and says something."""
    speaker: str
    speaker_id: UUID | None
    """Who on file says so, for whoever may be told."""


@dataclass(frozen=True, slots=True)
class History:
    """Everything recorded of some records, in order of happening, with the teller that reads it to this reader."""

    told: Sequence[tuple[int, Record.Event]]
    changes: Mapping[int, tuple[int, Record.Event]]
    teller: PageTeller
    takes_back: Callable[[Record.Event], bool]
    """Whether this reader may withdraw the whole record that an event opened."""
    bases: Bases

    def standing(self, *kinds: type[Record.Event]) -> list[tuple[int, Any]]:
        """Each entry of these kinds as it stands, corrected ones restated, with the position that says so. None withdrawn."""
        found: list[tuple[int, Any]] = []
        for position, event in self.told:
            if isinstance(event, kinds):
                at, change = self.changes.get(position, (position, None))
                if not isinstance(change, Record.Withdrawal):
                    found.append((at, change.restated if isinstance(change, Record.Correction) else event))
        return found

    def lines(self) -> list[Line]:
        """The lines of the page."""
        return [self._line(position, event) for position, event in self.told]

    def _line(self, position: int, event: Record.Event) -> Line:
        changed_at, change = self.changes.get(position, (None, None))
        is_change = isinstance(event, Record.Correction | Record.Withdrawal)
        speaker, speaker_id = self.bases.speaker(event)
        version = event.version if isinstance(event, Record.Correction) else event.originator_version
        may_change = not is_change and not isinstance(change, Record.Withdrawal)
        return Line(
            position,
            kind_of(type(event)),
            name_of(type(event)),
            event.originator_id,
            event.originator_version,
            self.teller.tell(event, language()),
            self.teller.tell_source(event, language()),
            recorded_at(event.timestamp, self.teller),
            self.bases.recorder(event),
            event.timestamp.isoformat(timespec="seconds"),
            STANDS if change is None else CORRECTED if isinstance(change, Record.Correction) else WITHDRAWN,
            _reason(change),
            changed_at,
            may_change and bool(facts_of(type(event))),
            may_change and (not isinstance(event, Record.Created) or self.takes_back(event)),
            self.bases.of(event.originator_id, version) if change is None else None,
            speaker,
            speaker_id,
        )


def history_of(desk: Desk, records: Iterable[bytes]) -> History:
    """The history of these records: the events from the log and the sealed words opened, each in one go."""
    lines = case_files.lines(desk.tracker.log.of(UUID(bytes=record) for record in records))
    told = [(line.told.position, line.told.event) for line in lines]
    events = [event for _, event in told]
    with desk.tracker.views() as db:
        bases = bases_of(desk, db, {event.originator_id for event in events}, events)
    return History(told, _changes(told), desk.teller(events), desk.reader.may_withdraw, bases)


def _changes(told: Iterable[tuple[int, Record.Event]]) -> dict[int, tuple[int, Record.Event]]:
    """What last changed each entry, under the entry's position. An earlier correction is changed by the next one."""
    changes: dict[int, tuple[int, Record.Event]] = {}
    by_entry: dict[tuple[UUID, int], list[int]] = {}
    for position, event in sorted(told, key=lambda one: one[0]):
        record = event.originator_id
        if isinstance(event, Record.Withdrawal) and event.version is None:
            concerned = [known for (of, _), standing in by_entry.items() if of == record for known in standing]
        elif isinstance(event, Record.Correction | Record.Withdrawal):
            concerned = by_entry.setdefault((record, event.version or 1), [])
        else:
            concerned = []
            by_entry.setdefault((record, event.originator_version), []).append(position)
        changes.update(dict.fromkeys(concerned, (position, event)))
        if isinstance(event, Record.Correction):
            concerned.append(position)
    return changes


def _reason(change: Record.Event | None) -> str:
    """The coded reason; its words are told in the line of the change itself."""
    return REASONS.label(change.because, language()) if isinstance(change, Record.Correction | Record.Withdrawal) else ""
