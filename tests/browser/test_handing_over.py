"""A file that changes hands, in both languages and without JavaScript: given to one lawyer, worked on, handed to another.

Three phones: a coordinator's and two lawyers'. From the moment of the hand-over the first lawyer sees nothing of the file and the
second all of it, the notes of the defence too, which the coordinator who handed it over never reads.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect

from domain.record import new_id
from tests.browser.conftest import Phone, Served, phone_of
from tests.browser.test_casework import add
from web.access.roles import Role
from web.vault.accounts import add_account

NAME = {"ru-RU": "Небылицина Рада", "en-GB": "Vymyslov Kirill"}
NOTE = {"ru-RU": "Проверить время в журнале дежурной части", "en-GB": "Check the hour in the register of the station"}
WHY = {"ru-RU": "В больнице до пятницы", "en-GB": "In hospital until Friday"}
REASON = {"ru-RU": "болезнь, отъезд или нет связи", "en-GB": "ill, away or out of reach"}


@dataclass
class Chambers:
    """Who has which phone. The lawyers' accounts bear names that no page shows otherwise."""

    coordinator: Phone
    giver: Phone
    taker: Phone
    names: tuple[str, str]
    locale: str


@pytest.fixture(params=["ru-RU", "en-GB"])
def chambers(browser: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[Chambers]:
    names = (f"giver-{new_id().hex[-6:]}", f"taker-{new_id().hex[-6:]}")
    with served.tracker.vault.storage.writing() as db:
        accounts = [add_account(db, name, Role.LAWYER) for name in names]
    tokens = [served.token, *(served.tracker.door.sessions.begin(account) for account in accounts)]
    with ExitStack() as phones:
        held = [phones.enter_context(phone_of(browser, served, token, request.param)) for token in tokens]
        yield Chambers(held[0], held[1], held[2], names, request.param)


def detained(chambers: Chambers) -> str:
    """Somebody just detained, entered by the coordinator. Returns the address of the file."""
    told = {"name": NAME[chambers.locale], "when": "2022-03-06 15:00", "place": "Москва", "source_kind": "lawyer"}
    add(chambers.coordinator, "/detentions/new", **told)
    found = re.search(r"/people/[0-9a-f-]{36}", chambers.coordinator.page.url)
    assert found is not None, chambers.coordinator.page.url
    return found[0]


def chosen(phone: Phone, field: str, label: str) -> None:
    phone.page.locator(f"main select[name={field}]").select_option(label=label)


def test_a_file_is_given_worked_on_and_handed_over(chambers: Chambers) -> None:
    file, locale = detained(chambers), chambers.locale
    coordinator, giver, taker = chambers.coordinator, chambers.giver, chambers.taker
    coordinator.open(f"{file}/add/counsel-assigned")
    chosen(coordinator, "counsel", chambers.names[0])
    chosen(coordinator, "ground", {"ru-RU": "дежурство", "en-GB": "on duty"}[locale])
    coordinator.page.locator("main form[method=post] button").first.click()

    giver.open("/desk")
    giver.page.locator("main").get_by_role("link", name=NAME[locale]).click()
    expect(giver.page.locator("h1")).to_have_text(NAME[locale])
    add(giver, f"{file}/add/note-written", note=NOTE[locale])
    expect(giver.page.locator("main")).to_contain_text(NOTE[locale])
    taker.open(file)
    expect(taker.page.locator("body")).not_to_contain_text(NAME[locale])

    coordinator.open("/lawyers")
    account = coordinator.page.locator("main tr", has_text=chambers.names[0])
    account.locator("a[href$='/hand-over']").click()
    assert coordinator.page.locator("main").bounding_box()["width"] <= 390  # type: ignore[index]
    coordinator.page.locator("main form[method=post] button").first.click()
    expect(coordinator.page.get_by_role("alert")).to_be_visible()
    coordinator.page.locator("main input[name=whom][value=marked]").check()
    coordinator.page.get_by_role("checkbox", name=NAME[locale]).check()
    chosen(coordinator, "counsel", chambers.names[1])
    chosen(coordinator, "ground", REASON[locale])
    coordinator.page.locator("main [name=words]").fill(WHY[locale])
    coordinator.page.locator("main form[method=post] button").first.click()
    expect(coordinator.page.get_by_role("status").first).to_be_visible()

    giver.open("/desk")
    expect(giver.page.locator("main")).not_to_contain_text(NAME[locale])
    for path in (file, f"{file}/difference?from=1", f"{file}/paper"):
        giver.open(path)
        for words in (NAME[locale], NOTE[locale]):
            expect(giver.page.locator("body")).not_to_contain_text(words)
    taker.open("/desk")
    taker.page.locator("main").get_by_role("link", name=NAME[locale]).click()
    for words in (NAME[locale], NOTE[locale], WHY[locale], REASON[locale]):
        expect(taker.page.locator("main")).to_contain_text(words)
    coordinator.open(file)
    expect(coordinator.page.locator("main")).to_contain_text(WHY[locale])
    expect(coordinator.page.locator("main")).not_to_contain_text(NOTE[locale])
