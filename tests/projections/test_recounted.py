"""Every figure, by every dimension, as of any position, is what an independent recount of the events says."""

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from projections.figures import DEFINITIONS, OF_WHOM, compute
from projections.log import Told
from tests.made_up_year import differences, positions_of, record_a_year
from tests.recount import Recount
from tests.trackers import Address, Installation
from web.imports import import_file
from web.settings import Settings
from web.wiring import Tracker, open_tracker

EVENTS = 2_500
"""Of the made-up year; `python -m tests.made_up_year` makes a longer one."""


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, list[Told]]]:
    with Address(tmp_path_factory.mktemp("year")).open() as opened:
        record_a_year(opened, events=EVENTS, seed=2022)
        opened.projector().follow()
        yield opened, list(opened.log.page(0, 1_000_000))


def test_a_made_up_year_is_recounted_to_the_same_figures(year: tuple[Installation, list[Told]]) -> None:
    opened, told = year
    assert len(told) > 2_000
    with opened.views() as db:
        for position in positions_of(random.Random(7), told[-1].position):
            assert differences(db, told, position) == [], position
        last = {name: compute(db, name, by=None, position=told[-1].position).total for name in DEFINITIONS}
    assert all(total.low > 0 for total in last.values()), "a figure that nothing is counted in shows nothing"


def test_every_dimension_of_figures_about_people_tells_something_and_leaves_something_out(
    year: tuple[Installation, list[Told]],
) -> None:
    opened, told = year
    with opened.views() as db:
        for name, definition in DEFINITIONS.items():
            for by in definition.dimensions:
                figure = compute(db, name, by=by, position=told[-1].position)
                assert len(figure.rows) > 1, (name, by)
                assert by not in OF_WHOM or tuple(figure.left_out) != (0, 0), (name, by)


LEFT_OUT_ONCE = {
    "protest.recorded": "protests",
    "detention.recorded": "people_detained",
    "incident.recorded": "incidents",
    "protest.crowd_estimated": "protest_size",
    "detention.protocol_drawn": "articles",
    "person.described": "people_detained",
    "proceeding.ruled": "fined_roubles",
    "detention.released": "hours_held",
    "detention.delivered": "overruns",
}


@pytest.mark.parametrize(("topic", "name"), LEFT_OUT_ONCE.items())
def test_the_recount_sees_one_event_that_is_missing(year: tuple[Installation, list[Told]], topic: str, name: str) -> None:
    """The control: one entry that stands is left out, the last whose absence anything about this figure shows."""
    opened, told = year
    events = [one.event for one in told]
    standing = Recount(events)

    def is_free(event: Any) -> bool:
        """Whether it stands and nothing else was said of it: of a record, nothing else at all."""
        others = [other for other in events if other.originator_id == event.originator_id and other is not event]
        if event.originator_version > 1:
            others = [other for other in others if getattr(other, "version", event) in (None, event.originator_version)]
        return topic == event.TOPIC and standing.entries[event.originator_id, 1].stands and not others

    with opened.views() as db:
        for dropped in [event for event in reversed(events) if is_free(event)][:20]:
            missed = differences(db, [one for one in told if one.event is not dropped], told[-1].position)
            if name in {found for found, _ in missed}:
                return
    raise AssertionError(f"none of {topic} is missed in {name}")


@pytest.fixture
def real(tmp_path: Path, places: Path, shared_data: Path) -> Iterator[Tracker]:
    """The real file of 2013."""
    with closing(open_tracker(Settings(home=tmp_path / "home", places=places))) as tracker:
        file = shared_data / "ovdinfo_2013_four_cities.csv"
        assert import_file(tracker, file, "ovdinfo-2013", refused_to=tmp_path / "refused.csv").recorded == 235
        tracker.bring_up_to_date()
        yield tracker


def test_the_real_file_of_2013_is_recounted_to_the_same_figures(real: Tracker) -> None:
    told = list(real.log.page(0, 1_000_000))
    with real.views() as db:
        for position in positions_of(random.Random(2013), told[-1].position):
            assert differences(db, told, position) == [], position
        assert compute(db, "detentions", by=None, position=told[-1].position).total == (2037, 2037)
