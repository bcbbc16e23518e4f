"""The drawing of maps: what is given is drawn, nothing else, in colours that a copier and the colour-blind tell apart."""

import re
import struct
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import h3
import pytest

from web.maps.drawing import NARROW, PALETTES, WIDE, Cell, Circle, Mark, Sheet, png_of, size_of, svg_of
from web.maps.drawing.frames import Conic, Flat, western_edge
from web.maps.drawing.lettering import broken, width_of

LEGEND = ((0, "0"), (1, "1–9"), (2, "10+"))
FOOT = ("Not placed: 7.", "As of position 12 of the record. Places: GeoNames, CC BY 4.0")
MIDDLE = h3.latlng_to_cell(55.7558, 37.6173, 8)
CELLS = tuple(Cell(index, 1, number, f"cell {number}") for number, index in enumerate(h3.grid_disk(MIDDLE, 3), 1))
CITY = Sheet(
    ("Город & река", "<February>"), "People detained", LEGEND, FOOT, cells=CELLS, marks=(Mark(55.7558, 37.6173, "Square"),)
)
MAGADAN, ANADYR, KALININGRAD = (59.56, 150.8), (64.73, 177.5), (54.71, 20.51)
CIRCLES = (Circle(*MAGADAN, 1, 1, "Magadan"), Circle(*ANADYR, 10, 1, "Anadyr"), Circle(*KALININGRAD, 100, 1, "Kaliningrad"))
COUNTRY = Sheet(("Country",), "People detained", LEGEND, FOOT, circles=CIRCLES, sizes=((10, "10"),))
SVG = "{http://www.w3.org/2000/svg}"


def drawn(sheet: Sheet) -> ET.Element:
    return ET.fromstring(svg_of(sheet))  # noqa: S314 - our own text


def png_size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("sheet", [CITY, COUNTRY], ids=["city", "country"])
def test_the_svg_has_attributes_alone_and_refers_to_nothing_outside_it(sheet: Sheet) -> None:
    for element in drawn(sheet).iter():
        assert element.tag.removeprefix(SVG) in {
            "svg", "title", "rect", "clipPath", "g", "polygon", "polyline", "circle", "path", "text",
        }  # fmt: skip
        assert "style" not in element.attrib
        assert "class" not in element.attrib
        assert not any(name.startswith("on") or "href" in name for name in element.attrib)


def test_every_cell_is_drawn_once_with_its_words_and_its_class() -> None:
    polygons = drawn(CITY).findall(f".//{SVG}polygon")
    assert [polygon.findtext(f"{SVG}title") for polygon in polygons] == [cell.label for cell in CELLS]
    assert {polygon.attrib["fill"] for polygon in polygons} == {CITY.palette.classes[1]}


def test_words_are_escaped_and_all_of_them_are_there() -> None:
    words = " ".join(text.text or "" for text in drawn(CITY).iter(f"{SVG}text"))
    for told in (*CITY.titles, *FOOT, "People detained", "Square", *(words for _, words in LEGEND)):
        assert told in words
    narrow = " ".join(text.text or "" for text in drawn(replace(CITY, width=NARROW)).iter(f"{SVG}text"))
    assert all(word in narrow for told in FOOT for word in told.split()), "a long line is broken, not cut"


@pytest.mark.parametrize("sheet", [CITY, COUNTRY], ids=["city", "country"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_picture_is_as_large_as_it_says(sheet: Sheet, width: int) -> None:
    sheet = replace(sheet, width=width)
    wide, high = size_of(sheet)
    assert wide == width
    assert png_size(png_of(sheet, 1)) == (wide, high)
    assert png_size(png_of(sheet, 2)) == (2 * wide, 2 * high)


def test_words_are_drawn_in_the_picture() -> None:
    """Without a font file they would be left out without a word."""
    assert png_of(CITY, 1) != png_of(replace(CITY, titles=("Город & ручей", "<February>")), 1)


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert svg_of(CITY) == svg_of(CITY)
    assert png_of(COUNTRY, 1) == png_of(COUNTRY, 1)


def test_nothing_to_draw_is_refused_unless_an_extent_is_given() -> None:
    empty = replace(CITY, cells=())
    with pytest.raises(ValueError, match="nothing to draw"):
        svg_of(empty)
    assert "<svg" in svg_of(replace(empty, extent=(KALININGRAD, MAGADAN)))


def test_the_area_of_a_circle_goes_by_its_number() -> None:
    circles = sorted(
        float(circle.attrib["r"]) for circle in drawn(COUNTRY).iter(f"{SVG}circle") if "transform" not in circle.attrib
    )
    smallest, ten, hundred = circles
    assert hundred / ten == pytest.approx(10**0.5, rel=0.02)
    assert smallest >= 2.6, "the smallest can still be seen"


def test_anadyr_is_drawn_beside_magadan_and_not_at_the_left_edge() -> None:
    for anadyr in (ANADYR, (66.0, -170.0)):
        frame = Conic([MAGADAN, anadyr, KALININGRAD], WIDE)
        assert frame.at(*KALININGRAD)[0] < frame.at(*MAGADAN)[0] < frame.at(*anadyr)[0] < WIDE
    assert western_edge([150.8, 177.5, 20.5, -170.0]) == 20.5


def test_a_city_on_the_date_line_is_drawn_in_one_piece() -> None:
    cells = [Cell(h3.latlng_to_cell(64.73, lon, 7), 1) for lon in (179.9, -179.9)]
    polygons = re.findall(r'polygon points="([^"]+)"', svg_of(replace(CITY, cells=cells)))
    rights = [[float(point.partition(",")[0]) for point in points.split()] for points in polygons]
    widths = [max(xs) - min(xs) for xs in rights]
    assert len(widths) == 2
    assert max(widths) < 2 * min(widths)
    assert all(0 < x < WIDE for xs in rights for x in xs)


def test_a_flat_map_is_true_to_its_scale() -> None:
    frame = Flat([(55.6, 37.4), (55.9, 37.8)], WIDE)
    down = frame.at(55.7, 37.6)[1] - frame.at(55.8, 37.6)[1]
    assert down / frame.pixels_per_km == pytest.approx(h3.great_circle_distance((55.7, 37.6), (55.8, 37.6)), rel=0.01)


def test_every_point_of_every_country_finds_a_place() -> None:
    for points in ([(0.0, 0.0)], [(-33.0, 151.0), (-38.0, 145.0)], [(40.0, -74.0), (35.0, 139.0), (-33.0, 151.0)], [(89.0, 0.0)]):
        frame = Conic(points, WIDE)
        for point in points:
            right, down = frame.at(*point)
            assert 0 <= right <= WIDE
            assert 0 <= down <= frame.height
        net = list(frame.net())
        assert net or points[0][0] > 85, "no line of the net lies that far north"
        # What runs on far outside takes a program that draws it ten times as long as the map.
        assert all(-WIDE < right < 2 * WIDE for line in net for right, _ in line.points)


def test_lines_are_broken_where_they_are_too_long() -> None:
    lines = broken("one two three four five", 11, 60)
    assert " ".join(lines) == "one two three four five"
    assert all(width_of(line, 11) <= 60 for line in lines)
    assert broken("overlong", 11, 5) == ["overlong"]


def test_names_do_not_touch() -> None:
    close = [Mark(55.7558, 37.6173, "One square"), Mark(55.7559, 37.6174, "Another square")]
    words = svg_of(replace(CITY, marks=close))
    assert "One square" in words
    assert "Another square" not in words


def test_classes_step_evenly_in_lightness_in_grey_and_for_the_colour_blind() -> None:
    for name, palette in PALETTES.items():
        assert len(palette.classes) == len(palette.on_class)
        for seen_by in SEEN_BY.values():
            grey = [116 * _luminance(_seen(colour, seen_by)) ** (1 / 3) - 16 for colour in palette.classes]
            assert grey == sorted(grey, reverse=name == "light"), "lightness must keep the order"
            assert min(abs(one - other) for one, other in pairwise(grey)) > 7
        for colour, ink in zip(palette.classes, palette.on_class, strict=True):
            lighter, darker = sorted((_luminance(_rgb(colour)), _luminance(_rgb(ink))), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) > 4.5, (name, colour)


def test_the_check_of_lightness_notices_a_rainbow() -> None:
    rainbow = ["#ff0000", "#ffff00", "#00ff00", "#0000ff"]
    grey = [_luminance(_rgb(colour)) for colour in rainbow]
    assert grey not in (sorted(grey), sorted(grey, reverse=True))


Rgb = tuple[float, float, float]
SEEN_BY: dict[str, tuple[Rgb, Rgb, Rgb]] = {
    "everybody": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "who has no red cones": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "who has no green cones": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "who has no blue cones": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""What is left of linear light (Machado, Oliveira and Fernandes 2009, severity 1)."""


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _seen(colour: str, seen_by: tuple[Rgb, Rgb, Rgb]) -> Rgb:
    light = _rgb(colour)
    red, green, blue = (max(0.0, sum(share * part for share, part in zip(row, light, strict=True))) for row in seen_by)
    return red, green, blue


def _luminance(light: Rgb) -> float:
    """Relative luminance (WCAG 2.1)."""
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]
