"""Somebody asks by phone for a relative: the name typed by keyboard, without scripts, and gone from the address and the title."""

from playwright.sync_api import expect

from tests.browser.conftest import Phone
from tests.browser.test_recording import follow, write


def test_a_person_is_found_by_keyboard_on_a_phone(phone: Phone) -> None:
    phone.open("/people")
    write(phone, "Имя", "Testova E.")
    phone.page.keyboard.press("Enter")
    phone.page.wait_for_load_state()
    row = phone.page.locator("table.cards tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Тестова Элла")
    expect(row).to_contain_text("записано кириллицей, только инициалы")
    expect(phone.page.get_by_label("Имя")).to_have_value("Testova E.")
    assert phone.page.url == f"{phone.address}/people/search"
    assert phone.page.title() == "Хроника"
    main = phone.page.get_by_role("main").bounding_box()
    assert main is not None
    assert main["x"] + main["width"] <= 390
    follow(phone, "Тестова Элла")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Тестова Элла")


def test_nobody_found_is_said_and_the_name_stays_in_its_field(phone: Phone) -> None:
    phone.open("/people/search")
    write(phone, "Имя", "Отсутствующий")
    follow(phone, "Найти")
    expect(phone.page.get_by_role("status")).to_contain_text("никто не найден")
    expect(phone.page.get_by_label("Имя")).to_have_value("Отсутствующий")
