"""A lawyer's whole session in a real Chromium with a fresh profile, and a monitor's page that was saved and sent from a file;
afterwards nothing of either is in the profile.

The control is a page that does everything wrong, in the same browser: its mark must be found.
"""

import http.server
import os
import re
import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from scripts.drills.findings import Findings
from scripts.drills.flows import Flows
from scripts.drills.markers import Markers
from scripts.drills.server import Handed, Installation
from scripts.drills.visitor import Visitor

PEOPLE = 3


def drill(folder: Path, places: Path) -> Findings:
    """See the module."""
    findings, markers = Findings("browser"), Markers(secrets.randbits(32))
    installation = Installation(folder / "installation", places)
    installation.initialise()
    coordinator, lawyer, monitor = (installation.account(role, role) for role in ("coordinator", "lawyer", "monitor"))
    with installation.served():
        flows = Flows(Visitor(installation.port), coordinator, markers, findings)
        flows.visitor.sign_in(coordinator)
        for number in range(PEOPLE):
            address = flows.person(number, "/detentions/new")
            flows.record(f"{address}/add/counsel-assigned", {"counsel": installation.account_id("lawyer")})
        session = _Session(f"http://127.0.0.1:{installation.port}", lawyer, flows, findings)
        for number, has_scripts in enumerate((True, False)):
            profile = folder / f"profile-{number}"
            with _page(profile, has_scripts=has_scripts) as page:
                session.run(page, number)
            _searched(profile, markers, findings)
        hotline = _Session(f"http://127.0.0.1:{installation.port}", monitor, flows, findings)
        for number, has_scripts in enumerate((True, False), start=2):
            profile = folder / f"profile-{number}"
            with _page(profile, has_scripts=has_scripts) as page:
                hotline.send_saved_page(page, folder / f"saved-{number}.html")
            _searched(profile, markers, findings)
        _control(folder / "profile-control", markers, findings)
    return findings


def _searched(profile: Path, markers: Markers, findings: Findings) -> None:
    files, size, hits = markers.found_under(profile)
    findings.must(files > 10, "the browser left no profile to search")
    findings.count("files of the profile searched", files)
    findings.count("bytes of the profile searched", size)
    for hit in hits:
        findings.violate(str(hit))


@contextmanager
def _page(profile: Path, *, has_scripts: bool = True) -> Iterator[Page]:
    """Debian's Chromium, its profile kept on disk. Without a sandbox of its own, which it cannot have as root."""
    chromium = os.environ.get("KHRONIKA_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        raise FileNotFoundError("no Chromium here (on Debian: apt install chromium)")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(profile), executable_path=chromium, args=["--no-sandbox"], locale="ru-RU", java_script_enabled=has_scripts
        )
        yield context.pages[0]
        context.close()


class _Session:
    """What a lawyer does, typed and clicked."""

    def __init__(self, address: str, handed: Handed, flows: Flows, findings: Findings) -> None:
        self.address, self.handed, self.flows, self.findings = address, handed, flows, findings
        self.codes = Visitor(0)

    def run(self, page: Page, number: int) -> None:
        """Sign in, read, search, correct, leave a form half filled, sign out: with the file of this number."""
        make = self.flows.markers.make
        page.goto(f"{self.address}/people")
        self._sign_in(page)
        file, marks = list(self.flows.marks.items())[number]
        self._sees(page, marks[0], "the list")
        page.locator(f"a[href='{file}']").click()
        self._sees(page, marks[-1], "the file")
        page.goto(f"{self.address}/people/search")
        page.locator("form.search [name=name]").press_sequentially(marks[0])
        page.keyboard.press("Enter")
        self._sees(page, marks[0], "what was searched for")
        page.locator(f"a[href='{file}']").first.click()
        page.locator("a[href$='/correct']").first.click()
        corrected = make()
        page.locator("form.record input[type=text]:visible").first.fill(f"Москва, {corrected}")
        page.locator("form.record button").first.click()
        page.get_by_role("alert").first.wait_for()  # without a reason: refused, with everything that was entered
        page.locator("[name=because]").select_option("other")
        page.locator("[name=reason_words]").press_sequentially(make())
        page.locator("form.record button").first.click()
        self._sees(page, corrected, "the correction")
        page.goto(f"{self.address}{file}/detentions/new")
        for field in page.locator("form.record textarea, form.record input[type=text]:visible").all():
            field.press_sequentially(make())
        page.locator("form.who button").click()
        page.wait_for_url("**/sign-in*")
        page.go_back(wait_until="load")
        self.findings.must(not any(mark in page.content() for mark in marks), "the way back shows a file after signing out")
        self.findings.count("sessions in the browser")

    def send_saved_page(self, page: Page, file: Path) -> None:
        """Save the page for when there is no connection, sign out, fill it in, send it, sign in, record; and once more."""
        page.goto(f"{self.address}/reports/offline")
        self._sign_in(page)
        page.locator("form.record").wait_for()
        file.write_text(page.content(), encoding="utf-8")
        page.goto(f"{self.address}/reports/new")
        page.locator("form.who button").click()
        page.wait_for_url("**/sign-in*")
        page.goto(file.as_uri())
        marks = [self.flows.markers.make() for _ in range(3)]
        for number, mark in enumerate(marks, start=1):
            page.locator(f"[name='line.{number}']").press_sequentially(f"так сказано: {mark}")
        page.locator("form.record button").click()
        self._sees(page, marks[0], "what the saved page brought")
        page.locator("form.record button").click()
        self._sign_in(page)
        page.locator("form.record button").click()  # send it now
        page.locator("form.record input.line").first.wait_for()
        self.findings.must(page.locator("[name='line.2']").input_value().endswith(marks[1]), "a line was lost on the way")
        page.locator("form.record button").click()
        reports = page.locator("main a[href^='/reports/0']")
        reports.first.wait_for()
        self.findings.must(reports.count() == len(marks), "not every line of the saved page became a report")
        reports.first.click()
        self._sees(page, marks[0], "a report that was written offline")
        page.locator("form.who button").click()
        page.wait_for_url("**/sign-in*")
        self.findings.count("saved pages sent")

    def _sign_in(self, page: Page) -> None:
        code = self.codes.code(self.handed)
        for name, typed in (("name", self.handed.name), ("passphrase", self.handed.passphrase), ("code", code)):
            page.locator(f"form.record [name={name}]").press_sequentially(typed)
        page.locator("form.record button").click()

    def _sees(self, page: Page, mark: str, what: str) -> None:
        """Waits until it does, so that what follows is asked of this page."""
        page.get_by_role("main").get_by_text(mark).first.wait_for()
        around = f"{page.title()} {page.url}".encode()
        self.findings.must(not self.flows.markers.found_in(around, what), f"{what}: a mark in title or address")
        self.findings.count("pages with marks looked at")


class _Careless(http.server.BaseHTTPRequestHandler):
    """Every mistake at once: the mark in the title and the address, the page kept by the browser."""

    def do_GET(self) -> None:
        mark = re.sub(r"[^\w]", "", self.path)
        body = f"<!doctype html><title>{mark}</title><p>{mark} <input name=field value=x>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=3600")
        self.end_headers()
        with suppress(BrokenPipeError):  # a browser that has seen enough
            self.wfile.write(body)

    def log_message(self, *told: object) -> None:
        """Nothing."""


def _control(profile: Path, markers: Markers, findings: Findings) -> None:
    mark = markers.make()
    while not mark.isascii():
        mark = markers.make()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Careless) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with _page(profile) as page:
            page.goto(f"http://127.0.0.1:{server.server_address[1]}/{mark}")
            page.goto("about:blank")
        server.shutdown()
    found = {hit.where.removeprefix(str(profile)) for hit in markers.found_under(profile)[2]}
    findings.control("a careless page leaves its mark in the profile", failed=bool(found))
    findings.note(f"where the careless page left its mark: {', '.join(sorted(found))}")
