"""A detention as a lawyer follows it, in both languages and without JavaScript: the worked example of the law, entered by forms.

Held from 15:00-15:20, at the station 16:40, a protocol under a fine-only article at 18:00: three hours run out at 19:40. The
article is changed to one with arrest at 21:30: the limit moves, and the change is flagged. Released the next day at 15:10. Then
the file on paper.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Phone

TOLD = {
    "ru-RU": {
        "name": "Поверкина Ася",
        "due": "19:40",
        "flag": "«сорокавосьмичасовая» статья записана через 1 ч 50 мин после истечения трёх часов",
        "overrun": "Без переквалификации срок превышен на 19 ч 30 мин",
    },
    "en-GB": {
        "name": "Nebylitsina Ella",
        "due": "19:40",
        "flag": "48-hour article recorded 1 h 50 min after the 3-hour limit had run out",
        "overrun": "If the change is disregarded, over the limit by 19 h 30 min",
    },
}


def add(phone: Phone, path: str, **values: str) -> None:
    """Fill in a form and send it."""
    phone.open(path)
    for name, value in values.items():
        there = phone.page.locator(f"main [name={name}]").first
        if there.evaluate("element => element.tagName") == "SELECT":
            there.select_option(value)
        else:
            there.fill(value)
    phone.page.locator("main form[method=post] button").first.click()


@pytest.mark.parametrize(("phone", "locale"), [(one, one) for one in TOLD], indirect=["phone"])
def test_the_deadline_moves_with_the_article_and_the_change_is_flagged(phone: Phone, locale: str, tmp_path: Path) -> None:
    words, page = TOLD[locale], phone.page
    add(phone, "/detentions/new", name=words["name"], when="2022-03-06 15:00 - 15:20", place="Москва", source_kind="lawyer")
    person = re.search(r"/people/([0-9a-f-]{36})", page.url)
    assert person is not None, page.url
    file = f"/people/{person[1]}"
    links = page.locator("a[href*='/add/delivered']").first.get_attribute("href")
    assert links is not None
    detention = links.partition("/add/")[0]
    add(phone, f"{detention}/add/delivered", when="2022-03-06 16:40", place="ОВД Тверское", source_kind="lawyer")
    told = {"kind": "offence", "article": "koap-20.3.3-1", "when": "2022-03-06 18:00", "source_kind": "lawyer"}
    add(phone, f"{detention}/add/protocol-drawn", **told)
    phone.open(file)
    expect(page.locator("main")).to_contain_text(words["due"])
    expect(page.locator("main")).not_to_contain_text(words["flag"])
    add(phone, f"{detention}/add/requalified", article="koap-19.3-1", when="2022-03-06 21:30", source_kind="lawyer")
    phone.open(file)
    expect(page.locator("main")).to_contain_text(words["flag"])
    add(phone, f"{detention}/add/released", kind="after_protocol", when="2022-03-07 15:10", source_kind="relative")
    phone.open(file)
    expect(page.locator("main")).to_contain_text(words["overrun"])
    width = page.locator("main").bounding_box()
    assert width is not None
    assert width["width"] <= 390

    phone.open(f"{file}/paper")
    with page.expect_download() as made:
        page.locator("main form[method=post] button").last.click()
    paper = tmp_path / "case-file.pdf"
    made.value.save_as(paper)
    assert paper.read_bytes().startswith(b"%PDF-1.7")
    assert person[1][-8:] in made.value.suggested_filename
