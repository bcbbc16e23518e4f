"""Whoever is forgotten takes along the words that a case says of everybody in it; what it says of one other stays that one's."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from domain.proceeding import Proceeding
from domain.record import new_id
from tests.web.forgetting.homes import Known, approved, entry
from tests.web.site import Page, Site
from web.backups.restoring import _forgotten_in
from web.forgetting import carry_out
from web.wiring import Tracker


@pytest.fixture
def known(bare: Site) -> Known:
    return Known(bare.tracker)


def shared_case(tracker: Tracker, known: Known) -> UUID:
    """Against the person who is to be forgotten and a stranger, who joined later."""
    case, book = new_id(), tracker.casebook
    seal = tracker.vault.mint([case, known.person, known.stranger])
    number = seal.seal(case, case, "case_number", "5-77/2022")
    book.open_proceeding(replace(entry(tracker), command=case), case, persons=(known.person,), case_number=number)
    book.join_proceeding(entry(tracker), case, person=known.stranger)
    for person, said in ((known.person, "she was in a wheelchair"), (known.stranger, "he asked for water")):
        book.record_ruling(entry(tracker), case, person=person, words=seal.seal(person, case, "words", said))
    tracker.bring_up_to_date()
    return case


def forget(tracker: Tracker, known: Known) -> None:
    carry_out(tracker, entry(tracker), known.person, approved(tracker, known.person))
    tracker.bring_up_to_date()


def test_the_words_of_a_shared_case_go_and_those_about_the_other_stay(bare: Site, known: Known) -> None:
    tracker = bare.tracker
    case = shared_case(tracker, known)
    before = bare.page(f"/people/{known.stranger}").text
    assert "5-77/2022" in before
    assert "wheelchair" not in before, "what is said of the one is in no file of the other"
    forget(tracker, known)
    assert case in tracker.vault.forgotten()
    after = bare.page(f"/people/{known.stranger}").text
    assert "5-77/2022" not in after
    assert "he asked for water" in after


def test_a_case_with_somebody_forgotten_goes_on_for_the_others(bare: Site, known: Known) -> None:
    case = shared_case(bare.tracker, known)
    forget(bare.tracker, known)
    path = f"/proceedings/{case}/add/appealed"
    page = bare.page(path)
    assert "everybody in the case" not in page.text
    assert str(known.person) not in page.html
    refused = bare.fill(path, person=str(known.person), against="ruling")
    assert refused.status_code == 422
    done = bare.fill(path, person=str(known.stranger), against="ruling", when="26.02.2022 10:00")
    assert done.status_code == 303
    assert "Appeal filed" in bare.page(done.location).text


def test_what_concerns_all_takes_no_more_words(bare: Site, known: Known) -> None:
    case = shared_case(bare.tracker, known)
    forget(bare.tracker, known)
    answer = bare.fill(f"/proceedings/{case}/entries/1/correct", because="mistake", article="koap-20.2-5")
    assert answer.status_code == 422
    assert "was forgotten" in Page(answer.get_data(as_text=True)).text
    assert bare.tracker.casebook.standing(Proceeding, case).version == 4


def test_a_restored_log_that_says_forgotten_names_the_cases_too(bare: Site, known: Known) -> None:
    case = shared_case(bare.tracker, known)
    forget(bare.tracker, known)
    found = _forgotten_in(Path(bare.tracker.settings.home) / "events.sqlite")
    assert case in found
    assert known.stranger not in found


def test_before_it_is_done_the_page_lists_the_cases_that_lose_words_and_how_many_others_they_are_of(
    bare: Site, known: Known
) -> None:
    case = shared_case(bare.tracker, known)
    alone = new_id()
    bare.tracker.casebook.open_proceeding(replace(entry(bare.tracker), command=alone), alone, persons=(known.person,))
    bare.tracker.bring_up_to_date()
    page = bare.page(known.page)
    assert "5-77/2022 : 1 text, 1 other person" in page.text
    assert f"/proceedings/{case}" in page.links
    assert str(alone) not in page.html, "what is theirs alone is said of the file"
    forget(bare.tracker, known)
    assert "5-77/2022" not in bare.page(f"/people/{known.stranger}/forgetting").text


def test_a_case_that_lost_its_words_already_is_not_listed_again(bare: Site, known: Known) -> None:
    shared_case(bare.tracker, known)
    assert "1 other person" in bare.page(f"/people/{known.stranger}/forgetting").text
    forget(bare.tracker, known)
    assert "other person" not in bare.page(f"/people/{known.stranger}/forgetting").text


def test_of_who_was_forgotten_the_page_goes_on_saying_what_stays(bare: Site, known: Known) -> None:
    shared_case(bare.tracker, known)
    forget(bare.tracker, known)
    page = bare.page(known.page)
    assert "Records that count in totals" in page.text
    assert f"/incidents/{known.incident}/entries/1/withdraw" in page.links
