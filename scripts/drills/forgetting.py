"""Forgetting people, by the pages and by the command; and what an image of the stores from before still opens, with what."""

import shutil
from contextlib import closing
from pathlib import Path
from uuid import UUID

from domain.person import Person
from domain.privacy import Sealed
from scripts.drills.findings import Findings
from scripts.drills.flows import Flows
from scripts.drills.images import opens_with_recovery_key, opens_with_server_key
from scripts.drills.server import Installation
from scripts.drills.visitor import Forms
from web.settings import Settings
from web.wiring import open_tracker


def forget(installation: Installation, flows: Flows, second: Flows, findings: Findings) -> None:
    """The first person by the pages, the last by the command, while the pages are served; then nothing of theirs is shown."""
    first, *_, last = flows.marks
    image, old = _image_of(installation), installation.recovery_key
    texts = _names(installation, [first, last])
    by_the_pages(flows, second, first, findings)
    by_the_command(installation, flows, second, last, findings)
    for address in (first, last):
        shown = flows.visitor.get(address).text
        findings.must(not any(mark in shown for mark in flows.marks[address]), "a forgotten person's file shows a mark")
        del flows.marks[address]
        findings.count("people forgotten")
    for text in texts:
        home, new = installation.home, installation.recovery_key
        findings.must(not opens_with_server_key(home, home, text), "a forgotten name opens here")
        findings.must(not opens_with_server_key(image, home, text), "an image opens with the server's new key")
        findings.must(not opens_with_server_key(home, image, text), "a forgotten name opens with the server's old key")
        findings.must(not opens_with_recovery_key(image, new, text), "an image opens with the new recovery key")
        findings.must(not opens_with_recovery_key(home, old, text), "a forgotten name opens with the old recovery key")
        findings.control("an old image with the server's key of then", failed=opens_with_server_key(image, image, text))
        findings.control("an old image with the recovery key of then", failed=opens_with_recovery_key(image, old, text))
    findings.note("still opens: an image of before with the server's key of then, and one with the recovery key of then")
    shutil.rmtree(image)


def by_the_pages(flows: Flows, second: Flows, address: str, findings: Findings) -> None:
    """A request, another coordinator's approval, and the act; the person waives the delay."""
    page = f"{address}/forgetting"
    flows.record(f"{page}/request", {"waives_delay": "yes", "waived_by": "person"})
    for coordinator in (second, flows):
        shown = coordinator.visitor.get(page)
        step = next(form for form in Forms(shown.text).forms if form.action.startswith(f"{page}/"))
        answer = coordinator.visitor.post(step.action, step.values())
        answer = coordinator.proven(answer) if answer.status == 401 else answer
        findings.must(answer.status == 303, f"a step of forgetting was answered {answer.status}")
    afterwards = flows.visitor.get(page).text
    for backup in sorted(flows.backups):
        findings.must(backup in afterwards, "a backup from before is not among those to destroy")


def by_the_command(installation: Installation, flows: Flows, second: Flows, address: str, findings: Findings) -> None:
    """The same three steps at the machine, each with a proof; the new recovery key is noted at the end."""
    person = address.rpartition("/")[2]
    request = ("--because", "wish", "--verified-by", "in_person", "--waived")
    for coordinator, options in ((flows, request), (second, ()), (flows, ())):
        handed = coordinator.handed
        proof = f"{handed.passphrase}\n{coordinator.visitor.code(handed)}\n"
        said = installation.command("forget", person, "--as", handed.name, *options, typed=proof)
        findings.must(said.returncode == 0, f"khronika forget ended with {said.returncode}: {said.stderr.strip()[:200]}")
        installation.note_recovery_key(said.stdout)


def _image_of(installation: Installation) -> Path:
    """All the stores with their keys, as a thief of the disk has them."""
    return Path(shutil.copytree(installation.home, installation.folder / "image"))


def _names(installation: Installation, addresses: list[str]) -> list[Sealed]:
    with closing(open_tracker(Settings(installation.home, places=installation.places))) as tracker:
        told = [tracker.log.of([UUID(address.rpartition("/")[2])]) for address in addresses]
    return [next(one.event.name for one in events if isinstance(one.event, Person.Named)) for events in told]
