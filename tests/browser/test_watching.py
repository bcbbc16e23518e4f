"""The watch: a letter and Enter on a phone, by keyboard alone, without JavaScript; and the board that refreshes itself."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Phone, Served
from tests.browser.test_recording import follow, tab_to
from web.access import cookie

NIGHT = "/watch?night=2022-02-24&source_kind=lawyer"


def test_somebody_is_followed_to_their_release_by_letters_alone(phone: Phone) -> None:
    phone.open(NIGHT)
    tab_to(phone, "Буква: Примеров Глеб")
    phone.page.keyboard.insert_text("д Тверское")
    phone.page.keyboard.press("Enter")
    expect(phone.page.get_by_role("status")).to_contain_text("Записано.")
    # The same person's box has the focus again: from here on two keystrokes are enough.
    for letter, told in (("н", "защитник"), ("о", "Освобождение")):
        expect(phone.page.locator("input[name=typed]:focus")).to_have_value("")
        phone.page.keyboard.insert_text(letter)
        phone.page.keyboard.press("Enter")
        expect(phone.page.get_by_role("status")).to_contain_text(told, ignore_case=True)
    expect(phone.page.get_by_role("link", name="Примеров Глеб")).to_have_count(0)
    follow(phone, "Отменить: это ошибка")
    expect(phone.page.get_by_role("status")).to_contain_text("Отозвано как ошибка")
    expect(phone.page.get_by_role("link", name="Примеров Глеб")).to_be_visible()


def test_a_wrong_letter_is_told_at_its_box_which_keeps_the_focus(phone: Phone) -> None:
    phone.open(NIGHT)
    tab_to(phone, "Буква: Примеров Глеб")
    phone.page.keyboard.insert_text("ж")
    phone.page.keyboard.press("Enter")
    expect(phone.page.get_by_role("alert")).to_contain_text("«ж» — не одна из букв")
    expect(phone.page.locator(":focus")).to_have_value("ж")


def test_the_board_fits_the_width_of_a_phone(phone: Phone) -> None:
    phone.open(NIGHT)
    width = phone.page.locator("body").bounding_box()
    assert width is not None
    assert width["width"] <= 390
    assert phone.page.locator("#board").bounding_box()["width"] <= 390  # type: ignore[index]


@pytest.mark.parametrize("typed", ["", "д"])
def test_with_scripts_the_board_is_replaced_under_the_focus_and_not_under_somebodys_fingers(
    browser: Browser, served: Served, typed: str
) -> None:
    context = browser.new_context(viewport={"width": 1000, "height": 700}, locale="ru-RU")
    context.add_cookies([{"name": cookie.PLAIN, "value": served.token, "url": served.address}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda failed: complaints.append(str(failed)))
    page.clock.install(time=datetime.now(UTC))
    page.goto(f"{served.address}{NIGHT}")
    box = page.get_by_label("Буква:").first
    box.focus()
    page.keyboard.insert_text(typed)
    page.evaluate("document.getElementById('board').dataset.old = 'yes'")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(31_000)
    page.wait_for_timeout(1_500)
    was_replaced = page.locator("#board[data-old]").count() == 0
    assert was_replaced == (typed == "")
    assert page.evaluate("document.activeElement.name") == "typed"
    assert [address for address in asked if "auto=1" in address] == ([] if typed else asked)
    assert complaints == []
    context.close()
