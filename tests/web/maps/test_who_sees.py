"""Who sees which cells: everybody's, one's own people's, or none; and pictures that are kept without telling anybody else's."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import h3
import pytest

from tests.web.forgetting.homes import entry
from tests.web.maps.test_pages import shown_of
from tests.web.seeding import MOSCOW, opened, seed
from tests.web.site import Site, account_of
from web import create_app
from web.access.roles import Role
from web.maps.cells import Whose
from web.settings import Settings, SettingsRefused
from web.streets import open_streets

PICTURES = (f"/cities/{MOSCOW}/heat.png", f"/cities/{MOSCOW}/time.png", "/cities/map.png")
OF_NO_FIGURE = ("/cities/map.png?kind=held", "/cities/map.png?day=2022-03-06", "/cities/map.png?night=2022-03-06")
"""Maps of cities that say what no figure tells of a city: of whom, or of which day."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, places: Path) -> Iterator[Site]:
    """The fictional record; the lawyer has one of the files."""
    with opened(tmp_path_factory.mktemp("seen"), places) as tracker:
        found = Site(tracker, create_app(tracker), seed(tracker))
        lawyer = account_of(tracker, Role.LAWYER)
        tracker.catch_up(tracker.casebook.assign_counsel(entry(tracker), found.seeded.long, counsel=lawyer))
        yield found


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MONITOR])
def test_coordinators_and_monitors_see_the_finest_cells_and_the_stations(site: Site, role: Role) -> None:
    browser = site.signed_in_as(role)
    shown = shown_of(browser, MOSCOW, {"size": "9"})
    assert shown.inside.whose is Whose.EVERYBODY
    assert {h3.get_resolution(cell.index) for cell in shown.cells} == {9}
    names = {mark[2] for mark in browser.get(f"/cities/{MOSCOW}/shapes.json").get_json()["marks"] if mark[3]}
    assert any("Tverskoy" in name for name in names)


def test_a_lawyer_sees_the_cells_of_own_people_beside_the_city(site: Site) -> None:
    browser = site.signed_in_as(Role.LAWYER)
    shown, whole = shown_of(browser, MOSCOW, {}), shown_of(site, MOSCOW, {})
    assert shown.numbers == whole.numbers, "the city's totals are everybody's"
    assert shown.inside.whose is Whose.OWN
    assert shown.inside.total.detained == (1, 1)
    assert sum(cell.numbers.detained.low for cell in shown.cells) + shown.inside.not_placed.detained.low == 1
    assert len(shown.cells) < len(whole.cells)
    page = browser.page(f"/cities/{MOSCOW}")
    assert "your own people alone" in page.text
    assert browser.get(PICTURES[0]).data != site.get(PICTURES[0]).data
    assert len(browser.get(f"/cities/{MOSCOW}/shapes.json").get_json()["cells"]) == len(shown.cells)


def test_own_people_follow_the_assignment_at_once(site: Site) -> None:
    browser, lawyer = site.signed_in_as(Role.LAWYER), account_of(site.tracker, Role.LAWYER)
    before = browser.get(PICTURES[0])
    site.tracker.catch_up(site.tracker.casebook.assign_counsel(entry(site.tracker), site.seeded.held, counsel=lawyer))
    after = browser.get(PICTURES[0], **{"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, shown_of(browser, MOSCOW, {}).inside.total.detained) == (200, (2, 2))
    site.tracker.catch_up(site.tracker.casebook.dismiss_counsel(entry(site.tracker), site.seeded.held, counsel=lawyer))
    assert shown_of(browser, MOSCOW, {}).inside.total.detained == (1, 1)


def test_a_journalist_sees_what_is_announced_and_no_cell_in_any_form(site: Site) -> None:
    browser = site.signed_in_as(Role.JOURNALIST)
    for size in (7, 8, 9):
        shown = shown_of(browser, MOSCOW, {"size": str(size), "day": "2022-02-24"})
        assert (shown.inside.whose, list(shown.cells), list(shown.inside.rows)) == (Whose.NOBODY, [], [])
    page = browser.page(f"/cities/{MOSCOW}?kind=held&day=2022-02-24&size=9")
    assert "Known to be still held" not in page.text
    assert "/heat.png" not in page.html
    assert page.text == browser.page(f"/cities/{MOSCOW}").text, "neither a day nor another kind can be asked for"
    assert "Still held" not in browser.page("/cities").text
    refused = [f"/cities/{MOSCOW}/{name}" for name in ("heat.png", "time.png", "shapes.json")]
    assert {browser.get(path).status_code for path in (*refused, f"/protests?city={MOSCOW}&cell=none")} == {403}
    assert browser.get("/cities/map.png?kind=held").data == browser.get("/cities/map.png").data


def test_an_administrator_sees_no_map(site: Site) -> None:
    browser = site.signed_in_as(Role.ADMIN)
    assert {browser.get(path).status_code for path in ("/cities", f"/cities/{MOSCOW}", *PICTURES)} == {403}


@pytest.mark.parametrize("path", PICTURES)
def test_who_has_a_picture_is_told_so_until_something_is_recorded(site: Site, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = site.get(path)
    mark = first.headers["ETag"]
    with monkeypatch.context() as without_pencil:
        without_pencil.setattr("web.drawing.png_of", None)
        again = site.get(path, **{"If-None-Match": mark})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", mark)
        assert site.get(path).data == first.data, "kept in memory"
    for other in (f"{path}?scale=1", f"{path}?kind=protests"):
        assert site.get(other, **{"If-None-Match": mark}).status_code == 200
    assert site.get(path, **{"If-None-Match": mark, "Accept-Language": "ru"}).status_code == 200
    site.fill("/protests/new", place="Moscow", when="2022-03-09", form="rally")
    changed = site.get(path, **{"If-None-Match": mark})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != mark


def test_a_browser_may_keep_only_pictures_of_what_is_announced(site: Site) -> None:
    kept = {path: site.get(path).headers["Cache-Control"] for path in (*PICTURES, *OF_NO_FIGURE)}
    assert kept == {
        PICTURES[0]: "no-store",
        PICTURES[1]: "no-store",
        PICTURES[2]: "private, no-cache",
        **dict.fromkeys(OF_NO_FIGURE, "no-store"),
    }


def test_a_picture_is_nobody_elses(site: Site) -> None:
    lawyer = site.signed_in_as(Role.LAWYER)
    mark = site.get(PICTURES[0]).headers["ETag"]
    assert lawyer.get(PICTURES[0], **{"If-None-Match": mark}).status_code == 200
    assert site.signed_in_as(Role.JOURNALIST).get(PICTURES[0], **{"If-None-Match": mark}).status_code == 403
    assert site.signed_in_as(None).get(PICTURES[0], **{"If-None-Match": mark}).status_code == 303


def test_the_script_of_the_map_is_served_by_ourselves_and_nothing_beside_it(site: Site) -> None:
    assert "Leaflet 1.9" in site.get("/maps/leaflet/leaflet.js").get_data(as_text=True)[:200]
    assert site.get("/maps/leaflet/leaflet.css").status_code == 200
    for name in ("leaflet-src.js", "..%2f__init__.py", "images%2flayers.png"):
        assert site.get(f"/maps/leaflet/{name}").status_code == 404
    assert site.signed_in_as(Role.JOURNALIST).get("/maps/leaflet/leaflet.js").status_code == 403


def test_only_a_page_with_the_moving_map_goes_without_trusted_types(site: Site) -> None:
    loosened = site.get(f"/cities/{MOSCOW}").headers["Content-Security-Policy"]
    strict = f"{loosened}; require-trusted-types-for 'script'; trusted-types 'none'"
    without = (site.get("/cities"), site.get(f"/cities/{MOSCOW}?from=2030-01"), site.get(PICTURES[0]), site.get("/cities/1"))
    of_the_press = site.signed_in_as(Role.JOURNALIST).get(f"/cities/{MOSCOW}")
    assert {answer.headers["Content-Security-Policy"] for answer in (*without, of_the_press)} == {strict}


def mbtiles(file: Path, *, kind: str = "png") -> Path:
    """A street map of one picture, at zoom 1, in the north-west."""
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        db.execute("CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)")
        told = {"format": kind, "attribution": '© <a href="https://example.org">Own &amp; streets</a>'}
        db.executemany("INSERT INTO metadata VALUES (?, ?)", told.items())
        db.execute("INSERT INTO tiles VALUES (1, 0, 1, ?)", (b"\x89PNG of the north-west",))
    db.close()
    return file


def test_the_operators_streets_lie_under_the_moving_map(tmp_path: Path, places: Path) -> None:
    with opened(tmp_path / "home", places) as tracker:
        tracker = replace(tracker, settings=replace(tracker.settings, streets=mbtiles(tmp_path / "streets.mbtiles")))
        site = Site(tracker, create_app(tracker), seed(tracker))
        page = site.page(f"/cities/{MOSCOW}")
        assert 'data-streets="/streets/{z}/{x}/{y}"' in page.html
        assert 'data-attribution="© Own &amp; streets"' in page.html, "words without the link to another host"
        found = site.get("/streets/1/0/0")
        assert (found.data, found.mimetype) == (b"\x89PNG of the north-west", "image/png")
        assert found.headers["Cache-Control"] == "no-store", "which tiles were kept would tell where somebody looked"
        for nothing in ("/streets/1/0/1", "/streets/1/5/0", "/streets/23/0/0", "/streets/1/0/-1"):
            assert site.get(nothing).status_code == 404
        assert site.signed_in_as(Role.JOURNALIST).get("/streets/1/0/0").status_code == 403
        assert site.signed_in_as(None).get("/streets/1/0/0").status_code == 303


def test_a_street_map_that_cannot_be_shown_keeps_the_server_from_starting(tmp_path: Path) -> None:
    (tmp_path / "words.mbtiles").write_text("no database")
    for file in (mbtiles(tmp_path / "vectors.mbtiles", kind="pbf"), tmp_path / "words.mbtiles", tmp_path / "missing.mbtiles"):
        with pytest.raises(SettingsRefused, match="KHRONIKA_STREETS"):
            open_streets(file)
    assert Settings.read({"KHRONIKA_STREETS": "/x"}).streets == Path("/x")
