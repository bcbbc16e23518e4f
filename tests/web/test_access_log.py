"""The access log is written before anything is shown, keeps what it acknowledged, and holds no value of anybody."""

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.utils import get_topic

from domain.errors import RuleBroken
from domain.person import Person
from domain.record import new_id
from tests.trackers import entry
from web import access_log
from web.access_log import AccessLog, NotLogged, words_opened
from web.telling import opened_at_once, sealed_shut
from web.wiring import Tracker, open_tracker

ACCOUNT, OTHER, ANNA, BORIS = (new_id() for _ in range(4))


def written(log: AccessLog) -> list[Any]:
    return list(log.acts_at(range(1, log.log.last() + 1)).values())


EVERY: dict[str, Callable[[AccessLog], None]] = {
    "read": lambda log: log.read(ACCOUNT, {ANNA: {"name"}}, "lawyers.case_file"),
    "exported": lambda log: log.exported(ACCOUNT, [ANNA, BORIS], "case_file"),
    "searched": lambda log: log.searched(ACCOUNT, 3),
    "signed_in": lambda log: log.signed_in(ACCOUNT),
    "signed_out": lambda log: log.signed_out(ACCOUNT),
    "refused": lambda log: log.refused(None, "wrong_credentials"),
    "account_changed": lambda log: log.account_changed(ACCOUNT, OTHER, "role_changed"),
    "unlocked": lambda log: log.unlocked(ACCOUNT),
}


@pytest.mark.parametrize("what", EVERY)
def test_what_was_acknowledged_is_there_for_whoever_opens_the_files_next(tracker: Tracker, what: str) -> None:
    EVERY[what](tracker.access)
    tracker_again = open_tracker(tracker.settings)
    try:
        (act,) = written(tracker_again.access)
    finally:
        tracker_again.close()
    assert get_topic(type(act)) == f"access.{what}"


def test_what_an_act_says_is_what_was_done(tracker: Tracker) -> None:
    for tell in EVERY.values():
        tell(tracker.access)
    acts = {type(act).__name__: act for act in written(tracker.access)}
    assert (acts["Read"].persons, acts["Read"].fields, acts["Read"].page) == ((ANNA,), ("name",), "lawyers.case_file")
    assert (acts["Exported"].persons, acts["Exported"].what) == ((ANNA, BORIS), "case_file")
    assert (acts["Refused"].account, acts["Refused"].page, acts["Refused"].record) == (None, None, None)
    assert (acts["AccountChanged"].by, acts["AccountChanged"].account) == (ACCOUNT, OTHER)
    assert acts["Searched"].found == 3


def test_the_file_keeps_its_promises_and_is_its_owners_alone(tracker: Tracker) -> None:
    file = tracker.settings.home / "access.sqlite"
    tracker.access.signed_in(ACCOUNT)
    writer = _writer(tracker.access)
    assert writer.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert writer.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert {part.stat().st_mode & 0o777 for part in file.parent.glob("access.sqlite*")} == {0o600}


def test_the_record_does_not_grow_by_being_read(tracker: Tracker) -> None:
    tracker.access.read(ACCOUNT, {ANNA: {"name"}}, "lawyers.case_file")
    assert tracker.log.last() == 0
    assert tracker.projector.reached() == 0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The machine's monotonic clock as the log sees it: the last of these seconds."""
    seconds = [5.0]
    monkeypatch.setattr("web.access_log.time.monotonic", lambda: seconds[-1])
    return seconds


def test_opening_the_same_page_again_within_a_minute_is_one_reading(tracker: Tracker, clock: list[float]) -> None:
    log = tracker.access
    for second in (5.0, 30.0, 64.9):
        clock.append(second)
        log.read(ACCOUNT, {ANNA: {"name", "words"}}, "lawyers.case_file")
    log.read(ACCOUNT, {ANNA: {"name"}}, "lawyers.case_file")
    assert log.log.last() == 1
    clock.append(65.1)
    log.read(ACCOUNT, {ANNA: {"name", "words"}}, "lawyers.case_file")
    assert log.log.last() == 2, "somebody who never stops reading is written down every minute"


OTHERWISE: list[tuple[UUID, dict[UUID, set[str]], str]] = [
    (OTHER, {ANNA: {"name"}}, "lawyers.case_file"),
    (ACCOUNT, {BORIS: {"name"}}, "lawyers.case_file"),
    (ACCOUNT, {ANNA: {"name", "words"}}, "lawyers.case_file"),
    (ACCOUNT, {ANNA: {"name"}}, "lawyers.people"),
]


@pytest.mark.parametrize("reading", OTHERWISE)
def test_another_account_person_field_or_page_is_another_reading(
    tracker: Tracker, clock: list[float], reading: tuple[UUID, dict[UUID, set[str]], str]
) -> None:
    tracker.access.read(ACCOUNT, {ANNA: {"name"}}, "lawyers.case_file")
    tracker.access.read(*reading)
    assert tracker.access.log.last() == 2


def test_on_a_page_with_many_people_only_those_not_read_just_now_are_written(tracker: Tracker, clock: list[float]) -> None:
    tracker.access.read(ACCOUNT, {ANNA: {"name"}}, "lawyers.people")
    tracker.access.read(ACCOUNT, {ANNA: {"name"}, BORIS: {"name"}}, "lawyers.people")
    assert [act.persons for act in written(tracker.access)] == [(ANNA,), (BORIS,)]


def test_nothing_but_readings_is_ever_taken_for_the_same(tracker: Tracker) -> None:
    for what in set(EVERY) - {"read"}:
        EVERY[what](tracker.access)
        EVERY[what](tracker.access)
    assert tracker.access.log.last() == 2 * (len(EVERY) - 1)


def test_what_is_remembered_has_an_end_and_forgetting_it_only_writes_more(
    tracker: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_log, "REMEMBERED", 8)
    people = [new_id() for _ in range(30)]
    for person in people:
        tracker.access.read(ACCOUNT, {person: {"name"}}, "lawyers.case_file")
    assert len(tracker.access._lately) <= 8
    tracker.access.read(ACCOUNT, {people[-1]: {"name"}}, "lawyers.case_file")
    assert tracker.access.log.last() == 30
    tracker.access.read(ACCOUNT, {people[0]: {"name"}}, "lawyers.case_file")
    assert tracker.access.log.last() == 31


def test_acts_of_several_at_once_are_all_there(tracker: Tracker) -> None:
    def sign_in() -> None:
        for _ in range(25):
            tracker.access.signed_in(new_id())

    signing = [threading.Thread(target=sign_in) for _ in range(4)]
    for thread in signing:
        thread.start()
    for thread in signing:
        thread.join()
    assert len({act.account for act in written(tracker.access)}) == 100


def test_a_code_in_no_list_is_a_mistake_of_ours_and_not_of_the_disk(tracker: Tracker) -> None:
    with pytest.raises(RuleBroken, match="unknown_code"):
        tracker.access.refused(ACCOUNT, "because")
    assert tracker.access.log.last() == 0


@pytest.mark.parametrize("what", EVERY)
def test_what_cannot_be_written_is_not_acknowledged(tracker: Tracker, what: str) -> None:
    fill_the_disk(tracker.access)
    with pytest.raises(NotLogged) as refused:
        EVERY[what](tracker.access)
    assert isinstance(_root(refused.value), sqlite3.Error)
    assert tracker.access.log.last() == 0


def test_a_reading_that_was_not_written_is_not_remembered_as_written(tracker: Tracker) -> None:
    fill_the_disk(tracker.access)
    with pytest.raises(NotLogged):
        EVERY["read"](tracker.access)
    _writer(tracker.access).execute("PRAGMA query_only=OFF")
    EVERY["read"](tracker.access)
    assert tracker.access.log.last() == 1


def fill_the_disk(log: AccessLog) -> None:
    """From here on SQLite refuses to write."""
    _writer(log).execute("PRAGMA query_only=ON")


def _writer(log: AccessLog) -> sqlite3.Connection:
    found: sqlite3.Connection = log._acts.recorder.datastore.writer()  # type: ignore[attr-defined]
    return found


def _root(failure: BaseException) -> BaseException:
    while failure.__cause__ is not None:
        failure = failure.__cause__
    return failure


@dataclass
class Somebody:
    person: UUID
    events: list[Any]


@pytest.fixture
def somebody(tracker: Tracker) -> Somebody:
    """A person with a name and a destination, sealed by the real vault."""
    person = new_id()
    sealer = tracker.vault.mint([person])
    opened = Person.open(entry(), person)
    opened.give_name(entry(), name=sealer.seal(person, person, "name", "Canary Marker"))
    opened.leave_country(entry(), destination=sealer.seal(person, person, "destination", "Canary Island"))
    return Somebody(person, list(opened.collect_events()))


def test_read_is_what_was_really_opened(tracker: Tracker, somebody: Somebody) -> None:
    opener = opened_at_once(tracker.vault, somebody.events)
    assert words_opened(somebody.events, opener) == {somebody.person: {"name", "destination"}}
    assert words_opened(somebody.events[:2], opener) == {somebody.person: {"name"}}
    assert words_opened(somebody.events, sealed_shut) == {}


def test_words_of_a_forgotten_person_were_not_read(tracker: Tracker, somebody: Somebody) -> None:
    tracker.vault.forget(somebody.person)
    assert words_opened(somebody.events, opened_at_once(tracker.vault, somebody.events)) == {}


def test_no_value_reaches_the_file(tracker: Tracker, somebody: Somebody) -> None:
    opened = words_opened(somebody.events, opened_at_once(tracker.vault, somebody.events))
    tracker.access.read(ACCOUNT, opened, "lawyers.case_file")
    file = tracker.settings.home / "access.sqlite"
    stored = b"".join(part.read_bytes() for part in sorted(Path(file).parent.glob("access.sqlite*")))
    assert b"destination" in stored, "the control: what is written can be found like this"
    assert somebody.person.hex.encode() in stored
    assert b"Canary" not in stored
