"""What is missing in a case file: every line names the form that answers it, and when all are answered the list is gone."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.trackers import entry
from tests.web.custody import held, up_to_date
from tests.web.seeding import opened
from tests.web.site import Page, Site, account_of
from web import create_app
from web.access.roles import Role

ANSWERS: dict[str, dict[str, Any]] = {
    "named": {"name": "Vera", "kind": "first"},
    "consent-given": {"scopes": ["publish_first_name"], "given_by": "person", "form": "spoken"},
    "delivered": {"when": "06.03.2022 16:40"},
    "call-reported": {"call": "refused"},
    "notice-reported": {"whom": "relatives", "notice": "refused"},
    "status-reported": {"statuses": ["citizen", "not_intoxicated"]},
    "counsel-requested": {"when": "06.03.2022 17:00"},
    "protocol-drawn": {"kind": "offence", "article": "koap-20.2-5", "copy_given": "yes"},
}
CORRECTIONS: dict[str, str] = {"minor": "no", "agency": "police", "because": "new_information"}


@pytest.fixture(params=["en", "ru"])
def home(request: pytest.FixtureRequest, tmp_path: Path, places: Path) -> Iterator[Site]:
    """An installation in which nothing was recorded, in either language."""
    with opened(tmp_path / "home", places, request.param) as tracker:
        yield Site(tracker, create_app(tracker), None, request.param)  # type: ignore[arg-type]


def missing(site: Site, person: UUID) -> list[tuple[str, list[str]]]:
    """The lines of the list, each with the addresses of its forms."""
    listed = site.page(f"/people/{person}").html.partition('<h2 id="missing">')[2].partition("</ul>")[0]
    return [(Page(line).text, Page(line).links) for line in re.findall(r"<li>(.*?)</li>", listed, re.S)]


def answer(site: Site, person: UUID, forms: list[str], paper: str) -> None:
    """By the form that a line names; that there is no such paper, by the second one."""
    name = forms[0].rpartition("/")[2]
    if name == "counsel-assigned":
        site.tracker.casebook.assign_counsel(entry(), person, counsel=account_of(site.tracker, Role.LAWYER))
        up_to_date(site)
        return
    if name == "protocol-drawn" and paper != "offence":
        sent = site.fill(forms[1], kind=paper)
    else:
        sent = site.fill(forms[0], **(CORRECTIONS if name == "correct" else ANSWERS[name]))
    assert sent.status_code == 303, Page(sent.get_data(as_text=True)).text


def test_the_list_is_emptied_by_its_own_forms(home: Site) -> None:
    person, _ = held(home)
    up_to_date(home)
    assert len(missing(home, person)) > 10
    papers = iter(("delivery", "administrative_detention", "offence"))
    while lines := missing(home, person):
        told, forms = lines[0]
        assert forms, f"nothing answers: {told}"
        answer(home, person, forms, next(papers) if len(forms) > 1 else "offence")
        assert told not in [line for line, _ in missing(home, person)], "answered by its own form"
    page = home.page(f"/people/{person}")
    assert 'id="missing"' not in page.html
    contact = page.html.partition('<h2 id="contact">')[2].partition("<h2")[0]
    assert {"en": "Telephone call refused.", "ru": "В телефонном разговоре отказано."}[home.language] in contact


def test_a_past_view_names_what_was_missing_and_records_nothing(home: Site) -> None:
    person, detention = held(home)
    before = up_to_date(home)
    home.fill(f"/detentions/{detention}/add/call-reported", call="made")
    then = home.page(f"/people/{person}?on={before}").html.partition('<h2 id="missing">')[2].partition("</ul>")[0]
    assert {"en": "whether a call was made", "ru": "был ли телефонный разговор"}[home.language] in then
    assert "href" not in then
    assert len(missing(home, person)) == then.count("<li>") - 1
