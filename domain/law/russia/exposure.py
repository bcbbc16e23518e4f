"""Windows in which one more act would be a crime: a year after a ruling under KoAP 20.3.3, 180 days with three under 20.2."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from domain.law.answers import Openness, Window
from domain.law.calendar import end_of, last_second, local_day, months_after
from domain.law.facts import Case
from domain.law.heard import Heard
from domain.law.rules import Limit
from domain.law.russia.cases import takes_effect
from domain.law.russia.counting import Pending
from domain.law.russia.held import as_start
from domain.law.russia.working_days import working_days
from domain.law.span import Span, nth_last

DISCREDITING = ("koap-20.3.3-1", "koap-20.3.3-2")
ASSEMBLY = ("koap-20.2", "koap-20.2-2", "koap-20.2-5", "koap-20.2-6.1", "koap-20.2-8")
MORE_THAN = 2
"""More than two rulings: with the third the window opens, and the fourth act is the crime."""
_YEAR, _HALF = Limit(365, "days"), Limit(180, "days")


def windows(known: Sequence[Case], now: datetime, zone: str | None) -> tuple[Window, ...]:
    """For each ruling under 20.3.3 both readings of the year; for those under 20.2 one window, if there are any."""
    found = [Pending.of(case, now, zone) for case in known]
    years = [window for case in found if case.facts.article in DISCREDITING for window in _year_after(case)]
    return (*years, *_rolling([case for case in found if case.facts.article in ASSEMBLY], now))


def _year_after(case: Pending) -> Iterator[Window]:
    effect, executed = takes_effect(case), case.hear("executed")
    if not effect.happened:
        return
    rules = case.rules("uk-280.3", Span())
    closes, _ = end_of(effect.span, _YEAR, case.zone, working_days())
    state = _openness(effect.span, closes, case.now)
    yield Window("uk-280.3", "from_effect", rules, state, effect.span, closes, case.zone, 1, 1, effect.untimed, as_start(effect))
    also = (*rules, *case.rules("koap-4.6", Span()))
    closes = _year_on(executed.span, case.zone) if executed.happened else Span(case.now, None)
    missing = (*effect.untimed, *(executed.untimed if executed.happened else ("executed",)))
    state = _openness(effect.span, closes, case.now)
    basis = (*as_start(effect), *as_start(executed))
    yield Window("uk-280.3", "after_execution", also, state, effect.span, closes, case.zone, 1, 1, missing, basis)


def _rolling(cases: Sequence[Pending], now: datetime) -> Iterator[Window]:
    """How many rulings took effect in the last 180 days, at least and at most; and when the window of the last three closes."""
    effects = [(case, effect) for case in cases if (effect := takes_effect(case)).happened]
    if not effects:
        return
    zone = effects[0][0].zone
    rules = effects[0][0].rules("uk-212.1", Span())
    inside = [_inside(effect, now, case.zone) for case, effect in effects]
    least, most = sum(1 for surely, _ in inside if surely), sum(1 for _, maybe in inside if maybe)
    missing = tuple(dict.fromkeys(name for _, effect in effects for name in effect.untimed))
    basis = tuple(basis for _, effect in effects for basis in as_start(effect))
    begun = [effect.span for _, effect in effects if effect.span.earliest is None or effect.span.earliest <= now]
    opens = closes = None
    if most > MORE_THAN:
        third_last = nth_last(begun, MORE_THAN + 1)
        opens = nth_last(begun, 1)
        closes, _ = end_of(third_last, _HALF, zone, working_days())
    state = Openness.OPEN if least > MORE_THAN else Openness.PERHAPS if most > MORE_THAN else Openness.CLOSED
    yield Window("uk-212.1", "more_than_two", rules, state, opens, closes, zone, least, most, missing, basis)


def _inside(effect: Heard, now: datetime, zone: str) -> tuple[bool, bool]:
    """Whether a ruling surely, and whether it possibly, took effect within the last 180 days."""
    closes, _ = end_of(effect.span, _HALF, zone, working_days())
    state = _openness(effect.span, closes, now)
    return state is Openness.OPEN, state in (Openness.OPEN, Openness.PERHAPS)


def _openness(opens: Span, closes: Span, now: datetime) -> Openness:
    """Whether `now` lies between; perhaps, where some of the times that may be true say so and others do not."""
    if opens.earliest is not None and opens.earliest > now:
        return Openness.NOT_YET
    if closes.latest is not None and closes.latest < now:
        return Openness.CLOSED
    begun = opens.latest is not None and opens.latest <= now
    goes_on = closes.earliest is not None and closes.earliest >= now
    return Openness.OPEN if begun and goes_on else Openness.PERHAPS


def _year_on(executed: Span, zone: str) -> Span:
    """The same day of the next year, to its last second."""

    def one(instant: datetime | None) -> datetime | None:
        return last_second(months_after(local_day(instant, zone), 12), zone) if instant else None

    return Span(one(executed.earliest), one(executed.latest))
