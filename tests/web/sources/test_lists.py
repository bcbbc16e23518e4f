"""The lists say of each protest, person and report how well it is borne out."""

import re
from uuid import UUID

import pytest

from tests.web.site import Site, record_of


def tier(desk: Site, path: str, link: str) -> str:
    """What the row with this link says of itself."""
    html = desk.get(path).get_data(as_text=True)
    row = next(row for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL) if f'href="{link}"' in row)
    found = re.search(r'data-label="How well borne out">([^<]*)', row)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("path", ["/", "/protests"])
def test_a_list_of_protests_says_it_of_each(desk: Site, path: str) -> None:
    answer = desk.fill("/protests/new", when="25.11.2026", place="Moscow", source_kind="witness")
    protest = UUID(answer.location.split("/protests/")[1][:36])
    assert tier(desk, path, f"/protests/{protest}") == "unverified"
    desk.fill(f"/protests/{protest}/entries/1/attest", source_kind="document")
    assert tier(desk, path, f"/protests/{protest}") == "confirmed by document"


def test_the_list_of_people_says_it_of_the_detention_that_is_borne_out_least(desk: Site) -> None:
    person = desk.seeded.long
    assert tier(desk, "/people", f"/people/{person}") == "corroborated"
    desk.fill(f"/people/{person}/detentions/new", when="26.02.2022", source_kind="relative")
    assert tier(desk, "/people", f"/people/{person}") == "unverified"


def test_the_list_of_reports_says_it_of_each(desk: Site) -> None:
    report = desk.seeded.report
    assert tier(desk, "/reports", f"/reports/{report}") == "unverified"
    desk.fill(f"/reports/{report}/entries/1/attest", source_kind="media")
    assert tier(desk, "/reports", f"/reports/{report}") == "corroborated"


def test_what_was_withdrawn_has_none(desk: Site) -> None:
    person = record_of(desk.fill("/detentions/new", name="Vydumkina", when="24.02.2022", source_kind="witness").location)
    assert tier(desk, "/people", f"/people/{person}") == "unverified"
    act = next(link for link in desk.page(f"/people/{person}").links if re.match("/detentions/.*/entries/1/withdraw", link))
    assert desk.fill(act, because="mistake").status_code == 303
    assert tier(desk, "/people", f"/people/{person}") == "—"
