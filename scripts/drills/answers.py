"""What must be true of every answer, whoever asked and whatever was asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.drills.grammar import Request
from scripts.drills.lineup import Lineup
from scripts.drills.markers import Markers
from scripts.drills.visitor import Answer
from web.access.roles import Role
from web.protection import HEADERS, WITH_LEAFLET

_PLAIN_ERRORS = frozenset({400, 403, 404, 405, 413, 414, 429, 431, 500, 501, 503})
"""Pages that repeat nothing; 401 and 422 keep the form that was sent, for whoever sent it."""
_INSIDE = re.compile(r'Traceback|File "|\b[A-Z][A-Za-z]+(?:Error|Exception)\b|werkzeug|sqlalchemy|sqlite3|jinja2')
_TOLD_NOTHING = frozenset({None, Role.JOURNALIST, Role.ADMIN})


@dataclass
class Rules:
    """Checks answers. `sent` are marks that were typed, the line-up's are on file."""

    lineup: Lineup
    sent: Markers

    def broken_by(self, request: Request, answer: Answer) -> Iterator[str]:
        """What is wrong, in a sentence each."""
        status = answer.status
        if status >= 500 and not (status == 501 and "Transfer-Encoding" in dict(request.headers)):
            yield f"answered {status}"
        yield from _headers(request, answer)
        html = answer.text
        if status in _PLAIN_ERRORS and _INSIDE.search(html):
            yield f"an error {status} tells of the program's inside"
        if status in _PLAIN_ERRORS and (self.sent.found_in(answer.body, "") or self.lineup.recorded.found_in(answer.body, "")):
            yield f"an error {status} repeats what was typed, or what is on file"
        if request.who.role in _TOLD_NOTHING and any(stem in html.lower() for stem in self.lineup.recorded.stems):
            yield f"{request.who.role or 'nobody'} was shown what is on file ({status})"
        if request.who.role is Role.LAWYER and any(mark in html for mark in self.lineup.foreign):
            yield f"a lawyer was shown a file of somebody else's ({status})"


def _headers(request: Request, answer: Answer) -> Iterator[str]:
    found: dict[str, list[str]] = {}
    for name, value in answer.headers:
        found.setdefault(name.lower(), []).append(value)
    for name, value in HEADERS.items():
        # what others made is kept apart from the pages as well
        allowed = [[value], [f"{value}; sandbox"]] if name == "Content-Security-Policy" else [[value]]
        if name == "Content-Security-Policy" and request.endpoint == "maps.city" and answer.status == 200:
            allowed.append([WITH_LEAFLET])
        if found.get(name.lower()) not in allowed:
            yield f"an answer {answer.status} without {name}, or with another"
    if found.get("cache-control") not in (["no-store"], ["private, no-cache"]):
        yield f"an answer {answer.status} may be kept: {found.get('cache-control')}"
    if "server" in found:
        yield f"an answer {answer.status} names the server"
    for cookie in found.get("set-cookie", []):
        if "HttpOnly" not in cookie or "SameSite" not in cookie:
            yield f"an answer {answer.status} sets a cookie without HttpOnly or SameSite"
