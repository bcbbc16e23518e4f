"""What a figure is answered with beside its page: a picture of a chart, or a file, piece by piece."""

from collections.abc import Generator, Iterable, Iterator
from itertools import chain

from flask import Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from domain.errors import RuleBroken
from web.languages import language
from web.languages import translated as _
from web.maps.drawing import LIGHT, NARROW, PALETTES, WIDE, Palette
from web.refusals import sentence

PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


def look() -> tuple[Palette, int, int]:
    """How a picture is wanted: light or dark, for a page or a phone, at one or two pixels for each."""
    palette = PALETTES["dark"] if request.args.get("on") == "dark" else LIGHT
    return palette, NARROW if request.args.get("narrow") else WIDE, 1 if request.args.get("scale") == "1" else 2


def download(pieces: Iterable[bytes], ending: str, media: str, name: str) -> ResponseReturnValue:
    """The file under this name. What is refused is known when its first piece is made, before anything has left."""
    begun: Iterator[bytes] = iter(pieces)
    try:
        first = next(begun, b"")
    except RuleBroken as refused:
        advice = sentence(refused, language())
        return render_template("mishap.html", title=_("Nothing was written"), advice=advice, number=None), 422
    answer = Response(stream_with_context(chain((first,), begun)), mimetype=media)
    answer.headers["Content-Disposition"] = f"attachment; filename={name}.{ending}"
    if isinstance(begun, Generator):
        answer.call_on_close(begun.close)  # also when whoever takes it goes away: it holds a file, or a connection
    return answer
