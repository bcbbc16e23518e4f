"""The record of a file is read whole, or one case's or detention's alone: by a link, in either order, as known now or then."""

import re
from uuid import UUID

from tests.trackers import clock, entry
from tests.web.custody import held, up_to_date
from tests.web.shared_cases import NUMBER, case_against
from tests.web.site import Page, Site


def two_cases(site: Site) -> tuple[UUID, UUID, UUID, UUID]:
    """Somebody detained and brought to court for it, and proceeded against in another case."""
    who, detention = held(site)
    first = case_against(site, who, detention=detention)
    second = case_against(site, who, article="koap-20.3.3-1", case_number=None)
    site.tracker.casebook.record_ruling(entry(), second, person=who, outcome="guilty", when=clock(9, 12))
    up_to_date(site)
    return who, detention, first, second


def entries(page: Page) -> list[int]:
    return [int(number) for number in re.findall(r'<li id="entry-(\d+)"', page.html)]


def records_at(site: Site, positions: list[int]) -> set[UUID]:
    return {one.event.originator_id for one in site.tracker.log.at(positions).values()}


def test_one_case_is_read_with_the_detention_that_led_to_it_and_nothing_else(bare: Site) -> None:
    who, detention, first, second = two_cases(bare)
    whole = entries(bare.page(f"/people/{who}"))
    assert records_at(bare, whole) == {who, detention, first, second}
    alone = entries(bare.page(f"/people/{who}?of={first}"))
    assert records_at(bare, alone) == {detention, first}
    assert alone == [position for position in whole if position in set(alone)], "in the order of the whole"
    assert records_at(bare, entries(bare.page(f"/people/{who}?of={second}"))) == {second}


def test_the_page_says_that_it_is_one_case_of_how_many_entries_and_leads_back_to_the_whole(told: Site) -> None:
    who, _, first, second = two_cases(told)
    page = told.page(f"/people/{who}?of={first}")
    said = {"en": "One case is shown: KoAP 20.2(5)", "ru": "Показано одно дело: "}[told.language]
    assert said in page.text
    assert NUMBER in page.text
    assert {"en": "3 of 7 entries", "ru": "Записей: 3 из 7"}[told.language] in page.text
    back = [link for link in page.links if link.startswith(f"/people/{who}?order=oldest#record")]
    assert back
    assert said not in told.page(back[0].partition("#")[0]).text
    assert f"of={second}" in page.html


def test_the_order_and_the_past_are_kept_from_link_to_link(bare: Site) -> None:
    who, _, first, second = two_cases(bare)
    then = up_to_date(bare) - 1
    page = bare.page(f"/people/{who}?of={first}&order=newest&on={then}")
    assert entries(page) == sorted(entries(page), reverse=True)
    (other,) = {link for link in page.links if f"of={second}" in link}
    assert "order=newest" in other
    assert f"on={then}" in other
    assert records_at(bare, entries(bare.page(other.partition("#")[0]))) == {second}
    (kept,) = re.findall(
        r'<form method="get" action="/people/[^"]*" class="filter">\s*(<input type="hidden"[^>]*>\s*<input[^>]*>)', page.html
    )[:1]
    assert 'value="newest"' in kept
    assert str(first) in kept


def test_what_is_no_case_of_theirs_shows_the_whole_record(bare: Site) -> None:
    who, *_ = two_cases(bare)
    other, _ = held(bare)
    theirs = case_against(bare, other)
    assert entries(bare.page(f"/people/{who}?of={theirs}")) == entries(bare.page(f"/people/{who}"))


def test_a_file_of_one_thing_offers_no_choice(bare: Site) -> None:
    who, _ = held(bare)
    up_to_date(bare)
    assert "The whole record" not in bare.page(f"/people/{who}").text


def test_the_whole_record_can_be_had_on_one_page_to_print(bare: Site) -> None:
    who, detention, first, _ = two_cases(bare)
    for hour in range(35):
        bare.tracker.casebook.record_help(entry(), detention, kind="legal", when=clock(8, hour % 24))
    up_to_date(bare)
    page = bare.page(f"/people/{who}")
    assert len(entries(page)) == 30
    assert "Page 1 of 2 of the record: the other entries are not on this sheet" in page.text
    (link,) = {link for link in page.links if "all=1" in link}
    whole = bare.page(link.partition("#")[0])
    assert len(entries(whole)) == 42
    assert "are not on this sheet" not in whole.text
    assert "page 1 of" not in whole.text
    alone = [entries(bare.page(f"/people/{who}?of={first}&all=1&order={order}")) for order in ("oldest", "newest")]
    assert len(alone[0]) == 38
    assert alone[0] == alone[1][::-1]
