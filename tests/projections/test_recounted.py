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
from web.wiring import open_tracker

EVENTS = 4_000
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


REAL = {
    ("ovdinfo_2013_four_cities.csv", "ovdinfo-2013"): (20, "detentions", 2037),
    ("ovdinfo_2011-12_2012-09_moscow.csv", "ovdinfo-2011"): (20, "detentions", 4885),
    ("pressfreedomtracker_incidents.csv.js", "pressfreedomtracker"): (2, "incidents", 1507),
    ("de_freiburg.csv", "freiburg"): (2, "protests", 0),
    ("de_mainz.csv", "mainz"): (2, "protests", 0),
}
"""The real files: at how many positions each is recounted, and one total that must come out, 0 where none is known beforehand."""


@pytest.mark.parametrize(("file", "mapping"), REAL)
def test_the_real_files_are_recounted_to_the_same_figures(
    file: str, mapping: str, tmp_path: Path, places: Path, shared_data: Path
) -> None:
    moments, name, total = REAL[file, mapping]
    with closing(open_tracker(Settings(home=tmp_path / "home", places=places))) as tracker:
        import_file(tracker, shared_data / file, mapping, refused_to=tmp_path / "refused.csv")
        tracker.bring_up_to_date()
        told = list(tracker.log.page(0, 1_000_000))
        with tracker.views() as db:
            for position in positions_of(random.Random(2013), told[-1].position)[:moments]:
                assert differences(db, told, position) == [], position
            found = compute(db, name, by=None, position=told[-1].position).total
            assert found == (total, total) if total else found.low > 0
