"""The pages of the access log: who read whose file, found without a name in any address, and nothing about anybody else."""

import re
from uuid import UUID

import pytest

from domain.facts import facts_of
from domain.moment import When
from domain.place import Place
from domain.privacy import Sealed
from domain.record import new_id
from domain.topics import all_events
from domain.vocabulary.access import FIELDS, PAGES
from tests.web.site import Page, Site
from web.coordinators import readings
from web.entries.fields import parts_of
from web.vault.accounts import OPERATOR

SILENT = {"static"}
"""What is answered without a page."""


def shown(page: Page) -> str:
    """The acts listed, without the forms around them."""
    listed = re.search(r'<ol class="chronicle">(.*?)</ol>', page.html, re.DOTALL)
    return Page(listed[1]).text if listed is not None else ""


def operator(site: Site) -> UUID:
    return site.tracker.vault.accounts.id_of(OPERATOR)


def ask(site: Site, account: str = "", number: str = "") -> str:
    """Send the form; the address it leads to."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', site.page("/access").html)
    assert token is not None
    answer = site.post("/access", {"csrf_token": token[1], "account": account, "number": number})
    assert answer.status_code == 303, answer.status_code
    return answer.location


def unlabelled(site: Site, known: object = PAGES) -> set[str]:
    """The addresses an act could not name in the reader's language."""
    return {rule.endpoint for rule in site.app.url_map.iter_rules() if rule.endpoint not in known} - SILENT  # type: ignore[operator]


def test_every_page_has_a_name_in_the_log_in_both_languages(desk: Site) -> None:
    assert unlabelled(desk) == set(), "add it to PAGES in domain/vocabulary/access.py"


def test_a_page_without_a_name_in_the_log_is_noticed(desk: Site) -> None:
    assert unlabelled(desk, set(PAGES) - {"lawyers.people"}) == {"lawyers.people"}


def unnamed(known: object = FIELDS) -> set[str]:
    """The fields with words that may be sealed, which an act could not name in the reader's language."""
    events = [happened for topic, happened in all_events() if not topic.startswith("access.")]
    facts = [(name, set(parts_of(fact.type))) for happened in events for name, fact in facts_of(happened).items()]
    return {name for name, parts in facts if parts & {Sealed, When, Place} and name not in known}  # type: ignore[operator]


def test_every_sealed_field_has_a_name_in_the_log_in_both_languages() -> None:
    assert unnamed() == set(), "add it to FIELDS in domain/vocabulary/access.py"


def test_a_sealed_field_without_a_name_in_the_log_is_noticed() -> None:
    assert unnamed(set(FIELDS) - {"destination"}) == {"destination"}


def test_the_log_tells_every_act_with_the_account_and_the_files(site: Site) -> None:
    page, number = site.page("/access"), site.seeded.long.hex[-8:]
    told = {
        "en": "Read by operator; name, reference to the source and words about what happened; "
        f"file {number}; page: person's file.",
        "ru": f"Прочитано, учётная запись operator; имя, ссылка на источник и слова о случившемся; карточка {number}; "
        "страница: карточка человека.",
    }
    refused = {
        "en": f"Refused: record that is not assigned to the account; account operator; page: person's file; number {number}.",
        "ru": "Отказано: запись, не назначенная этой учётной записи; учётная запись operator; "
        f"страница: карточка человека; номер {number}.",
    }
    nobody = {
        "en": "Refused: sign-in with wrong details; nobody signed in.",
        "ru": "Отказано: вход с неверными данными; без входа.",
    }
    for sentence in (told, refused, nobody):
        assert sentence[site.language] in page.text


def test_an_act_about_many_says_how_many_and_lists_every_one(site: Site) -> None:
    page = site.page("/access")
    assert {"en": "12 files", "ru": "12 карточек"}[site.language] in page.text
    assert f"/access?person={site.seeded.merged}" in page.links


def test_the_newest_act_comes_first(desk: Site) -> None:
    desk.tracker.access.unlocked(operator(desk))
    assert shown(desk.page("/access")).startswith("Personal text unlocked by operator.")


def test_the_acts_of_one_account(desk: Site) -> None:
    stranger = new_id()
    desk.tracker.access.signed_in(stranger)
    assert stranger.hex[-8:] in shown(desk.page("/access"))
    only = ask(desk, account=str(operator(desk)))
    assert only == f"/access?account={operator(desk)}"
    assert stranger.hex[-8:] not in shown(desk.page(only))
    assert stranger.hex[-8:] in shown(desk.page(f"/access?account={stranger}"))


@pytest.mark.parametrize("whole", [True, False])
def test_the_acts_about_one_file_are_found_by_its_number(desk: Site, whole: bool) -> None:
    person = desk.seeded.long
    found = ask(desk, number=str(person) if whole else f" {person.hex[-8:].upper()} ")
    assert found == f"/access?person={person}"
    listed = shown(desk.page(found))
    assert f"file {person.hex[-8:]}; page: person's file." in listed
    assert f"number {person.hex[-8:]}." in listed, "also who was refused"
    assert "Signed in" not in listed


def test_the_acts_about_a_file_are_those_about_every_file_of_the_person(desk: Site) -> None:
    other = desk.seeded.other
    assert "Exported by operator; case file" in shown(desk.page(f"/access?person={desk.seeded.merged}"))
    desk.tracker.access.read(operator(desk), {other: {"name"}}, "lawyers.case_file")
    assert f"name; file {other.hex[-8:]};" in shown(desk.page(f"/access?person={desk.seeded.merged}"))
    assert f"name; file {other.hex[-8:]};" in shown(desk.page(f"/people/{desk.seeded.merged}/readers"))


@pytest.mark.parametrize("typed", ["Testova Ella", "Тестова", "1234567", "g" * 8, "0" * 8, "x" * 300, "\u202e", "' OR 1=1 --"])
def test_what_is_no_number_is_said_to_be_none_and_goes_into_no_address(desk: Site, typed: str) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', desk.page("/access").html)
    assert token is not None
    answer = desk.post("/access", {"csrf_token": token[1], "account": "", "number": typed})
    page = Page(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "Location" not in answer.headers
    assert "file number" in page.text or "whose number ends like this" in page.text
    assert typed not in page.html
    assert shown(page) == ""


STRANGE = ("account=x", "person=x", "before=x", "before=-1", "before=0", f"before={'9' * 30}", "person=" + "0" * 36)


@pytest.mark.parametrize("query", STRANGE)
def test_a_strange_address_is_answered(desk: Site, query: str) -> None:
    desk.page(f"/access?{query}")
    desk.page(f"/people/{desk.seeded.long}/readers?{query}")


@pytest.mark.parametrize("start", ["/access", "/access?account={account}", "/people/{person}/readers"])
def test_a_long_log_is_read_page_by_page_and_no_act_is_left_out(desk: Site, monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    path = start.format(account=operator(desk), person=desk.seeded.merged)
    whole = positions(desk.page(path))
    monkeypatch.setattr(readings, "PAGE", 2)
    paged: list[int] = []
    while path:
        page = desk.page(path)
        paged += positions(page)
        path = next((link for link in page.links if "before=" in link), "")
    assert paged == whole == sorted(whole, reverse=True)
    assert len(whole) >= 2


def positions(page: Page) -> list[int]:
    """Those of the acts on a page."""
    return [int(position) for position in re.findall(r'id="act-(\d+)"', page.html)]


def test_who_read_a_file_is_told_and_nothing_about_anybody_else(site: Site) -> None:
    seeded, person = site.seeded, site.seeded.long
    page = site.page(f"/people/{person}/readers")
    listed = shown(page)
    assert person.hex[-8:] in listed
    assert {"en": "12 files", "ru": "карточек: 12"}[site.language] not in listed, "nor how many were on the same page"
    for another in (seeded.merged, seeded.other, seeded.held):
        assert another.hex[-8:] not in page.html
    assert {"en": "Refused", "ru": "Отказано"}[site.language] not in listed
    assert {"en": "Signed in", "ru": "Вход"}[site.language] not in listed


def test_the_log_itself_does_name_the_others(site: Site) -> None:
    """The control of the test above."""
    page = site.page("/access")
    assert site.seeded.merged.hex[-8:] in page.html
    assert {"en": "12 files", "ru": "карточек: 12"}[site.language] in page.text


def test_a_file_nobody_read_says_so(desk: Site) -> None:
    assert "Nobody has read it yet." in desk.page(f"/people/{desk.seeded.unnamed}/readers").text


@pytest.mark.parametrize("path", ["/people/{}/readers", "/people/1/readers"])
def test_there_are_no_readers_of_a_file_that_is_not_on_record(bare: Site, path: str) -> None:
    assert bare.get(path.format(new_id())).status_code == 404


def test_an_empty_log_says_so(bare: Site) -> None:
    assert "There is nothing of this kind in the log." in bare.page("/access").text


def test_a_case_file_leads_to_who_read_it(desk: Site) -> None:
    assert f"/people/{desk.seeded.long}/readers" in desk.page(f"/people/{desk.seeded.long}").links


def test_no_name_stands_on_these_pages(site: Site) -> None:
    for path in ("/access", f"/people/{site.seeded.long}/readers", f"/people/{site.seeded.merged}/readers"):
        html = site.page(path).html
        assert not any(name in html for name in ("Testova", "Obraztsov", "Тестова", "Образцов"))


def test_the_pages_of_the_log_fold_what_is_new_themselves(desk: Site) -> None:
    before = desk.tracker.readings.reached()
    desk.tracker.access.searched(operator(desk), 41)
    assert desk.tracker.readings.reached() == before
    assert "files found: 41." in shown(desk.page("/access"))
