"""Cities on the page: the picture and the table say the same, the sum over cells and what is not placed is the total."""

import re
import struct
import time
from itertools import pairwise

import h3
import pytest

from domain.count import Count
from domain.place import Place, Precision
from projections import heatmap
from tests.web.seeding import MOSCOW, Seeding
from tests.web.site import Site
from web.desk import Desk
from web.maps.cities import city_of
from web.maps.period import Months
from web.maps.picture import CLASSES, NARROW, PALETTES, WIDE, picture_of, shade_of

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
    with desk.app.test_request_context():
        shown = city_of(desk_of(desk), MOSCOW, Months.read({"size": "8"}, resolution=7), "en")
        assert shown is not None
        picture = picture_of(desk_of(desk), shown, "en")
    assert picture is not None
    rows = re.findall(r'<th scope="row">(\d+) ', page.html)
    assert [int(number) for number in rows] == [hexagon.number for hexagon in picture.hexagons]


def test_the_picture_is_drawn_with_its_words(site: Site) -> None:
    """Without a font the words would be missing, and then the picture would be the same under both languages' titles."""
    asked = f"/cities/{MOSCOW}/heat.png"
    with_words = {language: site.get(asked, **{"Accept-Language": language}).data for language in ("en", "ru")}
    assert with_words["en"] != with_words["ru"]
    assert size_of(with_words["en"])[0] == 2 * WIDE
    assert size_of(site.get(f"{asked}?narrow=1").data)[0] == 2 * NARROW
    assert site.get(f"{asked}?on=dark").data != site.get(asked).data


def test_every_class_has_a_colour_and_they_darken_evenly() -> None:
    assert [shade_of(count) for count in (0, 1, 9, 10, 49, 50, 199, 200, 999, 1000)] == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5]
    for name, palette in PALETTES.items():
        assert len(palette.classes) == len(palette.on_class) == len(CLASSES) + 1
        grey = [116 * _luminance(colour) ** (1 / 3) - 16 for colour in palette.classes]
        assert grey == sorted(grey, reverse=name == "light"), "greyscale must keep the order"
        assert min(abs(one - other) for one, other in pairwise(grey)) > 10
        for colour, ink in zip(palette.classes, palette.on_class, strict=True):
            lighter, darker = sorted((_luminance(colour), _luminance(ink)), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) > 4.5, (name, colour)


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_city_on_the_date_line_is_drawn_in_one_piece(desk: Site) -> None:
    to = Seeding(desk.tracker, "en")
    for lon in (179.9, -179.9):
        cell = h3.latlng_to_cell(64.73, lon, 9)
        protest = to.protest(3, 2, 12, Place(Precision.STREET, "RU", "RU.15", ANADYR, cell=cell, zone="Asia/Anadyr"))
        to.casebook.count_detentions(to.entry(), protest, count=Count(3, 3))
    desk.tracker.bring_up_to_date()
    with desk.app.test_request_context():
        shown = city_of(desk_of(desk), ANADYR, Months.read({}, resolution=7), "en")
        assert shown is not None
        picture = picture_of(desk_of(desk), shown, "en")
    assert picture is not None
    xs = [hexagon.x for hexagon in picture.hexagons]
    assert len(xs) == 2
    assert all(0 < x < WIDE for x in xs)
    widths = [_width(hexagon.points) for hexagon in picture.hexagons]
    assert max(widths) < 2 * min(widths)


def _width(points: str) -> float:
    xs = [float(point.partition(",")[0]) for point in points.split()]
    return max(xs) - min(xs)


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
        picture_of(desk_of(desk), shown, "en")
        assert time.process_time() - started < 1
