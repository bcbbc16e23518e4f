"""What a paper is to hold, as its maker chose: in the form, and in the sentence that says on the paper what was left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from werkzeug.datastructures import MultiDict

from domain.errors import RuleBroken
from web.entries.filled import id_in
from web.languages import language
from web.languages import translated as _
from web.papers.asked_for import NOW, AskedFor, asked_for
from web.settings import LANGUAGES

PARTS = ("custodies", "clocks", "cases", "consent", "exhibits", "record")
DETAILS = ("withdrawn", "earlier", "sources", "working")
_ON = frozenset((*PARTS, "withdrawn"))
OLDEST, NEWEST = "oldest", "newest"


@dataclass(frozen=True, slots=True)
class Contents:
    """The parts and details chosen, the language, the order of the lines, what is asked for, and of which part of the file."""

    chosen: frozenset[str] = _ON
    spoken: str = "ru"
    order: str = OLDEST
    asked: AskedFor = NOW
    of: UUID | None = None

    @property
    def left_out(self) -> Sequence[str]:
        """What the paper says that it does not hold."""
        return [one for one in (*PARTS, *DETAILS) if one not in self.chosen]


def typed(form: MultiDict[str, str]) -> Contents:
    """As a form was sent; one that was sent empty asks for what the form stands at. Raises what `asked_for` raises, and
    RuleBroken `not_in_file` for a choice that is none: what was to be one case must not become the whole file."""
    chosen = frozenset(form.getlist("part")).intersection((*PARTS, *DETAILS))
    of = id_in(form.get("of", ""))
    if of is None and form.get("of", "").strip():
        raise RuleBroken("not_in_file")
    spoken, order = form.get("language", ""), form.get("order", "")
    return Contents(
        chosen if "part" in form or "chosen" in form else _ON,
        spoken if spoken in LANGUAGES else language(),
        order if order in (OLDEST, NEWEST) else OLDEST,
        asked_for(form),
        of,
    )


def told(part: str) -> str:
    """What a part or a detail is called, in the form and in the list of what was left out."""
    return {
        "custodies": _("Detentions in brief"),
        "clocks": _("Clocks of the law"),
        "cases": _("Cases before courts"),
        "consent": _("Consent, as it stands today"),
        "exhibits": _("List of exhibits"),
        "record": _("The record, line by line"),
        "withdrawn": _("Lines that were corrected or withdrawn, struck through"),
        "earlier": _("How corrected lines read before"),
        "sources": _("Who said so, with references"),
        "working": _("Who works on the file: counsel, notes, files joined, wishes to be forgotten"),
    }[part]
