"""The guard before every page: who asks, whether the policy lets them, and whether the record is theirs.

Denied by default. What is not theirs answers exactly as what does not exist, after the same queries.
"""

import time
from typing import Any
from uuid import UUID

from flask import Flask, Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from domain.errors import RuleBroken
from domain.incident import Incident
from domain.states import states_of
from projections import case_files
from web import mishaps
from web.access import cookie, policy
from web.access.exhibits import may_open
from web.access.kept import ask_again, ask_to_sign_in
from web.access.policy import Scope
from web.access.proceedings import may_open_case
from web.access.reader import Reader
from web.access.roles import Role
from web.access.sessions import Session
from web.access_log import NotLogged
from web.desk import desk
from web.intake.answers import refused
from web.languages import translated as _
from web.protection import brings_token

_THE_WAY_OUT = "access.sign_out"
_WHILE_IDLE = frozenset({"access.confirm", _THE_WAY_OUT})


def stand(app: Flask) -> None:
    """Put the guard before every page of the application, and before its links. Raises PolicyIncomplete."""
    policy.check(app)
    app.jinja_env.globals.update(may=may, reader=reader)

    @app.before_request
    def let_in() -> ResponseReturnValue | None:
        if request.endpoint in policy.FOR_TOKENS and (brings_token() or request.endpoint not in policy.POLICY):
            return _admit_by_token()
        session = _session()
        g.reader = _reader(session)
        endpoint = request.endpoint
        if endpoint in policy.PUBLIC or endpoint is None:
            return None
        if session is None:
            return None if endpoint == _THE_WAY_OUT else ask_to_sign_in()
        if g.reader is None:
            return None if endpoint in _WHILE_IDLE else ask_again(session, fresh=False)
        return _ruled(endpoint)

    @app.after_request
    def note_what_was_read(answer: Response) -> Response:
        """Before the page leaves: where this cannot be written down, nobody reads it."""
        read = g.pop("read", None)
        known = g.get("reader")
        if read and known is not None and answer.status_code < 500:
            try:
                desk().tracker.access.read(known.account.id, read, request.endpoint or "")
            except NotLogged as failed:  # too late for the handlers of errors: the page that was made is dropped here
                return mishaps.tell_not_logged(failed)
        return answer


def reader() -> Reader | None:
    """Who asks; None for somebody who is not signed in, or whose session is idle."""
    found: Reader | None = g.get("reader")
    return found


def may(endpoint: str, **asked: Any) -> bool:
    """Whether whoever asks could use a link to this act; asked by the pages before they offer it."""
    known = reader()
    return policy.may(known.role, endpoint, **asked) if known is not None else endpoint in policy.PUBLIC


def _admit_by_token() -> ResponseReturnValue | None:
    """A token opens what it is for, whatever cookies come with it; it makes nobody a reader."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    g.reader, g.session, g.ended = None, None, None
    g.sender = desk().tracker.door.tokens.account_of(token) if brings_token() else None
    return None if g.sender is not None else refused(RuleBroken("token_unknown"), 401)


def _session() -> Session | None:
    token = cookie.token()
    session = desk().tracker.door.sessions.find(token) if token and request.endpoint != "static" else None
    is_over = session is not None and session.is_over(time.time())
    g.session, g.ended = (None, session) if is_over else (session, None)
    found: Session | None = g.session
    return found


def _reader(session: Session | None) -> Reader | None:
    if session is None or session.is_idle(time.time()) or session.account.role not in set(Role):
        return None
    if not _is_automatic():
        desk().tracker.door.sessions.note(session, time.time())
    return Reader(session.account, Role(session.account.role), session)


def _is_automatic() -> bool:
    """Whether a page asks for itself again with nobody doing anything: that keeps no session from becoming idle."""
    return request.method in ("GET", "HEAD") and request.args.get("auto") == "1"


def ruled_by_entry(kind: str, name: str) -> ResponseReturnValue | None:
    """To be asked before an entry is shown to be changed: its address says which, not what it is. None lets them on."""
    return _ruled_by(policy.line_of(request.endpoint or "", {"kind": kind, "name": name}), request.endpoint or "")


def _ruled_by(line: policy.Line, endpoint: str) -> ResponseReturnValue | None:
    if line.scope(g.reader.role) is Scope.DENY:
        desk().tracker.access.refused(g.reader.account.id, "not_allowed", endpoint)
        abort(403)
    return ask_again(g.session, fresh=True) if line.fresh and not g.session.is_fresh(time.time()) else None


def _ruled(endpoint: str) -> ResponseReturnValue | None:
    asked, known = request.view_args or {}, g.reader
    line = policy.line_of(endpoint, asked)
    scope = line.scope(known.role)
    if scope is Scope.DENY and endpoint == "monitors.overview":
        return redirect(url_for(policy.HOMES[known.role]), 303)
    if scope is Scope.OWN and not _is_theirs(known, asked):
        desk().tracker.access.refused(known.account.id, "not_theirs", endpoint, _record(asked))
        abort(404)
    return _ruled_by(line, endpoint)


def _is_theirs(known: Reader, asked: dict[str, Any]) -> bool:
    """Whether the record in the address is one this reader may see; an address without one is of their own things alone."""
    record = _record(asked)
    if record is None:
        return True
    if "report" in asked or asked.get("kind") == "reports":
        return bool(known.visible_reports(desk().tracker, [record]))
    person = record
    kind = asked.get("kind") or next((kind for name, kind in _KINDS.items() if name in asked), "people")
    if kind == "sources":
        return bool(known.knows(desk().tracker, [record]))
    if kind == "exhibits":
        return may_open(known, desk().tracker, record)
    if kind == "proceedings":
        return may_open_case(known, desk().tracker, record)
    if kind in ("detentions", "incidents"):
        found = _person_of(kind, record)
        if kind == "incidents" and found is None and known.role is Role.MONITOR and _is_nobodys(record):
            return True
        person = found or record
    return bool(known.visible(desk().tracker, [person])) or _withdrew_it(known, asked)


def _withdrew_it(known: Reader, asked: dict[str, Any]) -> bool:
    """Whether it is to be brought back by the monitor who withdrew it today: what is withdrawn is on nobody's watch any more."""
    if request.endpoint != "entries.reinstate":
        return False
    states = states_of((told.position, told.event) for told in desk().tracker.log.of([asked["record"]]))
    found = states.get((asked["record"], asked["version"]))
    return found is not None and found.gone is not None and known.did_it_today(found.gone[1])


_KINDS = {"incident": "incidents", "exhibit": "exhibits", "source": "sources", "proceeding": "proceedings"}


def _record(asked: dict[str, Any]) -> UUID | None:
    found: UUID | None = next((asked[name] for name in ("record", "person", "report", *_KINDS) if name in asked), None)
    return found


def _person_of(kind: str, record: UUID) -> UUID | None:
    with desk().tracker.views() as db:
        if kind == "detentions":
            row = case_files.custody_of(db, record.bytes)
            return UUID(bytes=row.person) if row is not None else None
        person = case_files.person_of_incident(db, record.bytes)
        return UUID(bytes=person) if person is not None else None


def _is_nobodys(incident: UUID) -> bool:
    """Whether this is an incident, and one that is about nobody on file: the number of a person or a detention is neither."""
    try:
        return desk().tracker.casebook.standing(Incident, incident).concerns() is None
    except RuleBroken:
        return False


def told_refused(code: str, wait: int) -> str:
    """Why the door stayed closed, in a sentence: the same for whatever was wrong."""
    match code:
        case "throttled":
            return _("Too many attempts. Try again in %(wait)d seconds.", wait=wait)
        case "too_busy":
            return _("Too many people are signing in at this moment. Try again in a few seconds.")
    return _("Name, passphrase or code is not right. A code from the app can be used once: wait for the next one.")
