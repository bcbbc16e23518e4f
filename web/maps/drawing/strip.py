"""A strip of time: a bar for each month, day or hour. What is certain is filled; what reports differ about is paler."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import escape

from web.drawing import FONT
from web.maps.drawing.frames import MARGIN
from web.maps.drawing.lettering import broken, width_of
from web.maps.drawing.palettes import LIGHT, Palette
from web.maps.drawing.sheet import WIDE

HIGH = 96
"""Pixels of the highest bar."""
WIDEST = 44
"""Pixels of the widest bar."""
SMALL, BODY = 11, 13


@dataclass(frozen=True, slots=True)
class Bar:
    """`low` to `high` of something at one time; `high` None where there is no upper end. `name` stands below it if it fits."""

    name: str
    low: int
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """Bars in their order, a line of words above and some below."""

    title: str
    bars: Sequence[Bar]
    foot: Sequence[str] = ()
    palette: Palette = LIGHT
    width: int = WIDE


def strip_svg(strip: Strip) -> str:
    """The strip as SVG text: attributes alone, no style."""
    width, height = strip_size(strip)
    titles, room = _titles(strip), strip.width - 2 * MARGIN
    top = 14 + len(titles) * BODY * 1.4 + 22
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{FONT}" role="img">',
        f"<title>{escape(strip.title)}</title>",
        f'<rect width="{width}" height="{height}" fill="{strip.palette.paper}"/>',
        *(_text(MARGIN, 14 + (line + 1) * BODY * 1.4 - 4, words, BODY, strip.palette.ink) for line, words in enumerate(titles)),
        *_bars(strip, top, room),
    ]
    down = top + HIGH + 24
    for line in _foot(strip):
        down += SMALL * 1.45
        parts.append(_text(MARGIN, down - 3, line, SMALL, strip.palette.quiet))
    return "\n".join([*parts, "</svg>\n"])


def strip_size(strip: Strip) -> tuple[int, int]:
    """Width and height in pixels."""
    return strip.width, int(14 + len(_titles(strip)) * BODY * 1.4 + 22 + HIGH + 24 + len(_foot(strip)) * SMALL * 1.45 + 12)


def _titles(strip: Strip) -> list[str]:
    return broken(strip.title, BODY, strip.width - 2 * MARGIN)


def _foot(strip: Strip) -> list[str]:
    return [line for words in strip.foot if words for line in broken(words, SMALL, strip.width - 2 * MARGIN)]


def _bars(strip: Strip, top: float, room: float) -> Iterator[str]:
    palette, bottom = strip.palette, top + HIGH
    highest = max((bar.high or bar.low for bar in strip.bars), default=0)
    step = room / max(len(strip.bars), 1)
    wide = min(max(step - min(2.0, step * 0.2), 0.5), WIDEST)
    if highest:
        yield f'<path d="M{MARGIN} {top:.1f} h{room:.1f}" stroke="{palette.line}" stroke-width="1"/>'
        yield _text(MARGIN, top - 3, str(highest), SMALL, palette.quiet)
    told_until = 0.0
    for number, bar in enumerate(strip.bars):
        left = MARGIN + number * step + max(step - wide - 2, 0) / 2
        filled = HIGH * bar.low / highest if highest else 0.0
        whole = HIGH * (bar.high if bar.high is not None else bar.low) / highest if highest else 0.0
        if bar.low:
            filled = max(filled, 1.5)
            yield _rect(left, bottom - filled, wide, filled, f'fill="{palette.classes[4]}"')
        if whole > filled:
            colour = f'fill="{palette.classes[1]}" stroke="{palette.classes[4]}" stroke-width="0.6"'
            yield _rect(left, bottom - whole, wide, whole - filled, colour)
        half = width_of(bar.name, SMALL) / 2
        middle = min(max(left + wide / 2, MARGIN + half), MARGIN + room - half)
        if bar.name and middle - half > told_until:
            told_until = middle + half + 8
            yield _text(middle, bottom + 15, bar.name, SMALL, palette.quiet, middle=True)
    yield f'<path d="M{MARGIN} {bottom:.1f} h{room:.1f}" stroke="{palette.ink}" stroke-width="1"/>'


def _rect(left: float, top: float, wide: float, high: float, colour: str) -> str:
    return f'<rect x="{left:.2f}" y="{top:.2f}" width="{wide:.2f}" height="{high:.2f}" {colour}/>'


def _text(right: float, down: float, words: str, size: float, colour: str, *, middle: bool = False) -> str:
    anchor = ' text-anchor="middle"' if middle else ""
    return f'<text x="{right:.1f}" y="{down:.1f}" font-size="{size:g}"{anchor} fill="{colour}">{escape(words)}</text>'
