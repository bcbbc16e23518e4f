"""What may be published about a month, and when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.errors import RuleBroken
from domain.publication import AGAIN_AFTER, CLOSED_FOR, Publication, PublishedCell, PublishedCity, publication_of
from tests.domain.recording import entered, entry, refused
from tests.trackers import Installation

SHOWN: dict[str, Any] = {
    "definition": 2,
    "resolution": 7,
    "people": 10,
    "incidents": 2,
    "left_over": 5,
    "classes": (10, 50, 200, 1000),
    "cities": (PublishedCity(524901, 131, 40, (PublishedCell("8711aa7a9ffffff", 2),)),),
}


@pytest.fixture
def march() -> Publication:
    return Publication.open(entry(), month=202203)


def month_of(moment: datetime) -> int:
    return moment.year * 100 + moment.month


def test_a_publication_keeps_what_was_shown_and_where_it_was_counted(march: Publication) -> None:
    march.publish_cells(entry(), **SHOWN)
    kept = entered(march)
    assert (kept.cities, kept.classes) == (SHOWN["cities"], (10, 50, 200, 1000))


def test_a_month_is_closed_thirty_days_after_its_end() -> None:
    now = datetime.now(UTC)
    for month in (month_of(now), month_of(now + timedelta(days=40)), month_of(now - timedelta(days=20))):
        with refused("month_not_closed"):
            Publication.open(entry(), month=month)
    assert Publication.open(entry(), month=month_of(now - CLOSED_FOR - timedelta(days=31))).month


def test_what_is_no_month_is_refused() -> None:
    for month in (0, 202200, 202213, 999912, 189912):
        with refused("no_such_month"):
            Publication.open(entry(), month=month)


def test_a_month_is_not_published_twice_within_a_year(march: Publication) -> None:
    march.publish_cells(entry(), **SHOWN)
    with refused("published_lately", march):
        march.publish_cells(entry(), **SHOWN)


def test_after_a_year_it_is(march: Publication) -> None:
    march.publish_cells(entry(), **SHOWN)
    march.cells_published_at = datetime.now(UTC) - AGAIN_AFTER - timedelta(seconds=1)
    march.publish_cells(entry(), **SHOWN)
    assert len(march.entries) == 3


def test_two_who_publish_a_month_at_once_make_one_publication(installation: Installation) -> None:
    casebook = installation.casebook
    first = entry()
    assert casebook.publish_cells(first, 202203, **SHOWN).new
    assert not casebook.publish_cells(first, 202203, **SHOWN).new, "the same command again"
    with pytest.raises(RuleBroken) as broken:
        casebook.publish_cells(entry(), 202203, **SHOWN)
    assert broken.value.code == "published_lately"
    assert casebook.standing(Publication, publication_of(202203)).month == 202203


def test_an_empty_month_is_not_published(march: Publication) -> None:
    with refused("nothing_to_publish", march):
        march.publish_cells(entry(), **{**SHOWN, "cities": ()})
