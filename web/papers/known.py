"""What a paper is made from: everything recorded about one person up to a position, and of nobody else.

A page is read by somebody who may read more than one file; a paper is handed on. So only words sealed for this person are opened
for it (`whose_words`), whatever its maker may read; no source on file is named, and no account. Of a case that several
people share it holds what concerns this one and all; of what was theirs then, what its maker may open today.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.detention import Detention
from domain.errors import RuleBroken
from domain.exhibit import Exhibit
from domain.person import Person
from domain.states import is_told, states_of
from projections import borne_out, case_files, exhibits, people, sources
from web.access.exhibits import opened_by
from web.desk import Desk, recorded_at
from web.languages import language
from web.languages import translated as _
from web.lawyers.chronicle import alone_in
from web.lawyers.known_on import Known as Then
from web.lawyers.known_on import belonging
from web.lines import History
from web.naming import best_name
from web.papers.asked_for import NOW, AskedFor, settled
from web.papers.whose_words import may_stand
from web.sources.basis import Bases
from web.telling import short_id


@dataclass(frozen=True, slots=True)
class Known:
    """A person's files as they were known at a position. `recorded` is when the entry at that position was, `hour` that of the
    clocks."""

    person: UUID
    files: tuple[UUID, ...]
    position: int
    recorded: datetime
    hour: datetime
    history: History

    @property
    def number(self) -> str:
        """How the file is called on paper and in the name of its file: never by the name of the person."""
        return short_id(self.person)

    @property
    def name(self) -> str:
        """The name to call them by; "" where nobody has said it."""
        named = best_name([event for _, event in sorted(self.history.standing(Person.Named), key=self.history.first_told)])
        return self.history.teller.name(named.name) if named is not None else ""

    @property
    def as_of(self) -> str:
        """The position, and the hours of it and of the clocks on the home zone's clock."""
        recorded, hour = (recorded_at(moment, self.history.teller) for moment in (self.recorded, self.hour))
        known = _("As known at position %(position)d, recorded %(when)s.", position=self.position, when=recorded)
        read = _("Clocks are read at %(hour)s, Moscow time.", hour=hour)
        return f"{known} {read}"

    def within(self, of: UUID | None) -> frozenset[UUID] | None:
        """The records that a paper about one case or detention is made of; None for the whole file.

        Raises RuleBroken `not_in_file` for one that was not in the file then."""
        if of is None:
            return None
        alone = alone_in(self.history)
        if of not in alone:
            raise RuleBroken("not_in_file")
        return alone[of]

    def details(self) -> Iterator[tuple[UUID, Any, list[tuple[int, Any]]]]:
        """Each detention that stands: its number, its first entry, and every entry of it that stands, with its position."""
        opened = [event for _, event in self.history.standing(Detention.Recorded)]
        for first in opened:
            record = first.originator_id
            told = [event for _, event in self.history.told if event.originator_id == record and is_told(event)]
            states = [self.history.states(event) for event in told]
            yield record, first, [one.last for one in states if one.stands]


def known_of(desk: Desk, person: UUID, asked: AskedFor = NOW) -> Known | None:
    """What was known then, by default now; None where nothing was. What was forgotten since is in no past either.

    Raises RuleBroken `person_forgotten`, `no_such_position`, `no_such_hour`.
    """
    tracker, position = desk.tracker, asked.position
    last = min(tracker.projector.reached(), tracker.log.last())
    if position is not None and not 0 < position <= last:
        raise RuleBroken("no_such_position", position=position, last=last)
    chosen = last if position is None else position
    if (at := tracker.log.at([chosen]).get(chosen)) is None:
        return None
    hour = settled(asked, at.event.timestamp)
    with tracker.views() as db:
        if any(row.forgotten for row in people.rows_of(db, people.cluster(db, person.bytes))):
            raise RuleBroken("person_forgotten")
        theirs = belonging(desk, db, person, Then(position, hour))
        keys = tuple(UUID(bytes=file) for file in theirs.files)
        stored = tracker.log.of(UUID(bytes=record) for record in theirs.records)
        told = case_files.about((told for told in stored if told.position <= chosen), keys)
        on_file = sources.on_file(db, chosen)
        rests = borne_out.standings(db, {line.event.originator_id for line in told}, chosen, sources=on_file)
        stands = may_stand(db, keys)
    if not told:
        return None
    lines = [(line.told.position, line.told.event) for line in case_files.lines(told)]
    teller = desk.teller((event for _, event in lines), only=stands)
    history = History(lines, teller, desk, Bases(rests, on_file, {}, {}, desk.reader.account.id))
    return Known(person, keys, chosen, at.event.timestamp, hour, history)


def exhibits_known(desk: Desk, known: Known) -> list[tuple[int, Any]]:
    """The exhibits about this person that stood then, of those the maker may open, with their positions. Nothing is unsealed."""
    with desk.tracker.views() as db:
        rows = opened_by(desk.reader, desk.tracker, exhibits.of_people(db, [file.bytes for file in known.files]))
    history = desk.tracker.log.of(UUID(bytes=row.exhibit) for row in rows)
    entries = states_of((told.position, told.event) for told in history if told.position <= known.position)
    standing = (states.last for states in entries.values() if states.stands)
    return sorted(((at, event) for at, event in standing if isinstance(event, Exhibit.Deposited)), key=lambda one: one[0])


def front(desk: Desk, known: Known, heading: str, title: str) -> dict[str, object]:
    """What stands on every paper about a person, under the names the sheets know it by."""
    number = known.number
    demo = [_("Demonstration: every person and every event on these pages is fictional.")] if desk.is_demo else []
    return {
        "lang": language(),
        "title": f"{title} {number}",
        "author": _("Khronika"),
        "description": known.as_of,
        "kind": title,
        "heading": heading,
        "preface": [*demo, known.as_of],
        "running": f"{title} {number}",
        "as-of-short": _("as known at position %(position)d", position=known.position),
        "citation": _("Khronika, file %(file)s, position %(position)d", file=number, position=known.position),
    }
