"""What a page has at hand: sealed words are opened as everywhere else, and what cannot be opened says why."""

from dataclasses import replace

import pytest

from domain.detention import Detention
from domain.record import new_id
from tests.domain.recording import entered
from tests.trackers import entry
from web.desk import Desk
from web.wiring import Tracker


@pytest.fixture
def desk(tracker: Tracker) -> Desk:
    return Desk(tracker, new_id(), is_demo=False)


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
