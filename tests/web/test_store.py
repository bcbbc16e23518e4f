"""The event store keeps what it acknowledged, in the order in which it can be seen, on SQLite and on PostgreSQL."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from multiprocessing.connection import Connection as Pipe
from typing import Any
from uuid import UUID

import psycopg
import pytest
from eventsourcing.persistence import IntegrityError, RecordConflictError, StoredEvent

from domain.casebook import Casebook
from domain.record import new_id
from projections.log import Unreadable
from tests.trackers import MOSCOW, Address, Installation, another_process, city, day, entry
from web.mapper import PayloadRefused


def _stored(record: UUID, version: int = 1, state: bytes = b"{}") -> StoredEvent:
    return StoredEvent(record, version, "protest.withdrawn", state)


def _record(casebook: Casebook, protest: UUID | None = None) -> int:
    return casebook.record_protest(entry(), protest or new_id(), when=day(3, 2), place=city(MOSCOW)).position


def _run(address: Address, statement: str) -> list[tuple[Any, ...]]:
    """One statement past the store, as somebody with the file or the database would; `events` is the table's name."""
    if address.url is None:
        with closing(sqlite3.connect(address.events_file)) as db, db:
            return db.execute(statement.format(events="stored_events")).fetchall()
    with psycopg.connect(address.url) as postgres:
        cursor = postgres.execute(statement.format(events="events.khronika_events").encode())
        return cursor.fetchall() if cursor.description else []


def test_what_is_recorded_is_read_back_in_order_and_as_it_was(installation: Installation) -> None:
    protests = [new_id() for _ in range(5)]
    positions = [_record(installation.casebook, protest) for protest in protests]
    page = installation.log.page(0, 100)
    assert [told.position for told in page] == positions
    assert [told.event.originator_id for told in page] == protests
    assert installation.log.last() == positions[-1]
    assert installation.log.witness(positions[2]) == (protests[2], 1)
    assert installation.log.witness(positions[-1] + 1) is None
    assert set(installation.log.at([positions[1], positions[3], 10_000])) == {positions[1], positions[3]}


def test_an_empty_log_has_nothing_to_say(installation: Installation) -> None:
    assert installation.log.last() == 0
    assert list(installation.log.page(0, 10)) == []
    assert installation.log.before(4e9) == 0
    assert installation.casebook.recorder.insert_events([]) == []


def test_pages_of_any_size_tell_the_same_events(installation: Installation) -> None:
    for _ in range(7):
        _record(installation.casebook)
    whole = [told.position for told in installation.log.page(0, 100)]
    for size in (1, 2, 3, 7, 8):
        found, after = [], 0
        while page := installation.log.page(after, size):
            found += [told.position for told in page]
            after = page[-1].position
        assert found == whole


FORCE = {"protest.force_reported"}


def _nine_protests_and_three_reports_of_force(casebook: Casebook) -> list[int]:
    """The positions of the reports, of which none is the last entry."""
    reports = []
    for number in range(9):
        protest = new_id()
        _record(casebook, protest)
        if number % 3 == 0:
            reports.append(casebook.report_force(entry(), protest, kind="baton").position)
    return reports


def test_pages_of_some_topics_hold_these_and_their_last_event(installation: Installation) -> None:
    reports = _nine_protests_and_three_reports_of_force(installation.casebook)
    for size in (1, 2, 3, 100):
        after = 0
        while whole := installation.log.page(after, size):
            page = installation.log.page(after, size, FORCE)
            expected = [told.position for told in whole if told.position in reports or told is whole[-1]]
            assert [told.position for told in page] == expected
            after = whole[-1].position
        assert list(installation.log.page(after, size, FORCE)) == []


def test_pages_of_some_topics_step_over_gaps(installation: Installation, address: Address) -> None:
    reports = _nine_protests_and_three_reports_of_force(installation.casebook)
    last = installation.log.last()
    gone = [position for position in range(1, last) if position % 4 and position not in reports]
    _run(address, f"DELETE FROM {{events}} WHERE notification_id IN ({','.join(map(str, gone))})")
    for size in (1, 2, 3, 5, 100):
        found, after = [], 0
        while page := installation.log.page(after, size, FORCE):
            found += [told.position for told in page if told.position in reports]
            after = page[-1].position
        assert (found, after) == (reports, last)


def test_an_event_of_a_topic_nobody_knows_is_not_left_out(installation: Installation, address: Address) -> None:
    unknown = _record(installation.casebook)
    _record(installation.casebook)
    _run(address, f"UPDATE {{events}} SET topic = 'protest.dreamt' WHERE notification_id = {unknown}")
    with pytest.raises(Unreadable, match=r"protest\.dreamt: unknown topic"):
        installation.log.page(0, 10, FORCE)


def test_events_stored_together_keep_their_order(installation: Installation) -> None:
    records = [new_id() for _ in range(300)]
    stored = [_stored(record, version) for record in reversed(records) for version in (1, 2)]
    positions = installation.casebook.recorder.insert_events(stored)
    assert positions is not None
    assert list(positions) == sorted(positions)
    rows = installation.casebook.recorder.select_notifications(None, 1000)
    assert [(row.originator_id, row.originator_version) for row in rows] == [
        (event.originator_id, event.originator_version) for event in stored
    ]
    assert [row.id for row in rows] == list(positions)


def test_many_positions_are_found_at_once(installation: Installation) -> None:
    first, second = _record(installation.casebook), _record(installation.casebook)
    assert set(installation.log.at(range(second + 2000))) == {first, second}


def test_the_same_version_of_a_record_is_stored_once(installation: Installation) -> None:
    record = new_id()
    recorder = installation.casebook.recorder
    recorder.insert_events([_stored(record)])
    with pytest.raises(RecordConflictError):
        recorder.insert_events([_stored(new_id()), _stored(record)])
    assert len(recorder.select_notifications(None, 10)) == 1, "all or none"


def test_a_position_says_what_was_known_at_a_moment(installation: Installation) -> None:
    positions = [_record(installation.casebook) for _ in range(6)]
    times = [told.event.timestamp.timestamp() for told in installation.log.page(0, 10)]
    assert installation.log.before(times[0] - 1) == 0
    assert times == sorted(times)
    for position, time, later in zip(positions, times, [*times[1:], 4e9], strict=True):
        assert installation.log.before((time + later) / 2) == position
    assert installation.log.before(times[-1] + 1) == positions[-1]


def test_gaps_in_the_ids_are_stepped_over(installation: Installation, address: Address) -> None:
    first = _record(installation.casebook)
    rolled_back = new_id()
    for _ in range(3):
        with pytest.raises(IntegrityError):
            installation.casebook.recorder.insert_events([_stored(rolled_back), _stored(rolled_back)])
    second = _record(installation.casebook)
    if address.url is not None:
        assert second > first + 1, "PostgreSQL gives an id only once, also to what was rolled back"
    assert [told.position for told in installation.log.page(0, 10)] == [first, second]
    assert installation.log.before(4e9) == second
    before = installation.log.at([second])[second].event.timestamp.timestamp() - 1e-6
    assert first <= installation.log.before(before) < second


def test_an_unreadable_event_ends_the_page_before_it_and_is_refused_as_the_first(
    installation: Installation, address: Address
) -> None:
    first, second = _record(installation.casebook), _record(installation.casebook)
    _record(installation.casebook)
    _run(address, f"UPDATE {{events}} SET topic = 'protest.dreamt' WHERE notification_id = {second}")
    assert [told.position for told in installation.log.page(0, 10)] == [first]
    with pytest.raises(Unreadable, match=r"protest\.dreamt: unknown topic") as refused:
        installation.log.page(first, 10)
    assert refused.value.position == second
    with pytest.raises(PayloadRefused):
        installation.log.at([second])


def test_no_two_processes_get_in_each_others_way(installation: Installation, address: Address) -> None:
    """Also the first two, which find no table."""
    with another_process(_record_some, address, 40) as (one, _), another_process(_record_some, address, 40) as (two, _):
        for pipe in (one, two):
            assert pipe.recv() == "ready"
        for pipe in (one, two):
            pipe.send("go")
        acknowledged = [*one.recv(), *two.recv()]
    assert sorted(acknowledged) == [told.position for told in installation.log.page(0, 1000)]
    assert len(set(acknowledged)) == 80


def _record_some(pipe: Pipe, address: Address, many: int) -> None:
    with address.open() as opened:
        pipe.send("ready")
        pipe.recv()
        pipe.send([_record(opened.casebook) for _ in range(many)])


def test_two_processes_may_make_the_tables_at_once(address: Address) -> None:
    tasks = [another_process(_open_and_record, address) for _ in range(3)]
    with tasks[0] as (one, _), tasks[1] as (two, _), tasks[2] as (three, _):
        for pipe in (one, two, three):
            pipe.recv()
        for pipe in (one, two, three):
            pipe.send("go")
        assert [len(pipe.recv()) for pipe in (one, two, three)] == [5, 5, 5]
    with address.open() as opened:
        assert len(opened.log.page(0, 100)) == 15


def _open_and_record(pipe: Pipe, address: Address) -> None:
    pipe.send("ready")
    pipe.recv()
    with address.open() as opened:
        opened.projector()
        pipe.send([_record(opened.casebook) for _ in range(5)])


def test_a_reader_who_follows_misses_nothing(address: Address, installation: Installation) -> None:
    """Ids become visible in their order: whoever has seen one has seen every smaller one there will ever be."""
    writers, each = 4, 60
    seen: list[int] = []
    done = threading.Event()

    def follow() -> None:
        while True:
            last = done.is_set()
            seen.extend(told.position for told in installation.log.page(seen[-1] if seen else 0, 1000))
            if last:
                return

    follower = threading.Thread(target=follow)
    follower.start()
    with ThreadPoolExecutor(writers) as pool:
        acknowledged = [
            position
            for positions in pool.map(lambda _: [_record(installation.casebook) for _ in range(each)], range(writers))
            for position in positions
        ]
    done.set()
    follower.join()
    assert seen == sorted(acknowledged)


def test_every_save_acknowledged_before_a_kill_is_there_afterwards(address: Address) -> None:
    with address.open():
        pass
    acknowledged: list[int] = []
    with another_process(_record_until_killed, address) as (pipe, process):
        while len(acknowledged) < 200:
            acknowledged.append(pipe.recv())
        process.kill()
        while True:
            try:
                acknowledged.append(pipe.recv())
            except (EOFError, OSError):
                break
    with address.open() as opened:
        stored = {told.position for told in opened.log.page(0, 100_000)}
        assert set(acknowledged) <= stored
        assert len(stored - set(acknowledged)) <= 1, "one more may have been stored whose acknowledgement was not sent"
        assert _record(opened.casebook) > max(stored)


def _record_until_killed(pipe: Pipe, address: Address) -> None:
    with address.open() as opened:
        while True:
            pipe.send(_record(opened.casebook))


def test_notifications_are_chosen_as_the_library_promises(installation: Installation) -> None:
    recorder = installation.casebook.recorder
    ended, withdrawn = StoredEvent(new_id(), 1, "protest.ended", b"{}"), _stored(new_id())
    recorder.insert_events([ended, withdrawn, _stored(new_id()), _stored(new_id())])
    assert [found.id for found in recorder.select_notifications(2, 10)] == [2, 3, 4]
    assert [found.id for found in recorder.select_notifications(2, 10, 3)] == [2, 3]
    assert [found.id for found in recorder.select_notifications(2, 1, inclusive_of_start=False)] == [3]
    assert [found.originator_id for found in recorder.select_notifications(None, 9, 2, ["protest.ended"])] == [
        ended.originator_id
    ]
