"""The page of recent changes: newest first, before and after, each reader what they may see, the others as a number."""

from pathlib import Path

import pytest

from projections import corrections
from tests.web.seeding import opened, seed
from tests.web.site import Site, account_of, record_of
from web import create_app
from web.access.roles import Role


@pytest.fixture
def site(tmp_path: Path, places: Path):  # type: ignore[no-untyped-def]
    with opened(tmp_path / "home", places) as tracker:
        yield Site(tracker, create_app(tracker), seed(tracker))


def test_what_was_changed_is_told_before_and_after_with_reason_and_link(site: Site) -> None:
    protest = record_of(site.fill("/protests/new", when="24.02.2022", place="Moscow").location)
    site.fill(f"/protests/{protest}/add/detentions-counted", count="7")
    site.fill(f"/protests/{protest}/entries/2/correct", count="9", because="new_information", reason_words="a call")
    page = site.page("/corrections")
    assert "Before: Counted without names: 7 people detained" in page.text
    assert "Since then: Counted without names: 9 people detained" in page.text
    assert "newer or better information (a call)" in page.text
    assert f"/protests/{protest}#entry-{site.recorded()}" in page.links
    assert page.text.index("9 people detained") < page.text.rindex("Found to be one person"), "newest first"


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ("act=withdrawn", "a slip of the pen", "Since then:"),
        ("act=joined", "Found to be the same person", "Before:"),
        ("kind=protests", "Protest, entry", "Detention, entry"),
        ("because=other", "a slip of the pen", "newer or better information ("),
        ("from=2100-01-01", "Nothing of this kind", "entry"),
        ("from=2022-02-31", "Write the days like", "entry"),
    ],
)
def test_it_is_narrowed_down(site: Site, asked: str, there: str, not_there: str) -> None:
    text = site.page(f"/corrections?{asked}").text.partition("Show")[2]
    assert there in text
    assert not_there not in text


def test_it_goes_on_page_by_page(site: Site) -> None:
    path = f"/protests/{site.seeded.protest}/entries/2/correct"
    for number in range(27):
        site.fill(path, count=str(100 + number), because="mistake")
    first = site.page("/corrections")
    older = next(link for link in first.links if "before=" in link).replace("&amp;", "&")
    assert "126 people" in first.text
    assert "126 people" not in site.page(older).text
    assert "100 people" in site.page(older).text


def test_a_lawyer_sees_their_people_and_the_others_as_a_number(site: Site) -> None:
    site.tracker.casebook.assign_counsel(_entry(site), site.seeded.long, counsel=account_of(site.tracker, Role.LAWYER))
    site.tracker.bring_up_to_date()
    with site.tracker.views() as db:
        all_of_them = len(corrections.latest(db))
    page = site.signed_in_as(Role.LAWYER).page("/corrections")
    shown = page.html.count('id="change-')
    assert 0 < shown < all_of_them
    assert f"{all_of_them - shown} more change" in page.text
    assert "Found to be one person" not in page.text.partition("Show")[2], "of the other two"


def test_nothing_is_told_of_who_was_forgotten(site: Site) -> None:
    from tests.web.forgetting.homes import approved
    from web.forgetting.carrying_out import carry_out

    person = record_of(site.fill("/detentions/new", name="Zabytova", place="Moscow").location)
    site.fill(f"/people/{person}/entries/2/correct", name="Zabytaya", because="mistake")
    assert "Zabytova" in site.page("/corrections").text
    carry_out(site.tracker, _entry(site), person, approved(site.tracker, person))
    site.tracker.bring_up_to_date()
    page = site.page("/corrections")
    assert "Zabyt" not in page.text
    assert str(person) not in page.html
    assert "more change" in page.text


def test_why_a_number_changed_can_be_asked_between_two_positions(site: Site) -> None:
    before = site.recorded()
    path = f"/detentions/{site.seeded.detention}/entries/3"
    site.fill(f"{path}/correct", kind="offence", because="mistake")
    site.fill(f"{path}/withdraw", because="duplicate")
    site.fill(f"{path}/reinstate", because="withdrawn_by_mistake")
    with site.tracker.views() as db:
        found = corrections.reasons(db, after=before, until=site.recorded(), records=[site.seeded.detention.bytes])
    assert found == {("corrected", "mistake"): 1, ("withdrawn", "duplicate"): 1, ("reinstated", "withdrawn_by_mistake"): 1}


def _entry(site: Site):  # type: ignore[no-untyped-def]
    from tests.web.forgetting.homes import entry

    return entry(site.tracker)
