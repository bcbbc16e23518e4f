"""What may be released about a month, and when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.errors import RuleBroken
from domain.release import AGAIN_AFTER, CLOSED_FOR, Release, ReleasedCell, release_of
from tests.domain.recording import entered, entry, refused
from tests.trackers import Installation

SHOWN: dict[str, Any] = {
    "counted_at": 40,
    "definition": 2,
    "resolution": 7,
    "people": 10,
    "incidents": 2,
    "left_over": 5,
    "classes": (10, 50, 200, 1000),
    "cells": (ReleasedCell(524901, "8711aa7a9ffffff", 2),),
}


@pytest.fixture
def march() -> Release:
    return Release.open(entry(), month=202203)


def month_of(moment: datetime) -> int:
    return moment.year * 100 + moment.month


def test_a_release_keeps_what_was_shown_and_where_it_was_counted(march: Release) -> None:
    march.release_cells(entry(), **SHOWN)
    kept = entered(march)
    assert (kept.counted_at, kept.cells, kept.classes) == (40, SHOWN["cells"], (10, 50, 200, 1000))


def test_a_month_is_closed_thirty_days_after_its_end() -> None:
    now = datetime.now(UTC)
    for month in (month_of(now), month_of(now + timedelta(days=40)), month_of(now - timedelta(days=20))):
        with refused("month_not_closed"):
            Release.open(entry(), month=month)
    assert Release.open(entry(), month=month_of(now - CLOSED_FOR - timedelta(days=31))).month


def test_what_is_no_month_is_refused() -> None:
    for month in (0, 202200, 202213, 999912, 189912):
        with refused("no_such_month"):
            Release.open(entry(), month=month)


def test_a_month_is_not_released_twice_within_a_year(march: Release) -> None:
    march.release_cells(entry(), **SHOWN)
    with refused("released_lately", march):
        march.release_cells(entry(), **SHOWN)


def test_after_a_year_it_is(march: Release) -> None:
    march.release_cells(entry(), **SHOWN)
    march.cells_released_at = datetime.now(UTC) - AGAIN_AFTER - timedelta(seconds=1)
    march.release_cells(entry(), **SHOWN)
    assert len(march.entries) == 3


def test_two_who_release_a_month_at_once_make_one_release(installation: Installation) -> None:
    casebook = installation.casebook
    first = entry()
    assert casebook.release_cells(first, 202203, **SHOWN).new
    assert not casebook.release_cells(first, 202203, **SHOWN).new, "the same command again"
    with pytest.raises(RuleBroken) as broken:
        casebook.release_cells(entry(), 202203, **SHOWN)
    assert broken.value.code == "released_lately"
    assert casebook.standing(Release, release_of(202203)).month == 202203
