"""Proceedings: who is proceeded against in which case, and the days in court that lie ahead or are over.

Read by lawyers: the case file, the desk, the calendar of hearings. Invariant: one row for each case ever opened, one for each
person ever said to be a defendant in it, one for each hearing ever set or first told of by being moved; what was taken back stays
with `stands` 0. A hearing is over once an entry that stands says that it was held.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, SmallInteger, String, Text, and_, or_, select

from domain.moment import When
from domain.place import Place
from domain.proceeding import Proceeding
from projections.batch import Batch
from projections.kept import dumps, loads
from projections.projection import Projection, RecordKey

AT_ONCE = 500
"""People asked for in one statement."""

projection = Projection("proceedings", version=1)

proceedings = projection.table(
    "proceedings",
    Column("proceeding", RecordKey, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("article", String(40), nullable=False),
    Column("charges", Text, nullable=False),
    Column("closed", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
)
"""`article` is the one it was opened under; `charges` and `closed` are what was said since, by the number of the entry: whom it
concerns ("" for everybody) and, of a charge, the article."""
defendants = projection.table(
    "defendants",
    Column("proceeding", RecordKey, primary_key=True),
    Column("person", RecordKey, primary_key=True),
    Column("versions", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["person"]],
)
"""`versions` are the entries that stand and say so: 1 for those it was opened against."""
hearings = projection.table(
    "hearings",
    Column("proceeding", RecordKey, primary_key=True),
    Column("hearing", Integer, primary_key=True),
    Column("person", RecordKey),
    Column("told", Text, nullable=False),
    Column("held", Text, nullable=False),
    Column("due", BigInteger),
    Column("latest", BigInteger),
    Column("zone", String(60)),
    Column("city", Integer),
    Column("kind", String(20), nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["due"]],
)
"""`hearing` is the number of the entry that set it; `person` is None where it concerns all. `told` and `held` are the entries
that stand about it. `due` to `latest` is when it is to be (seconds since 1970), by the last of those; None where nobody knows.
`changed` is the position of the last of them."""
entries = projection.table(
    "entries",
    Column("proceeding", RecordKey, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("what", String(10), nullable=False),
    Column("person", RecordKey),
    Column("hearing", Integer),
)
"""What each entry changed here, for when it is taken back."""


@projection.on(Proceeding.Opened)
def open_case(views: Batch, event: Proceeding.Opened) -> None:
    """A case, or the same one restated."""
    key = event.originator_id.bytes
    known = views.get(proceedings, key) if views.restating else None
    views.put(
        proceedings,
        key,
        position=known.position if known is not None else views.position,
        kind=event.kind,
        article=event.article,
        charges=known.charges if known is not None else "{}",
        closed=known.closed if known is not None else "{}",
        stands=1,
    )
    for person in event.persons:
        _name(views, key, person.bytes, event.originator_version, said=True)


@projection.on(Proceeding.DefendantJoined)
def join(views: Batch, event: Proceeding.DefendantJoined) -> None:
    """One more defendant."""
    _remember(views, event, "joined", None)
    _name(views, event.originator_id.bytes, event.person.bytes, event.originator_version, said=True)


def _remember(views: Batch, event: Any, what: str, hearing: int | None) -> None:
    person = event.person.bytes if event.person is not None else None
    views.put(entries, (event.originator_id.bytes, event.originator_version), what=what, person=person, hearing=hearing)


def _name(views: Batch, case: bytes, person: bytes, version: int, *, said: bool) -> None:
    row = views.get(defendants, (case, person))
    versions = {int(number) for number in row.versions.split()} if row is not None else set()
    versions = versions | {version} if said else versions - {version}
    told = " ".join(str(number) for number in sorted(versions))
    views.put(defendants, (case, person), versions=told, stands=int(bool(versions)))


@projection.on(Proceeding.ChargeChanged)
def change_charge(views: Batch, event: Proceeding.ChargeChanged) -> None:
    """Another article."""
    _note(views, "charges", event, event.article)


@projection.on(Proceeding.Closed)
def close(views: Batch, event: Proceeding.Closed) -> None:
    """It is over."""
    _note(views, "closed", event, event.outcome)


def _note(views: Batch, column: str, event: Proceeding.Entered, code: str) -> None:
    _remember(views, event, column, None)
    row = views.get(proceedings, event.originator_id.bytes)
    said = loads(getattr(row, column))
    said[str(event.originator_version)] = [event.person.hex if event.person is not None else "", code]
    views.set(proceedings, row.proceeding, **{column: dumps(said, sort_keys=True)})


@projection.on(Proceeding.HearingSet)
def set_hearing(views: Batch, event: Proceeding.HearingSet) -> None:
    """A day in court."""
    _tell(views, event, event.originator_version, event.due, event.place, event.kind)


@projection.on(Proceeding.HearingMoved)
def move_hearing(views: Batch, event: Proceeding.HearingMoved) -> None:
    """Another day instead of the one told of last, or nobody knows which."""
    _tell(views, event, event.hearing or event.originator_version, event.due, event.place, None)


def _tell(views: Batch, event: Proceeding.Entered, hearing: int, due: When | None, place: Place | None, kind: str | None) -> None:
    if views.restating:
        _undo(views, event.originator_id.bytes, event.originator_version)
    _remember(views, event, "told", hearing)
    key = (event.originator_id.bytes, hearing)
    row = views.get(hearings, key)
    if row is None:
        person = event.person.bytes if event.person is not None else None
        unsaid: dict[str, Any] = {"due": None, "latest": None, "zone": None, "city": None, "kind": "unknown", "changed": 0}
        row = views.put(hearings, key, person=person, told="{}", held="", stands=1, **unsaid)
    told = loads(row.told)
    when = [int(due.earliest.timestamp()), int(due.latest.timestamp()), due.zone] if due is not None else [None, None, None]
    told[str(event.originator_version)] = [*when, place.city if place is not None else None, kind]
    _settle(views, key, told)


def _settle(views: Batch, key: tuple[bytes, int], told: dict[str, list[Any]]) -> None:
    """What the entries that stand say together: the last decides when, the last that says so where and on what."""
    said = [told[number] for number in sorted(told, key=int)]
    if not said:  # taken back: it keeps when it was to be, for the calendars that have it
        views.set(hearings, key, told="{}", changed=views.position, stands=0)
        return
    due, latest, zone = said[-1][:3]
    city = next((one[3] for one in reversed(said) if one[3] is not None), None)
    kind = next((one[4] for one in reversed(said) if one[4] is not None), "unknown")
    facts = {"told": dumps(told, sort_keys=True), "due": due, "latest": latest, "zone": zone, "city": city, "kind": kind}
    # what moved a hearing nobody ever set, or set it, is what it is known by: without that entry there is none
    views.set(hearings, key, **facts, changed=views.position, stands=int(str(key[1]) in told))


@projection.on(Proceeding.HearingHeld)
def hold_hearing(views: Batch, event: Proceeding.HearingHeld) -> None:
    """It lies ahead no more."""
    if views.restating:
        _undo(views, event.originator_id.bytes, event.originator_version)
    if event.hearing is not None:
        _remember(views, event, "held", event.hearing)
        _hold(views, (event.originator_id.bytes, event.hearing), event.originator_version, said=True)


def _hold(views: Batch, key: tuple[bytes, int], version: int, *, said: bool) -> None:
    row = views.get(hearings, key)
    if row is not None:
        versions = {int(number) for number in row.held.split()}
        versions = versions | {version} if said else versions - {version}
        views.set(hearings, key, held=" ".join(str(one) for one in sorted(versions)), changed=views.position)


@projection.on(Proceeding.Withdrawn)
def take_back(views: Batch, event: Proceeding.Withdrawn) -> None:
    """The whole case, or whatever this entry said."""
    key = event.originator_id.bytes
    row = views.get(proceedings, key)
    if row is None:
        return
    if event.version is None:
        views.set(proceedings, key, stands=0)
    else:
        _undo(views, key, event.version)


def _undo(views: Batch, key: bytes, version: int) -> None:
    """Whatever an entry said."""
    row, entry = views.get(proceedings, key), views.get(entries, (key, version))
    match entry.what if entry is not None else "":
        case "joined":
            _name(views, key, entry.person, version, said=False)
        case "charges" | "closed" as column:
            said = loads(getattr(row, column))
            said.pop(str(version), None)
            views.set(proceedings, key, **{column: dumps(said, sort_keys=True)})
        case "told":
            hearing = views.get(hearings, (key, entry.hearing))
            told = loads(hearing.told)
            told.pop(str(version), None)
            _settle(views, (key, entry.hearing), told)
        case "held":
            _hold(views, (key, entry.hearing), version, said=False)


def one(db: Connection, proceeding: bytes) -> Row[Any] | None:
    """One case's row."""
    return db.execute(select(proceedings.table).where(proceedings.table.c.proceeding == proceeding)).one_or_none()


def of_people(db: Connection, people: Collection[bytes]) -> Sequence[Row[Any]]:
    """The cases that stand in which any of these people is a defendant by an entry that stands, in the order in which they were
    opened: the case's columns, and `person`, one row for each of these people."""
    table, who = proceedings.table, defendants.table
    joined = select(table, who.c.person).join(who, who.c.proceeding == table.c.proceeding)
    joined = joined.where(table.c.stands == 1, who.c.stands == 1)
    found = [row for some in _portions(people) for row in db.execute(joined.where(who.c.person.in_(some))).all()]
    return sorted(found, key=lambda row: (row.position, row.person))


def defendants_of(db: Connection, proceeding: bytes, *, standing: bool = True) -> list[bytes]:
    """Who is proceeded against in a case, by entries that stand; or who was ever said to be."""
    table = defendants.table.c
    found = select(table.person).where(table.proceeding == proceeding)
    return sorted(db.scalars(found.where(table.stands == 1) if standing else found))


def article_for(row: Any, person: UUID) -> str:
    """The article recorded last in a case for one defendant."""
    return _said_last(row.charges, person) or str(row.article)


def ended_for(row: Any, person: UUID) -> str:
    """How a case ended for one defendant, "" while nobody says that it did."""
    return _said_last(row.closed, person)


def _said_last(told: str, person: UUID) -> str:
    said = loads(told)
    return next((said[one][1] for one in sorted(said, key=int, reverse=True) if said[one][0] in ("", person.hex)), "")


def hearings_of(
    db: Connection, people: Collection[bytes], *, since: int | None = None, until: int | None = None, withdrawn: bool = False
) -> Sequence[Row[Any]]:
    """The hearings that stand and of which nobody has said that they were held, in the cases of these people, that concern any of
    them: the hearing's columns, `defendant`, which of them it concerns, one row for each, and whether that one
    is `in_case`. In order of time; those of which
    nobody knows when come last, and only where no period is asked for (seconds since 1970, `until` excluded). With `withdrawn`
    also those that were held or taken back, by themselves or with their case, for a calendar that has them."""
    table, who, case = hearings.table.c, defendants.table.c, proceedings.table.c
    joined = (
        select(hearings.table, who.person.label("defendant"), and_(case.stands == 1, who.stands == 1).label("in_case"))
        .join(defendants.table, who.proceeding == table.proceeding)
        .join(proceedings.table, case.proceeding == table.proceeding)
        .where(or_(table.person.is_(None), table.person == who.person))
    )
    if not withdrawn:
        joined = joined.where(case.stands == 1, who.stands == 1, table.stands == 1, table.held == "")
    if since is not None:
        joined = joined.where(table.latest >= since)
    if until is not None:
        joined = joined.where(table.due < until)
    found = [row for some in _portions(people) for row in db.execute(joined.where(who.person.in_(some))).all()]
    return sorted(found, key=lambda row: (row.due is None, row.due or 0, row.proceeding, row.hearing, row.defendant))


def next_hearings(db: Connection, people: Collection[bytes], since: int) -> dict[bytes, Row[Any]]:
    """For each of these people the first hearing that may not be over yet at `since`; who has none is left out."""
    found: dict[bytes, Row[Any]] = {}
    for row in hearings_of(db, people, since=since):
        found.setdefault(row.defendant, row)
    return found


def _portions(people: Collection[bytes]) -> list[list[bytes]]:
    wanted = list(dict.fromkeys(people))
    return [wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE)]
