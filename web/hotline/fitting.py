"""Which protest a report belongs to: one of the same city, of the same day or night."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.moment import When
from domain.place import Place
from projections import protests
from web.wiring import Tracker

_BEFORE, _AFTER = timedelta(hours=18), timedelta(hours=6)
"""So long before the report a protest may have begun, and so long after it, where times are not exact."""
_MOST = 200


def protest_there(tracker: Tracker, city: int, when: When | None, taken_from: Place | None) -> UUID | None:
    """The one protest of that time at the very place people were taken from."""
    if taken_from is None or taken_from.cell is None:
        return None
    there = [protest for protest, place in _of_that_time(tracker, city, when) if place.cell == taken_from.cell]
    return there[0] if len(there) == 1 else None


def protest_proposed(tracker: Tracker, city: int, when: When | None, taken_from: Place | None) -> UUID | None:
    """That one, or the only one in the city: for somebody to look at before it is recorded."""
    found = protest_there(tracker, city, when, taken_from)
    of_that_time = _of_that_time(tracker, city, when) if found is None else []
    return of_that_time[0][0] if len(of_that_time) == 1 else found


def _of_that_time(tracker: Tracker, city: int, when: When | None) -> Sequence[tuple[UUID, Place]]:
    now = datetime.now(UTC)
    first, last = (when.earliest, when.latest) if when is not None else (now, now)
    span = {"first": int((first - _BEFORE).timestamp()), "last": int((last + _AFTER).timestamp())}
    with tracker.views() as db:
        rows = protests.listed(db, city=city, limit=_MOST, **span)
    told = tracker.log.at(row.position for row in rows)
    return [(UUID(bytes=row.protest), told[row.position].event.says.place) for row in rows]
