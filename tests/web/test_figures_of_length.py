"""A figure of lengths on the page, as a citation, and at the command line: percentiles beside the number, and what is missing."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from domain.detention import Detention
from domain.record import new_id
from projections.figures import DEFINITIONS, Line, Spread, Total
from tests.trackers import MOSCOW, clock, entry
from tests.trackers import city as city_of
from tests.web.site import Page, Site
from tests.web.test_cli import Khronika, khronika
from web.telling.lengths import cells, length

__all__ = ["khronika"]


@pytest.fixture
def held(bare: Site) -> tuple[Site, int]:
    """Two held for 160 minutes and for 5 hours, cited; since then the second is 7 hours, and one more is not known to be out."""
    book, detentions = bare.tracker.casebook, [new_id() for _ in range(3)]
    place: dict[str, Any] = {"when": clock(2, 14), "place": city_of(MOSCOW)}
    for detention, end in zip(detentions, (clock(2, 16, 40), clock(2, 19)), strict=False):
        book.record_detention(entry(), detention, person=new_id(), **place)
        bare.tracker.catch_up(book.record_release(entry(), detention, kind="after_protocol", when=end))
    position = bare.tracker.log.last()
    facts = {"when": clock(2, 21), "kind": "after_protocol"}
    book.correct(Detention, entry(), detentions[1], 2, facts, because="new_information")
    bare.tracker.catch_up(book.record_detention(entry(), detentions[2], person=new_id(), **place))
    return bare, position


@pytest.mark.parametrize(
    ("minutes", "english", "russian"),
    [
        (Total(160, 160), "2 h 40 min", "2 ч 40 мин"),
        (Total(0, 60), "0 min to 1 h", "от 0 мин до 1 ч"),
        (Total(1565, None), "at least 26 h 5 min", "не менее 26 ч 5 мин"),
    ],
)
def test_a_length_is_told_in_hours_and_minutes(minutes: Total, english: str, russian: str) -> None:
    assert (length(minutes, "en"), length(minutes, "ru")) == (english, russian)


def test_in_a_cell_a_length_takes_little_room() -> None:
    definition = DEFINITIONS["hours_held"]
    points = (Total(160, 160), Total(180, 1565), Total(0, 59), Total(60, None), Total(9, 9))
    line = Line(None, Total(5, 5), Spread(points))
    assert cells(definition, line, "en") == ["2:40", "3:00–26:05", "0:00–0:59", "1:00–", "0:09"]
    assert cells(definition, Line(None, Total(0, 0)), "ru") == ["—"] * 5


def test_the_page_shows_percentiles_and_whoever_has_no_known_end(held: tuple[Site, int]) -> None:
    site, _ = held
    page = site.page("/figures?figure=hours_held&by=city")
    assert "median" in page.text
    assert "no release reported" in page.text
    told = re.search(r"Total (.*?) How long people were held", page.text)
    assert told is not None
    assert re.findall(r"(?<!\w)\d+(?::\d\d)?(?!\w)", told[1]) == "2 2:40 2:40 2:40 7:00 7:00 1 0 0 0".split(), told[1]


def test_a_citation_tells_the_spread_then_and_today_and_how_many_lengths_a_reason_changed(held: tuple[Site, int]) -> None:
    site, position = held
    page = Page(site.get(f"/figures/cited?{urlencode({'citation': f'hours_held.1 @{position}'})}").get_data(as_text=True))
    assert re.search(r"90th percentile 5:00 7:00", page.text)
    assert re.search(r"no release reported 0 1", page.text)
    corrected = re.search(r"Corrected (.{1,200})", page.text)
    assert corrected is not None
    assert re.findall(r"(?<!\w)\d+(?!\w)", corrected[1])[:4] == ["0", "0", "1", str(position + 1)], corrected[1]
    assert "Percentiles do not add up" in page.text
    whole = site.get(f"/figures/cited?{urlencode({'citation': f'overruns.1 by=category @{position}'})}")
    assert "no known end" in whole.get_data(as_text=True)


def test_the_command_prints_them_for_people_and_for_programs(held: tuple[Site, int], khronika: Khronika, tmp_path: Path) -> None:
    site, position = held
    home = str(site.tracker.settings.home)
    table = khronika("figures", "hours_held", KHRONIKA_HOME=home, KHRONIKA_LANGUAGE="ru", COLUMNS="250").stdout
    assert "медиана" in table
    assert "2:40" in table
    assert "7 h" not in table
    rows = khronika("figures", "hours_held", "--by", "city", "--format", "csv", KHRONIKA_HOME=home).stdout.splitlines()
    heading, row = rows[0].split(","), rows[1].split(",")
    told = dict(zip(heading, row, strict=True))
    assert (told["low"], told["p50_minutes_low"], told["p90_minutes_high"], told["not_ended_low"]) == ("2", "160", "420", "1")
    said = json.loads(khronika("figures", "hours_held", "--format", "json", KHRONIKA_HOME=home).stdout)
    assert said["total"]["spread"]["p50"] == {"low": 160, "high": 160}
    assert said["total"]["beside"]["not_ended"] == {"low": 1, "high": 1}
    anew = json.loads(khronika("recompute", f"hours_held.1 @{position}", "--json", KHRONIKA_HOME=home).stdout)
    assert anew["then"]["total"]["spread"]["p90"] == {"low": 300, "high": 300}
    assert anew["today"]["total"] == said["total"]
    assert anew["reasons"] == {"corrected": {"low": 0, "high": 0, "endless": 0, "members": 1}}
    spoken = khronika("recompute", f"hours_held.1 by=city @{position}", KHRONIKA_HOME=home).stdout
    assert "90th percentile: 5:00 → 7:00" in spoken
    assert "; lengths changed: 1" in spoken
