"""Views are built again beside the ones being read: no reader sees a gap, no event is missed, no interruption leaves a trace."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError

from domain.record import new_id
from projections import rebuilding
from projections.log import Log, Told
from projections.projector import Projector
from projections.rebuilding import rebuild
from tests.projections.crashes import crashing
from tests.projections.doings import Doing, Doings, doings
from tests.projections.homes import folded, fresh, seen, thoroughly
from tests.trackers import MOSCOW, Address, Installation, city, day, entry
from web.wiring import PROJECTIONS

SOME: Sequence[Doing] = [(n % 19, n % 5, n % 7, n % 11, n % 3) for n in range(80)]


class Interrupted:
    """The log, read by somebody who lets something happen before each page."""

    def __init__(self, log: Log, meanwhile: Callable[[], None]) -> None:
        self._log = log
        self._meanwhile = meanwhile

    def page(self, after: int, limit: int, topics: Container[str] | None = None) -> Sequence[Told]:
        self._meanwhile()
        return self._log.page(after, limit, topics)

    def at(self, positions: Iterable[int]) -> dict[int, Told]:
        return self._log.at(positions)

    def of(self, records: Iterable[UUID]) -> Sequence[Told]:
        return self._log.of(records)

    def last(self) -> int:
        return self._log.last()

    def witness(self, position: int) -> tuple[UUID, int] | None:
        return self._log.witness(position)

    def before(self, moment: float) -> int:
        return self._log.before(moment)


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few events are many pages and many writes."""
    monkeypatch.setattr(rebuilding, "REBUILDING_PAGE", 3)
    monkeypatch.setattr(rebuilding, "PAGES_A_WRITE", 2)


def table_names(installation: Installation) -> set[str]:
    with installation.views() as db:
        return set(inspect(db).get_table_names())


LIVE = {view.name for projection in PROJECTIONS for view in projection.views} | {"positions"}


@given(doings(least=10), st.lists(doings(most=4), max_size=12))
@thoroughly
def test_what_is_recorded_while_views_are_built_is_in_them(what: list[Doing], meanwhile: list[list[Doing]]) -> None:
    with fresh() as address, address.open() as opened:
        done = Doings(opened.casebook)
        done.do(what)
        follower = opened.projector()
        left = list(meanwhile)

        def something() -> None:
            if left:
                done.do(left.pop())

        log = Interrupted(opened.log, something)
        assert rebuild(Projector(opened.writer, opened.reader, log, PROJECTIONS)) == follower.follow() == opened.log.last()
        assert seen(opened) == folded(address, "whole")


def test_the_old_views_are_read_and_followed_until_the_new_ones_stand(address: Address, installation: Installation) -> None:
    done = Doings(installation.casebook)
    done.do(SOME)
    follower = installation.projector()
    follower.follow()
    writes = 0

    def read_and_follow() -> None:
        nonlocal writes
        writes += 1
        done.do([(n % 19, writes, n, writes + n, n) for n in range(2)] if writes < 10 else [])
        assert follower.follow() == installation.log.last()
        if writes % 5 == 0:
            assert seen(installation) == folded(address, f"whole_{writes}")

    with between_writes(read_and_follow):
        rebuild(installation.projector())
    assert writes > 10
    assert follower.follow() == installation.log.last()
    assert seen(installation) == folded(address, "whole")
    assert table_names(installation) == LIVE


@contextmanager
def between_writes(meanwhile: Callable[[], None]) -> Iterator[None]:
    """What another process does while a rebuild holds no transaction."""
    fold_pages = rebuilding._fold_pages

    def interrupted(*arguments: Any) -> Told | None:
        meanwhile()
        return fold_pages(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rebuilding, "_fold_pages", interrupted)
        yield


def test_another_projector_with_a_memory_of_the_old_rows_goes_on_with_the_new_ones(
    address: Address, installation: Installation
) -> None:
    done = Doings(installation.casebook)
    done.do(SOME)
    follower = installation.projector()
    follower.follow()
    rebuild(installation.projector())
    done.do(SOME[::-1])
    follower.follow()
    assert seen(installation) == folded(address, "whole")


@pytest.mark.parametrize("statements", [0, 25, 90, 150, 180])
def test_an_interrupted_rebuild_leaves_the_views_as_they_were(
    address: Address, installation: Installation, statements: int
) -> None:
    done = Doings(installation.casebook)
    done.do(SOME)
    projector = installation.projector()
    projector.follow()
    before, standings = seen(installation), projector.standings()
    finished = False
    with crashing(installation.writer, statements):
        rebuild(projector)
        finished = True
    assert seen(installation) == before
    if not finished:
        assert projector.standings() == standings
    done.do(SOME[:9])
    again = installation.projector()
    assert again.follow() == installation.log.last()
    whole = folded(address, "whole")
    assert seen(installation) == whole
    rebuild(again)
    assert seen(installation) == whole
    assert table_names(installation) == LIVE, "nothing is left of the first attempt"


def test_these_interruptions_come_before_in_the_middle_of_and_after_a_rebuild(
    address: Address, installation: Installation
) -> None:
    """The control of the test above: the numbers it uses must reach from the beginning into the swap."""
    Doings(installation.casebook).do(SOME)
    projector = installation.projector()
    projector.follow()
    left_behind = []
    for statements in (0, 90, 100_000):
        with crashing(installation.writer, statements):
            rebuild(projector)
        left_behind.append(len(table_names(installation) - LIVE))
    assert left_behind[0] == 0
    assert left_behind[1] > 0
    assert left_behind[2] == 0


def test_one_projection_is_built_again_alone(address: Address, installation: Installation) -> None:
    Doings(installation.casebook).do(SOME)
    projector = installation.projector()
    projector.follow()
    before = projector.standings()
    rebuild(projector, ["heatmap"])
    after = projector.standings()
    assert after["heatmap"].generation > before["heatmap"].generation
    assert {name: standing for name, standing in after.items() if name != "heatmap"} == {
        name: standing for name, standing in before.items() if name != "heatmap"
    }
    assert seen(installation) == folded(address, "whole")


def test_of_two_rebuilds_at_once_one_fails_and_the_views_are_right(address: Address, installation: Installation) -> None:
    """Under the same names they would fold into each other's tables, and count everything twice."""
    Doings(installation.casebook).do(SOME)
    projector = installation.projector()
    projector.follow()
    writes = 0

    def another_rebuilds() -> None:
        nonlocal writes
        writes += 1
        if writes == 3:
            rebuild(projector)

    with between_writes(another_rebuilds), pytest.raises(DBAPIError):
        rebuild(installation.projector())
    assert seen(installation) == folded(address, "whole")
    assert table_names(installation) == LIVE


def test_progress_is_told_as_positions(installation: Installation) -> None:
    for _ in range(20):
        installation.casebook.record_protest(entry(), new_id(), when=day(3, 2), place=city(MOSCOW))
    told: list[int] = []
    rebuild(installation.projector(), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 20
    assert len(told) > 2
