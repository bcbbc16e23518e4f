"""Two ways for a request to an answer: bytes over a socket to the real server, and straight into the application."""

import http.client
import io
import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

from werkzeug.test import run_wsgi_app

from scripts.drills.grammar import Request
from scripts.drills.visitor import Answer

PATIENCE = 60


class NoAnswer(Exception):
    """The server closed the door without a word."""


@dataclass
class Wire:
    """One connection, kept open as long as the server keeps it."""

    port: int
    patience: int = PATIENCE
    _door: socket.socket | None = field(default=None, init=False)

    def ask(self, request: Request) -> Answer:
        """Raises NoAnswer."""
        length = [("Content-Length", str(len(request.body)))] if request.body or request.method == "POST" else []
        headers = [f"{name}: {value}" for name, value in (*request.headers, *length)]
        lines = [f"{request.method} {request.target} HTTP/1.1", *headers]
        return self.send("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + request.body, request.method)

    def send(self, raw: bytes, method: str = "GET") -> Answer:
        """These very bytes. Raises NoAnswer."""
        if self._door is None:
            self._door = socket.create_connection(("127.0.0.1", self.port), self.patience)
        with suppress(OSError):  # refused before all of it was read; the answer may be there
            self._door.sendall(raw)
        reading = http.client.HTTPResponse(self._door, method=method)
        try:
            reading.begin()
            answer = Answer(reading.status, reading.getheaders(), reading.read())
        except (OSError, http.client.HTTPException) as failed:
            self.close()
            raise NoAnswer(type(failed).__name__) from None
        if reading.will_close or method in ("CONNECT", "TRACE"):
            self.close()
        return answer

    def close(self) -> None:
        """Hang up."""
        if self._door is not None:
            self._door.close()
            self._door = None


def ask_within(app: Any, request: Request) -> Answer:
    """The same request as the server would hand it to the application."""
    path, _, query = request.target.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method, "SCRIPT_NAME": "", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query, "SERVER_NAME": "x", "SERVER_PORT": "80",
        "CONTENT_LENGTH": str(len(request.body)), "wsgi.input": io.BytesIO(request.body), "wsgi.input_terminated": True,
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.errors": io.StringIO(), "wsgi.multithread": True,
        "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    for name, value in request.headers:
        key = name.upper().replace("-", "_")
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        environ[key] = f"{environ[key]}, {value}" if key in environ else value
    body, status, headers = run_wsgi_app(app, environ, buffered=True)
    return Answer(int(status.split()[0]), list(headers.items()), _joined(body))


def _joined(pieces: Iterable[bytes]) -> bytes:
    return b"".join(pieces)
