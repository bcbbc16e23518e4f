"""Brings the names in memory up to date: everything at first, then what the log has said since, in whichever process it was said.

The view of people says where the names stand that hold now; the vault opens them, some thousands at a time. Every search asks
two numbers first, how far that view has come and whether a key has gone: usually nothing else is to be done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from domain.person import Person
from projections import people, positions
from web.search.index import NameIndex
from web.search.name_parts import Known
from web.vault import FORGOTTEN

if TYPE_CHECKING:
    from web.wiring import Tracker, Views

AT_ONCE = 4000
"""People whose names are opened together: as many keys as the vault keeps at hand."""
EVENTS_AT_ONCE = 20_000


class AsOf(NamedTuple):
    """What the names were read from: which building of the view, how far, and after which change of the vault's keys."""

    building: tuple[int, int]
    position: int
    changes: int


def bring_up_to_date(names: NameIndex, tracker: Tracker) -> None:
    """Hold `names.lock`. What cannot be opened is kept in `names.unopened`."""
    # `changes` before anything is opened: of a forgetting in between the old number is kept, and the next search hears of it
    changes = tracker.vault.changes()
    with tracker.views() as db:
        standing = next(standing for standing in positions.read(db) if standing.projection == people.projection.name)
        now = AsOf((standing.version, standing.generation), standing.position, changes)
        known = names.as_of if isinstance(names.as_of, AsOf) else None
        if known is None or known.building != now.building or known.position > now.position or _is_worn(names, tracker):
            known = None
            names.clear()
            _read_all(names, tracker, db)
        elif known.position < now.position:
            _read_since(names, tracker, db, known.position, now.position)
        if known is None or known.changes != changes:
            for person in tracker.vault.forgotten():
                names.hide(person)
        names.as_of = now


def _is_worn(names: NameIndex, tracker: Tracker) -> bool:
    """Whether to begin anew: much was taken out, or what could not be opened now can, as after the vault was unlocked."""
    return names.worn or any(isinstance(text, str) for text in tracker.vault.open_many(islice(names.unopened.values(), 1)))


def _read_all(names: NameIndex, tracker: Tracker, db: Views) -> None:
    words: Known = {}
    before = None
    while rows := people.latest(db, limit=AT_ONCE, before=before):
        _read(names, tracker, db, rows, words)
        before = rows[-1].opened
    names.join(people.edges(db))


def _read_since(names: NameIndex, tracker: Tracker, db: Views, after: int, until: int) -> None:
    """The people about whom something was said since, anew; and who is the same as whom, which is little to read."""
    spoken_of: dict[UUID, None] = {}
    while after < until:
        page = tracker.log.page(after, min(EVENTS_AT_ONCE, until - after), people.projection.topics)
        if not page:
            break
        spoken_of.update((told.event.originator_id, None) for told in page)
        after = page[-1].position
    if not spoken_of:
        return
    words: Known = {}
    for some in _portions(list(spoken_of)):
        _read(names, tracker, db, people.rows_of(db, [record.bytes for record in some]), words)
    names.join(people.edges(db))


def _read(names: NameIndex, tracker: Tracker, db: Views, rows: Sequence[Any], words: Known) -> None:
    """Put the names of these people that hold now into the place of those held so far; take out who is not to be found."""
    shown = {row.person: row.opened for row in rows if row.stands and not row.forgotten}
    told = people.names_of(db, shown)
    for row in rows:
        if row.forgotten:
            names.hide(UUID(bytes=row.person))
        elif row.person not in told:
            names.remove(UUID(bytes=row.person))
    events = tracker.log.at(position for held in told.values() for position in held)
    standing = {position: _named(found.event) for position, found in events.items()}
    opened = dict(zip(standing, tracker.vault.open_many(named.name for named in standing.values()), strict=True))
    for key, held in told.items():
        person = UUID(bytes=key)
        found = [(opened[position], standing[position]) for position in held if position in opened]
        names.put(person, shown[key], [(text, named.kind) for text, named in found if isinstance(text, str)], words)
        for text, named in found:
            if not isinstance(text, str) and text is not FORGOTTEN:
                names.unopened[person] = named.name


def _named(event: Any) -> Person.Named:
    named: Person.Named = event.says
    return named


def _portions(records: Collection[UUID]) -> Iterator[Sequence[UUID]]:
    listed = list(records)
    return (listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE))
