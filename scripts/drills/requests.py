"""Requests that nobody should send, to every address, as every role and as nobody: over the socket and straight into the program.

Checked is every answer (answers.py), and afterwards that the record reads from first to last, that the views are what a rebuild
makes of it, and that no refused request changed an account or a session.
"""

import logging
import random
import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, abort, request

from scripts.drills.answers import Rules
from scripts.drills.findings import Findings
from scripts.drills.grammar import Grammar, Request, shape
from scripts.drills.lineup import Lineup, on_file
from scripts.drills.markers import Markers
from scripts.drills.server import Installation
from scripts.drills.stores import views_as_rebuilt, what_is_unreadable
from scripts.drills.visitor import Answer, Forms, PageForm
from scripts.drills.wire import NoAnswer, Wire, ask_within
from web import create_app
from web.access.roles import Role
from web.settings import Settings
from web.vault.accounts import add_account
from web.wiring import Tracker, open_tracker

CONNECTIONS = 4
OVER_THE_SOCKET = 10
"""One request in so many, at least, goes over the socket."""
MOST_RECORDED = 600
"""After so many recorded entries few more are made: the files are to be fuzzed, not filled."""

Ask = Callable[[Request], Answer]


def drill(folder: Path, places: Path, *, requests: int, seed: int) -> Findings:
    """See the module."""
    findings = Findings("http")
    findings.note(f"seed {seed}")
    installation = Installation(folder / "installation", places)
    installation.initialise()
    with closing(open_tracker(Settings(installation.home, places=places))) as tracker:
        with tracker.vault.storage.writing() as db:
            lawyer = add_account(db, "counsel", Role.LAWYER)
        with installation.served():
            recorded = Markers(seed)
            known, foreign = on_file(installation, recorded, findings, str(lawyer))
            lineup = Lineup(tracker, recorded, known, foreign)
            lineup.gather(installation.port)
            run = Run(lineup, Markers(seed + 1), findings, seed)
            run.over_the_socket(installation.port, max(requests // OVER_THE_SOCKET, 1))
            run.garbage(installation.port)
        run.within(create_app(tracker, secret=tracker.vault.form_key), requests - requests // OVER_THE_SOCKET)
        _stores(tracker, findings)
        run.controls()
    logs = b"".join(log.read_bytes() for log in installation.logs.iterdir())
    findings.must(b"Traceback" not in logs, "the server's log holds a traceback")
    for marks in (run.sent, recorded):
        findings.must(not marks.found_in(logs, "log"), "the server's log holds what was typed, or what is on file")
    return findings


def _stores(tracker: Tracker, findings: Findings) -> None:
    for complaint in (*what_is_unreadable(tracker), *views_as_rebuilt(tracker)):
        findings.violate(complaint)
    findings.count("events in the record, read from first to last", tracker.log.last())
    findings.count("acts in the access log", tracker.access.log.last())


class Run:
    """One run: what it asks of whom, and what it makes of the answers."""

    def __init__(self, lineup: Lineup, sent: Markers, findings: Findings, seed: int) -> None:
        self.lineup, self.sent, self.findings, self.seed = lineup, sent, findings, seed
        self.rules = Rules(lineup, sent)
        self._lock = threading.Lock()
        self._recorded = 0
        self._known_forms: dict[str, PageForm] = {}

    def grammar(self, app: Flask, host: str, number: int) -> Grammar:
        """One for each connection, seeded by the run's seed and its number."""
        made = Grammar(app, self.lineup, self.sent, host, random.Random(f"{self.seed}/{number}"))
        self._known_forms = self._known_forms or dict(sorted(dict(self._forms(app, made)).items()))
        made.forms = self._known_forms
        return made

    def _forms(self, app: Flask, grammar: Grammar) -> Iterable[tuple[str, PageForm]]:
        """The forms of every page, as those who may see it find them, by the address they are sent to."""
        rules = app.url_map.iter_rules()
        paths = sorted({grammar.path(rule, odd=0) for rule in rules for _ in range(40 if rule.arguments else 1)})
        for someone in self.lineup.everybody:
            if someone.role in (Role.COORDINATOR, Role.ADMIN, None):
                for path in paths:
                    headers = (("Host", grammar.host), ("Cookie", someone.cookies))
                    page = ask_within(app, Request("GET", quote(path), headers, b"", "", someone, False))
                    yield from ((shape(form.action or path), form) for form in Forms(page.text).forms if form.method == "post")

    def over_the_socket(self, port: int, requests: int) -> None:
        """From several connections at once; none of these may change an account or a session."""
        app = create_app(self.lineup.tracker, secret=self.lineup.tracker.vault.form_key)
        before = self.lineup.state()
        grammars = [self.grammar(app, f"127.0.0.1:{port}", number) for number in range(CONNECTIONS)]
        each = requests // CONNECTIONS + 1
        threads = [threading.Thread(target=self._wired, args=(port, grammar, each)) for grammar in grammars]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.findings.must(self.lineup.state() == before, "requests that were all refused changed an account or a session")

    def _wired(self, port: int, grammar: Grammar, requests: int) -> None:
        wire = Wire(port)
        for asked in (grammar.request(may_change_accounts=False) for _ in range(requests)):
            try:
                answer = wire.ask(asked)
            except NoAnswer as failed:
                with self._lock:
                    self.findings.violate(f"{asked}: no answer ({failed})")
                continue
            with self._lock:
                self.findings.count("requests over the socket")
                self._judge(asked, answer, grammar)
        wire.close()

    def garbage(self, port: int) -> None:
        """What the server refuses before the application sees it."""
        nobody, mark = self.lineup.everybody[-1], self.sent.make().encode()
        for raw in (
            b"\r\n\r\n", b"GET\r\n\r\n", mark + b" / HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
            b"GET / HTTP/1.1\r\n" + mark + b"\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + mark * 20_000 + b"\r\n\r\n",
            b"GET /" + mark * 20_000 + b" HTTP/1.1\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            b"POST / HTTP/1.1\r\nContent-Length: 9999999999\r\n\r\n",
            b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked, " + mark + b"\r\n\r\n",
            b"GET http://[ HTTP/1.1\r\nHost: [\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00",
            b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"GET / HTTP/1.1\r\n X: folded\r\n\r\n", b"* / *\r\n\r\n",
            b"GET / HTTP/1.1\nHost: x\n\n",
        ):  # fmt: skip
            odd = (("Transfer-Encoding", "odd"),) if b"Transfer-Encoding" in raw else ()
            wire = Wire(port, patience=3)
            try:
                self._judge(Request("GET", "garbage", odd, raw[:40], "", nobody, False), wire.send(raw + b"\r\n\r\n"), None)
            except NoAnswer:
                self.findings.count("garbage left without an answer")
            wire.close()
            self.findings.count("requests over the socket")

    def within(self, app: Flask, requests: int) -> None:
        """Straight into the application, one after the other; after each refusal accounts and sessions are as before."""
        grammar, before = self.grammar(app, "127.0.0.1", CONNECTIONS), self.lineup.state()
        for _ in range(requests):
            asked = grammar.request(may_change_accounts=True)
            answer = ask_within(app, asked)
            self.findings.count("requests within")
            self._judge(asked, answer, grammar)
            after = self.lineup.state()
            if after != before:
                if not asked.is_allowed or answer.status >= 400:
                    self.findings.violate(f"{asked}: answered {answer.status}, and an account or a session changed")
                self.findings.count("acts on accounts and sessions that were allowed")
                self.lineup.mend()
                after = self.lineup.state()
            before = after

    def _judge(self, asked: Request, answer: Answer, grammar: Grammar | None) -> None:
        self.findings.count(f"answered {answer.status}")
        for broken in self.rules.broken_by(asked, answer):
            self.findings.violate(f"{asked}: {broken}")
        if answer.status == 303 and "saved=new" in answer.location:
            self._recorded += 1
            self.findings.count("entries recorded")
            if grammar is not None and self._recorded > MOST_RECORDED:
                grammar.soundness = 0.01

    def controls(self) -> None:
        """Applications that are each wrong in one way: every one is caught by what checks the true one."""
        logging.disable(logging.CRITICAL)  # what these say of themselves is no news
        for what, spoil in _SPOILT.items():
            app = create_app(self.lineup.tracker, secret=self.lineup.tracker.vault.form_key)
            trial = Run(self.lineup, self.sent, Findings("control"), self.seed)
            spoil(app, self.lineup)
            for someone in self.lineup.everybody:
                headers = (("Host", "127.0.0.1"), ("Cookie", someone.cookies))
                trial.once(app, Request("GET", "/sign-in", headers, b"", "access.sign_in", someone, False))
            self.lineup.mend()
            self.findings.control(what, failed=bool(trial.findings.violations))
        logging.disable(logging.NOTSET)

    def once(self, app: Flask, asked: Request) -> None:
        """One request within, judged as all others are."""
        before = self.lineup.state()
        answer = ask_within(app, asked)
        self._judge(asked, answer, None)
        self.findings.must(answer.status < 400 or self.lineup.state() == before, "a refusal changed an account")


def _without_a_header(app: Flask, lineup: Lineup) -> Flask:
    # asked first, so that it comes last of all that is done to an answer
    app.after_request_funcs[None].insert(0, _drop_a_header)
    return app


def _drop_a_header(answer: Response) -> Response:
    del answer.headers["Referrer-Policy"]
    return answer


def _raising(app: Flask, lineup: Lineup) -> Flask:
    def spoilt() -> str:
        raise ZeroDivisionError

    app.view_functions["access.sign_in"] = spoilt
    return app


def _telling(app: Flask, lineup: Lineup) -> Flask:
    app.view_functions["access.sign_in"] = lambda: lineup.foreign[0]
    return app


def _with_a_bare_cookie(app: Flask, lineup: Lineup) -> Flask:
    app.view_functions["access.sign_in"] = lambda: ("", 200, {"Set-Cookie": "session=x"})
    return app


def _changing_a_role(app: Flask, lineup: Lineup) -> Flask:
    def spoilt() -> None:
        someone = lineup.everybody[0]
        if someone.account is not None and request.method == "GET":
            lineup.tracker.door.accounts.change_role(someone.account, Role.ADMIN)
        abort(403)

    app.view_functions["access.sign_in"] = spoilt  # type: ignore[assignment]
    return app


_SPOILT: dict[str, Callable[[Flask, Lineup], Flask]] = {
    "an application with one header less": _without_a_header,
    "a page that raises": _raising,
    "a page that shows a mark to whoever comes": _telling,
    "a cookie without HttpOnly": _with_a_bare_cookie,
    "a refusal that changes a role": _changing_a_role,
}
