"""What is drawn on one sheet: plain values, and nothing that is looked up anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.maps.drawing.palettes import LIGHT, Palette

WIDE, NARROW = 720, 380
"""Widths in pixels: for a page, and for a phone, where a picture made smaller could not be read."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A hexagon by its H3 index. `shade` is its class, from 0; `number` stands in it where it fits; `label` is read out."""

    index: str
    shade: int
    number: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Circle:
    """Something at a point: its area goes by `value`. `shade` is its class; `name` stands beside it if that fits."""

    lat: float
    lon: float
    value: float
    shade: int
    name: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A name that a reader finds the way by. `kind`: "station" is drawn as a square, anything else as a dot."""

    lat: float
    lon: float
    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One map: titles above, the drawing, the legend, and the foot with citation and attribution.

    With `cells` it is a map of a city, flat around its middle; without, one of a country with a net of degrees.
    `legend` names each class that may be seen; `legend_title` says of what. `sizes` are circles of the legend by value.
    `extent` are points (lat, lon) that must be on the map even where nothing is, so that two sheets can be compared.
    `largest` is the value of the largest circle, again so that two sheets agree; 0 for the largest on this one.
    `km` is the word for kilometres on the scale bar, which maps of cities have.
    """

    titles: Sequence[str]
    legend_title: str
    legend: Sequence[tuple[int, str]]
    foot: Sequence[str]
    cells: Sequence[Cell] = ()
    circles: Sequence[Circle] = ()
    marks: Sequence[Mark] = ()
    sizes: Sequence[tuple[float, str]] = ()
    extent: Sequence[tuple[float, float]] = ()
    largest: float = 0
    km: str = "km"
    palette: Palette = LIGHT
    width: int = WIDE
