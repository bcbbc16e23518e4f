"""Every figure, by every dimension, as of any position, is what an independent recount of the events says."""

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.errors import RuleBroken
from domain.moment import When
from domain.record import new_id
from projections.figures import DEFINITIONS, OF_WHOM, Line, compute
from projections.log import Told
from tests.projections import doings
from tests.projections.doings import VERBS, Doings
from tests.projections.doings_of_custody import Nights
from tests.projections.doings_of_people import DESCRIPTIONS, ruling
from tests.projections.doings_with_cases import ARTICLES
from tests.projections.some_facts import PLACES, TIMES, count_of
from tests.recount import Recount
from tests.recount_of_custody import OF_CUSTODY, lines_of
from tests.recount_rows import added
from tests.trackers import MOSCOW, PETERSBURG, Address, Installation, city, entry
from web.imports import import_file
from web.settings import Settings
from web.wiring import Tracker, open_tracker

MOMENTS = 20
UNCOUNTED = {"about_sources", "deposit_paper", "_forget", "_ask_to_forget", "_consent", "_assign"}
"""What a year of these does not do: no figure is of it, and whoever is forgotten is not corrected any more."""


def differences(db: Any, told: Sequence[Told], position: int) -> list[tuple[str, str | None]]:
    """Which figures the recount does not agree with."""
    recount = Recount(one.event for one in told if one.position <= position)
    found: list[tuple[str, str | None]] = []
    for name in DEFINITIONS:
        counted = OF_CUSTODY[name](recount) if name in OF_CUSTODY else getattr(recount, name)()
        for by in (None, *DEFINITIONS[name].dimensions):
            figure = compute(db, name, by=by, position=position)
            if name in OF_CUSTODY:
                lines = ({line.key: said_of(line) for line in figure.rows}, said_of(figure.nowhere), said_of(figure.whole))
                found += [(name, by)] if lines != lines_of(name, counted, by) else []
                continue
            rows = {line.key: tuple(line.total) for line in figure.rows}
            if (rows, tuple(figure.left_out), tuple(figure.total)) != added(counted, by):
                found.append((name, by))
    return found


def said_of(line: Line) -> tuple[Any, Any, Any]:
    points = [tuple(point) for point in line.spread.points] if line.spread is not None else None
    return tuple(line.total), points, {code: tuple(total) for code, total in line.beside}


def positions_of(chance: random.Random, last: int) -> list[int]:
    return [last, *(chance.randrange(last + 1) for _ in range(MOMENTS - 1))]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, list[Told]]]:
    """A year of protests, counts, people, reports from stations, findings, corrections, withdrawals and what was brought back."""
    with Address(tmp_path_factory.mktemp("year")).open() as opened:
        chance, done = random.Random(2022), Doings(opened.casebook)
        nights = Nights(opened.casebook, random.Random(1905))
        verbs = [verb for verb in VERBS if verb.__name__ not in UNCOUNTED]
        for _ in range(900):
            numbers = [chance.randrange(10_000) for _ in range(4)]
            try:
                if chance.random() < 0.4:
                    an_evening(done, chance)
                else:
                    chance.choice(verbs)(done, *numbers)
                if chance.random() < 0.2:
                    nights.one(chance.choice([None, *done.protests]))
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
            "agency": chance.choice(["police", "riot_police", "unknown"]),
        }
        casebook.record_detention(entry(), detention, person=person, protest=protest, **told)
        done.detentions.append(detention)
        done.people.append(person)
        if chance.random() < 0.4:
            casebook.refuse_counsel(entry(), detention, ground=chance.choice(["wait", "plan_krepost"]))
        if chance.random() < 0.4:
            casebook.report_ill_treatment(entry(), detention, kind=chance.choice(["beating", "cold_or_heat"]))
        if chance.random() < 0.5:
            casebook.describe_person(entry(), person, **chance.choice(DESCRIPTIONS), when=chance.choice(TIMES))
        if chance.random() < 0.5:
            a_case(done, chance, detention, person)
        if chance.random() < 0.5:
            casebook.record_release(entry(), detention, kind=chance.choice(doings.RELEASES))


def a_case(done: Doings, chance: random.Random, detention: UUID, person: UUID) -> None:
    """A paper, and perhaps a case, in which perhaps a court rules, now and then twice."""
    case, casebook = new_id(), done.casebook
    casebook.record_protocol(entry(), detention, kind="offence", article=chance.choice(ARTICLES))
    if chance.random() < 0.7:
        led = (
            {"detention": detention} if chance.random() < 0.7 else {"place": chance.choice(PLACES), "when": chance.choice(TIMES)}
        )
        casebook.open_proceeding(entry(), case, persons=(person,), article=chance.choice([*ARTICLES, "unknown"]), **led)
        done.cases.append(case)
        for _ in range(chance.randrange(3)):
            casebook.record_ruling(entry(), case, **ruling(*(chance.randrange(60) for _ in range(3))))


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
