"""No page offers its reader what would be refused: every link that a role reaches from its own pages opens."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.forgetting.homes import WAIVED, Known, approved, entry
from tests.web.seeding import opened, seed
from tests.web.site import Site, account_of
from web import create_app
from web.access.policy import HOMES
from web.access.roles import Role
from web.forgetting.carrying_out import carry_out

ALIKE = 3
"""So many pages of one kind are looked at: a list of five hundred people need not be opened file by file."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, places: Path) -> Iterator[Site]:
    """The lawyer has both files; one of the people asked to be forgotten."""
    with opened(tmp_path_factory.mktemp("links"), places) as tracker:
        found = Site(tracker, create_app(tracker), seed(tracker))
        for person in (found.seeded.long, found.seeded.held):
            tracker.catch_up(tracker.casebook.assign_counsel(entry(tracker), person, counsel=account_of(tracker, Role.LAWYER)))
        assert found.fill(f"/people/{found.seeded.held}/forgetting/request", **WAIVED).status_code == 303
        yield found


def refused(site: Site, *more: str) -> list[str]:
    """What this reader is offered and may not have, beginning at the first page and at `more`."""
    with site.app.test_request_context():
        waiting = [site.app.url_for(HOMES[site.role or Role.MONITOR], _external=False), "/about", "/account", *more]
    offered = dict.fromkeys(waiting, "nobody")
    seen, problems = Counter[str](), list[str]()
    while waiting:
        path = waiting.pop(0)
        kind = re.sub(r"=[^&]*", "=", re.sub(r"[0-9a-f-]{36}|\d+", "N", path))
        seen[kind] += 1
        if seen[kind] > ALIKE:
            continue
        answer = site.client.get(path, headers={"Host": "127.0.0.1:8080"}, follow_redirects=True)
        if answer.status_code >= 400:
            problems.append(f"{path}: {answer.status_code}, offered by {offered[path]}")
        elif answer.mimetype == "text/html":
            for link in re.findall(r'<a[^>]* href="(/[^"#]*)', answer.get_data(as_text=True)):
                if offered.setdefault(found := link.replace("&amp;", "&"), path) == path and found not in waiting:
                    waiting.append(found)
        answer.close()
    return problems


@pytest.mark.parametrize("role", list(Role))
def test_every_link_opens(site: Site, role: Role) -> None:
    forgetting = f"/people/{site.seeded.held}/forgetting"
    may_ask = role in (Role.LAWYER, Role.COORDINATOR)
    assert refused(site.signed_in_as(role), *([forgetting] if may_ask else [])) == []


def test_a_link_that_is_refused_is_noticed(site: Site) -> None:
    assert refused(site.signed_in_as(Role.LAWYER), "/protests/new") == ["/protests/new: 403, offered by nobody"]


def test_a_lawyer_is_told_who_takes_the_next_step_and_offered_none(site: Site) -> None:
    shown = site.signed_in_as(Role.LAWYER).page(f"/people/{site.seeded.held}/forgetting")
    assert "has to approve it" in shown.text
    assert not [action for action in re.findall(r'action="([^"]+)"', shown.html) if "forgetting" in action]
    assert "/cancel" not in shown.html


def test_of_a_forgotten_person_no_link_is_refused(bare: Site) -> None:
    """The lawyer, too, who had the file; the monitor, because the person counts as held."""
    known, counsel = Known(bare.tracker), account_of(bare.tracker, Role.LAWYER)
    bare.tracker.catch_up(bare.tracker.casebook.assign_counsel(entry(bare.tracker), known.person, counsel=counsel))
    carry_out(bare.tracker, entry(bare.tracker), known.person, approved(bare.tracker, known.person))
    bare.tracker.bring_up_to_date()
    for role in (Role.MONITOR, Role.LAWYER, Role.COORDINATOR):
        reader = bare.signed_in_as(role)
        shown = reader.page(f"/people/{known.person}").text
        assert ("What stays" in shown, "Forgotten at" in shown) == (role is not Role.MONITOR, True)
        pages = [f"/people/{known.person}", *([known.page] if role is not Role.MONITOR else [])]
        assert refused(reader, *pages) == []
    assert "/withdraw" in bare.page(known.page).html
