"""The list of pairs as coordinators read it: the two files side by side, why they may be one, and what rules it out.

Of a file only the names, the times and places of its detentions and its state are opened: what tells people apart, no more.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.detention import Detention
from domain.person import Person
from domain.vocabulary.people import NAME_KINDS
from projections import case_files, judgements, people
from web.custody import state_of
from web.desk import Desk
from web.likeness.circumstances import SAME_NIGHT
from web.likeness.pairs import LikelyPair
from web.likeness.reasons import in_words
from web.telling import short_id
from web.wiring import Views

PAGE = 20
MOST_STAYS = 3
"""So many detentions of a file are shown, the latest."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One detention: when and where, at which station last, held or free."""

    when: str
    where: str
    station: str
    state: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: the earliest of the files, their numbers, the names, the detentions."""

    person: UUID
    number: str
    names: Sequence[str]
    stays: Sequence[Stay]
    more: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files beside each other. `told` is why they were told apart, where they were, and `entry` that entry's address."""

    one: Side
    other: Side
    reasons: Sequence[str] = ()
    doubts: Sequence[str] = ()
    vetoes: Sequence[str] = ()
    both_held: bool = False
    """Whether each has a detention of the same night, which may be one detention recorded twice."""
    told: str = ""
    entry: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of pairs, with how many there are of each kind. `looked` of all `files` were looked at so far."""

    pairs: Sequence[Pair]
    number: int
    has_more: bool
    open: int
    ruled_out: int
    apart: int
    looked: int
    files: int
    unopened: bool


OPEN, RULED_OUT, APART = "open", "ruled-out", "apart"
"""The three lists: pairs to settle, pairs that something rules out, pairs that were told apart."""


def page_of(desk: Desk, which: str, number: int, language: str) -> Page:
    """A page of one of the three lists."""
    tracker = desk.tracker
    tracker.pairs.look(tracker)
    with tracker.views() as db:
        apart, files = judgements.told_apart(db), people.how_many(db)
    settled = {frozenset((pair.low, pair.high)) for pair in apart}
    found = [pair for pair in tracker.pairs.all(tracker) if not _is_settled(pair, settled)]
    ruled_out = [pair for pair in found if pair.found.vetoes]
    suggested = [pair for pair in found if not pair.found.vetoes]
    span = slice((number - 1) * PAGE, number * PAGE)
    if which == APART:
        pairs, total = _told_apart(desk, apart[span], language), len(apart)
    else:
        chosen = ruled_out if which == RULED_OUT else suggested
        pairs, total = _beside(desk, chosen[span], language), len(chosen)
    counted = (len(suggested), len(ruled_out), len(apart), tracker.pairs.looked, files)
    return Page(pairs, number, number * PAGE < total, *counted, bool(tracker.names.unopened))


def pair_of(desk: Desk, one: UUID, other: UUID, language: str) -> Pair | None:
    """Two files beside each other, to settle; None where one is not on record, or they are of one person already."""
    with desk.tracker.views() as db:
        joined = people.cluster(db, one.bytes)
    sides = sides_of(desk, {one, other}, language) if other.bytes not in joined else {}
    return Pair(sides[one], sides[other]) if len(sides) == 2 else None


def _is_settled(pair: LikelyPair, settled: Collection[frozenset[bytes]]) -> bool:
    """Whether any file of the one was told apart from any of the other: then all of them are."""
    return any(frozenset((one.bytes, other.bytes)) in settled for one in pair.one for other in pair.other)


def _beside(desk: Desk, pairs: Sequence[LikelyPair], language: str) -> list[Pair]:
    sides = sides_of(desk, {files[0] for pair in pairs for files in (pair.one, pair.other)}, language)
    shown = []
    for pair in pairs:
        newer, older = sorted((pair.one[0], pair.other[0]), reverse=True)
        if newer in sides and older in sides:
            found = pair.found
            why, doubts, vetoes = (in_words(codes, language) for codes in (found.reasons, found.doubts, found.vetoes))
            shown.append(Pair(sides[newer], sides[older], why, doubts, vetoes, SAME_NIGHT in found.reasons))
    return shown


def _told_apart(desk: Desk, apart: Sequence[judgements.Apart], language: str) -> list[Pair]:
    sides = sides_of(desk, {UUID(bytes=key) for pair in apart for key in (pair.low, pair.high)}, language)
    events = {position: told.event for position, told in desk.tracker.log.at(pair.position for pair in apart).items()}
    teller = desk.teller(events.values())
    shown = []
    for pair in apart:
        newer, older = UUID(bytes=pair.high), UUID(bytes=pair.low)
        if newer in sides and older in sides and pair.position in events:
            told = teller.tell(events[pair.position], language)
            entry = {"kind": "people", "record": UUID(bytes=pair.record), "version": pair.version}
            shown.append(Pair(sides[newer], sides[older], told=told, entry=entry))
    return shown


def sides_of(desk: Desk, persons: Collection[UUID], language: str) -> dict[UUID, Side]:
    """These files as far as they are there and stand, each with the others of the same person."""
    with desk.tracker.views() as db:
        clusters = people.clusters(db, {person.bytes for person in persons})
        keys = {file for files in clusters.values() for file in files}
        gone = people.forgotten_among(db, keys)
        rows = {row.person: row for some in people.portions(keys) for row in people.rows_of(db, some)}
        names = _names(desk, db, keys - gone, language)
        custodies: dict[bytes, list[Any]] = {}
        for custody in case_files.detentions_of(db, keys - gone):
            custodies.setdefault(custody.person, []).append(custody)
    stays = _stays(desk, custodies, language)
    found = {}
    for person in persons:
        files = clusters[person.bytes]
        row = rows.get(person.bytes)
        if row is not None and row.stands and gone.isdisjoint(files):
            own = [stay for file in files for stay in stays.get(file, ())]
            called = list(dict.fromkeys(name for file in files for name in names.get(file, ())))
            found[person] = Side(person, short_id(person), called, own[-MOST_STAYS:], len(own[:-MOST_STAYS]))
    return found


def _names(desk: Desk, db: Views, keys: Collection[bytes], language: str) -> dict[bytes, list[str]]:
    """All names that stand, the full one first, another kind with what it is."""
    known = people.names_of(db, keys)
    events = desk.tracker.log.at(position for positions in known.values() for position in positions)
    told: dict[int, Any] = {position: found.event.says for position, found in events.items()}
    teller = desk.teller(told.values())
    names: dict[bytes, list[str]] = {}
    for person, positions in known.items():
        given: list[Person.Named] = [told[position] for position in reversed(positions) if position in told]
        for named in sorted(given, key=lambda named: named.kind != "full"):
            name = teller.name(named.name)
            told_so = name if named.kind == "full" else f"{name} ({NAME_KINDS.label(named.kind, language)})"
            names.setdefault(person, []).append(told_so)
    return names


def _stays(desk: Desk, custodies: Mapping[bytes, Sequence[Any]], language: str) -> dict[bytes, list[Stay]]:
    """The detentions, without the words they were told in."""
    standing = {UUID(bytes=row.detention): row for rows in custodies.values() for row in rows if row.stands}
    teller, gazetteer = desk.teller(), desk.tracker.gazetteer
    told: dict[UUID, Detention.Recorded] = {}
    for _, event in sorted(desk.tracker.log.of(standing), key=lambda found: found.position):
        restated = event.says
        if isinstance(restated, Detention.Recorded):
            told[event.originator_id] = restated
    found: dict[bytes, list[Stay]] = {}
    for detention, row in standing.items():
        recorded = told[detention]
        when = teller.when(recorded.when, language) if recorded.when is not None else ""
        where = teller.place(recorded.place, language) if recorded.place is not None else ""
        station = gazetteer.station_name(row.station, language) if row.station else ""
        found.setdefault(row.person, []).append(Stay(when, where, station, state_of(row)))
    return found
