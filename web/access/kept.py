"""Asking somebody to prove who they are, with the form they had filled in kept on the page until they have."""

from collections.abc import Sequence
from uuid import UUID

from flask import current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from web.access.sessions import Session

Kept = Sequence[tuple[str, str]]
PREFIX, SENT = "kept.", "sent"
_NOT_KEPT = frozenset({"csrf_token", "unkept", "passphrase"})
_CONFIRM = "access.confirm"


def ask_to_sign_in() -> ResponseReturnValue:
    """The way in, and from there back to the page; a form that was sent is kept."""
    if request.method in ("GET", "HEAD"):
        to = request.path if request.path != "/" else None
        return redirect(url_for("access.sign_in", to=to), 303)
    owner: Session | None = g.get("ended")
    # A confirmation that came too late is none to be sent again; what it kept goes on being kept.
    to, kept = (own_path(request.form.get("to", "/")), carried()) if request.endpoint == _CONFIRM else (request.path, posted())
    # What a page that was saved brings says itself whose it is: the browser brings no session along with it.
    whose = whose_form(owner.account.id) if owner is not None else request.form.get("whose", "") if kept else ""
    shown = {"to": to, "kept": kept if whose else None, "whose": whose}
    return make_response(render_template("sign_in.html", problem="", name="", ended=True, **shown), 401)


def ask_again(session: Session, *, fresh: bool) -> ResponseReturnValue:
    """For the passphrase, and where a fresh proof is needed for a code as well."""
    g.session = session
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("access.confirm", to=request.path, fresh="1" if fresh else None), 303)
    page = render_template("confirm.html", to=request.path, kept=posted(), fresh=fresh, problem="", name=session.account.name)
    return make_response(page, 401)


def is_kept_for(account: UUID) -> bool:
    """Whether the form a page kept was this account's: nobody sends, under their own name, what another had filled in."""
    try:
        return bool(_signer().loads(request.form.get("whose", "")) == account.hex)
    except BadSignature:
        return False


def whose_form(account: UUID) -> str:
    """What a form says whose it is with: signed, so that nobody has it sent under another name."""
    return str(_signer().dumps(account.hex))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or b"", salt="kept form")


def posted() -> Kept:
    """What was sent, to be sent again. A passphrase is typed again instead: it stands on no page."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_KEPT]


def carried() -> Kept | None:
    """What a page before this one kept; None where no form had been sent. One may have been sent with nothing in it."""
    if SENT not in request.form:
        return None
    fields = request.form.items(multi=True)
    return [(name.removeprefix(PREFIX), value) for name, value in fields if name.startswith(PREFIX)]


def own_path(asked: str) -> str:
    """A path on this server; anything that a browser could take for another address leads to the first page."""
    is_path = asked.startswith("/") and not asked.startswith("//") and asked.isprintable() and "\\" not in asked
    return asked if is_path else "/"
