"""A citation is read as it was written, or refused with a sentence; never half understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleBroken
from projections.figures import DEFINITIONS, DIMENSIONS, Span
from web.citing import Citation, cite, read_citation


def spans(values: st.SearchStrategy[int]) -> st.SearchStrategy[Span]:
    ends = st.lists(values, min_size=2, max_size=2, unique=True).map(sorted)
    open_ended = st.sampled_from([(True, False), (False, True), (True, True)])
    return st.builds(
        lambda known, has: Span(*(end if is_there else None for end, is_there in zip(known, has, strict=True))), ends, open_ended
    )


MONTHS = st.builds(lambda year, month: year * 100 + month, st.integers(1900, 2100), st.integers(1, 12))
DAYS = st.builds(lambda year, month: year * 10_000 + month * 100 + 7, st.integers(1900, 2100), st.integers(1, 12))
VALUES = {
    "city": st.integers(1, 99_999_999),
    "region": st.sampled_from(["RU.48", "RU.66", "US.CA"]),
    "month": MONTHS | spans(MONTHS),
    "day": DAYS | spans(DAYS),
    "category": st.sampled_from(["rally", "at_protest", "unknown"]),
}


@given(
    st.builds(
        Citation,
        st.sampled_from(list(DEFINITIONS.values())),
        st.integers(0, 10**9),
        st.none() | st.sampled_from(DIMENSIONS),
        st.fixed_dictionaries({}, optional={name: st.none() | values for name, values in VALUES.items()}),
    )
)
def test_what_is_written_is_read_again(citation: Citation) -> None:
    assert read_citation(str(citation), last=10**9) == citation


def test_a_tally_that_was_published_is_a_citation_too() -> None:
    version = DEFINITIONS["detentions"].version
    text = cite("detentions", version, 41, {"city": 524901, "month": "2022-03"})
    assert read_citation(f"  {text}\n", last=41).only == {"city": 524901, "month": 202203}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "citation_unreadable"),
        ("detentions", "citation_unreadable"),
        ("detentions.2 @", "citation_unreadable"),
        ("detentions.2 city=Moscow @4", "citation_unreadable"),
        ("detentions.2 month=2022-13 @4", "citation_unreadable"),
        ("detentions.2 by=colour @4", "citation_unreadable"),
        ("detentions.2 month=.. @4", "citation_unreadable"),
        ("detentions.2 month=2022-03..2022-02 @4", "citation_unreadable"),
        ("detentions.2 month=2022-03..2022-03-05 @4", "citation_unreadable"),
        ("detentions.2 city=1..2 @4", "citation_unreadable"),
        ("detentions.2 city=1 city=2 @4", "citation_unreadable"),
        ("detentions.2 by=city by=day @4", "citation_unreadable"),
        ("arrests.1 @4", "citation_of_no_figure"),
        ("detentions.2 city=524901 cells=r7 @4", "citation_of_no_figure"),
        ("detentions.1 @4", "citation_of_another_version"),
        ("detentions.2 @42", "citation_ahead"),
    ],
)
def test_what_is_no_citation_here_is_refused_by_its_reason(text: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_citation(text, last=41)
    assert refused.value.code == code
