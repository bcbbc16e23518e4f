"""How a clock stands, from when it was due, when it was stopped and what time it is. The one place where that is decided.

The law that the tests hold this to: when a time becomes known more closely, "certainly" stays "certainly", and nothing that was
certain of the wider interval is contradicted.
"""

from datetime import datetime, timedelta

from domain.law.answers import IN_TIME, State
from domain.law.rules import Limit
from domain.law.span import Length, Span, between

NEAR = 6
"""A clock is due soon in the last sixth of its limit: 30 minutes of three hours, 8 hours of 48, 10 days of 60."""

_NOTHING = timedelta(0)


def judge(
    due: Span, stop: Span | None, now: datetime, limit: Limit, missing: tuple[str, ...] = ()
) -> tuple[State, Length, Span | None]:
    """The state, how far beyond the limit, and the stop as it was known by `now`.

    Exactly at the limit is in time. A stop that lies ahead has not happened. What is `missing` turns "possibly"
    into "cannot tell".
    """
    if stop is None or (stop.earliest is not None and stop.earliest > now):
        over = between(due, Span(now, now))
        return _running(over, due, now, limit, missing), over, None
    ended = Span(stop.earliest, min(stop.latest, now) if stop.latest else now)
    over = between(due, ended)
    if over.least is not None and over.least > _NOTHING:
        return State.STOPPED_LATE_CERTAINLY, over, ended
    if over.most is not None and over.most <= _NOTHING:
        return State.STOPPED_IN_TIME, over, ended
    return (State.CANNOT_TELL if missing else State.STOPPED_LATE_POSSIBLY), over, ended


def unless_silent(state: State, silent: bool) -> State:
    """What can be told of a duty when nobody said whether it was done: that it is not due yet, or was owed no more; not that it
    was neglected."""
    return State.CANNOT_TELL if silent and state not in IN_TIME else state


def _running(over: Length, due: Span, now: datetime, limit: Limit, missing: tuple[str, ...]) -> State:
    if over.most is not None and due.earliest is not None and over.most <= _NOTHING:
        return State.DUE_SOON if due.earliest - now <= limit.about / NEAR else State.RUNNING
    if over.least is not None and over.least > _NOTHING:
        return State.OVERRUN_CERTAINLY
    return State.CANNOT_TELL if missing else State.OVERRUN_POSSIBLY
