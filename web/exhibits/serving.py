"""Where the server takes in a large form: onto the disk under a key that nobody keeps, and only from somebody who is signed in.

Every other request is as small as a form and stays in memory. The server takes a request in whole before a page of ours sees it,
so whoever sends is asked for here already.
"""

import copy
import re
import time
from http.cookies import CookieError, SimpleCookie
from typing import Any

from waitress.buffers import FileBasedBuffer
from waitress.parser import HTTPRequestParser
from waitress.receiver import FixedStreamReceiver

from web.access.cookie import GUARDED, PLAIN
from web.exhibits.receiving import Spool
from web.protection import LARGEST_FORM
from web.wiring import Tracker

_ADDRESS = re.compile(r"/(protests|detentions|people|incidents)/[0-9a-fA-F-]{36}/exhibits/new/?")


def parser_for(tracker: Tracker) -> type[HTTPRequestParser]:
    """The class that takes in one request."""

    class Parser(HTTPRequestParser):
        """As the server's own, but for the form of an exhibit."""

        def parse_header(self, header_plus: bytes) -> None:
            """Once the head of a request is here, and before its body."""
            super().parse_header(header_plus)
            method, path = str(self.command), str(getattr(self, "path", ""))
            is_large = self.content_length > LARGEST_FORM and method == "POST" and _ADDRESS.fullmatch(path) is not None
            if is_large and _is_signed_in(tracker, self.headers.get("COOKIE", "")):
                self._take_large()

        def _take_large(self) -> None:
            self.adj: Any = copy.copy(self.adj)
            self.adj.max_request_body_size = tracker.settings.largest_exhibit + 2 * LARGEST_FORM
            if self.content_length < self.adj.max_request_body_size:
                spool: Any = Spool(tracker.originals.folder)
                buffer: Any = FileBasedBuffer(spool)
                self.body_rcv = FixedStreamReceiver(self.content_length, buffer)

    return Parser


def _is_signed_in(tracker: Tracker, cookies: str) -> bool:
    try:
        brought = SimpleCookie(cookies)
    except CookieError:
        return False
    tokens = [brought[name].value for name in (GUARDED, PLAIN) if name in brought]
    found = [session for token in tokens if (session := tracker.door.sessions.find(token)) is not None]
    return any(not session.is_over(time.time()) for session in found)
