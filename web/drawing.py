"""Pictures: SVG drawn to PNG by resvg with fonts that are part of the installation.

Without a font file resvg leaves out every text and says nothing, and without a background a dark page shows through. The SVG has
attributes only, no style: it could stand on a page under its strict policy.
"""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

import resvg_py
from fontpkg_noto_sans import ROOT
from PIL import Image

FONT = "Noto Sans"
COLOURS = 128
SCALES = (1, 2)
"""Pixels drawn for each pixel of the page: for a slow line, and so that letters are sharp on a phone and in print."""


def png_of(svg: str, *, background: str, scale: int = 2) -> bytes:
    """The picture of an SVG text, `scale` times as large as it says it is.

    In COLOURS colours of its own: a third of the bytes, which is what a slow line waits for.
    """
    drawn: bytes = resvg_py.svg_to_bytes(
        svg_string=svg,
        background=background,
        zoom=float(scale),
        skip_system_fonts=True,
        font_files=[str(font) for font in fonts()],
        font_family=FONT,
        sans_serif_family=FONT,
    )
    with Image.open(BytesIO(drawn)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    packed = BytesIO()
    few.save(packed, "PNG")
    return packed.getvalue()


@lru_cache(maxsize=1)
def fonts() -> tuple[Path, ...]:
    """The files of the font."""
    return tuple(sorted((Path(ROOT) / "files").glob("NotoSans[[]*.ttf")))
