"""How far a case has come, in a line: the last thing that happened in it to this person, by what is reported, or what is next.

A day in court that has passed with nothing reported of it is told as that: silence is no adjournment and no ruling.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from domain.proceeding import Proceeding
from domain.vocabulary.proceedings import APPEAL_OUTCOMES, CLOSINGS, HEARING_KINDS, HEARING_OUTCOMES, INTERIM, RULINGS
from projections.days import sort_time
from web.languages import translated as _
from web.lawyers.days_in_court import DayInCourt, days_in_court
from web.telling import Teller

_STEPS = (
    Proceeding.Opened, Proceeding.HearingSet, Proceeding.HearingMoved, Proceeding.HearingHeld, Proceeding.Ruled,
    Proceeding.Appealed, Proceeding.AppealDecided, Proceeding.CameIntoForce, Proceeding.FinePaid, Proceeding.ArrestServed,
    Proceeding.Closed,
)  # fmt: skip
"""What moves a case on. Who joined, what was searched and when a copy came does not."""
_SETTING = (Proceeding.HearingSet, Proceeding.HearingMoved)
"""Only the last of those that speak of one hearing says when it is, and none of them once it was held."""


def stage_of(entries: Iterable[Any], teller: Teller, now: datetime, language: str) -> str:
    """Of the entries of one case that stand and concern one person; "" where there is none."""
    steps = [event for event in entries if isinstance(event, _STEPS)]
    days = days_in_court(steps)
    last = _last([event for event in steps if not isinstance(event, _SETTING) or any(event is day.said for day in days)])
    match last:
        case Proceeding.Opened():
            return _("opened; no hearing is reported")
        case Proceeding.HearingSet() | Proceeding.HearingMoved():
            ahead = [day for day in days if day.is_ahead(now)]
            stands = next(day for day in days if day.said is last)
            return _hearing(ahead[0] if ahead and stands in ahead else stands, teller, now, language)
        case Proceeding.HearingHeld():
            return _("before the court: %(outcome)s", outcome=HEARING_OUTCOMES.label(last.outcome, language))
        case Proceeding.Ruled():
            return _ruling(last, language)
        case Proceeding.Appealed():
            return _("appealed, not decided yet")
        case Proceeding.AppealDecided():
            return _("appeal decided: %(outcome)s", outcome=APPEAL_OUTCOMES.label(last.outcome, language))
        case Proceeding.CameIntoForce():
            return _("the ruling took effect")
        case Proceeding.FinePaid():
            return (
                _("the fine was paid in full") if last.in_full == "yes" else _("a fine was paid, not in full as far as is known")
            )
        case Proceeding.ArrestServed():
            return _("the arrest was served")
        case Proceeding.Closed():
            return _("over: %(how)s", how=CLOSINGS.label(last.outcome, language))
    return ""


def _last(steps: list[Any]) -> Any:
    """In order of happening; what has no time came right after what was recorded before it."""
    latest, timed = 0, list[tuple[int, int, Any]]()
    for event in sorted(steps, key=lambda event: event.originator_version):
        latest = sort_time(getattr(event, "when", None) or getattr(event, "due", None)) or latest
        timed.append((latest, event.originator_version, event))
    return max(timed, key=lambda one: one[:2])[2] if timed else None


def _hearing(day: DayInCourt, teller: Teller, now: datetime, language: str) -> str:
    if day.said.due is None:
        return _("a hearing was moved, nobody knows to when")
    when = teller.when(day.said.due, language)
    if not day.is_ahead(now):
        return _("a hearing was due %(when)s; what came of it is not reported", when=when)
    kind = HEARING_KINDS.label(day.kind, language)
    return _("a hearing is due %(when)s, %(kind)s", when=when, kind=kind) if kind else _("a hearing is due %(when)s", when=when)


def _ruling(event: Any, language: str) -> str:
    outcome = RULINGS.label(event.outcome, language)
    return (
        _("before a ruling: %(outcome)s", outcome=outcome)
        if event.outcome in INTERIM
        else _("ruled: %(outcome)s", outcome=outcome)
    )
