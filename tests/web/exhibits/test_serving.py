"""Over a real connection: a large file is taken in from who is signed in, nobody else's, and lies nowhere in the clear."""

import http.client
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from waitress.channel import HTTPChannel
from waitress.server import create_server

from tests.web.seeding import opened, seed
from tests.web.site import Site, record_of
from web import create_app
from web.access import cookie
from web.commands.running import _IN_MEMORY
from web.exhibits.serving import parser_for

MARK = b"Primerov-in-a-photograph"
BOUNDARY = "a-boundary"


@pytest.fixture
def served(tmp_path: Path, places: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Site, int]]:
    """The pages, answered by the server that `khronika serve` starts, with a temporary folder that can be searched."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    with opened(tmp_path / "home", places) as tracker:
        site = Site(tracker, create_app(tracker), seed(tracker))
        with answering(site) as port:
            yield site, port


@contextmanager
def answering(site: Site) -> Iterator[int]:
    sockets: dict[int, Any] = {}
    server: Any = create_server(site.app, map=sockets, host="127.0.0.1", port=0, threads=2, **_IN_MEMORY)
    channel = type("Channel", (HTTPChannel,), {"parser_class": parser_for(site.tracker)})
    for listening in sockets.values():
        if hasattr(listening, "channel_class"):
            listening.channel_class = channel
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield int(server.effective_port)
    finally:
        server.task_dispatcher.shutdown()
        server.close()
        thread.join(5)


class Browser:
    """Asks over the connection, with the cookies it was given."""

    def __init__(self, port: int, session: str = "") -> None:
        self.port, self.cookies = port, {cookie.PLAIN: session} if session else {}

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, bytes, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"Content-Type": kind, "Origin": f"http://127.0.0.1:{self.port}"} if kind else {}
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            content = answer.read()
            for told in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = told.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, content, answer.headers.get("Location", "")
        finally:
            connection.close()

    def form(self, path: str) -> dict[str, str]:
        page = self.ask("GET", path)[1].decode()
        return dict(re.findall(r'<input type="hidden" name="(csrf_token|record)" value="([^"]+)"', page))


def multipart(values: dict[str, str], content: bytes) -> tuple[bytes, str]:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in values.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    body = "".join(parts).encode() + head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    return body, f"multipart/form-data; boundary={BOUNDARY}"


def test_a_large_file_is_taken_in_and_given_out_and_lies_nowhere_in_the_clear(served: tuple[Site, int], tmp_path: Path) -> None:
    site, port = served
    browser = Browser(port, site.tracker.door.sessions.begin(site.account or record_of("")))
    path = f"/people/{site.seeded.long}/exhibits/new"
    content = (MARK + os.urandom(1000)) * 6000
    body, kind = multipart({**browser.form(path), "kind": "photograph"}, content)
    status, _, location = browser.ask("POST", path, body, kind)
    assert status == 303
    status, original, _ = browser.ask("GET", f"/exhibits/{record_of(location)}/original")
    assert (status, original == content) == (200, True)
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert not [file for file in written if MARK in file.read_bytes()]
    assert list((tmp_path / "tmp").iterdir()) == []


def test_the_server_itself_would_have_written_it_to_a_temporary_file() -> None:
    """The control: what is guarded against is what the server does by itself."""
    from waitress.buffers import OverflowableBuffer

    buffer = OverflowableBuffer(1000)
    buffer.append(MARK * 1000)
    assert hasattr(buffer.getfile(), "fileno")
    buffer.close()


@pytest.mark.parametrize("who", ["nobody", "a stranger with a cookie", "somebody at another address"])
def test_from_others_nothing_large_is_taken_in(served: tuple[Site, int], who: str) -> None:
    site, port = served
    session = site.tracker.door.sessions.begin(site.account or record_of("")) if who.startswith("somebody") else ""
    browser = Browser(port, session or ("x" * 43 if "cookie" in who else ""))
    path = f"/people/{site.seeded.long}/exhibits/new" if not session else f"/people/{site.seeded.long}/add/named"
    body, kind = multipart({"kind": "photograph"}, bytes(3_000_000))
    try:
        assert browser.ask("POST", path, body, kind)[0] == 413
    except ConnectionError:
        return  # refused while it was still sending
    assert browser.ask("POST", path, urlencode({"name": "x"}).encode(), "application/x-www-form-urlencoded")[0] in (400, 401, 422)
