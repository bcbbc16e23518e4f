"""Signing in and out, proving again who one is, and looking after one's own account."""

import time
from uuid import UUID

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from web.access import cookie
from web.access.door import Answer
from web.access.guard import told_refused
from web.access.handing_out import handed_out
from web.access.kept import Kept, carried, is_kept_for, own_path
from web.access.sessions import Session
from web.desk import desk
from web.languages import translated as _
from web.vault.accounts import Account

access = Blueprint("access", __name__)


@access.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Name, passphrase and code."""
    to, kept = own_path(request.values.get("to", "/")), carried()
    if request.method != "POST":
        return render_template("sign_in.html", to=to, kept=kept, whose="", problem="", name="", ended=False)
    door, log = desk().tracker.door, desk().tracker.access
    name = request.form.get("name", "")[:100]
    answer = door.knock(name, request.form.get("passphrase", ""), request.form.get("code", "")[:40])
    if answer.account is None:
        log.refused(answer.known, answer.noted, "access.sign_in")
        problem = told_refused(answer.refused, answer.wait)
        shown = {"to": to, "kept": kept, "whose": request.form.get("whose", ""), "name": name, "ended": kept is not None}
        return _refused(render_template("sign_in.html", problem=problem, **shown), answer.wait)
    if kept is not None and not is_kept_for(answer.account.id):
        to, kept = "/", None
    return _let_in(answer.account, to, kept)


@access.post("/sign-in/demonstration")
def demo_sign_in() -> ResponseReturnValue:
    """In a demonstration, and nowhere else, every account is open to whoever sits at this machine."""
    found = desk()
    if not found.is_demo:
        abort(404)
    account = next((one for one in found.demo_accounts() if one.name == request.form.get("account")), None) or abort(404)
    return _let_in(account, "/", None)


def _let_in(account: Account, to: str, kept: Kept | None) -> ResponseReturnValue:
    tracker = desk().tracker
    tracker.access.signed_in(account.id)
    if g.get("session") is not None:
        tracker.door.sessions.end(g.session)
    session.clear()  # form tokens of whoever sat here before
    answer = make_response(render_template("continue.html", to=to, kept=kept) if kept is not None else redirect(to, 303))
    cookie.give(answer, tracker.door.sessions.begin(account.id))
    return answer


@access.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Ends the session and asks the browser to forget what it kept."""
    tracker, own = desk().tracker, g.get("session") or g.get("ended")
    if own is not None:
        tracker.door.sessions.end(own)
        tracker.access.signed_out(own.account.id)
    session.clear()
    answer = make_response(redirect(url_for("access.sign_in"), 303))
    cookie.take(answer)
    return answer


@access.route("/confirm", methods=["GET", "POST"])
def confirm() -> ResponseReturnValue:
    """By passphrase after a pause; by passphrase and code before what asks for a fresh proof."""
    own, to, kept = _own(), own_path(request.values.get("to", "/")), carried()
    fresh = bool(request.values.get("fresh"))
    shown = {"to": to, "kept": kept, "fresh": fresh, "name": own.account.name}
    if request.method != "POST":
        return render_template("confirm.html", problem="", **shown)
    tracker = desk().tracker
    code = request.form.get("code", "")[:40] if fresh else None
    is_proven = desk().is_demo and own.account in desk().demo_accounts()
    answer = Answer(own.account) if is_proven else tracker.door.confirm(own, request.form.get("passphrase", ""), code)
    if answer.account is None:
        tracker.access.refused(own.account.id, answer.noted, "access.confirm")
        problem = told_refused(answer.refused, answer.wait)
        return _refused(render_template("confirm.html", problem=problem, **shown), answer.wait)
    token = tracker.door.sessions.take_up(own, confirmed=fresh, now=time.time())
    page = make_response(render_template("continue.html", to=to, kept=kept) if kept is not None else redirect(to, 303))
    cookie.give(page, token)
    return page


@access.get("/account")
def account() -> ResponseReturnValue:
    """One's own sessions, and how many recovery codes are left."""
    own, door = _own(), desk().tracker.door
    now = time.time()
    listed = [one for one in door.sessions.of(own.account.id) if not one.is_over(now)]
    left = door.credentials.codes_left(own.account.id)
    return render_template("account.html", own=own, sessions=listed, codes_left=left, now=now)


@access.post("/account/sessions/<uuid:number>/end")
def end_session(number: UUID) -> ResponseReturnValue:
    """End one of one's own sessions elsewhere."""
    own = _own()
    if not desk().tracker.door.sessions.end_of(own.account.id, number, but=own.digest):
        abort(404)
    desk().tracker.access.account_changed(own.account.id, own.account.id, "sessions_ended")
    return redirect(url_for("access.account"), 303)


@access.post("/account/renew")
def renew() -> ResponseReturnValue:
    """A new passphrase, a new secret for the app and new recovery codes, shown once; every other session ends."""
    own, tracker = _own(), desk().tracker
    handed = tracker.door.credentials.renew(own.account.id, own.account.name, keep=own.digest)
    tracker.access.account_changed(own.account.id, own.account.id, "passphrase_changed")
    return handed_out(handed, url_for("access.account"), _("Your new credentials"))


def _own() -> Session:
    found: Session | None = g.get("session")
    return found or abort(401)


def _refused(page: str, wait: int) -> ResponseReturnValue:
    answer = make_response(page, 429 if wait else 401)
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer
