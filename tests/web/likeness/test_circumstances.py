"""What files say beside the names raises likeness, or lowers it, and never decides by itself."""

import pytest

from web.likeness import circumstances as module
from web.likeness.circumstances import (
    ELSEWHERE,
    MOST,
    OVERLAPPING,
    SAME_CITY,
    SAME_NIGHT,
    SAME_PROTEST,
    SAME_STATION,
    Stay,
    circumstances,
)
from web.likeness.comparing import LIKELY

HOUR, EVENING = 3600, 1_646_000_000
HERE = Stay(1, "one", b"protest", EVENING, EVENING + 20 * HOUR)


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        (HERE, (SAME_PROTEST, SAME_STATION, SAME_NIGHT, SAME_CITY)),
        (Stay(1, None, None, EVENING + 2 * HOUR), (SAME_NIGHT, SAME_CITY)),
        (Stay(1, None, None, EVENING + 15 * HOUR), (OVERLAPPING, SAME_CITY)),
        (Stay(1, "one", None, EVENING + 90 * HOUR), (SAME_CITY,)),
        (Stay(1, "one"), (SAME_STATION, SAME_CITY)),
        (Stay(None, None, b"protest"), (SAME_PROTEST,)),
        (Stay(), ()),
    ],
)
def test_what_two_detentions_have_in_common_is_said(other: Stay, reasons: tuple[str, ...]) -> None:
    found = circumstances([HERE], [other])
    assert found.reasons == reasons
    assert (found.added > 0) == bool(reasons)


def test_two_cities_at_once_are_a_doubt_unless_another_detention_speaks_for_it() -> None:
    elsewhere = Stay(2, None, None, EVENING + HOUR)
    assert circumstances([HERE], [elsewhere]).doubts == (ELSEWHERE,)
    assert circumstances([HERE], [elsewhere]).added < 0
    assert circumstances([HERE], [elsewhere, HERE]).doubts == ()
    assert circumstances([HERE], [Stay(2, None, None, EVENING + 30 * HOUR)]).doubts == ()


def test_circumstances_alone_make_nobody_likely() -> None:
    assert circumstances([HERE], [HERE]).added <= MOST < LIKELY


def test_nothing_is_said_of_who_has_no_detention() -> None:
    assert circumstances([], [HERE]) == circumstances([HERE], []) == module.Circumstances()
