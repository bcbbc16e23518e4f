"""Why a form was refused, in one sentence in the language of the page."""

from flask import render_template
from flask.typing import ResponseReturnValue

from domain.errors import RuleBroken
from web.entries.fields import Field
from web.entries.placing import PlaceOpen
from web.languages import language
from web.languages import translated as _
from web.refusals import sentence as told

GONE = 410
"""The answer about somebody who was forgotten: there was a form here, and never will be again."""


def sentence(refused: RuleBroken) -> str:
    """What is wrong, where, and what to do."""
    if refused.code == "future_date":
        # What was entered stands in the field; the date that was refused is told in UTC, often a day beside it.
        return _("This lies in the future. Only what has happened is recorded; check the date.")
    return told(refused, language())


def refusal(refused: RuleBroken, code: int = 422, *, back: str = "") -> ResponseReturnValue:
    """A page of its own with the sentence, where there is no form that could be filled in better. `back`: the page it was asked
    on, if it can be opened again."""
    told = sentence(refused)
    return render_template("mishap.html", title=_("Nothing was recorded"), advice=told, number=None, back=back), code


def missing(asked: Field) -> str:
    """A field that must be filled in was left empty."""
    match asked.shape:
        case "when":
            return _("Say when it was, as precisely as anybody knows: a day, a month or a year will do.")
        case "place":
            return _("Say where it was: a city will do.")
        case "count":
            return _("Say how many, in figures or in words.")
        case "choice":
            return _("Choose one of the answers in the list.")
        case "file":
            return _("Choose the other file, or paste its address or number.")
    return _("This must not be empty.")


def place_sentence(several: PlaceOpen) -> str:
    """The words for a place mean none, or several, of those that are known."""
    if several.is_unknown:
        return _("No station is known by this name. Say below which one it is, or that it is new, or keep the words.")
    if several.candidates:
        return _("Several places are called that. Choose one below, or write the region as well.")
    return _(
        "No such place is known here. Write it otherwise, with the city first, or keep the words without a place on the map."
    )


def too_long(longest: int) -> str:
    """More characters than fit."""
    return _("This is too long: at most %(longest)d characters fit. Shorten it.", longest=longest)
