"""While the vault is locked the pages work, what is about people says so, and no form records half a thing."""

import pytest

from domain.record import new_id
from tests.web.site import Site
from web.vault import VaultLocked

PASSPHRASE = "слова слова слова слова"


@pytest.fixture
def locked(desk: Site) -> Site:
    vault = desk.tracker.vault
    if not vault.has_passphrase:
        vault.put_under_passphrase(PASSPHRASE)
    vault.lock()
    return desk


@pytest.mark.parametrize(("language", "mark"), [("en", "[locked]"), ("ru", "[заперто]")])
def test_pages_about_people_are_there_and_say_that_names_are_locked(locked: Site, language: str, mark: str) -> None:
    for path in ("/people", f"/people/{locked.seeded.long}"):
        html = locked.get(path, **{"Accept-Language": language}).get_data(as_text=True)
        assert mark in html
        assert "Testova" not in html
    assert locked.get("/").status_code == 200
    locked.tracker.vault.unlock(PASSPHRASE)
    assert "Testova" in locked.get("/people").get_data(as_text=True)


def test_a_form_about_a_person_says_that_nothing_was_recorded(locked: Site) -> None:
    before = locked.recorded()
    answer = locked.fill(f"/people/{locked.seeded.held}/add/named", name="Кто-то", kind="full")
    assert answer.status_code == 422
    assert "The vault is locked" in answer.get_data(as_text=True)
    assert "Кто-то" in answer.get_data(as_text=True)  # what was entered is not lost
    assert locked.recorded() == before


def test_nothing_is_minted_while_locked(locked: Site) -> None:
    with pytest.raises(VaultLocked):
        locked.tracker.vault.mint([new_id()])


def test_what_is_about_no_person_can_be_recorded(locked: Site) -> None:
    before = locked.recorded()
    answer = locked.fill(f"/protests/{locked.seeded.protest}/add/crowd-estimated", count="500")
    assert answer.status_code == 303
    assert locked.recorded() == before + 1
