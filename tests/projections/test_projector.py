"""The views are a function of the log: however it was cut into pages, wherever it was interrupted, whoever folded it."""

import multiprocessing
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from multiprocessing.connection import Connection as Pipe
from multiprocessing.synchronize import Barrier
from pathlib import Path
from threading import BrokenBarrierError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.record import new_id
from projections.projector import Projector
from projections.rebuilding import rebuild
from tests.projections.crashes import crashing
from tests.projections.doings import VERBS, Doing, Doings, doings
from tests.projections.doings_of_people import last_few
from tests.projections.homes import folded, fresh, seen, thoroughly
from tests.trackers import MOSCOW, Address, Installation, another_process, city, day, emptied, entry


def test_the_doings_of_these_tests_reach_every_table() -> None:
    """Otherwise what follows might prove nothing."""
    numbers = range(len(VERBS))
    everything = [(verb, *((n * step) % 31 for step in (1, 7, 11, 5))) for n in range(1, 30) for verb in numbers]
    with fresh() as address, address.open() as opened:
        done = Doings(opened.casebook)
        done.do(everything)  # type: ignore[arg-type]
        Doings(opened.casebook).do(last_few(VERBS))  # type: ignore[arg-type]
        opened.projector().follow()
        empty = [name for name, rows in seen(opened).items() if not rows]
        assert empty == []
        assert done.refused < len(everything) / 2


@given(doings(), st.integers(1, 7))
@thoroughly
def test_any_cut_into_pages_gives_the_same_views(what: list[Doing], limit: int) -> None:
    with fresh() as address, address.open() as opened:
        last = Doings(opened.casebook).do(what)
        assert opened.projector().follow(limit) == last
        assert seen(opened) == folded(address, "whole")


@given(st.lists(st.tuples(doings(most=8), st.integers(0, 3), st.integers(1, 4)), max_size=8))
@thoroughly
def test_following_while_things_are_recorded_gives_the_same_views(evenings: list[tuple[list[Doing], int, int]]) -> None:
    """Also by two projectors that take turns, each with what it remembers of the rows."""
    with fresh() as address, address.open() as opened:
        done = Doings(opened.casebook)
        projectors = [opened.projector(), opened.projector()]
        for what, steps, limit in evenings:
            done.do(what)
            for step in range(steps):
                projectors[(step + limit) % 2].advance(limit)
        projectors[0].follow()
        assert seen(opened) == folded(address, "whole")


@given(doings(), st.integers(1, 5), st.lists(st.integers(0, 60), max_size=5))
@thoroughly
def test_any_crash_leaves_nothing_twice_and_nothing_out(what: list[Doing], limit: int, crashes: list[int]) -> None:
    """A process ends after any number of statements, also between the last one and the commit; another one goes on."""
    with fresh() as address, address.open() as opened:
        last = Doings(opened.casebook).do(what)
        projector = opened.projector()
        for statements in crashes:
            with crashing(opened.writer, statements):
                projector.follow(limit)
            projector = opened.projector()
        assert projector.follow(limit) == last
        assert seen(opened) == folded(address, "whole")


@given(doings(), st.integers(1, 5), st.lists(st.integers(0, 60), max_size=5))
@thoroughly
def test_a_projector_survives_trouble_with_its_database(what: list[Doing], limit: int, troubles: list[int]) -> None:
    """As above, but the same projector goes on: what it remembers of the rows must be what is in the tables."""
    with fresh() as address, address.open() as opened:
        last = Doings(opened.casebook).do(what)
        projector = opened.projector()
        for statements in troubles:
            with crashing(opened.writer, statements):
                projector.follow(limit)
        assert projector.follow(limit) == last
        assert seen(opened) == folded(address, "whole")


@given(doings(), doings(most=10))
@thoroughly
def test_rebuilt_views_are_the_same_as_followed_ones(before: list[Doing], after: list[Doing]) -> None:
    with fresh() as address, address.open() as opened:
        done = Doings(opened.casebook)
        done.do(before)
        projector = opened.projector()
        projector.follow()
        last = done.do(after)
        assert rebuild(projector) == last
        assert seen(opened) == folded(address, "whole")
        last = done.do(before)
        assert projector.follow(3) == last
        assert seen(opened) == folded(address, "again")


@given(doings(least=5))
@thoroughly
def test_folding_again_changes_nothing(what: list[Doing]) -> None:
    with fresh() as address, address.open() as opened:
        Doings(opened.casebook).do(what)
        projector = opened.projector()
        projector.follow()
        before = seen(opened)
        for other in (projector, opened.projector()):
            other.create()
            other.follow()
            assert seen(opened) == before


@given(doings(least=5), doings(most=10), st.integers(1, 7), st.lists(st.integers(0, 60), max_size=4))
@settings(thoroughly, max_examples=8)
def test_all_of_this_holds_on_postgresql(
    shared_database: str, what: list[Doing], after: list[Doing], limit: int, crashes: list[int]
) -> None:
    url = emptied(shared_database)
    with Address(Path("/nowhere"), url).open() as opened:
        done = Doings(opened.casebook)
        done.do(what)
        one, other = opened.projector(), opened.projector()
        for statements in crashes:
            with crashing(opened.writer, statements):
                one.follow(limit)
        other.advance(limit)
        done.do(after)
        one.advance(limit)
        last = done.do([])
        assert other.follow(limit) == last
        followed = seen(opened)
        assert followed == folded(Address(Path("/nowhere"), url), "whole")
        assert rebuild(one) == last
        assert seen(opened) == followed
        last = done.do(after)
        assert other.follow(limit) == last
        assert seen(opened) == folded(Address(Path("/nowhere"), url), "again")


# Processes.


def test_two_projectors_at_once_count_everything_once(address: Address, installation: Installation) -> None:
    """They begin each page at the same moment, while more is recorded: left to the scheduler, one of them might come to none."""
    everything: Sequence[Doing] = [(n % 19, n % 5, n % 7, n % 11, n % 3) for n in range(400)]
    installation.projector()
    done, together = Doings(installation.casebook), multiprocessing.get_context("spawn").Barrier(2, timeout=60)
    done.do(everything[:200])
    with another_process(_follow, address, together) as (one, _), another_process(_follow, address, together) as (two, _):
        for pipe in (one, two):
            assert pipe.recv() == "ready"
        for pipe in (one, two):
            pipe.send("go")
        last = done.do(everything[200:])
        for pipe in (one, two):
            pipe.send(last)
        steps = [one.recv(), two.recv()]
    assert all(steps), "both have folded something"
    assert seen(installation) == folded(address, "whole")


def _follow(pipe: Pipe, address: Address, together: Barrier | None = None) -> None:
    """Folds small pages until told how far to go. Answers how many pages it has folded."""
    with address.open() as opened:
        projector, folded_pages, goal = opened.projector(), 0, None
        pipe.send("ready")
        pipe.recv()
        while goal is None or projector.reached() < goal:
            if goal is None and pipe.poll():
                goal = pipe.recv()
            before = projector.reached()
            if together is not None:
                with suppress(BrokenBarrierError):  # the other has reached the goal
                    together.wait()
            folded_pages += projector.advance(2).reached > before
        if together is not None:
            together.abort()
        pipe.send(folded_pages)


def test_a_projector_killed_in_the_middle_is_no_loss(address: Address, installation: Installation) -> None:
    everything: Sequence[Doing] = [(n % 19, n % 5, n % 7, n % 11, n % 3) for n in range(300)]
    installation.projector()
    last = Doings(installation.casebook).do(everything)
    with another_process(_follow, address) as (pipe, process):
        pipe.recv()
        pipe.send("go")
        while installation.projector().reached() < last // 4:
            pass
        process.kill()
    assert installation.projector().follow(7) == last
    assert seen(installation) == folded(address, "whole")


# What is noticed at start.


def test_views_that_were_deleted_come_back_the_same(tmp_path_factory: pytest.TempPathFactory) -> None:
    address = Address(tmp_path_factory.mktemp("home"))
    with address.open() as opened:
        Doings(opened.casebook).do([(n % 19, n % 5, n % 7, n % 11, n % 3) for n in range(120)])
        opened.projector().follow()
        before = seen(opened)
    for file in address.folder.glob("views.sqlite*"):
        file.unlink()
    with address.open() as opened:
        projector = opened.projector()
        assert projector.outdated() == []
        rebuild(projector)
        assert seen(opened) == before


def test_a_log_that_was_replaced_is_noticed_and_not_folded_over(tmp_path_factory: pytest.TempPathFactory) -> None:
    ours, others = Address(tmp_path_factory.mktemp("ours")), Address(tmp_path_factory.mktemp("others"))
    for address in (ours, others):
        with address.open() as opened:
            _protests(opened, 5)
            projector = opened.projector()
            projector.follow()
            assert projector.outdated() == []
    for file in ours.folder.glob("events.sqlite*"):
        file.unlink()
    shutil.copy(others.events_file, ours.events_file)
    with ours.open() as opened:
        projector = opened.projector()
        assert set(projector.outdated()) == set(projector.projections)
        rebuild(projector, projector.outdated())
        assert projector.outdated() == []
        assert seen(opened) == folded(others, "whole")


def test_a_log_restored_from_an_older_backup_is_noticed(tmp_path_factory: pytest.TempPathFactory) -> None:
    address = Address(tmp_path_factory.mktemp("home"))
    with address.open() as opened:
        _protests(opened, 5)
        backup = address.folder / "backup"
        with closing(sqlite3.connect(address.events_file)) as source, closing(sqlite3.connect(backup)) as target:
            source.backup(target)
        _protests(opened, 3)
        opened.projector().follow()
    for file in address.folder.glob("events.sqlite*"):
        file.unlink()
    backup.rename(address.events_file)
    with address.open() as opened:
        projector = opened.projector()
        assert set(projector.outdated()) == set(projector.projections)
        rebuild(projector, projector.outdated())
        assert projector.outdated() == []
        assert projector.reached() == 5


def test_an_empty_log_is_folded_already(installation: Installation) -> None:
    projector: Projector = installation.projector()
    assert projector.follow() == 0
    assert projector.outdated() == []
    assert rebuild(projector) == 0
    assert projector.outdated() == []


def _protests(opened: Installation, many: int) -> None:
    for _ in range(many):
        opened.casebook.record_protest(entry(), new_id(), when=day(3, 2), place=city(MOSCOW))
