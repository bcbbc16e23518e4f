"""The rule by which counts and people of one night are put together."""

from hypothesis import given
from hypothesis import strategies as st

from projections.reconciling import NOBODY, Claim, Needed, Total, beyond, needed


def test_the_low_end_takes_the_others_at_stations_for_the_unnamed_of_protests() -> None:
    stations = [Needed(10, 10), Needed(5, 8)]
    assert beyond(Total(12, 12), 2, stations, NOBODY) == Total(5, 18)
    assert beyond(Total(30, 30), 2, stations, NOBODY) == Total(0, 18)
    assert beyond(Total(12, 12), 2, stations, NOBODY, is_certain=False) == Total(0, 18)


COUNTS = st.builds(
    lambda low, more: Claim(low, None if more is None else low + more, "s"), st.integers(0, 50), st.none() | st.integers(0, 9)
)


@given(st.lists(st.lists(COUNTS, max_size=3), max_size=4), st.lists(COUNTS, max_size=3), st.integers(0, 30), st.integers(0, 30))
def test_the_high_end_is_never_below_the_low(at: list[list[Claim]], nowhere: list[Claim], named: int, unnamed: int) -> None:
    asked = [needed(claims, named % (index + 2)) for index, claims in enumerate(at)]
    low, high = beyond(Total(named + unnamed, None), named, asked, needed(nowhere, 0, perhaps=named))
    assert low >= 0
    assert high is None or high >= low
