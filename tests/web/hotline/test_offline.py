"""Lines written without a connection are recorded once, however often and by whatever way they come."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from domain.errors import RuleBroken
from tests.web.site import HOST, Page, Site
from web.access.roles import Role
from web.commands.lines import import_lines
from web.hotline.lines_file import read_lines, template
from web.hotline.written import Written, understood
from web.settings import Settings

SAVED_PAGE = {"Host": HOST, "Origin": "null", "Sec-Fetch-Site": "cross-site"}
"""What a browser says of a form in a file that was opened from its disk."""
FILLED = {"line.1": "Тверское 15 чел, ~19:20", "line.3": "Примеров Глеб избит, ОВД Басманное", "city": "Москва"}


def brought(site: Site, **filled: str) -> Page:
    """The page of ours that shows what a saved page brought, without any session."""
    page = site.page("/reports/offline")
    answer = site.app.test_client().post("/reports/offline/brought", data={**page.fields, **FILLED, **filled}, headers=SAVED_PAGE)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers, "open forms in other windows keep their tokens"
    return Page(answer.get_data(as_text=True))


def confirmed(site: Site, page: Page) -> Page:
    answer = site.post("/reports/offline/lines", page.fields)
    assert answer.status_code == 200
    return Page(answer.get_data(as_text=True))


def numbers(answer: Any) -> tuple[int, int, bool]:
    """How many lines are new, how many were known, and whether one is told to have changed."""
    text = Page(answer.get_data(as_text=True)).text
    new, known = (int(text.partition(words)[2].split()[0]) for words in ("Recorded ", "recorded before "))
    return new, known, "Changed since" in text


def test_a_saved_page_is_sent_from_a_file_looked_over_and_recorded_once(bare: Site) -> None:
    shown = confirmed(bare, brought(bare))
    assert bare.recorded() == 0
    assert numbers(bare.post("/reports/offline/save", shown.fields)) == (2, 0, False)
    before = bare.recorded()
    assert numbers(bare.post("/reports/offline/save", shown.fields)) == (0, 2, False)
    assert numbers(bare.post("/reports/offline/save", {**shown.fields, "line.3": "another"})) == (0, 1, True)
    assert bare.recorded() == before


def test_whoever_has_no_session_any_more_signs_in_with_the_lines_kept(bare: Site) -> None:
    page = brought(bare)
    nobody = bare.signed_in_as(None)
    answer = nobody.post("/reports/offline/lines", page.fields)
    kept = Page(answer.get_data(as_text=True))
    assert answer.status_code == 401
    assert kept.fields["kept.line.1"] == [FILLED["line.1"]]
    assert kept.fields["to"] == ["/reports/offline/lines"]
    assert kept.fields["whose"] == page.fields["whose"]


def test_nobody_records_under_their_own_name_what_another_has_written(bare: Site) -> None:
    page, monitor = brought(bare), bare.signed_in_as(Role.MONITOR)
    for path in ("/reports/offline/lines", "/reports/offline/save"):
        fields = {**page.fields, "csrf_token": monitor.page("/reports/new").fields["csrf_token"]}
        assert monitor.post(path, fields).status_code == 422
    assert bare.recorded() == 0


def test_a_page_that_is_not_ours_records_nothing_and_gives_the_lines_back(bare: Site) -> None:
    answer = bare.app.test_client().post(
        "/reports/offline/brought", data={"page": "forged", "line.1": "<b>words</b>"}, headers=SAVED_PAGE
    )
    assert answer.status_code == 422
    assert "&lt;b&gt;words&lt;/b&gt;" in answer.get_data(as_text=True)


def test_the_saved_page_holds_no_token_of_a_form_and_names_where_it_is_sent(bare: Site) -> None:
    html = bare.get("/reports/offline").get_data(as_text=True)
    assert "csrf_token" not in html
    assert f'action="http://{HOST}/reports/offline/brought"' in html
    assert 'name="unkept"' in html


TODAY = datetime.now(UTC).date() - timedelta(days=2)


def test_a_text_file_grows_and_only_what_is_new_is_recorded(bare: Site) -> None:
    text = template(TODAY)
    assert numbers(bare.fill("/reports/lines", text=f"{text}Тверское 4 чел\n")) == (1, 0, False)
    assert numbers(bare.fill("/reports/lines", text=f"{text}Тверское 4 чел\n\nХамовники двое\n")) == (1, 1, False)
    assert numbers(bare.fill("/reports/lines", text=f"{text}Тверское 5 чел\nХамовники двое\nещё")) == (1, 1, True)
    assert bare.fill("/reports/lines", text="no number").status_code == 422


def test_the_same_file_by_the_command_line_and_by_the_page_is_one(bare: Site, tmp_path: Path, places: Path) -> None:
    text = f"{template(TODAY)}Тверское 4 чел\nХамовники двое\n"
    assert numbers(bare.fill("/reports/lines", text=text)) == (2, 0, False)
    file = tmp_path / "reports.txt"
    file.write_text(f"{text}Арбат трое\n", encoding="utf-8")
    settings = Settings(bare.tracker.settings.home, places=places)
    for dry, said in ((["--dry-run"], "Recorded: 1"), ([], "Recorded: 1"), ([], "Recorded: 0")):
        answer = CliRunner().invoke(import_lines, [str(file), *dry], obj=settings)
        assert said in answer.output, answer.output


def test_a_file_says_its_city_and_day_for_the_lines_below() -> None:
    told = read_lines(f"{template(TODAY)}first\n# Город: Казань\n# День: 24.02.2026\nsecond\n# ordinary remark\nthird".encode())
    assert [(line.number, line.text, line.city, line.day) for line in told.lines] == [
        (1, "first", "", TODAY),
        (2, "second", "Казань", date(2026, 2, 24)),
        (3, "third", "Казань", date(2026, 2, 24)),
    ]


@pytest.mark.parametrize("day", ["9999-12-31", "2999-02-24"])
def test_a_day_that_has_not_begun_is_told_and_keeps_no_other_line(bare: Site, day: str) -> None:
    answer = bare.fill("/reports/lines", text=f"{template(TODAY)}Тверское 4 чел\n# Day: {day}\nХамовники двое\n")
    assert numbers(answer) == (1, 0, False)
    assert f"in the future: {day}" in Page(answer.get_data(as_text=True)).text
    page = brought(bare, day=day)
    assert bare.post("/reports/offline/lines", page.fields).status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "not a day"])
def test_what_else_stands_in_place_of_a_day_is_no_failure(bare: Site, day: str) -> None:
    assert bare.post("/reports/offline/lines", brought(bare, day=day).fields).status_code in (200, 422)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_file_is_read_as_editors_write_it(encoding: str) -> None:
    text = f"{template(TODAY)}Тверское 4 чел".replace("\n", "\r\n")
    assert [line.text for line in read_lines(text.encode(encoding)).lines] == ["Тверское 4 чел"]


def test_a_file_without_a_number_or_with_too_many_lines_is_refused() -> None:
    with pytest.raises(RuleBroken, match="file_without_number"):
        read_lines(b"# a file\nTverskoe 4")
    with pytest.raises(RuleBroken, match="too_many_lines"):
        read_lines((template(TODAY) + "x\n" * 5001).encode())


def test_an_hour_ago_says_nothing_where_nobody_knows_when_it_was_said(bare: Site) -> None:
    heard, message = understood(bare.tracker, Written(1, "Тверское 4 чел, час назад", "Москва", TODAY), "ru")
    assert heard.when is None
    assert message.when is not None
    assert message.when.local_day == TODAY
    _, message = understood(bare.tracker, Written(1, "Тверское 4 чел, 19:20", "Москва", TODAY), "ru")
    assert message.when is not None
    assert (message.when.local_day, message.when.is_exact) == (TODAY, True)
