"""The lines of a protest's or a person's page: every entry as a sentence, with its source, its position and what became of it.

A corrected or withdrawn line stays where it happened, struck through, with the reason and the position of what changed it. One
that was brought back says what it says now, since when and why. Whatever an entry said before can be read at its line.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from domain.detention import Detention
from domain.facts import facts_of
from domain.incident import Incident
from domain.person import Person
from domain.proceeding import Proceeding
from domain.record import Record
from domain.report import Report
from domain.states import FIRST, At, States, before, is_told, states_of, superseded
from domain.vocabulary.general import REASONS
from projections import case_files, people
from projections.log import Told
from web.desk import Desk, PageTeller, recorded_at
from web.entries.offers import kind_of, name_of
from web.languages import language
from web.sources.basis import Bases, Basis, bases_of

STANDS, CORRECTED, WITHDRAWN, REINSTATED, UNDONE = "stands", "corrected", "withdrawn", "reinstated", "undone"
_FOR_GOOD = (Person.ForgettingRequested, Person.ForgettingApproved, Person.ForgettingCancelled)
"""A request to be forgotten that was withdrawn is asked anew."""
_AT_A_PROTEST = (Detention.Recorded, Incident.Recorded, Report.Received)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of what became of an entry. `state` is told, corrected, withdrawn or reinstated; `sentence` what it said from
    then on, "" where it was taken back; `words` the reason in words.
    """

    state: str
    sentence: str
    position: int
    recorded: str
    timestamp: str
    who: str
    because: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One entry. `state` is stands, corrected, withdrawn, reinstated, or undone for a withdrawal that holds no more; `because`
    and `changed_at` say why and where it was changed, `steps` how it read before.
    """

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
    is_own: bool
    steps: Sequence[Step]
    may_correct: bool
    may_withdraw: bool
    may_reinstate: bool
    may_move: bool
    may_split: bool
    basis: Basis | None
    """What it rests on, where it is as it stands and says something."""
    speaker: str
    speaker_id: UUID | None
    """Who on file says so, for whoever may be told."""


@dataclass(frozen=True)
class History:
    """Everything recorded of some records, in order of happening, with the teller that reads it to this reader."""

    told: Sequence[At]
    teller: PageTeller
    desk: Desk
    bases: Bases

    @cached_property
    def entries(self) -> Any:
        """What became of each entry."""
        return states_of(self.told)

    def standing(self, *kinds: type[Record.Event]) -> list[tuple[int, Any]]:
        """Each entry of these kinds as it stands, corrected ones restated, with the position that says so. None withdrawn."""
        found = ((event, self.states(event)) for _, event in self.told if isinstance(event, kinds))
        return [states.last for _, states in found if states.stands]

    def first_told(self, standing: At) -> int:
        """Where an entry that stands was told first: a name that was corrected was given when it was."""
        return self.states(standing[1]).steps[0][0]

    def states(self, event: Any) -> States:
        """What became of an entry."""
        found: States = self.entries[event.originator_id, event.originator_version]
        return found

    def last_read(self, record: UUID) -> int:
        """How many entries a record has, by this history."""
        return max((event.originator_version for _, event in self.told if event.originator_id == record), default=0)

    def lines(self) -> list[Line]:
        """The lines of the page."""
        return [self._line(position, event) for position, event in self.told]

    def steps(self, states: States) -> list[Step]:
        """How an entry read, step by step."""
        return [self.step(step, states) for step in states.steps]

    def step(self, step: At, states: States) -> Step:
        """One of them, as a reader is told it."""
        position, event = step
        state = "told" if is_told(event) else _state(event)
        sentence = ""
        if state == "told":
            sentence = self.teller.tell(event, language())
        elif state != WITHDRAWN:
            sentence = self.teller.tell(states.read_at(event.originator_version).last[1], language())
        return Step(
            state,
            sentence,
            position,
            recorded_at(event.timestamp, self.teller),
            event.timestamp.isoformat(timespec="seconds"),
            self.bases.recorder(event),
            _reason(event),
            self.teller.name(event.words) if state != "told" and event.words is not None else "",
        )

    def _line(self, position: int, event: Any) -> Line:
        is_entry = is_told(event)
        speaker, speaker_id = self.bases.speaker(event)
        version = event.version if isinstance(event, Record.Correction) else event.originator_version
        states = self.states(event) if is_entry else None
        change = states.change if states is not None else superseded(self.entries, (position, event))
        state = STANDS if change is None else _state(change[1])
        if state == REINSTATED and isinstance(event, Record.Withdrawal):
            state = UNDONE
        elif state == REINSTATED and states is None:
            state = CORRECTED  # a correction whose words the reinstatement took up
        stands = states is not None and states.stands
        shown = states.last[1] if states is not None and state == REINSTATED else event
        return Line(
            position,
            kind_of(type(event)),
            name_of(type(event)),
            event.originator_id,
            event.originator_version,
            self.teller.tell(shown, language()),
            self.teller.tell_source(shown, language()),
            recorded_at(event.timestamp, self.teller),
            self.bases.recorder(event),
            event.timestamp.isoformat(timespec="seconds"),
            state,
            _reason(change[1]) if change is not None else "",
            change[0] if change is not None else None,
            event.recorded_by == self.desk.reader.account.id,
            self._steps(position, event, states),
            stands and bool(facts_of(event.__class__)),
            stands and (not isinstance(event, Record.Created) or self.desk.reader.may_withdraw(event)),
            states is not None and self.may_reinstate(event, states),
            stands and isinstance(event, _AT_A_PROTEST),
            stands and isinstance(event, Detention.Recorded) and self._is_unnamed(event.person),
            self.bases.of(event.originator_id, version) if change is None or state == REINSTATED else None,
            speaker,
            speaker_id,
        )

    def may_reinstate(self, entry: Any, states: States) -> bool:
        """Whether this reader may bring an entry back: the whole record by its first, another by itself."""
        gone = states.withdrawn if states.version != FIRST else states.whole
        is_hidden = states.version != FIRST and states.whole is not None
        return gone is not None and not is_hidden and not isinstance(entry, _FOR_GOOD) and self.desk.reader.may_reinstate(gone[1])

    def _steps(self, position: int, event: Any, states: States | None) -> Sequence[Step]:
        if states is not None:
            return self.steps(states) if len(states.steps) > 1 else ()
        earlier = before(self.entries, (position, event))
        changed = self.entries[event.originator_id, event.version or FIRST]
        return [self.step(next(step for step in reversed(changed.steps) if _says(step[1], earlier)), changed)]

    def _is_unnamed(self, person: UUID) -> bool:
        """Whether nobody has said who this is, as far as this history goes."""
        return not any(event.originator_id == person for _, event in self.standing(Person.Named))


def history_of(desk: Desk, records: Iterable[bytes], *, of: Collection[UUID] | None = None) -> History:
    """The history of these records: the events from the log and the sealed words opened, each in one go.

    Of cases that several people share, only what concerns the people `of` whose file it is; without them, whom the reader sees.
    """
    known = list(desk.tracker.log.of(UUID(bytes=record) for record in records))
    lines = case_files.lines(case_files.about(known, of if of is not None else _seen_in(desk, known)))
    told = [(line.told.position, line.told.event) for line in lines]
    events = [event for _, event in told]
    with desk.tracker.views() as db:
        bases = bases_of(desk, db, {event.originator_id for event in events}, events)
    return History(told, desk.teller(events), desk, bases)


def _seen_in(desk: Desk, told: Iterable[Told]) -> set[UUID]:
    """The defendants in these cases that this reader may see, none of them forgotten."""
    named = {person for _, event in told if isinstance(event, Proceeding.Opened) for person in event.persons}
    named |= {event.person for _, event in told if isinstance(event, Proceeding.DefendantJoined)}
    seen = desk.visible(named) if named else set()
    with desk.tracker.views() as db:
        gone = people.forgotten_among(db, [person.bytes for person in seen])
    return {person for person in seen if person.bytes not in gone}


def _state(change: Any) -> str:
    if isinstance(change, Record.Reinstatement):
        return REINSTATED
    return CORRECTED if isinstance(change, Record.Correction) else WITHDRAWN


def _says(step: Any, said: Any) -> bool:
    """Whether this step is the one that says this."""
    return (step.restated if isinstance(step, Record.Correction) else step) is said


def _reason(change: Any) -> str:
    """The coded reason; its words are told in the line of the change itself."""
    return REASONS.label(change.because, language()) if isinstance(change, Record.Correction | Record.Withdrawal) else ""
