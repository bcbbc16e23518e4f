"""Colours of a map. The steps of the classes are even in lightness, so they stay apart in grey and for the colour-blind."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """`classes` step evenly in lightness (CIE L*); `on_class` is the ink that is read on each of them."""

    paper: str
    ink: str
    quiet: str
    line: str
    edge: str
    classes: tuple[str, ...]
    on_class: tuple[str, ...]


_LIGHT_INK, _DARK_INK = "#ffffff", "#1b1a17"
PALETTES = {
    "light": Palette(
        "#fbfaf6",
        "#1b1a17",
        "#5f5b52",
        "#d9d4c7",
        "#ffffff",
        ("#eeebe2", "#f0c67c", "#e9954c", "#d66535", "#a63422", "#661813"),
        (_DARK_INK, _DARK_INK, _DARK_INK, _DARK_INK, _LIGHT_INK, _LIGHT_INK),
    ),
    "dark": Palette(
        "#191815",
        "#ece8df",
        "#a8a296",
        "#3d3a33",
        "#191815",
        ("#2e2c27", "#792f23", "#a7492c", "#d27141", "#eda45b", "#f8dda6"),
        (_LIGHT_INK, _LIGHT_INK, _LIGHT_INK, _DARK_INK, _DARK_INK, _DARK_INK),
    ),
}
LIGHT, DARK = PALETTES["light"], PALETTES["dark"]
