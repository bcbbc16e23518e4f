"""Why a form was refused, in one sentence in the language of the page."""

from domain.errors import RuleBroken
from web.languages import language
from web.refusals import sentence as told


def sentence(refused: RuleBroken) -> str:
    """What is wrong, where, and what to do."""
    return told(refused, language())
