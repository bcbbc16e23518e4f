"""The addresses for programs: where a report is sent, and the document that describes how."""

import json
from typing import Any

from flask import Blueprint, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue

from domain.count import Count
from domain.errors import RuleBroken
from web.desk import desk
from web.intake.answers import refused
from web.intake.description import LARGEST, REPORT, check, document
from web.intake.pace import Pace
from web.intake.sending import Sent, send
from web.vault.accounts import Account

intake = Blueprint("intake", __name__, url_prefix="/api")

_STATUS = {"key_used_again": 409, "vault_locked": 503, "too_busy": 503}


@intake.record_once
def keep_pace(state: Any) -> None:
    """Each application counts for itself."""
    state.app.extensions["intake pace"] = Pace()


@intake.get("/openapi.json")
def description() -> ResponseReturnValue:
    """What may be sent, and what is answered."""
    return jsonify(document())


@intake.post("/reports")
def send_report() -> ResponseReturnValue:
    """One report. Whose token it is was asked before."""
    account: Account = g.sender
    pace: Pace = current_app.extensions["intake pace"]
    if wait := pace.seconds_to_wait(account.id):
        return refused(RuleBroken("too_many", seconds=wait), 429)
    if request.mimetype != "application/json":
        return refused(RuleBroken("not_json"), 415)
    if (request.content_length or 0) > LARGEST or len(body := request.get_data(cache=False)) > LARGEST:
        return refused(RuleBroken("too_large"), 413)
    try:
        asked = json.loads(body, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        return refused(RuleBroken("not_json"), 400)
    return _recorded(account, pace, asked)


def _each_once(told: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object. Of two values under one name one would be lost, and nobody would know."""
    found = dict(told)
    if len(found) < len(told):
        raise ValueError
    return found


def _recorded(account: Account, pace: Pace, asked: Any) -> ResponseReturnValue:
    try:
        if not isinstance(asked, dict):
            return refused(RuleBroken("not_json"), 400)
        check(asked, REPORT)
        key = asked.get("id") or request.headers.get("Idempotency-Key", "")
        if not key:
            raise RuleBroken("field_missing", field="id")
        check(key, REPORT["properties"]["id"], "id")
        if not set(asked) - {"id", "said_at", "source"} or not str(asked.get("line", "-")).strip():
            raise RuleBroken("field_missing", field="line")
        sent = send(desk().tracker, account.id, key, asked)
    except RuleBroken as broken:
        return refused(broken, _STATUS.get(broken.code, 422))
    desk().tracker.catch_up(sent.outcome)
    if sent.outcome.new:
        pace.count(account.id, len(sent.message.people))
    answer = jsonify(_told(sent))
    answer.status_code = 201 if sent.outcome.new else 200
    return answer


def _told(sent: Sent) -> dict[str, Any]:
    """What was understood, in codes and numbers alone."""
    said = sent.message
    return {
        "report": str(sent.report),
        "position": sent.outcome.position,
        "understood": {
            "city": said.place.city if said.place is not None else None,
            "station": said.place.station if said.place is not None else None,
            "count": _range(said.count),
            "minors": _range(said.minors),
            "concerns": list(said.concerns),
            "people": len(said.people),
            "all": not sent.heard.not_understood,
        },
    }


def _range(count: Count | None) -> dict[str, int | None] | None:
    return {"low": count.low, "high": count.high} if count is not None else None
