"""Bars that stand side by side: times in their order, every one between the first and the last."""

from collections.abc import Iterator

from web.charts.chart import NARROW, Bar, Chart
from web.charts.frame import SMALL, Drawn, hatched, rect, solid, text, ticks, upward
from web.maps.drawing.frames import MARGIN
from web.maps.drawing.lettering import width_of

HIGH = 190
WIDEST = 44
GAP = 16
"""Pixels before what stands apart."""


def columns(chart: Chart) -> Drawn:
    """All of them; names stand below where there is room, numbers above where it is wide enough for every one."""
    marks = ticks(chart.largest, 4)
    labels = [f"{tick:,}".replace(",", "\u202f") for tick in marks]
    left = MARGIN + max(width_of(label, SMALL) for label in labels) + 6
    has_apart = any(bar.is_apart for bar in chart.bars)
    room = chart.width - MARGIN - left - (GAP if has_apart else 0)
    step = room / max(len(chart.bars), 1)
    scale = HIGH / chart.largest if chart.largest else 0.0
    top, bottom = 18.0, 18.0 + HIGH
    parts: list[str] = []
    for tick, label in zip(marks, labels, strict=True):
        level = bottom - tick * scale
        colour = chart.palette.ink if tick == 0 else chart.palette.line
        parts.append(f'<path d="M{left:.1f} {level:.1f} H{chart.width - MARGIN}" stroke="{colour}" stroke-width="1"/>')
        parts.append(text(left - 6, level + 4, label, SMALL, chart.palette.quiet, "end"))
    wide = min(max(step - min(3.0, step * 0.25), 0.6), WIDEST)
    tells_numbers = bool(chart.bars) and all(width_of(bar.told, SMALL) <= step + 2 for bar in chart.bars)
    told_until = left - 20
    for number, bar in enumerate(chart.bars):
        begins = left + number * step + (step - wide) / 2 + (GAP if bar.is_apart else 0)
        parts += _column(chart, bar, (begins, bottom, wide, scale), tells_numbers=tells_numbers)
        half = width_of(bar.name, SMALL) / 2
        middle = min(max(begins + wide / 2, left + half - 8), chart.width - 6 - half)
        if bar.name and (middle - half > told_until or bar.is_apart):
            told_until = middle + half + (10 if chart.width > NARROW else 6)
            parts.append(text(middle, bottom + (30 if bar.is_apart else 16), bar.name, SMALL, chart.palette.quiet, "middle"))
    return Drawn(parts, bottom + (36 if has_apart else 22) - top + 18)


def _column(chart: Chart, bar: Bar, at: tuple[float, float, float, float], *, tells_numbers: bool) -> Iterator[str]:
    left, bottom, wide, scale = at
    filled = max(bar.low * scale, 1.5 if bar.low else 0)
    end = filled
    if filled:
        yield rect(left, bottom - filled, wide, filled, solid(chart, bar))
    if bar.high is not None and bar.high > bar.low:
        end = max(bar.high * scale, filled + 1.5)
        yield rect(left, bottom - end, wide, end - filled, hatched(chart))
    if bar.high is None:
        yield upward(chart, left, bottom - filled, wide)
        end = filled + 9
    if tells_numbers and bar.told:
        yield text(left + wide / 2, bottom - end - 4, bar.told, SMALL, chart.palette.ink, "middle")
