"""Cities on the page: the picture and the table say the same, the sum over cells and what is not placed is the total."""

import re
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager

import h3
import pytest

from domain.count import Count
from domain.place import Place, Precision
from projections import heatmap
from tests.web.seeding import MOSCOW, Seeding
from tests.web.site import Site
from web.access.roles import Role
from web.desk import Desk, desk
from web.maps.asked import SIZES, Asked
from web.maps.cities import CityHeat, cities_of, city_of
from web.maps.drawing import LIGHT, NARROW, PALETTES, WIDE, size_of, svg_of
from web.maps.kinds import KINDS, Numbers
from web.maps.picture import city_sheet
from web.maps.times import times_of

ANADYR = 2127202
CELL = r'<th scope="row">(\d+)\b'


@contextmanager
def at_the_desk(site: Site) -> Iterator[Desk]:
    """A page being made for whoever reads the site."""
    with site.app.test_request_context(headers={"Accept-Language": site.language}):
        site.app.preprocess_request()
        from flask import g

        from web.access.reader import Reader

        account = site.tracker.door.accounts.one(site.account) if site.account is not None else None
        assert account is not None
        g.reader = Reader(account, Role(account.role))
        yield desk()


def shown_of(site: Site, city: int, query: dict[str, str]) -> CityHeat:
    with at_the_desk(site) as found:
        shown = city_of(found, city, Asked.read(query, found.reader.role), "en")
    assert shown is not None
    return shown


def png_size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


PERIODS: list[dict[str, str]] = [
    {},
    {"from": "2022-02"},
    {"from": "2022-02", "to": "2022-02"},
    {"to": "2022-03"},
    {"from": "2023-01"},
    {"day": "2022-02-24"},
    {"night": "2022-02-24"},
    {"from": "2022-02", "to": "2022-02", "from2": "2022-03", "to2": "2022-03"},
]


def added(many: Iterator[Numbers] | list[Numbers]) -> tuple[int, ...]:
    """Every number of some cells, added up; with the upper end of an interval that has one."""
    sums = [0] * 6
    for one in many:
        parts = (one.detained.low, one.detained.high or 0, one.held, one.released, one.force, one.protests)
        sums = [so_far + part for so_far, part in zip(sums, parts, strict=True)]
    return tuple(sums)


@pytest.mark.parametrize("query", PERIODS)
def test_for_every_kind_and_size_the_cells_and_what_is_not_placed_add_up_to_the_city(desk: Site, query: dict[str, str]) -> None:
    for size in SIZES:
        shown = shown_of(desk, MOSCOW, {**query, "size": str(size)})
        total = added([shown.numbers])
        whole = added([*(cell.numbers for cell in shown.cells), shown.inside.not_placed])
        assert (whole[0], *whole[2:]) == (total[0], *total[2:])
        assert {h3.get_resolution(cell.index) for cell in shown.cells} <= {size}


def test_cells_are_the_sums_of_the_smaller_cells_within_them(desk: Site) -> None:
    finest = {cell.index: cell.numbers for cell in shown_of(desk, MOSCOW, {"size": "9"}).cells}
    for size in (7, 8):
        for cell in shown_of(desk, MOSCOW, {"size": str(size)}).cells:
            within = [numbers for index, numbers in finest.items() if h3.cell_to_parent(index, size) == cell.index]
            assert added(within)[0] == cell.numbers.detained.low
            assert added(within)[2:] == added([cell.numbers])[2:]


@pytest.mark.parametrize("query", PERIODS)
def test_regions_cities_and_what_is_in_none_add_up(desk: Site, query: dict[str, str]) -> None:
    with at_the_desk(desk) as found:
        shown = cities_of(found, Asked.read(query, Role.COORDINATOR), "en")
    for parts in (shown.numbers.values(), (region.numbers for region in shown.regions)):
        whole, total = added([*parts, shown.not_placed]), added([shown.total])
        assert (whole[0], *whole[2:]) == (total[0], *total[2:])


@pytest.mark.parametrize("query", PERIODS)
def test_the_bars_of_time_and_what_is_not_dated_add_up_to_the_city(desk: Site, query: dict[str, str]) -> None:
    with at_the_desk(desk) as found:
        asked = Asked.read(query, Role.COORDINATOR)
        times = times_of(found, MOSCOW, asked)
    whole = added([*(time.numbers for time in times.times), times.undated])
    total = added([shown_of(desk, MOSCOW, query).numbers])
    assert (whole[0], *whole[2:]) == (total[0], *total[2:])


@pytest.mark.parametrize("size", SIZES)
def test_every_cell_of_the_picture_is_a_row_of_the_table(desk: Site, size: int) -> None:
    query = {"size": str(size)}
    page = desk.page(f"/cities/{MOSCOW}?size={size}")
    shown = shown_of(desk, MOSCOW, query)
    with at_the_desk(desk) as found:
        sheet = city_sheet(found, shown, Asked.read(query, Role.COORDINATOR), "en", LIGHT, WIDE)
    assert sheet is not None
    assert [int(number) for number in re.findall(CELL, page.html)] == [cell.number for cell in sheet.cells]
    assert size_of(sheet) == (WIDE, int(re.findall(r'width="720" height="(\d+)" alt="Map', page.html)[0]))


def test_a_cell_leads_to_exactly_the_protests_it_counts(desk: Site) -> None:
    for query in ("size=7", "size=8&from=2022-02&to=2022-02", "day=2022-02-24&size=9", "night=2022-02-24"):
        links = re.findall(r'<a href="(/protests\?[^"]*cell=[^"]*)">(\d+)</a>', desk.page(f"/cities/{MOSCOW}?{query}").html)
        assert links
        for link, number in links:
            listed = desk.page(link.replace("&amp;", "&"))
            assert f"{number} protest" in listed.text
            assert len(set(re.findall(r'scope="row"><a href="(/protests/[0-9a-f-]+)"', listed.html))) == int(number)
    for strange in (f"city={MOSCOW}&cell=x", f"city={MOSCOW}&cell=85", "cell=none"):
        assert "There is no such cell" in desk.page(f"/protests?{strange}").text


def test_two_periods_stand_beside_each_other_with_their_sums_and_differences(desk: Site) -> None:
    query = "from=2022-02&to=2022-02&from2=2022-03&to2=2022-03&size=8"
    page = desk.page(f"/cities/{MOSCOW}?{query}")
    assert page.html.count("/heat.png?") == 6
    assert "other=1" in page.html
    one, other = (png_size(desk.get(f"/cities/{MOSCOW}/heat.png?{query}{more}").data) for more in ("", "&other=1"))
    assert one == other, "both are drawn to one scale"
    first = shown_of(desk, MOSCOW, {"from": "2022-02", "to": "2022-02"}).inside.total
    assert f">{first.protests}<" in desk.page(f"/cities/{MOSCOW}?{query}&kind=protests").html


def test_the_picture_is_drawn_with_its_words(site: Site) -> None:
    """Without a font the words would be missing, and then the picture would be the same under both languages' titles."""
    for asked in (f"/cities/{MOSCOW}/heat.png?", "/cities/map.png?", f"/cities/{MOSCOW}/time.png?"):
        with_words = {language: site.get(asked, **{"Accept-Language": language}).data for language in ("en", "ru")}
        assert with_words["en"] != with_words["ru"]
        assert png_size(with_words["en"])[0] == 2 * WIDE
        assert png_size(site.get(f"{asked}narrow=1").data)[0] == 2 * NARROW
        assert png_size(site.get(f"{asked}scale=1").data)[0] == WIDE
        assert site.get(f"{asked}on=dark").data != site.get(asked).data


def test_every_class_has_a_colour_and_its_words() -> None:
    counted = KINDS["protests"]
    bounds = [counted.shade(Numbers.of([])._replace(protests=number)) for number in (0, 1, 2, 4, 5, 19, 20, 99, 100)]
    assert bounds == [0, 1, 2, 2, 3, 3, 4, 4, 5]
    for kind in KINDS.values():
        assert {len(palette.classes) for palette in PALETTES.values()} == {len(kind.classes) + 1}


def test_a_city_on_the_date_line_is_drawn_in_one_piece(desk: Site) -> None:
    to = Seeding(desk.tracker, "en")
    for lon in (179.9, -179.9):
        cell = h3.latlng_to_cell(64.73, lon, 9)
        protest = to.protest(3, 2, 12, Place(Precision.STREET, "RU", "RU.15", ANADYR, cell=cell, zone="Asia/Anadyr"))
        to.casebook.count_detentions(to.entry(), protest, count=Count(3, 3))
    desk.tracker.bring_up_to_date()
    assert len(re.findall(CELL, desk.page(f"/cities/{ANADYR}").html)) == 2
    assert png_size(desk.get(f"/cities/{ANADYR}/heat.png").data)[0] == 2 * WIDE
    corners = [corner for cell in desk.get(f"/cities/{ANADYR}/shapes.json").get_json()["cells"] for corner in cell["corners"]]
    assert max(lon for _, lon in corners) - min(lon for _, lon in corners) < 1, "the map that moves does not go round the world"


@pytest.mark.parametrize(
    "query",
    ["from=x", "from=2022-13", "from=2022-03&to=2022-02", "size=15", "size=x", "to=0000-01", "day=x", "night=9999-12-31",
     "from2=x", "kind=x"],
)  # fmt: skip
def test_a_strange_question_is_said_and_answered(desk: Site, query: str) -> None:
    page = desk.page(f"/cities/{MOSCOW}?{query}")
    is_strange = any(said in page.text for said in ("Write the months", "Exchange them", "Write the days"))
    assert is_strange == ("size" not in query and "kind" not in query)
    assert desk.get(f"/cities/{MOSCOW}/heat.png?{query}").status_code == 200


def test_a_month_without_anything_says_so(desk: Site) -> None:
    assert "Nothing could be placed" in desk.page(f"/cities/{MOSCOW}?from=2030-01").text
    assert desk.get(f"/cities/{MOSCOW}/heat.png?from=2030-01").status_code == 404
    assert "Nothing was recorded" in desk.page("/cities?from=2030-01").text
    assert desk.get("/cities/map.png?from=2030-01").status_code == 404


def test_a_page_of_many_cells_is_answered_in_a_moment(desk: Site) -> None:
    """A net against a page whose cost runs away; measured times are in the benchmark."""
    shown = shown_of(desk, MOSCOW, {})
    with at_the_desk(desk) as found:
        started = time.process_time()
        sheet = city_sheet(found, shown, Asked.read({}, Role.COORDINATOR), "en", LIGHT, WIDE)
        assert sheet is not None
        assert svg_of(sheet)
        assert time.process_time() - started < 1


def test_the_heat_map_and_the_page_say_the_same(desk: Site) -> None:
    with desk.tracker.views() as db:
        rows = heatmap.of_city(db, MOSCOW)
    assert shown_of(desk, MOSCOW, {}).numbers == Numbers.of(rows)
