"""What one has just recorded from the board, told once more, and taken back where it was a mistake."""

from dataclasses import dataclass
from uuid import UUID

from flask import abort

from domain.casebook import Outcome
from domain.detention import Detention
from domain.provenance import Source
from domain.record import Record, new_id
from web.desk import Desk
from web.entries.offers import kind_of
from web.languages import language
from web.naming import names_of


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry, whom it is about, so that a letter in the wrong row is seen, and the command that would take it back."""

    record: UUID
    version: int
    name: str
    sentence: str
    command: UUID


def last_entry(desk: Desk, position: str) -> Entry | None:
    """The entry at a position, if the reader recorded it of somebody held and may still see them."""
    found = desk.tracker.log.at([int(position)]).get(int(position))
    event = found.event if found is not None else None
    if event is None or not _is_own(desk, event):
        return None
    held: Detention = desk.tracker.casebook.standing(Detention, event.originator_id)
    if held.withdrawn or event.originator_version in held.taken_back or not desk.may_see(held.person):
        return None
    person = held.person.bytes
    with desk.tracker.views() as db:
        name = names_of(desk, db, [person]).get(person, "") or held.person.hex[-8:]
    return Entry(event.originator_id, event.originator_version, name, desk.teller([event]).tell(event, language()), new_id())


def taken_back(desk: Desk, detention: UUID, version: str, source: Source, command: UUID) -> Outcome:
    """Withdraws an entry of one's own, as a mistake. Anybody else's is withdrawn from the person's file, with a reason."""
    if not version.isdecimal() or len(version) > 9:
        abort(400)
    told = [found.event for found in desk.tracker.log.of([detention]) if found.event.originator_version == int(version)]
    if not told or not _is_own(desk, told[0]):
        abort(403)
    return desk.tracker.casebook.withdraw(Detention, desk.entry(source, command), detention, int(version), because="mistake")


def _is_own(desk: Desk, event: Record.Event) -> bool:
    is_change = isinstance(event, Record.Created | Record.Correction | Record.Withdrawal)
    is_entry = kind_of(type(event)) == "detentions" and not is_change
    return is_entry and event.recorded_by == desk.reader.account.id
