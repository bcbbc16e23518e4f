"""People with marked names, words, places and references through every flow there is; then no file may hold a mark.

Searched are the stores, the temporary folder, everything the server and the commands write to their logs, the files the server
holds open though they are deleted, and backups. Not searched: what an operator asked for, such as refused rows beside the source.
"""

import secrets
import threading
from http.client import HTTPException
from pathlib import Path

from scripts.drills import abuse, commands, forgetting, photographs
from scripts.drills.findings import Findings
from scripts.drills.flows import Flows
from scripts.drills.markers import Markers
from scripts.drills.server import Handed, Installation
from scripts.drills.visitor import Visitor, form_in

OPENING = ("/detentions/new", "/releases/new")
CHANGED = 3
"""Of each file so many entries are corrected, and one is withdrawn."""


def drill(folder: Path, places: Path, *, people: int) -> Findings:
    """See the module."""
    findings = Findings("canaries")
    installation = Installation(folder / "installation", places)
    markers = Markers(secrets.randbits(32))
    installation.initialise()
    accounts = {role: installation.account(role, role) for role in ("coordinator", "monitor", "lawyer")}
    accounts["second"] = installation.account("second", "coordinator")
    with installation.served():
        run = _Run(installation, markers, findings, accounts)
        run.record(people)
        run.exhibits()
        run.search_by_name()
        run.killed()
        run.sessions()
        run.read_by_lawyer()
        abuse.strange_requests(run.coordinator, findings)
        abuse.half_sent(installation, run.coordinator, findings)
        commands.run_all(installation, run.coordinator, findings)
        run.all_shown()
        _search(installation, markers, findings)
        second = run.signed_in("second")
        forgetting.forget(installation, run.coordinator, second, findings)
        commands.backed_up(installation, run.coordinator, findings)
        _search(installation, markers, findings)
    _search(installation, markers, findings)
    findings.count("requests", sum(flows.visitor.asked for flows in (run.coordinator, run.monitor, run.lawyer)))
    _control(folder / "planted", markers, findings)
    return findings


def _search(installation: Installation, markers: Markers, findings: Findings) -> None:
    """Wherever the program writes. Marks in files of the operator's own lie outside."""
    files, size, hits = markers.found_under(installation.home, installation.tmp, installation.logs, installation.backups)
    for name, content in installation.open_files():
        hits += markers.found_in(content, f"held open: {name}")
    findings.count("files searched", files)
    findings.count("bytes searched", size)
    for hit in hits:
        findings.violate(str(hit))


def _control(planted: Path, markers: Markers, findings: Findings) -> None:
    """The search finds a mark in every encoding."""
    missed = [name for name, file in markers.plant(planted).items() if not markers.found_in(file.read_bytes(), name)]
    findings.control("marks planted in every encoding", failed=not missed)
    if missed:
        findings.violate(f"planted and not found: {', '.join(missed)}")


class _Run:
    """The flows of one run, by three accounts that share what was marked."""

    def __init__(self, installation: Installation, markers: Markers, findings: Findings, accounts: dict[str, Handed]) -> None:
        self.installation, self.findings = installation, findings
        self.markers, self.accounts = markers, accounts
        self.coordinator, self.monitor, self.lawyer = map(self.signed_in, ("coordinator", "monitor", "lawyer"))
        self.monitor.marks = self.lawyer.marks = self.coordinator.marks

    def signed_in(self, name: str) -> Flows:
        """Somebody in a browser of their own."""
        handed = self.accounts[name]
        flows = Flows(Visitor(self.installation.port), handed, self.markers, self.findings)
        self.findings.must(flows.visitor.sign_in(handed).status == 303, f"{name} could not sign in")
        return flows

    def record(self, people: int) -> None:
        """Everybody, with every entry that can be made about them."""
        lawyer = self.installation.account_id("lawyer")
        before: str | None = None
        for number in range(people):
            # A monitor opens detentions alone: the file of somebody released long ago is none of those they may see.
            is_monitors = number % 3 == 2
            opener = self.monitor if is_monitors else self.coordinator
            address = opener.person(number, OPENING[0 if is_monitors else number % 2])
            self.coordinator.everything(number, address, before, lawyer)
            self.coordinator.change(address, CHANGED, 1)
            self.findings.count("people")
            before = address
        _, self.loose = self.coordinator.record("/incidents/new")

    def exhibits(self) -> None:
        """Photographs with a mark in what a camera writes: one as small as a form, one larger; each sent in vain before."""
        self.coordinator.visitor.sign_in(self.coordinator.handed)  # an original asks for a fresh proof
        for address, padding in zip(list(self.coordinator.marks), (0, 3_000_000), strict=False):
            content = photographs.photograph(self.markers.make(), padding)
            exhibit, marks = photographs.deposited(self.coordinator, address, content)
            photographs.looked_at(self.coordinator, exhibit, content, marks, self.findings)

    def search_by_name(self) -> None:
        """Everybody is found by a name; what is asked for is marked too."""
        for address in list(self.coordinator.marks):
            name = self.coordinator.visitor.get(address).text.partition("<h1>")[2].partition("</h1>")[0]
            found = self._ask_for(name.rpartition(" ")[2])
            self.findings.must(f">{name}</a>" in found, "somebody was not found by name")
            self.findings.count("searches by name")
        for strange in (self.coordinator.markers.make(), f"{self.coordinator.markers.make()}й" * 40, "??", ""):
            self._ask_for(strange)

    def _ask_for(self, name: str) -> str:
        visitor = self.coordinator.visitor
        page = visitor.get("/people/search")
        return visitor.send(page, "/people/search", {"name": name}, "/people/search").text

    def killed(self) -> None:
        """SIGKILL while somebody records: what was acknowledged is there afterwards, and no half of it in any file."""
        acknowledged, recording = list[str](), threading.Event()

        def go_on() -> None:
            try:
                while True:
                    acknowledged.append(self.coordinator.person(0, OPENING[0]))
                    recording.set()
            except (OSError, HTTPException):
                recording.set()

        writer = threading.Thread(target=go_on)
        writer.start()
        recording.wait(30)
        threading.Event().wait(0.4)
        self.installation.kill()
        writer.join()
        self.installation.start()
        for flows in (self.coordinator, self.monitor, self.lawyer):
            flows.visitor.port = self.installation.port
        lost = [address for address in acknowledged if self.coordinator.hidden(address)]
        self.findings.must(not lost, f"{len(lost)} acknowledged entries were lost in a kill")
        self.findings.count("entries acknowledged up to a kill", len(acknowledged))

    def sessions(self) -> None:
        """A form sent after a pause, and one sent after the session ended, are kept and recorded afterwards."""
        for column, seconds in (("seen", 3 * 60 * 60), ("begun", 9 * 60 * 60)):
            flows, page = self.coordinator, self.coordinator.visitor.get(OPENING[0])
            values, marks = flows.filled(form_in(page))
            self.installation.age_sessions(column, seconds)
            asked = flows.visitor.send(page, OPENING[0], values)
            self.findings.must(asked.status == 401, f"an old session ({column}) was answered {asked.status}")
            self.findings.must(all(mark in asked.text for mark in marks), f"an old session ({column}): the form was not kept")
            recorded = flows.proven(asked)
            if recorded.status == 422:
                recorded = flows.visitor.send(recorded, OPENING[0], {"place.chosen": "words"})
            self.findings.must(recorded.status == 303, f"a kept form was answered {recorded.status}")
            flows.marks[recorded.location.partition("?")[0]] += marks

    def read_by_lawyer(self) -> None:
        """The lawyer reads what is assigned, searches, and is refused the rest."""
        self.lawyer.visitor.sign_in(self.lawyer.handed)
        listed = self.lawyer.visitor.get("/people").text
        for address in list(self.lawyer.marks):
            answer = self.lawyer.visitor.get(address)
            is_theirs = address in listed
            self.findings.must((answer.status == 200) == is_theirs, f"a lawyer was answered {answer.status} to a file")
            is_shown = any(mark in answer.text for mark in self.lawyer.marks[address])
            self.findings.must(is_theirs or not is_shown, "a file was shown to a lawyer of somebody else's")
            self.findings.count("files opened by the lawyer", int(is_theirs))

    def all_shown(self) -> None:
        """The control of the recording: whoever may see the marks sees them all."""
        hidden = {address: self.coordinator.hidden(address) for address in self.coordinator.marks}
        total = sum(len(marks) for marks in self.coordinator.marks.values())
        self.findings.count("marks recorded", total)
        missing = sum(len(marks) for marks in hidden.values())
        self.findings.count("marks shown to whoever may see them", total - missing)
        self.findings.must(missing == 0, f"{missing} marks were recorded and are shown nowhere")
