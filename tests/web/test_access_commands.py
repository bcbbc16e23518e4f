"""The access log at the machine itself: status and rebuild cover it, `told` writes it, and it cannot vanish unseen."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from domain.record import new_id
from tests.trackers import day, entry
from tests.web.test_cli import Khronika, khronika
from web.settings import Settings
from web.vault import VaultError
from web.vault.accounts import OPERATOR
from web.wiring import Tracker, open_tracker

__all__ = ["khronika"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@contextmanager
def opened(home: Path, places: Path) -> Iterator[Tracker]:
    with closing(open_tracker(Settings(home, places=places))) as tracker:
        tracker.bring_up_to_date()
        yield tracker


def named_person(tracker: Tracker) -> UUID:
    """Somebody detained, with a name."""
    person, detention = new_id(), new_id()
    name = tracker.vault.mint([person]).seal(person, person, "name", "Canary Marker")
    tracker.casebook.record_detention(entry(), detention, person=person, name=name, when=day(3, 2))
    return person


def test_who_is_told_a_history_at_the_machine_is_written_down(khronika: Khronika, home: Path, places: Path) -> None:
    with opened(home, places) as tracker:
        person = named_person(tracker)
    said = khronika("told", str(person))
    assert "Canary Marker" in said.stdout
    with opened(home, places) as tracker:
        (act,) = tracker.access.acts_at(range(1, tracker.access.log.last() + 1)).values()
        told = (act.account, act.persons, act.fields, act.page)  # type: ignore[attr-defined]
        assert told == (tracker.vault.accounts.id_of(OPERATOR), (person,), ("name",), "command.told")


def test_status_says_where_each_log_is(khronika: Khronika, home: Path, places: Path) -> None:
    with opened(home, places) as tracker:
        named_person(tracker)
        for _ in range(5):
            tracker.access.searched(new_id(), 0)
    said = json.loads(khronika("status", "--json").stdout)
    rows = {row["name"]: (row["position"], row["state"]) for row in said["projections"]}
    assert (said["position"], said["access_position"]) == (3, 5)
    assert rows["readings"] == (5, "current")
    assert rows["people"] == (3, "current")
    assert "Position of the access log: 5" in khronika("status").stdout


def test_the_views_of_each_log_are_built_again_by_name_or_all(khronika: Khronika, home: Path, places: Path) -> None:
    with opened(home, places) as tracker:
        named_person(tracker)
        tracker.access.searched(new_id(), 0)
    one = khronika("rebuild", "readings").stdout
    both = khronika("rebuild", "readings", "people").stdout
    every = khronika("rebuild").stdout
    assert one == "Rebuilt up to position 1: readings.\n"
    assert both == "Rebuilt up to position 3: people.\nRebuilt up to position 1: readings.\n"
    assert every.endswith("Rebuilt up to position 1: readings.\n")
    assert "readings" in khronika("rebuild", "nothing").stderr


def test_a_home_made_before_there_was_an_access_log_gets_one(home: Path, places: Path) -> None:
    with opened(home, places) as tracker:
        named_person(tracker)
    for file in home.glob("access.sqlite*"):
        file.unlink()
    with opened(home, places) as tracker:
        assert (tracker.log.last(), tracker.access.log.last()) == (3, 0)


def test_a_log_that_was_taken_away_is_missed_until_somebody_says_so(home: Path, places: Path) -> None:
    with opened(home, places) as tracker:
        tracker.access.searched(new_id(), 0)
        tracker.readings.follow()
    for file in home.glob("access.sqlite*"):
        file.unlink()
    for _ in range(2):
        with pytest.raises(VaultError, match="access_log_missing"):
            open_tracker(Settings(home, places=places))
    for file in home.glob("views.sqlite*"):
        file.unlink()
    with opened(home, places) as tracker:
        assert tracker.access.log.last() == 0


def test_deleted_views_of_the_access_log_come_back_the_same(home: Path, places: Path) -> None:
    from projections import readings

    with opened(home, places) as tracker:
        for _ in range(3):
            tracker.access.read(new_id(), {new_id(): {"name"}}, "lawyers.people")
    for file in home.glob("views.sqlite*"):
        file.unlink()
    with opened(home, places) as tracker, tracker.views() as db:
        assert readings.latest(db, limit=10) == [3, 2, 1]
