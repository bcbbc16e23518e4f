"""Why a form was refused, in one sentence in the language of the page."""

from domain.errors import RuleBroken
from web.languages import language
from web.languages import translated as _
from web.refusals import sentence as told


def sentence(refused: RuleBroken) -> str:
    """What is wrong, where, and what to do."""
    if refused.code == "future_date":
        # What was entered stands in the field; the date that was refused is told in UTC, often a day beside it.
        return _("This lies in the future. Only what has happened is recorded; check the date.")
    return told(refused, language())
