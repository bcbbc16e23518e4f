"""What changed in a file between two moments: the five answers then and later, and every entry that came, or is of it no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from projections import people
from web.desk import Desk
from web.lawyers.answers import Answer
from web.lawyers.case_file import answers_then
from web.lawyers.known_on import Known
from web.lines import History, Line

MOST = 100
"""Entries that are told."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the answers at both times."""

    asked: str
    before: Answer | None
    after: Answer | None

    @property
    def differs(self) -> bool:
        """Whether it reads otherwise; clocks that went on running do."""
        return _words(self.before) != _words(self.after)


@dataclass(frozen=True, slots=True)
class Difference:
    """`came` are the entries recorded since, in the order in which they were; also those of files found to be of the same person
    since. `gone` is how many are not read with this file any more."""

    person: UUID
    before: Known
    after: Known
    forgotten: bool = False
    answers: Sequence[Compared] = ()
    came: Sequence[Line] = ()
    more: int = 0
    gone: int = 0


def difference_of(desk: Desk, person: UUID, before: Known, after: Known, language: str) -> Difference | None:
    """None for one that is not on record."""
    with desk.tracker.views() as db:
        now = people.cluster(db, person.bytes)
        rows = {row.person: row for row in people.rows_of(db, now)}
        if person.bytes not in rows:
            return None
        if any(row.forgotten for row in rows.values()):
            return Difference(person, before, after, forgotten=True)
        _, earlier, first = answers_then(desk, db, person, before, language)
        _, later, second = answers_then(desk, db, person, after, language)
    had, has = _positions(earlier), _positions(later)
    came = sorted(has - had)
    told = came[:MOST]
    lines = sorted(later.opening(told).lines(told), key=lambda line: line.position)
    return Difference(person, before, after, False, _compared(first, second), lines, len(came) - len(told), len(had - has))


def _positions(history: History) -> set[int]:
    return {position for position, _event in history.told}


def _compared(first: Sequence[Answer], second: Sequence[Answer]) -> list[Compared]:
    before, after = ({answer.asked: answer for answer in answers} for answers in (first, second))
    return [Compared(asked, before.get(asked), after.get(asked)) for asked in dict.fromkeys([*after, *before])]


def _words(answer: Answer | None) -> tuple[str, ...]:
    return (answer.told, *(clock.text for clock in answer.clocks)) if answer is not None else ()
