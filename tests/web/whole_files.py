"""A case file as whoever turns all of its pages reads it, and a second installation whose log ends at a position.

Three things are always today's, in every past view: consent, who has the file, and who is to be forgotten or was. They are put
beside a file that was made from a log without a later word, so that two pages can be compared letter by letter.
"""

import shutil
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import render_template

from domain.casebook import Casebook
from domain.person import Person
from projections import case_files, people
from tests.trackers import ACCOUNT, COLLEAGUE, WISH, entry
from tests.web.seeding import opened
from web.desk import Desk
from web.entries.offers import OFFERS
from web.lawyers.case_file import CaseFile, case_file_of
from web.lawyers.chronicle import NEWEST, Asked
from web.lawyers.known_on import LONGEST, Known
from web.wiring import Tracker

NOW = datetime(2022, 3, 20, 12, tzinfo=UTC)
CENTURIES_LATER = datetime(2222, 3, 20, tzinfo=UTC)
PARTS = (
    "name", "withdrawn", "merged", "answers", "custodies", "missing", "sections", "cases", "windows", "exhibits", "chronicle",
)  # fmt: skip
"""What a file says of the past, by the names of its fields."""


def file_of(desk: Desk, person: UUID, position: int | None, asked: Asked | None = None) -> CaseFile | None:
    """One page of it, read at one moment."""
    return case_file_of(desk, person, "en", Known(position, NOW), asked or Asked())


def pages(
    desk: Desk, person: UUID, position: int | None, today: CaseFile | None = None, *, turned: bool = False, **leak: Any
) -> list[str]:
    """All of its pages as if they were read today of a position past; `turned` in the other order too, and of each detention
    alone. `leak` puts other parts into each of them."""
    first = file_of(desk, person, position)
    if first is None:
        return []
    record = first.chronicle
    wanted = [Asked(page=number) for number in range(1, record.last + 1)]
    if turned:
        wanted += [Asked(NEWEST, page=number) for number in range(1, record.last + 1)]
        wanted += [Asked(of=one) for one in record.alone]
    return [_page(file, today, leak) for asked in wanted if (file := file_of(desk, person, position, asked)) is not None]


def _page(file: CaseFile, today: CaseFile | None, leak: dict[str, Any]) -> str:
    if today is not None:
        consent = [one for one in file.missing if one.name == "consent-given"]
        wanted = [one for one in today.missing if one.name == "consent-given"]
        rest = [one for one in file.missing if one not in consent]
        place = 1 if rest and rest[0].name == "named" else 0
        file = replace(file, consent=today.consent, counsel=today.counsel, forgetting=today.forgetting)
        file = replace(file, missing=[*rest[:place], *wanted, *rest[place:]])
    told = {"offers": OFFERS, "command": UUID, "problem": "", "longest": LONGEST, "told_on": "then", "not_advice": ""}
    html = render_template("case_file.html", file=replace(file, known=Known(1, NOW), **leak), **told)
    return html.partition("<main")[2].partition("</main>")[0]  # without the frame, whose forms have tokens of their own


@contextmanager
def cut(home: Path, position: int, places: Path, gone: Collection[UUID] = ()) -> Iterator[Tracker]:
    """The same installation with a log that ends at a position: its views are folded anew. Whoever is forgotten today is
    forgotten there as well."""
    other = home.parent / "cut"
    shutil.copytree(home, other, ignore=shutil.ignore_patterns("views.*"))
    with closing(sqlite3.connect(other / "events.sqlite")) as db, db:
        db.execute("DELETE FROM stored_events WHERE rowid > ?", (position,))
    try:
        with opened(other, places) as tracker:
            tracker.bring_up_to_date()
            for person in _on_record(tracker, gone):
                _forget(tracker.casebook, person)
            tracker.bring_up_to_date()
            yield tracker
    finally:
        shutil.rmtree(other)


def _on_record(tracker: Tracker, persons: Collection[UUID]) -> list[UUID]:
    with tracker.views() as db:
        there = {row.person for row in people.rows_of(db, [person.bytes for person in persons])}
    return [person for person in persons if person.bytes in there and not tracker.casebook.is_forgotten(person)]


def _forget(book: Casebook, person: UUID) -> None:
    """By the rules, whatever had been asked for when the log ended."""
    if book.standing(Person, person).forgetting is None:
        book.request_forgetting(entry(), person, **WISH)
    asked = book.standing(Person, person).forgetting
    assert asked is not None
    if asked.due is None:
        account = COLLEAGUE if asked.requested_by == ACCOUNT else ACCOUNT
        book.approve_forgetting(entry(account=account), person, request=asked.request)
    book.forget(entry(), person, request=asked.request, now=CENTURIES_LATER)


def forgotten_in(tracker: Tracker, person: UUID, position: int) -> bool:
    """Whether somebody was forgotten whose file was, or is, read with this one."""
    with tracker.views() as db:
        then, now = (people.cluster(db, person.bytes, as_of=at) for at in (position, None))
        return bool(people.forgotten_among(db, [*then, *now]))


def of_the_forgotten(tracker: Tracker, incidents: Collection[UUID], gone: Collection[UUID]) -> set[UUID]:
    """Those among these incidents that today are said to have been done to somebody who was forgotten."""
    with tracker.views() as db:
        done_to = case_files.persons_of(db, [incident.bytes for incident in incidents]) if incidents else {}
    return {UUID(bytes=key) for key, person in done_to.items() if UUID(bytes=person) in gone}
