"""Why a form was refused, in one sentence in the language of the page."""

from flask import render_template
from flask.typing import ResponseReturnValue

from domain.errors import RuleBroken
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


def refusal(refused: RuleBroken, code: int = 422) -> ResponseReturnValue:
    """A page of its own with the sentence, where there is no form that could be filled in better."""
    return render_template("mishap.html", title=_("Nothing was recorded"), advice=sentence(refused), number=None), code
