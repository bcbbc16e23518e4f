"""An installation to record a custody in, and the desk of whoever reads it, for the tests of case files."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from flask import g

from domain.record import new_id
from tests.trackers import city, clock, entry
from tests.web.site import Site
from web import create_app
from web.access.reader import Reader
from web.access.roles import Role
from web.desk import desk as the_desk
from web.vault.accounts import OPERATOR, Account
from web.wiring import Tracker


@contextmanager
def reading(tracker: Tracker) -> Iterator[Any]:
    """The desk of a coordinator."""
    app = create_app(tracker)
    with app.test_request_context("/"):
        account = tracker.vault.accounts.id_of(OPERATOR)
        g.reader = Reader(Account(account, OPERATOR, Role.COORDINATOR, (), False), Role.COORDINATOR)
        yield the_desk()


def held(site: Site) -> tuple[UUID, UUID]:
    person, detention = new_id(), new_id()
    site.tracker.casebook.record_detention(entry(), detention, person=person, when=clock(6, 15), place=city())
    return person, detention


def up_to_date(site: Site) -> int:
    site.tracker.bring_up_to_date()
    return site.tracker.log.last()
