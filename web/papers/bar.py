"""The picture of the hours of a custody, as the sheet draws it: figures and labels, and in words what it shows."""

from typing import Any

from domain.law.answers import CustodyAnswer
from domain.law.facts import Custody
from web.languages import translated as _
from web.lawyers.custody_bar import drawn_for

WIDTH = 610
"""Units across the page; a letter is 6.6 of them wide, as on the pages."""


def bar_on_paper(facts: Custody, answer: CustodyAnswer, language: str) -> dict[str, Any] | None:
    """None where nobody has said when anything began."""
    found = drawn_for(WIDTH, facts, answer, language)
    if found is None:
        return None
    drawing, words = found
    return {
        "width": drawing.width,
        "height": drawing.height,
        "top": drawing.top,
        "pieces": [{"kind": one.kind, "x": one.x, "width": one.width} for one in drawing.pieces],
        "marks": [{"kind": one.kind, "x": one.x, "y": one.y, "text": one.text, "anchor": one.anchor} for one in drawing.marks],
        "alt": _("Picture of the hours in custody. %(words)s.", words="; ".join(words)),
        "keys": [
            {"kind": "brought", "text": _("on the way")},
            {"kind": "held", "text": _("at the station")},
            {"kind": "over", "text": _("over the limit")},
            {"kind": "open", "text": _("between the reported times")},
        ],
    }
