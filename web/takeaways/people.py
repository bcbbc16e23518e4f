"""That facts about people leave is written down before they do, with everybody they are about."""

from uuid import UUID

from projections.figures import Definition
from projections.figures.facts import people_behind
from web.wiring import Tracker

AT_ONCE = 2000
"""People named in one act of the access log."""


def note_that_they_leave(tracker: Tracker, account: UUID, definition: Definition, position: int) -> None:
    """One act for so many people; one that names nobody where the facts are about nobody. Raises NotLogged."""
    with tracker.views() as db:
        persons = sorted(people_behind(db, definition, position))
    for first in range(0, max(len(persons), 1), AT_ONCE):
        some = persons[first : first + AT_ONCE]
        tracker.access.exported(account, [UUID(bytes=person) for person in some], "table")
