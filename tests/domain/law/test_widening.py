"""The law of the clocks: what is certain of a wide interval stays certain of every narrower one within it.

So no overrun is ever invented by learning less, and none is hidden: widening an interval never turns "certainly overrun" into
"in time", and all numbers of the narrower answer lie within those of the wider.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.law.answers import IN_TIME, OVER, Clock, CustodyAnswer, Openness, State
from domain.law.country import laws
from domain.law.facts import Case, Charge, Claim, Claims, Custody
from domain.law.judging import judge
from domain.law.rules import Limit
from domain.law.span import Length, Span
from domain.moment import When

RUSSIA = laws()["RU"]
NOON = datetime(2022, 3, 6, 12, tzinfo=UTC)
DAY = datetime(2024, 10, 20, 12, tzinfo=UTC)
ZONES = ("Europe/Moscow", "Asia/Vladivostok", "Europe/Kaliningrad")
ARTICLES = ("koap-20.2-5", "koap-20.3.3-1", "koap-19.3-1", "koap-20.2", "other", "uk-207.3")

Pair = tuple[Any, Any]
"""The same facts known more and less closely."""

zones = st.sampled_from(ZONES)
answers = st.sampled_from(("yes", "no", "unknown"))


@st.composite
def times(
    draw: st.DrawFn, begins: datetime, ends: datetime, zone: str, *, unknown: bool = True
) -> tuple[When | None, When | None]:
    """A time known to some minutes, and the same known less closely, or not at all; neither beyond the bounds."""
    length = int((ends - begins).total_seconds() // 60)
    first = draw(st.integers(0, length))
    last = draw(st.integers(first, min(first + 90, length)))
    wider_first, wider_last = draw(st.integers(max(first - 200, 0), first)), draw(st.integers(last, min(last + 200, length)))
    narrow, wide = (
        When(begins + timedelta(minutes=one), begins + timedelta(minutes=two), zone)
        for one, two in ((first, last), (wider_first, wider_last))
    )
    return narrow, None if unknown and draw(st.integers(0, 4)) == 0 else wide


def claims(pair: tuple[When | None, When | None], **more: Any) -> tuple[Claims, Claims]:
    narrow, wide = pair
    return (Claim(narrow, **more),), (Claim(wide, **more),)


@st.composite
def custodies(draw: st.DrawFn) -> tuple[Custody, Custody, datetime]:
    """One detention told twice. Events keep their order, for reports that contradict each other promise nothing."""
    zone = draw(zones)
    hours = sorted(draw(st.lists(st.integers(1, 60), min_size=3, max_size=3)))
    marks = [NOON, *(NOON + timedelta(hours=hour) for hour in hours)]
    restrained = claims(draw(times(marks[0], marks[1], zone)))
    delivered = claims(draw(times(marks[1], marks[2], zone)))
    released = claims(draw(times(marks[2], marks[3], zone))) if draw(st.booleans()) else ((), ())
    first = draw(times(marks[1], marks[2], zone, unknown=False))
    second = draw(times(marks[2], marks[3], zone, unknown=False))
    articles = draw(st.lists(st.sampled_from(ARTICLES), max_size=2, unique=True))
    charges: tuple[list[Charge], list[Charge]] = ([], [])
    for article, (narrow, wide) in zip(articles, (first, second), strict=False):
        charges[0].append(Charge(article, narrow, replaces=True))
        charges[1].append(Charge(article, wide, replaces=True))
    steps = claims(draw(times(marks[0], marks[3], zone)), kind="call") if draw(st.booleans()) else ((), ())
    sobered = claims(draw(times(marks[2], marks[3], zone))) if draw(st.booleans()) else ((), ())
    told: dict[str, Any] = {"minor": draw(answers), "foreigner": draw(answers), "intoxicated": draw(answers)}
    made = [
        Custody(restrained[n], delivered[n], sobered[n], released[n], charges=tuple(charges[n]), steps=steps[n], **told)
        for n in (0, 1)
    ]
    now = marks[3] + timedelta(minutes=draw(st.integers(0, 4000)))
    return made[0], made[1], now


@st.composite
def cases(draw: st.DrawFn) -> tuple[Case, Case, datetime]:
    """One prosecution told twice, around the day on which ten sutki became ten days."""
    zone = draw(zones)
    marks = [DAY + timedelta(days=day) for day in (0, 12, 30, 70)]
    ruled = claims(draw(times(marks[0], marks[1], zone)))
    copy = claims(draw(times(marks[1], marks[2], zone)))
    appealed = claims(draw(times(marks[2], marks[3], zone))) if draw(st.booleans()) else ((), ())
    told: dict[str, Any] = {"article": draw(st.sampled_from(("koap-20.2-5", "koap-20.3.3-1", "uk-318"))), "held": draw(answers)}
    made = [Case(**told, ruled=ruled[n], copy_received=copy[n], appealed=appealed[n], penalties=("fine",)) for n in (0, 1)]
    return made[0], made[1], marks[3] + timedelta(days=draw(st.integers(0, 200)))


def contradictions(narrow: Clock, wide: Clock) -> list[str]:
    """Where the answer for the narrower times does not lie within the answer for the wider."""
    found = []
    if wide.state in OVER and narrow.state not in OVER:
        found.append(f"{wide.code} was certainly over, and is {narrow.state}")
    if wide.state in IN_TIME and narrow.state not in IN_TIME:
        found.append(f"{wide.code} was in time, and is {narrow.state}")
    if not within(narrow.due, wide.due):
        found.append(f"{wide.code}: due {narrow.due} is not within {wide.due}")
    if State.CANNOT_TELL not in (narrow.state, wide.state) and not shorter(narrow.over, wide.over):
        found.append(f"{wide.code}: over {narrow.over} is not within {wide.over}")
    return found


def within(inner: Span, outer: Span) -> bool:
    begins = outer.earliest is None or (inner.earliest is not None and outer.earliest <= inner.earliest)
    return begins and (outer.latest is None or (inner.latest is not None and inner.latest <= outer.latest))


def shorter(inner: Length, outer: Length) -> bool:
    least = outer.least is None or (inner.least is not None and outer.least <= inner.least)
    return least and (outer.most is None or (inner.most is not None and inner.most <= outer.most))


def by_name(clocks: tuple[Clock, ...]) -> dict[tuple[str, tuple[str, ...]], Clock]:
    return {(clock.code, clock.articles): clock for clock in clocks}


def compared(narrow: tuple[Clock, ...], wide: tuple[Clock, ...]) -> list[str]:
    known = by_name(wide)
    assert set(by_name(narrow)) == set(known)
    return [told for name, clock in by_name(narrow).items() for told in contradictions(clock, known[name])]


@settings(max_examples=400, deadline=None)
@given(custodies())
def test_learning_more_about_a_detention_contradicts_nothing_that_was_certain(told: tuple[Custody, Custody, datetime]) -> None:
    narrow, wide, now = told
    assert compared(RUSSIA.custody(narrow, now).clocks, RUSSIA.custody(wide, now).clocks) == []


@settings(max_examples=200, deadline=None)
@given(custodies())
def test_a_flag_that_was_certain_stays(told: tuple[Custody, Custody, datetime]) -> None:
    narrow, wide, now = told
    certain = {flag.code for flag in RUSSIA.custody(wide, now).flags if flag.certain and flag.code != "contradiction"}
    assert certain <= {flag.code for flag in RUSSIA.custody(narrow, now).flags if flag.certain}


@settings(max_examples=200, deadline=None)
@given(custodies())
def test_one_more_report_of_the_release_only_widens(told: tuple[Custody, Custody, datetime]) -> None:
    narrow, wide, now = told
    assume(narrow.released and wide.released[0].when is not None)
    both = replace(narrow, released=(*narrow.released, *wide.released))
    assert compared(RUSSIA.custody(narrow, now).clocks, RUSSIA.custody(both, now).clocks) == []


@settings(max_examples=200, deadline=None)
@given(cases())
def test_learning_more_about_a_case_contradicts_nothing_that_was_certain(told: tuple[Case, Case, datetime]) -> None:
    narrow, wide, now = told
    assert compared(RUSSIA.case(narrow, now, "Europe/Moscow").clocks, RUSSIA.case(wide, now, "Europe/Moscow").clocks) == []


@settings(max_examples=200, deadline=None)
@given(st.lists(times(DAY, DAY + timedelta(days=400), ZONES[0]), min_size=1, max_size=5), st.integers(0, 800), st.booleans())
def test_a_window_that_was_surely_open_or_closed_stays_so(told: list[Pair], days: int, army: bool) -> None:
    article, now = "koap-20.3.3-1" if army else "koap-20.2-5", DAY + timedelta(days=days)
    narrow, wide = (RUSSIA.exposure([Case(article, in_force=(Claim(pair[n]),)) for pair in told], now, ZONES[0]) for n in (0, 1))
    for one, other in zip(narrow, wide, strict=True):
        assert other.least <= one.least <= one.most <= other.most
        if other.state in (Openness.OPEN, Openness.CLOSED):
            assert one.state in (other.state, Openness.NOT_YET if other.state is Openness.CLOSED else other.state)


@settings(max_examples=200, deadline=None)
@given(custodies(), st.integers(1, 3000))
def test_an_overrun_does_not_go_away_with_time(told: tuple[Custody, Custody, datetime], minutes: int) -> None:
    facts, _, now = told
    later = by_name(RUSSIA.custody(facts, now + timedelta(minutes=minutes)).clocks)
    for name, clock in by_name(RUSSIA.custody(facts, now).clocks).items():
        if clock.state in OVER:
            assert later[name].state in OVER


def _swapped(due: Span, stop: Span | None, now: datetime) -> State:
    """A judge that takes the latest end for the earliest: what the laws above must notice."""
    wrong = Span(due.latest, due.earliest)
    return judge(wrong, stop, now, Limit(3))[0]


def _right(due: Span, stop: Span | None, now: datetime) -> State:
    return judge(due, stop, now, Limit(3))[0]


@pytest.mark.parametrize(("judging", "holds"), [(_right, True), (_swapped, False)])
def test_the_law_notices_a_judge_who_is_wrong(judging: Callable[..., State], holds: bool) -> None:
    minutes = [NOON + timedelta(minutes=minute) for minute in range(0, 40, 10)]
    narrow = [judging(Span(one, one), None, now) for one in minutes for now in minutes]
    wide = [judging(Span(minutes[0], minutes[-1]), None, now) for _ in minutes for now in minutes]
    pairs = list(zip(narrow, wide, strict=True))
    broken = [pair for pair in pairs for certain in (OVER, IN_TIME) if pair[1] in certain and pair[0] not in certain]
    assert (broken == []) is holds


def test_the_two_answers_of_the_generator_are_not_always_the_same() -> None:
    narrow = Custody(delivered=(Claim(When(NOON, NOON, ZONES[0])),), foreigner="no")
    wide = Custody(delivered=(Claim(When(NOON - timedelta(hours=1), NOON + timedelta(hours=1), ZONES[0])),), foreigner="no")
    now = NOON + timedelta(hours=3, minutes=30)
    states = [_state(RUSSIA.custody(facts, now)) for facts in (narrow, wide)]
    assert states == [State.OVERRUN_CERTAINLY, State.OVERRUN_POSSIBLY]


def _state(answer: CustodyAnswer) -> State:
    return answer.clocks[0].state
