"""A browser without JavaScript, over the socket: cookies, links and forms, signing in with passphrase and code as people do."""

import base64
import http.client
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

from scripts.drills.server import Handed
from web.access import one_time

Values = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def location(self) -> str:
        return next((value for name, value in self.headers if name.lower() == "location"), "")


@dataclass
class Control:
    """One field of a form. `options` are the answers of a list, or of boxes of one name."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)


@dataclass
class PageForm:
    """One form of a page; `action` is "" for the page's own address."""

    action: str
    method: str
    classes: str
    controls: dict[str, Control] = field(default_factory=dict)

    def values(self) -> dict[str, list[str]]:
        """What a browser would send if nothing were changed."""
        return {name: list(control.values) for name, control in self.controls.items() if control.values}


class Forms(HTMLParser):
    """The forms and links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.links: list[str] = []
        self._form: PageForm | None = None
        self._control: Control | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in named:
            self.links.append(named["href"])
        elif tag == "form":
            self._form = PageForm(named.get("action", ""), named.get("method", "get"), named.get("class", ""))
            self.forms.append(self._form)
        elif self._form is not None and tag == "option" and self._control is not None:
            self._control.options.append(named.get("value", ""))
            if "selected" in named or not self._control.values:
                self._control.values = [named.get("value", "")]
        elif self._form is not None and tag in ("input", "select", "textarea", "button") and named.get("name"):
            self._field(self._form, tag, named)

    def _field(self, form: PageForm, tag: str, named: dict[str, str]) -> None:
        kind = named.get("type", "text") if tag == "input" else tag
        control = form.controls.setdefault(named["name"], Control(named["name"], kind))
        if tag in ("select", "textarea"):
            self._control = control
        elif kind in ("checkbox", "radio", "button"):
            control.options.append(named.get("value", "on"))
            if "checked" in named:
                control.values.append(named.get("value", "on"))
        else:
            control.values.append(named.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._control is not None and self._control.kind == "textarea":
            self._control.values = ["".join(self._control.values) + data]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            if self._control is not None and tag == "textarea" and not self._control.values:
                self._control.values = [""]
            self._control = None
        elif tag == "form":
            self._form = None


def form_in(answer: Answer, action: str | None = None) -> PageForm:
    """The form that records (or the one with this action). LookupError where the page has none."""
    for form in Forms(answer.text).forms:
        if form.action == action if action is not None else "record" in form.classes.split():
            return form
    raise LookupError(f"no form in an answer of status {answer.status}")


@dataclass
class Visitor:
    """One browser at one server."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    asked: int = 0
    _used: int = -1
    """The last step whose code was used up."""
    _codes: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, values: Values, **headers: str) -> Answer:
        body = urlencode(list(values.items()), doseq=True).encode()
        origin = {"Origin": f"http://{self.host}", "Sec-Fetch-Site": "same-origin"}
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **origin, **headers})

    def upload(self, answer: Answer, path: str, values: Values, content: bytes) -> Answer:
        """Send the form in an answer with a file, as browsers do."""
        form, boundary = form_in(answer), "the-boundary-of-the-drill"
        told = {**form.values(), **values}
        named = ((name, one) for name, value in told.items() for one in ([value] if isinstance(value, str) else value))
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{{}}"{{}}\r\n\r\n'
        parts = [head.format(name, "").encode() + one.encode() + b"\r\n" for name, one in named if name != "file"]
        body = b"".join(parts) + head.format("file", '; filename="a.jpg"').encode() + content + f"\r\n--{boundary}--\r\n".encode()
        origin = {"Origin": f"http://{self.host}", "Sec-Fetch-Site": "same-origin"}
        return self._ask(
            "POST", form.action or path, body, {"Content-Type": f"multipart/form-data; boundary={boundary}", **origin}
        )

    def send(self, answer: Answer, path: str, values: Values, action: str | None = None) -> Answer:
        """Send the form in an answer, some fields written anew."""
        form = form_in(answer, action)
        return self.post(form.action or path, {**form.values(), **values})

    def sign_in(self, handed: Handed, first: Answer | None = None) -> Answer:
        """By passphrase and code, on the page for it or on a page that kept a form."""
        answer = first or self.get("/sign-in")
        proof = {"name": handed.name, "passphrase": handed.passphrase, "code": self.code(handed)}
        return self.send(answer, "/sign-in", proof, "/sign-in")

    def code(self, handed: Handed) -> str:
        """One that was not used up: of a step that the clock's tolerance lets in, then a recovery code."""
        now = int(time.time() // one_time.STEP)
        step = max(now, self._used + 1)
        if step <= now + 1:
            self._used = step
            secret = base64.b32decode(handed.secret + "=" * (-len(handed.secret) % 8))
            return one_time.code_at(secret, step)
        self._codes = self._codes or list(handed.codes)
        return self._codes.pop()

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, {"Host": self.host, "Accept-Language": "en", **cookies, **named})
            found = connection.getresponse()
            answer = Answer(found.status, found.getheaders(), found.read())
        finally:
            connection.close()
        self.asked += 1
        self._keep_cookies(answer)
        return answer

    def _keep_cookies(self, answer: Answer) -> None:
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                pair, *about = value.split(";")
                key, _, kept = pair.partition("=")
                is_over = any(part.strip().lower() in ("max-age=0", "expires=thu, 01 jan 1970 00:00:00 gmt") for part in about)
                if is_over:
                    self.cookies.pop(key, None)
                else:
                    self.cookies[key] = kept
