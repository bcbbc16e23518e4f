"""Charts of figures: plain values in, SVG text or PNG out. No number is looked up here.

    chart_svg(chart: Chart) -> str                      SVG with attributes alone, no style; nothing outside it is referred to
    chart_png(chart: Chart, scale: 1 | 2 = 2) -> bytes  the same as PNG, in the font of the installation
    chart_size(chart: Chart) -> tuple[int, int]         width and height in pixels of the SVG, and of the PNG at scale 1

    Chart(title, bars, key, foot, is_of_time=False, palette=LIGHT, width=WIDE)        see `chart.py`
    Bar(name, low, high, told, is_apart=False)                                        `high` None where there is no upper end

What is certain is filled, from there to the high end it is hatched, and an end that is open points onward. Places and categories
lie below each other, times stand side by side. What is not known stands apart, dotted. Every bar of the chart is drawn; which of
many are on it, and what is said of the others, is decided by whoever makes it. The same chart gives the same bytes.
"""

from web import drawing
from web.charts.chart import NARROW, WIDE, Bar, Chart, Key
from web.charts.columns import columns
from web.charts.frame import Drawn, framed
from web.charts.lying import lying

__all__ = ["NARROW", "WIDE", "Bar", "Chart", "Key", "chart_png", "chart_size", "chart_svg"]


def chart_svg(chart: Chart) -> str:
    """The chart as SVG text."""
    return framed(chart, _body(chart)).svg


def chart_size(chart: Chart) -> tuple[int, int]:
    """Width and height in pixels."""
    return framed(chart, _body(chart)).size


def chart_png(chart: Chart, scale: int = 2) -> bytes:
    """The chart as PNG, `scale` times as large as it says it is."""
    return drawing.png_of(chart_svg(chart), background=chart.palette.paper, scale=scale)


def _body(chart: Chart) -> Drawn:
    return columns(chart) if chart.is_of_time else lying(chart)
