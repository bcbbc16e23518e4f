"""While something is held back: what is told without it says so, cites nothing, prints no 0, and gives nothing away elsewhere."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from domain.count import Count
from domain.place import Place, Precision
from tests.trackers import day
from tests.web.conftest import nobody
from tests.web.holding_back import STATION, entry, let_go, march, number
from tests.web.seeding import MOSCOW
from tests.web.site import Site
from web import create_app
from web.access.roles import Role
from web.publishing.bundle import bundle_of
from web.settings import Settings
from web.wiring import Tracker, open_tracker

KHIMKI = 550280
MOSCOW_CITY = Place(Precision.CITY, "RU", "RU.48", MOSCOW, None, None, "Europe/Moscow")
IN_KHIMKI = Place(Precision.STATION, "RU", "RU.47", KHIMKI, "khimki-1", None, "Europe/Moscow")
World = Callable[..., Site]


@pytest.fixture
def world(tmp_path: Path, places: Path) -> Iterator[World]:
    """An installation each time, made by what is handed in."""
    with ExitStack() as stack:

        def made(record: Callable[[Tracker], None], *, tells_stations: bool = False) -> Site:
            home = tmp_path / str(len(list(tmp_path.iterdir())))
            tracker = stack.enter_context(closing(open_tracker(Settings(home, places=places, tells_stations=tells_stations))))
            record(tracker)
            tracker.bring_up_to_date()
            return Site(tracker, create_app(tracker), nobody(tracker))

        yield made


def marched(hold: str) -> Callable[[Tracker], None]:
    return lambda tracker: march(tracker, secret=23, hold=hold)


def published(site: Site) -> dict[str, bytes]:
    return dict(bundle_of(create_app(site.tracker), site.tracker))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_figure_told_without_something_offers_no_citation_that_would_open_as_another_number(world: World) -> None:
    site = world(marched("protest"))
    journalist = site.signed_in_as(Role.JOURNALIST)
    page = journalist.page("/figures?figure=detentions&by=city")
    assert "There is nothing to cite" in page.text
    assert not [link for link in page.links if "citation=" in link]
    assert [link for link in site.page("/figures?figure=detentions&by=city").links if "citation=" in link], "inside it is true"
    assert [link for link in journalist.page("/figures?figure=protests&by=city").links if "citation=" in link]
    let_go(site.tracker)
    assert [link for link in journalist.page("/figures?figure=detentions&by=city").links if "citation=" in link]


def test_where_nothing_is_left_to_tell_it_is_said_to_be_held_back_and_is_no_0(world: World) -> None:
    site = world(marched("day"))
    journalist, position = site.signed_in_as(Role.JOURNALIST), site.recorded()

    def total(of: str) -> str:
        text = journalist.page(f"/figures/cited?{urlencode({'citation': f'detentions.2 {of} @{position}'})}").text
        return text.partition("Total ")[2].partition("Something")[0].strip()

    assert total(f"city={MOSCOW} day=2022-03-06") == "held back held back"
    assert total("day=2022-03-06") == "held back held back"
    assert total(f"city={KHIMKI}") == "0 0", "where nothing is held back a 0 is one"
    assert total("day=2022-03-20") == "5 5"


@pytest.mark.parametrize("form", ["csv", "geojson", "svg"])
def test_a_map_that_is_taken_along_says_that_it_is_told_without_something(world: World, form: str) -> None:
    site = world(marched("protest"))
    journalist, address = site.signed_in_as(Role.JOURNALIST), f"/cities/map.{form}"
    told = journalist.get(address).get_data(as_text=True)
    assert {"csv": "without_held_back", "geojson": "without_held_back", "svg": "Without what is held back."}[form] in told
    assert "heatmap." not in told
    inside = site.get(address).get_data(as_text=True)
    assert "ithout" not in inside
    assert form == "svg" or "heatmap." in inside


def test_a_file_has_the_same_columns_whether_something_is_held_back_or_not(world: World) -> None:
    site = world(marched("protest"))
    address = "/figures/taken.csv?figure=detentions&by=city"
    told = rows(site.signed_in_as(Role.JOURNALIST).get(address).get_data(as_text=True))
    inside = rows(site.get(address).get_data(as_text=True))
    assert list(told[0]) == list(inside[0]) == ["city", "low", "high", "citation", "status"]
    assert {(row["citation"], row["status"]) for row in told} == {("", "without_held_back")}
    assert {row["status"] for row in inside} == {""}


def test_in_the_feed_no_entry_vanishes_and_every_decision_is_a_change(world: World) -> None:
    site = world(marched("nothing"))

    def feed() -> dict[str, dict[str, Any]]:
        told = json.loads(published(site)["en/feed.json"])
        assert told["home_page_url"] == "index.html"
        return {item["id"]: item for item in told["items"]}

    before = feed()
    site.tracker.catch_up(site.tracker.casebook.hold_back(entry("it"), protest=number("later"), because="danger"))
    held = feed()
    assert set(held) == set(before)
    (of_day,) = (item for item in held.values() if "20 March" in item["title"] and "tally" in item["tags"])
    assert of_day["title"].endswith("held back")
    assert "held_back" in of_day["tags"]
    for urn in (number("later").urn, of_day["id"]):
        assert held[urn]["date_modified"] >= before[urn]["date_modified"]
        assert held[urn]["title"] != before[urn]["title"]
    site.tracker.catch_up(
        site.tracker.casebook.hold_back(entry("day"), city=MOSCOW, day=day(3, 6).latest.date(), because="asked")
    )
    assert "held back" in feed()[number("open").urn]["title"]
    assert "held_back" in feed()[number("open").urn]["tags"]
    site.post("/announced/let-go", {**site.page(f"/announced/protests/{number('later')}").fields})
    again = feed()[number("later").urn]
    assert again["title"] == before[number("later").urn]["title"]
    assert "changed" in again["tags"], "it was read before"


@pytest.mark.parametrize("counted_first", [True, False])
def test_a_station_of_another_city_does_not_tell_how_many_were_brought_there(world: World, counted_first: bool) -> None:
    """The report asks for 20; how many it asks for beyond the people known depends on how many came from what is held back."""

    def brought(many: int) -> Callable[[Tracker], None]:
        def record(tracker: Tracker) -> None:
            book = tracker.casebook
            book.record_protest(entry("secret"), number("secret"), when=day(3, 6), place=MOSCOW_CITY)
            counted: dict[str, Any] = {"when": day(3, 6), "place": IN_KHIMKI, "count": Count(20, 20)}
            if counted_first:
                book.receive_report(entry("counted"), number("counted"), **counted)
            for index in range(many):
                person, held = number(f"person {index}"), number(f"held {index}")
                of_protest: dict[str, Any] = {
                    "person": person,
                    "protest": number("secret"),
                    "when": day(3, 6),
                    "place": MOSCOW_CITY,
                }
                book.record_detention(entry(f"held {index}"), held, **of_protest)
                book.record_delivery(entry(f"brought {index}"), held, place=IN_KHIMKI, when=day(3, 6))
            if not counted_first:
                book.receive_report(entry("counted"), number("counted"), **counted)
            book.hold_back(entry("hold"), protest=number("secret"), because="danger")

        return record

    found = []
    for many in (3, 7):
        site = world(brought(many))
        text = urlencode({"citation": f"detentions.2 city={KHIMKI} @2"})
        cited = site.signed_in_as(Role.JOURNALIST).page(f"/figures/cited?{text}").text.partition("Total")[2]
        days = [row for row in rows(published(site)["data/tallies-by-day.csv"].decode()) if row["city"] == str(KHIMKI)]
        found.append((cited.partition("Nothing")[0], days))
        inside = site.page(f"/figures/cited?{text}").text
        assert str(20 - many) in inside.partition("Total")[2], "the control: inside it is told"
    assert found[0] == found[1]
    assert all(row["status"] == "without_held_back" for _, days in found for row in days)


def test_a_report_of_a_protest_that_is_held_back_counts_at_no_station_outside(world: World) -> None:
    def reported(hold: bool) -> Callable[[Tracker], None]:
        def record(tracker: Tracker) -> None:
            march(tracker, secret=23, hold="protest" if hold else "nothing")
            for name, place, on in (("elsewhere", IN_KHIMKI, day(3, 6)), ("later there", STATION, day(3, 9))):
                of_protest: dict[str, Any] = {"when": on, "place": place, "protest": number("secret"), "count": Count(23, 23)}
                tracker.casebook.receive_report(entry(name), number(name), **of_protest)

        return record

    told, held = (
        published(world(reported(hold), tells_stations=True))["data/tallies-by-station.csv"].decode() for hold in (False, True)
    )
    assert told.count(",23,23") == 2
    assert ",23,23" not in held


def test_a_day_of_which_nothing_is_known_cannot_be_held_back_nor_without_a_reason(world: World) -> None:
    site = world(marched("nothing"))
    token = site.page(f"/announced/protests/{number('later')}").fields
    before = site.recorded()
    for city, on in (("5", "2022-03-06"), (str(MOSCOW), "2190-01-01")):
        sent = {**token, "protest": "", "city": city, "day": on, "because": "danger"}
        answer = site.post("/announced/held-back", sent)
        assert answer.status_code == 422
        assert "Nothing was ever recorded of this city and day" in answer.get_data(as_text=True)
    for because in ("", "nonsense"):
        answer = site.post("/announced/held-back", {**token, "because": because})
        assert answer.status_code == 422
        assert "Choose why the number is held back" in answer.get_data(as_text=True)
        assert f'href="/announced/protests/{number("later")}"' in answer.get_data(as_text=True), "and the way back"
    assert site.post("/announced/held-back", {**token, "protest": "", "city": "9" * 5000, "day": "2022-03-06"}).status_code == 404
    assert site.recorded() == before


def test_inside_a_protest_held_back_with_its_day_is_marked_and_so_is_the_day_of_one(world: World) -> None:
    of_day, of_protest = world(marched("day")), world(marched("protest"))
    inside = of_day.page(f"/announced/protests/{number('secret')}").text
    assert "23" in inside
    assert "Held back from readers outside" in inside
    assert "outside: without what is held back" in of_protest.page(f"/announced/cities/{MOSCOW}/2022-03-06").text
