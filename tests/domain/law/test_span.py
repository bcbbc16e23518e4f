"""Arithmetic with intervals: narrower times in, narrower times out, and an open end stays open."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.law.span import Length, Span, between, first_of, hull, last_of, nth_last

NOON = datetime(2022, 3, 6, 12, tzinfo=UTC)


def at(first: int | None, last: int | None) -> Span:
    """Minutes after noon; None is open."""
    return Span(*(NOON + timedelta(minutes=end) if end is not None else None for end in (first, last)))


def holds(outer: Span, inner: Span) -> bool:
    begins = outer.earliest is None or (inner.earliest is not None and outer.earliest <= inner.earliest)
    return begins and (outer.latest is None or (inner.latest is not None and inner.latest <= outer.latest))


minutes = st.integers(0, 100)
instants = st.builds(lambda minute: at(minute, minute), minutes)


@st.composite
def around(draw: st.DrawFn, inner: Span) -> Span:
    """An interval that holds another one."""
    less, more = draw(st.integers(0, 30)), draw(st.integers(0, 30))
    first = None if draw(st.booleans()) or inner.earliest is None else inner.earliest - timedelta(minutes=less)
    last = None if draw(st.booleans()) or inner.latest is None else inner.latest + timedelta(minutes=more)
    return Span(first, last)


@given(st.lists(instants, min_size=1, max_size=5), st.data())
def test_a_wider_interval_gives_an_answer_that_holds_the_narrower_one(times: list[Span], data: st.DataObject) -> None:
    wider = [data.draw(around(time)) for time in times]
    for combine in (first_of, last_of):
        assert holds(combine(*wider), combine(*times))
    assert holds(hull(wider), hull(times))
    for n in range(1, len(times) + 1):
        assert holds(nth_last(wider, n), nth_last(times, n))


def test_the_first_and_the_last_of_two_that_overlap() -> None:
    assert first_of(at(0, 20), at(10, 15)) == at(0, 15)
    assert last_of(at(0, 20), at(10, 15)) == at(10, 20)
    assert hull([at(0, 5), at(10, 15)]) == at(0, 15)


def test_an_open_end_stays_open_unless_the_other_decides() -> None:
    assert first_of(at(0, None), at(10, 15)) == at(0, 15)
    assert first_of(at(None, 5), at(10, 15)) == at(None, 5)
    assert last_of(at(0, None), at(10, 15)) == at(10, None)
    assert last_of(at(None, 5), at(10, 15)) == at(10, 15)
    assert hull([at(None, 5), at(10, None)]) == Span()


def test_how_long_from_one_to_the_other() -> None:
    assert between(at(0, 10), at(30, 40)) == Length(timedelta(minutes=20), timedelta(minutes=40))
    assert between(at(30, 40), at(0, 10)) == Length(timedelta(minutes=-40), timedelta(minutes=-20))
    assert between(at(None, 10), at(30, 40)) == Length(timedelta(minutes=20), None)


def test_the_third_from_the_end() -> None:
    assert nth_last([at(1, 1), at(2, 2), at(3, 3), at(4, 4)], 3) == at(2, 2)
    assert nth_last([at(0, None), at(2, 2), at(3, 3)], 3) == at(0, 2)
