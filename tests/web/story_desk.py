"""A desk at which the stories are recorded with their words really sealed, and the case files that come of it, as pages."""

from dataclasses import dataclass, field
from uuid import UUID

from domain.privacy import Sealed
from domain.provenance import Entry, Source
from domain.record import new_id
from tests.stories import Desk
from tests.web.site import Page, Site
from web.access.roles import Role
from web.vault.accounts import add_account
from web.wiring import Tracker


class SealingDesk(Desk):
    """As `Desk`, with the vault of an installation."""

    def __init__(self, tracker: Tracker) -> None:
        super().__init__(tracker.casebook)
        self.tracker = tracker

    def sealed(self, person: UUID, record: UUID, name: str, words: str) -> Sealed:
        return self.tracker.vault.mint([person]).seal(person, record, name, words)


@dataclass
class Newsroom:
    """Where a story is recorded, and where its pages are read."""

    site: Site
    desk: SealingDesk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = SealingDesk(self.site.tracker)

    def file(self, person: UUID) -> Page:
        """The case file, with everything that was recorded."""
        self.site.tracker.bring_up_to_date()
        return self.site.page(f"/people/{person}")

    def lawyer(self, person: UUID | None = None) -> Site:
        """The browser of a lawyer, who has this person's file."""
        browser = Site(self.site.tracker, self.site.app, self.site.seeded, self.site.language, None)
        with self.site.tracker.vault.storage.writing() as db:
            account = add_account(db, new_id().hex, Role.LAWYER)
        browser.sign_in(account)
        if person is not None:
            entry = Entry(account, Source("monitor"), new_id())
            self.site.tracker.casebook.assign_counsel(entry, person, counsel=account, ground="asked_for")
            self.site.tracker.bring_up_to_date()
        return browser

    def answers(self, person: UUID) -> dict[str, int]:
        """With what each kind of account is answered that asks for the file: 200, or how it is denied."""
        self.site.tracker.bring_up_to_date()
        readers = {role.value: self.site.signed_in_as(role) for role in Role if role is not Role.LAWYER}
        found = {name: browser.client for name, browser in readers.items()}
        asked = {"Host": "127.0.0.1:8080"}
        answers = {name: client.get(f"/people/{person}", headers=asked).status_code for name, client in found.items()}
        return {
            **answers,
            "another lawyer": self.lawyer().get(f"/people/{person}").status_code,
            "counsel": self.lawyer(person).get(f"/people/{person}").status_code,
        }
