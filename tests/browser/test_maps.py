"""Maps in a real browser: without scripts the picture and the table, with them a map that moves; everything asked for is ours."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Phone, serving
from tests.web.seeding import MOSCOW, opened, seed
from tests.web.site import account_of
from web.access import cookie
from web.access.roles import Role

ICON = Path(__file__).resolve().parents[2] / "web" / "static" / "icon.png"
STREETS_ZOOM = 10


@dataclass
class Desktop:
    """A window with scripts, and what it asked for and complained about."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def streets(file: Path) -> Path:
    """Pictures of the ground around Moscow, all alike."""
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        db.execute("CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)")
        db.executemany("INSERT INTO metadata VALUES (?, ?)", {"format": "png", "attribution": "© Own streets"}.items())
        picture = ICON.read_bytes()
        tiles = [(STREETS_ZOOM, x, (1 << STREETS_ZOOM) - 1 - y, picture) for x in range(605, 634) for y in range(308, 334)]
        db.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", tiles)
    db.close()
    return file


@pytest.fixture(scope="module")
def desktop(browser: Browser, tmp_path_factory: pytest.TempPathFactory, places: Path) -> Iterator[Desktop]:
    folder = tmp_path_factory.mktemp("maps")
    with opened(folder / "home", places) as tracker:
        tracker = replace(tracker, settings=replace(tracker.settings, streets=streets(folder / "streets.mbtiles")))
        seed(tracker)
        with serving(tracker) as address:
            context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", reduced_motion="reduce")
            token = tracker.door.sessions.begin(account_of(tracker, Role.COORDINATOR))
            context.add_cookies([{"name": cookie.PLAIN, "value": token, "url": address}])
            held = Desktop(context.new_page(), address)
            context.on("request", lambda asked: held.asked.append(asked.url))
            held.page.on("console", lambda said: held.complaints.append(said.text))
            held.page.on("pageerror", lambda failed: held.complaints.append(str(failed)))
            yield held
            context.close()


def test_a_map_session_asks_nobody_else_and_breaks_no_rule_of_the_page(desktop: Desktop) -> None:
    page = desktop.page
    page.goto(f"{desktop.address}/cities")
    page.get_by_role("link", name="Moscow").first.click()
    expect(page.locator("#moving canvas").first).to_be_visible()
    expect(page.locator("#heat")).to_be_hidden()
    expect(page.locator("img.leaflet-tile-loaded").first).to_be_visible()
    attribution = page.locator(".leaflet-control-attribution").inner_text()
    assert "© Own streets" in attribution
    assert "GeoNames" in attribution
    assert "Leaflet" not in attribution, "its prefix shows a flag"
    expect(page.locator("#moving .classes")).to_contain_text("1,000+")
    page.get_by_title("Closer").click()
    page.get_by_title("Further away").click()
    page.select_option("#kind", "protests")
    page.select_option("#size", "8")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".cell-number").first).to_be_visible()
    page.locator("#moving").scroll_into_view_if_needed()
    number = page.locator(".cell-number").first.bounding_box()
    assert number is not None
    page.mouse.click(number["x"] + number["width"] / 2, number["y"] + number["height"] / 2)
    page.get_by_role("link", name="The protests behind it").click()
    expect(page.locator("main")).to_contain_text("Only what one cell of the map counts")
    page.go_back()
    expect(page.locator("#moving canvas").first).to_be_visible()
    page.get_by_role("button", name="Show the picture").click()
    expect(page.locator("#heat img")).to_be_visible()
    expect(page.locator("#moving")).to_be_hidden()
    page.get_by_role("button", name="Show the map that moves").click()
    page.emulate_media(media="print")
    expect(page.locator("#heat img")).to_be_visible()
    expect(page.locator("#moving")).to_be_hidden()
    page.emulate_media(media="screen")
    assert [url for url in desktop.asked if not url.startswith(f"{desktop.address}/")] == []
    assert any("/streets/" in url for url in desktop.asked)
    assert desktop.complaints == []


def test_a_page_that_loads_from_elsewhere_is_noticed(desktop: Desktop) -> None:
    """The control of the test above: what is foreign is asked for in vain, and is complained about."""
    desktop.page.goto(f"{desktop.address}/cities/{MOSCOW}")
    desktop.page.evaluate("() => { const there = new Image(); there.src = 'http://127.0.0.1:9/flag.png'; }")
    desktop.page.wait_for_timeout(300)
    assert any("Content Security Policy" in said for said in desktop.complaints)
    desktop.complaints.clear()


def test_without_scripts_the_picture_and_the_table_say_it_all(phone: Phone) -> None:
    page = phone.page
    for path in ("/cities", f"/cities/{MOSCOW}?kind=protests&size=8", f"/cities/{MOSCOW}?night=2022-02-24"):
        phone.open(path)
        for picture in page.locator("figure img").all():
            assert picture.evaluate("async picture => { await picture.decode(); return picture.naturalWidth; }") >= 380
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, "nothing is wider than the phone"
        assert page.locator("svg").count() == 0
        expect(page.locator("main table.cards").first).to_be_visible()
    expect(page.locator("#moving")).to_be_hidden()
    page.locator("main table a[href*='cell=']").first.click()
    expect(page.locator("main")).to_contain_text("Только то, что входит в одну ячейку карты")
