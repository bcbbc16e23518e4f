"""What is held back is told nowhere as it was said to be before it was corrected: of another day, another protest, or none."""

from pathlib import Path
from typing import Any

import pytest

from domain.count import Count
from domain.detention import Detention
from domain.place import Place, Precision
from domain.protest import Protest
from domain.record import new_id
from projections import held_back
from projections.figures import compute
from tests.trackers import day
from tests.web.holding_back import entry, march, number, without_clocks
from tests.web.seeding import MOSCOW, opened
from web import create_app
from web.publishing.bundle import bundle_of
from web.wiring import Tracker

CITY = Place(Precision.CITY, "RU", "RU.48", MOSCOW, None, None, "Europe/Moscow")


def first_on_another_day(tracker: Tracker, secret: int) -> None:
    """The protest that is held back was first recorded as of the twentieth."""
    book, protest = tracker.casebook, number("moved")
    book.record_protest(entry("moved"), protest, when=day(3, 20), place=CITY)
    book.count_detentions(entry("count moved"), protest, count=Count(secret, secret))
    told = next(told.event for told in tracker.log.of([protest]))
    facts = {name: getattr(told, name) for name in ("form", "agreement", "about", "organiser") if hasattr(told, name)}
    book.correct(Protest, entry("correct"), protest, 1, {**facts, "when": day(3, 6), "place": CITY}, because="mistake")


@pytest.fixture
def home(tmp_path: Path, places: Path) -> Any:
    return lambda name: opened(tmp_path / name, places)


def published(tracker: Tracker) -> dict[str, bytes]:
    tracker.bring_up_to_date()
    return without_clocks(dict(bundle_of(create_app(tracker), tracker)))


@pytest.mark.parametrize("hold", ["day", "nothing"])
def test_a_day_that_is_held_back_is_not_told_by_the_day_its_protest_was_said_to_be_of(home: Any, hold: str) -> None:
    found = []
    for secret in (23, 31):
        with home(str(secret)) as tracker:
            first_on_another_day(tracker, secret)
            march(tracker, secret=5, hold=hold)
            found.append(published(tracker))
            with tracker.views() as db:
                held = held_back.held(db)
                for position in range(tracker.log.last() + 1):
                    figure = compute(db, "detentions", by="day", position=position, held=held)
                    assert hold == "nothing" or all(line.total.low in (0, 5) for line in figure.rows), position
    assert (found[0] == found[1]) is (hold == "day")


@pytest.mark.parametrize("hold", ["protest", "day"])
def test_nobody_who_was_moved_to_what_is_held_back_is_told_at_any_position(home: Any, hold: str) -> None:
    with home("one") as tracker:
        book = tracker.casebook
        march(tracker, secret=2, hold=hold)
        people = [new_id() for _ in range(9)]
        for index, detention in enumerate(people):
            protest = number("later") if index < 7 else None
            when = day(3, 20) if index < 7 else day(3, 12)
            facts = {"when": when, "place": CITY, "circumstances": "unknown", "agency": "unknown"}
            book.record_detention(entry(f"d{index}"), detention, person=new_id(), protest=protest, **facts)
        for index, detention in enumerate(people):
            told = next(told.event for told in tracker.log.of([detention]) if isinstance(told.event, Detention.Recorded))
            facts = {"when": told.when, "place": CITY, "circumstances": "unknown", "agency": "unknown", "minor": told.minor}
            corrected = {**facts, "person": told.person, "protest": number("secret"), "words": None}
            book.correct(Detention, entry(f"c{index}"), detention, 1, corrected, because="mistake")
        tracker.bring_up_to_date()
        with tracker.views() as db:
            held = held_back.held(db)
            last = tracker.log.last()
            for position in range(last + 1):
                figure = compute(db, "detentions", by="day", position=position, held=held)
                days = {line.key: line.total.low for line in figure.rows}
                assert days.get(20220320, 0) in (0, 5), position
                assert 20220312 not in days, position
            inside = {line.key: line.total.low for line in compute(db, "detentions", by="day", position=last - 9).rows}
        assert inside[20220320] == 7, "the control: inside it is told as it was"
        history = published(tracker)["data/history-by-protest.csv"].decode()
        assert f"{number('later')}" in history
        assert ",7,7," not in history
