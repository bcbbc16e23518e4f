"""What protects every page, errors included: headers, host names, methods, origins, sizes, and tokens on every form.

The measure is "Web" in the security design. Who may see what is another matter, and comes with the accounts.
"""

import re
from collections.abc import Collection
from ipaddress import ip_address

from flask import Flask, Response, abort, g, request
from flask_wtf.csrf import CSRFProtect

from web.exhibits.receiving import ENDPOINT, Received

LARGEST_FORM = 256 * 1024
MOST_FIELDS = 200
FROM_ANYWHERE = frozenset({"offline.brought"})
"""What may be sent from a page that is not ours, such as one that was saved: it records nothing and reads no session."""
METHODS = frozenset({"GET", "HEAD", "POST"})

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "object-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
DOWNLOADS = frozenset({"exhibits.working_copy", "exhibits.original", "papers.case_file_made", "papers.overrun_made"})
"""What others made, or wrote the words of: a browser that shows it all the same gives it no rights."""
FILES = frozenset({"static", "maps.leaflet"})
"""Files of the installation: a browser keeps them, and asks each time whether they are still the same."""
WITH_LEAFLET = frozenset({"maps.city"})
"""The pages of the map that moves: Leaflet does not load where trusted types are required. Nothing else is loosened for it."""
_ALL_OFF = (
    "accelerometer autoplay camera clipboard-read clipboard-write display-capture encrypted-media fullscreen gamepad "
    "geolocation gyroscope hid idle-detection local-fonts magnetometer microphone midi payment picture-in-picture "
    "publickey-credentials-create publickey-credentials-get screen-wake-lock serial storage-access usb "
    "window-management xr-spatial-tracking"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _ALL_OFF.split()),
    "X-Robots-Tag": "noindex, nofollow",
}


def protect(app: Flask, hosts: Collection[str]) -> None:
    """Put every rule on an application that answers to these host names (without port)."""
    app.request_class = Received
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=MOST_FIELDS,
        SESSION_COOKIE_HTTPONLY=True,
        WTF_CSRF_TIME_LIMIT=None,  # a form left open overnight is still saved; the token ends with the session
    )

    @app.before_request
    def refuse_strangers() -> None:
        if request.endpoint == ENDPOINT:
            request.max_content_length = LARGEST_FORM + app.extensions["khronika"].tracker.settings.largest_exhibit
        if not _is_addressed_to(hosts) or not _is_private():
            abort(400)
        if request.method not in METHODS:
            abort(405, valid_methods=sorted(METHODS))
        if request.method == "POST" and not brings_token() and request.endpoint not in FROM_ANYWHERE and not _comes_from_here():
            abort(400)

    @app.after_request
    def write_headers(answer: Response) -> Response:
        for name, value in HEADERS.items():
            answer.headers[name] = value
        if request.endpoint in DOWNLOADS and answer.status_code == 200:
            answer.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; sandbox"
        if request.endpoint in WITH_LEAFLET:
            answer.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.partition("; require-trusted-types-for")[0]
        is_kept = request.endpoint in FILES or g.get("may_be_kept", False)
        is_static = is_kept and answer.status_code in (200, 304)
        answer.headers["Cache-Control"] = "private, no-cache" if is_static else "no-store"
        if request.is_secure:
            answer.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        answer.headers.pop("Server", None)
        return answer

    CSRFProtect(app)


_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::[0-9]{1,5})?", re.IGNORECASE)


def _is_addressed_to(hosts: Collection[str]) -> bool:
    """Whether the request names one of these hosts: a page elsewhere could point a name of its own at this machine."""
    return _named() in hosts


def _named() -> str:
    """The host name a request was sent to, without its port; "" for what is none."""
    named = _HOST.fullmatch(request.headers.get("Host", ""))
    return named[1].lower() if named is not None else ""


def _is_private() -> bool:
    """Whether nobody on the way can read along: HTTPS, an onion service, or this machine itself. A web server before ours that
    answers over plain HTTP as well would carry passphrases and names in the open."""
    return request.is_secure or _named().endswith(".onion") or _is_this_machine(_named())


def _is_this_machine(name: str) -> bool:
    try:
        return name == "localhost" or ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def brings_token() -> bool:
    """Whether a program proves itself with a token: no browser adds one by itself to what another page sends."""
    return request.path.startswith("/api/") and request.headers.get("Authorization", "").startswith("Bearer ")


def _comes_from_here() -> bool:
    """Whether the browser says the form was on a page of ours. One that says nothing still needs the form's token."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or origin.lower() == request.host_url.rstrip("/").lower()
