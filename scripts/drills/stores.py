"""Whether the stores are in order: every event reads, without a gap, and the views are what a rebuild makes of them."""

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select

from projections.log import Log
from projections.projector import Projector
from projections.rebuilding import rebuild
from web.wiring import Tracker

PAGE = 1_000


def what_is_unreadable(tracker: Tracker) -> Iterator[str]:
    """Of the record and of the access log: positions that are missing, records whose versions are not 1, 2, 3 ..."""
    for name, log in (("record", tracker.log), ("access log", tracker.access.log)):
        yield from (f"the {name}: {complaint}" for complaint in _unreadable(log))


def _unreadable(log: Log) -> Iterator[str]:
    versions, expected, last = Counter[UUID](), 0, log.last()
    while page := log.page(expected, PAGE):
        for told in page:
            expected += 1
            versions[told.event.originator_id] += 1
            if told.position != expected:
                yield f"position {expected} is missing"
                expected = told.position
            if told.event.originator_version != versions[told.event.originator_id]:
                yield f"position {told.position} has version {told.event.originator_version}"
    if expected != last:
        yield f"reads up to {expected} of {last}"


def views_as_rebuilt(tracker: Tracker) -> Iterator[str]:
    """Views that a rebuild from the first event makes different."""
    for projector in (tracker.projector, tracker.readings):
        projector.follow()
        before = _contents(tracker, projector)
        rebuild(projector)
        after = _contents(tracker, projector)
        yield from (f"the view {name} is not what a rebuild makes of it" for name in before if before[name] != after[name])


def _contents(tracker: Tracker, projector: Projector) -> dict[str, list[tuple[object, ...]]]:
    with tracker.views() as db:
        return {
            view.name: sorted((tuple(row) for row in db.execute(select(view.table))), key=repr)
            for projection in projector.projections.values()
            for view in projection.views
        }
