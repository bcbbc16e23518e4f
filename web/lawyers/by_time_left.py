"""A lawyer's people by the time left: whoever is over a limit first, then who may be, then whose next limit is nearest.

The whole list is sorted by instants that were found when the entries were recorded (`projections/deadlines.py`); names are opened
and the law is asked anew for the people of one page only.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.law.answers import Clock, CustodyAnswer, State
from domain.vocabulary.articles import ARTICLES
from projections import assignments, case_files, deadlines, desks, people
from web.custody import FREE, HELD
from web.desk import Desk
from web.naming import names_of
from web.telling import clocks, spans
from web.telling.clock_words import CLOCKS, CONDITIONS, said
from web.wiring import Views

PAGE = 20
OVER, PERHAPS, RUNS, NOTHING = range(4)
"""How urgent: certainly over a limit, perhaps over it or nobody can tell, a limit runs, none does."""
_LATE = 2
_URGENCY = ("over", "perhaps", "runs", "nothing")
SHOWS = ("held", "overrun")


@dataclass(frozen=True, slots=True)
class Told:
    """One clock in words: `about` names the limit, `standing` says how it stands, `conditions` under which reading."""

    about: str
    standing: str
    conditions: str


@dataclass(frozen=True, slots=True)
class Row:
    """One person. `number` is the end of the file's number; `urgency` names the group the row stands in."""

    person: UUID
    number: str
    name: str
    urgency: str
    state: str
    where: str
    since: str
    held_for: str
    articles: str
    clocks: Sequence[Told]


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """One page. `counted` says how many people there are of each choice, `pages` how many pages the chosen one has."""

    rows: Sequence[Row]
    shows: str
    counted: Mapping[str, int]
    page: int
    pages: int


@dataclass(slots=True)
class _Person:
    """A person with all of their files and what runs in the detentions."""

    person: bytes
    files: Sequence[bytes]
    leading: tuple[int, int, Any] = (NOTHING, 1, None)
    """The detention that matters most, with its urgency."""
    among: set[str] = field(default_factory=lambda: {""})
    """The choices the person belongs to; "" is everybody."""

    def add(self, row: Any, now: int) -> None:
        """One of the person's detentions."""
        urgency, order = _urgency(row, now)
        if self.leading[2] is None or (urgency, order) < self.leading[:2]:
            self.leading = (urgency, order, row)
        if row.inside:
            self.among.add("held")
        if urgency == OVER or row.late == _LATE:
            self.among.add("overrun")


def time_left(desk: Desk, counsel: UUID, shows: str, page: int, language: str, now: datetime | None = None) -> TimeLeft:
    """The people of this lawyer's account."""
    moment = (now or datetime.now(UTC)).replace(microsecond=0)
    with desk.tracker.views() as db:
        found = _people(db, assignments.people_of(db, counsel.bytes), int(moment.timestamp()))
        chosen = sorted((one for one in found if shows in one.among), key=lambda one: (*one.leading[:2], one.person))
        pages = max(1, -(-len(chosen) // PAGE))
        page = min(max(1, page), pages)
        rows = _rows(desk, db, chosen[(page - 1) * PAGE : page * PAGE], moment, language)
    counted = Counter(shows for one in found for shows in one.among)
    return TimeLeft(rows, shows, counted, page, pages)


def most_urgent_first(db: Views, counsel: UUID) -> list[bytes]:
    """The people of a lawyer in the order of their desk."""
    found = _people(db, assignments.people_of(db, counsel.bytes), int(datetime.now(UTC).timestamp()))
    return [one.person for one in sorted(found, key=lambda one: (*one.leading[:2], one.person))]


def _people(db: Views, own: Collection[bytes], now: int) -> list[_Person]:
    """Whoever was forgotten or withdrawn is on no desk; files joined are one person, under the number that was given first."""
    joined, of_file, found = people.clusters(db, own), dict[bytes, _Person](), list[_Person]()
    for person in sorted(desks.standing_among(db, own)):
        if person not in of_file:
            found.append(_Person(person, joined[person]))
            of_file |= dict.fromkeys(joined[person], found[-1])
    for row in _asked(db, desks.of_people(db, of_file)):
        of_file[row.person].add(row, now)
    return found


def _asked(db: Views, rows: Sequence[Any]) -> Iterator[Any]:
    """Of a file that no lawyer was ever given, joined with one that was, the law is asked here."""
    unasked = [row.detention for row in rows if not row.wanted]
    whole = desks.with_what_was_said(db, unasked) if unasked else {}
    for row in rows:
        yield _Instants(row, **deadlines.instants_of(whole[row.detention])) if row.detention in whole else row


@dataclass(frozen=True, slots=True)
class _Instants:
    of: Any
    running: int
    first_due: int | None
    sure_due: int | None
    late: int

    def __getattr__(self, name: str) -> Any:
        return getattr(self.of, name)


def _urgency(row: Any, now: int) -> tuple[int, int]:
    """The group, and the order in it: the longest overrun first, then the nearest limit."""
    if row.running and row.sure_due is not None and row.sure_due < now:
        return OVER, row.sure_due
    if row.running and (row.first_due is None or row.first_due <= now):
        return PERHAPS, row.first_due or 0
    if row.running:
        return RUNS, row.first_due
    return NOTHING, 0 if row.inside else 1


def _rows(desk: Desk, db: Views, shown: Sequence[_Person], now: datetime, language: str) -> list[Row]:
    leading = {one.person: row for one in shown if (row := one.leading[2]) is not None}
    names = names_of(desk, db, [file for one in shown for file in one.files])
    whole = desks.with_what_was_said(db, [row.detention for row in leading.values()])
    places = {row.detention: row for row in case_files.detentions_of(db, [file for one in shown for file in one.files])}
    return [_row(desk, one, names, whole, places, now, language) for one in shown]


def _row(
    desk: Desk, one: _Person, names: Mapping[bytes, str], whole: Mapping[bytes, Any], places: Mapping[bytes, Any],
    now: datetime, language: str,
) -> Row:  # fmt: skip
    urgency, _, row = one.leading
    name = next((names[file] for file in one.files if names.get(file)), "")
    shown: dict[str, Any] = {
        "person": UUID(bytes=one.person),
        "number": one.person.hex()[-8:],
        "name": name,
        "urgency": _URGENCY[urgency],
    }
    if row is None or row.detention not in whole:
        return Row(**shown, state="", where="", since="", held_for="", articles="", clocks=())
    answer = deadlines.answer_of(whole[row.detention], now)
    elapsed = next(one for one in answer.elapsed if one.code == "since_restriction")
    told = _chosen(answer)
    return Row(
        **shown,
        state=HELD if row.inside else FREE,
        where=_where(desk, places.get(row.detention), language),
        since=spans.at(elapsed.begins, elapsed.zone, language, now),
        held_for=spans.length(elapsed.length, language),
        articles=", ".join(ARTICLES.label(code, language) for code in next((clock.articles for clock in told), ())),
        clocks=[_told(clock, now, language) for clock in told],
    )


def _where(desk: Desk, row: Any, language: str) -> str:
    """The station where they were last reported, else the city."""
    gazetteer = desk.tracker.gazetteer
    if row is not None and row.station:
        return gazetteer.station_name(row.station, language)
    return gazetteer.city_name(row.city, language) if row is not None and row.city else ""


_ORDER = (State.OVERRUN_CERTAINLY, State.OVERRUN_POSSIBLY, State.CANNOT_TELL, State.DUE_SOON, State.RUNNING)


def _chosen(answer: CustodyAnswer) -> list[Clock]:
    """The clock that matters most, and behind one that is over the next that runs; of who was let go, what was exceeded."""
    running = sorted(deadlines.running_in(answer), key=lambda clock: (_ORDER.index(clock.state), *_near(clock, answer.now)))
    if not running:
        late = (State.STOPPED_LATE_CERTAINLY, State.STOPPED_LATE_POSSIBLY)
        return [clock for clock in answer.clocks if clock.code in deadlines.LIMITS and clock.state in late][:1]
    to_come = [clock for clock in running[1:] if clock.state in (State.DUE_SOON, State.RUNNING)]
    return [running[0], *to_come[:1]] if running[0].state is State.OVERRUN_CERTAINLY else running[:1]


def _near(clock: Clock, now: datetime) -> tuple[float, float]:
    least = clock.over.least if clock.state is State.OVERRUN_CERTAINLY else None
    due = clock.due.earliest or now
    return (-least.total_seconds() if least is not None else 0.0, due.timestamp())


def _told(clock: Clock, now: datetime, language: str) -> Told:
    conditions = "; ".join(said(CONDITIONS, code, language) for code in clock.conditions)
    return Told(said(CLOCKS, clock.code, language), clocks.standing(clock, now, language), conditions)
