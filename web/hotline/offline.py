"""Reports written without a connection: a page that can be saved and sent days later, and the text file.

The saved page is sent from a file, so the browser brings no session and no form token with it. Whatever it brings is shown to
whoever signs in as the account it was made for, and recorded only from there.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from domain.errors import RuleBroken
from domain.provenance import Source
from domain.record import new_id
from web.access.kept import whose_form
from web.desk import desk, today
from web.entries.problems import refusal
from web.hotline.lines_file import NAME, read_lines, template
from web.hotline.written import LONGEST, Became, Written, record_written, understood
from web.languages import language
from web.refusals import sentence

offline = Blueprint("offline", __name__)

LINES = 20
GOOD_FOR = 14
"""Days within which a saved page may be sent."""
_CARRIED = ("page", "whose", "city", "day")


@offline.get("/reports/offline")
def page() -> str:
    """Lines to be filled in without a connection."""
    account = desk().reader.account
    token = _signer().dumps([new_id().hex, account.id.hex])
    shown = {"token": token, "whose": whose_form(account.id), "lines": range(1, LINES + 1), "good_for": GOOD_FOR}
    return render_template("offline.html", city=request.args.get("city", ""), day=today().isoformat(), **shown)


@offline.post("/reports/offline/brought")
def brought() -> ResponseReturnValue:
    """What a saved page brings, from wherever it was opened: shown, and carried on by a form of ours. Nothing is recorded."""
    carried = [(name, value) for name, value in request.form.items(multi=True) if name in _CARRIED or name.startswith("line.")]
    token = _token()
    shown = {
        "carried": carried,
        "lines": [line.text for line in _lines(None)],
        "is_good": token is not None,
        "good_for": GOOD_FOR,
    }
    return make_response(render_template("offline_brought.html", **shown), 200 if token is not None else 422)


@offline.post("/reports/offline/lines")
def lines() -> ResponseReturnValue:
    """The lines as they were understood, for whoever is signed in to look over. Nothing is recorded."""
    token = _token()
    if token is None or token[1] != desk().reader.account.id:
        return refusal(RuleBroken("page_not_yours"))
    try:
        shown = [(line, understood(desk().tracker, line, language())[0]) for line in _lines(token[2])]
    except RuleBroken as refused:
        return refusal(refused)
    kept = [(name, request.form.get(name, "")) for name in _CARRIED]
    return render_template("offline_lines.html", shown=shown, kept=kept)


@offline.post("/reports/offline/save")
def save() -> ResponseReturnValue:
    """Record them, each once."""
    token = _token()
    if token is None or token[1] != desk().reader.account.id:
        return refusal(RuleBroken("page_not_yours"))
    return _recorded(str(token[0]), _lines(token[2]))


@offline.route("/reports/lines", methods=["GET", "POST"])
def lines_file() -> ResponseReturnValue:
    """Send a text file, or its text."""
    if request.method != "POST":
        return render_template("lines_file.html", problem="")
    sent = request.files.get("file")
    content = sent.read() if sent is not None and sent.filename else request.form.get("text", "").encode()
    try:
        told = read_lines(content)
        return _recorded(str(told.number), told.lines)
    except RuleBroken as refused:
        return render_template("lines_file.html", problem=sentence(refused, language())), 422


@offline.get("/reports/lines/template")
def lines_template() -> Response:
    """A file of its own to write in."""
    answer = make_response(template(today()).encode())
    answer.headers["Content-Type"] = "text/plain; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return answer


def _recorded(origin: str, told: Sequence[Written]) -> ResponseReturnValue:
    try:
        became: Became = record_written(desk().tracker, desk().reader.account.id, Source("monitor"), origin, told, language())
    except RuleBroken as refused:
        return refusal(refused)
    desk().tracker.catch_up(became.outcome)
    refused_lines = [(number, sentence(broken, language())) for number, broken in became.refused]
    return render_template("lines_became.html", became=became, refused=refused_lines)


def _token() -> tuple[UUID, UUID, datetime] | None:
    """The number of the page, whose it is and when it was made; None for one that is not ours or too old."""
    try:
        told, made = _signer().loads(request.form.get("page", ""), max_age=GOOD_FOR * 86_400, return_timestamp=True)
        return UUID(told[0]), UUID(told[1]), made
    except (BadSignature, ValueError, TypeError, IndexError):
        return None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or b"", salt="page to be filled in without a connection")


def _lines(since: datetime | None) -> list[Written]:
    """What was filled in, each line under the number of its field."""
    city, day = request.form.get("city", "").strip()[:200], None
    try:
        day = date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        day = None
    told = ((number, request.form.get(f"line.{number}", "").strip()[:LONGEST]) for number in range(1, LINES + 1))
    made = since.astimezone(UTC) if since is not None else None
    return [Written(number, text, city, day, made) for number, text in told if text]
