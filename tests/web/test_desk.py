"""What a page has at hand: sealed words are opened as everywhere else, and what cannot be opened says why."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import g

from domain.detention import Detention
from domain.record import new_id
from tests.domain.recording import entered
from tests.trackers import entry
from tests.web.site import account_of
from web import create_app
from web.access.reader import Reader
from web.access.roles import Role
from web.desk import Desk
from web.desk import desk as at_hand
from web.vault.accounts import Account
from web.wiring import Tracker


@pytest.fixture
def desk(tracker: Tracker) -> Iterator[Desk]:
    """The desk of an application whose page is being made for a coordinator."""
    with create_app(tracker).test_request_context():
        account = Account(account_of(tracker, Role.COORDINATOR), "100", Role.COORDINATOR, (), False)
        g.reader = Reader(account, Role.COORDINATOR)
        yield at_hand()


def test_damaged_words_are_said_to_be_damaged_and_not_merely_sealed(desk: Desk) -> None:
    vault, detention, person = desk.tracker.vault, new_id(), new_id()
    vault.mint([person])
    words = vault.seal(person, detention, "words", "по его словам")
    held = Detention.record(entry(), detention, person=person, words=words)
    damaged = Detention.record(entry(), detention, person=person, words=replace(words, ciphertext=words.ciphertext[:-1] + b"?"))
    told, broken = entered(held), entered(damaged)
    assert "по его словам" in desk.teller([told]).tell(told, "ru")
    assert "[повреждено]" in desk.teller([broken]).tell(broken, "ru")
    assert "[скрыто]" in desk.teller().tell(told, "ru"), "what the page did not ask for stays sealed"
