"""Forgetting somebody, and what an image of the stores from before still opens."""

from contextlib import closing
from uuid import UUID

from scripts.drills.findings import Findings
from scripts.drills.flows import Flows
from scripts.drills.server import Installation
from web.vault import Vault, sqlite_engines

FORGOTTEN = 2


def forget(installation: Installation, flows: Flows, findings: Findings) -> None:
    """Two people are forgotten while the pages are served: their pages show nothing from then on."""
    chosen = list(flows.marks)[:FORGOTTEN]
    with closing(Vault(*sqlite_engines(installation.home / "vault.sqlite"), installation.home / "server.key")) as vault:
        for address in chosen:
            vault.forget(UUID(address.rpartition("/")[2]))
    for address in chosen:
        shown = flows.visitor.get(address).text
        findings.must(not any(mark in shown for mark in flows.marks[address]), "a forgotten person's file shows a mark")
        del flows.marks[address]
        findings.count("people forgotten")
