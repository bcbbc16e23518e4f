"""Pictures: a Jinja template of SVG, drawn to PNG by resvg with fonts that are part of the installation.

Without a font file resvg leaves out every text and says nothing, and without a background a dark page shows through. Attributes
only, no style: the same SVG could stand on a page under its strict policy.
"""

from pathlib import Path
from typing import Any

import resvg_py
from flask import render_template
from fontpkg_noto_sans import ROOT

FONT = "Noto Sans"
SCALE = 2.0
"""Pixels drawn for each pixel of the page, so that letters are sharp on a phone and in print."""


def png(template: str, *, background: str, **values: Any) -> bytes:
    """The picture. `values` go into the template, which stands beside those of the pages."""
    svg = render_template(template, background=background, font=FONT, **values)
    drawn: bytes = resvg_py.svg_to_bytes(
        svg_string=svg,
        background=background,
        zoom=SCALE,
        skip_system_fonts=True,
        font_files=[str(font) for font in sorted(_fonts())],
        font_family=FONT,
        sans_serif_family=FONT,
    )
    return drawn


def _fonts() -> list[Path]:
    return list((Path(ROOT) / "files").glob("NotoSans[[]*.ttf"))
