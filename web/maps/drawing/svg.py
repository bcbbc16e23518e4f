"""A sheet as SVG text: attributes alone, no style and no script, every word escaped.

The parts are written from top to bottom: titles, the map, the legend with the scale, the foot.
"""

from collections.abc import Iterator, Sequence
from math import sqrt

import h3
from markupsafe import escape

from web.drawing import FONT
from web.maps.drawing.frames import MARGIN, Conic, Flat, Point
from web.maps.drawing.lettering import Box, broken, first_that_fits, width_of
from web.maps.drawing.sheet import Cell, Circle, Mark, Sheet

TITLE, BODY, SMALL = 20, 13, 11
"""Sizes of letters in pixels."""
MOST_NAMES = 14
"""So many names of squares and stations stand on a map, and so many of cities for each 240 pixels of width."""
SMALLEST = 2.6
"""The radius of the smallest circle: a smaller one could not be seen."""


def svg_of(sheet: Sheet) -> str:
    """The sheet as SVG text; the same sheet always gives the same text."""
    return _Drawing(sheet).text()


def size_of(sheet: Sheet) -> tuple[int, int]:
    """Width and height in pixels, for the page that shows the picture."""
    return sheet.width, _Drawing(sheet).height


class _Drawing:
    """One sheet being written."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.palette = sheet, sheet.palette
        self.room = sheet.width - 2 * MARGIN
        self.boundaries = [h3.cell_to_boundary(cell.index) for cell in sheet.cells]
        points = [corner for boundary in self.boundaries for corner in boundary]
        points += [(circle.lat, circle.lon) for circle in sheet.circles] + list(sheet.extent)
        if not points:
            raise ValueError("nothing to draw, and no extent")
        self.frame: Flat | Conic = Flat(points, sheet.width) if sheet.cells else Conic(points, sheet.width)
        self.titles = [*_lines(sheet.titles[:1], TITLE, self.room), *_lines(sheet.titles[1:], BODY, self.room)]
        self.top = 16 + sum(size * 1.35 for _, size in self.titles) + 8
        self.legend = list(self._legend(self.top + self.frame.height + 12))
        below = max((bottom for _, bottom in self.legend), default=self.top + self.frame.height) + 8
        self.foot = _lines(sheet.foot, SMALL, self.room)
        self.below = below
        self.height = int(below + len(self.foot) * SMALL * 1.45 + 14)

    def text(self) -> str:
        sheet, palette = self.sheet, self.palette
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width}" height="{self.height}" '
            f'viewBox="0 0 {sheet.width} {self.height}" font-family="{FONT}" role="img">',
            f"<title>{escape(' · '.join(sheet.titles))}</title>",
            f'<rect width="{sheet.width}" height="{self.height}" fill="{palette.paper}"/>',
            *self._head(),
            f'<clipPath id="map"><rect x="0" y="{self.top:.1f}" width="{sheet.width}" height="{self.frame.height}"/></clipPath>',
            '<g clip-path="url(#map)">',
            *(self._country(self.frame) if isinstance(self.frame, Conic) else self._cells()),
            "</g>",
            *(part for part, _ in self.legend),
            *self._foot(),
            "</svg>\n",
        ]
        return "\n".join(parts)

    def _head(self) -> Iterator[str]:
        down = 16.0
        for line, size in self.titles:
            down += size * 1.35
            is_first = size == TITLE
            yield _text(MARGIN, down - 5, line, size, self.palette.ink if is_first else self.palette.quiet, bold=is_first)

    def _at(self, lat: float, lon: float) -> Point:
        right, down = self.frame.at(lat, lon)
        return round(right, 1), round(self.top + down, 1)

    # -- a city

    def _cells(self) -> Iterator[str]:
        palette = self.palette
        numbers: list[str] = []
        taken: list[Box] = []
        yield f'<g stroke="{palette.edge}" stroke-width="1">'
        for cell, boundary in zip(self.sheet.cells, self.boundaries, strict=True):
            corners = [self._at(*corner) for corner in boundary]
            points = " ".join(f"{right},{down}" for right, down in corners)
            told = f"<title>{escape(cell.label)}</title>" if cell.label else ""
            yield f'<polygon points="{points}" fill="{palette.classes[cell.shade]}">{told}</polygon>'
            numbers += self._number(cell, corners, taken)
        yield "</g>"
        yield from numbers
        yield from self._marks(taken)

    def _number(self, cell: Cell, corners: Sequence[Point], taken: list[Box]) -> Iterator[str]:
        """The number in the middle, if the cell is wide enough for it."""
        if cell.number is None:
            return
        wide = max(right for right, _ in corners) - min(right for right, _ in corners)
        size = min(14.0, wide / 2.2)
        if size < 9 or width_of(str(cell.number), size) > wide - 4:
            return
        right = round(sum(right for right, _ in corners) / len(corners), 1)
        down = round(sum(down for _, down in corners) / len(corners), 1)
        taken.append((right - 9, down - 9, right + 9, down + 9))
        yield _text(right, down + size * 0.36, str(cell.number), size, self.palette.on_class[cell.shade], middle=True, bold=True)

    def _marks(self, taken: list[Box]) -> Iterator[str]:
        """Names that fit: beside neither each other, nor a cell's number, nor over the edge."""
        within = (4, self.top + 2, self.sheet.width - 4, self.top + self.frame.height - 2)
        named = 0
        for mark in self.sheet.marks:
            right, down = self._at(mark.lat, mark.lon)
            if not (within[0] < right < within[2] and within[1] < down < within[3]):
                continue
            half = width_of(mark.name, SMALL) / 2 + 3
            shifts = (0.0, half + 5, -half - 5)
            below = [(right - half + shift, down - 3, right + half + shift, down + 20) for shift in shifts[:1]]
            beside = [(right - half + shift, down - 8, right + half + shift, down + 8) for shift in shifts[1:]]
            box = first_that_fits([*below, *beside], taken, within)
            if box is None:
                continue
            taken.append(box)
            yield from self._mark(mark, (right, down), box)
            named += 1
            if named == MOST_NAMES:
                return

    def _mark(self, mark: Mark, at: Point, box: Box) -> Iterator[str]:
        palette, (right, down) = self.palette, at
        is_below = box[3] - box[1] > 20
        line = down + 15 if is_below else down + 4
        yield (
            f'<rect x="{box[0]:.1f}" y="{line - 11:.1f}" width="{box[2] - box[0]:.1f}" height="15" rx="3" '
            f'fill="{palette.paper}" fill-opacity="0.85"/>'
        )
        if mark.kind == "station":
            yield (
                f'<rect x="{right - 3:.1f}" y="{down - 3:.1f}" width="6" height="6" fill="{palette.paper}" '
                f'stroke="{palette.ink}" stroke-width="1.4"/>'
            )
        else:
            yield f'<circle cx="{right}" cy="{down}" r="2.4" fill="{palette.ink}" stroke="{palette.paper}" stroke-width="1"/>'
        yield _text((box[0] + box[2]) / 2, line, mark.name, SMALL, palette.ink, middle=True)

    # -- a country

    def _country(self, frame: Conic) -> Iterator[str]:
        palette, numbers = self.palette, []
        taken: list[Box] = []
        yield f'<g fill="none" stroke="{palette.line}" stroke-width="1">'
        for line in frame.net():
            drawn = " ".join(f"{right:.1f},{self.top + down:.1f}" for right, down in line.points)
            yield f'<polyline points="{drawn}"/>'
            if line.at is not None:
                right, down = line.at[0] + 3, self.top + line.at[1] - 3
                numbers.append(_text(right, down, line.degrees, 10, palette.quiet))
                taken.append((right, down - 10, right + width_of(line.degrees, 10), down))
        yield "</g>"
        yield from numbers
        ordered = sorted(self.sheet.circles, key=lambda circle: (-circle.value, circle.lat, circle.lon))
        placed = [(circle, self._at(circle.lat, circle.lon), self._radius(circle.value)) for circle in ordered]
        yield f'<g stroke="{palette.ink}" stroke-width="0.8" fill-opacity="0.9">'
        for circle, (right, down), radius in placed:
            told = f"<title>{escape(circle.label)}</title>" if circle.label else ""
            yield f'<circle cx="{right}" cy="{down}" r="{radius:.1f}" fill="{palette.classes[circle.shade]}">{told}</circle>'
        yield "</g>"
        yield from self._names(placed, taken)

    def _radius(self, value: float) -> float:
        largest = self.sheet.largest or max((circle.value for circle in self.sheet.circles), default=1.0) or 1.0
        return max(SMALLEST, self.sheet.width * 0.05 * sqrt(max(value, 0) / largest))

    def _names(self, placed: Sequence[tuple[Circle, Point, float]], taken: list[Box]) -> Iterator[str]:
        """The names of the largest, where there is room for them beside their circle."""
        within = (2.0, self.top + 2, self.sheet.width - 2.0, self.top + self.frame.height - 2)
        taken += [(x - r * 0.7, y - r * 0.7, x + r * 0.7, y + r * 0.7) for _, (x, y), r in placed]
        most = MOST_NAMES * self.sheet.width // 240
        for circle, (x, y), r in placed:
            if not circle.name or most == 0:
                continue
            wide = width_of(circle.name, SMALL) + 4
            boxes = [(x + r + 1, y - 7, x + r + wide, y + 7), (x - r - wide, y - 7, x - r - 1, y + 7)]
            boxes += [(x - wide / 2, y + edge, x + wide / 2, y + edge + 14) for edge in (r + 1, -r - 15)]
            box = first_that_fits(boxes, taken, within)
            if box is not None:
                most -= 1
                taken.append(box)
                yield _text(box[0] + 2, box[1] + 11, circle.name, SMALL, self.palette.ink, halo=self.palette.paper)

    # -- below the map

    def _legend(self, top: float) -> Iterator[tuple[str, float]]:
        """The parts of the legend, each with where it ends; items follow each other in lines as wide as the map."""
        palette, bar = self.palette, 0.0
        if isinstance(self.frame, Flat):
            told = f"{self.frame.bar:g}".replace(".", ",") if self.sheet.km == "км" else f"{self.frame.bar:g}"
            bar, right = self.frame.bar * self.frame.pixels_per_km, self.sheet.width - MARGIN
            yield (
                f'<path d="M{right - bar:.1f} {top + 1:.1f} v8 h{bar:.1f} v-8" fill="none" stroke="{palette.ink}" '
                f'stroke-width="1.5"/>',
                top + 10,
            )
            yield _text(right - bar / 2, top + 23, f"{told} {self.sheet.km}", SMALL, palette.ink, middle=True), top + 27
            bar = max(bar, width_of(f"{told} {self.sheet.km}", SMALL)) + 16
        down = top
        for line in broken(self.sheet.legend_title, SMALL, self.room - bar) if self.sheet.legend_title else []:
            down += SMALL * 1.45
            yield _text(MARGIN, down - 3, line, SMALL, palette.quiet), down
        yield from self._items(down + 6, bar, top + 28)

    def _items(self, down: float, bar: float, bar_ends: float) -> Iterator[tuple[str, float]]:
        """What the classes and the sizes mean, in lines as wide as the map; beside the scale in shorter ones."""
        items = [(*self._swatch(shade), words) for shade, words in self.sheet.legend]
        items += [(*self._ring(value), words) for value, words in self.sheet.sizes]
        lines: list[list[tuple[str, float, float, str]]] = [[]]
        left, reached = float(MARGIN), down
        for item in items:
            whole = item[1] + 6 + width_of(item[3], SMALL) + 14
            room = self.room - (bar if reached < bar_ends else 0) + MARGIN
            if lines[-1] and left + whole - 14 > room:
                lines.append([])
                left, reached = float(MARGIN), reached + 21
            lines[-1].append(item)
            left += whole
        for line in lines:
            high = max((item[2] for item in line), default=0) + 7
            left, middle = float(MARGIN), down + high / 2
            for drawn, wide, _, words in line:
                yield drawn.format(left=round(left, 1), top=round(middle - 7, 1), middle=round(middle, 1)), down + high - 3
                yield _text(left + wide + 6, middle + 4, words, SMALL, self.palette.ink), down + high - 3
                left += wide + 6 + width_of(words, SMALL) + 14
            down += high

    def _swatch(self, shade: int) -> tuple[str, float, float]:
        colour = f'fill="{self.palette.classes[shade]}" stroke="{self.palette.quiet}" stroke-width="0.6"'
        return f'<rect x="{{left}}" y="{{top}}" width="24" height="14" {colour}/>', 24, 14

    def _ring(self, value: float) -> tuple[str, float, float]:
        radius = self._radius(value)
        colour = f'fill="none" stroke="{self.palette.ink}" stroke-width="1"'
        drawn = f'<circle cx="{{left}}" cy="{{middle}}" r="{radius:.1f}" transform="translate({radius:.1f} 0)" {colour}/>'
        return drawn, 2 * radius, 2 * radius

    def _foot(self) -> Iterator[str]:
        down = self.below
        for line, size in self.foot:
            down += size * 1.45
            yield _text(MARGIN, down - 3, line, size, self.palette.quiet)


def _lines(texts: Sequence[str], size: float, room: float) -> list[tuple[str, float]]:
    return [(line, size) for text in texts if text for line in broken(text, size, room)]


def _text(
    right: float, down: float, words: str, size: float, colour: str, *, middle: bool = False, bold: bool = False, halo: str = ""
) -> str:
    more = (' text-anchor="middle"' if middle else "") + (' font-weight="600"' if bold else "")
    if halo:
        more += f' stroke="{halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
    return f'<text x="{right:.1f}" y="{down:.1f}" font-size="{size:g}"{more} fill="{colour}">{escape(words)}</text>'
