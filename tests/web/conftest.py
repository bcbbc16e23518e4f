"""Installations with pages: a seeded one in each language that tests only read, and one that a test may write into."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.seeding import Seeded, opened, seed
from tests.web.site import Site
from web import create_app
from web.wiring import Tracker


@pytest.fixture(scope="session", params=["en", "ru"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, places: Path) -> Iterator[Site]:
    """The fictional record, its free words and its pages in one language. Nothing is recorded in it."""
    with opened(tmp_path_factory.mktemp("site"), places, request.param) as tracker:
        yield Site(tracker, create_app(tracker), seed(tracker, request.param), request.param)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, places: Path) -> Iterator[Site]:
    """The fictional record in English, to record in."""
    with opened(tmp_path_factory.mktemp("desk"), places) as tracker:
        yield Site(tracker, create_app(tracker), seed(tracker))


@pytest.fixture
def bare(tmp_path: Path, places: Path) -> Iterator[Site]:
    """An installation in which nothing was recorded yet."""
    with opened(tmp_path / "home", places) as tracker:
        yield Site(tracker, create_app(tracker), nobody(tracker))


@pytest.fixture(params=["en", "ru"])
def told(request: pytest.FixtureRequest, tmp_path: Path, places: Path) -> Iterator[Site]:
    """An empty installation in either language."""
    with opened(tmp_path / "home", places, request.param) as tracker:
        yield Site(tracker, create_app(tracker), nobody(tracker), request.param)


def nobody(tracker: Tracker) -> Seeded:
    from domain.record import new_id

    protest, held, long, detention, merged, other, unnamed, incident, station, exhibit = (new_id() for _ in range(10))
    return Seeded(
        protest,
        held,
        long,
        detention,
        merged,
        other,
        unnamed,
        incident,
        station,
        0,
        exhibit,
        source=new_id(),
        report=new_id(),
        proceeding=new_id(),
        released=1,
    )
