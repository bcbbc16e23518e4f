"""A figure that followed the record from one position to another is the figure counted anew, whatever happened between."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.figures import DEFINITIONS, DIMENSIONS, compute
from projections.figures.standing import can_follow, follow, stand
from tests.projections.doings import Doing, Doings, doings
from tests.projections.homes import fresh, thoroughly

FOLLOWED = sorted(name for name, definition in DEFINITIONS.items() if can_follow(definition))


def test_the_figures_that_are_looked_at_most_can_follow() -> None:
    assert {"detentions", "protests", "incidents", "people_detained", "not_released"} <= set(FOLLOWED)


@given(doings(least=15, most=60), st.lists(st.integers(0, 90), min_size=2, max_size=6), st.data())
@settings(thoroughly, max_examples=40)
def test_following_gives_what_counting_anew_gives(what: list[Doing], at: list[int], data: st.DataObject) -> None:
    """Every figure, from one position to the next of a few, each time from what it had followed to."""
    with fresh() as address, address.open() as opened:
        last = Doings(opened.casebook).do(what)
        opened.projector().follow()
        stops = sorted({position % (last + 1) for position in at} | {last})
        with opened.views() as db:
            for name in FOLLOWED:
                dimensions = getattr(DEFINITIONS[name], "dimensions", DIMENSIONS)
                by = data.draw(st.sampled_from([None, *(known for known in dimensions if known in DIMENSIONS)]))
                cities = [line.key for line in compute(db, name, by="city", position=last).rows]
                only = data.draw(st.sampled_from([{}, *({"city": city} for city in [*cities[:2], None])]))
                standing = stand(db, name, by=by, position=stops[0], only=only)
                for stop in stops[1:]:
                    between = opened.log.page(standing.position, max(stop - standing.position, 1))
                    changed = {told.event.originator_id.bytes for told in between if told.position <= stop}
                    standing = follow(db, standing, stop, changed)
                    assert standing.figure == compute(db, name, by=by, position=stop, only=only)


@given(doings(least=30, most=60))
@settings(thoroughly, max_examples=5)
def test_a_follower_that_is_not_told_what_changed_is_wrong(what: list[Doing]) -> None:
    """The control: following does something, and comparing sees it."""
    with fresh() as address, address.open() as opened:
        last = Doings(opened.casebook).do(what)
        opened.projector().follow()
        with opened.views() as db:
            differing = 0
            for name in FOLLOWED:
                standing = stand(db, name, by=None, position=0, only={})
                differing += follow(db, standing, last, ()).figure.total != compute(db, name, by=None, position=last).total
    if not differing:
        pytest.fail("nothing was recorded that any figure counts")
