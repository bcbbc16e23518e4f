"""From a line at the hotline to a release in the case file: a phone, the keyboard alone, no JavaScript, in both languages."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Phone
from tests.browser.test_recording import follow, tab_to

TOLD = {
    "ru-RU": {
        "take": "Принять сообщение",
        "line": "Небылицына Анна, ОВД Тверское, нужен адвокат",
        "name": "Небылицына Анна",
        "person": "Небылицына Анна, нужен адвокат",
        "save": "Сохранить сообщение",
        "saved": "Записано.",
        "watch": "Дежурство",
        "letter": "Буква: Небылицына Анна",
        "people": "Люди",
        "city": "Город",
        "Moscow": "Москва",
        "free": "на свободе",
    },
    "en-GB": {
        "take": "Take a report",
        "line": "Vydumkina Zoya, OVD Tverskoye, needs lawyer",
        "name": "Vydumkina Zoya",
        "person": "Vydumkina Zoya, needs counsel",
        "save": "Save the report",
        "saved": "Recorded.",
        "watch": "Watch",
        "letter": "Letter: Vydumkina Zoya",
        "people": "People",
        "city": "City",
        "Moscow": "Moscow",
        "free": "released",
    },
}
LETTERS = {
    "ru-RU": (("д", "Тверск"), ("з", "защитник"), ("а", "защитник"), ("п 20.2-5", "20.2"), ("о", "Освобождение")),
    "en-GB": (("d", "Tversk"), ("c", "counsel"), ("a", "counsel"), ("p 20.2-5", "20.2"), ("r", "release")),
}
"""What is typed, and a word of what is then told."""


@pytest.mark.parametrize(("phone", "locale"), [(one, one) for one in TOLD], indirect=["phone"])
def test_from_a_stub_to_a_release_by_keyboard_only(phone: Phone, locale: str) -> None:
    words, keyboard, page = TOLD[locale], phone.page.keyboard, phone.page
    phone.open("/")
    follow(phone, words["take"])
    expect(page.locator("input[name=line]:focus")).to_have_value("")
    keyboard.insert_text(words["line"])
    tab_to(phone, words["city"])
    keyboard.insert_text(words["Moscow"])
    keyboard.press("Enter")
    # What was understood, with the focus on the button that saves it.
    expect(page.locator("p.heard mark")).to_have_count(3)
    expect(page.locator("textarea[name=people]")).to_have_value(words["person"])
    expect(page.locator("button:focus")).to_have_text(words["save"])
    keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(words["saved"])
    expect(page.locator("input[name=line]:focus")).to_have_value("")

    follow(phone, words["watch"], inside="navigation")
    tab_to(phone, words["letter"])
    for typed, told in LETTERS[locale]:
        expect(page.locator("input[name=typed]:focus")).to_have_value("")
        keyboard.insert_text(typed)
        keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text(told, ignore_case=True)
    expect(page.get_by_role("link", name=words["name"])).to_have_count(0)
    width = page.get_by_role("main").bounding_box()
    assert width is not None
    assert width["width"] <= 390

    follow(phone, words["people"], inside="navigation")
    follow(phone, words["name"])
    expect(page.get_by_role("heading", level=1)).to_have_text(words["name"])
    expect(page.locator("section.custody").first).to_contain_text(words["free"])
    for _typed, told in LETTERS[locale]:
        expect(page.locator("ol.chronicle")).to_contain_text(told, ignore_case=True)
