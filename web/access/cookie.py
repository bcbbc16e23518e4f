"""The cookie of a session: where it is set, how it is named, and what may read it."""

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface

PLAIN, GUARDED = "khronika-session", "__Host-khronika-session"
FORMS_PLAIN, FORMS_GUARDED = "khronika-forms", "__Host-khronika-forms"


def is_guarded() -> bool:
    """Whether the browser reached us over HTTPS or an onion service; on this machine itself plain HTTP is all there is."""
    return request.is_secure or request.host.partition(":")[0].endswith(".onion")


def token() -> str:
    """What the browser brought, "" for nothing. A cookie of plain HTTP is worth nothing where the connection is guarded."""
    return request.cookies.get(GUARDED if is_guarded() else PLAIN, "")


def give(answer: Response, value: str) -> None:
    """Sent back with every page of ours and to nobody else; gone when the browser is closed."""
    guarded = is_guarded()
    answer.set_cookie(GUARDED if guarded else PLAIN, value, secure=guarded, httponly=True, samesite="Strict", path="/")


def take(answer: Response) -> None:
    """No longer signed in; browsers that can forget everything of ours do so."""
    for name in (PLAIN, GUARDED):
        answer.delete_cookie(name, path="/", secure=name == GUARDED, httponly=True, samesite="Strict")
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'


class FormsCookie(SecureCookieSessionInterface):
    """The signed cookie that form tokens belong to; it holds nothing else. Guarded wherever the session's cookie is."""

    def get_cookie_name(self, app: Flask) -> str:
        """By the connection."""
        return FORMS_GUARDED if is_guarded() else FORMS_PLAIN

    def get_cookie_secure(self, app: Flask) -> bool:
        """By the connection."""
        return is_guarded()
