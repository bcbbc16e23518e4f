"""What a lawyer's desk asks: which of these people are still to be shown, and when their limits and deadlines run out."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from domain.law.answers import CaseAnswer, CustodyAnswer
from projections.deadline_tables import against, case_answer, cases, custody, custody_answer, dues_in, instants_in
from projections.kept import loads
from projections.people import people, portions


def standing_among(db: Connection, persons: Collection[bytes]) -> set[bytes]:
    """Those of these files that stand, and whose person was not forgotten."""
    table, found = people.table, set[bytes]()
    stands = select(table.c.person).where(table.c.stands == 1, table.c.forgotten == 0)
    for some in portions(persons):
        found |= set(db.scalars(stands.where(table.c.person.in_(some))))
    return found


def detentions_of(db: Connection, files: Collection[bytes]) -> Sequence[Row[Any]]:
    """The detentions of these people that stand, in no order, without what was said of them."""
    table = custody.table.c
    asked = [table[name] for name in ("detention", "person", "wanted", "inside", "running", "first_due", "sure_due", "late")]
    chosen = select(*asked).where(table.stands == 1)
    return [row for some in portions(files) for row in db.execute(chosen.where(table.person.in_(some)))]


def cases_of(db: Connection, files: Collection[bytes]) -> Sequence[Row[Any]]:
    """The cases against these people that stand, a row for each defendant among them."""
    table = against.table.c
    asked = [table[name] for name in ("proceeding", "person", "wanted", "dues")]
    chosen = select(*asked).where(table.stands == 1)
    return [row for some in portions(files) for row in db.execute(chosen.where(table.person.in_(some)))]


def answers_in_custody(
    db: Connection, detentions: Collection[bytes], now: datetime | None = None
) -> dict[bytes, CustodyAnswer | None]:
    """What the law says of these detentions at a moment."""
    table, told = custody.table, cases.table
    rows = [row for some in portions(detentions) for row in db.execute(select(table).where(table.c.detention.in_(some)))]
    led_to = {bytes.fromhex(case) for row in rows for case in loads(row.cases)}
    known: dict[bytes, str] = {}
    for some in portions(led_to):
        known |= {
            row.proceeding: row.told for row in db.execute(select(told).where(told.c.proceeding.in_(some), told.c.stands == 1))
        }
    found = {}
    for row in rows:
        of_cases = [bytes.fromhex(case) for case in loads(row.cases)]
        found[row.detention] = custody_answer(row, [(case, known[case]) for case in of_cases if case in known], now)
    return found


def answers_in_cases(
    db: Connection, pairs: Collection[tuple[bytes, bytes]], now: datetime | None = None
) -> dict[tuple[bytes, bytes], CaseAnswer]:
    """What the law says of these cases, each for one defendant."""
    table = cases.table
    known: dict[bytes, str] = {}
    for some in portions({case for case, _ in pairs}):
        known |= {row.proceeding: row.told for row in db.execute(select(table).where(table.c.proceeding.in_(some)))}
    return {(case, person): case_answer(known[case], case, person, now) for case, person in pairs if case in known}


def asked_now(db: Connection, rows: Sequence[Any]) -> dict[Any, Any]:
    """Of rows of files that no lawyer was ever given, what those of the others have ready: the instants of a detention by its
    number, what is due in a case by the numbers of the case and of the person."""
    if not rows:
        return {}
    held = answers_in_custody(db, [row.detention for row in rows if hasattr(row, "detention")])
    charged = answers_in_cases(db, [(row.proceeding, row.person) for row in rows if hasattr(row, "proceeding")])
    instants = {key: instants_in(answer) for key, answer in held.items()}
    return {**instants, **{key: dues_in(answer) for key, answer in charged.items()}}
