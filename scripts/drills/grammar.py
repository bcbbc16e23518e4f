"""Requests that nobody should send, made of the application's own addresses and forms.

The same seed makes the same choices; ids, tokens and times are new in every run."""

import random
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from flask import Flask
from werkzeug.routing import Rule

from domain.record import new_id
from scripts.drills.lineup import Lineup, Someone
from scripts.drills.markers import Markers
from scripts.drills.visitor import Control, PageForm
from web.access.roles import Role
from web.entries.offers import OFFERS

METHODS = ("HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "FOO", "get", "X" * 300)
HOSTILE = (
    "", " ", "\0", "\x00\x01\x02\x1b[2J\x7f", "‮\u2066א‏abc", "\ufeff\u200b\u00ad",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "a" * 5_000, "я" * 25_000, "9" * 400, "-1", "0", "1e308",
    "NaN", str(10**30), "-0", "٣١.٠٢.٢٠٢٢", "31.02.2022", "00:00 00.00.0000", "9999-12-31", "' OR 1=1 --",
    "\"; DROP TABLE accounts; --", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{ 7*7 }}", "{% raw %}",
    "%s%s%n%x", "%(name)s %d", "{0.__class__}", "${jndi:ldap://x}", "../../../../etc/passwd", "..\\..\\", "file:///etc/passwd",
    "//elsewhere.example", "\r\nSet-Cookie: a=b", "\u0130\u0131\ufb03", "e\u0301" * 300, "🕵️‍♀️" * 50, "=cmd|' /C calc'!A0",
    "unknown", "none", "null", "true", "[]", "on", "Москва, Пушкинская площадь", "вчера вечером", "от 40 до 60", "завтра",
    "31.12.2999", "2022-02-24T19:20:00+25:00", "a,b;c\td", "\\" * 50,
)  # fmt: skip
_NEVER_KNOWN = frozenset({"other", "other.pasted", "counsel"})
"""Fields that would join files or give one to a lawyer: what is checked of the answers depends on that nobody does."""
_WRITERS = frozenset({Role.MONITOR, Role.COORDINATOR, Role.LAWYER})
_DEAR = frozenset({"access.sign_in", "access.confirm", "access.renew", "admin.add_account", "admin.change_account"})
"""Acts that cost a hash of 64 MiB."""


@dataclass(frozen=True)
class Request:
    """One request. `is_allowed` is whether it may change accounts or sessions: sent as its own pages would send it."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    endpoint: str
    who: Someone
    is_allowed: bool

    def __str__(self) -> str:
        return f"{self.who.role or 'nobody'} {self.method[:20]} {self.endpoint} {self.target[:90]!r} ({len(self.body)} bytes)"


@dataclass
class Grammar:
    """Makes requests. `forms` are those of the pages by the address they are sent to; `sent` marks what is typed."""

    app: Flask
    lineup: Lineup
    sent: Markers
    host: str
    chance: random.Random
    forms: Mapping[str, PageForm] = field(default_factory=dict)
    rules: Sequence[Rule] = field(init=False)
    soundness: float = 0.3
    """How many of the forms are filled in as they are meant; less once much is recorded, so that files stay short."""

    def __post_init__(self) -> None:
        """Addresses with a form more often than those without."""
        rules = self.app.url_map.iter_rules()
        self.rules = [rule for rule in rules for _ in range(8 if {"GET", "POST"} <= (rule.methods or set()) else 2)]

    def request(self, *, may_change_accounts: bool) -> Request:
        """The next one."""
        chance, rule = self.chance, self.chance.choice(self.rules)
        who = chance.choice([*self.lineup.everybody, *(one for one in self.lineup.everybody if one.role in _WRITERS)])
        asks = (rule.methods or {"GET"}) - {"HEAD", "OPTIONS"}
        is_odd = chance.random() < 0.12
        method = chance.choice(METHODS) if is_odd else chance.choice(sorted(asks))
        path = self.path(rule)
        is_door = rule.endpoint.partition(".")[0] in ("access", "admin")
        if method == "POST" and rule.endpoint in _DEAR and (not may_change_accounts or chance.random() > 0.03):
            method = "GET"
        is_allowed = method == "POST" and is_door and may_change_accounts
        body, kind = b"", ""
        if method not in ("GET", "HEAD"):
            body, kind = self._body(path, who, steals=is_door and not may_change_accounts)
        headers = [("Host", self.host), ("Cookie", who.cookies), ("Accept-Language", chance.choice(("en", "ru", self.hostile())))]
        if kind:
            headers.append(("Content-Type", kind))
        if method == "POST":
            headers += [("Origin", f"http://{self.host}"), ("Sec-Fetch-Site", "same-origin")]
        headers = self._broken(headers) if chance.random() < 0.15 else headers
        target = quote(path, safe="/%:@!$&'()*+,;=~-._") + self._query()
        clean = tuple((name, _one_line(value)) for name, value in headers if value)
        return Request(method, target, clean, body, rule.endpoint, who, is_allowed)

    def path(self, rule: Rule, odd: float = 0.1) -> str:
        """The rule's address, filled with known, unknown and impossible values."""
        adapter = self.app.url_map.bind(self.host)
        kind = self.chance.choice(
            ["protests", "detentions", "people", *(["incidents", "exhibits"] if "entries" in rule.rule else [])]
        )
        values = {name: self._argument(name, kind) for name in rule.arguments}
        try:
            path = adapter.build(rule.endpoint, values, method=None)
        except Exception:  # werkzeug refuses to build some of these
            path = rule.rule
        if self.chance.random() < odd:
            path = self.chance.choice((
                path + "/" + self.hostile(), path.upper(), "/" + path, path + "/", path + "/%00", path.replace("-", ""),
                path + "/" + self.sent.make(), path + "?" + "x" * 3000, "/" + "a/" * 500, self.hostile(), path + "/..;/",
            ))  # fmt: skip
        return path if path.startswith("/") else "/" + path

    def _argument(self, name: str, kind: str) -> object:
        """One part of an address."""
        match name:
            case "kind":
                return kind
            case "version":
                return self.chance.choice((1, 2, 3, 5, 0, 10**12))
            case "city":
                return self.chance.choice((524901, 0, 1, 10**18))
            case "name":
                return self.chance.choice([*OFFERS.get(kind, {}), "nothing", "%00", "ж"])
            case "filename":
                return self.chance.choice(("khronika.css", "../x", "a\0"))
        return self.id_of(
            {"person": "people", "incident": "incidents", "protest": "protests", "exhibit": "exhibits"}.get(name, kind)
        )

    def id_of(self, kind: str) -> str:
        """Mostly one that is there."""
        known = self.lineup.known.get(kind, [])
        return self.chance.choice(known) if known and self.chance.random() < 0.8 else str(new_id())

    def hostile(self) -> str:
        """A value that nobody means."""
        if self.chance.random() < 0.1:
            return self.sent.make()
        if self.chance.random() < 0.2:
            return "".join(self.chance.choices(string.printable + "жЖ\u202e\0\u2028", k=self.chance.randint(1, 60)))
        return self.chance.choice(HOSTILE)

    def _query(self) -> str:
        if self.chance.random() < 0.8:
            return ""
        names = [*"before to fresh saved city from until protest person account page kind".split(), self.sent.make()]
        values = [(self.chance.choice(names), self.hostile()) for _ in range(self.chance.randint(1, 4))]
        return "?" + urlencode(values, errors="replace")

    def _body(self, path: str, who: Someone, *, steals: bool) -> tuple[bytes, str]:
        """Of a form, and its type. With `steals` the token is never right, so that nothing can come of it."""
        form = self.forms.get(shape(path)) or self.chance.choice(list(self.forms.values()))
        is_sound = self.chance.random() < self.soundness
        values = [(name, value) for name, control in form.controls.items() for value in self._values(control, is_sound=is_sound)]
        values = [(name, value) for name, value in values if name != "csrf_token"]
        tokens = [someone.token for someone in self.lineup.everybody if someone is not who] + ["", self.hostile()]
        if steals or (not is_sound and self.chance.random() < 0.15):
            values.append(("csrf_token", self.chance.choice(tokens)))
        else:
            values.append(("csrf_token", who.token))
        if self.chance.random() < 0.05:
            values += [(f"extra{number}", "x") for number in range(self.chance.choice((1, 250)))]
        if self.chance.random() < 0.01:
            values.append(("words", "x" * 300_000))
        return self._encoded(values) if not is_sound else (urlencode(values, errors="replace").encode(), _FORM)

    def _values(self, control: Control, *, is_sound: bool) -> list[str]:
        if control.name in ("record", "person", "command") and control.kind == "hidden":
            return [str(new_id()) if is_sound or self.chance.random() < 0.8 else self.hostile()]
        if control.name in _NEVER_KNOWN:
            return [str(new_id())]
        if not is_sound and self.chance.random() < 0.4:
            return [self.hostile() for _ in range(self.chance.choice((0, 1, 1, 1, 2)))]
        if control.options:
            meant = [option for option in control.options if option] if is_sound else control.options
            return [self.chance.choice(meant)] if meant else []
        if control.kind in ("text", "textarea", "search"):
            return [{"when": "24.02.2022 19:20", "place": "Москва", "count": "5"}.get(control.name, self.sent.make())]
        return control.values

    def _encoded(self, values: list[tuple[str, str]]) -> tuple[bytes, str]:
        plain = urlencode(values, errors="replace").encode()
        match self.chance.randrange(20):
            case 0:
                return _multipart(values, b"--x--\r\n"), "multipart/form-data; boundary=x"
            case 1:
                return _multipart(values, b"")[: self.chance.randint(0, 2000)], "multipart/form-data; boundary=x"
            case 2:
                return plain, f"multipart/form-data; boundary={_one_line(self.hostile())}"
            case 3:
                return plain, "application/json"
            case 4:
                return plain, f"{_FORM}; charset={self.chance.choice(('utf-16', 'nonsense', 'idna', ''))}"
            case 5:
                return self.chance.randbytes(self.chance.randint(1, 3000)), _FORM
            case 6:
                return plain + b"&%&%zz=%ff%fe&=&&;" + b"a" * 3000, _FORM
        return plain, _FORM

    def _broken(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """One thing about the headers is wrong."""
        name, value = self.chance.choice((
            ("Host", self.hostile()), ("Host", "elsewhere.example"), ("Host", "[::1"), ("Origin", "http://elsewhere.example"),
            ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"), ("Cookie", self.hostile()),
            ("Cookie", f"khronika-session={self.hostile()}; khronika-forms=.e30.x"),
            ("Cookie", "; ".join(f"a{n}=b" for n in range(300))), ("Cookie", "lang=ru; lang=en; khronika-session=\"x"),
            ("Content-Type", self.hostile()), ("Accept-Language", "x" * 3000), ("X-Forwarded-For", "1.2.3.4"),
            ("X-Forwarded-Host", "elsewhere.example"), ("X-HTTP-Method-Override", "DELETE"), ("Range", "bytes=0-5,7-9"),
            ("If-None-Match", "*"), ("If-Modified-Since", self.hostile()), ("Accept", "application/json"),
            ("Authorization", "Basic " + "x" * 500), ("X-Junk", "x" * 8000), ("Referer", self.sent.make()),
        ))  # fmt: skip
        if self.chance.random() < 0.3:
            return [*headers, (name, value)]
        added = [] if name in dict(headers) else [(name, value)]
        return [(known, value if known == name else kept) for known, kept in headers] + added


_FORM = "application/x-www-form-urlencoded"


def shape(path: str) -> str:
    """An address without its ids and numbers: forms of one kind are one."""
    return "/".join("…" if len(part) == 36 or part.isdecimal() else part for part in path.partition("?")[0].split("/"))


def _multipart(values: list[tuple[str, str]], end: bytes) -> bytes:
    part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    return "".join(part.format(name, value) for name, value in values).encode("utf-8", "replace") + end


def _one_line(value: str) -> str:
    """As it can stand in a header at all: bytes, on one line."""
    return value.encode("utf-8", "replace").decode("latin-1").replace("\r", " ").replace("\n", " ").replace("\0", "")
