"""What a program is answered: JSON, and of a refusal its code and one sentence in each language. Nothing sent is in it."""

from flask import Response, jsonify

from domain.errors import RuleBroken
from web.refusals import sentence

_TOLD = ("field", "kind", "earliest", "seconds", "largest")
"""The values a sentence may be made with here: none of them is somebody's words."""


def refused(why: RuleBroken, status: int) -> Response:
    """A refusal, and its field where it is one's."""
    told = {name: value for name, value in why.values.items() if name in _TOLD}
    broken = RuleBroken(why.code, **told)
    error: dict[str, object] = {"code": why.code, "en": sentence(broken, "en"), "ru": sentence(broken, "ru")}
    if "field" in told:
        error["field"] = str(told["field"])
    answer = jsonify({"error": error})
    answer.status_code = status
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if status == 405:
        answer.headers["Allow"] = "GET, HEAD, POST"
    if "seconds" in told:
        answer.headers["Retry-After"] = str(told["seconds"])
    return answer
