"""A person who is to be forgotten, the desks of two coordinators, and every page on which something could be left of them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.casebook import Casebook
from domain.person import Person
from domain.provenance import Entry, Source
from domain.record import new_id
from tests.web.seeding import MOSCOW, Seeding, clock
from tests.web.site import Site
from web.access.roles import Role
from web.vault.accounts import DEMO, OPERATOR, add_account
from web.wiring import Tracker

WISH: dict[str, Any] = {"asked_by": "person", "verified_by": "in_person", "because": "wish"}
WAIVED: dict[str, Any] = {**WISH, "waives_delay": "yes", "waived_by": "person"}
NAME = "Primerov Gleb"
"""One of the names the seeding knows how to seal."""


class Known:
    """Somebody detained at a protest, entered twice, to whom something was done; not everything of it by name."""

    def __init__(self, tracker: Tracker) -> None:
        to = Seeding(tracker, "en")
        place = to.place(MOSCOW)
        self.protest = to.protest(2, 24, 19, place, form="gathering", agreement="not_agreed")
        held: dict[str, Any] = {"protest": self.protest, "when": clock(2, 24, 19, 40), "circumstances": "face_recognition"}
        self.person, self.detention = to.detained(NAME, at="Pushkinskaya Square", **held)
        self.other, self.again = to.detained(NAME, protest=self.protest, when=clock(2, 24, 20))
        to.casebook.find_to_be(to.entry("relative"), self.person, other=self.other, basis="relative")
        self.stranger, _ = to.detained("Testova Ella", protest=self.protest)
        self.incident = new_id()
        there: dict[str, Any] = {"when": clock(2, 25, 9), "place": place, "person": self.person, "protest": self.protest}
        to.casebook.record_incident(to.entry(command=self.incident), self.incident, categories=("search_or_seizure",), **there)
        to.casebook.give_consent(to.entry("detainee"), self.person, scopes=("publish_full_name",))
        tracker.bring_up_to_date()

    @property
    def page(self) -> str:
        return f"/people/{self.person}/forgetting"

    def paths(self) -> list[str]:
        """Every address about them."""
        files = [f"/people/{person}" for person in (self.person, self.other)]
        return [*files, *(f"{file}/forgetting" for file in files), f"/incidents/{self.incident}"]


def colleague(site: Site) -> Site:
    """The same pages at the desk of another account."""
    other = site.signed_in_as(None)
    with site.tracker.vault.storage.writing() as db:
        account = add_account(db, f"2{len(site.tracker.vault.accounts.all())}", Role.COORDINATOR)
    other.sign_in(account)
    return other


def entry(tracker: Tracker, name: str = OPERATOR) -> Entry:
    return Entry(tracker.vault.accounts.id_of(name), Source("detainee"), new_id())


def approved(tracker: Tracker, person: UUID, *, ago: timedelta = timedelta(hours=80)) -> int:
    """A request by one account, approved by another some time ago. Returns its number."""
    book: Casebook = tracker.casebook
    book.request_forgetting(entry(tracker), person, **WISH)
    asked = book.standing(Person, person).forgetting
    assert asked is not None
    book.approve_forgetting(entry(tracker, DEMO), person, request=asked.request, now=datetime.now(UTC) - ago)
    tracker.bring_up_to_date()
    return asked.request
