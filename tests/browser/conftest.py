"""The pages served for real, and a Chromium without JavaScript on a phone that reports every request and every complaint.

Each file of tests has a record of its own: what one of them enters is not in the way of another.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from waitress import wasyncore
from waitress.server import create_server

from tests.web.seeding import Seeded, opened, seed
from tests.web.site import account_of
from web import create_app
from web.access import cookie
from web.access.roles import Role
from web.wiring import Tracker


@dataclass
class Phone:
    """One browser window, and what it asked for and complained about."""

    page: Page
    address: str
    seeded: Seeded
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to a page of ours."""
        self.page.goto(self.address + path)


@dataclass(frozen=True)
class Served:
    """Where the pages are."""

    address: str
    seeded: Seeded
    token: str
    """What lies in the cookie of a coordinator."""


@contextmanager
def serving(tracker: Tracker) -> Iterator[str]:
    """The address of an installation's pages, on a port of its own."""
    door, open_sockets, is_over = socket.create_server(("127.0.0.1", 0)), dict[int, Any](), threading.Event()
    server = create_server(create_app(tracker, is_demo=True), map=open_sockets, sockets=[door], ident=None)

    def serve() -> None:
        while not is_over.is_set():
            wasyncore.loop(timeout=0.2, map=open_sockets, count=1)

    serving = threading.Thread(target=serve)
    serving.start()
    yield f"http://127.0.0.1:{door.getsockname()[1]}"
    is_over.set()  # nothing is closed that the thread still waits for
    serving.join(10)
    server.task_dispatcher.shutdown()
    wasyncore.close_all(open_sockets)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, places: Path) -> Iterator[Served]:
    """The fictional record in Russian."""
    with opened(tmp_path_factory.mktemp("served"), places, "ru") as tracker, serving(tracker) as address:
        token = tracker.door.sessions.begin(account_of(tracker, Role.COORDINATOR))
        yield Served(address, seed(tracker, "ru"), token)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Debian's Chromium. Without a sandbox of its own, which it cannot have as root."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def phone(browser: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[Phone]:
    """A phone in Russian, or whichever language a test asks for, JavaScript off. Ends with nothing asked of anybody else and
    nothing complained about."""
    locale = getattr(request, "param", "ru-RU")
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale=locale, java_script_enabled=False, has_touch=True, is_mobile=True
    )
    context.add_cookies([{"name": cookie.PLAIN, "value": served.token, "url": served.address}])
    held = Phone(context.new_page(), served.address, served.seeded)
    context.on("request", lambda asked: None if asked.url.startswith(served.address) else held.foreign.append(asked.url))
    held.page.on("console", lambda said: held.complaints.append(said.text))
    yield held
    context.close()
    assert held.foreign == []
    assert [said for said in held.complaints if "422" not in said] == []
