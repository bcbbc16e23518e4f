"""What a web server before ours may say of a request, and what is never believed.

One thing: that the browser spoke HTTPS to it. Only where the settings say that such a server is there, only from this machine,
and only when it says so once. Who asks and under which name would be somebody's word against ours: dropped unread.
"""

from collections.abc import Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PROTOCOL = "HTTP_X_FORWARDED_PROTO"
_OTHERS = frozenset({
    "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP", "HTTP_X_CLIENT_IP", "HTTP_CLIENT_IP", "HTTP_TRUE_CLIENT_IP",
    "HTTP_X_ORIGINAL_HOST", "HTTP_X_ORIGINAL_URL", "HTTP_X_REWRITE_URL", "HTTP_X_SCRIPT_NAME", "HTTP_X_URL_SCHEME",
})  # fmt: skip


def forwarded(pages: "WSGIApplication", *, is_behind_proxy: bool) -> "WSGIApplication":
    """The same pages, told whether the browser spoke HTTPS, and nothing else that another server says."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        said = environ.get(PROTOCOL)
        for name in [name for name in environ if name in _OTHERS or name.startswith("HTTP_X_FORWARDED")]:
            del environ[name]
        if is_behind_proxy and said == "https" and _is_from_here(environ):
            environ["wsgi.url_scheme"] = "https"
        return pages(environ, start_response)

    return answer


def _is_from_here(environ: dict[str, Any]) -> bool:
    try:
        return ip_address(environ.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
