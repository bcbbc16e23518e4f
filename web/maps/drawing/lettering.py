"""How wide words are in the font of the pictures, where a long line is broken, and which names fit without touching."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from PIL import ImageFont

from web.drawing import fonts

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels."""

_MEASURED = 20
"""The size at which words are measured; other sizes follow from it."""


@lru_cache(maxsize=4096)
def width_of(text: str, size: float) -> float:
    """Pixels that a text takes."""
    return float(_face().getlength(text)) * size / _MEASURED


@lru_cache(maxsize=1)
def _face() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts()[0]), _MEASURED, layout_engine=ImageFont.Layout.BASIC)


def broken(text: str, size: float, room: float) -> list[str]:
    """The lines of a text that is not to be wider than `room`; a word that is wider by itself stays whole."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and width_of(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def touches(box: Box, taken: Iterable[Box]) -> bool:
    """Whether a box covers a part of another."""
    return any(box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken)


def first_that_fits(boxes: Sequence[Box], taken: Iterable[Box], within: Box) -> Box | None:
    """The first of these boxes that lies on the map and touches none that is taken."""
    known = list(taken)
    for box in boxes:
        inside = box[0] > within[0] and box[1] > within[1] and box[2] < within[2] and box[3] < within[3]
        if inside and not touches(box, known):
            return box
    return None
