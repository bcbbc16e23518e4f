"""What is held back is told nowhere outside: two worlds that differ in it alone are published byte for byte alike."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import feedparser
import pytest

from domain.errors import RuleBroken
from projections import held_back
from tests.web.conftest import nobody
from tests.web.holding_back import by_subtraction, let_go, march, number, without_clocks
from tests.web.seeding import MOSCOW, opened
from tests.web.site import Site
from web import create_app
from web.access.roles import Role
from web.publishing.bundle import bundle_of
from web.wiring import Tracker

World = Callable[..., Tracker]


@pytest.fixture
def world(tmp_path: Path, places: Path) -> Iterator[World]:
    """Another world each time, as `march` makes it."""
    with ExitStack() as stack:

        def made(**told: Any) -> Tracker:
            tracker = stack.enter_context(opened(tmp_path / str(len(list(tmp_path.iterdir()))), places))
            march(tracker, **told)
            return tracker

        yield made


def published(tracker: Tracker) -> dict[str, bytes]:
    return dict(bundle_of(create_app(tracker), tracker))


def site_of(tracker: Tracker) -> Site:
    return Site(tracker, create_app(tracker), nobody(tracker))


def field(site: Site, path: str, action: str, **values: str) -> int:
    """A number is held back, or let go, by the form on its page."""
    return site.post(action, {**site.page(path).fields, **values}).status_code


@pytest.mark.parametrize("hold", ["protest", "day"])
def test_two_worlds_that_differ_in_what_is_held_back_alone_are_published_alike(world: World, hold: str) -> None:
    few, many = (without_clocks(published(world(secret=secret, hold=hold))) for secret in (23, 31))
    assert few == many


def test_the_control_without_holding_back_they_differ(world: World) -> None:
    few, many = (without_clocks(published(world(secret=secret, hold="nothing"))) for secret in (23, 31))
    assert {name for name in few if few[name] != many[name]} >= {"data/tallies.csv", "en/index.html", "en/feed.atom"}


def test_nobody_gets_it_by_subtracting_what_is_published(world: World) -> None:
    tracker = world(secret=23, hold="protest")
    assert 23 not in by_subtraction(published(tracker))
    let_go(tracker)
    assert 23 in by_subtraction(published(tracker)), "the control: let go, the sums give it at once"


def test_what_is_held_back_is_said_to_be_and_comes_back_with_its_history(world: World) -> None:
    tracker = world(secret=23, hold="protest")
    files = published(tracker)
    page = files[f"en/city-{MOSCOW}-2022-03.html"].decode()
    assert "held back" in page
    assert "without what is held back" in page
    assert b"held_back" in files["data/tallies-by-protest.csv"]
    assert b"without_held_back,\r\n" in files["data/tallies-by-day.csv"], "and such a number has no citation"
    let_go(tracker)
    page = published(tracker)[f"en/city-{MOSCOW}-2022-03.html"].decode()
    assert "held back" not in page
    assert ">23<" in page or ": 23<" in page


def test_nothing_is_published_while_nobody_can_say_what_is_held_back(world: World) -> None:
    tracker = world(secret=23, hold="protest")
    with tracker.projector.writer.begin() as db:
        db.exec_driver_sql("UPDATE positions SET stopped_at = 1 WHERE projection = 'held_back'")
    with pytest.raises(RuleBroken, match="held_back_unknown"):
        published(tracker)
    with tracker.views() as db:
        assert held_back.held(db).is_all
    journalist = site_of(tracker).signed_in_as(Role.JOURNALIST)
    for address in ("/figures", "/figures/cited?citation=detentions.2+@2", "/cities", f"/cities/{MOSCOW}", "/cities/map.csv"):
        assert journalist.get(address).status_code == 503, "no number, not even 0"
    assert site_of(tracker).get("/figures").status_code == 200


@pytest.mark.parametrize("secret", [23, 31])
def test_a_journalist_is_told_what_is_told_outside_and_a_monitor_the_truth(world: World, secret: int) -> None:
    site = site_of(world(secret=secret, hold="protest"))
    journalist, monitor = site.signed_in_as(Role.JOURNALIST), site.signed_in_as(Role.MONITOR)
    addresses = [
        "/figures", "/figures?by=day", "/figures?by=month", "/cities", "/cities?from=2022-03&to=2022-03", f"/cities/{MOSCOW}",
        "/announced", f"/announced/cities/{MOSCOW}/2022-03-06", f"/announced/protests/{number('secret')}",
        "/figures/cited?citation=detentions.2+by%3Dcity+@2", "/cities/map.csv", "/figures/taken.csv?figure=detentions&by=day",
        "/figures/taken.json?figure=detentions&by=city", "/figures/taken.svg?figure=detentions&by=month", "/announced/feed.json",
    ]  # fmt: skip
    told = {address: journalist.get(address).get_data(as_text=True) for address in addresses}
    for address, page in told.items():
        for given in (secret, secret + 8, secret + 13, 40 - secret - 8, 53 - secret, 45):
            assert f">{given}<" not in page, (address, given)
            assert f",{given}," not in page, (address, given)
            assert not re.search(rf'"(low|high)": {given}\b', page), (address, given)
    assert "held back" in told[f"/announced/protests/{number('secret')}"].lower()
    inside = monitor.get(f"/announced/protests/{number('secret')}").get_data(as_text=True)
    assert f"<strong>{secret}</strong>" in inside
    assert "Held back from readers outside" in inside


def test_a_chart_of_a_position_is_shared_by_nobody_who_is_told_another_number(world: World) -> None:
    site = site_of(world(secret=23, hold="protest"))
    address = f"/figures/chart.png?figure=detentions&by=city&at={site.recorded()}"
    monitor, journalist = site.signed_in_as(Role.MONITOR).get(address), site.signed_in_as(Role.JOURNALIST).get(address)
    assert monitor.data != journalist.data
    let_go(site.tracker)
    assert site.signed_in_as(Role.JOURNALIST).get(address).data == monitor.data


def test_a_coordinator_holds_back_and_lets_go_on_the_page_of_the_number(world: World) -> None:
    site = site_of(world(secret=23, hold="nothing"))
    coordinator, journalist = site.signed_in_as(Role.COORDINATOR), site.signed_in_as(Role.JOURNALIST)
    address = f"/announced/protests/{number('later')}"
    assert field(coordinator, address, "/announced/held-back", because="asked") == 303
    assert ">5<" not in journalist.get(address).get_data(as_text=True)
    assert field(coordinator, address, "/announced/let-go") == 303
    assert ">5<" in journalist.get(address).get_data(as_text=True)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_feed_tells_what_is_new_corrected_and_held_back(world: World, language: str) -> None:
    tracker = world(secret=23, hold="protest")
    files = published(tracker)
    feed = feedparser.parse(files[f"{language}/feed.atom"])
    assert not feed.bozo
    states = {entry.id: {tag.term for tag in entry.tags} for entry in feed.entries}
    assert states[number("secret").urn] == {"protest", "held_back"}
    assert states[number("open").urn] == {"protest", "new"}
    of_json = json.loads(files[f"{language}/feed.json"])
    assert of_json["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in of_json["items"]] == [entry.id for entry in feed.entries]
    assert feed.feed.id not in {entry.id for entry in feed.entries}
    let_go(tracker)
    again = feedparser.parse(published(tracker)[f"{language}/feed.atom"])
    assert {entry.id for entry in again.entries} == set(states), "an id is for good"
