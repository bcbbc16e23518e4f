"""Cities on the page: the picture and the table say the same, the sum over cells and what is not placed is the total."""

import re
import struct
import time

import h3
import pytest

from domain.count import Count
from domain.place import Place, Precision
from projections import heatmap
from tests.web.seeding import MOSCOW, Seeding
from tests.web.site import Site
from web.desk import Desk
from web.maps.cities import city_of
from web.maps.drawing import LIGHT, NARROW, PALETTES, WIDE, svg_of
from web.maps.period import Months
from web.maps.picture import CLASSES, shade_of, sheet_of

ANADYR = 2127202


def desk_of(site: Site) -> Desk:
    found: Desk = site.app.extensions["khronika"]
    return found


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


PERIODS: list[dict[str, str]] = [
    {},
    {"from": "2022-02"},
    {"from": "2022-02", "to": "2022-02"},
    {"to": "2022-03"},
    {"from": "2023-01"},
]


@pytest.mark.parametrize("query", PERIODS)
def test_the_cells_and_what_is_not_placed_add_up_to_the_city(desk: Site, query: dict[str, str]) -> None:
    for size in (7, 8):
        with desk.app.test_request_context():
            shown = city_of(desk_of(desk), MOSCOW, Months.read({**query, "size": str(size)}, resolution=7), "en")
        assert shown is not None
        with desk.tracker.views() as db:
            rows = heatmap.of_city(db, MOSCOW, Months.read(query, resolution=7).period)
        placed = [row for row in rows if row.cell]
        assert sum(cell.low for cell in shown.cells) == sum(row.detained_low for row in placed)
        assert sum(cell.protests for cell in shown.cells) == sum(row.protests for row in placed)
        assert shown.protests == sum(row.protests for row in rows)
        assert {h3.get_resolution(cell.index) for cell in shown.cells} <= {size}


def test_every_cell_of_the_picture_is_a_row_of_the_table(desk: Site) -> None:
    page = desk.page(f"/cities/{MOSCOW}?size=8")
    period = Months.read({"size": "8"}, resolution=7)
    with desk.app.test_request_context():
        shown = city_of(desk_of(desk), MOSCOW, period, "en")
        assert shown is not None
        sheet = sheet_of(desk_of(desk), shown, period, "en", LIGHT, WIDE)
    assert sheet is not None
    rows = re.findall(r'<th scope="row">(\d+)', page.html)
    assert [int(number) for number in rows] == [cell.number for cell in sheet.cells]


def test_the_picture_is_drawn_with_its_words(site: Site) -> None:
    """Without a font the words would be missing, and then the picture would be the same under both languages' titles."""
    asked = f"/cities/{MOSCOW}/heat.png"
    with_words = {language: site.get(asked, **{"Accept-Language": language}).data for language in ("en", "ru")}
    assert with_words["en"] != with_words["ru"]
    assert size_of(with_words["en"])[0] == 2 * WIDE
    assert size_of(site.get(f"{asked}?narrow=1").data)[0] == 2 * NARROW
    assert site.get(f"{asked}?on=dark").data != site.get(asked).data


def test_every_class_has_a_colour() -> None:
    assert [shade_of(count) for count in (0, 1, 9, 10, 49, 50, 199, 200, 999, 1000)] == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5]
    assert {len(palette.classes) for palette in PALETTES.values()} == {len(CLASSES) + 1}


def test_a_city_on_the_date_line_is_drawn_in_one_piece(desk: Site) -> None:
    to = Seeding(desk.tracker, "en")
    for lon in (179.9, -179.9):
        cell = h3.latlng_to_cell(64.73, lon, 9)
        protest = to.protest(3, 2, 12, Place(Precision.STREET, "RU", "RU.15", ANADYR, cell=cell, zone="Asia/Anadyr"))
        to.casebook.count_detentions(to.entry(), protest, count=Count(3, 3))
    desk.tracker.bring_up_to_date()
    assert desk.page(f"/cities/{ANADYR}").html.count('<th scope="row">') == 2
    assert size_of(desk.get(f"/cities/{ANADYR}/heat.png").data)[0] == 2 * WIDE


@pytest.mark.parametrize("query", ["from=x", "from=2022-13", "from=2022-03&to=2022-02", "size=15", "size=x", "to=0000-01"])
def test_a_strange_period_is_said_and_answered(desk: Site, query: str) -> None:
    page = desk.page(f"/cities/{MOSCOW}?{query}")
    assert ("Write the months" in page.text or "Exchange them" in page.text) == ("size" not in query)
    assert desk.get(f"/cities/{MOSCOW}/heat.png?{query}").status_code == 200


def test_a_month_without_anything_says_so(desk: Site) -> None:
    assert "Nothing could be placed" in desk.page(f"/cities/{MOSCOW}?from=2030-01").text
    assert desk.get(f"/cities/{MOSCOW}/heat.png?from=2030-01").status_code == 404


def test_a_page_of_seven_hundred_cells_is_answered_in_a_moment(desk: Site) -> None:
    """A net against a page whose cost runs away; measured times are in the benchmark."""
    with desk.app.test_request_context():
        shown = city_of(desk_of(desk), MOSCOW, Months.read({}, resolution=7), "en")
        assert shown is not None
        started = time.process_time()
        sheet = sheet_of(desk_of(desk), shown, Months.read({}, resolution=7), "en", LIGHT, WIDE)
        assert sheet is not None
        assert svg_of(sheet)
        assert time.process_time() - started < 1
