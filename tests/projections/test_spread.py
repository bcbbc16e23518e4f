"""Percentiles of lengths that are known from ... to: no true length contradicts them."""

from hypothesis import given
from hypothesis import strategies as st

from projections.figures.spread import PERCENTILES, minutes_between, spread_of
from projections.reconciling import Total

ends = st.tuples(st.integers(0, 5_000), st.integers(0, 5_000)).map(sorted)
lengths = st.lists(ends.map(lambda pair: Total(*pair)), min_size=1, max_size=40)
times = st.tuples(st.integers(0, 10**6), st.integers(0, 10**5)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(lengths)
def test_the_low_end_is_never_above_the_high_one_and_no_percentile_below_a_lower_one(some: list[Total]) -> None:
    spread = spread_of(some)
    assert spread is not None
    assert all(point.low <= (point.high or 0) for point in spread.points)
    for one, next_one in zip(spread.points, spread.points[1:], strict=False):
        assert one.low <= next_one.low
        assert (one.high or 0) <= (next_one.high or 0)
    assert spread.median == spread.points[PERCENTILES.index(50)]


@given(lengths, st.data())
def test_whatever_the_true_lengths_are_their_percentiles_lie_within(some: list[Total], data: st.DataObject) -> None:
    true = [data.draw(st.integers(one.low, one.high or one.low)) for one in some]
    exact, spread = spread_of([Total(one, one) for one in true]), spread_of(some)
    assert exact is not None
    assert spread is not None
    for point, around in zip(exact.points, spread.points, strict=True):
        assert around.low <= point.low <= (around.high or 0)


@given(lengths, st.data())
def test_a_wider_length_never_makes_a_percentile_narrower(some: list[Total], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(some) - 1))
    down, up = data.draw(st.integers(0, some[number].low)), data.draw(st.integers(0, 999))
    wider = [*some]
    wider[number] = Total(some[number].low - down, (some[number].high or 0) + up)
    before, after = spread_of(some), spread_of(wider)
    assert before is not None
    assert after is not None
    for narrow, wide in zip(before.points, after.points, strict=True):
        assert wide.low <= narrow.low
        assert (narrow.high or 0) <= (wide.high or 0)


@given(lengths.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_in_which_lengths_are_told_is_nothing(both: tuple[list[Total], list[Total]]) -> None:
    assert spread_of(both[0]) == spread_of(both[1])


@given(lengths)
def test_at_least_so_many_of_a_hundred_are_no_longer_and_fewer_are_shorter(some: list[Total]) -> None:
    """The definition itself: what nearest rank means, counted."""
    exact = [Total(one.low, one.low) for one in some]
    spread = spread_of(exact)
    assert spread is not None
    for percent, point in zip(PERCENTILES, spread.points, strict=True):
        assert sum(1 for one in exact if one.low <= point.low) * 100 >= percent * len(exact)
        assert sum(1 for one in exact if one.low < point.low) * 100 < percent * len(exact)


@given(times, times, st.integers(0, 5_000), st.integers(0, 5_000))
def test_a_wider_time_never_makes_a_length_narrower(begun: tuple[int, int], ended: tuple[int, int], down: int, up: int) -> None:
    narrow = minutes_between(begun, ended)
    if narrow is None:
        return
    for wide in (
        minutes_between((begun[0] - down, begun[1] + up), ended),
        minutes_between(begun, (ended[0] - down, ended[1] + up)),
    ):
        assert wide is not None
        assert wide.low <= narrow.low <= (narrow.high or 0) <= (wide.high or 0)


def test_of_nobody_there_is_no_spread() -> None:
    assert spread_of([]) is None


def test_a_length_without_an_upper_end_is_longer_than_any() -> None:
    spread = spread_of([Total(5, None), Total(1, 900), Total(2, 3)])
    assert spread is not None
    assert [point.high for point in spread.points] == [3, 3, 900, None, None]
