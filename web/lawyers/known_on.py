"""As known on: up to which position of the log a file is read, and which records belonged to it then.

The log is cut, nothing else: what was recorded later is not there, and what had been recorded reads as it did. Three things are
always those of today: who may read, what consent holds, and who was forgotten. A record that was of this person then and is of
somebody else now is read by whoever may open that file today, and by nobody else (docs/decisions/0032).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from domain.errors import RuleBroken
from domain.incident import Incident
from domain.moment import When
from domain.moment_words import parse_when
from domain.states import states_of
from projections import case_files, people
from web.desk import HOME_ZONE, Desk
from web.languages import language
from web.telling import moments
from web.wiring import Views

LONGEST = 60
"""Characters of a position or a date that somebody asks for."""


@dataclass(frozen=True, slots=True)
class Known:
    """`position` None is the present. `moment` is the last at which nothing more was on record: clocks are read at it."""

    position: int | None
    moment: datetime

    @property
    def is_past(self) -> bool:
        """Whether anything was recorded since."""
        return self.position is not None


def at_present() -> Known:
    """As it is known now."""
    return Known(None, datetime.now(UTC))


def known_on(desk: Desk, asked: str) -> Known:
    """A position, or a date and perhaps an hour in words: "1042", "07.03.2022", "7 March 2022 at 19:40"; "" is the present.

    Raises RuleBroken: whatever `parse_when` does, and "future_date".
    """
    words, now = asked.strip()[:LONGEST], at_present()
    if not words:
        return now
    if words.isdecimal() and not _is_year(desk, words):
        return _at(desk, int(words), now)
    when = parse_when(words, zone=HOME_ZONE, said_at=now.moment)
    if when.earliest > now.moment:
        raise RuleBroken("future_date", field="on", earliest=when.earliest.date().isoformat())
    if when.latest >= now.moment:
        return now
    return Known(desk.tracker.log.before(when.latest.timestamp()), when.latest)


def at_position(desk: Desk, position: int) -> Known:
    """Up to this position of the log, as it was then."""
    return _at(desk, position, at_present())


def _is_year(desk: Desk, digits: str) -> bool:
    """Of a position on record only where something was recorded by then; else none from 1900 to 2099 could be asked for."""
    if len(digits) != 4 or not digits.startswith(("19", "20")):
        return False
    first = desk.tracker.log.at([1]).get(1)
    return int(digits) > desk.tracker.log.last() or first is None or int(digits) >= first.event.timestamp.year


def _at(desk: Desk, position: int, now: Known) -> Known:
    log = desk.tracker.log
    if position >= log.last():
        return now
    told = log.at([position]).get(position)
    recorded = told.event.timestamp if told is not None else datetime.fromtimestamp(0, UTC)
    return Known(position, recorded.replace(microsecond=0))


@dataclass(frozen=True, slots=True)
class Belonging:
    """What a person's file is made of: the files read together, all their records, and how many records were left out because
    today they are of somebody whom the reader may not see."""

    files: Sequence[bytes]
    records: Sequence[bytes]
    left_out: int = 0


def belonging(desk: Desk, db: Views, person: UUID, known: Known) -> Belonging:
    """The files and records that were this person's, as known then; today's forgetting and today's access decide what is read."""
    if known.position is None:
        files = people.cluster(db, person.bytes)
        return Belonging(files, case_files.records_of(db, files))
    if any(row.opened > known.position for row in people.rows_of(db, [person.bytes])):
        return Belonging((), ())
    then = people.cluster(db, person.bytes, as_of=known.position)
    gone = people.forgotten_among(db, then)
    others = [file for file in then if file != person.bytes]
    seen = {one.bytes for one in desk.visible([UUID(bytes=file) for file in others])} - gone
    files = [file for file in then if file == person.bytes or file in seen]
    records = case_files.records_of(db, files, ever=True)
    kept, hidden = _theirs_then(desk, db, files, records, known.position)
    return Belonging(files, kept, len(then) - len(files) - len(gone - {person.bytes}) + hidden)


def _theirs_then(
    desk: Desk, db: Views, files: Collection[bytes], records: Collection[bytes], until: int
) -> tuple[list[bytes], int]:
    """Without the incidents that were not said to be done to this person then. One that is now said to have been done to
    somebody else is read by whoever may open their file."""
    ever = case_files.incidents_among(db, records)
    told = [one for one in desk.tracker.log.of(UUID(bytes=key) for key in ever) if one.position <= until] if ever else []
    then = {
        event.originator_id.bytes: event.person
        for state in states_of((one.position, one.event) for one in told).values()
        if isinstance(event := state.last[1], Incident.Recorded)
    }
    now = {key: UUID(bytes=person) for key, person in case_files.persons_of(db, ever).items()} if ever else {}
    seen = desk.visible(list(now.values())) if now else set()
    gone = people.forgotten_among(db, [one.bytes for one in now.values()]) if now else set()
    kept, hidden = [], 0
    for key in records:
        done_to = then.get(key)
        if key in ever and (done_to is None or done_to.bytes not in files):
            continue
        owner = now.get(key)
        if owner is not None and owner.bytes in gone:
            continue
        if owner is not None and owner not in seen:
            hidden += 1
            continue
        kept.append(key)
    return kept, hidden


def told_on(known: Known) -> str:
    """The moment, as pages tell it."""
    return moments.moment(When.at(known.moment.replace(second=0, microsecond=0), HOME_ZONE), language())
