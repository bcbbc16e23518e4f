"""The pages as a browser without JavaScript sees them: opens them, fills in forms, sends them with everything hidden in them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from flask import Flask
from werkzeug.test import TestResponse

from tests.web.seeding import Seeded
from web.access import cookie
from web.access.roles import Role
from web.vault import VaultError
from web.vault.accounts import add_account
from web.wiring import Tracker

HOST = "127.0.0.1:8080"
_SILENT = {"script", "style"}


class Page(HTMLParser):
    """What is on a page: its words, its title, its links, and the fields of its forms with what stands in them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.words: list[str] = []
        self.title = ""
        self.links: list[str] = []
        self.fields: dict[str, list[str]] = {}
        self.names: set[str] = set()
        self._inside: list[str] = []
        self._form = ""
        self._select = ""
        self._text = ""
        self.feed(html)

    @property
    def text(self) -> str:
        """Everything that can be read, with what is read out for pictures and links."""
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self._inside.append(tag)
        self.words += [named[name] for name in ("alt", "aria-label", "placeholder", "data-label") if name in named]
        if tag == "a":
            self.links.append(named["href"])
        if tag == "form":
            self._form = named.get("class", "")
        if "record" not in self._form.split():
            return
        name = named.get("name", "")
        if tag == "input":
            self.names.add(name)
            if named.get("type") not in ("checkbox", "radio") or "checked" in named:
                self.fields.setdefault(name, []).append(named.get("value", ""))
        elif tag in ("select", "textarea"):
            self.names.add(name)
            self._select = name if tag == "select" else ""
            self._text = name if tag == "textarea" else ""
        elif tag == "option" and ("selected" in named or self._select not in self.fields):
            self.fields[self._select] = [named["value"]]

    def handle_data(self, data: str) -> None:
        if "title" in self._inside:
            self.title += data
        elif not _SILENT & set(self._inside):
            self.words.append(data)
        if self._text:
            self.fields[self._text] = [self.fields.get(self._text, [""])[0] + data]

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass
        if tag == "textarea":
            self.fields.setdefault(self._text, [""])
            self._text = ""
        if tag == "form":
            self._form = ""


@dataclass
class Site:
    """An installation with its pages, read in one language."""

    tracker: Tracker
    app: Flask
    seeded: Seeded
    language: str = "en"
    role: Role | None = Role.COORDINATOR
    """Whom the pages are read as; None for a browser that is not signed in."""
    client: Any = field(init=False)
    account: UUID | None = field(init=False, default=None)
    _admin: Any = field(init=False, default=None, repr=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()
        if self.role is not None:
            self.sign_in(account_of(self.tracker, self.role))

    def sign_in(self, account: UUID) -> None:
        """A session as signing in begins one, without the work of a passphrase."""
        self.account = account
        self.client.set_cookie(cookie.PLAIN, self.tracker.door.sessions.begin(account), domain="127.0.0.1")

    def signed_in_as(self, role: Role | None) -> "Site":
        """The same installation in another browser."""
        return Site(self.tracker, self.app, self.seeded, self.language, role)

    def get(self, path: str, **headers: str) -> TestResponse:
        """The answer to a link that was followed."""
        asked = {"Host": HOST, "Accept-Language": self.language, **headers}
        browser = self._of_an_admin() if path.startswith("/admin") and self.role is Role.COORDINATOR else self.client
        answer: TestResponse = browser.get(path, headers=asked, buffered=True)
        return answer

    def _of_an_admin(self) -> Any:
        """What only administrators may open is read in a browser of theirs, so that a test can walk over all pages."""
        if self._admin is None:
            self._admin = self.signed_in_as(Role.ADMIN).client
        return self._admin

    def page(self, path: str) -> Page:
        """A page that is there."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return Page(answer.get_data(as_text=True))

    def post(self, path: str, values: dict[str, Any], **headers: str) -> TestResponse:
        """The answer to a form that was sent."""
        asked = {"Host": HOST, "Accept-Language": self.language, "Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"}
        answer: TestResponse = self.client.post(path, data=values, headers={**asked, **headers}, buffered=True)
        return answer

    def fill(self, path: str, **values: Any) -> TestResponse:
        """Open a form, write into some of its fields, and send it. Dots in names are written as two underscores."""
        return self.post(path, {**self.page(path).fields, **{name.replace("__", "."): value for name, value in values.items()}})

    def recorded(self) -> int:
        """How many events the log holds."""
        return self.tracker.log.last()


def record_of(location: str) -> UUID:
    """The id in an address."""
    found = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", location)
    assert found is not None, location
    return UUID(found[0])


def account_of(tracker: Tracker, role: Role) -> UUID:
    """An account of this role, made where there is none. Without credentials: signing in itself has tests of its own."""
    name = str(100 + list(Role).index(role))  # no word of any language, so that pages in both can be searched for strange ones
    try:
        return tracker.door.accounts.id_of(name)
    except VaultError:
        with tracker.vault.storage.writing() as db:
            return add_account(db, name, role)
