"""What a clock on the wall of some town means in UTC. Read by `moment.py`, and by whoever needs the first second of a local day.

Twice a year most clocks are set: an hour is passed over, or shown twice. A time told in such an hour has two readings, and both
are kept, because nobody can ask the teller's watch.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.errors import RuleBroken

_NO_PLACE = frozenset({"localtime", "posixrules", "Factory"})
"""Files of the time zone database that name no place: what they mean depends on the machine."""

_LAST_SECOND = time(23, 59, 59)


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo:
    """The IANA time zone of that name. RuleBroken("unknown_zone") when there is none."""
    if name in _NO_PLACE or name.startswith(("posix/", "right/")):
        raise RuleBroken("unknown_zone", zone=name)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: the name of a folder ("Europe")
        raise RuleBroken("unknown_zone", zone=name) from None


def readings(wall: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The earlier and the later instant (UTC) that a naive local time may mean; equal unless the clocks were being set.

    RuleBroken("no_such_date") at the two ends of the calendar (years 1 and 9999), where UTC has no such date.
    """
    before, after = _offsets(wall, zone)
    try:
        first = (wall - before).replace(tzinfo=UTC)
        if before == after:
            return first, first
        second = (wall - after).replace(tzinfo=UTC)
    except OverflowError:
        raise RuleBroken("no_such_date", date=wall.date().isoformat()) from None
    return (first, second) if first <= second else (second, first)


@lru_cache(maxsize=4096)
def first_and_last_second(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first second of the local day `first` and the last second of the local day `last`, in UTC.

    A day that begins in a skipped hour begins when the clocks are set. A day the calendar of the place passed over (Samoa,
    30 December 2011) is its neighbours: both readings of it. Remembered, because the rows of a file share their days.
    """
    morning, night = datetime.combine(first, time.min), datetime.combine(last, _LAST_SECOND)
    begins, ends = readings(morning, zone)[0], readings(night, zone)[1]
    skipped_morning, skipped_night = _is_skipped(morning, zone), _is_skipped(night, zone)
    if skipped_morning and skipped_night and first == last:
        return begins, ends
    if skipped_morning:
        begins = _clocks_set(morning, zone)
    if skipped_night:
        ends = _clocks_set(night, zone) - timedelta(seconds=1)
    return begins, ends


def _offsets(wall: datetime, zone: ZoneInfo) -> tuple[timedelta, timedelta]:
    """The offset before and after the clocks are set (PEP 495: fold); the same on every ordinary hour."""
    local = wall.replace(tzinfo=zone, fold=0)
    before, after = local.utcoffset(), local.replace(fold=1).utcoffset()
    return before or timedelta(0), after or timedelta(0)  # a ZoneInfo always answers for a whole datetime


def _is_skipped(wall: datetime, zone: ZoneInfo) -> bool:
    before, after = _offsets(wall, zone)
    return before < after


def _clocks_set(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which the clocks jumped over `wall`, found by halving: there is one change between its two readings."""
    low, high = readings(wall, zone)
    old = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high
