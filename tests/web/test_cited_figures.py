"""A figure that was cited: the same number at its position whatever was recorded since, today's, and why they differ."""

import json
import re
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import pytest

from domain.count import Count
from domain.detention import Detention
from domain.protest import Protest
from domain.record import new_id
from projections.figures import DEFINITIONS, OF_WHOM
from tests.trackers import city, day, entry
from tests.web.seeding import MOSCOW
from tests.web.site import Page, Site
from tests.web.test_cli import Khronika, khronika
from web.access.roles import Role

__all__ = ["khronika"]


def cited(site: Site, text: str, status: int = 200) -> Page:
    answer = site.get(f"/figures/cited?{urlencode({'citation': text})}")
    assert answer.status_code == status
    return Page(answer.get_data(as_text=True))


def march(site: Site, number: int) -> UUID:
    protest, casebook = new_id(), site.tracker.casebook
    casebook.record_protest(entry(), protest, when=day(3, 2), place=city(MOSCOW))
    site.tracker.catch_up(casebook.count_detentions(entry(), protest, count=Count.exactly(number)))
    return protest


@pytest.fixture
def changed(bare: Site) -> tuple[Site, int]:
    """40 at a march, cited; since then corrected to 46, and 7 at another one learned of."""
    protest = march(bare, 40)
    position = bare.tracker.log.last()
    facts = {"when": None, "count": Count.exactly(46), "place": None}
    bare.tracker.casebook.correct(Protest, entry(), protest, 2, facts, because="new_information")
    march(bare, 7)
    return bare, position


def test_the_number_is_told_then_and_today_with_what_moved_it(changed: tuple[Site, int]) -> None:
    site, position = changed
    text = cited(site, f"detentions.2 city={MOSCOW} @{position}").text
    assert re.search(r"Total 40 53", text)
    told = re.search(r"Learned later(.*?)Corrected(.*?)All together(.{1,80})", text)
    assert told is not None
    learned, corrected, together = (re.findall(r"[+−]?\d+(?:–\d+)?", row) for row in told.groups())  # headings stand between
    assert learned == ["+7", "+7", f"{position + 2}–{position + 3}"]
    assert corrected == ["+6", "+6", str(position + 1)]
    assert together[:2] == ["+13", "+13"]


def test_every_number_of_the_page_of_figures_leads_to_itself(changed: tuple[Site, int]) -> None:
    site, _ = changed
    links = {link for link in site.page("/figures?figure=detentions&by=city").links if link.startswith("/figures/cited?")}
    assert len(links) == 3, "of the row, of the table, and of the total as it is today"
    for link in links:
        assert re.search(r"Total 53 53", site.page(link).text)
        assert "Nothing has moved this number since." in site.page(link).text


def test_a_journalist_opens_what_their_page_of_figures_shows_and_nothing_finer(changed: tuple[Site, int]) -> None:
    site, position = changed
    reader = site.signed_in_as(Role.JOURNALIST)
    for allowed in (f"city={MOSCOW}", "by=month", "by=city month=2022-03", f"city={MOSCOW} day=2022-03-02"):
        page = cited(reader, f"detentions.2 {allowed} @{position}")
        assert "Entries at positions" not in page.text
    for refused in ("detentions.2 by=category", "detentions.2 category=rally", "protests.1 by=city day=2022-03-02"):
        cited(reader, f"{refused} @{position}", status=403)
        cited(site, f"{refused} @{position}")


def test_what_is_no_citation_is_answered_with_the_reason(changed: tuple[Site, int]) -> None:
    site, _ = changed
    assert "is no citation" in cited(site, "detentions", status=404).text
    assert "is not there yet" in cited(site, "detentions.2 @999", status=404).text
    assert "by definition 1" in cited(site, "detentions.1 @1", status=404).text


def test_the_command_counts_from_the_log_what_the_page_and_the_figures_say(
    changed: tuple[Site, int], khronika: Khronika, tmp_path: Path
) -> None:
    """The views are given another number: the page would show it, and who counts from the log does not."""
    site, position = changed
    home = str(site.tracker.settings.home)
    text = f"detentions.2 by=city @{position}"
    said = json.loads(khronika("recompute", text, "--json", KHRONIKA_HOME=home).stdout)
    told = json.loads(
        khronika("figures", "detentions", "--by", "city", "--as-of", str(position), "--format", "json", KHRONIKA_HOME=home).stdout
    )
    assert told["citation"] == said["citation"] == text
    assert said["then"]["total"] == {"low": told["total"]["low"], "high": told["total"]["high"]} == {"low": 40, "high": 40}
    assert said["today"]["total"] == {"low": 53, "high": 53}
    assert said["reasons"] == {"learned": {"low": 7, "high": 7, "endless": 0}, "corrected": {"low": 6, "high": 6, "endless": 0}}
    assert [row["citation"] for row in told["rows"]] == [f"detentions.2 city={MOSCOW} @{position}"]
    with site.tracker.projector.writer.begin() as db:
        db.exec_driver_sql("UPDATE statistics_facts SET low = 900, high = 900 WHERE kind = 2")
    assert json.loads(khronika("recompute", text, "--json", KHRONIKA_HOME=home).stdout) == said
    falsified = khronika("figures", "detentions", "--as-of", str(position), "--format", "csv", KHRONIKA_HOME=home).stdout
    assert falsified.splitlines() == ["of,low,high,citation,status", f"total,900,900,detentions.2 @{position},"]


def test_the_command_tells_a_citation_in_words(changed: tuple[Site, int], khronika: Khronika) -> None:
    site, position = changed
    home = str(site.tracker.settings.home)
    told = khronika("recompute", f"detentions.2 @{position}", KHRONIKA_HOME=home).stdout
    assert f"At position {position}: 40" in told
    assert "Learned later: low end +7, high end +7" in told
    refused = khronika("recompute", "detentions.9 @1", KHRONIKA_HOME=home, KHRONIKA_LANGUAGE="ru")
    assert refused.returncode == 1
    assert "по определению 9" in refused.stderr


@pytest.mark.parametrize("role", [Role.JOURNALIST, Role.LAWYER])
def test_figures_about_people_are_for_coordinators_and_monitors_alone(site: Site, role: Role) -> None:
    reader = site.signed_in_as(role)
    for name in (name for name, known in DEFINITIONS.items() if known.is_of_people):
        for inside in (site, site.signed_in_as(Role.MONITOR)):
            assert f'value="{name}" selected' in inside.page(f"/figures?figure={name}").html
            cited(inside, f"{name}.1 by=city @9")
        page = reader.page(f"/figures?figure={name}")
        assert f'value="{name}"' not in page.html
        assert 'value="detentions" selected' in page.html
        cited(reader, f"{name}.1 by=city @9", status=403)
        cited(reader, f"{name}.1 @9", status=403)


def test_every_breakdown_of_a_figure_about_people_opens_and_names_its_rows(site: Site) -> None:
    casebook, seeded = site.tracker.casebook, site.seeded
    person = site.tracker.casebook.standing(Detention, seeded.detention).person
    casebook.record_protocol(entry(), seeded.detention, kind="offence", article="koap-20.2-5")
    site.tracker.catch_up(casebook.describe_person(entry(), person, gender="woman", age_band="from_18_to_24"))
    definition = DEFINITIONS["people_detained"]
    for by, code in (("article", "koap-20.2-5"), ("gender", "woman"), ("age_band", "from_18_to_24")):
        label = definition.value(by, code, site.language)
        page = site.page(f"/figures?figure=people_detained&by={by}")
        assert label in page.text
        link = next(link for link in page.links if link.startswith("/figures/cited?") and f"{by}%3D{code}" in link)
        assert label in site.page(link).text
    for by, told in (("week", "-W"), ("station", ""), ("agency", "")):
        page = site.page(f"/figures?figure=people_detained&by={by}")
        assert f'value="{by}" selected' in page.html
        assert told in page.text


def test_a_breakdown_that_makes_no_sense_is_refused_with_a_sentence(site: Site) -> None:
    answer = site.get("/figures?figure=protests&by=gender")
    assert answer.status_code == 404
    told = {"en": "has no breakdown “by gender”", "ru": "не разбивается так: по полу. Его разбивки: по городам"}
    assert told[site.language] in Page(answer.get_data(as_text=True)).text
    assert "gender" in cited(site, "protests.1 by=gender @9", status=404).text


def test_the_command_refuses_it_too(site: Site, khronika: Khronika) -> None:
    home = str(site.tracker.settings.home)
    for asked in (("figures", "detentions", "--by", "station"), ("recompute", "detentions.2 by=station @9")):
        refused = khronika(*asked, KHRONIKA_HOME=home)
        assert refused.returncode == 1
        assert "has no breakdown “station”. It has: city, region" in refused.stderr


def test_a_journalist_is_offered_no_attribute_and_no_station_of_any_figure(site: Site) -> None:
    reader = site.signed_in_as(Role.JOURNALIST)
    page = reader.page("/figures?figure=protest_size&by=week")
    for closed in ("category", *OF_WHOM):
        assert f'value="{closed}"' not in page.html
        assert 'value="people_detained"' not in reader.get(f"/figures?figure=people_detained&by={closed}").get_data(as_text=True)
    cited(reader, "people_detained.1 gender=woman @9", status=403)
    cited(reader, "protest_size.1 by=category @9", status=403)
