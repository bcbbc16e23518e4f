"""Bars that lie below each other, each with its name and its number: places and categories."""

from collections.abc import Iterator

from web.charts.chart import NARROW, Bar, Chart
from web.charts.frame import BODY, SMALL, Drawn, hatched, onward, rect, solid, text, ticks
from web.maps.drawing.frames import MARGIN
from web.maps.drawing.lettering import broken, width_of

THICK = 14
BESIDE, ABOVE = 25, 40
"""Pixels from one bar to the next: with its name beside it, and on a phone, where the name stands above."""
APART = 10
WIDEST_NAME = 220


def lying(chart: Chart) -> Drawn:
    """All of them, in their order."""
    if not chart.bars:
        return Drawn((), 0)
    is_narrow = chart.width <= NARROW
    names = 0.0 if is_narrow else min(max(width_of(bar.name, BODY) for bar in chart.bars), WIDEST_NAME) + 12
    told = max(width_of(bar.told, BODY) for bar in chart.bars) + 20
    left = MARGIN + names
    room = chart.width - MARGIN - left - told
    scale = room / chart.largest if chart.largest else 0.0
    rows: list[str] = []
    down = 20.0
    for bar in chart.bars:
        if bar.is_apart:
            down += APART
        lines = broken(bar.name, BODY, chart.width - 2 * MARGIN if is_narrow else WIDEST_NAME)
        height = (ABOVE if is_narrow else BESIDE) + (len(lines) - 1) * BODY * 1.2
        rows += _row(chart, bar, lines, (left, down, height, scale), is_narrow=is_narrow)
        down += height
    net = [
        part
        for tick in ticks(chart.largest, 3 if is_narrow else 6)
        for part in (
            f'<path d="M{left + tick * scale:.1f} 16 V{20 if is_narrow else down:.1f}" stroke="{chart.palette.line}"/>',
            text(left + tick * scale, 11, f"{tick:,}".replace(",", "\u202f"), SMALL, chart.palette.quiet, "middle"),
        )
    ]
    return Drawn([*net, *rows], down)


def _row(chart: Chart, bar: Bar, lines: list[str], at: tuple[float, float, float, float], *, is_narrow: bool) -> Iterator[str]:
    left, down, height, scale = at
    if is_narrow:
        for number, line in enumerate(lines):
            yield text(left, down + BODY * 1.2 * (number + 1) - 3, line, BODY, chart.palette.ink)
        top = down + height - THICK - 6
    else:
        for number, line in enumerate(lines):
            yield text(left - 10, down + BODY * 1.2 * number + 16, line, BODY, chart.palette.ink, "end")
        top = down + (height - THICK) / 2
    wide = max(bar.low * scale, 1.5 if bar.low else 0)
    yield rect(left, top, wide, THICK, solid(chart, bar))
    end = wide
    if bar.high is not None and bar.high > bar.low:
        end = max(bar.high * scale, wide + 2)
        yield rect(left + wide, top, end - wide, THICK, hatched(chart))
    if bar.high is None:
        yield onward(chart, left + wide + 2, top + 1, THICK - 2)
        end = wide + 10
    yield text(left + end + 7, top + THICK - 2.5, bar.told, BODY, chart.palette.ink)
