"""A case shared by several people: the counsel of each reads what concerns theirs and all, and nothing of the others."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from domain.proceeding import Proceeding
from domain.provenance import Entry, Source
from domain.record import new_id
from tests.web.seeding import opened, seed
from tests.web.site import Site, account_of
from web import create_app
from web.access.roles import Role


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, places: Path) -> Iterator[Site]:
    with opened(tmp_path_factory.mktemp("cases"), places) as tracker:
        yield Site(tracker, create_app(tracker), seed(tracker))


def entry(site: Site) -> Entry:
    return Entry(account_of(site.tracker, Role.COORDINATOR), Source("lawyer"), new_id())


@pytest.fixture
def case(site: Site) -> tuple[UUID, UUID, UUID]:
    """A case against two people, of whom the first is the lawyer's."""
    book, first, second, number = site.tracker.casebook, new_id(), new_id(), new_id()
    seal = site.tracker.vault.mint([first, second, number])
    for person, name in ((first, "Perveyev Ilya"), (second, "Vtorova Anna")):
        book.open_person(replace(entry(site), command=person), person, name=seal.seal(person, person, "name", name))
    opened = replace(entry(site), command=number)
    told = {"case_number": seal.seal(number, number, "case_number", "5-99/2022")}
    said = seal.seal(number, number, "words", "Vtorova spoke first")
    book.open_proceeding(opened, number, persons=(first, second), **told, words=said)
    for person, words in ((first, "fell ill in court"), (second, "her alibi was not heard")):
        book.record_ruling(entry(site), number, person=person, words=seal.seal(person, number, "words", words))
    done = book.assign_counsel(entry(site), first, counsel=account_of(site.tracker, Role.LAWYER))
    site.tracker.catch_up(done)
    return number, first, second


def test_counsel_reads_what_concerns_their_own_and_the_case_and_no_word_that_may_name_the_others(
    site: Site, case: tuple[UUID, UUID, UUID]
) -> None:
    number, first, second = case
    told = site.signed_in_as(Role.LAWYER).page(f"/people/{first}")
    assert "fell ill in court" in told.text
    assert "5-99/2022" in told.text
    for kept in ("her alibi", "Vtorova", str(second)):
        assert kept not in told.html
    whole = site.page(f"/people/{first}")
    assert "Vtorova spoke first" in whole.text
    assert "her alibi" not in whole.text, "not even for whoever may read it: it is not this person's file"
    assert str(number) in whole.html


def test_counsel_of_all_reads_all(site: Site, case: tuple[UUID, UUID, UUID]) -> None:
    _, first, second = case
    lawyer = account_of(site.tracker, Role.LAWYER)
    site.tracker.catch_up(site.tracker.casebook.assign_counsel(entry(site), second, counsel=lawyer))
    assert "Vtorova spoke first" in site.signed_in_as(Role.LAWYER).page(f"/people/{first}").text


def test_an_entry_about_another_defendant_is_no_page_for_counsel(site: Site, case: tuple[UUID, UUID, UUID]) -> None:
    number, *_ = case
    lawyer = site.signed_in_as(Role.LAWYER)
    assert lawyer.get(f"/proceedings/{number}/entries/2/correct").status_code == 200
    for act in ("correct", "withdraw", "attest"):
        assert lawyer.get(f"/proceedings/{number}/entries/3/{act}").status_code == 404


def test_counsel_says_nothing_of_another_defendant_and_adds_nobody_they_do_not_see(
    site: Site, case: tuple[UUID, UUID, UUID]
) -> None:
    number, first, second = case
    lawyer = site.signed_in_as(Role.LAWYER)
    page = lawyer.page(f"/proceedings/{number}/add/appealed")
    assert (str(first) in page.html, str(second) in page.html) == (True, False)
    for person in (str(second), ""):
        assert lawyer.fill(f"/proceedings/{number}/add/appealed", person=person, against="ruling").status_code == 422
    stranger = str(site.seeded.unnamed)
    assert lawyer.fill(f"/proceedings/{number}/add/defendant-joined", person=stranger).status_code == 422
    assert lawyer.fill(f"/proceedings/{number}/add/appealed", person=str(first), against="ruling").status_code == 303
    assert site.tracker.casebook.standing(Proceeding, number).said_of(4) == {first}


def test_a_case_against_nobody_of_theirs_is_no_page(site: Site) -> None:
    number, stranger = new_id(), new_id()
    book = site.tracker.casebook
    book.open_person(replace(entry(site), command=stranger), stranger)
    site.tracker.catch_up(book.open_proceeding(replace(entry(site), command=number), number, persons=(stranger,)))
    for role in (Role.LAWYER, Role.MONITOR):
        assert site.signed_in_as(role).get(f"/proceedings/{number}/add/ruled").status_code == 404


def test_a_lawyer_records_a_case_and_its_hearing_from_the_file(site: Site, case: tuple[UUID, UUID, UUID]) -> None:
    _, first, _ = case
    lawyer = site.signed_in_as(Role.LAWYER)
    done = lawyer.fill(f"/people/{first}/proceedings/new", kind="criminal", article="uk-318", case_number="77-7")
    assert done.status_code == 303
    page = lawyer.page(done.location)
    assert "UK 318" in page.text
    assert "77-7" in page.text
    empty = lawyer.fill(f"/people/{first}/proceedings/new", kind="unknown", article="unknown")
    assert empty.status_code == 422
