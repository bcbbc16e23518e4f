"""What every chart has: title, key, foot, and the pieces of SVG that bars are made of."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import escape

from web.charts.chart import Bar, Chart
from web.drawing import FONT
from web.maps.drawing.frames import MARGIN
from web.maps.drawing.lettering import broken, width_of

LARGE, BODY, SMALL = 17, 13, 11
CERTAIN, PERHAPS = 4, 1
"""The classes of the palette that fill what is certain and edge what is not."""


class Drawn(NamedTuple):
    """The bars, from `top` 0 downwards."""

    parts: Sequence[str]
    height: float


class Framed(NamedTuple):
    """A whole picture."""

    svg: str
    size: tuple[int, int]


def framed(chart: Chart, body: Drawn) -> Framed:
    """The bars under their title and over key and foot."""
    palette, room = chart.palette, chart.width - 2 * MARGIN
    titles = broken(chart.title, LARGE, room)
    parts = [text(MARGIN, 16 + (line + 1) * LARGE * 1.3 - 4, words, LARGE, palette.ink) for line, words in enumerate(titles)]
    top = 16 + len(titles) * LARGE * 1.3 + 10
    parts += [f'<g transform="translate(0 {top:.1f})">', *body.parts, "</g>"]
    down = top + body.height + 8
    for line in _key(chart, room):
        parts.append(f'<g transform="translate({MARGIN} {down:.1f})">{line}</g>')
        down += 20
    for words in chart.foot:
        for line in broken(words, SMALL, room) if words else ():
            down += SMALL * 1.45
            parts.append(text(MARGIN, down, line, SMALL, palette.quiet))
    size = chart.width, int(down + 14)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" viewBox="0 0 {size[0]} {size[1]}" '
        f'font-family="{FONT}" role="img">'
    )
    paper = f'<rect width="{size[0]}" height="{size[1]}" fill="{palette.paper}"/>'
    return Framed("\n".join([head, f"<title>{escape(chart.title)}</title>", _fillings(chart), paper, *parts, "</svg>\n"]), size)


def _fillings(chart: Chart) -> str:
    """Hatched for what is not certain, dotted for what stands apart: told apart without colour, and in print."""
    palette = chart.palette
    hatch = f'<path d="M-1 1 l2 -2 M0 6 l6 -6 M5 7 l2 -2" stroke="{palette.classes[CERTAIN]}" stroke-width="1.1"/>'
    dots = f'<rect width="5" height="5" fill="{palette.line}"/><circle cx="2.5" cy="2.5" r="1" fill="{palette.quiet}"/>'
    return (
        f'<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{palette.paper}"/>{hatch}</pattern>'
        f'<pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">{dots}</pattern></defs>'
    )


def _key(chart: Chart, room: float) -> Iterator[str]:
    """Only what occurs, in as many lines as it takes."""
    found: list[tuple[str, str]] = []
    if any(bar.high is not None and bar.high > bar.low for bar in chart.bars):
        found += [(rect(0, 2, 14, 11, solid(chart, Bar("", 0, 0))), chart.key.certain)]
        found += [(rect(0, 2, 14, 11, hatched(chart)), chart.key.perhaps)]
    if any(bar.high is None for bar in chart.bars):
        arrow = onward(chart, 0, 2, 11) if not chart.is_of_time else upward(chart, 1, 13, 11)
        found.append((arrow, chart.key.endless))
    line, right = "", 0.0
    for drawn, words in found:
        wide = 20 + width_of(words, SMALL) + 16
        if line and right + wide > room:
            yield line
            line, right = "", 0.0
        line += f'<g transform="translate({right:.1f} 0)">{drawn}{text(20, 12, words, SMALL, chart.palette.quiet)}</g>'
        right += wide
    if line:
        yield line


def ticks(largest: float, most: int) -> list[int]:
    """Round whole numbers from 0 up to the largest, so many at most beside 0."""
    if largest < 1:
        return [0]
    step = 1
    while largest / step > most:
        power = 10 ** int(math.log10(step) + 1e-9)
        step = next(power * times for times in (1, 2, 5, 10) if power * times > step)
    return list(range(0, int(largest) + 1, step))


def rect(left: float, top: float, wide: float, high: float, colour: str) -> str:
    return f'<rect x="{left:.2f}" y="{top:.2f}" width="{max(wide, 0):.2f}" height="{max(high, 0):.2f}" {colour}/>'


def solid(chart: Chart, bar: Bar) -> str:
    """How what is certain is filled."""
    palette = chart.palette
    return (
        f'fill="url(#dots)" stroke="{palette.quiet}" stroke-width="0.8"' if bar.is_apart else f'fill="{palette.classes[CERTAIN]}"'
    )


def hatched(chart: Chart) -> str:
    """How what is not certain is filled."""
    return f'fill="url(#hatch)" stroke="{chart.palette.classes[CERTAIN]}" stroke-width="0.8"'


def onward(chart: Chart, left: float, top: float, high: float) -> str:
    """The mark of an open end of a bar that lies: it points to the right."""
    return _arrow(chart, f"M{left:.1f} {top:.1f} l7 {high / 2:.1f} l-7 {high / 2:.1f}")


def upward(chart: Chart, left: float, bottom: float, wide: float) -> str:
    """The mark of an open end of a bar that stands."""
    return _arrow(chart, f"M{left:.1f} {bottom - 2:.1f} l{wide / 2:.1f} -6 l{wide / 2:.1f} 6")


def _arrow(chart: Chart, path: str) -> str:
    return f'<path d="{path}" fill="none" stroke="{chart.palette.classes[CERTAIN]}" stroke-width="2"/>'


def text(right: float, down: float, words: str, size: float, colour: str, anchor: str = "") -> str:
    placed = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{right:.1f}" y="{down:.1f}" font-size="{size:g}"{placed} fill="{colour}">{escape(words)}</text>'
