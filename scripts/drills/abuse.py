"""Requests with marks where no program expects them: in addresses, headers, cookies, forms without a token, garbage."""

import socket
import time
from contextlib import suppress
from urllib.parse import quote

from scripts.drills.findings import Findings
from scripts.drills.flows import Flows
from scripts.drills.server import Installation

SECONDS = 10


def strange_requests(flows: Flows, findings: Findings) -> None:
    """None of them is answered with a mark, and none leaves one in a log."""
    visitor, make = flows.visitor, flows.markers.make
    quoted = [quote(make()) for _ in range(5)]
    form = "/detentions/new"
    answers = [
        visitor.get(f"/{quoted[0]}"),
        visitor.get(f"/people/{quoted[1]}?name={quoted[2]}"),
        visitor.get(f"/people?before={quoted[3]}&{quoted[4]}=1"),
        visitor.get("/nowhere", Referer=f"http://x/{_latin(make())}", User_Agent=_latin(make()), Accept_Language=_latin(make())),
        visitor.get("/sign-in", Cookie=f"khronika-session={_latin(make())}; lang={_latin(make())}"),
        visitor.get("/people", Host=f"{_latin(make())}.example"),
        visitor.post(form, {"name": make(), "words": make()}),
        visitor.post(form, {"csrf_token": make(), "record": make(), "name": make()}),
        visitor.post(form, {"name": make()}, Origin=f"http://{_latin(make())}.example"),
        visitor.post(form, {"words": _long(make(), 400_000)}),
        visitor.post("/sign-in/demonstration", {"account": make()}),
        visitor.post("/access", {"who": make(), "person": make()}),
    ]
    for answer in answers:
        leaked = flows.markers.found_in(answer.body, "an error page") if answer.status not in (200, 303) else []
        findings.must(not leaked, f"a mark in the page of an error {answer.status}")
        findings.count("strange requests")
    for raw in (
        f"GET /{_latin(make())} {_latin(make())}\r\n\r\n",
        f"{_latin(make())} / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        f"GET / HTTP/1.1\r\n{_latin(make())}\r\n\r\n",
        f"GET / HTTP/1.1\r\nX: {_latin(make()) * 40_000}\r\n\r\n",
        f"POST / HTTP/1.1\r\nContent-Length: {_latin(make())}\r\n\r\n",
        f"POST {form} HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: {_latin(make())}\r\n\r\n",
        f"POST {form} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 40\r\n\r\n"
        f"--x\r\nContent-Disposition: {_latin(make())}\r\n\r\n",
    ):
        leaked = flows.markers.found_in(_sent(visitor.port, raw.encode("utf-8")), "an answer to garbage")
        findings.must(not leaked, f"a mark in the answer to garbage: {raw.split()[0][:4] if raw[0].isupper() else '?'}")
        findings.count("strange requests")
    for wrong in ({"when": "30.02.2022"}, {"until": make()}, {"kind": make(), "when": make()}, {"name": make() * 60}):
        page = visitor.get(form)
        answer = visitor.send(page, form, {"name": make(), "words": make(), "place": f"Москва, {make()}", **wrong})
        findings.must(answer.status in (303, 422), f"a mistaken form was answered {answer.status}")
        findings.count("mistaken forms", int(answer.status == 422))


def half_sent(installation: Installation, flows: Flows, findings: Findings) -> None:
    """A form too large to be meant, half of it sent: while the server waits, it keeps nothing of it in a file."""
    body = (flows.markers.make() * 60_000).encode()
    head = (
        f"POST /detentions/new HTTP/1.1\r\nHost: {flows.visitor.host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body) + 10}\r\n\r\nwords="
    )
    with socket.create_connection(("127.0.0.1", installation.port), SECONDS) as door:
        with suppress(OSError):  # refused before it was read: nothing to keep
            door.sendall(head.encode() + body)
        time.sleep(0.5)
        for name, content in installation.open_files():
            for hit in flows.markers.found_in(content, f"while a form was half sent, {name}"):
                findings.violate(str(hit))
    findings.count("half-sent forms")


def _sent(port: int, request: bytes) -> bytes:
    taken = b""
    with socket.create_connection(("127.0.0.1", port), SECONDS) as door:
        try:
            door.sendall(request)
            door.shutdown(socket.SHUT_WR)
            while piece := door.recv(1 << 16):
                taken += piece
        except OSError:  # closed in the middle of what it did not want to read
            pass
    return taken


def _long(mark: str, size: int) -> str:
    """The mark as often as it makes a form of this size: too large for the pages, not for the server."""
    return mark * (size // len(quote(mark)))


def _latin(mark: str) -> str:
    """A mark as it fits into a header, whose bytes are no text."""
    return mark.encode().decode("latin-1")
