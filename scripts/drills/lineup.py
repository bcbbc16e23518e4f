"""Who sends requests, and to what: an installation with three people on file, accounts of each role, what is known of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from scripts.drills import photographs
from scripts.drills.findings import Findings
from scripts.drills.flows import Flows
from scripts.drills.markers import Markers
from scripts.drills.server import Installation
from scripts.drills.visitor import Visitor
from web.access import cookie
from web.access.roles import Role
from web.vault.accounts import add_account
from web.wiring import Tracker

PEOPLE = 3
_SEEN = "SELECT token, account, begun, confirmed FROM sessions ORDER BY token"
_KEPT = (
    "SELECT id, name, kind, cities, ended FROM accounts ORDER BY id",
    "SELECT account, passphrase, totp FROM credentials ORDER BY account",
    "SELECT account, digest FROM recovery_codes ORDER BY digest",
    _SEEN,
)
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')

State = tuple[object, ...]


@dataclass
class Someone:
    """A role with its session and its form token, or nobody (None) with a form token alone."""

    role: Role | None
    account: UUID | None = None
    session: str = ""
    forms: str = ""
    token: str = ""

    @property
    def cookies(self) -> str:
        """What this browser sends with every request."""
        kept = {cookie.PLAIN: self.session, cookie.FORMS_PLAIN: self.forms}
        return "; ".join(f"{name}={value}" for name, value in kept.items() if value)


@dataclass
class Lineup:
    """`recorded` are the marks on file, of which the lawyer may see those of the first person only."""

    tracker: Tracker
    recorded: Markers
    known: Mapping[str, list[str]]
    foreign: list[str]
    everybody: list[Someone] = field(default_factory=list)

    def state(self) -> State:
        """Accounts, credentials and sessions: what no refused request may change."""
        with self.tracker.vault.storage.reading() as db:
            return tuple(tuple(db.exec_driver_sql(asked).all()) for asked in _KEPT)

    def mend(self) -> None:
        """After an act on accounts that was allowed: everybody is again who they were, and signed in."""
        with self.tracker.vault.storage.writing() as db:
            for someone in self.everybody:
                if someone.role is not None and someone.account is not None:
                    asked = "UPDATE accounts SET kind = ?, ended = NULL WHERE id = ?"
                    db.exec_driver_sql(asked, (someone.role.value, someone.account.bytes))
        for someone in self.everybody:
            if someone.account is not None and self.tracker.door.sessions.find(someone.session) is None:
                someone.session = self.tracker.door.sessions.begin(someone.account)

    def gather(self, port: int) -> None:
        """An account of each role, signed in, with the token that its forms hold; and nobody."""
        for role in (*Role, None):
            someone = Someone(role)
            if role is not None:
                with self.tracker.vault.storage.writing() as db:
                    someone.account = add_account(db, f"fuzz {role.value}", role)
                someone.session = self.tracker.door.sessions.begin(someone.account)
            visitor = Visitor(port, {cookie.PLAIN: someone.session} if someone.session else {})
            found = _TOKEN.search(visitor.get("/sign-in").text)
            someone.forms, someone.token = visitor.cookies.get(cookie.FORMS_PLAIN, ""), found[1] if found else ""
            self.everybody.append(someone)


def on_file(
    installation: Installation, recorded: Markers, findings: Findings, lawyer: str
) -> tuple[dict[str, list[str]], list[str]]:
    """Three people recorded over the pages. Returns the known ids by kind, and the marks that no lawyer may see."""
    handed = installation.account("coordinator", Role.COORDINATOR)
    flows = Flows(Visitor(installation.port), handed, recorded, findings)
    flows.visitor.sign_in(handed)
    known: dict[str, list[str]] = {"people": [], "detentions": [], "incidents": [], "protests": [], "exhibits": []}
    protest = flows.visitor.get("/protests/new")
    answer = flows.visitor.send(protest, "/protests/new", {"when": "24.02.2022", "place": "Москва", "form": "rally"})
    known["protests"] += _ids(answer.location)
    for number in range(PEOPLE):
        address = flows.person(number, "/detentions/new")
        flows.everything(9, address, None, lawyer)
        page = flows.visitor.get(address).text
        known["people"] += _ids(address)
        known["detentions"] += sorted({found for link in re.findall(r"/detentions/[^/]+/add", page) for found in _ids(link)})
        known["incidents"] += sorted({found for link in re.findall(r"/incidents/[^/\"]+/entries", page) for found in _ids(link)})
        exhibit, marks = photographs.deposited(flows, address, photographs.photograph(recorded.make()))
        flows.marks[address] += marks
        known["exhibits"] += _ids(exhibit)
        if number == 0:
            flows.record(f"{address}/add/counsel-assigned", {"counsel": lawyer})
    addresses = list(flows.marks)
    return known, [mark for address in addresses[1:] for mark in flows.marks[address]]


def _ids(text: str) -> list[str]:
    return re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", text)
