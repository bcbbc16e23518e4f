"""The one place where maps are drawn: plain values in, SVG text or PNG out. No number is looked up here.

    svg_of(sheet: Sheet) -> str                        SVG with attributes alone, no style; nothing outside it is referred to
    png_of(sheet: Sheet, scale: 1 | 2 = 2) -> bytes    the same as PNG, in the font of the installation
    size_of(sheet: Sheet) -> tuple[int, int]           width and height in pixels of the SVG, and of the PNG at scale 1

    Sheet(titles, legend_title, legend, foot, cells=(), circles=(), marks=(), sizes=(), extent=(), largest=0, km="km",
          palette=LIGHT, width=WIDE)
        titles        lines of words; the first is large
        legend        (class, words) for each class that may be seen, from class 0
        foot          lines of words: not placed, citation, attribution
        cells         Cell(index, shade, number=None, label="")                  a hexagon by its H3 index; shade is its class
        circles       Circle(lat, lon, value, shade, name="", label="")          area by value; without cells it is a country
        marks         Mark(lat, lon, name, kind="")                              kind "station", or anything else
        sizes         (value, words) circles of the legend;   extent (lat, lon) that must be on the map;   largest: see Sheet

    strip_svg(strip: Strip) -> str,  strip_png(strip, scale), strip_size(strip)       a strip of bars by month, day or hour

Lines that are too long are broken, names that do not fit are left out, and of cells, circles and words nothing else is. A sheet
with nothing to draw and no extent raises ValueError. The same sheet gives the same bytes.
"""

from web import drawing
from web.maps.drawing.palettes import DARK, LIGHT, PALETTES, Palette
from web.maps.drawing.sheet import NARROW, WIDE, Cell, Circle, Mark, Sheet
from web.maps.drawing.strip import Bar, Strip, strip_size, strip_svg
from web.maps.drawing.svg import size_of, svg_of

__all__ = [
    "DARK", "LIGHT", "NARROW", "PALETTES", "WIDE", "Bar", "Cell", "Circle", "Mark", "Palette", "Sheet", "Strip", "png_of",
    "size_of", "strip_png", "strip_size", "strip_svg", "svg_of",
]  # fmt: skip


def png_of(sheet: Sheet, scale: int = 2) -> bytes:
    """The sheet as PNG, `scale` times as large as it says it is."""
    return drawing.png_of(svg_of(sheet), background=sheet.palette.paper, scale=scale)


def strip_png(strip: Strip, scale: int = 2) -> bytes:
    """The strip as PNG, `scale` times as large as it says it is."""
    return drawing.png_of(strip_svg(strip), background=strip.palette.paper, scale=scale)
