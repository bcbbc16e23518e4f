"""The tables of `deadlines.py`, and what the law says of a row in them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, SmallInteger, Text

from domain.detention import Detention
from domain.facts import CLOCK_TOLERANCE
from domain.law.answers import HOLDING, CaseAnswer, Clock, CustodyAnswer, State
from domain.law.country import CountryLaw, laws
from domain.law.court_acts import court_acts
from domain.law.custodies import custody_of, zone_in
from domain.law.facts import Custody
from domain.law.prosecutions import case_of
from domain.proceeding import Proceeding
from projections import kept_entries
from projections.kept import dumps
from projections.kept_entries import entries, last_told
from projections.projection import Projection, RecordKey

TO_DO = ("appeal", "fine", "remand_appeal", "sentence_appeal", "cassation")
"""The deadlines in a case by which the defence has to have done something."""
COUNTRY, ZONE = "RU", "Europe/Moscow"
"""What goes without saying where no entry names a place."""
LATE = {State.STOPPED_LATE_CERTAINLY: 2, State.STOPPED_LATE_POSSIBLY: 1}
OF_CUSTODY = frozenset({"when", "place", "kind", "article", "minor", "statuses", "call", "whom", "notice"})
"""What the law asks of the entries about a detention. No more of them is kept."""
UNASKED: Mapping[str, Any] = {"running": 0, "first_due": None, "sure_due": None, "late": 0}

projection = Projection("deadlines", version=3)

custody = projection.table(
    "custody",
    Column("detention", RecordKey, primary_key=True),
    Column("person", RecordKey, nullable=False),
    Column("wanted", SmallInteger, nullable=False),
    Column("inside", SmallInteger, nullable=False),
    Column("running", SmallInteger, nullable=False),
    Column("first_due", BigInteger),
    Column("sure_due", BigInteger),
    Column("late", SmallInteger, nullable=False),
    Column("cases", Text, nullable=False),
    Column("told", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["person"]],
)
"""Whether any limit runs, from when it may and from when it must be over; whether one was exceeded before it ended. `cases` are
those that the detention was said to have led to."""
persons = projection.table(
    "persons",
    Column("person", RecordKey, primary_key=True),
    Column("wanted", SmallInteger, nullable=False),
    Column("detentions", Text, nullable=False),
    Column("cases", Text, nullable=False),
    Column("told", Text, nullable=False),
)
"""`told` are the entries that gave the file to a lawyer, and whether they stand."""
cases = projection.table(
    "cases",
    Column("proceeding", RecordKey, primary_key=True),
    Column("told", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
)
against = projection.table(
    "against",
    Column("proceeding", RecordKey, primary_key=True),
    Column("person", RecordKey, primary_key=True),
    Column("wanted", SmallInteger, nullable=False),
    Column("dues", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["person"]],
)
"""A case, for one of its defendants: from when to when each thing is due that the defence has not done (None where not known)."""


def custody_answer(row: Any, told_of_cases: Iterable[tuple[bytes, str]], now: datetime | None = None) -> CustodyAnswer | None:
    """What the law says of a detention at a moment, or when the last of its entries was told; None for a country whose law is
    not on record. `told_of_cases` are the cases it may have led to, with what is told of each."""
    kept = kept_entries.read(row.told)
    acts, last = list[tuple[int, Any]](), last_told(kept)
    for case, told in told_of_cases:
        of_case = kept_entries.read(told)
        last = max(last, last_told(of_case))
        acts += entries(of_case, case)
    standing = list(entries(kept, row.detention, OF_CUSTODY))
    question = custody_in(standing, acts, row.detention, [row.person])
    if question is None:
        return None
    law, facts, zone = question
    return law.custody(facts, now or last + CLOCK_TOLERANCE, zone)


def custody_in(
    standing: Sequence[tuple[int, Any]], acts: Iterable[tuple[int, Any]], detention: bytes, files: Iterable[bytes]
) -> tuple[CountryLaw, Custody, str] | None:
    """The law that holds for a detention, the facts of it and the zone of its place; None for a country whose law is not on
    record. `acts` are the entries of cases it may have led to, `files` those of whoever was detained."""
    country = next((event.place.country for _, event in standing if getattr(event, "place", None)), None)
    law = laws().get(country or COUNTRY)
    if law is None or not standing:
        return None
    began = next((event.when for _, event in standing if isinstance(event, Detention.Recorded)), None)
    ruled, steps = court_acts(acts, UUID(bytes=detention), [UUID(bytes=file) for file in files], began)
    return law, custody_of(standing, ruled=ruled, steps=steps), zone_in(standing) or ZONE


def case_answer(told: str, case: bytes, person: bytes, now: datetime | None = None, held: str = "unknown") -> CaseAnswer:
    """What the law says of a case for one defendant."""
    kept = kept_entries.read(told)
    facts = case_of(entries(kept, case), [UUID(bytes=person)], held=held)
    return laws()[COUNTRY].case(facts, now or last_told(kept) + CLOCK_TOLERANCE, ZONE)


def defendants_in(told: str, case: bytes) -> set[bytes]:
    """Who is proceeded against, by the entries that stand."""
    found = set()
    for _, event in entries(kept_entries.read(told), case):
        if isinstance(event, Proceeding.Opened):
            found |= {person.bytes for person in event.persons}
        elif isinstance(event, Proceeding.DefendantJoined):
            found.add(event.person.bytes)
    return found


def running_in(answer: CustodyAnswer | CaseAnswer) -> list[Clock]:
    """The limits that nothing has ended, and what is left to do."""
    return [clock for clock in answer.clocks if clock.code in (*HOLDING, *TO_DO) and clock.stop is None]


def instants_in(answer: CustodyAnswer | None) -> dict[str, Any]:
    """What a row of `custody` says of it."""
    if answer is None:
        return dict(UNASKED)
    running = running_in(answer)
    return {
        "running": int(bool(running)),
        "first_due": min((_seconds(clock.due.earliest) for clock in running if clock.due.earliest), default=None),
        "sure_due": min((_seconds(clock.due.latest) for clock in running if clock.due.latest), default=None),
        "late": max((LATE.get(clock.state, 0) for clock in answer.clocks if clock.code in HOLDING), default=0),
    }


def dues_in(answer: CaseAnswer) -> str:
    """What a row of `against` says of it."""
    spans = [clock.due for clock in running_in(answer)]
    ends = [[due and _seconds(due) for due in (span.earliest, span.latest)] for span in spans]
    return dumps(sorted(ends, key=str))


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())
