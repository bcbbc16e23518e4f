"""Every figure, by every dimension, as of any position, is what an independent recount of the events says."""

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.errors import RuleBroken
from domain.moment import When
from domain.record import new_id
from projections.figures import DEFINITIONS, compute
from projections.log import Told
from tests.projections import doings
from tests.projections.doings import VERBS, Doings
from tests.projections.some_facts import PLACES, count_of
from tests.recount import Recount
from tests.recount_rows import added
from tests.trackers import MOSCOW, PETERSBURG, Address, Installation, city, entry
from web.imports import import_file
from web.settings import Settings
from web.wiring import Tracker, open_tracker

MOMENTS = 20
UNCOUNTED = {"about_sources", "deposit_paper", "open_case", "in_a_case", "_forget", "_ask_to_forget", "_consent", "_assign"}
"""What a year of these does not do: no figure is of it, and whoever is forgotten is not corrected any more."""


def differences(db: Any, told: Sequence[Told], position: int) -> list[tuple[str, str | None]]:
    """Which figures the recount does not agree with."""
    recount = Recount(one.event for one in told if one.position <= position)
    found: list[tuple[str, str | None]] = []
    for name in DEFINITIONS:
        counted = getattr(recount, name)()
        for by in (None, *DEFINITIONS[name].dimensions):
            figure = compute(db, name, by=by, position=position)
            rows = {line.key: tuple(line.total) for line in figure.rows}
            if (rows, tuple(figure.left_out), tuple(figure.total)) != added(counted, by):
                found.append((name, by))
    return found


def positions_of(chance: random.Random, last: int) -> list[int]:
    return [last, *(chance.randrange(last + 1) for _ in range(MOMENTS - 1))]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, list[Told]]]:
    """A year of protests, counts, people, reports from stations, findings, corrections, withdrawals and what was brought back."""
    with Address(tmp_path_factory.mktemp("year")).open() as opened:
        chance, done = random.Random(2022), Doings(opened.casebook)
        verbs = [verb for verb in VERBS if verb.__name__ not in UNCOUNTED]
        for _ in range(900):
            numbers = [chance.randrange(10_000) for _ in range(4)]
            try:
                if chance.random() < 0.4:
                    an_evening(done, chance)
                else:
                    chance.choice(verbs)(done, *numbers)
            except RuleBroken:
                done.refused += 1
        opened.projector().follow()
        yield opened, list(opened.log.page(0, 1_000_000))


def an_evening(done: Doings, chance: random.Random) -> None:
    """A protest on some day, a count of it, and people held there, some of whom fare badly; or a count from a station alone."""
    on = When.day(date(2022, 1, 1) + timedelta(days=chance.randrange(365)), "Europe/Moscow")
    protest, casebook = new_id(), done.casebook
    if chance.random() < 0.3:
        report = new_id()
        casebook.receive_report(entry(), report, when=on, **count_of(*(chance.randrange(60) for _ in range(3))))
        done.reports.append(report)
        return
    casebook.record_protest(
        entry(), protest, when=on, place=city(chance.choice([MOSCOW, PETERSBURG])), form=chance.choice(["march", "picket"])
    )
    done.protests.append(protest)
    casebook.count_detentions(entry(), protest, **count_of(*(chance.randrange(60) for _ in range(3))))
    for _ in range(chance.randrange(4)):
        detention, person = new_id(), new_id()
        told: dict[str, Any] = {
            "place": PLACES[chance.randrange(7)],
            "when": on,
            "minor": chance.choice(["yes", "no", "unknown"]),
        }
        casebook.record_detention(entry(), detention, person=person, protest=protest, **told)
        done.detentions.append(detention)
        done.people.append(person)
        if chance.random() < 0.4:
            casebook.refuse_counsel(entry(), detention, ground=chance.choice(["wait", "plan_krepost"]))
        if chance.random() < 0.4:
            casebook.report_ill_treatment(entry(), detention, kind=chance.choice(["beating", "cold_or_heat"]))
        if chance.random() < 0.5:
            casebook.record_release(entry(), detention, kind=chance.choice(doings.RELEASES))


def test_a_made_up_year_is_recounted_to_the_same_figures(year: tuple[Installation, list[Told]]) -> None:
    opened, told = year
    assert len(told) > 2_000
    with opened.views() as db:
        for position in positions_of(random.Random(7), told[-1].position):
            assert differences(db, told, position) == [], position
        last = {name: compute(db, name, by=None, position=told[-1].position).total for name in DEFINITIONS}
    assert all(total.low > 0 for total in last.values()), "a figure that nothing is counted in shows nothing"


def test_the_recount_sees_one_event_that_is_missing(year: tuple[Installation, list[Told]]) -> None:
    """The control: the last protest recorded, the last count and the last ill-treatment, each left out once."""
    opened, told = year
    last = told[-1].position
    with opened.views() as db:
        for topic, name in (
            ("protest.recorded", "protests"),
            ("detention.recorded", "people_detained"),
            ("incident.recorded", "incidents"),
        ):
            standing = Recount(one.event for one in told)
            dropped = next(
                one
                for one in reversed(told)
                if topic == one.event.TOPIC  # type: ignore[attr-defined]
                and standing.entries[one.event.originator_id, 1].stands
                and not any(other.event.originator_id == one.event.originator_id for other in told if other is not one)
            )
            missed = differences(db, [one for one in told if one is not dropped], last)
            assert (name, None) in missed


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
