"""The page of the search: asked by POST, answered in the reader's language, and the name asked for stands in its field alone."""

import logging
import re

import pytest

from tests.web.seeding import WORDS
from tests.web.site import Page, Site

EMPTY = {"en": "Write a name, or a part of one.", "ru": "Напишите имя или его часть."}
NOBODY = {"en": "Nobody on record was found by this name.", "ru": "По этому имени никто не найден."}


def asked(site: Site, name: str, status: int = 200) -> Page:
    answer = site.post("/people/search", {"name": name, "csrf_token": token(site)})
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    return Page(answer.get_data(as_text=True))


def token(site: Site) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', site.get("/people").get_data(as_text=True))
    assert found is not None
    return found[1]


@pytest.mark.parametrize("name", ["Testova Ella", "ella testova", "Тестова Элла", "Тестова Э.", "Tyestova Ella"])
def test_a_person_is_found_by_any_spelling(site: Site, name: str) -> None:
    page = asked(site, name)
    assert WORDS["Testova Ella"] in page.text or "Testova Ella" in page.text
    assert f"/people/{site.seeded.long}" in page.links
    assert str(site.seeded.long.hex)[-8:] in page.text


def test_a_row_says_the_city_the_state_and_why(desk: Site) -> None:
    assert "Testova Ella" in (row := asked(desk, "Тестова").text)
    assert "Moscow" in row
    assert "released" in row
    assert "on record in Latin letters" in row
    assert "spelt like this" in asked(desk, "Testova Ella").text
    assert "first name as a short form" in asked(desk, "Лёва Образцов").text


def test_reasons_are_told_in_the_readers_language(site: Site) -> None:
    strange = re.compile("[A-Za-z]{3}" if site.language == "ru" else "[А-я]{3}")
    why = re.findall(r'<td data-label="(?:Why|Поч)[^"]*">([^<]*)</td>', asked(site, "Тестова Элла").html)
    assert why
    assert not any(strange.search(reason) for reason in why)


def test_merged_files_are_one_row_that_leads_to_the_earliest(site: Site) -> None:
    page = asked(site, "Obraztsov")
    assert f"/people/{site.seeded.merged}" in page.links
    assert f"/people/{site.seeded.other}" not in page.links


@pytest.mark.parametrize("path", ["/people", "/people/search"])
def test_the_form_is_on_the_list_of_people_and_on_its_own_page(site: Site, path: str) -> None:
    html = site.page(path).html
    form = re.search(r'<form method="post" action="/people/search".*?</form>', html, re.DOTALL)
    assert form is not None
    assert form[0].count('autocomplete="off"') == 2
    assert 'name="csrf_token"' in form[0]


def test_the_name_asked_for_is_in_its_field_and_nowhere_else(site: Site) -> None:
    page = asked(site, "Zyxomirov <b>")
    assert page.html.count("Zyxomirov") == 1
    assert 'name="name" value="Zyxomirov &lt;b&gt;"' in page.html
    assert page.title == {"en": "Khronika", "ru": "Хроника"}[site.language]
    assert NOBODY[site.language] in page.text


def test_an_address_with_a_name_in_it_searches_nothing(site: Site) -> None:
    page = site.page("/people/search?name=Testova")
    assert 'name="name" value=""' in page.html
    assert f"/people/{site.seeded.long}" not in page.links
    assert NOBODY[site.language] not in page.text


def test_the_language_can_be_switched_after_a_search_without_losing_the_way(site: Site) -> None:
    back = re.findall(r'name="back" value="([^"]+)"', asked(site, "Testova").html)
    assert back == ["/people/search"]
    assert site.get(back[0]).status_code == 200


NONSENSE = (
    *("", "   ", "!?", "12345", "П.", "и" * 10_000, "\x00\x01", "\u202e\u200f"),
    *("%s {} ${x}7", "' OR 1=1 --", "🙂" * 50, "\ud7ff"),
)


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_answered_with_one_sentence(site: Site, name: str) -> None:
    answer = site.post("/people/search", {"name": name, "csrf_token": token(site)})
    assert answer.status_code in (200, 422)
    page = Page(answer.get_data(as_text=True))
    assert page.html.count('role="alert"') + page.html.count('role="status"') == 1
    assert not re.search("[\u202e\u200f\x00]", page.html)
    if not name.strip():
        assert EMPTY[site.language] in page.text


def test_a_search_without_the_token_of_the_form_or_from_elsewhere_is_refused(site: Site) -> None:
    assert site.post("/people/search", {"name": "Testova"}).status_code == 400
    sent = {"name": "Testova", "csrf_token": token(site)}
    assert site.post("/people/search", sent, Origin="http://elsewhere.example").status_code == 400


def test_nothing_that_is_asked_is_logged(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    asked(site, "Testova Zyxomira")
    asked(site, "и" * 300, 422)
    assert "Testova" not in caplog.text
    assert "Zyxomira" not in caplog.text


def test_whom_the_desk_may_not_see_is_not_found(desk: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from web.desk import Desk

    monkeypatch.setattr(Desk, "visible", lambda self, persons: {desk.seeded.held} & set(persons))
    assert "Testova" not in asked(desk, "Тестова").text
    assert f"/people/{desk.seeded.held}" in asked(desk, "Примеров").links
