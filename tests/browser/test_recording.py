"""A monitor in the night: a phone, Russian, the keyboard alone, no JavaScript. What is entered is there on the next page."""

from typing import Literal

from playwright.sync_api import expect

from tests.browser.conftest import Phone

MOST_TABS = 120


def tab_to(phone: Phone, name: str, *, inside: Literal["main", "navigation"] = "main") -> None:
    """Press Tab until the control with this accessible name has the focus."""
    part = phone.page.get_by_role(inside)
    named = part.get_by_label(name, exact=False)
    wanted = named.or_(part.get_by_role("button", name=name)).or_(part.get_by_role("link", name=name)).first
    for _ in range(MOST_TABS):
        phone.page.keyboard.press("Tab")
        if wanted.and_(phone.page.locator(":focus")).count():
            return
    raise AssertionError(f"the keyboard never came to {name!r}")


def write(phone: Phone, name: str, words: str) -> None:
    tab_to(phone, name)
    phone.page.keyboard.insert_text(words)


def follow(phone: Phone, name: str, *, inside: Literal["main", "navigation"] = "main") -> None:
    tab_to(phone, name, inside=inside)
    phone.page.keyboard.press("Enter")
    phone.page.wait_for_load_state()


def test_a_protest_is_recorded_by_keyboard(phone: Phone) -> None:
    phone.open("/")
    follow(phone, "Записать акцию")
    write(phone, "Когда", "24.02.2022, вечером")
    write(phone, "Где", "Санкт-Петербург, Невский проспект")
    follow(phone, "Записать")
    expect(phone.page.get_by_role("status")).to_have_text("Записано.")
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("Санкт-Петербург")
    assert phone.page.title() == "Хроника"


def test_a_detention_is_recorded_by_keyboard_at_a_protest(phone: Phone) -> None:
    phone.open(f"/protests/{phone.seeded.protest}")
    follow(phone, "Записать задержание")
    write(phone, "Имя", "Небылицына Анна")
    write(phone, "Когда произошло задержание", "24.02.2022 20:10")
    follow(phone, "Записать")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Небылицына Анна")
    expect(phone.page.get_by_text("удерживается")).to_be_visible()
    assert "%D0" not in phone.page.url


def test_a_release_is_recorded_by_keyboard_after_a_mistake(phone: Phone) -> None:
    phone.open(f"/people/{phone.seeded.held}")
    follow(phone, "Записать освобождение")
    write(phone, "Когда произошло освобождение", "02/03/2022")
    follow(phone, "Записать")
    expect(phone.page.get_by_role("alert")).to_contain_text("Пока ничего не записано")
    when = phone.page.get_by_label("Когда произошло освобождение", exact=False)
    expect(when).to_have_value("02/03/2022")
    expect(when).to_have_attribute("aria-invalid", "true")
    when.fill("")
    write(phone, "Когда произошло освобождение", "02.03.2022 11:00")
    follow(phone, "Записать")
    expect(phone.page.get_by_role("status")).to_have_text("Записано.")
    expect(phone.page.locator("section.custody").first).to_contain_text("на свободе")


def test_no_page_is_wider_than_a_phone(phone: Phone) -> None:
    seeded = phone.seeded
    for path in (
        "/",
        "/protests",
        f"/protests/{seeded.protest}",
        "/people",
        "/people/search",
        f"/people/{seeded.long}",
        "/cities",
        "/cities/524901",
        "/figures",
        "/about",
        "/detentions/new",
        "/incidents/new",
        f"/incidents/{seeded.incident}",
        f"/detentions/{seeded.detention}/entries/2/correct",
    ):
        phone.open(path)
        box = phone.page.locator("body").bounding_box()
        main = phone.page.get_by_role("main").bounding_box()
        assert box is not None
        assert main is not None
        assert main["x"] + main["width"] <= 390, path
        for control in phone.page.locator("main input:not([type=hidden]), main select, main textarea, main button").all():
            found = control.bounding_box()
            assert found is None or found["x"] + found["width"] <= 390, (path, control)


def test_the_picture_of_a_city_is_seen_without_scripts(phone: Phone) -> None:
    phone.open("/cities/524901")
    picture = phone.page.locator("#heat img")
    expect(picture).to_be_visible()
    shown = picture.bounding_box()
    assert shown is not None
    assert shown["height"] > 200
