"""A figure's page: chart, table and history agree, everything can be taken along, and nobody gets more than their role allows."""

import csv
import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.access import Access
from domain.count import Count
from domain.protest import Protest
from domain.provenance import Source
from domain.record import new_id
from projections.figures.outside import HELD_BACK, OF_NOBODY
from tests.trackers import ACCOUNT, city, clock, day, entry
from tests.web.seeding import MOSCOW
from tests.web.site import Site
from tests.web.test_cited_figures import changed, march
from web.access.roles import Role
from web.journalists.permitted import open_figures

__all__ = ["changed"]
FORMS = ("csv", "xlsx", "json", "package", "svg", "png")


def rows(site: Site, address: str) -> list[dict[str, str]]:
    answer = site.get(address)
    assert answer.status_code == 200, address
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True), newline="")))


def test_a_page_shows_chart_table_method_and_history_and_they_tell_one_number(changed: tuple[Site, int]) -> None:
    site, _ = changed
    page = site.page("/figures?figure=detentions&by=month")
    assert "March 2022 only this 53" in page.text
    assert "What this number was" in page.text
    pictures = re.findall(r'src="(/figures/[^"]+)"', page.html)
    assert pictures
    for picture in pictures:
        answer = site.get(picture.replace("&amp;", "&"))
        assert (answer.status_code, answer.mimetype) == (200, "image/png")


def test_it_is_narrowed_to_a_period_and_to_values_combined(site: Site) -> None:
    everything = rows(site, "/figures/taken.csv?figure=detentions&by=day")
    within = rows(site, f"/figures/taken.csv?figure=detentions&by=day&from=2022-02&to=2022-02&city={MOSCOW}")
    assert 0 < len(within) < len(everything)
    assert all(row["day"].startswith("2022-02") or row["day"] in ("total", "not_dated") for row in within)
    assert all(f"city={MOSCOW}" in row["citation"] for row in within)
    span = rows(site, "/figures/taken.csv?figure=detentions&by=city&from=2022-01&to=2022-02")
    assert span[-1]["citation"].startswith("detentions.2 month=2022-01..2022-02 @")
    assert site.get(f"/figures/cited?citation={span[-1]['citation'].replace(' ', '+')}").status_code == 200


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_a_download_of_the_same_bytes_that_cites_itself(changed: tuple[Site, int], form: str) -> None:
    site, position = changed
    address = f"/figures/taken.{form}?figure=detentions&by=city&at={position}"
    answers = [site.get(address) for _ in range(2)]
    assert answers[0].status_code == 200
    assert answers[0].headers["Content-Disposition"].startswith("attachment; filename=detentions-by-city-at-")
    first, second = (answer.get_data() for answer in answers)
    assert first == second
    told = first
    if form in ("xlsx", "package"):
        with zipfile.ZipFile(io.BytesIO(first)) as packed:
            told = b"".join(packed.read(name) for name in packed.namelist())
    if form != "png":
        assert f"@{position}".encode() in told


def test_the_file_for_programs_is_what_the_command_says(changed: tuple[Site, int]) -> None:
    site, position = changed
    told = json.loads(site.get(f"/figures/taken.json?figure=detentions&by=city&at={position}").get_data())
    assert set(told) == {"figure", "version", "position", "by", "citation", "rows", "total"}
    assert (told["citation"], told["total"]["low"]) == (f"detentions.2 by=city @{position}", 40)


def test_the_drawing_says_what_it_is_and_has_no_style_of_its_own(changed: tuple[Site, int]) -> None:
    site, _ = changed
    drawing = site.get("/figures/taken.svg?figure=detentions&by=city").get_data(as_text=True)
    assert "style" not in drawing
    assert "Source: Khronika" in drawing
    assert "detentions.2 by=city @" in drawing
    assert "Moscow" in drawing


def test_a_reader_outside_gets_nothing_by_a_file_that_the_page_would_not_show(site: Site) -> None:
    reader = site.signed_in_as(Role.JOURNALIST)
    for form in FORMS:
        assert reader.get(f"/figures/taken.{form}?figure=detentions&by=city&from=2022-02").status_code == 200
        for refused in (
            "figure=minors&by=city",
            "figure=detentions&category=rally",
            "figure=protests&by=city&from=2022-02",
        ):
            assert reader.get(f"/figures/taken.{form}?{refused}").status_code == 403, refused
    assert reader.get("/figures/chart.png?figure=protests&by=city&from=2022-02").status_code == 403
    assert reader.get("/figures/facts.csv?figure=detentions").status_code == 403
    page = reader.page("/figures?figure=protests&by=city&from=2022-02")
    assert {"en": "one thing at a time", "ru": "только по одному признаку"}[site.language] in page.text
    assert "/figures/facts." not in page.html


def test_a_position_that_is_not_there_yet_has_no_file(changed: tuple[Site, int]) -> None:
    site, _ = changed
    for at in ("999", "x", "-1", "9" * 20):
        assert site.get(f"/figures/taken.csv?figure=detentions&by=city&at={at}").status_code == 404


def test_without_its_history_a_page_offers_it(site: Site) -> None:
    page = site.page("/figures?figure=detentions&by=city&more=0")
    (offer,) = [link for link in page.links if "more=1" in link]
    assert "history.png" not in page.html
    assert {"en": "What this number was", "ru": "Каким было это число"}[site.language] in site.page(offer.partition("#")[0]).text


def test_a_page_that_is_opened_again_follows_what_was_recorded_since(bare: Site) -> None:
    for expected in (5, 12, 19):
        march(bare, 5 if expected == 5 else 7)
        for by in ("city", "month", "day"):
            assert re.search(rf"Total {expected}\b", bare.page(f"/figures?figure=detentions&by={by}").text)


def test_a_strange_filter_is_said_and_left_out_on_the_page_and_refused_for_files(site: Site) -> None:
    told = {"en": "was not understood", "ru": "не удалось понять"}[site.language]
    assert told in site.page("/figures?figure=detentions&by=city&category=%3Cx%3E").text
    assert site.get("/figures/taken.csv?figure=detentions&by=city&category=%3Cx%3E").status_code == 404


def test_facts_leave_row_by_row_without_a_word_and_the_access_log_names_whom(site: Site) -> None:
    found = rows(site, "/figures/facts.csv?figure=people_detained")
    detentions = [row for row in found if row["fact"] == "detention"]
    assert len(detentions) > 1
    assert not {"name", "words", "cell"} & set(found[0])
    acts: list[Any] = [told for told in _acts(site) if isinstance(told, Access.Exported)]
    assert acts[-1].what == "table"
    assert {row["person"] for row in detentions} <= {str(person) for person in acts[-1].persons}
    site.get("/figures/taken.csv?figure=minors&by=city")
    assert [act.what for act in _acts(site) if isinstance(act, Access.Exported)][-2:] == ["table", "table"]


def _acts(site: Site) -> list[Any]:
    log = site.tracker.access.log
    return [told.event for told in log.page(0, 100_000)]


def test_the_number_as_of_earlier_days_is_told_with_its_citations(bare: Site) -> None:
    """40 were told of five days before the 7 of today."""
    now = datetime.now(UTC)
    told_earlier(bare, now - timedelta(days=5), 40)
    march(bare, 7)
    page = bare.page("/figures?figure=detentions&by=city")
    assert re.search(r"As it was known on Number \S.* 47 .* 40 Each number opens", page.text)
    assert any(link.endswith("citation=detentions.2+@2") for link in page.links), page.links
    assert bare.get("/figures/history.png?figure=detentions&by=city").mimetype == "image/png"


def told_earlier(site: Site, moment: datetime, number: int) -> None:
    tracker, protest = site.tracker, new_id()
    common: dict[str, Any] = {"originator_id": protest, "recorded_by": ACCOUNT, "source": Source("witness")}
    march_then: dict[str, Any] = {"form": "rally", "agreement": "unknown", "about": None, "organiser": None}
    recorded: Any = Protest.Recorded
    counted: Any = Protest.DetentionsCounted
    events = [
        recorded(
            originator_version=1, originator_topic="protest", timestamp=moment, command=new_id(), when=day(3, 1),
            place=city(MOSCOW), **common, **march_then,
        ),
        counted(
            originator_version=2, timestamp=moment, command=new_id(), when=None, count=Count.exactly(number), place=None, **common
        ),
    ]  # fmt: skip
    tracker.casebook.recorder.insert_events([tracker.casebook.mapper.to_stored_event(event) for event in events])


@pytest.mark.parametrize("asked", ["figure=detention", "by=town", "category=at_protset"])
def test_of_an_unknown_figure_breakdown_or_category_it_is_said_that_another_is_shown(
    changed: tuple[Site, int], asked: str
) -> None:
    site, _ = changed
    assert f"“{asked.partition('=')[2]}” was not understood" in site.page(f"/figures?{asked}").text
    assert "was not understood" not in site.page("/figures?figure=detentions&by=month").text


def test_in_announced_numbers_a_month_that_is_none_is_said_to_be_none(changed: tuple[Site, int]) -> None:
    site, _ = changed
    assert "“2022-13” is not a month" in site.page("/announced?month=2022-13").text
    assert "is not a month" not in site.page("/announced?month=2022-03").text


def test_each_cell_of_a_wide_table_bears_its_heading_for_a_narrow_screen(changed: tuple[Site, int]) -> None:
    site, _ = changed
    page = site.page("/figures?figure=hours_held&by=city").html
    table = page[page.index('<table class="cards">') : page.index("</tfoot>")]
    headings = re.findall(r'<th scope="col" class="number">([^<]*)</th>', table)
    assert headings[0] == "detentions"
    assert re.findall(r'data-label="([^"]*)"', table[table.index("<tfoot>") :]) == headings


IN_NO_CALENDAR = (
    "day=2022-02-31",
    "day=0000-01-01",
    "month=0000-01",
    "week=2022-W53",
    "week=0000-W01",
    "day=2022-02-30..2022-03-05",
)


@pytest.mark.parametrize("asked", IN_NO_CALENDAR)
def test_a_time_that_is_in_no_calendar_is_said_to_be_none_and_refused_for_files(site: Site, asked: str) -> None:
    told = {"en": "was not understood", "ru": "не удалось понять"}[site.language]
    assert told in site.page(f"/figures?figure=detentions&by=city&{asked}").text
    for form in ("csv", "svg"):
        assert site.get(f"/figures/taken.{form}?figure=detentions&by=city&{asked}").status_code == 404
    assert site.get(f"/figures/cited?citation=detentions.2+{asked.replace('=', '%3D')}+@1").status_code == 404


def test_whom_a_case_was_opened_against_is_named_in_the_access_log_before_the_facts_leave(bare: Site) -> None:
    """Their files stand among the codes of the case, joined ones under one number."""
    book, first, same = bare.tracker.casebook, new_id(), new_id()
    for person in (first, same):
        book.open_person(entry(), person)
    book.find_to_be(entry(), first, other=same)
    case = new_id()
    book.open_proceeding(entry(), case, persons=(first, same), kind="administrative", article="koap-20.2-5")
    book.record_ruling(entry(), case, when=day(3, 7), outcome="guilty", penalties=("fine",), fine=Count.exactly(10_000))
    bare.tracker.bring_up_to_date()
    (told,) = (row["codes"] for row in rows(bare, "/figures/facts.csv?figure=fines") if row["fact"] == "case")
    assert len(set(told.split())) == 1
    acts: list[Any] = [told for told in _acts(bare) if isinstance(told, Access.Exported)]
    assert {first, same} <= set(acts[-1].persons)


def test_the_facts_behind_lengths_are_those_the_law_asks_of_a_custody(bare: Site) -> None:
    book, detention = bare.tracker.casebook, new_id()
    book.record_detention(entry(), detention, person=new_id(), when=clock(6, 12), place=city(MOSCOW))
    book.record_release(entry(), detention, kind="without_protocol", when=clock(6, 18))
    bare.tracker.bring_up_to_date()
    found = rows(bare, "/figures/facts.csv?figure=hours_held")
    told = {row["fact"]: (row["begins"], row["codes"]) for row in found if row["begins"]}
    assert told["detention.recorded"][0] == "2022-03-06T09:00:00+00:00"
    assert told["detention.released"] == ("2022-03-06T15:00:00+00:00", "without_protocol")


def test_facts_are_of_the_whole_figure_and_asked_for_with_a_filter_they_are_refused(site: Site) -> None:
    answer = site.get(f"/figures/facts.csv?figure=people_detained&city={MOSCOW}")
    assert answer.status_code == 422
    assert {"en": "those of the whole figure", "ru": "всего показателя целиком"}[site.language] in answer.get_data(as_text=True)


def test_a_category_told_twice_of_an_incident_counts_once(bare: Site) -> None:
    twice = ("threat", "threat")
    bare.tracker.casebook.record_incident(entry(), new_id(), when=day(3, 6), place=city(MOSCOW), categories=twice)
    bare.tracker.bring_up_to_date()
    (row, _) = rows(bare, "/figures/taken.csv?figure=incidents&by=category")
    assert (row["category"], row["low"]) == ("threat", "1")


def test_every_figure_that_leaves_the_inside_is_held_back_or_counts_nobody() -> None:
    assert set(open_figures(Role.JOURNALIST)) == HELD_BACK | OF_NOBODY


@pytest.mark.parametrize("asked", ["figure=minors&by=city", "figure=detentions&by=category"])
def test_a_journalist_who_asks_for_what_is_for_work_inside_is_told_so_and_that_something_else_is_shown(
    site: Site, asked: str
) -> None:
    told = {"en": "is for work inside", "ru": "для работы внутри"}[site.language]
    assert told in site.signed_in_as(Role.JOURNALIST).page(f"/figures?{asked}").text
    assert told not in site.page(f"/figures?{asked}").text
