"""The authorisation matrix: every address of the application x every role and nobody x own and foreign records x every method.

Nothing is listed by hand but what an address needs to be filled with: rules come from the url map, what is expected from the
policy. `violations` says in a line each where the application does otherwise.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from uuid import UUID

from werkzeug.routing import Rule

from domain.record import new_id
from tests.web.seeding import MOSCOW
from tests.web.site import Site, account_of
from web.access import policy
from web.access.policy import Line, Scope
from web.access.roles import Role
from web.entries.offers import OFFERS

ROLES: tuple[Role | None, ...] = (None, *Role)
METHODS = ("GET", "POST")
_LEFT_OUT = {"static", "languages.switch"}  # answer everybody the same; tested where they are at home
NIGHT = {"town": MOSCOW, "night": "2022-02-24", "code": "moscow-tverskoy"}
"""What addresses of the watch are filled with."""
_MISSING_IS_FINE = {
    "access.end_session",
    "admin.change_account",
    "lawyers.desk_of",
    "coordinators.hand_over",
    "maps.heat",
    "maps.leaflet",
    "maps.tile",
    "releasing.table",
    "releasing.file",
}  # a number nobody has, a map of nobody, a file that is not there: 404 to whoever may ask


@dataclass(frozen=True)
class Records:
    """One person's records of every kind, as they stand in addresses."""

    person: UUID
    detention: UUID
    incident: UUID
    protest: UUID
    station: UUID
    exhibit: UUID
    report: UUID
    source: UUID
    proceeding: UUID

    def record(self, kind: str) -> UUID:
        """The record of a kind."""
        others = {"protests": self.protest, "stations": self.station, "exhibits": self.exhibit}
        others |= {"reports": self.report, "sources": self.source, "proceedings": self.proceeding}
        return {**others, "detentions": self.detention, "people": self.person, "incidents": self.incident}[kind]


@dataclass(frozen=True)
class Cell:
    """One question of the matrix."""

    endpoint: str
    asked: Mapping[str, str]
    address: str
    method: str
    role: Role | None
    whose: str

    def __str__(self) -> str:
        return f"{self.role or 'nobody'} {self.method} {self.endpoint} {dict(self.asked)} ({self.whose})"


def cells(site: Site, own: Mapping[Role, Records], foreign: Mapping[Role, Records]) -> Iterator[Cell]:
    """Every question there is."""
    adapter = site.app.url_map.bind("127.0.0.1:8080")
    for rule in site.app.url_map.iter_rules():
        if rule.endpoint in _LEFT_OUT:
            continue
        for role in ROLES:
            for whose, records in (("own", own), ("foreign", foreign), ("missing", None)):
                at = records[role or Role.COORDINATOR] if records is not None else _nobodys()
                for values, asked in _filled(rule, at):
                    address = adapter.build(rule.endpoint, values, method=None)
                    for method in METHODS:
                        if method in (rule.methods or ()):
                            yield Cell(rule.endpoint, asked, address, method, role, whose if values else "none")
                if not rule.arguments:
                    break


def _filled(rule: Rule, at: Records) -> Iterator[tuple[dict[str, object], dict[str, str]]]:
    """The arguments of an address, for each kind of record and each offer it may name."""
    arguments = rule.arguments
    if "kind" not in arguments:
        records = {"person": at.person, "protest": at.protest, "incident": at.incident, "station": at.station}
        records["report"] = at.report
        records["source"] = at.source
        records["proceeding"] = at.proceeding
        known = {**records, **NIGHT, "exhibit": at.exhibit, "city": MOSCOW, "version": 1, "request": 1, "position": 1}
        known |= {
            "scope": "publish_story",
            "month": "2022-02",
            "form": "atom" if "any(atom" in rule.rule else "csv",
            "day": "2022-02-24",
            "zoom": 1,
            "column": 0,
            "row": 0,
        }
        yield {name: known.get(name, new_id()) for name in arguments}, {}
        return
    kinds = re.findall(r"any\(([^)]*)\)", rule.rule)[0].split(",")
    for kind in kinds:
        offers = [offer.name for offer in OFFERS.get(kind, {}).values()] if "name" in arguments else [""]
        for name in offers:
            values: dict[str, object] = {"kind": kind, "record": at.record(kind), "name": name, "version": 2}
            asked = {"kind": kind, "name": name} if name else {"kind": kind}
            yield {key: value for key, value in values.items() if key in arguments}, asked


def _nobodys() -> Records:
    return Records(*(new_id() for _ in fields(Records)))


Owned = Mapping[Role, Records]
LineOf = Callable[[str, Mapping[str, str]], Line]


def violations(site: Site, own: Owned, foreign: Owned, line_of: LineOf = policy.line_of) -> tuple[int, list[str]]:
    """How many questions were asked, and where the answer is not what the policy says."""
    browsers = {role: site.signed_in_as(role) for role in ROLES}
    found, asked = [], 0
    for cell in cells(site, own, foreign):
        asked += 1
        before = _state(site)
        status, location = _answer(browsers, cell)
        problem = _wrong(cell, line_of(cell.endpoint, cell.asked), status, location)
        if problem:
            found.append(f"{cell}: {problem}")
        if status in (401, 403, 404, 405) and _state(site) != before:
            found.append(f"{cell}: refused with {status}, and yet something changed")
    return asked, found


def _answer(browsers: Mapping[Role | None, Site], cell: Cell) -> tuple[int, str]:
    browser = browsers[cell.role]
    if cell.method == "GET":
        answer = browser.client.get(cell.address, headers={"Host": "127.0.0.1:8080"})
    else:
        # Only where nothing else is asked for: a form sent with an id is recorded, and changes whose the records are.
        minted = {"command": str(new_id())} if cell.endpoint == "lawyers.consent" else {}
        answer = browser.post(cell.address, {"csrf_token": _token(browser), **minted})
        if cell.endpoint in ("access.sign_out", "access.renew") and browser.role is not None:
            browser.sign_in(account_of(browser.tracker, browser.role))
    return answer.status_code, answer.headers.get("Location", "")


def _token(browser: Site) -> str:
    page = browser.get("/sign-in").get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    return found[1] if found is not None else ""


def _wrong(cell: Cell, line: Line, status: int, location: str) -> str:
    """What is wrong with the answer, "" for nothing."""
    if status >= 500:
        return f"answered {status}"
    if cell.endpoint in policy.PUBLIC:
        return ""
    if cell.endpoint in policy.FOR_TOKENS and cell.endpoint not in policy.POLICY:
        return "" if status == 401 else f"without a token answered {status}"
    if cell.role is None:
        if cell.endpoint == "access.sign_out":
            return ""  # who has nothing to end is only shown the way in
        is_shut_out = status == 303 and location.startswith("/sign-in") if cell.method == "GET" else status == 401
        return "" if is_shut_out else f"nobody was answered {status}"
    scope = line.scope(cell.role)
    if scope is Scope.DENY:
        is_denied = status == 403 or (cell.endpoint == "monitors.overview" and status == 303 and location != "/")
        return "" if is_denied else f"denied by the policy and answered {status}"
    if cell.whose == "foreign" and scope is Scope.OWN and _is_of_a_person(cell):
        return "" if status == 404 else f"not theirs and answered {status}"
    if cell.whose == "missing" or cell.endpoint in _MISSING_IS_FINE:
        return ""
    return f"allowed by the policy and answered {status}" if status in (401, 403, 404) and not _is_kept_back(cell) else ""


def _is_of_a_person(cell: Cell) -> bool:
    of_people = ("detentions", "people", "incidents", "exhibits", "reports", "sources", "proceedings")
    parts = ("people", "incidents", "exhibits", "reports", "sources", "proceedings")
    named = any(f"/{part}/" in cell.address for part in parts)
    is_named = named and cell.endpoint != "sources.new"
    return "person" in cell.endpoint or cell.asked.get("kind") in of_people or is_named


def _is_kept_back(cell: Cell) -> bool:
    """What depends on more than role and record: a whole record is withdrawn by a coordinator, or by whoever entered it today,
    and brought back by a coordinator, or by whoever withdrew it today; a confirmation without a passphrase is refused."""
    kept_back = ("withdraw", "correct", "attest", "reinstate", "move", "split")
    return cell.endpoint == "access.confirm" or cell.endpoint in {f"entries.{act}" for act in kept_back}


def _state(site: Site) -> tuple[object, ...]:
    """What a refusal must leave as it was."""
    with site.tracker.vault.storage.reading() as db:
        accounts = db.exec_driver_sql("SELECT * FROM accounts ORDER BY id").all()
        credentials = db.exec_driver_sql("SELECT account, passphrase FROM credentials ORDER BY account").all()
        wraps = db.exec_driver_sql("SELECT count(*) FROM key_wraps").scalar_one()
    return site.tracker.log.last(), accounts, credentials, wraps
