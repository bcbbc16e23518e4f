"""One plain page for whatever went wrong, in the reader's language. The log gets a fixed message and a random number, no more."""

import logging
import secrets
from types import TracebackType

from flask import Flask, Request, Response, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.routing import MapAdapter

from domain.errors import RuleBroken
from web.access_log import NotLogged
from web.intake.answers import refused
from web.languages import translated as _

logger = logging.getLogger("khronika.web")


class Pages(Flask):
    """Flask, but for its log: a traceback would hold what somebody had entered. And but for hosts it cannot make sense of."""

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """A host that is none ("xn--", bytes that are no name) is answered with a page too: protection.py refuses it at once."""
        if request is None:
            return super().create_url_adapter(None)
        try:
            found = super().create_url_adapter(request)
        except (HTTPException, ValueError):
            found = None
        return found or self.url_map.bind("localhost")

    def log_exception(self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
        """What failed and where in our code, under the number that the page shows."""
        g.mishap = secrets.token_hex(4)
        failure = exc_info[1]
        logger.error("page-failed %s: %s", g.mishap, _where(failure))


def _where(failure: BaseException | None) -> str:
    """What failed, and the last place in our own code: never the exception's text, which may hold what somebody entered."""
    place, trace = "?", failure.__traceback__ if failure is not None else None
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__"))
        if module.partition(".")[0] in ("domain", "projections", "web"):
            place = f"{module}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(failure).__name__} in {place}"


def answer(app: Flask) -> None:
    """Answer every error with a page of ours."""
    app.register_error_handler(HTTPException, _tell)
    app.register_error_handler(NotLogged, tell_not_logged)


def tell_not_logged(failure: NotLogged) -> Response:
    """What must be written down before it is shown is not shown."""
    number = secrets.token_hex(4)
    logger.error("access-not-logged %s: %s", number, type(failure.__cause__).__name__)
    title = _("This cannot be shown now")
    advice = _(
        "Whoever reads here about a person is written down first, and that failed. Nothing was shown; tell the administrator."
    )
    return make_response(render_template("mishap.html", title=title, advice=advice, number=number), 503)


def _tell(mishap: HTTPException) -> Response:
    code = mishap.code or 500
    if code < 400:
        return make_response(mishap.get_response())
    if request.path.startswith("/api/"):
        return refused(_told_to_programs(code), code)
    title, advice = _sentences(code)
    number = g.get("mishap") if isinstance(mishap, InternalServerError) else None
    page = make_response(render_template("mishap.html", title=title, advice=advice, number=number), code)
    if code == 405:
        page.headers["Allow"] = ", ".join(getattr(mishap, "valid_methods", None) or ["GET", "HEAD", "POST"])
    return page


def _told_to_programs(code: int) -> RuleBroken:
    match code:
        case 404:
            return RuleBroken("no_such_page")
        case 405:
            return RuleBroken("no_such_method")
        case 413:
            return RuleBroken("too_large")
        case _ if code >= 500:
            return RuleBroken("failed_here")
    return RuleBroken("not_accepted")


def _sentences(code: int) -> tuple[str, str]:
    match code:
        case 401:
            return _("You are not signed in"), _("Nothing was recorded. Sign in, then send the form again.")
        case 403:
            return _("This is not for your role"), _("Nothing was recorded. Somebody with another role has to do it.")
        case 404:
            return _("There is no such page"), _("The address may be mistyped, or what it led to is not on record here.")
        case 405:
            return _("This address is not used that way"), _("Open it from a link or a form on one of these pages.")
        case 413:
            return _("That was too much at once"), _("Nothing was recorded. Shorten the text and send the form again.")
        case 500:
            return _("Something went wrong here"), _(
                "Nothing more was recorded. Go back and try again; if it happens again, tell the administrator."
            )
        case _:
            return (
                _("This request was not accepted"),
                _("Nothing was recorded. Go back, reload the page and send the form again."),
            )
