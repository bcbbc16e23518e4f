"""A record in which lawyers have people's files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.moment import When
from domain.provenance import Entry, Source
from domain.record import new_id
from tests.web.seeding import MOSCOW, ZONE, opened, seed
from tests.web.site import Site, account_of
from web import create_app
from web.access.roles import Role
from web.vault.accounts import add_account
from web.wiring import Tracker


@dataclass
class Chambers:
    """The seeded record with a coordinator's browser, and two lawyers."""

    site: Site
    lawyer: UUID
    colleague: UUID

    @property
    def tracker(self) -> Tracker:
        return self.site.tracker

    def entry(self) -> Entry:
        return Entry(account_of(self.tracker, Role.COORDINATOR), Source("monitor"), new_id())

    def give(self, person: UUID, lawyer: UUID | None = None) -> None:
        done = self.tracker.casebook.assign_counsel(self.entry(), person, counsel=lawyer or self.lawyer, ground="on_duty")
        self.tracker.catch_up(done)

    def held(self, name: str, ago: timedelta, *, given: bool = True, minor: str = "no") -> tuple[UUID, UUID]:
        """Somebody restrained and delivered so long ago, and given to the lawyer."""
        person, detention = new_id(), new_id()
        sealed = self.tracker.vault.mint([person]).seal(person, person, "name", name)
        when = When.at((datetime.now(UTC) - ago).replace(microsecond=0), ZONE)
        at: dict[str, Any] = {"when": when, "place": self.tracker.geocoder.city_place(MOSCOW)}
        casebook = self.tracker.casebook
        casebook.record_detention(self.entry(), detention, person=person, name=sealed, minor=minor, **at)
        done = casebook.record_delivery(self.entry(), detention, **at)
        self.tracker.catch_up(done)
        if given:
            self.give(person)
        return person, detention

    def browser(self, account: UUID, language: str = "en") -> Site:
        """A lawyer's browser."""
        found = Site(self.tracker, self.site.app, self.site.seeded, language, None)
        found.role = Role.LAWYER
        found.sign_in(account)
        return found


@pytest.fixture
def chambers(tmp_path: Path, places: Path) -> Iterator[Chambers]:
    """Nobody has been given anything yet."""
    with opened(tmp_path / "home", places) as tracker:
        site = Site(tracker, create_app(tracker), seed(tracker))
        lawyer = account_of(tracker, Role.LAWYER)
        with tracker.vault.storage.writing() as db:
            colleague = add_account(db, "201", Role.LAWYER)
        yield Chambers(site, lawyer, colleague)
