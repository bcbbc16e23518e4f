"""A bot with a journalist's account: it asks for every figure by every dimension with every filter, and parts of released tables.

Whatever is answered must be a tally, which has no attribute of a person in it, or the same bytes that everybody gets.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from urllib.parse import urlencode

from flask.testing import FlaskClient

from projections import released_tables
from projections.figures import DEFINITIONS, DIMENSIONS
from scripts.drills.findings import Findings
from web import create_app
from web.access import cookie
from web.access.roles import Role
from web.vault.accounts import add_account
from web.wiring import Tracker

OF_PLACE_AND_TIME = frozenset({"city", "region", "month", "week", "day"})
"""What a tally may be broken down by, one with another."""
NO_ATTRIBUTES = frozenset({"detentions", "protests", "incidents", "protest_size"})
"""The figures that tell nothing about a person."""
VALUES = {"city": "524901", "region": "RU.48", "month": "2022-03", "week": "2022-03-07", "day": "2022-03-06"}
ATTEMPTS = (
    "row=524901",
    "column=yes",
    "city=524901",
    "from=2022-03",
    "minor=yes",
    "as_of=1",
    "position=1",
    "by=minor",
    "round=1",
)
_CITED = re.compile(r"<code>([a-z_]+)\.\d+((?: [a-z_]+=[^\s=@<]+)*) @\d+</code>")


def ask_everything(tracker: Tracker, files: Mapping[str, bytes], findings: Findings, *, together: int) -> None:
    """As a journalist, with up to so many dimensions `together`, and as a coordinator for the control."""
    press = _signed_in(tracker, "press of the drill", Role.JOURNALIST)
    answered = [address for address in _questions(together) if _says_more(press, address, findings)]
    for address in answered:
        findings.violate(f"answered to a journalist: {address}")
    _released(tracker, press, files, findings)
    inside = _signed_in(tracker, "coordinator of the drill", Role.COORDINATOR)
    findings.control(
        "the bot, with a coordinator's account", failed=any(_says_more(inside, each, Findings("")) for each in _questions(1))
    )


def _questions(together: int) -> Iterator[str]:
    for name, definition in DEFINITIONS.items():
        for broken in ("", *DIMENSIONS):
            yield f"/figures?{urlencode({'figure': name, 'by': broken})}"
            filters = {"city": "524901", "category": "yes", "gender": "woman", "only": "minor=yes"}
            yield f"/figures?{urlencode({'figure': name, 'by': broken, **filters})}"
        for size in range(together + 1):
            for chosen in combinations(DIMENSIONS, size):
                for by in (None, *chosen):
                    of = " ".join(f"{each}={'' if each == by else VALUES.get(each, 'none')}" for each in chosen if each != by)
                    asked = " ".join(
                        part for part in (f"{name}.{definition.version}", f"by={by}" if by else "", of, "@9") if part
                    )
                    yield f"/figures/cited?{urlencode({'citation': asked})}"


def _says_more(client: FlaskClient, address: str, findings: Findings) -> bool:
    """Whether the answer is of people, or of an attribute of theirs."""
    answer = client.get(address, headers={"Host": "127.0.0.1"})
    findings.count("questions asked as a journalist")
    findings.must(answer.status_code < 500, f"{address}: {answer.status_code}")
    if answer.status_code != 200:
        findings.count("of these refused")
        return False
    cited = _CITED.search(answer.get_data(as_text=True))
    if cited is None:
        return False
    asked = {part.split("=")[0] for part in cited[2].split()} - {"by"}
    asked |= {part.split("=")[1] for part in cited[2].split() if part.startswith("by=")}
    return cited[1] not in NO_ATTRIBUTES or not asked <= OF_PLACE_AND_TIME


def _released(tracker: Tracker, press: FlaskClient, files: Mapping[str, bytes], findings: Findings) -> None:
    """Tables can be had as they were released and in no other way."""
    with tracker.views() as db:
        positions = [row.position for row in released_tables.every(db)]
    published = {content for name, content in files.items() if name.startswith("data/released/")}
    for position in positions:
        for asked in ("", *ATTEMPTS):
            answer = press.get(f"/released/{position}/csv?{asked}", headers={"Host": "127.0.0.1"})
            findings.must(
                answer.status_code == 200 and answer.data in published, f"/released/{position}/csv?{asked} is not as published"
            )
            findings.count("released tables asked for in part")
    for way in ("get", "post"):
        answer = getattr(press, way)("/released/next?table=city_by_minor&quarter=2022-Q1", headers={"Host": "127.0.0.1"})
        findings.must(answer.status_code in (400, 403), f"a journalist may {way} what would be released: {answer.status_code}")


def _signed_in(tracker: Tracker, name: str, role: Role) -> FlaskClient:
    with tracker.vault.storage.writing() as db:
        account = add_account(db, name, role)
    client = create_app(tracker).test_client()
    client.set_cookie(cookie.PLAIN, tracker.door.sessions.begin(account), domain="127.0.0.1")
    return client
