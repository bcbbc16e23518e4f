"""What became of each entry: what it said when it was told, and what it has said since, change by change.

A record that was withdrawn as a whole takes its entries along and brings them back as they stood: one that had been withdrawn for
itself stays withdrawn.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.record import Record

At = tuple[int, Any]
"""An event with its position."""
FIRST = Record.INITIAL_VERSION


@dataclass(slots=True)
class States:
    """One entry. `steps` begin with the telling; the others changed it, or the whole record with it, in order."""

    steps: list[At] = field(default_factory=list)
    version: int = FIRST
    last: At = (0, None)
    """What it says, as it was told or restated last, with the position that says so; whether it stands is another question."""
    withdrawn: At | None = None
    """What took this very entry back; for the first entry, the whole record."""
    whole: At | None = None
    """What took the whole record back, as long as it is withdrawn."""

    @property
    def stands(self) -> bool:
        """Whether it counts."""
        return self.withdrawn is None and self.whole is None

    @property
    def gone(self) -> At | None:
        """What took it back, None while it stands."""
        return self.whole or self.withdrawn

    @property
    def change(self) -> At | None:
        """What says how it stands now; None where nobody has changed it."""
        return self.gone or (self.steps[-1] if len(self.steps) > 1 else None)

    def own(self) -> list[At]:
        """The steps that are about this entry and no other."""
        return [step for step in self.steps if is_told(step[1]) or (step[1].version or FIRST) == self.version]

    def read_at(self, read: int) -> "States":
        """The same as it was when its record had `read` entries; of what was told later, as it was told."""
        known = States(version=self.version)
        for step in [self.steps[0], *(one for one in self.steps[1:] if one[1].originator_version <= read)]:
            known.take(step)
        return known

    def since(self, read: int) -> list[At]:
        """What changed this entry since its record had `read` entries."""
        return [step for step in self.own()[1:] if step[1].originator_version > read]

    def take(self, step: At) -> None:
        """One more step."""
        event = step[1]
        self.steps.append(step)
        if is_told(event):
            self.last = step
        elif isinstance(event, Record.Withdrawal):
            if event.version is None:
                self.whole = step
            else:
                self.withdrawn = step
        else:
            if event.version == FIRST and isinstance(event, Record.Reinstatement):
                self.whole = None
            if event.version == self.version:
                self.last, self.withdrawn = (step[0], event.restated), None


Entries = Mapping[tuple[UUID, int], States]


def is_told(event: Any) -> bool:
    """Whether this is an entry itself and not the change of one."""
    return not isinstance(event, Record.Correction | Record.Withdrawal)


def states_of(told: Iterable[At]) -> Entries:
    """Every entry of these records."""
    entries: dict[tuple[UUID, int], States] = {}
    by_record: dict[UUID, list[States]] = {}
    for step in sorted(told, key=lambda one: one[0]):
        event = step[1]
        record = event.originator_id
        if is_told(event):
            states = entries[record, event.originator_version] = States(version=event.originator_version)
            by_record.setdefault(record, []).append(states)
            states.take(step)
            continue
        of_all = event.version is None or (event.version == FIRST and isinstance(event, Record.Reinstatement))
        one = entries.get((record, event.version))
        for states in by_record.get(record, ()) if of_all else [one] if one is not None else []:
            if event.version != FIRST or states.version == FIRST or states.whole is not None:
                states.take(step)
    return entries


def superseded(entries: Entries, step: At) -> At | None:
    """What took the place of a change: the next change of the same entry, or the withdrawal of the whole record."""
    position, event = step
    states = entries[event.originator_id, event.version or FIRST]
    later = [one for one in states.own() if one[0] > position]
    if later:
        return later[0]
    is_gone_with_all = states.whole is not None and states.whole[0] > position and isinstance(event, Record.Correction)
    return states.whole if is_gone_with_all else None


def before(entries: Entries, step: At) -> Any:
    """What an entry said before this change: the event that told it, restated where it had been corrected."""
    event = step[1]
    return entries[event.originator_id, event.version or FIRST].read_at(event.originator_version - 1).last[1]
